"""What stands on every public page: the stamp of its content, the alert, a number to call."""

from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models import JSONField, QuerySet, Subquery

from beffroi.directory.enums import FactKind, FactState, PlanKind
from beffroi.directory.models import AlertPlan, Fact, Revision


@dataclass(frozen=True)
class Alert:
    """The cold or heat plan that is on, as the banner says it."""

    kind: str
    plan: PlanKind
    messages: dict[str, str] = field(hash=False)
    phone: str


@dataclass(frozen=True)
class Everywhere:
    """The stamp, the plan that is on, and the number that is shown on every page."""

    stamp: str
    alert: Alert | None
    phone: str


def _phone_of(service_key: str) -> QuerySet[Fact]:
    """The number of a service that no document contradicts, a confirmed one first."""
    return (
        Fact.objects.filter(service__key=service_key, kind=FactKind.PHONE)
        .filter(state__in=[FactState.CONFIRMED, FactState.STATED])
        .order_by("state", "pk")
    )


@lru_cache(maxsize=4)
def _stamp_query(vendor: str) -> tuple[str, tuple[Any, ...]]:
    """The one query of a page that is kept, compiled once for each process."""
    plan = AlertPlan.objects.filter(ended_at__isnull=True).order_by().values("pk")[:1]
    rows = Revision.objects.filter(pk="public").annotate(plan=Subquery(plan))
    sql, parameters = rows.values_list("number", "plan").query.sql_with_params()
    return sql, tuple(parameters)


def stamp() -> str:
    """This function will give the stamp of all that the public reads, in one short query.

    It moves on with the directory and with the plan that is on.
    """
    with connection.cursor() as cursor:
        cursor.execute(*_stamp_query(connection.vendor))
        row = cursor.fetchone()
    return _written(*row) if row else _written(0, None)


def _written(revision: int, alert_id: int | None) -> str:
    return f"{revision}.{alert_id or 0}"


def everywhere(phone_of: str) -> Everywhere:
    """This function will give what every public page repeats; `phone_of` is the service to ring."""
    plan = AlertPlan.objects.filter(ended_at__isnull=True).order_by()
    phones = _phone_of(phone_of)
    row: tuple[Any, ...] | None = (
        Revision.objects.filter(pk="public")
        .annotate(
            plan=Subquery(plan.values("pk")[:1]),
            kind=Subquery(plan.values("kind")[:1]),
            messages=Subquery(plan.values("messages")[:1], output_field=JSONField()),
            plan_phone=Subquery(plan.values("phone")[:1]),
            ring=Subquery(phones.values("value")[:1], output_field=JSONField()),
            printed=Subquery(phones.values("text")[:1]),
        )
        .values_list("number", "plan", "kind", "messages", "plan_phone", "ring", "printed")
        .first()
    )
    if row is None:
        return Everywhere(_written(0, None), None, "")
    number, plan_id, kind, messages, plan_phone, ring, printed = row
    alert = Alert(kind, PlanKind(kind), dict(messages or {}), plan_phone or "") if kind else None
    phone = (ring or {}).get("shown") or printed or ""
    return Everywhere(_written(number, plan_id), alert, phone)
