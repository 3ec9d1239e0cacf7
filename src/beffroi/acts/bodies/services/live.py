"""What happens in the room: who is there, who leaves, what is voted, until the sitting is closed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from beffroi.acts.bodies import queries
from beffroi.acts.bodies.enums import (
    Choice,
    MandateRole,
    OutcomeState,
    RecusalOrigin,
    SittingState,
)
from beffroi.acts.bodies.models import AgendaItem, Ballot, Item, Mandate, Presence, Result, Sitting
from beffroi.acts.bodies.permissions import can_record, items_visible_to, mandates_of
from beffroi.acts.bodies.services.items import note_ties, recuse
from beffroi.acts.bodies.services.moves import (
    AlreadyMoved,
    hold,
    move_item,
    move_sitting,
    trace_sitting,
)
from beffroi.acts.bodies.services.sittings import append, prepared
from beffroi.core.actors import Actor
from beffroi.core.errors import InvalidInput, NotAllowed, WrongState
from beffroi.rules import council as rules


@dataclass(frozen=True)
class Totals:
    """The count of a secret ballot: blank papers are abstentions."""

    in_favour: int
    against: int
    abstained: int


class NoQuorum(WrongState):
    """Too few members are in the room to deliberate."""

    def __init__(self, here: int, needed: int, in_function: int) -> None:
        super().__init__(
            _("Le quorum n’est pas atteint : %(here)s présents, il en faut %(needed)s.")
            % {"here": here, "needed": needed},
            _("%(count)s membres sont en fonction ce jour-là.") % {"count": in_function},
            _("Attendez les membres en retard, ou constatez que le quorum manque."),
        )


def recorded(reference: str, by: Actor, at: datetime, *states: str) -> Sitting:
    """This function will hold a sitting whose pen the actor holds. Raises: NotAllowed, WrongState."""
    sitting = prepared(reference, by, at)
    if not can_record(by, sitting.body, timezone.localdate(at)):
        raise NotAllowed(_("Seul le secrétariat tient la séance."))
    return hold(sitting, *states)


def in_function_on(sitting: Sitting) -> dict[int, Mandate]:
    """This function will give the members of the day of the sitting, by mandate."""
    day = queries.date_of(sitting)
    return {m.pk: m for m in queries.in_function(sitting.body, day)}


def quorum_of(sitting: Sitting) -> int:
    """This function will give the quorum, from the mandates of the day of the sitting."""
    return rules.quorum(len(in_function_on(sitting)), queries.date_of(sitting))


@transaction.atomic
def open_sitting(
    *, sitting: str, present: Iterable[int], chair: int, by: Actor, at: datetime
) -> Sitting:
    """This function will open a sitting with the mandates present, presided by one of them.

    Raises: NotAllowed; InvalidInput for a mandate that is not of that day; NoQuorum; WrongState.
    """
    row = recorded(sitting, by, at, SittingState.CONVENED)
    day = queries.date_of(row)
    if timezone.localdate(at) < day:
        raise WrongState(
            _("La séance n’est pas encore arrivée."), todo=_("Ouvrez-la le jour même.")
        )
    members, here = in_function_on(row), set(present)
    if here - set(members):
        raise InvalidInput(_("Une des personnes cochées n’est pas membre ce jour-là."))
    if chair not in here:
        said = _("Qui préside doit être présent.")
        raise InvalidInput(said, {"chair": said})
    needed = rules.quorum(len(members), day)
    if len(here) < needed and not rules.is_quorum_waived(row.missed_before, day):
        raise NoQuorum(len(here), needed, len(members))
    pen = mandates_of(by, timezone.localdate(at)).get(body=row.body, role=MandateRole.SECRETARY)
    move_sitting(
        row, "open", by=by, at=at, opened_at=at, chair=members[chair], secretary=pen
    )  # fmt: skip
    Presence.objects.bulk_create(
        Presence(sitting=row, mandate_id=pk, arrived_at=at) for pk in sorted({*here, pen.pk})
    )
    note_ties((a.item for a in queries.agenda_of(row)), [members[pk] for pk in here], by=by, at=at)
    return row


@transaction.atomic
def miss_quorum(*, sitting: str, by: Actor, at: datetime) -> Sitting:
    """This function will note that the quorum is missing; matters undecided come back ready.

    Raises: NotAllowed; WrongState; InvalidInput when the quorum is in the room.
    """
    row = recorded(sitting, by, at, SittingState.CONVENED, SittingState.OPEN)
    if timezone.localdate(at) < queries.date_of(row):
        raise WrongState(_("La séance n’est pas encore arrivée."))
    if row.state == SittingState.OPEN and len(queries.voters_in_the_room(row)) >= quorum_of(row):
        raise InvalidInput(_("Le quorum est atteint : la séance se poursuit."))
    for entry in queries.agenda_of(row).filter(result__isnull=True):
        move_item(entry.item, "release", by=by, at=at, missed=entry.item.missed + 1)
    row.presences.filter(left_at__isnull=True).update(left_at=at)
    move_sitting(row, "miss", by=by, at=at, closed_at=at)
    return row


@transaction.atomic
def arrive(*, sitting: str, mandate: int, by: Actor, at: datetime) -> None:
    """This function will note that a member came in. Raises: NotAllowed; InvalidInput; WrongState."""
    row = recorded(sitting, by, at, SittingState.OPEN)
    member = in_function_on(row).get(mandate)
    if member is None:
        raise InvalidInput(_("Cette personne n’est pas membre ce jour-là."))
    _row, created = Presence.objects.get_or_create(
        sitting=row, mandate=member, left_at=None, defaults={"arrived_at": at}
    )
    if created:
        trace_sitting(row, "sitting.arrive", by=by, at=at, detail={"mandate": mandate})
        items = (a.item for a in queries.agenda_of(row).filter(result__isnull=True))
        note_ties(items, [member], by=by, at=at)


@transaction.atomic
def leave(*, sitting: str, mandate: int, by: Actor, at: datetime) -> None:
    """This function will note that a member went out. Raises: NotAllowed; WrongState."""
    row = recorded(sitting, by, at, SittingState.OPEN)
    if row.presences.filter(mandate_id=mandate, left_at__isnull=True).update(left_at=at):
        trace_sitting(row, "sitting.leave", by=by, at=at, detail={"mandate": mandate})


@transaction.atomic
def recuse_member(*, sitting: str, item: str, mandate: int, by: Actor, at: datetime) -> None:
    """This function will note that a member leaves the room for a matter (art. 37)."""
    row = recorded(sitting, by, at, SittingState.OPEN)
    entry = undecided(row, item, by, at)
    member = in_function_on(row).get(mandate)
    if member is None:
        raise InvalidInput(_("Cette personne n’est pas membre ce jour-là."))
    recuse(entry.item, member, RecusalOrigin.DECLARED, by=by, at=at)


@transaction.atomic
def add_urgent_item(
    *, sitting: str, item: str, reason: str, in_favour: int, by: Actor, at: datetime
) -> None:
    """This function will add a ready item to an open sitting that declared it urgent.

    Raises: NotAllowed; InvalidInput without a reason or with too few voices; WrongState.
    """
    row = recorded(sitting, by, at, SittingState.OPEN)
    ready = items_visible_to(by, timezone.localdate(at)).filter(body=row.body, reference=item)
    matter = ready.first()
    if matter is None:
        raise NotAllowed(_("Ce point n’existe pas, ou n’est pas pour cet organe."))
    if not reason.strip():
        raise InvalidInput(_("Motivez l’urgence."), {"reason": _("Dites pourquoi cela presse.")})
    here = queries.voters_in_the_room(row)
    day = queries.date_of(row)
    if in_favour > len(here) or not rules.is_urgency_declared(
        in_favour=in_favour, present=len(here), day=day
    ):
        said = _("Il faut les deux tiers des %(count)s membres présents.") % {"count": len(here)}
        raise InvalidInput(_("L’urgence n’est pas déclarée."), {"in_favour": said})
    append(row, matter, by=by, at=at, reason=reason.strip())
    note_ties([matter], here, by=by, at=at)


def undecided(sitting: Sitting, item: str, by: Actor, at: datetime) -> AgendaItem:
    """This function will give a matter without a result. Raises: NotAllowed, AlreadyMoved."""
    visible = items_visible_to(by, timezone.localdate(at))
    entry = (
        sitting.agenda.select_related("item").filter(item__reference=item, item__in=visible).first()
    )
    if entry is None:
        raise NotAllowed(_("Ce point n’est pas à l’ordre du jour, ou vous ne le tenez pas."))
    if Result.objects.filter(agenda_item=entry).exists():
        raise _already(entry.item)
    return entry


def _already(item: Item) -> AlreadyMoved:
    item.refresh_from_db()
    outcome = queries.outcome_of(item.reference)
    state = str(OutcomeState(outcome.state).label) if outcome else str(item.get_state_display())
    return AlreadyMoved(_("Voter"), item.reference, state)


@transaction.atomic
def record_vote(
    *,
    sitting: str,
    item: str,
    by: Actor,
    at: datetime,
    ballots: Mapping[int, Choice] | None = None,
    totals: Totals | None = None,
    amendment: str = "",
) -> Result:
    """This function will count the vote on a matter and keep its result, once and for all.

    An open ballot gives the choice of each voter (`ballots`); a secret one its `totals` only.
    Raises: NotAllowed; InvalidInput when the count is not that of the room; NoQuorum;
    AlreadyMoved when somebody recorded it meanwhile.
    """
    row = recorded(sitting, by, at, SittingState.OPEN)
    entry = undecided(row, item, by, at)
    voters = voters_of(row, entry, by, at)
    return decide_matter(
        row, entry, voters, by=by, at=at, ballots=ballots, totals=totals, amendment=amendment
    )


def decide_matter(
    sitting: Sitting, entry: AgendaItem, voters: set[int], *, by: Actor, at: datetime,
    ballots: Mapping[int, Choice] | None, totals: Totals | None, amendment: str = "",
    block: int | None = None,
) -> Result:  # fmt: skip
    """This function will count what these voters said of a matter and keep its result.

    `block` is the number of a vote held on several matters at once. Raises: as `record_vote`.
    """
    members = in_function_on(sitting)
    needed = _check_quorum(sitting, entry.item, len(voters), len(members))
    counted = _totals(entry.item, voters, ballots, totals)
    chair = ballots.get(sitting.chair_id or 0) if ballots else None
    verdict = rules.count_votes(
        in_favour=counted.in_favour, against=counted.against,
        chair_favours={Choice.FOR: True, Choice.AGAINST: False}.get(chair) if chair else None,
        is_secret=entry.item.is_secret, day=queries.date_of(sitting),
    )  # fmt: skip
    adopted = OutcomeState.AMENDED if amendment.strip() else OutcomeState.ADOPTED
    result = _keep(
        entry, adopted if verdict.is_adopted else OutcomeState.REJECTED, by=by, at=at,
        text=amendment.strip(), in_function=len(members), in_room=len(voters), quorum=needed,
        votes_for=counted.in_favour, votes_against=counted.against,
        abstentions=counted.abstained, by_casting_vote=verdict.by_casting_vote, block=block,
    )  # fmt: skip
    Ballot.objects.bulk_create(
        Ballot(result=result, mandate_id=pk, choice=choice)
        for pk, choice in sorted((ballots or {}).items())
    )
    return result


@transaction.atomic
def vote_unanimously(*, sitting: str, item: str, by: Actor, at: datetime) -> Result:
    """This function will adopt a matter by the voice of everybody who may vote it.

    Raises: as `record_vote`.
    """
    row = recorded(sitting, by, at, SittingState.OPEN)
    entry = undecided(row, item, by, at)
    voters = voters_of(row, entry, by, at)
    secret = entry.item.is_secret
    return record_vote(
        sitting=sitting, item=item, by=by, at=at,
        totals=Totals(len(voters), 0, 0) if secret else None,
        ballots=None if secret else dict.fromkeys(voters, Choice.FOR),
    )  # fmt: skip


def voters_of(sitting: Sitting, entry: AgendaItem, by: Actor, at: datetime) -> set[int]:
    """This function will give who is in the room and not barred from this matter.

    Ties are looked up once more.
    """
    here = queries.voters_in_the_room(sitting)
    note_ties([entry.item], here, by=by, at=at)
    barred = set(entry.item.recusals.values_list("mandate__agent_id", flat=True))
    return {mandate.pk for mandate in here if mandate.agent_id not in barred}


def _check_quorum(sitting: Sitting, item: Item, here: int, in_function: int) -> int:
    day = queries.date_of(sitting)
    needed = rules.quorum(in_function, day)
    if here < needed and not (here and rules.is_quorum_waived(item.missed, day)):
        raise NoQuorum(here, needed, in_function)
    return needed


def _totals(
    item: Item, voters: set[int], ballots: Mapping[int, Choice] | None, totals: Totals | None
) -> Totals:
    if item.is_secret:
        if totals is None or ballots is not None:
            raise InvalidInput(_("Le scrutin est secret : donnez les totaux, sans aucun nom."))
        counts = (totals.in_favour, totals.against, totals.abstained)
        if min(counts) < 0 or sum(counts) != len(voters):
            said = _("%(count)s membres votent ce point : le total doit être le même.") % {
                "count": len(voters)
            }
            raise InvalidInput(said, {"in_favour": said})
        return totals
    if ballots is None or set(ballots) != voters:
        raise InvalidInput(
            _("Le vote de chaque membre présent doit être noté, et d’aucun autre."),
            todo=_("Vérifiez qui est dans la salle, puis notez chaque voix."),
        )
    said_ = [Choice(choice) for choice in ballots.values()]
    return Totals(*(said_.count(c) for c in (Choice.FOR, Choice.AGAINST, Choice.ABSTAIN)))


def _keep(
    entry: AgendaItem, outcome: OutcomeState, *, by: Actor, at: datetime, **counts: object
) -> Result:
    """Writes the result and moves the item; of two at once, one is told that it is done."""
    key = "postpone" if outcome == OutcomeState.POSTPONED else "decide"
    detail = {"outcome": str(outcome), "sitting": entry.sitting.reference}
    ended = {} if outcome == OutcomeState.POSTPONED else {"ended_at": at}
    try:
        with transaction.atomic():
            result = Result.objects.create(
                agenda_item=entry, outcome=outcome, is_secret=entry.item.is_secret,
                decided_at=at, by_label=by.label, **counts,
            )  # fmt: skip
    except IntegrityError as error:
        if Result.objects.filter(agenda_item=entry).exists():
            raise _already(entry.item) from error
        raise
    move_item(entry.item, key, by=by, at=at, detail=detail, **ended)
    return result


@transaction.atomic
def postpone_item(*, sitting: str, item: str, reason: str, by: Actor, at: datetime) -> Result:
    """This function will postpone a matter; it comes back ready for a later sitting.

    Raises: NotAllowed; InvalidInput without a reason; AlreadyMoved.
    """
    row = recorded(sitting, by, at, SittingState.OPEN)
    entry = undecided(row, item, by, at)
    if not reason.strip():
        raise InvalidInput(_("Dites pourquoi il est reporté."), {"reason": _("Dites pourquoi.")})
    return _postpone(row, entry, reason.strip(), by=by, at=at)


def _postpone(
    sitting: Sitting, entry: AgendaItem, reason: str, *, by: Actor, at: datetime
) -> Result:
    members = in_function_on(sitting)
    here = len(queries.voters_in_the_room(sitting))
    return _keep(
        entry, OutcomeState.POSTPONED, by=by, at=at, text=reason, in_function=len(members),
        in_room=here, quorum=rules.quorum(len(members), queries.date_of(sitting)),
    )  # fmt: skip


@transaction.atomic
def close_sitting(*, sitting: str, by: Actor, at: datetime, postpone_rest: bool = False) -> Sitting:
    """This function will close a sitting whose matters all have a result.

    With `postpone_rest`, those left undecided are postponed.
    Raises: NotAllowed; InvalidInput when some are left; AlreadyMoved.
    """
    row = recorded(sitting, by, at, SittingState.OPEN)
    left = list(queries.agenda_of(row).filter(result__isnull=True))
    if left and not postpone_rest:
        raise InvalidInput(
            ngettext(
                "%(count)s point n’a pas encore de résultat.",
                "%(count)s points n’ont pas encore de résultat.",
                len(left),
            )
            % {"count": len(left)},
            todo=_("Votez-les, reportez-les, ou levez la séance en les reportant."),
        )
    for entry in left:
        _postpone(row, entry, _("Séance levée avant ce point."), by=by, at=at)
    row.presences.filter(left_at__isnull=True).update(left_at=at)
    move_sitting(row, "close", by=by, at=at, closed_at=at)
    return row
