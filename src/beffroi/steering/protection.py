"""Small numbers told to the public: hidden, and not to be found again from what is printed.

Counts of one to k−1 are hidden; zero is printed. A hidden count could be worked out from its
total and its neighbours, so more is hidden until the most careful reader is left with several
possible values for each. That reader is played exactly here: she knows every printed figure,
that totals are sums, that a cell marked small is between one and k−1, and that another hidden
cell is k or more. The values she may still believe are found as flows in a graph whose edges
are the hidden cells; what the flows cannot move, she knows.
"""

from collections import deque
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from itertools import combinations

DEFAULT_K = 5
SENSITIVE_K = 10
#: Values a reader must still believe possible for each hidden small count.
LEAST_CHOICES = 3
_TOTAL = "\x00total"
_FREE = "\x00free"

Cell = tuple[str, str]
Group = frozenset[Hashable]


class Shown(StrEnum):
    """How a cell is printed."""

    PLAIN = "plain"
    #: « <5 »: from one to k−1.
    SMALL = "small"
    #: Hidden so that a small one cannot be worked out: k or more.
    HIDDEN = "hidden"
    #: The whole breakdown is too small to be told: nothing of the cell is said.
    WITHHELD = "withheld"


@dataclass(frozen=True)
class Printed:
    """A cell as the public sees it; `value` is None unless it is plain."""

    shown: Shown
    value: int | None = None

    def words(self, k: int) -> str:
        """This function will write the cell: « 12 », « <5 », « … »."""
        if self.shown is Shown.PLAIN:
            return str(self.value)
        return f"<{k}" if self.shown is Shown.SMALL else "…"


@dataclass(frozen=True)
class Table:
    """A protected table: cells, totals of rows and of columns, and the grand total."""

    cells: Mapping[Cell, Printed]
    rows: Mapping[str, Printed]
    columns: Mapping[str, Printed]
    total: Printed
    k: int


def threshold(is_sensitive: bool) -> int:
    """This function will give k: ten where health, justice, addiction or violence is told."""
    return SENSITIVE_K if is_sensitive else DEFAULT_K


def protect_one(value: int, k: int = DEFAULT_K) -> Printed:
    """This function will protect a figure that stands alone. Raises: ValueError below zero."""
    if value < 0:
        raise ValueError("a count is zero or more")
    small = 0 < value < k
    return Printed(Shown.SMALL) if small else Printed(Shown.PLAIN, value)


def protect_ratio(numerator: int, denominator: int, k: int = DEFAULT_K) -> bool:
    """This function will say whether a mean or a share may be told: both halves are k or more.

    A share of nobody is told too: it hides no one.
    """
    return (
        denominator >= k
        and (numerator == 0 or numerator >= k)
        and not (0 < denominator - numerator < k)
    )


def protect_list(parts: Mapping[str, int], k: int = DEFAULT_K) -> Table:
    """This function will protect a breakdown in one dimension and its total."""
    return _protect({("", name): value for name, value in parts.items()}, k, has_columns=False)


def protect_table(cells: Mapping[Cell, int], k: int = DEFAULT_K) -> Table:
    """This function will protect a breakdown in two dimensions, its margins and its total.

    A pair that is absent counts zero. Raises: ValueError for a count below zero.
    """
    rows, columns = {r for r, _c in cells}, {c for _r, c in cells}
    whole = {(row, column): cells.get((row, column), 0) for row in rows for column in columns}
    return _protect(whole, k, has_columns=True)


def _protect(cells: Mapping[Cell, int], k: int, *, has_columns: bool) -> Table:
    if any(value < 0 for value in cells.values()):
        raise ValueError("a count is zero or more")
    grid = _Grid(cells, k, has_columns=has_columns)
    grid.hide_until_stable()
    return grid.table()


