"""The small acts on an agreement: their forms, services and words."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from beffroi.acts.agreements import queries
from beffroi.acts.agreements import services as agreements
from beffroi.acts.agreements.enums import (
    AgreementState,
    ClauseKind,
    ClauseState,
    Finding,
    PartySide,
    ProjectKind,
)
from beffroi.acts.agreements.permissions import can_keep_partners, can_open, can_work_on
from beffroi.acts.agreements.services import ClauseDraft
from beffroi.acts.agreements.workflow import BINDING, WRITABLE
from beffroi.core.actors import Actor
from beffroi.documents.letters.enums import Delivery
from beffroi.web.desk.small_acts import DayField, NoForm, SmallAct, SmallForm, WhyForm, text


class TermsForm(SmallForm):
    title = forms.CharField(label=lazy("But"), max_length=300)
    starts_date = DayField(label=lazy("Commence le"))
    ends_date = DayField(label=lazy("Finit le"), required=False)

    def choose(self, about: Any) -> None:
        for name in ("title", "starts_date", "ends_date"):
            self.fields[name].initial = getattr(about, name)


class NeedsForm(SmallForm):
    needs = text(lazy("Ce que la personne veut, peut, et ce qui manque"), 5)
    project_kind = forms.ChoiceField(label=lazy("Projet"), choices=ProjectKind.choices)

    def choose(self, about: Any) -> None:
        if hasattr(about, "piis"):
            self.fields["needs"].initial = about.piis.needs
            self.fields["project_kind"].initial = about.piis.project_kind

    def given(self) -> dict[str, Any]:
        said = self.cleaned_data
        return {"needs": said["needs"], "project_kind": ProjectKind(said["project_kind"])}


class ClausesForm(SmallForm):
    kind = forms.ChoiceField(
        label=lazy("Nature"), choices=ClauseKind.choices, initial=ClauseKind.OBLIGATION
    )
    side = forms.ChoiceField(label=lazy("Qui s’engage"), choices=PartySide.choices)
    text = text(lazy("Texte"), 3, help_text=lazy("Un engagement par ligne."))
    due_date = DayField(label=lazy("Pour le"), required=False)

    def given(self) -> dict[str, Any]:
        said = self.cleaned_data
        side, kind = PartySide(said["side"]), ClauseKind(said["kind"])
        lines = said["text"].splitlines()
        return {"clauses": [ClauseDraft(side, line, kind, said["due_date"]) for line in lines]}


class _ClauseForm(SmallForm):
    clause = forms.TypedChoiceField(label=lazy("Clause"), coerce=int)

    def choose(self, about: Any) -> None:
        rows = [one for one in about.clauses.all() if one.state != ClauseState.DROPPED]
        self.fields["clause"].choices = [(one.pk, one.text) for one in rows]  # type: ignore[attr-defined]


class MarkForm(_ClauseForm):
    done = forms.TypedChoiceField(
        label=lazy("Où elle en est"), coerce=lambda v: v == "yes",
        choices=[("yes", lazy("atteinte")), ("no", lazy("encore en cours"))],
    )  # fmt: skip


class SignForm(SmallForm):
    signed_date = DayField(label=lazy("Signée le"), initial=timezone.localdate)
    early_at_her_wish = forms.BooleanField(
        label=lazy("La personne a voulu signer avant la fin des cinq jours ouvrables"),
        required=False,
    )


class AmendmentForm(SmallForm):
    signed_date = DayField(label=lazy("Signé le"), initial=timezone.localdate)


class EvaluationForm(SmallForm):
    held_date = DayField(label=lazy("Tenue le"), initial=timezone.localdate)
    finding = forms.ChoiceField(label=lazy("Constat"), choices=Finding.choices)
    person_words = text(lazy("Ce que dit la personne"), 3, required=False)
    worker_words = text(lazy("Ce que vous avez constaté ensemble"), 4)
    present = forms.CharField(label=lazy("Présents"), max_length=300, required=False)
    next_date = DayField(
        label=lazy("Prochaine évaluation"), required=False,
        help_text=lazy("Vide : dans trois mois, comme la loi le veut. Une date plus proche est possible."),
    )  # fmt: skip

    def given(self) -> dict[str, Any]:
        return {**self.cleaned_data, "finding": Finding(self.cleaned_data["finding"])}


class PaperForm(SmallForm):
    what = forms.ChoiceField(label=lazy("Document"))
    how = forms.ChoiceField(
        label=lazy("Comment il part"), choices=Delivery.choices, initial=Delivery.HAND
    )

    def choose(self, about: Any) -> None:
        wanted = [(paper.key, paper.label) for paper in queries.papers_wanted(about)]
        self.fields["what"].choices = wanted  # type: ignore[attr-defined]

    def given(self) -> dict[str, Any]:
        return {**self.cleaned_data, "how": Delivery(self.cleaned_data["how"])}


class MonthForm(SmallForm):
    month = forms.TypedChoiceField(label=lazy("Mois"), coerce=lambda v: v)
    paid_days = forms.IntegerField(
        label=lazy("Jours payés ou assimilés"), min_value=0, max_value=31
    )
    unpaid_days = forms.IntegerField(
        label=lazy("Jours ni payés ni assimilés"), min_value=0, max_value=31, initial=0,
        help_text=lazy("Ils reportent la fin du contrat d’autant de jours ouvrables."),
    )  # fmt: skip
    note = forms.CharField(label=lazy("Remarque"), max_length=300, required=False)

    def choose(self, about: Any) -> None:
        from django.template.defaultfilters import date as written

        if not hasattr(about, "work"):
            return
        wanted = list(queries.months_wanted(about.work, timezone.localdate()))
        known = [one.month for one in about.work.months.all()]
        self.fields["month"].choices = [  # type: ignore[attr-defined]
            (day.isoformat(), written(day, "F Y")) for day in [*wanted, *reversed(known)]
        ]

    def given(self) -> dict[str, Any]:
        from datetime import date

        return {**self.cleaned_data, "month": date.fromisoformat(self.cleaned_data["month"])}


class PlaceForm(SmallForm):
    place = forms.TypedChoiceField(label=lazy("Place libre"), coerce=int)
    since_date = DayField(label=lazy("Depuis le"), initial=timezone.localdate)

    def choose(self, about: Any) -> None:
        free = queries.free_places()
        self.fields["place"].choices = [(p.pk, str(p)) for p in free]  # type: ignore[attr-defined]


class FinishForm(SmallForm):
    how = forms.ChoiceField(label=lazy("Comment elle finit"))
    why = text(lazy("Ce qui s’est passé"), 2)

    def choose(self, about: Any) -> None:
        ends = [
            ("fulfil", _("Le but est atteint")),
            ("break", _("Elle est rompue")),
            ("end", _("Elle est terminée")),
        ]
        if about.state in (AgreementState.DRAFTED, AgreementState.REFLECTION):
            ends = [("abandon", _("Sans suite"))]
        elif about.state != AgreementState.RUNNING:
            ends = ends[1:]
        self.fields["how"].choices = ends  # type: ignore[attr-defined]


ACTS: dict[str, SmallAct] = {
    act.key: act
    for act in (
        SmallAct("needs", NeedsForm, agreements.note_needs, lazy("Analyse des besoins"), lazy("Garder l’analyse"), lazy("L’analyse est gardée.")),
        SmallAct("terms", TermsForm, agreements.set_terms, lazy("But et dates"), lazy("Enregistrer"), lazy("C’est enregistré.")),
        SmallAct("clauses", ClausesForm, agreements.add_clauses, lazy("Ajouter des engagements"), lazy("Ajouter"), lazy("Les engagements sont ajoutés.")),
        SmallAct("drop", _ClauseForm, agreements.drop_clause, lazy("Retirer une clause"), lazy("Retirer"), lazy("La clause est retirée.")),
        SmallAct("propose", NoForm, agreements.propose, lazy("Remettre le texte"), lazy("Remettre le texte à la personne"), lazy("Le texte est remis ; la personne a cinq jours ouvrables pour réfléchir.")),
        SmallAct("take_back", WhyForm, agreements.take_back, lazy("Reprendre le texte"), lazy("Reprendre"), lazy("Le texte est à nouveau en préparation.")),
        SmallAct("sign", SignForm, agreements.sign, lazy("Signer"), lazy("Noter la signature"), lazy("C’est signé ; le texte est figé.")),
        SmallAct("start", NoForm, agreements.start, lazy("Commencer"), lazy("Noter le début"), lazy("C’est commencé.")),
        SmallAct("evaluate", EvaluationForm, agreements.evaluate, lazy("Évaluer"), lazy("Figer l’évaluation"), lazy("L’évaluation est figée ; la suivante a sa date.")),
        SmallAct("mark", MarkForm, agreements.mark_clause, lazy("Où en est un engagement"), lazy("Noter"), lazy("C’est noté.")),
        SmallAct("paper", PaperForm, agreements.write_paper, lazy("Écrire un document"), lazy("Écrire le document"), lazy("Le document est écrit ; il est à signer.")),
        SmallAct("month", MonthForm, agreements.count_month, lazy("Compter un mois de travail"), lazy("Compter ce mois"), lazy("Le mois est compté.")),
        SmallAct("place", PlaceForm, agreements.take_place, lazy("Donner une place"), lazy("Donner cette place"), lazy("La place est prise.")),
        SmallAct("renew", WhyForm, agreements.renew_transit, lazy("Prolonger l’occupation"), lazy("Prolonger"), lazy("L’occupation est prolongée.")),
        SmallAct("amend", WhyForm, agreements.amend, lazy("Préparer un avenant"), lazy("Préparer l’avenant"), lazy("L’avenant est en préparation ; ce qui est signé lie toujours.")),
        SmallAct("sign_amendment", AmendmentForm, agreements.sign_amendment, lazy("Signer l’avenant"), lazy("Noter la signature"), lazy("L’avenant est signé.")),
        SmallAct("give_up_amendment", NoForm, agreements.give_up_amendment, lazy("Renoncer à l’avenant"), lazy("Renoncer à l’avenant"), lazy("Le texte signé reste tel qu’il était.")),
        SmallAct("finish", FinishForm, agreements.finish, lazy("Terminer"), lazy("Terminer"), lazy("La convention est terminée.")),
    )
}  # fmt: skip


def acts_open_to(actor: Actor, row: Any) -> list[str]:
    """This function will give the acts this agent may do on the agreement as it stands, in order."""
    papers = {"paper"} if can_open(actor, row) and queries.papers_wanted(row) else set()
    if not can_work_on(actor, row):
        return sorted(papers)
    found = {"finish"} | papers
    if row.state in WRITABLE:
        found |= {"terms", "clauses"}
        if hasattr(row, "piis"):
            found.add("needs")
        if row.clauses.exclude(state=ClauseState.DROPPED).exists():
            found.add("drop")
    by_state = {
        AgreementState.DRAFTED: {"propose"}, AgreementState.REFLECTION: {"sign", "take_back"},
        AgreementState.SIGNED: {"start"}, AgreementState.RUNNING: {"amend"},
        AgreementState.AMENDING: {"sign_amendment", "give_up_amendment"},
    }  # fmt: skip
    found |= by_state.get(row.state, set())
    if row.state in BINDING:
        found |= {"evaluate", "mark"}
        found |= {"month"} if hasattr(row, "work") else set()
    if hasattr(row, "work") and can_keep_partners(actor):
        found.add("place")
    if hasattr(row, "transit") and row.state == AgreementState.RUNNING and not row.transit.renewals:
        found.add("renew")
    return [key for key in ACTS if key in found]
