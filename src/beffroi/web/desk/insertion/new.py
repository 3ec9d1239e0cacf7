"""Preparing an agreement of each kind."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from beffroi.acts.agreements import queries
from beffroi.acts.agreements import services as agreements
from beffroi.acts.agreements.enums import AgreementKind, ProjectKind
from beffroi.acts.agreements.permissions import agreement_teams
from beffroi.core.actors import Actor
from beffroi.core.errors import NotAllowed, Refusal
from beffroi.people import services as people
from beffroi.web.desk.small_acts import DayField, MoneyField, SmallForm, tell


class _PersonForm(SmallForm):
    """Who it is for, in which team."""

    person = forms.CharField(
        label=lazy("Personne"), max_length=12, required=False,
        help_text=lazy("Sa référence, par exemple P26000123. Ou cherchez-la ci-dessus."),
    )  # fmt: skip
    subject_ref = forms.CharField(label=lazy("Dossier social"), max_length=40, required=False)
    team = forms.ChoiceField(label=lazy("Équipe"))

    def choose(self, about: Any) -> None:
        self.fields["team"].choices = about  # type: ignore[attr-defined]

    def given(self) -> dict[str, Any]:
        """This function will give what the service that prepares this agreement takes."""
        said = dict(self.cleaned_data)
        reference = said.pop("person").strip().upper()
        return {**said, "person_ref": reference}


class PiisForm(_PersonForm):
    granted_on = DayField(label=lazy("Revenu d’intégration octroyé le"))
    project_kind = forms.ChoiceField(label=lazy("Projet"), choices=ProjectKind.choices)
    monthly_amount = MoneyField(
        label=lazy("Revenu d’intégration par mois"), required=False,
        help_text=lazy("Pour savoir quel subside un retard ferait perdre."),
    )  # fmt: skip

    def given(self) -> dict[str, Any]:
        said = super().given()
        return {**said, "project_kind": ProjectKind(said["project_kind"])}


class WorkForm(_PersonForm):
    kind = forms.ChoiceField(
        label=lazy("Contrat"),
        choices=[(k.value, k.label) for k in (AgreementKind.ART60, AgreementKind.ART61)],
    )
    partner = forms.TypedChoiceField(label=lazy("Chez qui"), coerce=int)
    job = forms.CharField(label=lazy("Fonction"), max_length=160)
    tutor = forms.CharField(label=lazy("Tuteur"), max_length=160, required=False)
    first_date = DayField(label=lazy("Premier jour"))
    days = forms.IntegerField(
        label=lazy("Jours à prester"), min_value=1, max_value=1500, required=False,
        help_text=lazy("Vide : les jours qui ouvrent le droit au chômage à son âge."),
    )  # fmt: skip

    def choose(self, about: Any) -> None:
        super().choose(about)
        rows = queries.partners().filter(is_active=True)
        self.fields["partner"].choices = [("", _("Choisir")), *((p.pk, p.name) for p in rows)]  # type: ignore[attr-defined]

    def given(self) -> dict[str, Any]:
        said = super().given()
        return {**said, "kind": AgreementKind(said["kind"])}


class TransitForm(_PersonForm):
    dwelling = forms.CharField(label=lazy("Logement"), max_length=200)
    rooms = forms.IntegerField(label=lazy("Chambres"), min_value=0, max_value=20)
    income = MoneyField(label=lazy("Revenus du ménage par mois"))
    first_date = DayField(label=lazy("Entrée le"))


class OtherForm(_PersonForm):
    kind = forms.ChoiceField(label=lazy("Nature"))
    title = forms.CharField(label=lazy("But"), max_length=300)
    starts_date = DayField(label=lazy("Commence le"), required=False)
    ends_date = DayField(label=lazy("Finit le"), required=False)

    def choose(self, about: Any) -> None:
        super().choose(about)
        kinds = (AgreementKind.INSERTION_HOUSING, AgreementKind.TRAINING, AgreementKind.OTHER)
        self.fields["kind"].choices = [(k.value, k.label) for k in kinds]  # type: ignore[attr-defined]

    def given(self) -> dict[str, Any]:
        said = super().given()
        return {**said, "kind": AgreementKind(said["kind"])}


@dataclass(frozen=True)
class Drafting:
    """How an agreement of one kind is prepared: its title, its form, its service."""

    title: Any
    form: type[_PersonForm]
    service: Callable[..., str]


KINDS = {
    "projet": Drafting(lazy("Nouveau projet d’intégration"), PiisForm, agreements.draft_piis),
    "emploi": Drafting(lazy("Nouvel emploi article 60 ou 61"), WorkForm, agreements.draft_work),
    "transit": Drafting(
        lazy("Nouvelle convention de transit"), TransitForm, agreements.draft_transit
    ),
    "autre": Drafting(lazy("Autre convention"), OtherForm, agreements.draft),
}


def draft(request: HttpRequest, kind: str) -> HttpResponse:
    """This function will find the person, then prepare the agreement of this kind."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    mine = agreement_teams(actor)
    if kind not in KINDS or not mine:
        raise Http404
    teams = [(p.team, p.team_label) for p in actor.posts if p.team in mine]
    typed, found = request.POST.get("words", ""), []
    opening = request.method == "POST" and "open" in request.POST
    form = KINDS[kind].form(request.POST if opening else None, about=teams)
    if request.method == "POST" and not opening and typed.strip():
        found = people.search_persons(words=typed, by=actor, at=timezone.now())
    if opening and form.is_valid():
        try:
            reference = KINDS[kind].service(**form.given(), by=actor, at=timezone.now())
        except NotAllowed:
            raise
        except Refusal as refused:
            tell(form, refused)
        else:
            messages.success(request, _("La convention est en préparation."))
            return redirect("desk:insertion_agreement", reference)
    context = {
        "form": form, "found": found, "typed": typed, "searched": bool(typed.strip()),
        "title": KINDS[kind].title,
    }  # fmt: skip
    return render(request, "desk/insertion/new.html", context)