class _Grid:
    """The table with its margins, and what a reader could still work out of it."""

    def __init__(self, cells: Mapping[Cell, int], k: int, *, has_columns: bool) -> None:
        self.k, self.has_columns = k, has_columns
        self.rows = sorted({row for row, _column in cells})
        self.columns = sorted({column for _row, column in cells})
        self.value = dict(cells)
        for row in self.rows:
            self.value[row, _TOTAL] = sum(cells[row, column] for column in self.columns)
        if has_columns:
            for column in (*self.columns, _TOTAL):
                self.value[_TOTAL, column] = sum(self.value[row, column] for row in self.rows)
        self.small = {cell for cell, value in self.value.items() if 0 < value < k}
        self.hidden: set[Cell] = set()
        self.withheld = False

    # --- what the reader works out -------------------------------------------------------

    def _bounds(self, cell: Cell) -> tuple[int, int | None]:
        return (1, self.k - 1) if cell in self.small else (self.k, None)

    def _ends(self, cell: Cell) -> tuple[str, str, int]:
        """The row and the column whose sums the cell enters, and with which sign."""
        row, column = cell
        sign = -1 if (row == _TOTAL) != (column == _TOTAL) else 1
        return f"r{row}", f"c{column}" if self.has_columns else _FREE, sign

    def _arcs(self, hidden: Iterable[Cell]) -> list[tuple[str, str, int, Cell, int]]:
        """Each way a hidden cell may move: from, to, by how much at most, which, and its sense."""
        arcs = []
        for cell in hidden:
            low, high = self._bounds(cell)
            row, column, sign = self._ends(cell)
            up = 10 * self.k if high is None else high - self.value[cell]
            down = self.value[cell] - low
            more, less = (up, down) if sign > 0 else (down, up)
            arcs.append((row, column, more, cell, sign))
            arcs.append((column, row, less, cell, -sign))
        return arcs

    def choices(self, cell: Cell, hidden: set[Cell], enough: int) -> int:
        """How many values the reader may believe of a hidden cell, counted up to `enough`."""
        row, column, sign = self._ends(cell)
        low, high = self._bounds(cell)
        rise = enough - 1 if high is None else min(enough - 1, high - self.value[cell])
        fall = min(enough - 1, self.value[cell] - low)
        arcs = [arc for arc in self._arcs(hidden) if arc[3] != cell]
        ahead, behind = (column, row) if sign > 0 else (row, column)
        found = 1 + _flow(arcs, ahead, behind, rise)
        return found + (_flow(arcs, behind, ahead, fall) if found < enough else 0)

    # --- what is hidden -------------------------------------------------------------------

    def hide_until_stable(self) -> None:
        """This method hides the small cells, then others until each small one is unknown.

        Hiding more only leaves more to believe: a cell made safe stays so, and one round is enough.
        """
        self.hidden = set(self.small)
        least = min(LEAST_CHOICES, self.k - 1)
        # The grand total is a figure told elsewhere: it is never what hides another.
        whole = (_TOTAL, _TOTAL) if self.has_columns else ("", _TOTAL)
        everything = {cell for cell, value in self.value.items() if value and cell != whole}
        for cell in sorted(self.small):
            while self.choices(cell, self.hidden, least) < least:
                candidates = everything - self.hidden
                if not candidates:
                    self.withheld = True
                    return
                self.hidden.add(self._next(cell, candidates))

    def _next(self, exposed: Cell, candidates: set[Cell]) -> Cell:
        """The smallest cell of the row or column of an exposed one; failing that, of any line."""
        lines = {exposed[0]}, {exposed[1]}
        for hidden in self.hidden:
            if hidden[0] in lines[0] or hidden[1] in lines[1]:
                lines[0].add(hidden[0])
                lines[1].add(hidden[1])
        crossing = [c for c in candidates if c[0] == exposed[0] or c[1] == exposed[1]]
        near = [c for c in candidates if c[0] in lines[0] or c[1] in lines[1]]
        pool = crossing or near or list(candidates)
        return min(pool, key=lambda cell: (_TOTAL in cell, self.value[cell], cell))

    def _printed(self, cell: Cell) -> Printed:
        if self.withheld:
            return Printed(Shown.WITHHELD)
        if cell in self.hidden:
            return Printed(Shown.SMALL if cell in self.small else Shown.HIDDEN)
        return Printed(Shown.PLAIN, self.value[cell])

    def table(self) -> Table:
        """This method gives the table as it may be printed."""
        inside = [(row, column) for row in self.rows for column in self.columns]
        last = (_TOTAL, _TOTAL) if self.has_columns else ("", _TOTAL)
        return Table(
            cells={cell: self._printed(cell) for cell in inside},
            rows={row: self._printed((row, _TOTAL)) for row in self.rows},
            columns={c: self._printed((_TOTAL, c)) for c in self.columns}
            if self.has_columns
            else {},
            total=self._printed(last) if self.rows else Printed(Shown.PLAIN, 0),
            k=self.k,
        )


