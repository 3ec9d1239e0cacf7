"""Above and under the counts of lines: sums, people of axes and of the plan, tables by house."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from beffroi.steering.protection import LEAST_CHOICES, Shown, Table, protect_table
from beffroi.steering.telling.counts import Count, Earlier

_NO_END = 10**9
Cells = dict[tuple[str, str], int]


def may_tell_sum(parts: Mapping[str, Count], shown: Mapping[str, Shown], earlier: Earlier) -> bool:
    """This function will say whether the sum of counts told apart may be told too.

    The hidden ones together make k or more, each may still be three values, and no other sum of
    the year hid others among them.
    """
    states = {key: shown[key] for key in parts}
    if len(parts) < 2 or Shown.HIDDEN in states.values():
        return False
    hidden = {key: parts[key] for key, state in states.items() if state is Shown.SMALL}
    if not hidden:
        return True
    rest = int(sum(one.value for one in hidden.values()))
    if rest < max(one.k for one in hidden.values()):
        return False
    tops = {key: one.k - 1 for key, one in hidden.items()}
    for top in tops.values():
        low = max(1, rest - sum(tops.values()) + top)
        if min(top, rest - len(tops) + 1) - low + 1 < LEAST_CHOICES:
            return False
    return all(before == frozenset(hidden) for before in earlier.inside)


# --- people, counted again --------------------------------------------------------------------


@dataclass
class _Node:
    """A group of people within another: what is told of it, what it is, what a reader knows."""

    value: int
    told: bool
    low: int
    high: int
    k: int
    children: list["_Node"] = field(default_factory=list)

    @property
    def all_under(self) -> list["_Node"]:
        return [*self.children, *(one for child in self.children for one in child.all_under)]


def people_told(
    lines: Mapping[int, Iterable[tuple[Count, Shown]]], axes: Mapping[int, int], plan: int
) -> tuple[set[int], bool]:
    """This function will choose the axes whose people may be told, and say whether the plan’s may.

    `lines` gives the counts of lines by axis; `axes` and `plan` the people counted again. The plan
    is tried first, then each axis of two lines or more.
    """
    nodes = {axis: [_leaf(one, state) for one, state in held] for axis, held in lines.items()}
    many = [axis for axis, held in sorted(nodes.items()) if len(held) > 1]
    is_plan_told = sum(map(len, nodes.values())) > 1 and _is_safe(nodes, axes, plan, set(), True)
    told: set[int] = set()
    for axis in many:
        if _is_safe(nodes, axes, plan, {*told, axis}, is_plan_told):
            told.add(axis)
    return told, is_plan_told


def _leaf(one: Count, state: Shown) -> _Node:
    value = int(one.value)
    if state is Shown.PLAIN:
        return _Node(value, True, value, value, one.k)
    low, high = (1, one.k - 1) if state is Shown.SMALL else (0, _NO_END)
    return _Node(value, False, low, high, one.k)


def _is_safe(
    lines: Mapping[int, list[_Node]], axes: Mapping[int, int], plan: int, told: set[int],
    is_plan_told: bool,
) -> bool:  # fmt: skip
    groups = []
    for axis, held in lines.items():
        children = [_Node(**{**vars(one), "children": []}) for one in held]
        groups.append(_group(axes[axis], axis in told, children))
    return _keeps_quiet(_group(plan, is_plan_told, groups))


def _group(value: int, told: bool, children: list[_Node]) -> _Node:
    low, high = (value, value) if told else (0, _NO_END)
    return _Node(value, told, low, high, max(one.k for one in children), children)


def _keeps_quiet(root: _Node) -> bool:
    """Nothing under k is known to two values or less, nor what one group has and another has not."""
    while _narrowed(root):
        pass
    for node in (root, *root.all_under):
        under = node.all_under
        if any(one.low > one.high for one in (node, *under)):
            return False
        if node.told and not _is_clear(node.value, node.k):
            return False
        if not node.told and 0 < node.value < node.k and node.high - node.low + 1 < LEAST_CHOICES:
            return False
        for one in under:
            known = node.low == node.high and one.low == one.high
            if known and not _is_clear(node.value - one.value, root.k):
                return False
        if len(node.children) == 2 and all(one.low == one.high for one in (node, *node.children)):
            both = sum(one.value for one in node.children) - node.value
            if not _is_clear(both, root.k):
                return False
    return True


def _is_clear(count: int, k: int) -> bool:
    return count == 0 or count >= k


def _narrowed(node: _Node) -> bool:
    """What a reader works out: a group holds each of its parts, and no more than their sum."""
    before = [(one.low, one.high) for one in (node, *node.all_under)]
    for child in node.children:
        _narrowed(child)
    if node.children:
        node.low = max(node.low, *(one.low for one in node.children))
        node.high = min(node.high, sum(one.high for one in node.children))
    for child in node.children:
        child.high = min(child.high, node.high)
        others = sum(one.high for one in node.children if one is not child)
        child.low = max(child.low, node.low - others)
    return before != [(one.low, one.high) for one in (node, *node.all_under)]


# --- tables by house and quarter --------------------------------------------------------------


def table_told(cells: Cells, total: Decimal, k: int, before: Iterable[Cells]) -> Table | None:
    """This function will give the protected table of a total that is told, or nothing.

    Nothing when it does not add up to the total, is too small, or would tell beside an earlier one.
    """
    if sum(cells.values()) != total or not cells:
        return None
    made = protect_table(cells, k)
    if any(one.shown is Shown.WITHHELD for one in made.cells.values()):
        return None
    for old in before:
        if _whole(old) != _whole(cells) and not _moved_clearly(old, cells, k):
            return None
    return made


def _whole(cells: Cells) -> Cells:
    return {cell: value for cell, value in cells.items() if value}


def _moved_clearly(old: Cells, new: Cells, k: int) -> bool:
    """Every cell is told in both, and no cell nor sum of cells moved by one to k−1."""
    for cells in (old, new):
        made = protect_table(cells, k)
        if any(one.shown is not Shown.PLAIN for one in (*made.cells.values(), *made.rows.values(), *made.columns.values())):  # fmt: skip
            return False
    moved = {cell: new.get(cell, 0) - old.get(cell, 0) for cell in {*old, *new}}
    lines = {("row", row): 0 for row, _column in moved} | {("column", c): 0 for _row, c in moved}
    for (row, column), change in moved.items():
        lines["row", row] += change
        lines["column", column] += change
    return all(_is_clear(abs(change), k) for change in (*moved.values(), *lines.values()))
