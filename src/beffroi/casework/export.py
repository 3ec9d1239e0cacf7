"""What social files hold about their person, and what the rooms below hold because of them.

The privacy officer is given every file; a leader those she may open. What is about somebody
else (who lives there, what she earns) is reduced to what the computation needed of it.
"""

from typing import Any

from django.utils.translation import gettext as _

from beffroi.accounts.enums import Role
from beffroi.acts.activities.export import export_activities
from beffroi.acts.agenda.export import export_agenda
from beffroi.acts.bodies.export import fates_of
from beffroi.acts.payments.export import held_about
from beffroi.acts.requests.export import names_of_others, requests_named
from beffroi.acts.stays.export import export_stays
from beffroi.acts.supplies.export import export_supplies
from beffroi.audit.export import acts_on
from beffroi.casework.models import (
    Appeal,
    Application,
    ApplicationMove,
    Appreciation,
    Asset,
    BudgetLine,
    Change,
    Cohabitant,
    Decision,
    FileClock,
    FileDocument,
    Grant,
    Notice,
    Notification,
    Proposal,
    Recovery,
    Report,
    Resource,
    Review,
    Sanction,
    Sequel,
    SocialFile,
    Suspension,
    Visit,
)
from beffroi.casework.permissions import files_visible_to
from beffroi.core.actors import Actor
from beffroi.core.plain import plain, row, rows
from beffroi.documents.letters.export import letters_about
from beffroi.entitlements import queries as entitlements
from beffroi.people import queries as people

_OF_APPLICATION = {
    "moves": ApplicationMove, "visits": Visit, "documents": FileDocument, "assets": Asset,
    "budget": BudgetLine, "appreciations": Appreciation, "reports": Report,
    "proposals": Proposal, "sequels": Sequel,
}  # fmt: skip


def files_about(reference: str, actor: Actor | None) -> list[SocialFile]:
    """This function will give the files of a person, merged entries too, that the actor may hand out."""
    pk = people.id_of(reference)
    if pk is None or actor is None:
        return []
    rows_ = SocialFile.objects if actor.has_role(Role.PRIVACY_OFFICER) else files_visible_to(actor)
    return list(rows_.filter(person__in=people.same_ids(pk)).order_by("number"))


def export_files(reference: str, actor: Actor | None = None) -> dict[str, Any]:
    """This function will give everything social files hold about their person."""
    files = files_about(reference, actor)
    asked = Application.objects.filter(file__in=files)
    cohabitants = list(Cohabitant.objects.filter(application__in=asked).order_by("pk"))
    return {
        "files": [_file(file) for file in files],
        "_names": [one.name for one in cohabitants]
        + names_of_others(list(asked.exclude(request_ref="").values_list("request_ref", flat=True))),
    }  # fmt: skip


def _file(file: SocialFile) -> dict[str, Any]:
    decisions = Decision.objects.filter(application__file=file)
    grants = Grant.objects.filter(file=file)
    return row(file) | {
        "applications": [_application(one) for one in file.applications.order_by("pk")],
        "clocks": rows(FileClock.objects.filter(file=file).order_by("due_date", "pk")),
        "changes": rows(Change.objects.filter(file=file)),
        "decisions": [_decision(one) for one in decisions.order_by("pk")],
        "notifications": rows(Notification.objects.filter(decision__in=decisions)),
        "grants": rows(grants.order_by("pk")),
        "reviews": rows(Review.objects.filter(grant__in=grants)),
        "suspensions": rows(Suspension.objects.filter(grant__in=grants)),
        "sanctions": rows(Sanction.objects.filter(grant__in=grants)),
        "notices": rows(Notice.objects.filter(sequel__grant__in=grants)),
        "recoveries": rows(Recovery.objects.filter(file=file)),
        "appeals": rows(Appeal.objects.filter(decision__in=decisions)),
        "openings": [{"at": one.at.isoformat(), "why": one.reason} for one in file.openings.all()],
    }


