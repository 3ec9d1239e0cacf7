"""The ISADF in both directions: outside is always better."""

from decimal import Decimal

import pytest

from beffroi.rules.isadf import OutsideScale, UnknownEdition, edition, editions, position


@pytest.mark.parametrize("year", [2018, 2025])
def test_later_editions_put_a_high_value_outside(year: int) -> None:
    assert edition(year).high_is_good
    assert position(Decimal(0), year) == 0
    assert position(Decimal("0.25"), year) == Decimal("0.25")
    assert position(Decimal(1), year) == 1


def test_edition_of_2013_puts_a_high_value_at_the_centre() -> None:
    assert not edition(2013).high_is_good
    assert position(Decimal(3), 2013) == 0
    assert position(Decimal(0), 2013) == Decimal("0.5")
    assert position(Decimal(-3), 2013) == 1
    assert position(Decimal("1.5"), 2013) == Decimal("0.25")
    # Beyond the drawing, still on it.
    assert (position(Decimal(9), 2013), position(Decimal(-9), 2013)) == (0, 1)


def test_a_better_access_is_further_out_in_every_edition() -> None:
    for year, read in editions().items():
        worse, better = (read.least, read.most) if read.high_is_good else (read.most, read.least)
        assert position(worse, year) < position(better, year)


@pytest.mark.parametrize("year", [2012, 2017, 2024, 0])
def test_unknown_edition_is_refused(year: int) -> None:
    with pytest.raises(UnknownEdition):
        position(Decimal(0), year)


@pytest.mark.parametrize(("value", "year"), [("1.0001", 2018), ("-0.1", 2025), ("10.5", 2013)])
def test_value_the_edition_cannot_give_is_refused(value: str, year: int) -> None:
    with pytest.raises(OutsideScale):
        position(Decimal(value), year)
