"""Nobody can work out a count under k from what is published of a plan, over lines and over time."""

import pytest
from tests.steering.attack import K, equations, known, truth
from tests.steering.reader import Reader
from tests.steering.town import Town

from beffroi.steering.telling.page import earlier_of, tell


def _published(town: Town) -> dict[str, dict]:
    """Two years, and the first one again after a correction, as three votes publish them."""
    first, second = tell(town.content(2024), "mons", earlier_of([])), None
    second = tell(town.content(2025), "mons", earlier_of([]))
    again = tell(town.corrected().content(2024), "mons", earlier_of([first.kept]))
    return {"2024r1": first.page, "2025r1": second.page, "2024r2": again.page}


def test_reader_solves_what_can_be_solved() -> None:
    reader = Reader()
    reader.know("whole", 12, 12)
    reader.know("a", 1, 4)
    reader.total("whole", ["a", "b"])
    assert not reader.is_known("a", 3)
    reader.know("b", 9, 9)
    assert reader.is_known("a", 3)


@pytest.mark.parametrize("seed", range(60))
def test_no_count_under_k_is_known_from_what_is_published(seed: int) -> None:
    town = Town(seed)
    pages = _published(town)
    for year in ("2024r1", "2025r1"):
        reader = equations({year: pages[year]})
        held = truth({year: town})
        assert reader.agrees(held)
        assert known(reader, held) == []
    # Of both revisions together: what the second keeps as before is as the first said it.
    both = equations({name: pages[name] for name in ("2024r1", "2024r2")})
    held = truth({"2024r1": town})
    small = [one for one in held if 0 < held[one] < K and one in both.bounds]
    assert [one for one in small if both.is_known(one, held[one])] == []
