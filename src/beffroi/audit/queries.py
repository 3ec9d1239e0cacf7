"""What the privacy officer searches and what the person sees."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet

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


def journal(
    *,
    words: str = "",
    kind: str = "",
    since: date | None = None,
    until: date | None = None,
) -> QuerySet[JournalEntry]:
    """This function will give the rows that match every filter given, newest first."""
    rows = JournalEntry.objects.all()
    for word in words.split():
        rows = rows.filter(
            Q(actor_label__icontains=word)
            | Q(actor_ref__iexact=word)
            | Q(actor_post__icontains=word)
            | Q(subject_ref__iexact=word)
            | Q(object_ref__iexact=word)
            | Q(verb__icontains=word)
            | Q(reason__icontains=word)
        )
    if kind:
        rows = rows.filter(kind=kind)
    if since:
        rows = rows.filter(at__date__gte=since)
    if until:
        rows = rows.filter(at__date__lte=until)
    return rows


def history_of(object_kind: str, object_ref: str) -> QuerySet[JournalEntry]:
    """This function will give the writes done on a thing, newest first."""
    return JournalEntry.objects.filter(
        object_kind=object_kind, object_ref=object_ref, kind=ActKind.WRITE
    )
