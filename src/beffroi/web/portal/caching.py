"""Whole pages kept for everybody who is nobody in particular, until the directory changes.

A page is kept under its path (which holds its language), the parts of its query that it reads,
the stamp of the directory and of the alert, and the day. One query finds the stamp; nothing
else is asked of the database when the page is there.
"""

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils import timezone

from beffroi.directory import everywhere as directory
from beffroi.web.portal.links import FREE_NUMBER_OF

View = Callable[..., HttpResponse]
_AN_HOUR = 60 * 60
_LONGEST_PART = 40
_EVERYWHERE = "everywhere"


def _stamp(request: HttpRequest) -> str:
    """The stamp, by the short query; or, in a process that knows nothing yet, with all the rest."""
    kept: str | None = getattr(request, "portal_stamp", None)
    if kept is None:
        kept = directory.stamp() if _EVERYWHERE in caches["pages"] else _read_everywhere().stamp
        request.portal_stamp = kept  # type: ignore[attr-defined]
    return kept


def _read_everywhere() -> directory.Everywhere:
    found = directory.everywhere(FREE_NUMBER_OF)
    caches["pages"].set(_EVERYWHERE, found, _AN_HOUR)
    return found


def everywhere(request: HttpRequest) -> directory.Everywhere:
    """This function will give what every page repeats, read once for each stamp of the directory."""
    stamp = _stamp(request)
    kept: directory.Everywhere | None = caches["pages"].get(_EVERYWHERE)
    return kept if kept is not None and kept.stamp == stamp else _read_everywhere()


def _is_for_anybody(request: HttpRequest) -> bool:
    """No session, no message waiting: the page would be the same for the next person."""
    personal = (settings.SESSION_COOKIE_NAME, CookieStorage.cookie_name)
    return request.method in ("GET", "HEAD") and not any(n in request.COOKIES for n in personal)


def _key(request: HttpRequest, reads: tuple[str, ...]) -> str | None:
    parts = []
    for name in reads:
        value = request.GET.get(name, "")
        if len(value) > _LONGEST_PART:
            return None
        parts.append(f"{name}={value}")
    whole = "\n".join([request.path, *parts, str(timezone.localdate()), _stamp(request)])
    return hashlib.blake2b(whole.encode(), digest_size=16).hexdigest()


def _served(request: HttpRequest, body: bytes, kind: str, etag: str) -> HttpResponse:
    if request.headers.get("If-None-Match") == etag:
        response: HttpResponse = HttpResponseNotModified()
    else:
        response = HttpResponse(body, content_type=kind)
    response["ETag"] = etag
    response["Cache-Control"] = "no-cache"
    return response


def public_page(*reads: str, uncached: str = "") -> Callable[[View], View]:
    """This function will keep the page for everybody; `reads` are the parts of the query it reads.

    With the part `uncached` in the query the page is made anew. A page so marked is also one
    that search engines may list.
    """

    def around(view: View) -> View:
        @wraps(view)
        def kept(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            usable = _is_for_anybody(request) and not (uncached and request.GET.get(uncached))
            key = _key(request, reads) if usable else None
            if key is None:
                return view(request, *args, **kwargs)
            pages = caches["pages"]
            found = pages.get(key)
            if found is not None:
                return _served(request, *found)
            response = view(request, *args, **kwargs)
            if response.status_code != 200 or response.cookies or response.streaming:
                return response
            etag = f'"{hashlib.blake2b(response.content, digest_size=12).hexdigest()}"'
            page = (response.content, response["Content-Type"], etag)
            pages.set(key, page, _AN_HOUR)
            return _served(request, *page)

        kept.is_public_page = True  # type: ignore[attr-defined]
        return kept

    return around