def _flow(arcs: list[tuple[str, str, int, Cell, int]], source: str, sink: str, most: int) -> int:
    """How much can be pushed from one node to another, counted up to `most`."""
    if most <= 0:
        return 0
    if source == sink:
        return most
    left = {(cell, sense): room for _f, _t, room, cell, sense in arcs}
    reach: dict[str, list[tuple[str, tuple[Cell, int]]]] = {}
    for start, end, _room, cell, sense in arcs:
        reach.setdefault(start, []).append((end, (cell, sense)))
    pushed = 0
    while pushed < most and (path := _path(reach, left, source, sink)):
        amount = min(most - pushed, *(left[arc] for arc in path))
        for cell, sense in path:
            left[cell, sense] -= amount
            left[cell, -sense] += amount
        pushed += amount
    return pushed


def _path(
    reach: Mapping[str, list[tuple[str, tuple[Cell, int]]]],
    left: Mapping[tuple[Cell, int], int],
    source: str,
    sink: str,
) -> list[tuple[Cell, int]]:
    """The shortest way that still has room, or nothing."""
    came: dict[str, tuple[str, tuple[Cell, int]]] = {}
    queue, seen = deque([source]), {source}
    while queue:
        node = queue.popleft()
        if node == sink:
            return list(_back(came, source, sink))
        for end, arc in reach.get(node, ()):
            if end not in seen and left[arc] > 0:
                seen.add(end)
                came[end] = (node, arc)
                queue.append(end)
    return []


def _back(
    came: Mapping[str, tuple[str, tuple[Cell, int]]], source: str, sink: str
) -> Iterator[tuple[Cell, int]]:
    node = sink
    while node != source:
        node, arc = came[node]
        yield arc


# --- questions that overlap -----------------------------------------------------------------


class TellsTooMuch(ValueError):
    """Together with what was answered before, this answer would tell of fewer than k people."""


def tells(asked: Group, answered: Iterable[Group], k: int) -> bool:
    """This function will say whether answering would tell of one to k−1 people.

    Two overlapping groups tell by the few that one has and the other has not. More than two tell
    when sums and differences of the printed counts give the count of a few. Each group is the
    set of people that a question counts; a group under k is printed « <k » and adds nothing.
    """
    earlier = {group for group in answered if group and group != asked}
    overlapping = [one for one in earlier if asked & one]
    if any(_few(asked - one, k) or _few(one - asked, k) for one in overlapping):
        return True
    known = [group for group in (*earlier, asked) if len(group) >= k]
    return bool(_derived(known, k))


def _few(group: Group, k: int) -> bool:
    return 0 < len(group) < k


def _derived(known: list[Group], k: int) -> list[tuple[int, ...]]:
    """The few people, as places in the partition, whose count follows from the known counts."""
    places: dict[tuple[bool, ...], int] = {}
    for person in frozenset().union(*known):
        sign = tuple(person in group for group in known)
        places[sign] = places.get(sign, 0) + 1
    signs = list(places)
    small = [index for index, sign in enumerate(signs) if places[sign] < k]
    few = [
        chosen
        for size in (1, 2)
        for chosen in combinations(small, size)
        if sum(places[signs[index]] for index in chosen) < k
    ]
    basis = _reduced([[Fraction(sign[rank]) for sign in signs] for rank in range(len(known))])
    return [
        chosen
        for chosen in few
        if _spanned([Fraction(index in chosen) for index in range(len(signs))], basis)
    ]


def _reduced(rows: list[list[Fraction]]) -> list[tuple[int, list[Fraction]]]:
    """Rows in echelon, each with the place of its first one."""
    basis: list[tuple[int, list[Fraction]]] = []
    for row in rows:
        rest = _without(row, basis)
        lead = next((index for index, value in enumerate(rest) if value), None)
        if lead is not None:
            basis.append((lead, [value / rest[lead] for value in rest]))
    return basis


def _without(row: list[Fraction], basis: list[tuple[int, list[Fraction]]]) -> list[Fraction]:
    for lead, known in basis:
        factor = row[lead]
        row = [value - factor * held for value, held in zip(row, known, strict=True)]
    return row


def _spanned(row: list[Fraction], basis: list[tuple[int, list[Fraction]]]) -> bool:
    return not any(_without(row, basis))


def answer(asked: Group, answered: Iterable[Group], k: int) -> Printed:
    """This function will print how many people a question counts, or refuse it.

    Raises: TellsTooMuch.
    """
    if tells(asked, answered, k):
        raise TellsTooMuch("this question overlaps an earlier one by fewer than k people")
    return protect_one(len(asked), k)
