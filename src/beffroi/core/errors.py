"""Expected refusals: what is refused, why, and what to do; the doors turn them into messages."""

from collections.abc import Mapping


class Refusal(Exception):
    """An act that cannot be done, said in words that a caseworker or a citizen can use."""

    def __init__(self, what: str, why: str = "", todo: str = "") -> None:
        self.what, self.why, self.todo = what, why, todo
        super().__init__(" ".join(part for part in (what, why, todo) if part))


class NotAllowed(Refusal):
    """The actor does not hold the right; a page answers as if the thing did not exist."""


class WrongState(Refusal):
    """The thing has moved on meanwhile, or never was where this act starts from."""


class InvalidInput(Refusal):
    """What was given cannot be taken; `fields` says where, in words for the person."""

    def __init__(
        self, what: str, fields: Mapping[str, str] | None = None, why: str = "", todo: str = ""
    ) -> None:
        self.fields = dict(fields or {})
        super().__init__(what, why, todo)


def must_say(text: str, words: str, field: str = "why") -> str:
    """This function will give a text without its edges.

    Raises: InvalidInput, with these words beside this field, when it is empty.
    """
    said = text.strip()
    if not said:
        raise InvalidInput(words, fields={field: words})
    return said
