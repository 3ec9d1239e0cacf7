"""How complete an entry is: a share of what a person needs to know, and what lacks, in words.

The measure follows the score of the data·inclusion schema (the mean of the criteria that
apply, freshness and length by degrees), with what people of this country ask for besides:
hours, languages, access, easy words and the four languages of the portal.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Max
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from beffroi.directory.enums import FactKind
from beffroi.directory.models import Fact, Service, ServiceTerm, ServiceText
from beffroi.directory.work_to_do import Unknowns, holding, unknowns_of_services

#: Days after which an entry is less than fresh, and not fresh at all (six months, two years).
_FRESH, _STALE = 183, 730
_LENGTHS = ((50, 0.0), (200, 0.5))
_LANGUAGES = ("fr", "nl", "de", "en")


@dataclass(frozen=True)
class Completeness:
    """A score from 0 to 100, and what lacks, in words."""

    score: int
    lacks: tuple[str | Promise, ...] = ()


_LACKS: dict[FactKind, Any] = {
    FactKind.PHONE: _("un téléphone"),
    FactKind.ADDRESS: _("une adresse"),
    FactKind.HOURS: _("les heures"),
    FactKind.PRICE: _("le prix"),
    FactKind.LANGUAGE: _("les langues parlées"),
    FactKind.ACCESSIBILITY: _("l’accès en fauteuil"),
    FactKind.DOCUMENT: _("ce qu’il faut apporter, confirmé par le service"),
}


def freshness(last_seen: date | None, day: date) -> float:
    """This function will give 1 for an entry read within six months, falling to 0 at two years."""
    if last_seen is None:
        return 0.0
    age = (day - last_seen).days
    return min(1.0, max(0.0, (_STALE - age) / (_STALE - _FRESH)))


def length_score(text: str) -> float:
    """This function will give 0, 0.5 or 1 for a description: under 50, under 200 signs, or more."""
    return next((score for limit, score in _LENGTHS if len(text) < limit), 1.0)


def completeness(service: Service, day: date) -> Completeness:
    """This function will give the completeness of one service on `day`."""
    return completeness_of([service], day)[service.pk]


def completeness_of(
    services: Iterable[Service], day: date, unknowns: Unknowns | None = None
) -> dict[UUID, Completeness]:
    """This function will give the completeness of each service on `day`, in 8 queries.

    Four of them are spared when what is unknown was counted already.
    """
    rows = list(services)
    keys = [service.pk for service in rows]
    unknown = (unknowns or unknowns_of_services(rows, day)).by_service
    texts: dict[UUID, dict[str, ServiceText]] = {key: {} for key in keys}
    for text in ServiceText.objects.filter(service__in=keys):
        texts[text.service_id][text.lang] = text
    classed: dict[UUID, set[str]] = {key: set() for key in keys}
    for service_id, taxonomy in ServiceTerm.objects.filter(service__in=keys).values_list(
        "service_id", "term__taxonomy__key"
    ):
        classed[service_id].add(taxonomy)
    facts = Fact.objects.filter(holding(day), service__in=keys)
    ways = set(facts.filter(kind=FactKind.HOW).values_list("service_id", flat=True))
    seen = dict(
        facts.order_by()
        .values("service_id")
        .annotate(m=Max("confirmed_at"))
        .values_list("service_id", "m")
    )
    return {
        service.pk: _score(
            service, unknown.get(service.pk, ()), texts[service.pk], classed[service.pk],
            service.pk in ways, seen.get(service.pk), day,
        )
        for service in rows
    }  # fmt: skip


def _score(
    service: Service,
    unknown: Iterable[FactKind],
    texts: dict[str, ServiceText],
    classed: set[str],
    has_way: bool,
    confirmed_at: Any,
    day: date,
) -> Completeness:
    marks: list[tuple[float, Any]] = []
    if service.is_local and service.status in ("running", "suspended"):
        marks += [(float(kind not in unknown), words) for kind, words in _LACKS.items()]
        marks.append((float(has_way or bool(service.team_key)), _("comment demander")))
    french = texts.get("fr")
    said = f"{french.summary} {french.for_whom} {french.what_happens}" if french else ""
    marks.append((length_score(said.strip()), _("une description plus longue")))
    marks.append((float(bool(french and french.easy)), _("le texte facile à lire")))
    marks.append((sum(lang in texts for lang in _LANGUAGES) / 4, _("une traduction")))
    marks.append((float("need" in classed), _("un besoin")))
    last = max(
        (d for d in (service.reviewed_on, confirmed_at and confirmed_at.date()) if d), default=None
    )
    marks.append((freshness(last, day), _("une relecture récente")))
    score = round(100 * sum(mark for mark, _words in marks) / len(marks))
    return Completeness(score, tuple(words for mark, words in marks if mark < 1))
