"""A reader who writes down every sum and bound she can, and works out what is hidden.

She shares nothing with the protection: bounds are narrowed, then domains are cut in two until a
whole answer stands or none is left.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

MOST = 4000
Bounds = dict[str, tuple[int, int]]


@dataclass
class Reader:
    """Unknown whole numbers, what each may be, and sums that stand between two bounds."""

    bounds: Bounds = field(default_factory=dict)
    sums: list[tuple[dict[str, int], int, int]] = field(default_factory=list)

    def know(self, name: str, low: int = 0, high: int = MOST) -> None:
        """This method notes what a number may be; told again, both hold."""
        before = self.bounds.get(name, (0, MOST))
        self.bounds[name] = max(low, before[0]), min(high, before[1])

    def total(self, whole: str, parts: Iterable[str]) -> None:
        """This method notes that a number is the sum of others."""
        self.between({whole: 1} | dict.fromkeys(parts, -1), 0, 0)

    def between(self, terms: dict[str, int], low: int, high: int) -> None:
        """This method notes that a sum stands between two bounds, both included."""
        for name in terms:
            self.know(name)
        self.sums.append((terms, low, high))

    def is_known(self, name: str, value: int) -> bool:
        """This method says whether the number can only be `value`."""
        low, high = self.bounds[name]
        below = low < value and self._stands(name, low, value - 1)
        return not (below or (high > value and self._stands(name, value + 1, high)))

    def agrees(self, truth: dict[str, int]) -> bool:
        """This method says whether the truth is one of the answers left."""
        inside = all(low <= truth[name] <= high for name, (low, high) in self.bounds.items())
        return inside and all(
            low <= sum(n * truth[name] for name, n in terms.items()) <= high
            for terms, low, high in self.sums
        )

    def _stands(self, name: str, low: int, high: int) -> bool:
        near = self._near(name)
        sums = [one for one in self.sums if near & one[0].keys()]
        bounds = {one: self.bounds[one] for terms, _l, _h in sums for one in terms}
        bounds[name] = (low, high)
        return _has_answer(bounds, sums)

    def _near(self, name: str) -> set[str]:
        """The unknown numbers that are tied to one by sums of unknown numbers."""
        found, waiting = {name}, [name]
        while waiting:
            one = waiting.pop()
            for terms, _low, _high in self.sums:
                if one in terms:
                    more = {o for o in terms if self.bounds[o][0] != self.bounds[o][1]} - found
                    found |= more
                    waiting += more
        return found


def _has_answer(bounds: Bounds, sums: list[tuple[dict[str, int], int, int]]) -> bool:
    held = _narrowed(dict(bounds), sums)
    if held is None:
        return False
    open_ones = [(high - low, name) for name, (low, high) in held.items() if low < high]
    if not open_ones:
        return True
    name = min(open_ones)[1]
    low, high = held[name]
    middle = (low + high) // 2
    return any(
        _has_answer({**held, name: half}, sums) for half in ((low, middle), (middle + 1, high))
    )


def _narrowed(bounds: Bounds, sums: list[tuple[dict[str, int], int, int]]) -> Bounds | None:
    moved = True
    while moved:
        moved = False
        for terms, low, high in sums:
            ends = {n: sorted((c * bounds[n][0], c * bounds[n][1])) for n, c in terms.items()}
            least, most = sum(e[0] for e in ends.values()), sum(e[1] for e in ends.values())
            if least > high or most < low:
                return None
            for name, coefficient in terms.items():
                floor, roof = low - (most - ends[name][1]), high - (least - ends[name][0])
                first, last = _divided(floor, roof, coefficient)
                old = bounds[name]
                new = max(old[0], first), min(old[1], last)
                if new[0] > new[1]:
                    return None
                if new != old:
                    bounds[name], moved = new, True
                    part = sorted((coefficient * new[0], coefficient * new[1]))
                    least += part[0] - ends[name][0]
                    most += part[1] - ends[name][1]
                    ends[name] = part
    return bounds


def _divided(floor: int, roof: int, by: int) -> tuple[int, int]:
    """The whole numbers that, times `by`, stand between two bounds."""
    if by < 0:
        floor, roof, by = -roof, -floor, -by
    return -(-floor // by), roof // by
