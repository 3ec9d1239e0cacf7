"""What agreements count for whoever steers: begun, running on a day, and the people they bind."""

from collections.abc import Hashable
from datetime import date
from decimal import Decimal

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from beffroi.acts.agreements.enums import AgreementKind, AgreementState
from beffroi.acts.agreements.models import Agreement
from beffroi.acts.agreements.permissions import agreements_visible_to
from beffroi.core.actors import Actor
from beffroi.core.counting import narrowed
from beffroi.core.measures import Additivity, Choice, CountedAct, Measure, Scope
from beffroi.people import queries as people

_NEVER_BEGAN = (AgreementState.DRAFTED, AgreementState.REFLECTION, AgreementState.ABANDONED)


def _begun(scope: Scope) -> QuerySet[Agreement]:
    rows = Agreement.objects.exclude(state__in=_NEVER_BEGAN).order_by()
    return narrowed(rows, scope, {"kind": "kind", "team": "team"})


def _over_after(day: date) -> Q:
    """Neither ended before that day, nor meant to be over by then."""
    ended = Q(ended_date__isnull=False, ended_date__gte=day)
    return ended | Q(ended_date__isnull=True) & (Q(ends_date__isnull=True) | Q(ends_date__gte=day))


def _starting(scope: Scope) -> QuerySet[Agreement]:
    return _begun(scope).filter(starts_date__range=(scope.since, scope.until))


def _running(scope: Scope) -> QuerySet[Agreement]:
    return _begun(scope).filter(_over_after(scope.until), starts_date__lte=scope.until)


def _bound(scope: Scope) -> frozenset[Hashable]:
    rows = _begun(scope).filter(
        _over_after(scope.since), starts_date__lte=scope.until, person__isnull=False
    )
    return people.identities(pk for pk in rows.values_list("person_id", flat=True) if pk)


def _behind(rows: QuerySet[Agreement], actor: Actor) -> list[CountedAct]:
    seen = agreements_visible_to(actor).order_by().values("pk")
    return [
        CountedAct(
            row.starts_date or row.drafted_at.date(), f"{row.reference} · {row.get_kind_display()}",
            Decimal(1), "desk:insertion_agreement", (("reference", row.reference),),
        )
        for row in rows.filter(pk__in=seen).order_by("starts_date", "pk")
    ]  # fmt: skip


def _choices() -> list[Choice]:
    return [Choice(f"kind:{kind.value}", str(kind.label)) for kind in AgreementKind]


MEASURES = (
    Measure(
        "agreements.begun", _("Conventions commencées"), _("conventions"), Additivity.ADDITIVE,
        _("Les conventions signées dont le premier jour tombe dans la période."),
        _choices, count=lambda scope: Decimal(_starting(scope).count()),
        acts=lambda scope, actor: _behind(_starting(scope), actor), counts_to_lines=False,
    ),
    Measure(
        "agreements.running", _("Conventions en cours"), _("conventions"), Additivity.STOCK,
        _("Les conventions commencées et pas encore finies au dernier jour de la période."),
        _choices, count=lambda scope: Decimal(_running(scope).count()),
        acts=lambda scope, actor: _behind(_running(scope), actor), counts_to_lines=False,
    ),
    Measure(
        "agreements.people", _("Personnes en convention"), _("personnes"), Additivity.UNIQUE,
        _("Les personnes liées par une convention à un moment de la période, une fois chacune."),
        _choices, people=_bound, counts_to_lines=False,
    ),
)  # fmt: skip
