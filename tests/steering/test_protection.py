"""Small numbers: a reader who tries every possible table cannot tell a count under k."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from beffroi.steering.protection import (
    LEAST_CHOICES,
    Printed,
    Shown,
    Table,
    TellsTooMuch,
    answer,
    protect_list,
    protect_one,
    protect_ratio,
    protect_table,
    tells,
    threshold,
)

PLAIN, SMALL, HIDDEN, WITHHELD = Shown.PLAIN, Shown.SMALL, Shown.HIDDEN, Shown.WITHHELD


# --- the reader, playing every table ---------------------------------------------------------


def _fits(printed: Printed, value: int, k: int) -> bool:
    if printed.shown is PLAIN:
        return printed.value == value
    if printed.shown is SMALL:
        return 1 <= value < k
    return printed.shown is WITHHELD or value >= k


def _values(printed: Printed, k: int, most: int) -> list[int]:
    return [value for value in range(most + 1) if _fits(printed, value, k)]


def _believed(table: Table, most: int) -> dict[object, set[int]]:
    """Each value that each small cell or margin takes in a table that fits what is printed."""
    cells, k = list(table.cells), table.k
    rows, columns = sorted(table.rows), sorted(table.columns)
    found: dict[object, set[int]] = {}
    for values in product(*(_values(table.cells[cell], k, most) for cell in cells)):
        held = dict(zip(cells, values, strict=True))
        of_row = {r: sum(v for (row, _c), v in held.items() if row == r) for r in rows}
        of_column = {c: sum(v for (_r, column), v in held.items() if column == c) for c in columns}
        total = sum(values)
        fits = (
            all(_fits(table.rows[r], of_row[r], k) for r in rows)
            and all(_fits(table.columns[c], of_column[c], k) for c in columns)
            and _fits(table.total, total, k)
        )
        if fits:
            for key, value in (*held.items(), *of_row.items(), *of_column.items(), (None, total)):
                found.setdefault(key, set()).add(value)
    return found


def _small(table: Table) -> list[object]:
    printed = {**table.cells, **table.rows, **table.columns, None: table.total}
    return [key for key, one in printed.items() if one.shown is SMALL]


counts = st.one_of(st.integers(0, 3), st.integers(0, 9))


@settings(max_examples=100, deadline=None)
@given(st.lists(counts, min_size=4, max_size=4), st.integers(3, 4))
def test_reader_of_two_dimensions_is_left_with_several_values(values: list[int], k: int) -> None:
    cells = dict(zip(product("ab", "xy"), values, strict=True))
    table = protect_table(cells, k)
    believed = _believed(table, most=11)
    for key in _small(table):
        assert len(believed[key]) >= min(LEAST_CHOICES, k - 1), (cells, table)
    for cell, value in cells.items():
        assert _fits(table.cells[cell], value, k), "what is printed is true"


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(0, 6), min_size=6, max_size=6))
def test_reader_of_a_wider_table_is_left_with_several_values(values: list[int]) -> None:
    cells = dict(zip(product("ab", "xyz"), values, strict=True))
    table = protect_table(cells, 3)
    believed = _believed(table, most=8)
    for key in _small(table):
        assert len(believed[key]) >= 2, (cells, table)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 14), min_size=1, max_size=3))
def test_reader_of_a_list_is_left_with_several_values(values: list[int]) -> None:
    parts = {str(rank): value for rank, value in enumerate(values)}
    table = protect_list(parts, 5)
    believed = _believed(table, most=20)
    for key in _small(table):
        assert len(believed[key]) >= LEAST_CHOICES, (parts, table)


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(st.tuples(st.sampled_from("abcdef"), st.sampled_from("uvwxyz")), counts))
def test_no_small_count_is_printed_and_every_zero_of_an_open_table_is(cells) -> None:
    table = protect_table(cells, 5)
    for cell, value in cells.items():
        printed = table.cells[cell]
        if 0 < value < 5:
            assert printed.shown in (SMALL, WITHHELD)
        elif value == 0:
            assert printed.shown in (PLAIN, WITHHELD)
        else:
            assert printed in (Printed(PLAIN, value), Printed(HIDDEN), Printed(WITHHELD))
    total = sum(cells.values())
    assert table.total in (protect_one(total, 5), Printed(WITHHELD))


# --- by hand ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "k", "words"),
    [(0, 5, "0"), (1, 5, "<5"), (4, 5, "<5"), (5, 5, "5"), (9, 10, "<10"), (10, 10, "10")],
)
def test_one_figure_is_hidden_under_k_and_zero_is_printed(value: int, k: int, words: str) -> None:
    assert protect_one(value, k).words(k) == words


def test_health_justice_addiction_and_violence_are_hidden_under_ten() -> None:
    assert (threshold(False), threshold(True)) == (5, 10)


def test_a_single_small_part_takes_the_next_smallest_with_it() -> None:
    table = protect_list({"women": 3, "men": 40, "other": 12}, 5)
    assert {key[1]: one.words(5) for key, one in table.cells.items()} == {
        "women": "<5", "men": "40", "other": "…",
    }  # fmt: skip
    assert table.total.words(5) == "55"


def test_a_part_that_bounds_would_give_away_withholds_the_breakdown() -> None:
    """1 + 5 = 6: a reader who knows that the other part is 5 or more would find the 1."""
    table = protect_list({"women": 1, "men": 5}, 5)
    assert {one.shown for one in table.cells.values()} == {WITHHELD}


def test_four_ones_under_a_small_total_withhold_the_breakdown() -> None:
    table = protect_list(dict.fromkeys("abcd", 1), 5)
    assert {one.shown for one in table.cells.values()} == {WITHHELD}


def test_a_breakdown_without_small_parts_is_printed_whole() -> None:
    table = protect_table({("a", "x"): 7, ("a", "y"): 0, ("b", "x"): 5, ("b", "y"): 22}, 5)
    assert {one.shown for one in table.cells.values()} == {PLAIN}
    assert (table.rows["a"].value, table.columns["y"].value, table.total.value) == (7, 22, 34)


def test_negative_count_is_refused() -> None:
    for protect in (protect_list,):
        with pytest.raises(ValueError, match="zero or more"):
            protect({"a": -1})
    with pytest.raises(ValueError, match="zero or more"):
        protect_one(-1)


@pytest.mark.parametrize(
    ("numerator", "denominator", "told"),
    [
        (0, 20, True),
        (5, 20, True),
        (4, 20, False),
        (3, 4, False),
        (17, 20, False),
        (20, 20, True),
        (90, 12, True),
    ],
)
def test_ratio_is_told_when_neither_half_is_a_few(numerator, denominator, told) -> None:
    assert protect_ratio(numerator, denominator) is told


# --- questions that overlap --------------------------------------------------------------------


def _group(*ranges: tuple[int, int]) -> frozenset[int]:
    return frozenset(n for start, end in ranges for n in range(start, end))


def test_two_nested_questions_that_differ_by_a_few_are_refused() -> None:
    everybody, but_three = _group((0, 20)), _group((0, 17))
    assert tells(but_three, [everybody], 5)
    assert tells(everybody, [but_three], 5)
    with pytest.raises(TellsTooMuch):
        answer(but_three, [everybody], 5)


def test_two_questions_that_differ_by_many_or_share_nobody_are_answered() -> None:
    assert answer(_group((0, 15)), [_group((0, 20))], 5) == Printed(PLAIN, 15)
    assert answer(_group((0, 8)), [_group((8, 16))], 5) == Printed(PLAIN, 8)
    assert answer(_group((0, 3)), [_group((3, 30))], 5) == Printed(SMALL)


def test_the_same_question_again_is_answered() -> None:
    assert not tells(_group((0, 9)), [_group((0, 9))], 5)


def test_three_questions_tell_what_two_have_in_common() -> None:
    one, other = _group((0, 20)), _group((18, 40))
    assert not tells(other, [one], 5)
    assert tells(_group((0, 40)), [one, other], 5)


def test_parts_and_their_whole_tell_the_few_who_are_left() -> None:
    parts = [_group((0, 10)), _group((10, 20)), _group((20, 30))]
    assert tells(_group((0, 32)), parts, 5)
    assert not tells(_group((0, 36)), parts, 5)
    assert not tells(_group((0, 30)), parts, 5)


@settings(max_examples=80, deadline=None)
@given(st.lists(st.frozensets(st.integers(0, 11)), max_size=4), st.frozensets(st.integers(0, 11)))
def test_no_sum_or_difference_of_two_answers_counts_a_few(earlier, asked) -> None:
    answered: list[frozenset[int]] = []
    for group in (*earlier, asked):
        if not tells(group, answered, 3):
            answered.append(group)
    printed = [group for group in answered if len(group) >= 3]
    for one, other in product(printed, repeat=2):
        if one < other:
            assert not 0 < len(other) - len(one) < 3
