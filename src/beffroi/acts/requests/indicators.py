"""What requests count for whoever steers: received and closed, by service."""

from collections.abc import Callable
from decimal import Decimal

from django.db.models import Count, F, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from beffroi.acts.requests.models import Request
from beffroi.acts.requests.permissions import requests_visible_to
from beffroi.core.actors import Actor
from beffroi.core.counting import narrowed
from beffroi.core.measures import Additivity, Choice, CountedAct, Measure, Scope
from beffroi.directory import editor_queries as directory

_OF_SERVICE = "service:"


def _within(rows: QuerySet[Request], moment: str, scope: Scope) -> QuerySet[Request]:
    rows = rows.filter(**{f"{moment}__date__range": (scope.since, scope.until)})
    return narrowed(rows, scope, {"service": "service__key"})


def _count(moment: str) -> Callable[[Scope], Decimal]:
    def count(scope: Scope) -> Decimal:
        return Decimal(_within(Request.objects.all(), moment, scope).count())

    return count


_MOMENTS = {"requests.received": "received_at", "requests.closed": "closed_at"}


def _at_once(scope: Scope) -> dict[tuple[str, str], Decimal]:
    found: dict[tuple[str, str], Decimal] = {}
    for key, moment in _MOMENTS.items():
        rows = _within(Request.objects.order_by(), moment, scope)
        for row in rows.values(asked=F("service__key")).annotate(n=Count("pk")):
            found[key, f"{_OF_SERVICE}{row['asked']}"] = Decimal(row["n"])
    return found


def _acts(moment: str) -> Callable[[Scope, Actor], list[CountedAct]]:
    def acts(scope: Scope, actor: Actor) -> list[CountedAct]:
        rows = _within(requests_visible_to(actor), moment, scope).order_by(moment, "pk")
        return [
            CountedAct(
                timezone.localdate(getattr(row, moment)), row.reference, Decimal(1),
                "desk:request", (("reference", row.reference),),
            )
            for row in rows
        ]  # fmt: skip

    return acts


def _choices() -> list[Choice]:
    return [Choice(f"{_OF_SERVICE}{key}", name) for key, name in directory.service_choices() if key]


MEASURES = (
    Measure(
        "requests.received", _("Demandes reçues"), _("demandes"), Additivity.ADDITIVE,
        _("Les demandes inscrites au registre dans la période, d’après leur date de réception."),
        _choices, count=_count("received_at"), acts=_acts("received_at"),
        at_once=_at_once, counts_to_lines=False,
    ),
    Measure(
        "requests.closed", _("Demandes closes"), _("demandes"), Additivity.ADDITIVE,
        _("Les demandes dont la clôture tombe dans la période, quelle que soit l’issue."),
        _choices, count=_count("closed_at"), acts=_acts("closed_at"), at_once=_at_once, counts_to_lines=False,
    ),
)  # fmt: skip
