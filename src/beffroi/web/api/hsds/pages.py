"""A list cut in pages, or streamed whole, one result a line."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Generic, TypeVar

from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponseBase, JsonResponse, StreamingHttpResponse

from beffroi.web.api.hsds.parameters import Asked

Row = TypeVar("Row", bound=Model)
_AT_ONCE = 200
#: Results of one answer; a mirror that needs only dates takes them all.
Show = Callable[[Sequence[Any]], Iterable[dict[str, Any]]]


class Rows(Generic[Row]):
    """Rows in their order: a queryset, or the ids that a search found in a queryset."""

    def __init__(self, rows: QuerySet[Row], found: Sequence[Any] | None = None) -> None:
        self.rows, self.found = rows, found

    def count(self) -> int:
        """This method gives how many rows there are."""
        return self.rows.count() if self.found is None else len(self.found)

    def cut(self, start: int, end: int) -> list[Row]:
        """This method gives the rows from `start` to `end`, in order."""
        if self.found is None:
            return list(self.rows[start:end])
        wanted = self.found[start:end]
        held = {row.pk: row for row in self.rows.filter(pk__in=wanted)}
        return [held[pk] for pk in wanted if pk in held]


def answer(
    asked: Asked, rows: Rows[Any], show: Show, *, all_at_once: bool = False
) -> HttpResponseBase:
    """This function will answer one page of `rows`, or everything where it is asked for."""
    if asked["format"] == "ndjson":
        return _open(StreamingHttpResponse(_lines(rows, show), content_type="application/x-ndjson"))
    total = rows.count()
    size = max(total, 1) if all_at_once and "per_page" not in asked.values else asked["per_page"]
    page = asked["page"]
    start = (page - 1) * size
    contents = list(show(rows.cut(start, start + size))) if start < total else []
    pages = max(1, -(-total // size))
    return json_answer(
        {
            "total_items": total,
            "total_pages": pages,
            "page_number": page,
            "size": len(contents),
            "first_page": page == 1,
            "last_page": page >= pages,
            "empty": not contents,
            "contents": contents,
        }
    )


def _lines(rows: Rows[Any], show: Show) -> Iterator[str]:
    start = 0
    while chunk := rows.cut(start, start + _AT_ONCE):
        for item in show(chunk):
            yield json.dumps(item, ensure_ascii=False) + "\n"
        start += _AT_ONCE


def json_answer(content: dict[str, Any], status: int = 200) -> JsonResponse:
    """This function will answer JSON that any page of the web may read."""
    response = JsonResponse(content, status=status, json_dumps_params={"ensure_ascii": False})
    _open(response)
    return response


def error(status: int, what: str, **more: Any) -> JsonResponse:
    """This function will say in JSON what is wrong."""
    return json_answer({"error": what, **more}, status=status)


def _open(response: HttpResponseBase) -> HttpResponseBase:
    response["Access-Control-Allow-Origin"] = "*"
    return response


def absolute(request: HttpRequest, path: str) -> str:
    """This function will give the whole address of a path of this house."""
    return request.build_absolute_uri(path)


def json_list(items: Iterable[dict[str, Any]]) -> bytes:
    """This function will write a list as JSON."""
    return json.dumps(list(items), ensure_ascii=False).encode()
