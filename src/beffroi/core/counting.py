"""How an act says to which line of a plan, or to which action of the catalogue, it counts.

An act belongs to something that lasts: an activity, a house, a team. That thing counts to lines by
their number and to actions by their code, from day to day: a change counts elsewhere from that day
on, and moves nothing that was counted. The plan itself is another room’s.
"""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any, TypeVar

from django.db import models
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from beffroi.core.measures import Scope

_M = TypeVar("_M", bound=models.Model)


class KeyKind(models.TextChoices):
    """To what an act is counted."""

    ACTION = "action", _("Action du catalogue")
    LINE = "line", _("Ligne du plan")


class CountsTo(models.Model):
    """A line or an action to which acts count, from day to day.

    Whoever extends it adds the foreign key of the thing that lasts, with `related_name="keys"`,
    and inherits `Meta(CountsTo.Meta)`.
    """

    kind = models.CharField(max_length=6, choices=KeyKind.choices)
    key = models.CharField(_("numéro ou code"), max_length=40)
    since_date = models.DateField(_("depuis le"))
    until_date = models.DateField(_("jusqu’au"), null=True, blank=True)

    class Meta:
        abstract = True
        ordering = ["kind", "key", "since_date"]
        indexes = [models.Index(fields=["kind", "key"], name="%(class)s_named")]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=KeyKind.values), name="%(class)s_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(until_date__isnull=True) | Q(until_date__gte=F("since_date")),
                name="%(class)s_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return self.key


def count_to(
    keys: Any, *, lines: Iterable[str], actions: Iterable[str], since: date
) -> None:  # fmt: skip
    """This function will make a thing count, from a day on, to these lines and actions alone.

    `keys` is its related manager. Keys no longer said end the day before; one that was to end on
    that day or later goes on, so that no day holds it twice.
    """
    said = [(KeyKind.LINE, lines), (KeyKind.ACTION, actions)]
    wanted = {(kind.value, key.strip()[:40]) for kind, some in said for key in some if key.strip()}
    held = {(row.kind, row.key): row for row in keys.filter(until_date__isnull=True)}
    for pair, row in held.items():
        if pair not in wanted and row.since_date >= since:
            row.delete()
        elif pair not in wanted:
            keys.filter(pk=row.pk).update(until_date=since - timedelta(days=1))
    for kind, key in sorted(wanted - set(held)):
        last = keys.filter(kind=kind, key=key, until_date__gte=since).order_by("since_date").last()
        if last is None:
            keys.create(kind=kind, key=key, since_date=since)
        else:
            keys.filter(pk=last.pk).update(until_date=None)


def holds_on(day: str, path: str) -> Q:
    """This function will say that a key holds on the day of an act.

    `day` is the field of the act’s day; `path` leads from the act to its keys
    (« activity__keys », « session__activity__keys »). Narrow the key in the same `filter()`.
    """
    return Q(**{f"{path}__since_date__lte": F(day)}) & (
        Q(**{f"{path}__until_date__isnull": True}) | Q(**{f"{path}__until_date__gte": F(day)})
    )


def in_force(day: date) -> Q:
    """This function will say that a key holds on a day, asked of the keys themselves."""
    return Q(since_date__lte=day) & (Q(until_date__isnull=True) | Q(until_date__gte=day))


def refs_by_kind(scope: Scope) -> Mapping[str, frozenset[str]] | None:
    """This function will sort what a scope asks for: « line:12 » under `line`; None for all acts.

    An act counts when it belongs to one of them, of whichever kind, and counts once.
    """
    if scope.refs is None:
        return None
    found: dict[str, set[str]] = {}
    for ref in scope.refs:
        kind, _colon, key = ref.partition(":")
        found.setdefault(kind, set()).add(key)
    return {kind: frozenset(keys) for kind, keys in found.items()}


def narrowed(rows: QuerySet[_M], scope: Scope, fields: Mapping[str, str]) -> QuerySet[_M]:
    """This function will keep the acts a scope asks for; `fields` leads from a kind to its field.

    `{"team": "team__key"}` reads « team:debts ». A kind that is not there names no act.
    """
    asked = refs_by_kind(scope)
    if asked is None:
        return rows
    one_of = Q(pk__in=[])
    for kind, keys in asked.items():
        if kind in fields:
            one_of |= Q(**{f"{fields[kind]}__in": keys})
    return rows.filter(one_of)
