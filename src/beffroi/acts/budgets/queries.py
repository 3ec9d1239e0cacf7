"""What the mediator's pages read: files, what is due in them, debts, plans, the client's money."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import (
    Count,
    DecimalField,
    ExpressionWrapper,
    F,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    Sum,
)
from django.db.models.functions import Coalesce, Round

from beffroi.acts.budgets.enums import (
    LETTERS_OF,
    MEDIATION_TEAM,
    Answer,
    DebtState,
    FileState,
    InstalmentState,
    LetterState,
    PlanState,
)
from beffroi.acts.budgets.models import (
    Budget,
    CentralNotice,
    ClientAccount,
    Creditor,
    CreditorLetter,
    Debt,
    Instalment,
    MediationFile,
    MediationPerson,
    Plan,
    PlanLine,
)
from beffroi.core.dates import add_months
from beffroi.documents.letters import queries as letters
from beffroi.documents.letters.enums import LetterState as PaperState
from beffroi.people import queries as people

if TYPE_CHECKING:
    from beffroi.documents.letters.models import Letter

ZERO = Decimal("0.00")
_MONEY = DecimalField(max_digits=11, decimal_places=2)
LIVE = (DebtState.ANNOUNCED, DebtState.CONFIRMED)


def files_of_team() -> QuerySet[MediationFile]:
    """This function will give every mediation file, with its worker and its persons."""
    members = MediationPerson.objects.select_related("person")
    return (
        MediationFile.objects.filter(team=MEDIATION_TEAM)
        .select_related("worker")
        .prefetch_related(Prefetch("members", queryset=members))
    )


def open_file_with(person: int, but: int | None = None) -> MediationFile | None:
    """This function will give the open file in which this person already is, if there is one."""
    found = MediationFile.objects.filter(persons__in=people.same_ids(person)).exclude(
        state=FileState.CLOSED
    )
    return found.exclude(pk=but).first() if but else found.first()


@dataclass(frozen=True)
class Due:
    """Something that a file waits for, by a date when there is one."""

    key: str
    day: date | None
    count: int = 1
    detail: str = ""


def with_totals(rows: QuerySet[MediationFile]) -> QuerySet[MediationFile]:
    """This function will count for each file its live debts and what is still owed."""
    live = Debt.objects.filter(file=OuterRef("pk"), state__in=LIVE).values("file")
    left = F("principal") + F("interest") + F("costs") - F("paid")
    total = Round(Sum(ExpressionWrapper(left, output_field=_MONEY)), 2)
    owed = live.annotate(left=total).values("left")
    return rows.annotate(
        owed=Coalesce(Subquery(owed, output_field=_MONEY), ZERO),
        debt_count=Coalesce(Subquery(live.annotate(n=Count("pk")).values("n")), 0),
    )


def dues_of(files: Iterable[MediationFile], today: date) -> dict[int, list[Due]]:
    """This function will say what each file waits for on `today`, the soonest first.

    It asks the same number of queries whatever the number of files.
    """
    keys = [file.pk for file in files]
    found: dict[int, list[Due]] = {key: [] for key in keys}
    for notice in CentralNotice.objects.filter(file__in=keys, filed_date=None):
        found[notice.file_id].append(Due(f"notice_{notice.kind}", notice.since_date))
    for key, silent in Counter(row.file_id for row in _silent(keys, today)).items():
        found[key].append(Due("creditors_silent", None, silent))
    unpaid = Instalment.objects.filter(
        plan__file__in=keys, plan__state=PlanState.RUNNING, state=InstalmentState.DUE
    )
    for key, day in unpaid.values_list("plan__file", "due_date"):
        if day <= today + timedelta(days=7):
            found[key].append(Due("instalment", day))
    reviews = Plan.objects.filter(file__in=keys, state=PlanState.RUNNING)
    for plan in reviews:
        if plan.review_date and plan.review_date <= today + timedelta(days=30):
            found[plan.file_id].append(Due("review", plan.review_date))
    for debt, ends, state in alerts_in(keys, today):
        found[debt.file_id].append(Due(f"prescription_{state}", ends, 1, str(debt.creditor)))
    for dues in found.values():
        dues.sort(key=lambda due: (due.day or today, due.key))
    return found


def _silent(files: Collection[int], today: date) -> list[CreditorLetter]:
    """The letters whose time is over without an answer; one that never left waits for none."""
    late = list(
        CreditorLetter.objects.filter(
            file__in=files, state=LetterState.SENT, answer_due_date__lt=today
        )
    )
    papers = papers_of(late)
    return [row for row in late if has_left(papers.get(row.pk))]


def has_left(paper: "Letter | None") -> bool:
    """This function will say whether a letter to a creditor is on its way, or arrived."""
    return paper is not None and paper.state in (PaperState.SENT, PaperState.PRESENTED)


def alerts_in(files: Iterable[int], today: date) -> list[tuple[Debt, date, str]]:
    """This function will give the live debts of these files that are, or soon will be, prescribed."""
    from beffroi.acts.budgets.computing import prescription_of

    rows = Debt.objects.filter(
        file__in=list(files), state__in=LIVE, due_since_date__isnull=False
    ).select_related("creditor")
    found = []
    for debt in rows:
        standing = prescription_of(debt, today)
        if standing is not None and standing.state != "running":
            found.append((debt, standing.ends, standing.state))
    return sorted(found, key=lambda one: one[1])


def debts_of(file: MediationFile) -> list[Debt]:
    """This function will give the debts of a file, the urgent ones first."""
    rows = file.debts.select_related("creditor", "collector")
    return sorted(rows, key=lambda d: (d.state not in LIVE, not d.is_priority, d.pk))


def budgets_of(file: MediationFile) -> QuerySet[Budget]:
    """This function will give the budgets of a file with their lines, the newest first."""
    return file.budgets.prefetch_related("lines")


def plans_of(file: MediationFile) -> QuerySet[Plan]:
    """This function will give the plans of a file with lines and instalments, the newest first."""
    lines = PlanLine.objects.select_related("debt__creditor", "debt__collector")
    months = Instalment.objects.prefetch_related("shares")
    return file.plans.prefetch_related(
        Prefetch("lines", queryset=lines), Prefetch("instalments", queryset=months)
    )


def missed_in_a_row(plan: Plan) -> int:
    """This function will count the last instalments missed one after the other."""
    said = plan.instalments.exclude(state=InstalmentState.DUE).order_by("-number")
    count = 0
    for state in said.values_list("state", flat=True):
        if state != InstalmentState.MISSED:
            break
        count += 1
    return count


def letters_of(file: MediationFile) -> QuerySet[CreditorLetter]:
    """This function will give the letters of a file to creditors, the newest first."""
    return file.letters.select_related("creditor").order_by("-sent_date", "-pk")


def papers_of(rows: Iterable[CreditorLetter]) -> "dict[int, Letter]":
    """This function will give the paper of each letter to a creditor, once it is written."""
    owners = {row.owner_ref: row.pk for row in rows}
    found = letters.letters_by_owner(LETTERS_OF, owners)
    return {owners[owner]: paper for owner, paper in found.items()}


def silent_lines(plan: Plan, today: date) -> QuerySet[PlanLine]:
    """This function will give the lines whose creditor has let his time pass without an answer."""
    return plan.lines.filter(answer=Answer.WAITING, answer_due_date__lt=today)


def creditors(words: str = "") -> QuerySet[Creditor]:
    """This function will give the creditors whose name, number or account holds these words."""
    rows = Creditor.objects.all()
    for word in words.split():
        rows = rows.filter(
            Q(name__icontains=word) | Q(enterprise_number__icontains=word) | Q(iban__icontains=word)
        )
    return rows


def account_of(file: MediationFile) -> ClientAccount | None:
    """This function will give the client's account of a file, with its movements in order."""
    rows = ClientAccount.objects.filter(file=file)
    return rows.prefetch_related("movements__creditor").first()


def balance_of(account: ClientAccount) -> Decimal:
    """This function will give in euros what the account holds for the person."""
    last = account.movements.order_by("-number").values_list("balance", flat=True).first()
    return last if last is not None else ZERO


def months_before(today: date, count: int) -> list[date]:
    """This function will give the same day of each of the last `count` months, the oldest first."""
    return [add_months(today, -n) for n in range(count - 1, -1, -1)]


def strain(file: MediationFile, today: date) -> list[tuple[Decimal, Decimal]]:
    """This function will give what was left and what was asked in each month up to `today`.

    Both in euros, the oldest first; a month before every budget is left out.
    """
    sheets = list(file.budgets.order_by("since_date", "number"))
    found = []
    for month in months_before(today, 12):
        then = [sheet for sheet in sheets if sheet.since_date <= month]
        if then:
            found.append((then[-1].disposable, then[-1].repayments))
    return found


def still_needed(persons: Collection[int], at: datetime) -> frozenset[int]:
    """This function will give those among the persons whom a mediation still has to keep."""
    rows = MediationPerson.objects.filter(person__in=persons, file__anonymised_at__isnull=True)
    return frozenset(rows.values_list("person_id", flat=True))
