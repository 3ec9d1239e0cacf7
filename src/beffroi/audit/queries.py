"""What the privacy officer searches and what the person sees."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast

from beffroi.audit.enums import ActKind
from beffroi.audit.models import JournalEntry


@dataclass(frozen=True)
class Look:
    """A reading as the person sees it: the service and the role, never the agent's name."""

    at: datetime
    post: str
    reason: str


def looks_at(subject_ref: str) -> list[Look]:
    """This function will give each reading of `subject_ref` by an agent, newest first."""
    rows = JournalEntry.objects.filter(
        subject_ref=subject_ref, kind=ActKind.READ, actor_kind="agent"
    ).values_list("at", "actor_post", "reason")
    return [Look(*row) for row in rows]


@dataclass(frozen=True)
class JournalSearch:
    """What the privacy officer looks for; what is left empty keeps everything."""

    words: str = ""
    kind: str = ""
    since: date | None = None
    until: date | None = None
    subject: str = ""
    actor_ref: str = ""
    without_readings_of_itself: bool = False


def journal(search: JournalSearch) -> QuerySet[JournalEntry]:
    """This function will give the rows that match every filter given, newest first."""
    rows = JournalEntry.objects.all()
    for word in search.words.split():
        rows = rows.filter(
            Q(actor_label__icontains=word)
            | Q(actor_post__icontains=word)
            | Q(subject_ref__iexact=word)
            | Q(object_ref__iexact=word)
            | Q(verb__icontains=word)
            | Q(reason__icontains=word)
        )
    if search.kind:
        rows = rows.filter(kind=search.kind)
    if search.since:
        rows = rows.filter(at__date__gte=search.since)
    if search.until:
        rows = rows.filter(at__date__lte=search.until)
    if search.subject:
        rows = rows.filter(_about(search.subject))
    if search.actor_ref:
        rows = rows.filter(actor_ref=search.actor_ref, actor_kind="agent")
    if search.without_readings_of_itself:
        rows = rows.exclude(verb="journal.read")
    return rows


def _about(reference: str) -> Q:
    """What was done or read of this reference, the lists that showed it among others too."""
    listed = (
        JournalEntry.objects.filter(verb="list.read")
        .annotate(shown=Cast("detail", TextField()))
        .filter(shown__contains=f'"{reference}"')
    )
    own = Q(subject_ref__iexact=reference) | Q(object_ref__iexact=reference)
    return own | Q(pk__in=listed.values("pk"))


def actors_of(rows: QuerySet[JournalEntry]) -> list[tuple[str, str]]:
    """This function will give the agents of these rows, each with her latest label."""
    found = rows.filter(actor_kind="agent").order_by("pk").values_list("actor_ref", "actor_label")
    return sorted(dict(found).items(), key=lambda pair: pair[1])


def history_of(object_kind: str, object_ref: str) -> QuerySet[JournalEntry]:
    """This function will give the writes done on a thing, newest first."""
    return JournalEntry.objects.filter(
        object_kind=object_kind, object_ref=object_ref, kind=ActKind.WRITE
    )
