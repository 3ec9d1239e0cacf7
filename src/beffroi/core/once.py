"""What several parts of one page ask is worked out once: kept while the page is read, never longer.

A page that only reads is opened by the doors with `reading_a_page`. Elsewhere, in an act, a command
or a test, `once` keeps nothing and asks each time: what has just changed is seen.
"""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

_Answer = TypeVar("_Answer")
_PAGE: ContextVar[dict[Hashable, Any] | None] = ContextVar("page", default=None)


@contextmanager
def reading_a_page() -> Iterator[None]:
    """This function will keep the answers of `once` until the page is written."""
    token = _PAGE.set({})
    try:
        yield
    finally:
        _PAGE.reset(token)


def once(question: Hashable, ask: Callable[[], _Answer]) -> _Answer:
    """This function will give the answer to a question, asked once in a page that only reads.

    `question` names all that the answer depends on, whoever asks included.
    """
    page = _PAGE.get()
    if page is None:
        return ask()
    if question not in page:
        page[question] = ask()
    answer: _Answer = page[question]
    return answer
