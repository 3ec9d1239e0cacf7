"""The table of a workflow, and the words an act wants."""

import pytest

from beffroi.core.errors import InvalidInput, must_say
from beffroi.core.moves import Move, table


def test_table_keeps_its_moves_in_order_and_refuses_two_of_one_key() -> None:
    close, reopen = Move("close", ("open",), "closed", "Clore"), Move("reopen", ("closed",), "open", "Rouvrir")  # fmt: skip
    assert list(table(reopen, close).items()) == [("reopen", reopen), ("close", close)]
    with pytest.raises(ValueError, match="same key"):
        table(close, close)


@pytest.mark.parametrize("text", ["", "   ", "\n\t"])
def test_what_must_be_said_is_refused_empty_beside_its_field(text: str) -> None:
    with pytest.raises(InvalidInput) as told:
        must_say(text, "Dites pourquoi.", "reason")
    assert (told.value.what, told.value.fields) == (
        "Dites pourquoi.",
        {"reason": "Dites pourquoi."},
    )


def test_what_was_said_is_given_without_its_edges() -> None:
    assert must_say("  Il pleut. ", "Dites pourquoi.") == "Il pleut."
