"""Garden plots: a waiting list in order, a timed offer, a charter and a deposit.

Every act on a garden holds the row of its site first: two people never get one plot.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from beffroi.acts.supplies.enums import DepositState, PlotState, SiteKind, WaitState
from beffroi.acts.supplies.models import Gardener, Holding, Plot, Site
from beffroi.acts.supplies.services.common import (
    kept_site,
    must_not_be_close,
    must_say,
    person_of,
    trace,
    wrong,
)
from beffroi.acts.supplies.workflow import PLOT_MOVES, WAIT_MOVES
from beffroi.core.actors import Actor
from beffroi.core.errors import NotAllowed, WrongState


@dataclass(frozen=True)
class Terms:
    """On what a plot is held: when the charter was signed, and the deposit in euros."""

    charter_date: date
    deposit: Decimal = Decimal(0)


def _held_garden(pk: int, by: Actor) -> Site:
    kept_site(pk, by, SiteKind.GARDEN)
    return (
        Site.objects.select_for_update(of=("self",), no_key=True).select_related("team").get(pk=pk)
    )


def _move_plot(plot: Plot, key: str) -> None:
    """One move of the table of plots. Raises: WrongState."""
    step = PLOT_MOVES[key]
    rows = Plot.objects.filter(pk=plot.pk, state=plot.state)
    if plot.state not in step.sources or not rows.update(state=step.target):
        raise WrongState(
            _("« %(act)s » n’est pas possible pour la parcelle %(plot)s.")
            % {"act": step.label, "plot": plot.number},
            _("Elle est maintenant : %(state)s.") % {"state": plot.get_state_display().lower()},
        )
    plot.state = step.target


def _move_gardener(row: Gardener, key: str, **changes: Any) -> None:
    """One move of the table of who waits. Raises: WrongState."""
    step = WAIT_MOVES[key]
    changes = {"offered": None, "offered_until": None} | changes
    rows = Gardener.objects.filter(pk=row.pk, state=row.state)
    if row.state not in step.sources or not rows.update(state=step.target, **changes):
        raise WrongState(
            _("« %(act)s » n’est plus possible.") % {"act": step.label},
            _("Cette personne est maintenant : %(state)s.")
            % {"state": row.get_state_display().lower()},
        )
    row.refresh_from_db()


@transaction.atomic
def add_plot(*, site: int, number: str, surface: Decimal, by: Actor, at: datetime) -> Plot:
    """This function will add a plot of so many m² to a garden, and offer it to the first who waits.

    Raises: NotAllowed; InvalidInput.
    """
    garden = _held_garden(site, by)
    said = must_say(number, _("Donnez un numéro à la parcelle."), "number")
    if not 0 < surface < 100_000:
        raise wrong("surface", _("Écrivez la surface en m²."))
    try:
        with transaction.atomic():
            made = Plot.objects.create(site=garden, number=said[:10], surface=surface)
    except IntegrityError as error:
        raise wrong("number", _("Une parcelle porte déjà ce numéro.")) from error
    trace("supply.add_plot", by=by, at=at, site=garden, thing=("supply_plot", made.pk))
    _settle(garden, by, at)
    return made


@transaction.atomic
def set_plot(*, plot: int, key: str, by: Actor, at: datetime) -> Plot:
    """This function will let a free plot rest, or take it up again.

    Raises: NotAllowed; WrongState when it is not free, or offered to somebody.
    """
    garden = _garden_of(Plot, plot, by)
    row = Plot.objects.get(pk=plot)
    if key not in ("rest", "wake"):
        raise NotAllowed(_("Cet acte n’existe pas."))
    if key == "rest" and row.offers.filter(state=WaitState.OFFERED).exists():
        raise WrongState(_("Cette parcelle est proposée à quelqu’un qui peut encore répondre."))
    _move_plot(row, key)
    trace(f"supply.plot_{key}", by=by, at=at, site=garden, thing=("supply_plot", plot))
    _settle(garden, by, at)
    return row


def _garden_of(model: Any, pk: int, by: Actor) -> Site:
    site = model.objects.filter(pk=pk).values_list("site", flat=True).first()
    if site is None:
        raise NotAllowed(_("Cela n’existe pas dans ce potager."))
    return _held_garden(site, by)


@transaction.atomic
def ask_plot(
    *, site: int, by: Actor, at: datetime, name: str = "", phone: str = "", person_ref: str = ""
) -> Gardener:
    """This function will write somebody at the end of the list; a free plot is offered at once.

    Raises: NotAllowed; InvalidInput.
    """
    garden = _held_garden(site, by)
    rank = garden.gardeners.order_by().aggregate(n=Max("rank"))["n"] or 0
    made = Gardener.objects.create(
        site=garden, rank=rank + 1, name=name.strip()[:120], phone=phone.strip()[:40],
        person_id=person_of(person_ref, by), asked_at=at, asked_date=timezone.localdate(at),
    )  # fmt: skip
    trace("supply.ask_plot", by=by, at=at, site=garden, thing=("supply_gardener", made.pk))
    _settle(garden, by, at)
    made.refresh_from_db()
    return made


def _settle(garden: Site, by: Actor, at: datetime) -> int:
    """Lets offers lapse that were not taken, then offers free plots in the order of the list."""
    moved, today = 0, timezone.localdate(at)
    rows = garden.gardeners.order_by("rank")
    for row in rows.filter(state=WaitState.OFFERED, offered_until__lte=at):
        _move_gardener(row, "lapse", settled_date=today)
        trace("supply.lapse", by=by, at=at, site=garden, thing=("supply_gardener", row.pk))
        moved += 1
    waiting = rows.filter(state=WaitState.WAITING)
    offered = Gardener.objects.filter(state=WaitState.OFFERED).values("offered")
    free = garden.plots.filter(state=PlotState.FREE).exclude(pk__in=offered)
    until = at + timedelta(days=garden.offer_days)
    for row, plot in zip(list(waiting), list(free.order_by("number", "pk")), strict=False):
        _move_gardener(row, "offer", offered=plot, offered_until=until)
        trace("supply.offer", by=by, at=at, site=garden, thing=("supply_gardener", row.pk))
        moved += 1
    return moved


@transaction.atomic
def settle_garden(*, site: int, by: Actor, at: datetime) -> int:
    """This function will let offers lapse and make those that are due; how many moved.

    Raises: NotAllowed.
    """
    return _settle(_held_garden(site, by), by, at)


def settle_gardens(*, by: Actor, at: datetime) -> int:
    """This function will settle every garden where somebody waits; how many moved.

    Run it every night: an offer that was not taken goes to the next.
    """
    waits = Q(state=WaitState.WAITING) | Q(state=WaitState.OFFERED, offered_until__lte=at)
    sites = Gardener.objects.filter(waits).order_by("site").values_list("site", flat=True)
    return sum(settle_garden(site=site, by=by, at=at) for site in sites.distinct())


@transaction.atomic
def take_plot(*, gardener: int, terms: Terms, by: Actor, at: datetime) -> Holding:
    """This function will give the offered plot to who takes it, with her charter and deposit.

    Raises: NotAllowed; InvalidInput; WrongState when the offer is over.
    """
    garden, today = _garden_of(Gardener, gardener, by), timezone.localdate(at)
    _settle(garden, by, at)
    row = Gardener.objects.select_related("offered").get(pk=gardener)
    must_not_be_close(row.person_id, by)
    if terms.charter_date > today:
        raise wrong("charter_date", _("La charte se signe avant de prendre la parcelle."))
    if not 0 <= terms.deposit < 10_000:
        raise wrong("deposit", _("Écrivez la caution en euros."))
    plot = row.offered
    _move_gardener(row, "accept", settled_date=today)
    if plot is None:
        raise WrongState(_("Aucune parcelle n’est proposée."))
    _move_plot(plot, "take")
    made = Holding.objects.create(plot=plot, gardener=row, since_date=today, **vars(terms))
    trace("supply.take_plot", by=by, at=at, site=garden, thing=("supply_gardener", gardener))
    return made


@transaction.atomic
def leave_garden(
    *, gardener: int, by: Actor, at: datetime, deposit_kept: bool = False, why: str = ""
) -> Gardener:
    """This function will take somebody off the list, or take her plot back with its deposit.

    A deposit is kept only with a reason. Raises: NotAllowed; InvalidInput; WrongState.
    """
    garden, today = _garden_of(Gardener, gardener, by), timezone.localdate(at)
    row = Gardener.objects.get(pk=gardener)
    must_not_be_close(row.person_id, by)
    said = must_say(why, _("Dites pourquoi la caution est gardée.")) if deposit_kept else ""
    held = row.holdings.select_related("plot").filter(until_date__isnull=True).first()
    settled = row.settled_date or today
    _move_gardener(row, "leave", settled_date=settled)
    if held is not None:
        state = DepositState.KEPT if deposit_kept else DepositState.RETURNED
        Holding.objects.filter(pk=held.pk).update(
            until_date=today, deposit_state=state, deposit_why=said[:200]
        )
        _move_plot(held.plot, "give_back")
    trace("supply.leave_garden", by=by, at=at, site=garden, thing=("supply_gardener", gardener))
    _settle(garden, by, at)
    return row
