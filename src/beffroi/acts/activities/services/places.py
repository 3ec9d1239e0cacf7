"""Places: asked for, held, waited for in the order they were asked, offered for a time.

Whoever asks holds the row of the activity, or of the session, until her place is written: on
PostgreSQL the second waits for the first, on SQLite the whole transaction writes alone. What is
taken is read after that, so that nobody gets a place that another just took.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.db.models import Max, Q, QuerySet, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from beffroi.acts.activities.enums import Enrolment, PlaceState, SessionState
from beffroi.acts.activities.models import Activity, Registration, RegistrationMove, Session
from beffroi.acts.activities.permissions import can_set_up, own_teams
from beffroi.acts.activities.services.common import trace
from beffroi.acts.activities.workflow import HOLDS_PLACE, PLACE_MOVES
from beffroi.core.actors import Actor, ActorKind, person_actor
from beffroi.core.errors import InvalidInput, NotAllowed, Refusal, WrongState
from beffroi.core.secrets import derive_secret, digest, matches
from beffroi.documents import services as documents

_REGISTER = "INS"


class UnknownPlace(Refusal):
    """No registration answers to this reference and this code; which of the two is not told."""

    def __init__(self) -> None:
        super().__init__(
            _("Nous ne trouvons pas d’inscription avec cette référence et ce code."),
            todo=_("Vérifiez-les sur votre page d’inscription, ou téléphonez à la maison de quartier."),
        )  # fmt: skip


@dataclass(frozen=True)
class PlaceDraft:
    """Who asks for a place, as far as she says."""

    name: str = ""
    phone: str = ""
    email: str = ""
    #: A wheelchair in a bus takes two.
    seats: int = 1


@dataclass(frozen=True)
class PlaceReceipt:
    """The reference of a registration, its code, and where it stands."""

    reference: str
    secret: str
    state: str


@dataclass
class _Scope:
    """The activity or the session whose places are counted; its row is held."""

    activity: Activity
    session: Session | None

    @property
    def capacity(self) -> int | None:
        return self.session.capacity if self.session else self.activity.capacity

    @property
    def rows(self) -> QuerySet[Registration]:
        return Registration.objects.filter(activity=self.activity, session=self.session).order_by(
            "rank"
        )

    @property
    def ends_at(self) -> datetime | None:
        return self.session.starts_at if self.session else None

    def is_over(self, at: datetime) -> bool:
        """Nothing is offered of a session that has begun, or does not take place."""
        one = self.session
        return one is not None and (one.starts_at <= at or one.state != SessionState.PLANNED)

    def taken(self) -> int:
        held = self.rows.filter(state__in=HOLDS_PLACE).order_by()
        return int(held.aggregate(n=Sum("seats"))["n"] or 0)

    def has_room(self, seats: int) -> bool:
        return self.capacity is None or self.taken() + seats <= self.capacity


def _held(activity: int, session: int | None) -> _Scope:
    """The scope, its row held first. Raises: NotAllowed when there is none."""
    found: Session | None = None
    if session is not None:
        rows = Session.objects.select_for_update(of=("self",), no_key=True)
        found = rows.filter(pk=session, activity=activity).first()
        owner = Activity.objects.select_related("team").filter(pk=activity).first()
    else:
        held = Activity.objects.select_for_update(of=("self",), no_key=True).select_related("team")
        owner = held.filter(pk=activity).first()
    if owner is None or (session is not None and found is None):
        raise NotAllowed(_("Cette activité n’existe pas."))
    return _Scope(owner, found)


def _must_be_open(scope: _Scope, at: datetime) -> None:
    """Raises: WrongState when nobody may ask for a place here, now."""
    one = scope.session
    wanted = Enrolment.SESSION if one else Enrolment.SERIES
    ended = scope.activity.ends_on and scope.activity.ends_on < timezone.localdate(at)
    gone = one is not None and (one.state != SessionState.PLANNED or one.starts_at <= at)
    if scope.activity.enrolment != wanted or ended or gone:
        raise WrongState(
            _("Les inscriptions ne sont pas ouvertes ici."),
            todo=_("Téléphonez à la maison de quartier : elle vous dira ce qui est possible."),
        )


def _checked(draft: PlaceDraft) -> dict[str, Any]:
    wrong = {}
    if draft.email.strip():
        try:
            validate_email(draft.email.strip())
        except ValidationError:
            wrong["email"] = _("Cette adresse n’est pas complète. Exemple : nom@exemple.be.")
    if not 1 <= draft.seats <= 20:
        wrong["seats"] = _("Demandez de une à vingt places.")
    if wrong:
        raise InvalidInput(" ".join(wrong.values()), fields=wrong)
    return {
        "name": draft.name.strip()[:120], "phone": draft.phone.strip()[:40],
        "email": draft.email.strip(), "seats": draft.seats,
    }  # fmt: skip


def register(
    *, activity: int, draft: PlaceDraft, nonce: str, by: Actor, at: datetime,
    session: int | None = None,
) -> PlaceReceipt:  # fmt: skip
    """This function will give a place, or the next rank of the waiting list, in order of arrival.

    The same `nonce` gives the same receipt again. An agent needs the right on the activity; anybody
    else, an activity announced to the public. Raises: NotAllowed; WrongState; InvalidInput.
    """
    given = _checked(draft)
    secret = derive_secret(f"place:{nonce}", settings.SECRET_KEY)
    try:
        with transaction.atomic():
            row = _enter(activity, session, given, nonce, secret, by, at)
    except IntegrityError:
        # The same page was sent twice at the same moment, and the other one was first.
        known = Registration.objects.filter(nonce=digest(nonce)).first()
        if known is None:
            raise
        row = known
    return PlaceReceipt(row.reference, secret, row.state)


def _enter(
    activity: int, session: int | None, given: dict[str, Any], nonce: str, secret: str, by: Actor,
    at: datetime,
) -> Registration:  # fmt: skip
    scope = _held(activity, session)
    known = Registration.objects.filter(nonce=digest(nonce)).first()
    if known is not None:
        return known
    _must_know(scope, by)
    _must_be_open(scope, at)
    _settle(scope, by, at)
    waits = scope.rows.filter(state=PlaceState.WAITING).exists()
    free = not waits and scope.has_room(given["seats"])
    rank = (scope.rows.order_by().aggregate(last=Max("rank"))["last"] or 0) + 1
    year = timezone.localtime(at).year
    number = documents.next_number(register=_REGISTER, year=year)
    row = Registration.objects.create(
        reference=f"{_REGISTER}-{year}-{number:05d}", secret_digest=digest(secret),
        nonce=digest(nonce), activity=scope.activity, session=scope.session, rank=rank, made_at=at,
        state=PlaceState.CONFIRMED if free else PlaceState.WAITING, **given,
    )  # fmt: skip
    _note(row, "ask", "", row.state, by, at)
    return row


def _must_know(scope: _Scope, by: Actor) -> None:
    team = scope.activity.team.key
    if not (can_set_up(by, team) or scope.activity.is_public):
        raise NotAllowed(_("Cette activité n’est pas annoncée."))


def _note(row: Registration, key: str, source: str, target: str, by: Actor, at: datetime) -> None:
    by = person_actor(row.reference) if by.kind is ActorKind.PERSON else by
    RegistrationMove.objects.create(
        registration=row, move=key, source=source, target=target, at=at, by_ref=by.ref,
        by_label=by.label,
    )  # fmt: skip
    trace(
        f"registration.{key}", by=by, at=at, activity=row.activity, session=row.session,
        detail={"reference": row.reference},
    )  # fmt: skip


def _move(row: Registration, key: str, by: Actor, at: datetime, **changes: Any) -> None:
    """One move of the table. Raises: WrongState."""
    step, source = PLACE_MOVES[key], row.state
    changes = {"offered_until": None} | changes
    rows = Registration.objects.filter(pk=row.pk, state=source)
    if source not in step.sources or not rows.update(state=step.target, **changes):
        raise WrongState(
            _("Ce n’est plus possible : cette place a changé entre-temps."),
            todo=_("Rouvrez la page pour voir où elle en est."),
        )
    _note(row, key, source, step.target, by, at)
    row.refresh_from_db()


def _settle(scope: _Scope, by: Actor, at: datetime) -> int:
    """Lets offers lapse that were not taken, then offers free places in the order of the list.

    Nobody passes before the first of the list, even when only her seats do not fit.
    """
    moved = 0
    for row in scope.rows.filter(state=PlaceState.OFFERED, offered_until__lte=at):
        _move(row, "lapse", by, at)
        moved += 1
    if scope.is_over(at):
        return moved
    for row in scope.rows.filter(state=PlaceState.WAITING):
        if not scope.has_room(row.seats):
            break
        until = at + timedelta(hours=scope.activity.offer_hours)
        if scope.ends_at is not None:
            until = min(until, scope.ends_at)
        _move(row, "offer", by, at, offered_until=until)
        moved += 1
    return moved


@transaction.atomic
def settle_places(*, activity: int, by: Actor, at: datetime, session: int | None = None) -> int:
    """This function will let offers lapse and make those that are due; how many moved.

    Raises: NotAllowed.
    """
    scope = _held(activity, session)
    if by.kind is not ActorKind.SYSTEM and not can_set_up(by, scope.activity.team.key):
        raise NotAllowed(_("Cette activité n’est pas de votre équipe."))
    return _settle(scope, by, at)


def settle_offers(*, by: Actor, at: datetime) -> int:
    """This function will settle every activity and session where somebody waits; how many moved.

    Run it every quarter of an hour: an offer that was not taken goes to the next.
    """
    due = Registration.objects.filter(
        Q(state=PlaceState.OFFERED, offered_until__lte=at) | Q(state=PlaceState.WAITING)
    ).order_by()
    scopes = sorted(set(due.values_list("activity_id", "session_id")), key=str)
    return sum(
        settle_places(activity=activity, session=session, by=by, at=at)
        for activity, session in scopes
    )


def own_place(*, reference: str, secret: str) -> Registration:
    """This function will give the registration that a person holds. Raises: UnknownPlace."""
    rows = Registration.objects.select_related("activity__place", "activity__team", "session")
    row = rows.filter(reference=reference.strip().upper()).first()
    stored = row.secret_digest if row else digest("nobody")
    if not matches(secret, stored) or row is None:
        raise UnknownPlace
    return row


@transaction.atomic
def answer(*, reference: str, secret: str, key: str, at: datetime) -> Registration:
    """This function will take the offered place of a person, or give hers back.

    Raises: UnknownPlace; WrongState when the offer is over.
    """
    row = own_place(reference=reference, secret=secret)
    return _answer(row, key, person_actor(row.reference), at)


@transaction.atomic
def answer_for(*, registration: int, key: str, by: Actor, at: datetime) -> Registration:
    """This function will do at the desk what a person asks by telephone.

    Raises: NotAllowed; WrongState.
    """
    rows = Registration.objects.select_related("activity__team", "session")
    row = rows.filter(pk=registration).first()
    if row is None or row.activity.team.key not in own_teams(by):
        raise NotAllowed(_("Cette inscription n’est pas de votre équipe."))
    return _answer(row, key, by, at)


def _answer(row: Registration, key: str, by: Actor, at: datetime) -> Registration:
    if key not in ("accept", "withdraw"):
        raise NotAllowed(_("Cet acte n’existe pas."))
    scope = _held(row.activity_id, row.session_id)
    if key == "accept":
        _must_be_open(scope, at)
    row.refresh_from_db(fields=["state", "offered_until"])
    _settle(scope, by, at)
    row.refresh_from_db(fields=["state", "offered_until"])
    _move(row, key, by, at)
    _settle(scope, by, at)
    return row
