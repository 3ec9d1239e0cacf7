"""The form of the estimate: bounded answers, « I do not know » everywhere, nothing taken for zero."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from beffroi.web.portal.estimate.answers import Answers
from beffroi.web.portal.estimate.questions import PARTS, QUESTIONS, Part, Question

_LONGEST = 16
_MOST_PEOPLE = 20
_ALONE = frozenset({"alone", "none"})
_BLANK = re.compile(r"\s|€|euros?|EUR", re.IGNORECASE)
_NO_NUMBER = lazy("Écrivez un nombre, ou cochez « Je ne sais pas ».")
_NO_CHOICE = lazy("Choisissez une réponse ; « Je ne sais pas » en est une.")
_NOT_AN_AMOUNT = lazy("Écrivez un montant en chiffres, par exemple 850,50.")


def amount_of(typed: str) -> Decimal:
    """This function will read an amount as people type it: « 1 250,50 », « 1.250 », « €1,250.5 ».

    A single point or comma before three figures parts the thousands. Raises: ValueError.
    """
    text = _BLANK.sub("", typed)
    marks = [c for c in text if c in ".,"]
    if marks:
        last = text.rfind(marks[-1])
        decimals = len(text) - last - 1
        if marks.count(marks[-1]) > 1 or (len(set(marks)) == 1 and decimals == 3):
            last = len(text)
        whole, cents = text[:last], text[last + 1 :]
        if not re.fullmatch(r"\d+|\d{1,3}([.,]\d{3})+", whole):
            raise ValueError
        text = re.sub(r"[.,]", "", whole) + (f".{cents}" if cents else "")
    if not re.fullmatch(r"[0-9]{1,12}(\.[0-9]{1,2})?", text):
        raise ValueError
    return Decimal(text)


class Amount(forms.CharField):
    """An amount in euros."""

    def __init__(self, most: str, **more: Any) -> None:
        self.most = Decimal(most)
        attrs = {"inputmode": "decimal", "autocomplete": "off", "maxlength": _LONGEST, "size": 10}
        errors = {"max_length": _NOT_AN_AMOUNT, "required": _NO_NUMBER}
        widget = forms.TextInput(attrs=attrs)
        super().__init__(widget=widget, max_length=_LONGEST, error_messages=errors, **more)

    def clean(self, value: Any) -> Decimal:
        try:
            amount = amount_of(super().clean(value))
        except ValueError:
            raise forms.ValidationError(_NOT_AN_AMOUNT) from None
        if amount > self.most:
            raise forms.ValidationError(_("Ce montant est trop grand : vérifiez-le."))
        return amount


class Number(forms.CharField):
    """How many people."""

    def __init__(self, **more: Any) -> None:
        attrs = {"inputmode": "numeric", "autocomplete": "off", "maxlength": 2, "size": 3}
        widget = forms.TextInput(attrs=attrs)
        super().__init__(widget=widget, error_messages={"required": _NO_NUMBER}, **more)

    def clean(self, value: Any) -> Decimal:
        typed = super().clean(value)
        if not re.fullmatch(r"[0-9]{1,2}", typed) or int(typed) > _MOST_PEOPLE:
            raise forms.ValidationError(_("Écrivez un nombre en chiffres, de 0 à 20."))
        return Decimal(typed)


@dataclass(frozen=True)
class Line:
    """A question as the page shows it; `when` names the class that lets it come when needed."""

    name: str
    field: forms.BoundField
    unknown: forms.BoundField | None
    when: str


class EstimateForm(forms.Form):
    """The questions of the first `steps` parts; `threshold` is the first sum of savings, in words."""

    use_required_attribute = False
    error_css_class = "field-error"

    def __init__(self, threshold: str, *args: Any, steps: int = len(PARTS), **more: Any) -> None:
        super().__init__(*args, **more)
        self.questions = [one for part in PARTS[:steps] for one in part.questions]
        for one in self.questions:
            self.fields[one.name] = _field(one, threshold)
            if one.kind in ("amount", "number"):
                self.fields[f"{one.name}_unknown"] = forms.BooleanField(
                    required=False, label=lazy("Je ne sais pas")
                )

    def lines(self, part: Part) -> list[Line]:
        """This function will give the questions of a part as the page shows them."""
        return [self._line(one) for one in part.questions]

    def _line(self, one: Question) -> Line:
        unknown = self[f"{one.name}_unknown"] if f"{one.name}_unknown" in self.fields else None
        return Line(one.name, self[one.name], unknown, f"when-{one.name}" if one.when[0] else "")

    @property
    def carried(self) -> Iterator[tuple[str, str]]:
        """Each answer that matters, as it was typed, to be sent again with the next page."""
        for one in self.asked():
            if one.kind == "several":
                yield from ((one.name, value) for value in self.cleaned_data[one.name])
            elif self.is_unknown(one):
                yield f"{one.name}_unknown", "on"
            else:
                yield one.name, self.data[one.name]

    def asked(self) -> list[Question]:
        """This function will give the questions that arise from the answers, in their order."""
        return [one for one in self.questions if self.arises(one, self.cleaned_data)]

    def is_unknown(self, one: Question) -> bool:
        """This function will say whether « I do not know » is ticked beside a number."""
        return bool(self.cleaned_data.get(f"{one.name}_unknown"))

    def arises(self, one: Question, given: Mapping[str, Any]) -> bool:
        """This function will say whether a question arises from the other answers."""
        name, wanted = one.when
        if not name:
            return True
        if not self.arises(QUESTIONS[name], given):
            return False
        answer = given.get(name) or ()
        return bool(set(wanted) & set((answer,) if isinstance(answer, str) else answer))

    def clean(self) -> dict[str, Any]:
        """Drops what does not arise and what is not known; the rest keeps its faults."""
        given = super().clean() or {}
        for one in self.questions:
            if not self.arises(one, given) or given.get(f"{one.name}_unknown"):
                self.errors.pop(one.name, None)
                given.pop(one.name, None)
            elif one.kind == "several":
                self._check_together(one, given)
        return given

    def _check_together(self, one: Question, given: Mapping[str, Any]) -> None:
        answers = set(given.get(one.name) or ())
        if len(answers) > 1 and answers & _ALONE:
            self.add_error(
                one.name, _("Deux de ces réponses ne vont pas ensemble : gardez-en une.")
            )

    def answers(self) -> Answers:
        """This function will give the answers that matter, once they are valid."""
        given, asked = self.cleaned_data, self.asked()
        return Answers(
            several={q.name: frozenset(given[q.name]) for q in asked if q.kind == "several"},
            choices={q.name: given[q.name] for q in asked if q.kind == "choice"},
            amounts={q.name: given.get(q.name) for q in asked if q.kind in ("amount", "number")},
        )


def typed(data: QueryDict) -> dict[str, Any]:
    """This function will give what was typed, unchecked but bounded, to show it again."""
    found: dict[str, Any] = {}
    for one in QUESTIONS.values():
        if one.kind == "several":
            found[one.name] = [v[:_LONGEST] for v in data.getlist(one.name)[: len(one.choices)]]
        else:
            found[one.name] = data.get(one.name, "")[:_LONGEST]
            found[f"{one.name}_unknown"] = f"{one.name}_unknown" in data
    return found


def hidden(given: Mapping[str, Any], but: Part) -> Iterator[tuple[str, str]]:
    """This function will give the answers to the other parts, to be sent again with this one."""
    for one in QUESTIONS.values():
        if one in but.questions:
            continue
        answer = given.get(one.name)
        if isinstance(answer, list):
            yield from ((one.name, value) for value in answer if value)
        elif answer:
            yield one.name, answer
        if given.get(f"{one.name}_unknown"):
            yield f"{one.name}_unknown", "on"


def _field(one: Question, threshold: str) -> forms.Field:
    common: dict[str, Any] = {"label": one.label, "help_text": one.hint}
    field: Any
    if one.kind == "amount":
        field = Amount(one.most, **common)
    elif one.kind == "number":
        field = Number(**common)
    else:
        if one.name == "savings":
            common["label"] = _("Avez-vous plus de %(amount)s de côté ?") % {"amount": threshold}
        common |= {"choices": one.choices, "error_messages": {"required": _NO_CHOICE}}
        if one.kind == "several":
            field = forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple, **common)
        else:
            field = forms.ChoiceField(widget=forms.RadioSelect, **common)
    setattr(field, "why", one.why)  # noqa: B010 — read by the component `field`
    made: forms.Field = field
    return made
