"""What social files count for whoever steers: aids asked, decided, running, and who is helped."""

from collections.abc import Hashable
from decimal import Decimal

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from beffroi.casework.aids import aids
from beffroi.casework.models import Application, Decision, Grant
from beffroi.casework.permissions import files_visible_to
from beffroi.core.actors import Actor
from beffroi.core.counting import narrowed
from beffroi.core.measures import Additivity, Choice, CountedAct, Measure, Scope
from beffroi.people import queries as people


def _asked(scope: Scope) -> QuerySet[Application]:
    rows = Application.objects.filter(asked_on__range=(scope.since, scope.until)).order_by()
    return narrowed(rows, scope, {"aid": "kind"})


def _decided(scope: Scope) -> QuerySet[Decision]:
    rows = Decision.objects.filter(sitting_date__range=(scope.since, scope.until)).order_by()
    return narrowed(rows, scope, {"aid": "application__kind"})


def _granted(scope: Scope) -> QuerySet[Grant]:
    """The grants that give on one of the days of the scope."""
    rows = Grant.objects.filter(
        Q(until_date__isnull=True) | Q(until_date__gte=scope.since), from_date__lte=scope.until
    ).order_by()
    return narrowed(rows, scope, {"aid": "kind"})


def _running(scope: Scope) -> QuerySet[Grant]:
    return _granted(Scope(scope.until, scope.until, scope.refs))


def _helped(scope: Scope) -> frozenset[Hashable]:
    return people.identities(_granted(scope).values_list("file__person_id", flat=True))


def _asked_behind(scope: Scope, actor: Actor) -> list[CountedAct]:
    rows = _asked(scope).filter(file__in=files_visible_to(actor).order_by().values("pk"))
    return [
        CountedAct(row.asked_on, row.reference, Decimal(1), "desk:file", _page(row.file.number))
        for row in rows.select_related("file").order_by("asked_on", "pk")
    ]


def _decided_behind(scope: Scope, actor: Actor) -> list[CountedAct]:
    seen = files_visible_to(actor).order_by().values("pk")
    rows = _decided(scope).filter(application__file__in=seen)
    return [
        CountedAct(
            row.sitting_date, row.number, Decimal(1), "desk:file",
            _page(row.application.file.number),
        )
        for row in rows.select_related("application__file").order_by("sitting_date", "pk")
    ]  # fmt: skip


def _running_behind(scope: Scope, actor: Actor) -> list[CountedAct]:
    rows = _running(scope).filter(file__in=files_visible_to(actor).order_by().values("pk"))
    return [
        CountedAct(row.from_date, row.reference, Decimal(1), "desk:file", _page(row.file.number))
        for row in rows.select_related("file").order_by("from_date", "pk")
    ]


def _page(number: str) -> tuple[tuple[str, str], ...]:
    return (("number", number),)


def _choices() -> list[Choice]:
    return [Choice(f"aid:{aid.key}", aid.label) for aid in aids()]


MEASURES = (
    Measure(
        "casework.asked", _("Aides demandées"), _("demandes d’aide"), Additivity.ADDITIVE,
        _("Les aides demandées dans la période, d’après le jour de la demande."),
        _choices, count=lambda scope: Decimal(_asked(scope).count()), acts=_asked_behind, counts_to_lines=False,
    ),
    Measure(
        "casework.decided", _("Décisions prises"), _("décisions"), Additivity.ADDITIVE,
        _("Les décisions des séances de la période, quelle que soit leur issue."),
        _choices, count=lambda scope: Decimal(_decided(scope).count()), acts=_decided_behind, counts_to_lines=False,
    ),
    Measure(
        "casework.running", _("Aides en cours"), _("octrois"), Additivity.STOCK,
        _("Les octrois qui courent au dernier jour de la période."),
        _choices, count=lambda scope: Decimal(_running(scope).count()), acts=_running_behind, counts_to_lines=False,
    ),
    Measure(
        "casework.people", _("Personnes aidées"), _("personnes"), Additivity.UNIQUE,
        _(
            "Les titulaires des dossiers qui ont eu une aide à un moment de la période, une fois "
            "chacun ; les autres membres du ménage n’y sont pas."
        ),
        _choices, people=_helped, counts_to_lines=False,
    ),
)  # fmt: skip
