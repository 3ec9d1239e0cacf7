"""What a mediation service counts for a year: households, debts, kinds, means, outcomes."""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from beffroi.acts.budgets.enums import MEDIATION_TEAM, DebtKind, DebtState, Outcome, PlanState
from beffroi.acts.budgets.models import Debt, MediationFile, Plan
from beffroi.acts.budgets.permissions import files_visible_to
from beffroi.core.actors import Actor
from beffroi.core.counting import narrowed
from beffroi.core.measures import Additivity, Choice, CountedAct, Measure, Scope

ZERO = Decimal("0.00")
CENT = Decimal("0.01")


@dataclass(frozen=True)
class YearFigures:
    """The counts of one year; amounts in euros."""

    year: int
    followed: int
    opened: int
    closed: int
    outcomes: tuple[tuple[str, int], ...]
    debts: int
    kinds: tuple[tuple[str, int], ...]
    total_owed: Decimal
    mean_owed: Decimal
    mean_debts: Decimal
    plans_started: int
    plans_broken: int


def year_figures(year: int) -> YearFigures:
    """This function will count a year: files open at any time in it, and their debts.

    Debts taken out of an inventory are not counted; an amount is what the creditor claims.
    """
    first, last = date(year, 1, 1), date(year, 12, 31)
    followed = _followed(first, last)
    closed = followed.filter(closed_at__date__lte=last)
    debts = Debt.objects.filter(file__in=followed).exclude(state=DebtState.STRUCK)
    amounts = [
        principal + interest + costs
        for principal, interest, costs in debts.values_list("principal", "interest", "costs")
    ]
    households, total = followed.count(), sum(amounts, ZERO)
    plans = Plan.objects.filter(file__in=followed)
    return YearFigures(
        year=year, followed=households,
        opened=followed.filter(opened_at__date__gte=first).count(), closed=closed.count(),
        outcomes=_counted(closed.values("outcome").annotate(n=Count("pk")), "outcome", Outcome),
        debts=len(amounts), kinds=_counted(debts.values("kind").annotate(n=Count("pk")), "kind", DebtKind),
        total_owed=total, mean_owed=_mean(total, households),
        mean_debts=_mean(Decimal(len(amounts)), households),
        plans_started=plans.filter(started_date__range=(first, last)).count(),
        plans_broken=plans.filter(state=PlanState.BROKEN, ended_date__range=(first, last)).count(),
    )  # fmt: skip


def _mean(total: Decimal, count: int) -> Decimal:
    return (total / count).quantize(CENT, ROUND_HALF_UP) if count else ZERO


def _counted(rows, field: str, choices) -> tuple[tuple[str, int], ...]:  # type: ignore[no-untyped-def]
    found = {row[field]: row["n"] for row in rows.order_by(field)}
    counted = [(str(choice.label), found.get(choice.value, 0)) for choice in choices]
    return tuple(sorted(counted, key=lambda one: (-one[1], one[0])))


def _followed(first: date, last: date) -> QuerySet[MediationFile]:
    """The files that were open on one of these days."""
    return MediationFile.objects.filter(opened_at__date__lte=last).filter(
        Q(closed_at__isnull=True) | Q(closed_at__date__gte=first)
    )


def _within(moment: str, scope: Scope) -> QuerySet[MediationFile]:
    days = {f"{moment}__date__range": (scope.since, scope.until)}
    return narrowed(MediationFile.objects.filter(**days), scope, {"outcome": "outcome"})


def _households(scope: Scope) -> QuerySet[MediationFile]:
    return narrowed(_followed(scope.since, scope.until), scope, {"outcome": "outcome"})


def _open(scope: Scope) -> QuerySet[MediationFile]:
    """The files that are still open at the end of the last day."""
    rows = MediationFile.objects.filter(opened_at__date__lte=scope.until).filter(
        Q(closed_at__isnull=True) | Q(closed_at__date__gt=scope.until)
    )
    return narrowed(rows, scope, {"team": "team"})


def _behind(rows: QuerySet[MediationFile], actor: Actor) -> list[CountedAct]:
    """The files, to the mediators alone: to the others none exists."""
    seen = rows.filter(pk__in=files_visible_to(actor).order_by().values("pk"))
    return [
        CountedAct(
            timezone.localdate(row.opened_at), row.reference, Decimal(1), "desk:debts_file",
            (("reference", row.reference),),
        )
        for row in seen.order_by("opened_at", "pk")
    ]  # fmt: skip


def _team() -> list[Choice]:
    return [Choice(f"team:{MEDIATION_TEAM}", str(_("La médiation de dettes")))]


def _outcomes() -> list[Choice]:
    return [Choice(f"outcome:{one.value}", str(one.label)) for one in Outcome]


MEASURES = (
    Measure(
        "debts.households", _("Ménages suivis en médiation"), _("ménages"), Additivity.UNIQUE,
        _("Les dossiers de médiation ouverts à un moment de la période, une fois chacun."),
        _outcomes, count=lambda scope: Decimal(_households(scope).count()),
        acts=lambda scope, actor: _behind(_households(scope), actor), counts_to_lines=False,
    ),
    Measure(
        "debts.opened", _("Dossiers de médiation ouverts"), _("dossiers"), Additivity.ADDITIVE,
        _("Les dossiers dont l’ouverture tombe dans la période."),
        _outcomes, count=lambda scope: Decimal(_within("opened_at", scope).count()),
        acts=lambda scope, actor: _behind(_within("opened_at", scope), actor), counts_to_lines=False,
    ),
    Measure(
        "debts.closed", _("Dossiers de médiation clos"), _("dossiers"), Additivity.ADDITIVE,
        _("Les dossiers dont la clôture tombe dans la période, par issue quand on la choisit."),
        _outcomes, count=lambda scope: Decimal(_within("closed_at", scope).count()),
        acts=lambda scope, actor: _behind(_within("closed_at", scope), actor), counts_to_lines=False,
    ),
    Measure(
        "debts.open", _("Dossiers de médiation en cours"), _("dossiers"), Additivity.STOCK,
        _("Les dossiers encore ouverts au dernier jour de la période."),
        _team, count=lambda scope: Decimal(_open(scope).count()),
        acts=lambda scope, actor: _behind(_open(scope), actor), counts_to_lines=False,
    ),
)  # fmt: skip
