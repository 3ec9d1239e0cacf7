"""Tells what went wrong, who was told, and what was done afterwards; only leaders read it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from beffroi.acts.activities import money_queries
from beffroi.acts.activities.enums import ParentsTold, Severity, Told
from beffroi.acts.activities.models import Activity, Incident, IncidentNote, Session
from beffroi.acts.activities.permissions import incidents_visible_to, own_teams
from beffroi.acts.activities.services.common import must_say
from beffroi.audit import services as audit
from beffroi.audit.enums import ActKind
from beffroi.core.actors import Actor, ActorKind
from beffroi.core.errors import InvalidInput, NotAllowed


@dataclass(frozen=True)
class IncidentDraft:
    """What happened, as somebody of the team tells it."""

    mark: UUID
    activity: int
    happened_at: datetime
    severity: str
    what: str
    parents: str
    session: int | None = None
    told: tuple[str, ...] = ()
    people: tuple[int, ...] = ()


def _checked(draft: IncidentDraft, at: datetime) -> None:
    wrong = {}
    if not draft.what.strip():
        wrong["what"] = _("Dites ce qui s’est passé.")
    if draft.severity not in Severity.values:
        wrong["severity"] = _("Dites la gravité.")
    if draft.parents not in ParentsTold.values:
        wrong["parents"] = _("Dites si les parents sont prévenus.")
    if not set(draft.told) <= set(Told.values):
        wrong["told"] = _("Choisissez dans la liste.")
    if draft.happened_at > at:
        wrong["happened_at"] = _("Cette heure n’est pas encore venue.")
    if wrong:
        raise InvalidInput(" ".join(wrong.values()), fields=wrong)


@transaction.atomic
def report_incident(*, draft: IncidentDraft, by: Actor, at: datetime) -> Incident:
    """This function will write an incident once; the same one for a mark that is known.

    Whoever runs the activity writes it, and does not read it afterwards unless she leads the team.
    Raises: NotAllowed; InvalidInput.
    """
    rows = Activity.objects.select_for_update(of=("self",), no_key=True).select_related("team")
    of = rows.filter(pk=draft.activity).first()
    if of is None or not (by.kind is ActorKind.SYSTEM or of.team.key in own_teams(by)):
        raise NotAllowed(_("Cette activité n’est pas de votre équipe."))
    if known := Incident.objects.filter(mark=draft.mark, activity=of).first():
        return known
    _checked(draft, at)
    people = money_queries.of_team(draft.people, of.team_id)
    if len(people) < len(set(draft.people)):
        words = _("Une de ces personnes n’est pas connue de cette équipe.")
        raise InvalidInput(words, fields={"people": words})
    session = None
    if draft.session is not None:
        session = Session.objects.filter(pk=draft.session, activity=of).first()
    made = Incident.objects.create(
        mark=draft.mark, activity=of, session=session, happened_at=draft.happened_at,
        date=timezone.localdate(draft.happened_at), severity=draft.severity,
        what=draft.what.strip(), told=sorted(set(draft.told)), parents=draft.parents, at=at,
        by_ref=by.ref, by_label=by.label,
    )  # fmt: skip
    made.people.set(people)
    _trace("incident.report", made, by, at)
    return made


def _trace(
    verb: str, row: Incident, by: Actor, at: datetime, kind: ActKind = ActKind.WRITE
) -> None:
    audit.record(
        by=by.as_of_team(row.activity.team.key), kind=kind, verb=verb, object_kind="incident",
        object_ref=str(row.pk), at=at,
    )  # fmt: skip


def _led(pk: int, by: Actor) -> Incident:
    rows = incidents_visible_to(by).select_for_update(of=("self",), no_key=True)
    found = rows.select_related("activity__team").filter(pk=pk).first()
    if found is None:
        raise NotAllowed(_("Cet incident n’est pas à vous."))
    return found


@transaction.atomic
def follow_incident(
    *, incident: int, text: str, by: Actor, at: datetime, parents: str = ""
) -> Incident:
    """This function will add what was done since, and say anew whether the parents were told.

    Raises: NotAllowed; InvalidInput.
    """
    found = _led(incident, by)
    said = must_say(text, _("Écrivez ce qui a été fait."), "text")
    if parents and parents not in ParentsTold.values:
        words = _("Dites si les parents sont prévenus.")
        raise InvalidInput(words, fields={"parents": words})
    if parents and parents != found.parents:
        Incident.objects.filter(pk=found.pk).update(parents=parents)
        said = f"{said} ({ParentsTold(parents).label})"
    IncidentNote.objects.create(
        incident=found, text=said[:500], at=at, by_ref=by.ref, by_label=by.label
    )
    found.refresh_from_db()
    _trace("incident.follow", found, by, at)
    return found


@transaction.atomic
def read_incident(*, incident: int, by: Actor, at: datetime) -> None:
    """This function will journal that an incident was read. Raises: NotAllowed."""
    _trace("incident.read", _led(incident, by), by, at, ActKind.READ)
