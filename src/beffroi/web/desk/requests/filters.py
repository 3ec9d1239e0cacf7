"""What narrows a list: the nature of the request, its state, who holds it, what is late."""

from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from beffroi.acts.requests.enums import FormKind, RequestState
from beffroi.acts.requests.inbox_queries import Filters


class FilterForm(forms.Form):
    """Read from the address; nothing in it is required, and nothing wrong in it breaks a list."""

    use_required_attribute = False
    nature = forms.ChoiceField(label=_("Nature"), required=False)
    etat = forms.ChoiceField(label=_("État"), required=False)
    agent = forms.ChoiceField(label=_("Agent"), required=False)
    retard = forms.BooleanField(label=_("En retard"), required=False)

    def __init__(self, *args: Any, agents: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "filtre-%s", **kwargs})
        everything = ("", _("toutes"))
        self.fields["nature"].choices = [everything, *FormKind.choices]  # type: ignore[attr-defined]
        states = [s for s in RequestState.choices if s[0] != RequestState.CLOSED]
        self.fields["etat"].choices = [("", _("tous")), *states]  # type: ignore[attr-defined]
        nobody = ("none", _("personne encore"))
        self.fields["agent"].choices = [("", _("tous")), nobody, *agents]  # type: ignore[attr-defined]


def read_filters(request: HttpRequest, agents: list[tuple[str, str]]) -> tuple[FilterForm, Filters]:
    """This function will give the form as it stands and the filters it asks for."""
    form = FilterForm(request.GET or None, agents=agents)
    if not form.is_bound:
        return form, Filters()
    form.is_valid()
    said = form.cleaned_data
    filters = Filters(
        said.get("nature", ""), said.get("etat", ""), said.get("agent", ""),
        bool(said.get("retard")),
    )  # fmt: skip
    return form, filters
