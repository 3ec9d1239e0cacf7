"""Newcomers: whom the count proposes, and whom somebody chose."""

from collections.abc import Collection, Mapping
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from beffroi.accounts import queries as accounts
from beffroi.acts.agenda import queries
from beffroi.acts.agenda.assignment import Proposal, propose
from beffroi.acts.agenda.models import Assignment
from beffroi.acts.agenda.permissions import overseen_teams
from beffroi.acts.agenda.services.moves import must_say
from beffroi.audit import services as audit
from beffroi.audit.enums import ActKind
from beffroi.core.actors import Actor
from beffroi.core.errors import InvalidInput, NotAllowed


def propose_worker(
    *, team: str, weights: Mapping[int, int], at: datetime, absences: Collection[int] = ()
) -> Proposal | None:
    """This function will say whose load allows a newcomer, and why; None when everybody is away.

    `weights` are the points each worker carries, as the caller counts them; `absences` are
    workers to leave out besides those whom the agenda knows to be away.
    """
    return propose(queries.loads(team, weights, timezone.localdate(at)), absences)


@transaction.atomic
def note_newcomer(
    *, team: str, subject_ref: str, worker: int, weights: Mapping[int, int], by: Actor,
    at: datetime, why: str = "",
) -> Assignment:  # fmt: skip
    """This function will keep to whom a newcomer was given, what the count said, and why otherwise.

    Raises: NotAllowed; InvalidInput when another than the one proposed is chosen without a reason.
    """
    row = accounts.team_by_key(team)
    if row is None or team not in overseen_teams(by):
        raise NotAllowed(_("Vous ne répartissez pas les personnes de cette équipe."))
    if not accounts.agents_of([team], timezone.localdate(at)).filter(pk=worker).exists():
        words = _("Cette personne ne travaille pas dans cette équipe.")
        raise InvalidInput(words, fields={"to": words})
    proposal = propose_worker(team=team, weights=weights, at=at)
    proposed = proposal.worker if proposal else worker
    if worker != proposed:
        must_say(why, _("Dites pourquoi une autre que celle que la charge propose."))
    loads = [
        {"worker": one.worker, "points": one.points, "minutes": one.minutes}
        for one in (proposal.loads if proposal else ())
    ]
    kept = Assignment.objects.create(
        team=row, worker_id=worker, proposed_id=proposed, subject_ref=subject_ref, loads=loads,
        at=at, by_label=by.label, why=why.strip()[:300],
    )  # fmt: skip
    audit.record(
        by=by.as_of_team(team), kind=ActKind.WRITE, verb="newcomer.give", object_kind="newcomer",
        object_ref=str(kept.pk), subject_ref=subject_ref, at=at, reason=why,
        detail={"to": worker, "proposed": proposed},
    )  # fmt: skip
    return kept
