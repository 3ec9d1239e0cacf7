"""Counts of people: which are questions apart, what they are worth, which may be told."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import chain, combinations
from typing import Any

from beffroi.steering.protection import SENSITIVE_K, Shown, threshold

RATIO, STOCK, TYPED = "ratio", "stock", "typed"
#: Measures that look behind the year: never told.
_LOOKS_BACK = "_new"
#: What a person types is of people unless its unit is one of these.
_PHYSICAL = frozenset({"m²", "m2", "kg", "km", "l", "h", "heure", "heures", "€", "ha", "kWh"})
#: What a measure adds up without saying of how many people: euros of three are not three people.
_AMOUNTS = _PHYSICAL | {"points"}
#: Beyond, the combinations of a family are too many to look at: only its largest is told.
_MOST = 10


@dataclass(frozen=True)
class Count:
    """A question and its answer: which acts, how they add up, from how many it may be told."""

    key: str
    room: str
    adds: str
    refs: frozenset[str]
    value: Decimal
    k: int


@dataclass
class Earlier:
    """What was answered before about the same year, by this plan or another."""

    #: Every value told or kept inside for a question.
    values: dict[str, list[Decimal]] = field(default_factory=dict)
    #: By room, the references of its questions.
    refs: dict[str, list[frozenset[str]]] = field(default_factory=dict)
    tables: dict[str, list[dict[tuple[str, str], int]]] = field(default_factory=dict)
    #: The hidden counts inside each sum over lines that was told.
    inside: list[frozenset[str]] = field(default_factory=list)

    def value(self, one: Count) -> Decimal:
        """This method gives what a count is worth now: as before when it moved by a few."""
        before = self.values.get(one.key, [])
        few = any(0 < abs(one.value - old) < one.k for old in before)
        return before[-1] if few else one.value


def key_of(figure: Mapping[str, Any], line: int, plan: str) -> str:
    """This function will name the question that a figure answers."""
    if not figure["measure"]:
        return f"{TYPED}:{plan}:{line}:{figure['label']}"
    return question(figure["measure"], figure["refs"])


def question(measure: str, refs: Iterable[str]) -> str:
    """This function will name a question: a measure asked for references."""
    return f"{measure}|{','.join(sorted(refs))}"


def k_of(figure: Mapping[str, Any]) -> int:
    """This function will give k of a figure; ten where its snapshot did not say."""
    return threshold(bool(figure.get("is_sensitive", True)))


def is_told_whole(figure: Mapping[str, Any]) -> bool:
    """This function will say whether a figure counts no people."""
    if not figure["measure"]:
        return figure["unit"].strip() in _PHYSICAL
    return bool(figure.get("of_things"))


def is_asked(figure: Mapping[str, Any]) -> bool:
    """This function will say whether a figure may be published at all, protected."""
    said = figure.get("is_publishable", bool(figure.get("public")))
    return bool(said) and figure["value"] is not None and not looks_back(figure)


def is_amount(figure: Mapping[str, Any]) -> bool:
    """This function will say whether a figure adds up euros, kilos or points of people.

    Twelve euros may be what two people paid: compared with k, an amount protects nobody.
    """
    is_unit = figure["unit"].strip() in _AMOUNTS and figure["additivity"] != RATIO
    return bool(figure["measure"]) and is_unit and not is_told_whole(figure)


def looks_back(figure: Mapping[str, Any]) -> bool:
    """This function will say whether a figure depends on other years than its own.

    Who came first this year, and people that stand on a day: what stood the year before, with who
    came and who left, would tell a few.
    """
    stands = figure["additivity"] == STOCK and not is_told_whole(figure)
    return stands or bool(figure["measure"].endswith(_LOOKS_BACK))


def counts_of(content: Mapping[str, Any], plan: str) -> dict[str, Count]:
    """This function will give the counts of people that a snapshot asks to publish, by question."""
    found: dict[str, Count] = {}
    for line in content["lines"]:
        for figure in line["figures"]:
            if is_asked(figure) and not is_told_whole(figure) and not is_amount(figure):
                for one in _counts(figure, line["number"], plan):
                    held = found.get(one.key)
                    k = max(one.k, held.k) if held else one.k
                    found[one.key] = Count(**{**vars(one), "k": k})
    return found


def _counts(figure: Mapping[str, Any], line: int, plan: str) -> Iterable[Count]:
    key, k = key_of(figure, line, plan), k_of(figure)
    if not figure["measure"]:
        refs = frozenset({f"line:{plan}:{line}"})
        yield Count(key, TYPED, TYPED, refs, Decimal(figure["value"]), k)
        return
    room, refs = figure["measure"].partition(".")[0], frozenset(figure["refs"])
    if figure["additivity"] == RATIO:
        for half in ("numerator", "denominator"):
            if figure[half] is not None:
                yield Count(f"{key}#{half}", room, RATIO, refs, Decimal(figure[half]), k)
        return
    yield Count(key, room, figure["additivity"], refs, Decimal(figure["value"]), k)
    if figure["beside"] is not None and figure.get("beside_measure"):
        beside = question(figure["beside_measure"], figure["refs"])
        yield Count(beside, room, "additive", refs, Decimal(figure["beside"]), k)


def questions_apart(counts: Mapping[str, Count], earlier: Earlier) -> set[str]:
    """This function will choose the counts whose questions are the same or have nothing in common.

    Lines are preferred to actions, and these to anything else.
    """
    taken = {room: list(sets) for room, sets in earlier.refs.items()}
    kept: set[str] = set()
    for room in sorted({one.room for one in counts.values()}):
        mine = [one for one in counts.values() if one.room == room]
        sets = taken.setdefault(room, [])
        kinds = {_kind(refs) for refs in (*sets, *(one.refs for one in mine))} - {""}
        first = _kind(sets[0]) if sets else next((k for k in ("line", "action") if k in kinds), min(kinds, default=""))  # fmt: skip
        for one in mine:
            if _kind(one.refs) != first or any(one.refs & s and one.refs != s for s in sets):
                continue
            kept.add(one.key)
            if one.refs not in sets:
                sets.append(one.refs)
    return kept


def _kind(refs: frozenset[str]) -> str:
    kinds = {ref.partition(":")[0] for ref in refs}
    return kinds.pop() if len(kinds) == 1 else ""


def shown_of(counts: Mapping[str, Count]) -> dict[str, Shown]:
    """This function will say how each count is told, beside all the others about the same acts."""
    families: dict[tuple[str, str, frozenset[str]], list[Count]] = {}
    for one in counts.values():
        if one.adds != RATIO:
            families.setdefault((one.room, one.adds, one.refs), []).append(one)
    found: dict[str, Shown] = {}
    for (room, adds, refs), members in families.items():
        people = families.get((room, "unique", refs), []) if adds != "unique" else []
        found |= _family(members, max((one.value for one in people), default=None))
    return found


def _family(members: list[Count], people: Decimal | None) -> dict[str, Shown]:
    k = max(one.k for one in members)
    most = max(members, key=lambda one: (one.value, one.key))
    small = 0 < most.value < k
    told = {most.key: Shown.SMALL if small else Shown.PLAIN}
    # Who was named is no more than presences less those without a name, and no less than people.
    narrow = people is not None and most.value - people < k
    if not most.value:
        return {one.key: Shown.PLAIN for one in members}
    whole = is_closed([one.value for one in members], k) and not narrow
    others = Shown.PLAIN if whole else Shown.HIDDEN
    return {one.key: others for one in members} | told


def is_closed(values: Iterable[Decimal], k: int) -> bool:
    """This function will say whether no count, and none less some others, is one to k−1."""
    held = sorted(set(values), reverse=True)
    if len(held) > _MOST:
        return False
    for rank, whole in enumerate(held):
        others = held[rank + 1 :]
        parts = chain.from_iterable(combinations(others, n) for n in range(len(others) + 1))
        if any(0 < whole - sum(part) < k for part in parts):
            return False
    return True


def may_tell_ratio(
    figure: Mapping[str, Any], line: int, plan: str, counts: Mapping[str, Count],
    shown: Mapping[str, Shown],
) -> bool:  # fmt: skip
    """This function will say whether a share or a mean may be told.

    `counts` are the questions apart at what they are worth, its own halves among them.
    """
    key = key_of(figure, line, plan)
    halves = [counts.get(f"{key}#{half}") for half in ("numerator", "denominator")]
    if None in halves or figure["numerator"] is None or figure["denominator"] is None:
        return False
    held = [one for one in halves if one is not None]
    if [one.value for one in held] != [Decimal(figure["numerator"]), Decimal(figure["denominator"])]:  # fmt: skip
        return False
    room, refs = held[0].room, held[0].refs
    same = [one for one in counts.values() if one.room == room and one.refs == refs]
    told = all(shown.get(one.key, Shown.PLAIN) is Shown.PLAIN for one in same)
    k = max((one.k for one in same), default=SENSITIVE_K)
    return told and is_closed([one.value for one in same], k)
