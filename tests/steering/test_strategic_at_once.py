"""An objective ends while something is added below: whichever is first, the other sees it."""

from collections.abc import Callable
from datetime import date
from unittest.mock import patch

import pytest
from django.test import TransactionTestCase
from tests.factories.steering import GIVEN
from tests.factories.strategic import action, element, ongoing, pst
from tests.journal import FlushesJournal
from tests.threads import Between, database_for_threads, in_threads

from beffroi.core.errors import WrongState
from beffroi.steering import services as steering
from beffroi.steering.models import Element
from beffroi.steering.services import strategic, strategic_moves
from beffroi.steering.strategic_enums import OPEN, Level

DAY = date(2020, 6, 30)


def _move(row: Element, move: str) -> Element:
    return steering.move_element(element=row, move=move, on=DAY, why="Il le faut.", **GIVEN)


def _under_way() -> tuple[Element, Element]:
    """An objective under way and its one action, finished."""
    above = element(pst(), Level.OPERATIONAL)
    row = ongoing(above.plan, above)
    _move(above, "start")
    _move(row, "finish")
    return above, row


@pytest.mark.django_db
@pytest.mark.parametrize("end", ["finish", "cancel"])
def test_nothing_is_added_or_opened_again_under_what_has_ended(end: str) -> None:
    above, row = _under_way()
    _move(above, end)
    with pytest.raises(WrongState) as told:
        action(above.plan, Element.objects.get(pk=above.pk))
    assert told.value.todo == "Rouvrez-le d’abord."
    with pytest.raises(WrongState):
        _move(row, "reopen")
    _move(above, "reopen" if end == "finish" else "revive")
    assert _move(row, "reopen").state in OPEN
    assert action(above.plan, above).state in OPEN


class EndedAndAdded(FlushesJournal, TransactionTestCase):
    def _meet(self, acts: list[Callable[[], object]], where: tuple[object, str]) -> list[str]:
        """Runs the first act, and the second between its look and its write."""
        between = Between(getattr(*where))

        def told(act: Callable[[], object]) -> str:
            try:
                act()
            except WrongState:
                return "refused"
            return "done"

        with database_for_threads(), patch.object(*where, between):
            said = in_threads(
                lambda act: act(),
                [lambda: told(acts[0]), lambda: between.second(lambda: told(acts[1]))],
            )
            ended = Element.objects.exclude(state__in=OPEN)
            wrong = ended.filter(children__state__in=OPEN)
            assert in_threads(lambda _once: wrong.exists(), range(1)) == [False]
        return said

    def test_action_is_not_added_to_an_objective_that_ends(self) -> None:
        above, _row = _under_way()
        acts = [lambda: _move(above, "finish"), lambda: action(above.plan, above)]
        assert self._meet(acts, (strategic_moves, "_nothing_open_below")) == ["done", "refused"]

    def test_objective_does_not_end_while_an_action_is_added(self) -> None:
        above, _row = _under_way()
        acts = [lambda: action(above.plan, above), lambda: _move(above, "finish")]
        assert self._meet(acts, (strategic, "must_be_open")) == ["done", "refused"]

    def test_action_is_not_opened_again_under_an_objective_that_ends(self) -> None:
        above, row = _under_way()
        acts = [lambda: _move(above, "finish"), lambda: _move(row, "reopen")]
        assert self._meet(acts, (strategic_moves, "_nothing_open_below")) == ["done", "refused"]
