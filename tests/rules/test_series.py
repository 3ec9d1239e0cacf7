"""A parameter has a value from a day on, and none before or after it ended."""

from datetime import date
from pathlib import Path

import pytest

from beffroi.rules.series import OutsideParameters, Source, UnknownSeries, read_file, series

_FILE = """
sources:
  S1: {title: Moniteur belge, url: "https://example.org/mb"}
  S2: {title: Mémoire}
series:
  bread:
    description: Prix du pain
    unit: EUR
    reference: loi art. 1
    values:
    - {since: 2021-01-01, value: "2.10", status: inferred, source: S2, note: à vérifier}
    - {since: 2020-01-01, value: "2.00", status: read, source: S1}
    - {since: 2022-01-01, value: null, status: read, source: S1, reference: loi art. 2}
"""


@pytest.fixture
def bread(tmp_path: Path):
    path = tmp_path / "bread.yaml"
    path.write_text(_FILE, encoding="utf-8")
    return read_file(path)[0]


def test_on_gives_the_value_from_its_first_day_to_the_eve_of_the_next(bread) -> None:
    days = (date(2020, 1, 1), date(2020, 12, 31), date(2021, 1, 1), date(2021, 12, 31))
    assert [bread.on(day).value for day in days] == ["2.00", "2.00", "2.10", "2.10"]
    assert list(bread.changes()) == [date(2020, 1, 1), date(2021, 1, 1), date(2022, 1, 1)]


def test_on_says_how_the_value_is_known(bread) -> None:
    read, inferred = bread.on(date(2020, 5, 1)), bread.on(date(2021, 5, 1))
    assert (read.is_read, read.source, read.reference, read.note) == (
        True, Source("S1", "Moniteur belge", "https://example.org/mb"), "loi art. 1", "",
    )  # fmt: skip
    assert (inferred.is_read, inferred.source, inferred.note) == (
        False, Source("S2", "Mémoire"), "à vérifier",
    )  # fmt: skip


@pytest.mark.parametrize("day", [date(2019, 12, 31), date(2022, 1, 1)])
def test_on_refuses_a_day_outside_the_series(bread, day: date) -> None:
    with pytest.raises(OutsideParameters, match="Prix du pain"):
        bread.on(day)
    assert bread.get(day) is None


def test_series_refuses_a_name_nobody_wrote() -> None:
    with pytest.raises(UnknownSeries, match="no_such_series"):
        series("no_such_series")
