"""The fields of each act of finance; the services check what they mean."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from beffroi.acts.payments.enums import EntryReason


class Amount(forms.DecimalField):
    """Euros and cents."""

    def __init__(self, label: Any) -> None:
        super().__init__(label=label, min_value=0, max_digits=10, decimal_places=2, localize=True)


def _date(label: Any, required: bool = True) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, required=required)


class PrepareForm(forms.Form):
    through = _date(_("Échéances jusqu’au"))
    execution = _date(_("Jour où la banque paie"))


class WhyForm(forms.Form):
    why = forms.CharField(label=_("Pourquoi"), max_length=300)


class NoteForm(forms.Form):
    note = forms.CharField(label=_("Ce qui a été fait"), max_length=300)


class SettleForm(NoteForm):
    claim = forms.CharField(label=_("Récupération à créditer"), max_length=16, required=False)


class SeenForm(forms.Form):
    seen = forms.CharField(widget=forms.HiddenInput)


class DayForm(forms.Form):
    on = _date(_("Date"))


class FileForm(forms.Form):
    file = forms.FileField(label=_("Fichier de la banque (camt.053 ou pain.002)"))


class HoldForm(forms.Form):
    order = forms.CharField(
        label=_("Ordre de paiement"), max_length=16,
        help_text=_("Sa référence, ORD suivi de chiffres : elle est dans les échéances."),
    )  # fmt: skip
    reason = forms.CharField(label=_("Pourquoi"), max_length=300)
    since = _date(_("À partir du"))
    until = _date(_("Jusqu’au"), required=False)


class ReceiptForm(forms.Form):
    amount = Amount(_("Montant reçu"))
    on = _date(_("Date"))
    source = forms.CharField(label=_("Numéro du reçu ou de l’extrait"), max_length=64)


class WaiveForm(forms.Form):
    amount = Amount(_("Montant abandonné"))
    decision = forms.CharField(label=_("Décision"), max_length=40)
    why = forms.CharField(label=_("Pourquoi"), max_length=300)


class MonthForm(forms.Form):
    month = _date(_("Un jour du mois"))


class SameMonthForm(forms.Form):
    month = forms.DateField(widget=forms.HiddenInput)


class Percent(forms.DecimalField):
    """A share written from 0 to 100, given from 0 to 1."""

    def __init__(self, label: Any, **more: Any) -> None:
        super().__init__(
            label=label, min_value=0, max_value=100, max_digits=5, decimal_places=2,
            localize=True, **more,
        )  # fmt: skip

    def clean(self, value: Any) -> Any:
        found = super().clean(value)
        return None if found is None else found / 100


class People(forms.DecimalField):
    """An average number of persons by month."""

    def __init__(self, label: Any) -> None:
        super().__init__(label=label, min_value=0, max_digits=9, decimal_places=2, localize=True)


class CentreRateForm(forms.Form):
    year = forms.IntegerField(label=_("Année"), min_value=2017, max_value=2999)
    two_years_before = People(_("Ayants droit par mois en moyenne, deux ans avant"))
    three_years_before = People(_("Ayants droit par mois en moyenne, trois ans avant"))
    last_rate = Percent(_("Taux de l’année d’avant, en %"))


class RefundFactsForm(forms.Form):
    entry_reason = forms.ChoiceField(
        label=_("Ce qui a amené la personne"), required=False,
        choices=(("", _("Choisir")), *EntryReason.choices),
    )  # fmt: skip
    rate = Percent(
        _("Ou un autre taux, en %"), required=False,
        help_text=_("Pour un cas que ces règles ne connaissent pas : écrivez aussi l’article."),
    )  # fmt: skip
    basis = forms.CharField(label=_("Article de ce taux"), max_length=200, required=False)
