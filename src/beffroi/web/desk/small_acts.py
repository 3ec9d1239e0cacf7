"""Small acts on a page: each a form in a fold, one service call, its refusal in words."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from beffroi.core.errors import InvalidInput, NotAllowed, Refusal


class MoneyField(forms.Field):
    """Euros as people write them: 1 250,00 or 1250.5; never below zero."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "size": 9, "autocomplete": "off"})
    not_a_number = lazy("Écrivez un montant, par exemple 1 250,00.")
    not_to_the_cent = lazy("Écrivez un montant en euros et en cents, par exemple 1 250,00.")

    def to_python(self, value: Any) -> Decimal | None:
        typed = "".join(str(value or "").replace("€", "").split())
        if not typed:
            return None
        if "," in typed:
            typed = typed.replace(".", "").replace(",", ".")
        try:
            amount = Decimal(typed)
        except InvalidOperation as error:
            raise ValidationError(self.not_a_number) from error
        is_small = amount.is_finite() and 0 <= amount < 10**9
        if not is_small or amount != round(amount, 2):
            raise ValidationError(self.not_to_the_cent)
        return amount

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, Decimal):
            return f"{value:.2f}".replace(".", ",")
        return value


class FigureField(MoneyField):
    """Kilos, square metres or a part, as people write them: 12,50; never below zero."""

    not_a_number = lazy("Écrivez un nombre, par exemple 12,50.")
    not_to_the_cent = lazy("Écrivez un nombre avec deux décimales au plus, par exemple 12,50.")


class DayField(forms.DateField):
    """A day, with the calendar of the browser."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class SmallForm(forms.Form):
    """The form of one act; its fields are as the service names them."""

    use_required_attribute = False

    def __init__(self, *args: Any, about: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.about = about
        self.choose(about)
        for one in self.fields.values():
            one.error_messages["required"] = _("Il manque ceci.")
            one.error_messages["invalid"] = _("Nous n’arrivons pas à lire cela.")
            one.error_messages["invalid_choice"] = _("Choisissez dans la liste.")

    def choose(self, about: Any) -> None:
        """This function will put in the choices that depend on the thing acted upon."""

    def given(self) -> dict[str, Any]:
        """This function will give what the service takes. Raises: InvalidInput."""
        return dict(self.cleaned_data)


class NoForm(SmallForm):
    """An act that needs nothing but its button."""


class WhyForm(SmallForm):
    """An act that wants its reason."""

    why = forms.CharField(label=lazy("Pourquoi"), max_length=500)


def text(label: Any, rows: int = 3, **more: Any) -> forms.CharField:
    """This function will give a field of several lines."""
    widget = forms.Textarea(attrs={"rows": rows, "maxlength": 4000})
    return forms.CharField(label=label, widget=widget, max_length=4000, **more)


@dataclass(frozen=True)
class SmallAct:
    """What an act is: its form, its service, the words of its fold, button and end."""

    key: str
    form: type[SmallForm]
    service: Callable[..., Any]
    title: Any
    button: Any
    done: Any
    more: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Offered:
    """An act as a page offers it."""

    key: str
    title: str
    button: str
    url: str
    form: SmallForm
    is_open: bool = False
    name: str = ""

    @property
    def is_plain(self) -> bool:
        return not self.form.fields


def offer(
    act: SmallAct, url: str, about: Any = None, bound: SmallForm | None = None, name: str = ""
) -> Offered:
    """This function will give an act with its empty form, or with the form that was refused."""
    form = bound if bound is not None else fresh(act, about=about, name=name)
    words = str(act.title), str(act.button)
    return Offered(act.key, *words, url, form, bound is not None, name)


def fresh(act: SmallAct, data: Any = None, about: Any = None, name: str = "") -> SmallForm:
    """This function will give the form of an act, empty or with what was typed."""
    return act.form(data, about=about, auto_id=f"{act.key}{name}-%s")


def attempt(form: forms.Form, call: Callable[..., Any], **fixed: Any) -> bool:
    """This function will make the call with what the form gives, and say whether it went through.

    A refusal is written on the fields it speaks of. Raises: NotAllowed.
    """
    if not form.is_valid():
        return False
    given = form.given() if isinstance(form, SmallForm) else dict(form.cleaned_data)
    try:
        call(**fixed, **given)
    except NotAllowed:
        raise
    except Refusal as refused:
        tell(form, refused)
        return False
    return True


def tell(form: forms.Form, refused: Refusal) -> None:
    """This function will put the words of a refusal above the form and on its fields."""
    named = refused.fields if isinstance(refused, InvalidInput) else {}
    elsewhere = [said for name, said in named.items() if name not in form.fields]
    form.add_error(None, " ".join([str(refused), *elsewhere]))
    for name, said in named.items():
        if name in form.fields:
            form.add_error(name, said)


def day_words(day: date | None) -> str:
    """This function will write a day: 3 mars 2026."""
    from django.template.defaultfilters import date as written

    return str(written(day, "j F Y")) if day else ""
