"""What pages show of one right over time, of what follows it, and of an index date."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, QuerySet, Sum

from beffroi.casework import sequels
from beffroi.casework.enums import IndexLineState
from beffroi.casework.models import (
    Appeal,
    Application,
    Change,
    Decision,
    Grant,
    IndexLine,
    IndexRun,
    Recovery,
    Review,
    Sanction,
    Sequel,
    SocialFile,
    Suspension,
)
from beffroi.entitlements import queries as entitlements


@dataclass(frozen=True)
class GrantPage:
    """One right over time: the grant that stands, what it was, and all that was done with it."""

    grant: Grant
    line: list[Grant]
    decisions: list[Decision]
    reviews: list[Review]
    sequels: list[Sequel]
    suspensions: list[Suspension]
    sanctions: list[Sanction]
    recoveries: list[Recovery]
    appeals: list[Appeal]
    orders: list[str]


def grant_page(reference: str) -> GrantPage | None:
    """This function will give a grant with its whole line, in a fixed number of queries."""
    grant = (
        Grant.objects.select_related("file__person", "file__team", "decision")
        .filter(reference=reference)
        .first()
    )
    if grant is None:
        return None
    keys = sequels.whole_line(grant)
    line = list(
        Grant.objects.filter(pk__in=keys).select_related("decision").order_by("-from_date", "-pk")
    )
    followed = list(
        Sequel.objects.filter(grant__in=keys)
        .select_related("application")
        .prefetch_related("notices")
        .order_by("-pk")
    )
    asked = [one.application_id for one in followed]
    given = [one.decision_id for one in line]
    decisions = Decision.objects.filter(pk__in=given) | Decision.objects.filter(
        application__in=asked
    )
    found = list(
        decisions.distinct()
        .select_related("notification", "application")
        .order_by("-decided_at", "-pk")
    )
    return GrantPage(
        grant, line, found,
        list(Review.objects.filter(grant__in=keys).order_by("-due_on")),
        followed,
        list(Suspension.objects.filter(grant__in=keys).select_related("decision")),
        list(Sanction.objects.filter(grant__in=keys).select_related("decision")),
        list(Recovery.objects.filter(decision__in=found).select_related("decision")),
        list(Appeal.objects.filter(decision__in=found).select_related("decision")),
        list(dict.fromkeys(one.order_ref for one in line if one.order_ref)),
    )  # fmt: skip


def grants_visible(files: QuerySet[SocialFile], reference: str) -> Grant | None:
    """This function will give a grant of one of these files."""
    rows = Grant.objects.select_related("file").filter(reference=reference, file__in=files)
    return rows.first()


def open_changes(file: SocialFile) -> list[Change]:
    """This function will give the changes of a file that wait for what they lead to."""
    return list(file.changes.filter(dealt_with_at__isnull=True))


def newest_applications(file: SocialFile) -> list[Application]:
    """This function will give the newest application of each aid of a file, with its enquiry."""
    newest: dict[str, Application] = {}
    rows = file.applications.prefetch_related("resources", "assets", "cohabitants")
    for one in rows.order_by("asked_on", "pk"):
        newest[one.kind] = one
    return list(newest.values())


def own_resources(file: SocialFile) -> list[tuple[int, str, Decimal | None]]:
    """This function will give the resources of a file’s newest applications, to be rectified."""
    return [
        (row.pk, f"{row.label} ({one.reference})", row.monthly)
        for one in newest_applications(file)
        for row in one.resources.all()
        if row.cohabitant_id is None
    ]


def sequel_of(reference: str) -> Sequel | None:
    """This function will give what an application follows, with its notices."""
    rows = Sequel.objects.select_related("grant").prefetch_related("notices")
    return rows.filter(application__reference=reference).first()


@dataclass(frozen=True)
class IndexTotals:
    """How an index date stands: how many lines, how many wait to be looked at, euros by month."""

    ready: int
    done: int
    exceptions: int
    old: Decimal
    new: Decimal


def index_run(on: date) -> IndexRun | None:
    """This function will give the run of an index date, if one was prepared."""
    return IndexRun.objects.filter(on_date=on).first()


def index_days() -> list[date]:
    """This function will give the index dates known, the newest first."""
    return sorted(entitlements.adaptation_days(), reverse=True)


def index_totals(run: IndexRun) -> IndexTotals:
    """This function will add up what a run changes, in euros by month."""
    counts = dict(run.lines.values_list("state").annotate(n=Count("pk")).order_by())
    sums = run.lines.exclude(state=IndexLineState.EXCEPTION).aggregate(
        old=Sum("old_amount"), new=Sum("new_amount")
    )
    return IndexTotals(
        counts.get("ready", 0), counts.get("done", 0), counts.get("exception", 0),
        sums["old"] or Decimal(0), sums["new"] or Decimal(0),
    )  # fmt: skip


def index_lines(run: IndexRun) -> QuerySet[IndexLine]:
    """This function will give the lines of a run: what a person must look at first."""
    rows = run.lines.select_related("grant__file__person", "grant__file__team", "decision")
    return rows.order_by("state", "pk")


def visible_numbers(files: QuerySet[SocialFile], shown: Collection[int]) -> set[int]:
    """This function will give which of these files the reader may see; the others stay unnamed."""
    return set(files.filter(pk__in=shown).values_list("pk", flat=True))
