"""What the desk shows of files: lists by next legal step, the page of one, the steps of a worker."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Count, Prefetch, QuerySet, Value
from django.utils import timezone

from beffroi.acts.bodies import queries as bodies
from beffroi.casework import aids
from beffroi.casework.details import details_of
from beffroi.casework.enums import ApplicationState, FileState, GrantState, ProposalState
from beffroi.casework.models import (
    Application,
    Appreciation,
    Decision,
    FileClock,
    FileDocument,
    Grant,
    Notification,
    Proposal,
    SocialFile,
)
from beffroi.rules import procedure

MINE, TEAM, LATE, FREE, CLOSED = "miens", "equipe", "retard", "libres", "clos"
LISTS = (MINE, TEAM, LATE, FREE, CLOSED)
#: Counted like the lists, though it is none: what is late in one’s own hands.
OWN_LATE = "miens en retard"


def _told(files: QuerySet[SocialFile]) -> QuerySet[SocialFile]:
    """Files with what a line of a list says of them, and no more: lists are read all day long."""
    return files.select_related("person", "worker").only(
        "number", "state", "next_due_on", "next_what", "closed_at", "person__last_name",
        "person__first_name", "worker__first_name", "worker__last_name", "worker__username",
    )  # fmt: skip


def in_list(
    files: QuerySet[SocialFile], name: str, agent: int, today: date
) -> QuerySet[SocialFile]:
    """This function will narrow visible files to one list, the nearest legal step first."""
    rows = _told(files)
    if name == CLOSED:
        return rows.filter(state=FileState.CLOSED).order_by("-closed_at", "-pk")
    rows = rows.filter(state=FileState.OPEN)
    if name == MINE:
        rows = rows.filter(worker_id=agent)
    elif name == LATE:
        rows = rows.filter(next_due_on__lt=today)
    elif name == FREE:
        rows = rows.filter(worker__isnull=True)
    return rows.order_by("next_due_on", "number")


def open_kinds(files: list[int]) -> dict[int, list[str]]:
    """This function will give the aids asked, then those that run, in each of these files, by file."""
    found: dict[int, list[str]] = {}
    asked = Application.objects.filter(file__in=files).exclude(state=ApplicationState.CLOSED)
    running = Grant.objects.filter(file__in=files).exclude(state=GrantState.ENDED)
    rows = asked.order_by().values_list("file_id", "kind", Value(0), "asked_on").union(
        running.order_by().values_list("file_id", "kind", Value(1), "from_date"), all=True
    )  # fmt: skip
    for pk, kind, *_when in sorted(rows, key=lambda row: row[2:]):
        label = str(aids.aid(kind).label) if aids.is_known(kind) else kind
        if label not in found.setdefault(pk, []):
            found[pk].append(label)
    return found


@dataclass(frozen=True)
class ClockLine:
    """A clock as a page shows it."""

    pk: int
    label: str
    due_date: date
    rule: str
    reference: str
    is_verified: bool
    state: str
    suspended_why: str
    about: str
    what: str = ""


def clock_state(clock: FileClock, today: date) -> str:
    """This function will say calm, soon, late, done, off or held of a clock."""
    if clock.met_at:
        return "done"
    if clock.cancelled_at:
        return "off"
    if clock.suspended_on:
        return "held"
    days = (clock.due_date - today).days
    return "late" if days < 0 else "soon" if days <= 7 else "calm"


def clock_lines(file: SocialFile, today: date) -> list[ClockLine]:
    """This function will give the clocks of a file, those that run first, the nearest first."""
    rows = [_line(clock, today) for clock in file.clocks.order_by("due_date", "pk")]
    return sorted(rows, key=lambda line: line.state in ("done", "off"))


def _line(clock: FileClock, today: date) -> ClockLine:
    return ClockLine(
        clock.pk, procedure.label_of(clock.what, clock.rule), clock.due_date, clock.rule,
        clock.reference, clock.is_verified, clock_state(clock, today), clock.suspended_why,
        clock.subject_ref, clock.what,
    )  # fmt: skip


def applications_of(file: SocialFile) -> list[Application]:
    """This function will give the applications of a file with their decisions, newest first."""
    decisions = Decision.objects.select_related("notification", "grant").order_by("decided_at")
    rows = file.applications.prefetch_related(Prefetch("decisions", queryset=decisions))
    return list(rows.order_by("-asked_on", "-pk"))


def grants_of(file: SocialFile) -> QuerySet[Grant]:
    """This function will give the grants of a file, those that run first."""
    return file.grants.select_related("decision").order_by("state", "-from_date")


def application_page(reference: str) -> Application:
    """This function will give an application with all its page shows, in a fixed number of queries."""
    return (
        Application.objects.select_related("file__person", "file__team", "file__worker")
        .prefetch_related(
            "visits", "documents__attachment", "cohabitants", "resources", "assets", "budget",
            Prefetch("appreciations", queryset=Appreciation.objects.order_by("at", "pk")),
            "reports", Prefetch("proposals", queryset=Proposal.objects.order_by("pk")),
            Prefetch("decisions", queryset=Decision.objects.select_related(
                "notification", "grant").order_by("pk")),
            "moves",
        )
        .get(reference=reference)
    )  # fmt: skip


def next_steps(files: QuerySet[SocialFile], agent: int, most: int) -> list[SocialFile]:
    """This function will give the files of a worker whose next legal step comes first."""
    rows = files.filter(state=FileState.OPEN, worker_id=agent, next_due_on__isnull=False)
    return list(_told(rows).order_by("next_due_on", "number")[:most])


def late_elsewhere(
    files: QuerySet[SocialFile], agent: int, today: date, most: int
) -> list[SocialFile]:
    """This function will give the files in other hands whose next legal step is past."""
    rows = files.filter(state=FileState.OPEN, next_due_on__lt=today).exclude(
        worker_id=agent, worker__isnull=False
    )
    return list(_told(rows).order_by("next_due_on", "number")[:most])


def to_record(files: QuerySet[SocialFile]) -> list[Proposal]:
    """This function will give the proposals that an organ decided and nobody recorded yet.

    Those of these files.
    """
    rows = Proposal.objects.filter(
        state=ProposalState.SUBMITTED, application__state=ApplicationState.SUBMITTED
    )
    rows = rows.filter(application__file__in=files)
    waiting = list(rows.select_related("application__file").order_by("pk"))
    decided = bodies.decided_among([one.item_ref for one in waiting])
    return [one for one in waiting if one.item_ref in decided]


def counts(
    files: QuerySet[SocialFile], agent: int, today: date, *, whole: bool = False
) -> dict[str, int]:
    """This function will count the lists of open files in one query, each along its own index.

    All that is open is counted when the page asks for the `whole`: it is the dearest. What is
    visible is written once and narrowed four times, where a union would write it four times.
    """
    day = connection.ops.adapt_datefield_value(today)
    wanted: dict[str, tuple[str, list[Any]]] = {
        MINE: ("worker_id = %s", [agent]),
        OWN_LATE: ("worker_id = %s AND next_due_on < %s", [agent, day]),
        LATE: ("next_due_on < %s", [day]),
        FREE: ("worker_id IS NULL", []),
        **({TEAM: ("1 = 1", [])} if whole else {}),
    }
    found = dict.fromkeys((*LISTS, OWN_LATE), 0)
    seen = files.filter(state=FileState.OPEN).order_by().values("worker_id", "next_due_on")
    try:
        sql, told = seen.query.sql_with_params()
    except EmptyResultSet:
        return found
    asked = ", ".join(
        f"(SELECT COUNT(*) FROM ({sql}) AS seen WHERE {narrowed})"  # noqa: S608 — names of columns
        for narrowed, _values in wanted.values()
    )
    values = [value for _narrowed, own in wanted.values() for value in (*told, *own)]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {asked}", values)
        return found | dict(zip(wanted, cursor.fetchone(), strict=True))


#: How heavy a file weighs for the worker who has it, by what is asked in it.
WEIGHTS = {ApplicationState.RECEIVED: 3, ApplicationState.ENQUIRY: 4, ApplicationState.REPORTED: 2}


def loads(team: str) -> dict[int, int]:
    """This function will weigh the files of each worker of a team: 1 each, more under enquiry."""
    found: dict[int, int] = {}
    files = SocialFile.objects.filter(team__key=team, state=FileState.OPEN, worker__isnull=False)
    for worker, n in files.values_list("worker_id").annotate(n=Count("pk")):
        found[int(worker or 0)] = n
    asked = Application.objects.filter(file__in=files).values_list("file__worker_id", "state")
    for worker, state in asked:
        found[int(worker or 0)] += WEIGHTS.get(ApplicationState(state), 0)
    return found


def files_of_persons(persons: list[int]) -> dict[int, int]:
    """This function will count the open files of each of these persons."""
    rows: Any = SocialFile.objects.filter(person_id__in=persons, state=FileState.OPEN)
    return dict(rows.values_list("person_id").annotate(n=Count("pk")))


def files_about(files: QuerySet[SocialFile], persons: Collection[int]) -> list[SocialFile]:
    """This function will give, among files, those of a person; merged entries are hers too."""
    rows = files.filter(person_id__in=persons).select_related("team", "worker")
    return list(rows.order_by("state", "-opened_at"))


def own_answers(application: Application) -> list[tuple[str, str]]:
    """This function will give the answers of an application in words, those that are known."""
    told = details_of(application)
    said = ((field.label, told.words(field.key)) for field in told.kind.fields)
    return [one for one in said if one[1]]


def decision(number: str) -> Decision | None:
    """This function will give a decision with its file, by number."""
    rows = Decision.objects.select_related("application__file__person", "application__file__team")
    return rows.filter(number=number).first()


def count_files() -> int:
    """This function will count every social file of the house, open or closed."""
    return SocialFile.objects.count()


def documents_awaited(reference: str) -> list[int]:
    """This function will give the documents an application still waits for."""
    waited = FileDocument.objects.filter(
        application__reference=reference, received_at__isnull=True, waived_why=""
    )
    return list(waited.order_by("pk").values_list("pk", flat=True))


def running_clock(reference: str, what: str) -> FileClock | None:
    """This function will give a clock of an application that still runs, with its file."""
    running = FileClock.objects.filter(
        application__reference=reference, what=what, met_at__isnull=True, cancelled_at__isnull=True
    )
    return running.select_related("file").order_by("due_date").first()


def out_of_caseload(files: QuerySet[SocialFile], agent: int, most: int) -> list[str]:
    """This function will give the open ones of visible files that are in a colleague’s hands."""
    rows = files.filter(state=FileState.OPEN, worker__isnull=False)
    others = rows.exclude(worker_id=agent).order_by("pk")
    return list(others.values_list("number", flat=True)[:most])


def oldest_running_grant(kind: str) -> Grant | None:
    """This function will give the grant of an aid that runs since the longest time."""
    running = Grant.objects.filter(kind=kind, state=GrantState.RUNNING).exclude(order_ref="")
    return running.select_related("file__person", "decision").order_by("from_date", "pk").first()


def answers_of(reference: str) -> dict[str, Any]:
    """This function will give the answers that an application keeps, as they were read."""
    known = Application.objects.filter(reference=reference).values_list("details", flat=True)
    return dict(known.first() or {})


def of_request(files: QuerySet[SocialFile], reference: str) -> Application | None:
    """This function will give the application that came from a request, among visible files."""
    rows = Application.objects.filter(request_ref=reference, file__in=files)
    return rows.select_related("file").order_by("pk").first()


@dataclass(frozen=True)
class Standing:
    """Where the application from a request stands, without anything of what is in it."""

    state: str
    end: str
    person_ref: str
    documents: list[str]
    sitting_on: date | None
    sent_on: date | None


def standing(request_ref: str) -> Standing | None:
    """This function will give where the application from a request stands.

    The caller has checked that the person herself asks.
    """
    one = (
        Application.objects.filter(request_ref=request_ref)
        .select_related("file__person")
        .order_by("-pk")
        .first()
    )
    if one is None:
        return None
    told = Notification.objects.filter(decision__application=one, sent_at__isnull=False).last()
    pending = one.proposals.filter(state=ProposalState.SUBMITTED).last()
    item = bodies.item_for("proposal", pending.reference) if pending else None
    awaited = one.documents.filter(received_at__isnull=True, waived_why="").order_by("pk")
    is_open = one.state in (ApplicationState.RECEIVED, ApplicationState.ENQUIRY)
    return Standing(
        state=one.state, end=one.end, person_ref=one.file.person.reference,
        documents=list(awaited.values_list("what", flat=True)) if is_open else [],
        sitting_on=item.sitting_date if item else None,
        sent_on=timezone.localdate(told.sent_at) if told and told.sent_at else None,
    )  # fmt: skip