def _application(one: Application) -> dict[str, Any]:
    held = {
        name: rows(model.objects.filter(application=one).order_by("pk"))  # type: ignore[attr-defined]
        for name, model in _OF_APPLICATION.items()
    }
    for visit in held["visits"]:
        visit["present"] = _("[autres personnes]") if visit["present"] else ""
    own = Resource.objects.filter(application=one, cohabitant__isnull=True).order_by("pk")
    return (
        row(one)
        | held
        | {
            "resources": rows(own),
            "cohabitants": [
                {"relation": str(c.get_relation_display()), "counted_share": str(c.counted_share)}
                for c in one.cohabitants.order_by("pk")
            ],
        }
    )


def _decision(one: Decision) -> dict[str, Any]:
    return row(one, "facts") | {"facts": without_others(one.facts)}


def without_others(facts: dict[str, Any]) -> dict[str, Any]:
    """This function will give frozen facts without what cohabitants earn, nor who they are."""
    kept = dict(facts)
    if "cohabitants" in kept:
        kept["cohabitants"] = [
            {"relation": one.get("relation"), "counted_share": one.get("counted_share")}
            for one in kept["cohabitants"]
        ]
    found: dict[str, Any] = plain(kept)
    return found


def export_computations(reference: str, actor: Actor | None = None) -> dict[str, Any]:
    """This function will give every computation made in a person’s files, step by step."""
    asked = Application.objects.filter(file__in=files_about(reference, actor))
    made = entitlements.computations_holding(asked.values_list("reference", flat=True))
    return {
        "computations": [
            row(one, "facts") | {"facts": without_others(one.facts)} for one in made
        ]
    }  # fmt: skip


def export_letters(reference: str, actor: Actor | None = None) -> dict[str, Any]:
    """This function will give the letters written in a person’s files."""
    return letters_about([file.number for file in files_about(reference, actor)])


def export_payments(reference: str, actor: Actor | None = None) -> dict[str, Any]:
    """This function will give what was paid to a person; to a leader, on the files she may open."""
    pk = people.id_of(reference)
    if pk is None or actor is None:
        return {}
    numbers = [file.number for file in files_about(reference, actor)]
    every = actor.has_role(Role.PRIVACY_OFFICER)
    return held_about(people.same_ids(pk), None if every else numbers)


def export_fates(reference: str, actor: Actor | None = None) -> dict[str, Any]:
    """This function will give the fate of what was put forward about a person."""
    files = files_about(reference, actor)
    every = actor is not None and actor.has_role(Role.PRIVACY_OFFICER)
    proposals = Proposal.objects.filter(application__file__in=files)
    pk = people.id_of(reference)
    refs = [people.reference_of(one) for one in people.same_ids(pk)] if pk and actor else []
    return fates_of(refs, None if every else list(proposals.values_list("reference", flat=True)))


def export_requests(reference: str, actor: Actor | None = None) -> dict[str, Any]:
    """This function will give the requests from which a person’s applications came."""
    asked = Application.objects.filter(file__in=files_about(reference, actor))
    return requests_named(list(asked.exclude(request_ref="").values_list("request_ref", flat=True)))


def export_journal(reference: str, actor: Actor | None = None) -> dict[str, Any]:
    """This function will give what was done and read about a person: service and role, no name."""
    pk = people.id_of(reference)
    if pk is None or actor is None:
        return {}
    refs = [people.reference_of(one) for one in people.same_ids(pk)]
    return {"acts": acts_on(refs)}


EXPORTERS = {
    "casework": export_files, "entitlements": export_computations, "letters": export_letters,
    "payments": export_payments, "bodies": export_fates, "requests": export_requests,
    "journal": export_journal, "agenda": export_agenda,
    "activities": export_activities, "stays": export_stays, "supplies": export_supplies,
}  # fmt: skip
#: These leave out what the actor may not open; who did or read what is for the privacy officer.
SCOPED = frozenset(EXPORTERS) - {"journal"}
