"""What the insertion desk and the social files read of agreements: dues, evaluations, places."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import Count, F, Max, OuterRef, Prefetch, Q, QuerySet, Subquery, Sum
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from beffroi.acts.agreements.computing import Days, days_of, evaluation_after, months_lost, risk
from beffroi.acts.agreements.enums import LETTERS_OF, AgreementKind, AgreementState, ProjectKind
from beffroi.acts.agreements.models import (
    Agreement,
    Evaluation,
    MonthOfWork,
    Partner,
    Place,
    WorkContract,
)
from beffroi.acts.agreements.workflow import BINDING, OPEN_STATES
from beffroi.core.dates import add_months
from beffroi.documents.letters import queries as letters
from beffroi.documents.letters.enums import LetterState
from beffroi.rules.figures import figure

if TYPE_CHECKING:
    from beffroi.documents.letters.models import Letter

ZERO = Decimal("0.00")


@dataclass(frozen=True)
class AgreementBrief:
    """An agreement as another room shows it, without its text."""

    reference: str
    kind: str
    kind_label: str
    state: str
    state_label: str
    title: str
    signed_date: date | None
    ends_date: date | None
    next_due: date | None


@dataclass(frozen=True)
class PiisDue:
    """A project to be signed, or to be evaluated, by a day; the amount at risk in euros a month."""

    reference: str
    subject_ref: str
    person: str
    what: str
    due_date: date
    at_risk: Decimal | None
    months_lost: int
    worker_id: int


def with_everything(rows: QuerySet[Agreement]) -> QuerySet[Agreement]:
    """This function will give agreements with all that their list shows, in a fixed number of queries."""
    last = Evaluation.objects.filter(agreement=OuterRef("pk")).order_by("-number")
    return rows.select_related(
        "person", "worker", "piis", "work__partner", "transit"
    ).annotate(
        last_held=Subquery(last.values("held_date")[:1]),
        next_planned=Subquery(last.values("next_date")[:1]),
        paid_days=Sum("work__months__paid_days"),
        unpaid_days=Sum("work__months__unpaid_days"),
    )  # fmt: skip


def agreements_of(subject_ref: str) -> list[AgreementBrief]:
    """This function will give the agreements of a social file, the newest first.

    The caller has checked that the file is hers to see.
    """
    rows = with_everything(Agreement.objects.filter(subject_ref=subject_ref, anonymised_at=None))
    return [_brief(row) for row in rows.exclude(subject_ref="").order_by("-drafted_at", "-pk")]


def _brief(row: Agreement) -> AgreementBrief:
    due = next_due(row)
    return AgreementBrief(
        row.reference, row.kind, str(row.get_kind_display()), row.state,
        str(row.get_state_display()), row.title, row.signed_date, row.ends_date,
        due[1] if due else None,
    )  # fmt: skip


def next_due(row: Agreement) -> tuple[str, date] | None:
    """This function will give what comes next in an agreement, and by when; None when nothing.

    The row comes from `with_everything`.
    """
    if row.state in (AgreementState.DRAFTED, AgreementState.REFLECTION):
        return ("signature", row.piis.due_date) if hasattr(row, "piis") else None
    if row.state not in BINDING:
        return None
    found: list[tuple[str, date]] = []
    planned: date | None = getattr(row, "next_planned", None)
    if row.kind == AgreementKind.PIIS:
        found.append(("evaluation", evaluation_due(row)))
    elif planned is not None:
        found.append(("evaluation", planned))
    if hasattr(row, "work") and row.work.target_days:
        found.append(("exit", days_in(row).alert))
    if row.ends_date:
        found.append(("end", row.ends_date))
    return min(found, key=lambda one: one[1]) if found else None


def evaluation_due(row: Agreement) -> date:
    """This function will give the day by which a binding project is evaluated next."""
    held: date | None = getattr(row, "last_held", None)
    planned: date | None = getattr(row, "next_planned", None)
    start = row.starts_date or row.signed_date or row.drafted_at.date()
    legal = evaluation_after(held, start)
    return min(planned, legal) if planned else legal


def days_in(row: Agreement) -> Days:
    """This function will give the counters of a work contract; the row has its sums of days."""
    work = row.work
    paid, unpaid = getattr(row, "paid_days", 0) or 0, getattr(row, "unpaid_days", 0) or 0
    return days_of(work.first_date, work.target_days or 1, paid, unpaid)


def piis_due(
    *, on: date, teams: Iterable[str] | None = None, within_days: int = 30,
    subject_refs: Iterable[str] | None = None,
) -> list[PiisDue]:  # fmt: skip
    """This function will give the projects to sign or evaluate by `within_days` after `on`.

    The late ones come too, the legal date first. Narrowed to teams or to social files when given.
    """
    rows = with_everything(Agreement.objects.filter(kind=AgreementKind.PIIS, state__in=OPEN_STATES))
    if teams is not None:
        rows = rows.filter(team__in=list(teams))
    if subject_refs is not None:
        rows = rows.filter(subject_ref__in=list(subject_refs))
    found = []
    for row in rows:
        due = next_due(row)
        if due is not None and due[1] <= on + timedelta(days=within_days):
            found.append(_due(row, due, on))
    return sorted(found, key=lambda one: (one.due_date, one.reference))


def _due(row: Agreement, due: tuple[str, date], on: date) -> PiisDue:
    unsigned = row.signed_date is None
    amount = row.piis.monthly_amount
    lost = months_lost(row.piis.granted_date, row.signed_date, on) if unsigned else 0
    return PiisDue(
        row.reference, row.subject_ref, str(row.person), due[0], due[1],
        risk(amount, on).amount if amount is not None else None, lost, row.worker_id,
    )  # fmt: skip


def files_in_subsidised_project(files: Collection[str], month: date) -> frozenset[str]:
    """This function will give those of the files with a signed project that the State subsidises.

    A project counts from the month it was signed in, for the months of the law
    (`piis_subsidy_months`), studies until they end; never after it ended.
    """
    last = add_months(month, 1) - timedelta(days=1)
    rows = Agreement.objects.filter(
        Q(ended_date__isnull=True) | Q(ended_date__gte=month), kind=AgreementKind.PIIS,
        subject_ref__in=[ref for ref in files if ref], signed_date__lte=last,
    ).values_list("subject_ref", "signed_date", "piis__project_kind")  # fmt: skip
    months = int(figure("piis_subsidy_months", month).amount)
    return frozenset(
        ref
        for ref, signed, kind in rows
        if signed is not None
        and (kind == ProjectKind.STUDIES or month < add_months(signed.replace(day=1), months))
    )


def full_agreement(rows: QuerySet[Agreement], reference: str) -> Agreement | None:
    """This function will give one agreement with its clauses, texts, evaluations and months."""
    return (
        with_everything(rows)
        .prefetch_related(
            "clauses", "parties", "texts", "evaluations", "moves", "seats__place__partner",
            Prefetch("work__months", queryset=MonthOfWork.objects.order_by("month")),
        )
        .filter(reference=reference)
        .first()
    )  # fmt: skip


@dataclass(frozen=True)
class Paper:
    """A paper that an agreement may have: its key, its name, and the letter once written."""

    key: str
    label: str
    letter: "Letter | None" = None


def owner_of(row: Agreement, key: str) -> str:
    """This function will give the name under which the letters keep a paper of an agreement."""
    return f"{row.reference}/{key}"


def papers_of(row: Agreement) -> list[Paper]:
    """This function will give the papers of an agreement, written or not, the newest first.

    A paper set aside counts as not written.
    """
    named = _papers_named(row)
    owners = {owner_of(row, key): key for key in named}
    found = {
        owners[owner]: letter
        for owner, letter in letters.letters_by_owner(LETTERS_OF, owners).items()
        if letter.state != LetterState.SET_ASIDE
    }
    return [Paper(key, label, found.get(key)) for key, label in named.items()]


def papers_wanted(row: Agreement) -> list[Paper]:
    """This function will give the papers of an agreement that are not written yet."""
    if row.anonymised_at is not None:
        return []
    return [paper for paper in papers_of(row) if paper.letter is None]


def _papers_named(row: Agreement) -> dict[str, str]:
    named = {}
    for one in sorted(row.evaluations.all(), key=lambda e: -e.number):
        told = {"n": one.number, "day": date_format(one.held_date, "j F Y")}
        named[f"evaluation-{one.number}"] = _("Évaluation %(n)d, %(day)s") % told
    for text in sorted(row.texts.all(), key=lambda t: -t.version):
        told = {"n": text.version, "day": date_format(text.signed_date, "j F Y")}
        named[f"text-{text.version}"] = _("Texte signé, version %(n)d, %(day)s") % told
    if row.kind == AgreementKind.PIIS and row.state == AgreementState.REFLECTION:
        named[f"reading-{row.proposed_date}"] = _("Projet à lire avant de signer")
    return named


def partners() -> QuerySet[Partner]:
    """This function will give the partners with how many work contracts run with each."""
    running = Q(contracts__agreement__state__in=BINDING)
    return Partner.objects.annotate(
        running=Count("contracts", filter=running, distinct=True)
    ).order_by("-is_active", "name")


def places() -> QuerySet[Place]:
    """This function will give the places with how many are held now."""
    held = Q(held__until_date__isnull=True)
    return (
        Place.objects.select_related("partner")
        .annotate(taken=Count("held", filter=held))
        .order_by("-is_open", "kind", "title")
    )


def free_places() -> list[Place]:
    """This function will give the open places where a seat is free now."""
    return list(places().filter(is_open=True, taken__lt=F("seats")))  # type: ignore[misc]


def last_version(agreement: Agreement) -> int:
    """This function will give the number of the last text signed; zero when none is."""
    return agreement.texts.aggregate(last=Max("version"))["last"] or 0


def work_contracts(rows: QuerySet[Agreement]) -> QuerySet[Agreement]:
    """This function will give the binding contracts of work among these agreements."""
    kinds = (AgreementKind.ART60, AgreementKind.ART61)
    return with_everything(rows.filter(kind__in=kinds, state__in=BINDING))


def months_wanted(contract: WorkContract, until: date) -> Sequence[date]:
    """This function will give the first day of each month begun and not yet counted."""
    known = set(contract.months.values_list("month", flat=True))
    month, found = contract.first_date.replace(day=1), []
    while month <= until:
        if month not in known:
            found.append(month)
        month = add_months(month, 1)
    return found


def still_needed(persons: Collection[int], at: datetime) -> frozenset[int]:
    """This function will give those among the persons whom an agreement still has to keep."""
    rows = Agreement.objects.filter(person__in=persons, anonymised_at__isnull=True)
    return frozenset(pk for pk in rows.values_list("person_id", flat=True) if pk is not None)
