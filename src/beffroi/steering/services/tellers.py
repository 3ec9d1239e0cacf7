"""Whoever knows how a line goes is asked for its words, in time, and once for each step."""

from collections.abc import Iterable
from datetime import date, datetime

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from beffroi.core.actors import Actor
from beffroi.core.errors import InvalidInput, WrongState
from beffroi.rules.cohesion_calendar import text_asks
from beffroi.rules.cohesion_plan import UnknownYear, report_due
from beffroi.steering import queries
from beffroi.steering.models import Line, LineTeller, LineYear, TextAsk
from beffroi.steering.permissions import can_steer
from beffroi.steering.services.base import must, trace
from beffroi.steering.tellers import agents_who_may_tell, tellers_of_plans


@transaction.atomic
def name_teller(*, line: Line, agent: int, by: Actor, at: datetime) -> LineTeller:
    """This function will name the agent who tells how a line goes; she may then write its year.

    Raises: NotAllowed; InvalidInput for somebody who cannot, or is named already.
    """
    must(can_steer(by))
    day = timezone.localdate(at)
    if not agents_who_may_tell(day).filter(pk=agent).exists():
        raise InvalidInput(
            _("Personne n’est désigné."), {"agent": _("Choisissez un agent de la liste.")}
        )
    row, new = LineTeller.objects.get_or_create(
        line=line, agent_id=agent, defaults={"since_date": day}
    )
    if not new:
        raise InvalidInput(
            _("Personne n’est désigné."), {"agent": _("Cet agent raconte déjà cette ligne.")}
        )
    _trace(line, "line.name_teller", by=by, at=at)
    return row


@transaction.atomic
def drop_teller(*, teller: LineTeller, by: Actor, at: datetime) -> None:
    """This function will no longer ask this agent for the words of her line.

    Raises: NotAllowed; WrongState when she was not asked any more.
    """
    must(can_steer(by))
    if not LineTeller.objects.filter(pk=teller.pk).delete()[0]:
        raise WrongState(_("Cet agent ne raconte plus cette ligne."))
    _trace(teller.line, "line.drop_teller", by=by, at=at)


def _trace(line: Line, verb: str, *, by: Actor, at: datetime) -> None:
    trace(line, verb, by=by, at=at, ref=f"{line.plan.key}/{line}")


def ask_texts(*, by: Actor, at: datetime) -> list[str]:
    """This function will write to each agent whose lines have not told last year, and give to whom.

    A step of the calendar that was missed is not made up for: only the last one due is written,
    and run again it writes nothing twice.

    Raises: NotAllowed.
    """
    must(can_steer(by))
    day = timezone.localdate(at)
    year = day.year - 1
    step = _step_due(year, day)
    if step is None:
        return []
    by_agent: dict[int, list[LineTeller]] = {}
    for teller in tellers_of_plans(_lines_untold(year, day)):
        by_agent.setdefault(teller.agent_id, []).append(teller)
    asked = [_ask(tellers, year, step, by=by, at=at) for tellers in by_agent.values()]
    return [address for address in asked if address]


def _step_due(year: int, day: date) -> date | None:
    try:
        steps, due = text_asks(year), report_due(year)
    except UnknownYear:
        return None
    past = [one for one in steps if one <= day <= due]
    return past[-1] if past else None


def _lines_untold(year: int, day: date) -> list[int]:
    """The lines in force that were at the plan in `year` and have no words for it yet."""
    found: set[int] = set()
    for plan in queries.plans():
        version = queries.version_on(plan, day) or queries.latest_version(plan)
        rows = queries.lines_of(version) if version else ()
        found |= {row.line_id for row in rows if row.line.since_date.year <= year}
    told = LineYear.objects.filter(line__in=found, year=year).values_list("line_id", flat=True)
    return sorted(found - set(told))


@transaction.atomic
def _ask(tellers: Iterable[LineTeller], year: int, step: date, *, by: Actor, at: datetime) -> str:
    """One mail for all the lines of an agent; the rows say that it left, once."""
    fresh = []
    for teller in tellers:
        values = {"teller": teller, "year": year, "due_step_date": step}
        if (
            teller.agent.email
            and TextAsk.objects.get_or_create(**values, defaults={"sent_at": at})[1]
        ):
            fresh.append(teller)
    if not fresh:
        return ""
    address: str = fresh[0].agent.email
    mail = EmailMessage(
        _subject(year, len(fresh)), _body(fresh, year), settings.DEFAULT_FROM_EMAIL, [address],
        headers={"Auto-Submitted": "auto-generated"},
    )  # fmt: skip
    transaction.on_commit(lambda: mail.send(), robust=True)
    for teller in fresh:
        _trace(teller.line, "line.ask_text", by=by, at=at)
    return address


def _subject(year: int, count: int) -> str:
    return ngettext(
        "Votre ligne du plan : racontez %(year)s", "Vos lignes du plan : racontez %(year)s", count
    ) % {"year": year}


def _body(tellers: list[LineTeller], year: int) -> str:
    root = settings.BEFFROI_PUBLIC_URL.rstrip("/")
    places = "\n".join(
        f"{one.line} : {root}/board/plans/{one.line.plan.key}/lignes/{one.line.number}/annee/{year}/"
        for one in tellers
    )
    said = _(
        "Bonjour,\n\n"
        "Les chiffres de %(year)s sont comptés d’après les actes. Il reste ce que vous seul savez : "
        "ce qui a marché, ce qui a été difficile, ce qui va changer.\n\n%(places)s\n\n"
        "Les rapports partent pour le %(due)s."
    )  # fmt: skip
    due = date_format(report_due(year), "j F Y")
    return said % {"year": year, "places": places, "due": due}
