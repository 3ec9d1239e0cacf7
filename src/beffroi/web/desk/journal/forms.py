"""What the privacy officer searches the journal with."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from beffroi.audit.enums import ActKind
from beffroi.audit.queries import JournalSearch


def _day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class JournalForm(forms.Form):
    """Read from the address; a filter that cannot be read is told and left out."""

    use_required_attribute = False
    mots = forms.CharField(label=_("Mots"), required=False, max_length=100)
    nature = forms.ChoiceField(
        label=_("Nature"), required=False, choices=[("", _("toutes")), *ActKind.choices]
    )
    depuis = forms.DateField(label=_("Depuis le"), required=False, widget=_day())
    jusqua = forms.DateField(label=_("Jusqu’au"), required=False, widget=_day())
    reference = forms.CharField(label=_("Référence"), required=False, max_length=20)
    lectures = forms.BooleanField(label=_("Avec les lectures du journal"), required=False)
    agent = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "journal-%s", **kwargs})

    def search(self) -> JournalSearch:
        """This function will give the search asked for."""
        self.is_valid()
        said = self.cleaned_data if self.is_bound else {}
        return JournalSearch(
            words=said.get("mots", ""), kind=said.get("nature", ""), since=said.get("depuis"),
            until=said.get("jusqua"), subject=said.get("reference", "").strip().upper(),
            actor_ref=said.get("agent", ""),
            without_readings_of_itself=not said.get("lectures"),
        )  # fmt: skip
