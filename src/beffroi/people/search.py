"""Finding a person by what somebody heard, remembers or reads: name, date, number.

Words that were misspelled find the words of names that share a key with them (see `names`);
those words find the persons; persons are ranked by how near they are to everything typed.
Every step goes by a plain index, the same on both databases.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from beffroi.core.actors import Actor
from beffroi.people import hooks
from beffroi.people.dates import Born, born
from beffroi.people.models import (
    Contact,
    Identifier,
    NameToken,
    Person,
    PersonToken,
    TokenKey,
)
from beffroi.people.names import PARTICLES, closeness, keys, spelled_alike, words
from beffroi.people.numbers import compact
from beffroi.people.same import root_id, same_ids_of
from beffroi.people.sealing import localities

#: Words of a query that are looked for; the others only help to rank.
_MOST_WORDS = 4
#: Words of names kept for each word typed, and how near they must be.
_MOST_NEAR, _NEAR_ENOUGH, _JOINED_ENOUGH = 40, 0.55, 0.84
#: A word this near was meant; without one, what was typed may be the beginning of a name.
_MEANT = 0.8
#: Persons ranked at most; fewer than that wanted, one word is enough.
_MOST_RANKED, _ENOUGH = 160, 20
_REFERENCE = re.compile(r"[A-Z]{1,3}-?\d[\dA-Z/-]{4,}")
_FEWEST_DIGITS = 6


@dataclass(frozen=True)
class Found:
    """A person as a list may show her: name, year of birth, town; no number, no street."""

    id: int
    reference: str
    last_name: str
    first_name: str
    called_name: str
    birth_year: int | None
    locality: str
    has_file: bool
    is_deceased: bool
    score: float
    known_as: str = ""


@dataclass
class _Near:
    """Words of names near one word typed: by key, how near each is."""

    weight: float
    tokens: dict[int, float]


def search(
    typed: str,
    *,
    actor: Actor | None,
    at: datetime,
    most: int = 20,
    without: QuerySet[Any] | None = None,
) -> list[Found]:
    """This function will give the persons nearest to what was typed, best first.

    A merged entry is found and given as the person kept. `without` are persons left out.
    """
    today = timezone.localdate(at)
    scores = _by_number(typed)
    if not scores or max(scores.values()) < 2:
        birth, rest = born(typed, today)
        for pk, score in _by_name(rest, birth).items():
            scores[pk] = max(score, scores.get(pk, 0.0))
    return _shown(scores, actor=actor, most=most, without=without)


def _by_number(typed: str) -> dict[int, float]:
    """Whom a reference, a NISS, a file number or a telephone number names; exact ones score 2."""
    number = compact(typed)
    digits = "".join(c for c in number if c.isdigit())
    if not (_REFERENCE.fullmatch(number) or (len(digits) >= _FEWEST_DIGITS and len(digits) >= len(number) - 1)):  # fmt: skip
        return {}
    own = Person.objects.filter(reference=number).values_list("pk", flat=True)
    exact = Identifier.objects.filter(value=number).values_list("person_id", flat=True)
    called = Contact.objects.filter(compact=number).values_list("person_id", flat=True)
    scores = dict.fromkeys((*own, *exact, *called), 2.0)
    if not scores and digits == number and len(number) < 11:
        begun = Identifier.objects.filter(value__gte=number, value__lt=number + ":")
        scores = dict.fromkeys(begun.values_list("person_id", flat=True)[:_MOST_RANKED], 0.9)
    return scores


def _by_name(rest: str, birth: Born) -> dict[int, float]:
    typed = words(rest)
    if not typed:
        return _born_on(birth)
    near = _near_words(typed)
    persons = _candidates(near)
    if birth:
        persons |= _born_near(birth, near)
    return _ranked(persons, near, birth)


def near_by_name(name: str, most: int = 20) -> list[int]:
    """This function will give the entries whose names are nearest to this one, in any order."""
    near = _near_words(words(name)) if words(name) else []
    scores = _ranked(_candidates(near), near, Born())
    return sorted(scores, key=lambda pk: (-scores[pk], pk))[:most]


def _born_on(birth: Born) -> dict[int, float]:
    """A date alone: everybody born then, in no better order than their names."""
    if not birth:
        return {}
    rows = Person.objects.filter(_born_q(birth)).order_by("last_name", "first_name", "pk")
    return dict.fromkeys(rows.values_list("pk", flat=True)[:_MOST_RANKED], 1.0)


def _born_q(birth: Born) -> Q:
    if birth.days:
        return Q(birth_date__in=birth.days)
    return Q(birth_date__gte=birth.since, birth_date__lt=birth.until)


def _typed_words(typed: list[str]) -> dict[str, list[str]]:
    """Each word looked for, with what it may also be: itself joined with its neighbours."""
    own = [w for w in typed if w not in PARTICLES] or typed
    longest = sorted(dict.fromkeys(own), key=len, reverse=True)[:_MOST_WORDS]
    joined = [a + b for a, b in zip(typed, typed[1:], strict=False)]
    if len(typed) > 2:
        joined += [a + b + c for a, b, c in zip(typed, typed[1:], typed[2:], strict=False)]
    return {w: [w, *(j for j in joined if w in j)] for w in own if w in longest}


def _near_words(typed: list[str]) -> list[_Near]:
    """For each word typed, the words of names that are near it, in one query."""
    asked = _typed_words(typed)
    wanted: dict[int, set[str]] = defaultdict(set)
    for form in {form for forms in asked.values() for form in forms}:
        for key in keys(form):
            wanted[key].add(form)
    reached: dict[str, set[tuple[int, str]]] = defaultdict(set)
    rows = TokenKey.objects.filter(key__in=list(wanted)).order_by()
    for key, token, text in rows.values_list("key", "token_id", "token__text"):
        for form in wanted[key]:
            reached[form].add((token, text))
    return [_nearest(word, forms, reached) for word, forms in asked.items()]


def _nearest(word: str, forms: list[str], reached: dict[str, set[tuple[int, str]]]) -> _Near:
    best: dict[int, float] = {}
    for form in forms:
        for token, text in reached[form]:
            score = _closeness(word, form, text)
            if score > best.get(token, _NEAR_ENOUGH):
                best[token] = score
    if len(word) >= 3 and max(best.values(), default=0.0) < _MEANT:
        begun = NameToken.objects.filter(text__gt=word, text__lt=word + "zzz")
        for token in begun.values_list("pk", flat=True)[:_MOST_NEAR]:
            best.setdefault(token, _MEANT)
    kept = sorted(best.items(), key=lambda pair: -pair[1])[:_MOST_NEAR]
    return _Near(weight=min(len(word), 8) + 2.0, tokens=dict(kept))


def _closeness(word: str, form: str, found: str) -> float:
    """Two words typed make one name only when it is spelled so: « des met », « Desmet »."""
    if form != word and spelled_alike(form, found) < _JOINED_ENOUGH:
        return 0.0
    return closeness(form, found)


def _holding(tokens: Collection[int]) -> QuerySet[PersonToken, int]:
    """Not in order: a database that may stop early reads a hundredth of a common name."""
    rows = PersonToken.objects.filter(token_id__in=list(tokens)).order_by()
    return rows.values_list("person_id", flat=True)


def _candidates(near: list[_Near]) -> set[int]:
    """Persons worth ranking: those near in two words; else those near in one."""
    some = [one for one in near if one.tokens]
    found: set[int] = set()
    for i, one in enumerate(some):
        for other in some[i + 1 :]:
            found |= _both(one, other)
    for one in sorted(some, key=lambda n: -n.weight):
        if len(found) >= _ENOUGH:
            break
        nearest = sorted(one.tokens, key=lambda pk: -one.tokens[pk])[:12]
        sure = [pk for pk in nearest if one.tokens[pk] == 1.0]
        for tokens in (sure, nearest[len(sure) :]):
            if tokens and len(found) < _ENOUGH:
                found |= set(_holding(tokens)[: _MOST_RANKED // 3])
    return found


def _both(one: _Near, other: _Near) -> set[int]:
    pairs = _holding(one.tokens).filter(person_id__in=_holding(other.tokens))
    found = set(pairs[:_MOST_RANKED])
    if len(found) == _MOST_RANKED:
        # Too many: those whose words are the very ones typed must not be cut off.
        exact = [{pk for pk, s in n.tokens.items() if s >= 0.9} for n in (one, other)]
        if all(exact):
            sure = _holding(exact[0]).filter(person_id__in=_holding(exact[1]))
            found |= set(sure[:_MOST_RANKED])
    return found


def _born_near(birth: Born, near: list[_Near]) -> set[int]:
    """Persons born then of whom at least one word is near, when many share the words."""
    tokens = {pk for one in near for pk in one.tokens}
    if birth.days:
        rows = Person.objects.filter(_born_q(birth)).values_list("pk", flat=True)[
            : _MOST_RANKED * 4
        ]
        return set(_holding(tokens).filter(person_id__in=list(rows)))
    return set()


def _ranked(persons: Iterable[int], near: list[_Near], birth: Born) -> dict[int, float]:
    wanted = list(persons)
    held: dict[int, set[int]] = defaultdict(set)
    rows = PersonToken.objects.filter(person_id__in=wanted).order_by()
    for person, token in rows.values_list("person_id", "token_id"):
        held[person].add(token)
    births: dict[int, date | None] = {}
    if birth:
        births = dict(Person.objects.filter(pk__in=wanted).values_list("pk", "birth_date"))
    total = sum(one.weight for one in near) or 1.0
    return {
        pk: _score(held[pk], near, total) + _birth_bonus(birth, births.get(pk)) for pk in wanted
    }


def _score(held: set[int], near: list[_Near], total: float) -> float:
    """The share of what was typed that is found; what the name holds besides counts a little."""
    got = sum(
        one.weight * max((one.tokens[t] for t in held if t in one.tokens), default=0.0)
        for one in near
    )
    return got / total - 0.005 * max(0, len(held) - len(near))


def _birth_bonus(birth: Born, known: date | None) -> float:
    if not birth:
        return 0.0
    if birth.matches(known):
        return 0.5
    if known is None:
        return 0.1
    years = {day.year for day in birth.days}
    return 0.1 if known.year in years else -0.1


def _shown(
    scores: dict[int, float],
    *,
    actor: Actor | None,
    most: int,
    without: QuerySet[Any] | None,
) -> list[Found]:
    """The best, as the person kept when merged, without those the actor may not open."""
    best = sorted(scores, key=lambda pk: (-scores[pk], pk))[: most * 3]
    rows = Person.objects.filter(pk__in=best, anonymised_at__isnull=True).order_by()
    if without is not None:
        rows = rows.exclude(pk__in=without)
    known = {row.pk: row for row in rows}
    roots = {pk: root_id(pk) for pk, row in known.items() if row.merged_into_id}
    if roots:
        known |= {row.pk: row for row in Person.objects.filter(pk__in=roots.values())}
    shown: dict[int, tuple[Person, float, str]] = {}
    for pk in best:
        if pk in known:
            row = known[roots.get(pk, pk)]
            alias = str(known[pk]) if pk in roots and str(known[pk]) != str(row) else ""
            shown.setdefault(row.pk, (row, scores[pk], alias))
    kept = list(shown.values())[:most]
    keys_ = [row.pk for row, _score, _alias in kept]
    groups = same_ids_of(keys_)
    towns, filed = localities(groups, actor), _with_file(groups)
    return [_found(*one, towns, filed) for one in kept]


def _with_file(groups: dict[int, frozenset[int]]) -> set[int]:
    filed = hooks.with_file({pk for group in groups.values() for pk in group})
    return {person for person, group in groups.items() if group & filed}


def _found(row: Person, score: float, alias: str, towns: dict[int, str], filed: set[int]) -> Found:
    return Found(
        row.pk, row.reference, row.last_name, row.first_name, row.called_name,
        row.birth_date.year if row.birth_date else None, towns.get(row.pk, ""), row.pk in filed,
        row.is_deceased, round(score, 4), alias,
    )  # fmt: skip
