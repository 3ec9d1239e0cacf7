"""The fields of each act of finance; the services check what they mean."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


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
    order = forms.CharField(label=_("Ordre de paiement"), max_length=16)
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
