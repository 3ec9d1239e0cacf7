"""The small acts on a file: their forms, services and words."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from beffroi.accounts import queries as accounts
from beffroi.acts.budgets import services as budgets
from beffroi.acts.budgets.enums import MEDIATION_TEAM, FileState, Outcome, PersonRole
from beffroi.acts.budgets.permissions import can_reopen, can_work_on
from beffroi.acts.budgets.workflow import MOVES, moves_from
from beffroi.core.actors import Actor
from beffroi.web.desk.small_acts import DayField, NoForm, SmallAct, SmallForm, WhyForm, text


def _choices(field: Any, choices: list[tuple[Any, Any]]) -> None:
    field.choices = [("", _("Choisir")), *choices]


class ConventionForm(SmallForm):
    signed_date = DayField(label=lazy("Signée le"), initial=timezone.localdate)


class DocumentsForm(SmallForm):
    whats = text(
        lazy("Documents"),
        4,
        help_text=lazy("Un par ligne : « vos trois dernières fiches de paie »."),
    )

    def given(self) -> dict[str, Any]:
        return {"whats": self.cleaned_data["whats"].splitlines()}


class ReceivedForm(SmallForm):
    document = forms.TypedChoiceField(label=lazy("Document"), coerce=int)
    received_date = DayField(label=lazy("Reçu le"), initial=timezone.localdate)

    def choose(self, about: Any) -> None:
        rows = about.documents.filter(received_date=None)
        _choices(self.fields["document"], [(row.pk, row.what) for row in rows])


class NoticeForm(SmallForm):
    notice = forms.TypedChoiceField(label=lazy("Avis"), coerce=int)
    filed_date = DayField(label=lazy("Déposé le"), initial=timezone.localdate)
    bailiff = forms.CharField(label=lazy("Huissier"), max_length=160)
    number = forms.CharField(label=lazy("Numéro de l’avis"), max_length=60, required=False)

    def choose(self, about: Any) -> None:
        rows = about.notices.filter(filed_date=None)
        _choices(self.fields["notice"], [(row.pk, row.get_kind_display()) for row in rows])


class PersonForm(SmallForm):
    person = forms.CharField(label=lazy("Référence de la personne"), max_length=12)
    role = forms.ChoiceField(label=lazy("Rôle"))

    def choose(self, about: Any) -> None:
        others = [(r.value, r.label) for r in PersonRole if r != PersonRole.HOLDER]
        _choices(self.fields["role"], others)

    def given(self) -> dict[str, Any]:
        said = self.cleaned_data
        return {"person": said["person"].strip().upper(), "role": PersonRole(said["role"])}


class HandOverForm(SmallForm):
    to = forms.TypedChoiceField(label=lazy("Collègue"), coerce=int)
    why = forms.CharField(label=lazy("Pourquoi"), max_length=300, required=False)

    def choose(self, about: Any) -> None:
        agents = accounts.agents_of([MEDIATION_TEAM], timezone.localdate())
        _choices(self.fields["to"], [(a.pk, str(a)) for a in agents if a.pk != about.worker_id])


class CloseForm(SmallForm):
    outcome = forms.ChoiceField(label=lazy("Issue"))
    why = text(lazy("Ce qui s’est passé"), 2)

    def choose(self, about: Any) -> None:
        _choices(self.fields["outcome"], list(Outcome.choices))

    def given(self) -> dict[str, Any]:
        said = self.cleaned_data
        return {"outcome": Outcome(said["outcome"]), "why": said["why"]}


def _go(key: str, form: type[SmallForm] = NoForm) -> SmallAct:
    def service(*, reference: str, by: Actor, at: Any, why: str = "") -> None:
        budgets.go_to(reference=reference, step=key, by=by, at=at, why=why)

    label = MOVES[key].label
    return SmallAct(key, form, service, label, label, lazy("C’est fait : le dossier a avancé."))


ACTS: dict[str, SmallAct] = {
    act.key: act
    for act in (
        SmallAct("sign_convention", ConventionForm, budgets.sign_convention, lazy("Signer la convention"), lazy("Noter la signature"), lazy("La convention est signée.")),
        _go("to_budget"), _go("to_negotiation"), _go("evaluate"), _go("go_on"),
        _go("to_documents", WhyForm), _go("renegotiate", WhyForm),
        SmallAct("ask_documents", DocumentsForm, budgets.ask_documents, lazy("Demander des documents"), lazy("Demander"), lazy("C’est demandé.")),
        SmallAct("receive_document", ReceivedForm, budgets.receive_document, lazy("Noter un document reçu"), lazy("Noter"), lazy("C’est noté.")),
        SmallAct("file_notice", NoticeForm, budgets.file_notice, lazy("Avis déposé au fichier central"), lazy("Noter le dépôt"), lazy("Le dépôt est noté.")),
        SmallAct("add_person", PersonForm, budgets.add_person, lazy("Ajouter une personne"), lazy("Ajouter"), lazy("Elle est dans le dossier.")),
        SmallAct("hand_over", HandOverForm, budgets.hand_over, lazy("Confier à un collègue"), lazy("Confier"), lazy("Le dossier est confié.")),
        SmallAct("close", CloseForm, budgets.close, lazy("Clôturer"), lazy("Clôturer le dossier"), lazy("Le dossier est clôturé.")),
        SmallAct("reopen", WhyForm, budgets.reopen, lazy("Rouvrir"), lazy("Rouvrir le dossier"), lazy("Le dossier est rouvert.")),
    )
}  # fmt: skip


def acts_open_to(actor: Actor, file: Any) -> list[str]:
    """This function will give the acts this agent may do on the file as it stands, in order."""
    waiting = file.notices.filter(filed_date=None).exists()
    if file.state == FileState.CLOSED:
        found = {"reopen"} if can_reopen(actor, file) and file.convention_date else set()
        return [key for key in ACTS if key in found | ({"file_notice"} if waiting else set())]
    if not can_work_on(actor, file):
        return []
    moves = {move.key for move in moves_from(file.state)} - {"start_plan"}
    found = moves | {"ask_documents", "add_person", "hand_over"}
    if waiting:
        found.add("file_notice")
    if file.documents.filter(received_date=None).exists():
        found.add("receive_document")
    return [key for key in ACTS if key in found]
