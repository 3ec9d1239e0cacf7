"""What stands on every public page, read in one query: the revision, the alert, a number to call."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import JSONField, QuerySet, Subquery

from beffroi.directory.enums import FactKind, FactState, PlanKind
from beffroi.directory.models import AlertPlan, Fact, Revision


@dataclass(frozen=True)
class Alert:
    """The cold or heat plan that is on, as the banner says it."""

    kind: str
    title: str
    messages: dict[str, str] = field(hash=False)
    phone: str


@dataclass(frozen=True)
class Everywhere:
    """The stamp of all that the public reads, and what every page repeats."""

    revision: int
    alert_id: int
    alert: Alert | None
    phone: str

    @property
    def stamp(self) -> str:
        """This property changes when any public page may have changed."""
        return f"{self.revision}.{self.alert_id}"


def _phone_of(service_key: str) -> QuerySet[Fact]:
    """The number of a service that no document contradicts, a confirmed one first."""
    return (
        Fact.objects.filter(service__key=service_key, kind=FactKind.PHONE)
        .filter(state__in=[FactState.CONFIRMED, FactState.STATED])
        .order_by("state", "pk")
    )


def everywhere(phone_of: str = "") -> Everywhere:
    """This function will give what every public page needs; `phone_of` is the service to ring."""
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
        return Everywhere(0, 0, None, "")
    number, plan_id, kind, messages, plan_phone, ring, printed = row
    alert = None
    if plan_id is not None:
        alert = Alert(kind, str(PlanKind(kind).label), dict(messages or {}), plan_phone or "")
    return Everywhere(number, plan_id or 0, alert, (ring or {}).get("shown") or printed or "")
