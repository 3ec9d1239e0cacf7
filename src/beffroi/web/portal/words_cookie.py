"""A person's words between two pages: signed, for half an hour, in her own browser and nowhere else."""

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

NAME = "portal_words"
MOST_CHARACTERS = 600
_MOST_BYTES = 3500
_SECONDS = 30 * 60
_SALT = "beffroi.portal.words"


def tidy(words: str) -> str:
    """This function will give words on one line, without what no one types, and not too long."""
    return " ".join("".join(c if c.isprintable() else " " for c in words).split())[:MOST_CHARACTERS]


def keep(response: HttpResponse, words: str) -> None:
    """This function will keep the words in a cookie that only this site reads."""
    packed = signing.dumps(words, salt=_SALT, compress=True)
    while len(packed) > _MOST_BYTES:
        words = words[: len(words) * 3 // 4]
        packed = signing.dumps(words, salt=_SALT, compress=True)
    response.set_cookie(
        NAME, packed, max_age=_SECONDS, httponly=True, samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )  # fmt: skip


def read(request: HttpRequest) -> str:
    """This function will give the words kept, or nothing once they are old or were changed."""
    try:
        words = signing.loads(request.COOKIES.get(NAME, ""), salt=_SALT, max_age=_SECONDS)
    except signing.BadSignature:
        return ""
    return words if isinstance(words, str) else ""
