"""An answer is kept while one page is read, for whoever asked, and not longer."""

from itertools import count

from beffroi.core.once import once, reading_a_page


def test_once_asks_each_time_outside_a_page() -> None:
    numbers = count()
    assert [once("n", lambda: next(numbers)) for _turn in range(2)] == [0, 1]


def test_once_keeps_the_answer_within_a_page_and_forgets_it_after() -> None:
    numbers = count()
    seen = []
    for _page in range(2):
        with reading_a_page():
            seen.append([once("n", lambda: next(numbers)) for _turn in range(3)])
    assert seen == [[0, 0, 0], [1, 1, 1]]


def test_once_tells_apart_who_asks() -> None:
    with reading_a_page():
        assert once(("n", "claire"), lambda: 1) == 1
        assert once(("n", "anne"), lambda: 2) == 2


def test_once_keeps_an_answer_that_is_nothing() -> None:
    asked = []
    with reading_a_page():
        for _turn in range(2):
            assert once("n", lambda: asked.append(1)) is None
    assert asked == [1]
