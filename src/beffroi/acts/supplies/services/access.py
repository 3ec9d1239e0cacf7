"""Accesses of households to a grocery: rules of points, cards, decisions that open and that end."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from beffroi.accounts import queries as accounts
from beffroi.acts.supplies.enums import SiteKind
from beffroi.acts.supplies.models import Access, Card, PointRule, Site
from beffroi.acts.supplies.permissions import can_grant, cards_visible_to, granting_teams
from beffroi.acts.supplies.pricing import monthly_cap
from beffroi.acts.supplies.services.common import must_say, person_of, set_up_site, trace, wrong
from beffroi.core.actors import Actor
from beffroi.core.errors import InvalidInput, NotAllowed, WrongState
from beffroi.documents import services as documents

_REGISTER = "EPI"


@dataclass(frozen=True)
class RuleDraft:
    """How many points a month: for one adult, for each other one, for each child; and the share."""

    since_date: date
    points: Decimal
    adult_weight: Decimal
    child_weight: Decimal
    percent: Decimal


@dataclass(frozen=True)
class AccessDraft:
    """What a decision says; without a cap, the rule of the grocery on its first day gives it."""

    decision: str
    since_date: date
    until_date: date
    adults: int = 1
    children: int = 0
    cap: Decimal | None = None
    percent: Decimal | None = None


@transaction.atomic
def set_rule(*, site: int, draft: RuleDraft, by: Actor, at: datetime) -> PointRule:
    """This function will write the rule of points from a day on; accesses given keep their cap.

    Raises: NotAllowed; InvalidInput.
    """
    found = set_up_site(site, by, SiteKind.GROCERY)
    faults = {}
    if not 0 < draft.points < 100_000:
        faults["points"] = _("Écrivez plus que zéro.")
    for field in ("adult_weight", "child_weight"):
        if not 0 <= getattr(draft, field) < 100:
            faults[field] = _("Écrivez une part, par exemple 0,5.")
    if not 0 <= draft.percent <= 100:
        faults["percent"] = _("Écrivez un pourcentage de 0 à 100.")
    if faults:
        raise InvalidInput(" ".join(faults.values()), fields=faults)
    try:
        with transaction.atomic():
            made = PointRule.objects.create(site=found, **vars(draft))
    except IntegrityError as error:
        raise wrong("since_date", _("Une règle commence déjà ce jour-là.")) from error
    trace("supply.set_rule", by=by, at=at, site=found)
    return made


def _checked(draft: AccessDraft, site: Site) -> dict[str, Any]:
    faults = {}
    if not draft.decision.strip():
        faults["decision"] = _("Écrivez le numéro ou la date de la décision du CPAS.")
    if draft.until_date < draft.since_date:
        faults["until_date"] = _("La fin vient avant le début.")
    if not 1 <= draft.adults <= 20:
        faults["adults"] = _("Un ménage compte au moins un adulte.")
    if not 0 <= draft.children <= 20:
        faults["children"] = _("Écrivez un nombre d’enfants.")
    cap, percent = draft.cap, draft.percent
    rule = site.rules.filter(since_date__lte=draft.since_date).order_by("-since_date").first()
    if rule is not None and not faults:
        cap = monthly_cap(rule, draft.adults, draft.children) if cap is None else cap
        percent = rule.percent if percent is None else percent
    if not faults and (cap is None or not 0 < cap < 100_000):
        faults["cap"] = _("Écrivez le plafond : cette épicerie n’a pas de règle ce jour-là.")
    if not faults and (percent is None or not 0 <= percent <= 100):
        faults["percent"] = _("Écrivez la participation, de 0 à 100 %.")
    if faults:
        raise InvalidInput(" ".join(faults.values()), fields=faults)
    return {
        "decision": draft.decision.strip()[:60], "since_date": draft.since_date,
        "until_date": draft.until_date, "adults": draft.adults, "children": draft.children,
        "cap": cap, "percent": percent,
    }  # fmt: skip


def _grocery(pk: int, by: Actor) -> Site:
    found = Site.objects.select_related("team").filter(pk=pk, kind=SiteKind.GROCERY).first()
    if found is None or not can_grant(by, found):
        raise NotAllowed(_("L’accès s’ouvre par le service social, sur décision du CPAS."))
    return found


def _team_of(by: Actor) -> Any:
    """The team in whose name a card is opened."""
    return next((accounts.team_by_key(key) for key in granting_teams(by)), None)


def held_card(pk: int, by: Actor) -> Card:
    """This function will give a card the actor reads, held until the end of the act.

    Raises: NotAllowed.
    """
    found = cards_visible_to(by).select_for_update(of=("self",), no_key=True).filter(pk=pk).first()
    if found is None:
        raise NotAllowed(_("Cette carte n’existe pas."))
    return found


@transaction.atomic
def open_card(
    *, site: int, name: str, draft: AccessDraft, by: Actor, at: datetime, phone: str = "",
    person_ref: str = "",
) -> Card:  # fmt: skip
    """This function will open a grocery to a household: a card, and its first access.

    Raises: NotAllowed; InvalidInput.
    """
    found = _grocery(site, by)
    said = must_say(name, _("Écrivez le nom à appeler."), "name")
    given, year = _checked(draft, found), timezone.localdate(at).year
    person = person_of(person_ref, by)
    number = documents.next_number(register=_REGISTER, year=year)
    made = Card.objects.create(
        site=found, number=f"{year % 100:02d}{number:04d}", name=said[:120], made_at=at,
        phone=phone.strip()[:40], person_id=person, team=_team_of(by),
    )  # fmt: skip
    Access.objects.create(card=made, **given)
    trace("supply.open_card", by=by, at=at, site=found, thing=("supply_card", made.pk))
    return made


@transaction.atomic
def grant_access(*, card: int, draft: AccessDraft, by: Actor, at: datetime) -> Access:
    """This function will add an access to a card; two never run on the same day.

    Raises: NotAllowed; InvalidInput; WrongState when another runs then.
    """
    found = held_card(card, by)
    given = _checked(draft, _grocery(found.site_id, by))
    running = found.accesses.filter(
        ended_at__isnull=True, since_date__lte=draft.until_date, until_date__gte=draft.since_date
    )
    if running.exists():
        raise WrongState(
            _("Un autre accès court déjà à ces dates."),
            todo=_("Terminez-le d’abord, ou changez les dates."),
        )
    made = Access.objects.create(card=found, **given)
    trace("supply.grant_access", by=by, at=at, site=found.site, thing=("supply_card", card))
    return made


@transaction.atomic
def end_access(*, card: int, why: str, by: Actor, at: datetime) -> None:
    """This function will end every access of a card that runs or is to come.

    Raises: NotAllowed; InvalidInput; WrongState when none does.
    """
    said = must_say(why, _("Dites pourquoi l’accès prend fin."))
    found = held_card(card, by)
    _grocery(found.site_id, by)
    rows = found.accesses.filter(until_date__gte=timezone.localdate(at), ended_at__isnull=True)
    if not rows.order_by().update(ended_at=at, end_why=said[:200]):
        raise WrongState(_("Aucun accès de cette carte ne court plus."))
    trace("supply.end_access", by=by, at=at, site=found.site, thing=("supply_card", card))


@transaction.atomic
def change_card(
    *, card: int, name: str, phone: str, person_ref: str, by: Actor, at: datetime
) -> Card:
    """This function will change whom to call for a card, and who of the house holds it, if known.

    Raises: NotAllowed; InvalidInput.
    """
    found = held_card(card, by)
    _grocery(found.site_id, by)
    said = must_say(name, _("Écrivez le nom à appeler."), "name")
    person = person_of(person_ref, by)
    Card.objects.filter(pk=found.pk).update(
        name=said[:120], phone=phone.strip()[:40], person_id=person
    )
    found.refresh_from_db()
    trace("supply.change_card", by=by, at=at, site=found.site, thing=("supply_card", card))
    return found
