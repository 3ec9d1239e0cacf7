"""Preparing an agreement of each kind."""

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

    def common(self) -> dict[str, Any]:
        """This function will give what every kind of agreement takes."""
        said = self.cleaned_data
        return {
            "person_ref": said["person"].strip().upper(), "subject_ref": said["subject_ref"],
            "team": said["team"],
        }  # fmt: skip

    def create(self, actor: Actor, at: Any) -> str:
        """This function will prepare the agreement and give its reference. Raises: Refusal."""
        raise NotImplementedError


class PiisForm(_PersonForm):
    granted_on = DayField(label=lazy("Revenu d’intégration octroyé le"))
    project_kind = forms.ChoiceField(label=lazy("Projet"), choices=ProjectKind.choices)
    monthly_amount = MoneyField(
        label=lazy("Revenu d’intégration par mois"), required=False,
        help_text=lazy("Pour savoir quel subside un retard ferait perdre."),
    )  # fmt: skip

    def create(self, actor: Actor, at: Any) -> str:
        said = self.cleaned_data
        return agreements.draft_piis(
            **self.common(), granted_on=said["granted_on"], monthly_amount=said["monthly_amount"],
            project_kind=ProjectKind(said["project_kind"]), by=actor, at=at,
        )  # fmt: skip


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
        help_text=lazy("Vide : les jours qui ouvrent le droit au chômage à son âge."),
    )  # fmt: skip

    def choose(self, about: Any) -> None:
        super().choose(about)
        rows = queries.partners().filter(is_active=True)
        self.fields["partner"].choices = [("", _("Choisir")), *((p.pk, p.name) for p in rows)]  # type: ignore[attr-defined]

    def create(self, actor: Actor, at: Any) -> str:
        said = self.cleaned_data
        names = ("partner", "job", "tutor", "first_date", "days")
        return agreements.draft_work(
            **self.common(), **{name: said[name] for name in names},
            kind=AgreementKind(said["kind"]), by=actor, at=at,
        )  # fmt: skip


class TransitForm(_PersonForm):
    dwelling = forms.CharField(label=lazy("Logement"), max_length=200)
    rooms = forms.IntegerField(label=lazy("Chambres"), min_value=0, max_value=20)
    income = MoneyField(label=lazy("Revenus du ménage par mois"))
    first_date = DayField(label=lazy("Entrée le"))

    def create(self, actor: Actor, at: Any) -> str:
        said = self.cleaned_data
        names = ("dwelling", "rooms", "income", "first_date")
        return agreements.draft_transit(
            **self.common(), **{name: said[name] for name in names}, by=actor, at=at
        )


class OtherForm(_PersonForm):
    kind = forms.ChoiceField(label=lazy("Nature"))
    title = forms.CharField(label=lazy("But"), max_length=300)
    starts_date = DayField(label=lazy("Commence le"), required=False)
    ends_date = DayField(label=lazy("Finit le"), required=False)

    def choose(self, about: Any) -> None:
        super().choose(about)
        kinds = (AgreementKind.INSERTION_HOUSING, AgreementKind.TRAINING, AgreementKind.OTHER)
        self.fields["kind"].choices = [(k.value, k.label) for k in kinds]  # type: ignore[attr-defined]

    def create(self, actor: Actor, at: Any) -> str:
        said = self.cleaned_data
        names = ("title", "starts_date", "ends_date")
        return agreements.draft(
            **self.common(), **{name: said[name] for name in names},
            kind=AgreementKind(said["kind"]), by=actor, at=at,
        )  # fmt: skip


FORMS: dict[str, type[_PersonForm]] = {
    "projet": PiisForm, "emploi": WorkForm, "transit": TransitForm, "autre": OtherForm,
}  # fmt: skip


def titles() -> dict[str, str]:
    """This function will give the title of each kind's page."""
    return {
        "projet": _("Nouveau projet d’intégration"), "emploi": _("Nouvel emploi article 60 ou 61"),
        "transit": _("Nouvelle convention de transit"), "autre": _("Autre convention"),
    }  # fmt: skip


def draft(request: HttpRequest, kind: str) -> HttpResponse:
    """This function will find the person, then prepare the agreement of this kind."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    mine = agreement_teams(actor)
    if kind not in FORMS or not mine:
        raise Http404
    teams = [(p.team, p.team_label) for p in actor.posts if p.team in mine]
    typed, found = request.POST.get("words", ""), []
    opening = request.method == "POST" and "open" in request.POST
    form = FORMS[kind](request.POST if opening else None, about=teams)
    if request.method == "POST" and not opening and typed.strip():
        found = people.search_persons(words=typed, by=actor, at=timezone.now())
    if opening and form.is_valid():
        try:
            reference = form.create(actor, timezone.now())
        except NotAllowed:
            raise
        except Refusal as refused:
            tell(form, refused)
        else:
            messages.success(request, _("La convention est en préparation."))
            return redirect("desk:insertion_agreement", reference)
    context = {
        "form": form, "found": found, "typed": typed, "searched": bool(typed.strip()),
        "title": titles()[kind],
    }  # fmt: skip
    return render(request, "desk/insertion/new.html", context)
