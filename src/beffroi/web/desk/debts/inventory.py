"""The inventory: twenty debts typed on one page, and each debt alone to be put right."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext

from beffroi.acts.budgets import queries
from beffroi.acts.budgets import services as budgets
from beffroi.acts.budgets.enums import DebtKind, DebtState, Prescription, Title
from beffroi.acts.budgets.services import ChangedMeanwhile, DebtDraft
from beffroi.core.errors import InvalidInput, NotAllowed, Refusal
from beffroi.web.desk.debts import words
from beffroi.web.desk.debts.page import alert_words, tabs
from beffroi.web.desk.small_acts import DayField, MoneyField, SmallForm, attempt, tell

LINES = 20


class LineForm(forms.Form):
    """One debt in the fast inventory; a line left empty is no debt."""

    use_required_attribute = False
    creditor = forms.CharField(
        label=lazy("Créancier"), max_length=160, required=False,
        widget=forms.TextInput(attrs={"list": "creditors", "size": 22, "autocomplete": "off"}),
    )  # fmt: skip
    kind = forms.ChoiceField(
        label=lazy("Nature"), choices=[("", "—"), *DebtKind.choices], required=False
    )
    principal = MoneyField(label=lazy("Principal"), required=False)
    interest = MoneyField(label=lazy("Intérêts"), required=False)
    costs = MoneyField(label=lazy("Frais"), required=False)
    monthly_due = MoneyField(label=lazy("Par mois"), required=False)
    creditor_ref = forms.CharField(
        label=lazy("Référence"), max_length=60, required=False,
        widget=forms.TextInput(attrs={"size": 12, "autocomplete": "off"}),
    )  # fmt: skip
    due_since_date = DayField(label=lazy("Due depuis"), required=False)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if any(said.values()) and not self.errors:
            for name in ("creditor", "kind", "principal"):
                if not said.get(name):
                    self.add_error(name, _("Il manque ceci."))
        return said

    def line(self) -> tuple[str, DebtDraft]:
        """This function will give the name of the creditor and the debt."""
        said = self.cleaned_data
        zero = queries.ZERO
        draft = DebtDraft(
            0, DebtKind(said["kind"]), said["principal"], said["interest"] or zero,
            said["costs"] or zero, monthly_due=said["monthly_due"] or zero,
            creditor_ref=said["creditor_ref"], due_since_date=said["due_since_date"],
        )  # fmt: skip
        return said["creditor"], draft


LineSet = forms.formset_factory(LineForm, extra=LINES, max_num=LINES)


def enter(request: HttpRequest, reference: str) -> HttpResponse:
    """This function will show the inventory with twenty empty lines, and keep those filled in."""
    actor, now = request.actor, timezone.now()  # type: ignore[attr-defined]
    file = budgets.read_file(reference=reference, by=actor, at=now)
    rows = LineSet(request.POST or None, prefix="d")
    refused = ""
    if request.method == "POST" and rows.is_valid():
        lines = [form.line() for form in rows if form.has_changed() and form.cleaned_data]
        try:
            keys = budgets.enter_inventory(reference=reference, lines=lines, by=actor, at=now)
        except NotAllowed:
            raise
        except InvalidInput as error:
            refused = " ".join([str(error), *error.fields.values()])
        except Refusal as error:
            refused = str(error)
        else:
            said = ngettext(
                "%(n)d dette est à l’inventaire.", "%(n)d dettes sont à l’inventaire.", len(keys)
            )
            messages.success(request, said % {"n": len(keys)})
            return redirect("desk:debts_inventory", reference)
    debts = queries.debts_of(file)
    alerts = alert_words(file)
    context = {
        "file": file, "who": words.names(file), "tabs": tabs(file, "inventory"), "rows": rows,
        "refused": refused, "debt_columns": words.debt_columns(),
        "debt_rows": [
            words.debt_row(debt, reference, alerts.get(debt.pk, "")) for debt in debts
        ],
        "owed": words.euros(sum((d.owed for d in debts if d.is_counted), queries.ZERO)),
        "creditors": list(queries.creditors().filter(is_active=True).values_list("name", flat=True)),
    }  # fmt: skip
    return render(request, "desk/debts/inventory.html", context)


class DebtForm(SmallForm):
    """Everything known of one debt."""

    creditor = forms.TypedChoiceField(label=lazy("Créancier"), coerce=int)
    collector = forms.TypedChoiceField(
        label=lazy("Huissier ou recouvrement"), coerce=int, required=False, empty_value=None
    )
    kind = forms.ChoiceField(label=lazy("Nature"), choices=DebtKind.choices)
    title = forms.ChoiceField(label=lazy("Titre"), choices=Title.choices)
    principal = MoneyField(label=lazy("Principal"))
    interest = MoneyField(label=lazy("Intérêts"), required=False)
    costs = MoneyField(label=lazy("Frais"), required=False)
    paid = MoneyField(label=lazy("Déjà payé"), required=False)
    monthly_due = MoneyField(label=lazy("Mensualité prévue au contrat"), required=False)
    stated_date = DayField(
        label=lazy("Décompte du"), required=False,
        help_text=lazy("La date du décompte du créancier : la dette est alors confirmée."),
    )  # fmt: skip
    creditor_ref = forms.CharField(
        label=lazy("Référence chez le créancier"), max_length=60, required=False
    )
    communication = forms.CharField(
        label=lazy("Communication structurée"), max_length=30, required=False
    )
    due_since_date = DayField(label=lazy("Exigible depuis"), required=False)
    interrupted_date = DayField(
        label=lazy("Dernière interruption"), required=False,
        help_text=lazy("Citation, reconnaissance de dette ou paiement : le délai recommence."),
    )  # fmt: skip
    prescription = forms.ChoiceField(label=lazy("Prescription"), choices=Prescription.choices)
    is_priority = forms.BooleanField(label=lazy("Prioritaire dans un plan"), required=False)
    is_disputed = forms.BooleanField(label=lazy("Contestée : hors du plan"), required=False)
    dispute = forms.CharField(label=lazy("Ce qui est contesté"), max_length=500, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def choose(self, about: Any) -> None:
        known = [(one.pk, f"{one.name} ({one.get_kind_display()})") for one in queries.creditors()]
        self.fields["creditor"].choices = known  # type: ignore[attr-defined]
        self.fields["collector"].choices = [("", "—"), *known]  # type: ignore[attr-defined]

    def given(self) -> dict[str, Any]:
        said = dict(self.cleaned_data)
        version = said.pop("version")
        for name in ("interest", "costs", "paid", "monthly_due"):
            said[name] = said[name] or queries.ZERO
        said |= {
            "kind": DebtKind(said["kind"]), "title": Title(said["title"]),
            "prescription": Prescription(said["prescription"]),
        }  # fmt: skip
        return {"draft": DebtDraft(**said), "version": version}


class StrikeForm(SmallForm):
    why = forms.CharField(label=lazy("Pourquoi"), max_length=500)


def change(request: HttpRequest, reference: str, debt: int) -> HttpResponse:
    """This function will show one debt with its prescription, and write it again."""
    actor, now = request.actor, timezone.now()  # type: ignore[attr-defined]
    file = budgets.read_file(reference=reference, by=actor, at=now)
    row = next((one for one in queries.debts_of(file) if one.pk == debt), None)
    if row is None:
        raise Http404
    strike = StrikeForm(request.POST if "strike" in request.POST else None, auto_id="strike-%s")
    form = DebtForm(
        request.POST if request.method == "POST" and "strike" not in request.POST else None,
        initial={**_initial(row)}, auto_id="debt-%s",
    )  # fmt: skip
    fixed = {"reference": reference, "debt": debt, "by": actor, "at": now}
    theirs = None
    if strike.is_bound and attempt(strike, budgets.strike_debt, **fixed):
        messages.success(request, _("La dette est retirée de l’inventaire."))
        return redirect("desk:debts_inventory", reference)
    if form.is_bound and form.is_valid():
        try:
            budgets.change_debt(**fixed, **form.given())
        except ChangedMeanwhile as changed:
            theirs = changed.debt
            tell(form, changed)
        except NotAllowed:
            raise
        except Refusal as refused:
            tell(form, refused)
        else:
            messages.success(request, _("La dette est enregistrée."))
            return redirect("desk:debts_inventory", reference)
    context = {
        "file": file, "who": words.names(file), "tabs": tabs(file, "inventory"), "debt": row,
        "form": form, "strike": strike, "limit": _limit(row), "can_strike": row.state != DebtState.STRUCK,
        "theirs": _both(form, theirs) if theirs else None,
        "version_now": theirs.version if theirs else None,
    }  # fmt: skip
    return render(request, "desk/debts/debt.html", context)


def _initial(row: Any) -> dict[str, Any]:
    draft = budgets.draft_of(row)
    return {**draft.__dict__, "version": row.version}


def _limit(row: Any) -> dict[str, Any] | None:
    from beffroi.acts.budgets.computing import prescription_of

    standing = prescription_of(row, timezone.localdate())
    if standing is None:
        return None
    said = {"running": (_("court encore"), "green"), "soon": (_("bientôt"), "amber"),
            "prescribed": (_("peut-être prescrite"), "red")}  # fmt: skip
    word, how = said[standing.state]
    return {"ends": standing.ends, "word": word, "tone": how, "step": standing.steps[0]}


def _both(form: DebtForm, theirs: Any) -> list[dict[str, str]]:
    """The two versions of what differs: what stands now, and what was typed here."""
    now = DebtForm(initial=_initial(theirs))
    rows = []
    for name, mine in form.fields.items():
        if name == "version":
            continue
        typed, kept = form.cleaned_data.get(name), now.get_initial_for_field(mine, name)
        if (typed or "") != (kept or ""):
            rows.append(
                {"label": str(mine.label), "theirs": _said(mine, kept), "mine": _said(mine, typed)}
            )
    return rows


def _said(field: Any, value: Any) -> str:
    choices = dict(getattr(field, "choices", ()))
    if value in choices:
        return str(choices[value])
    if isinstance(value, bool):
        return _("oui") if value else _("non")
    return str(field.prepare_value(value) if value is not None else "—")
