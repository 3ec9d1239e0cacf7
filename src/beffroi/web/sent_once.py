"""What is sent twice is done once: a form that carries a mark gets the answer of its first sending.

Forms of the desk, the board and the field ask for their mark with `{% once %}`. Whoever presses
twice, or sends the same again from a tab found back, is led where the first sending led: if she may
still go there, for the mark is looked at only once the page is open to her.
"""

import hmac
from collections.abc import Callable
from contextlib import ExitStack
from hashlib import sha256
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import Resolver404, resolve
from django.utils import timezone

from beffroi.audit.sendings import Answer, Sent, sending

#: The hidden field that carries the mark.
FIELD = "envoi"
#: Given as `extra_tags` to a sentence that is said once and kept nowhere, a code for example. What
#: says it is done again when it is sent again: its own service makes it one, and says the same.
SAID_ONCE = "said-once"
#: Pages where an agent proves who she is: led there, nothing was done yet.
_PROOFS = ("account_", "mfa_")
GetResponse = Callable[[HttpRequest], HttpResponse]


class sent_once:  # noqa: N801 — a middleware reads as the sentence it enforces
    """Does what a marked form asks once, however often it is sent."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with ExitStack() as held:
            request.mark_held = held  # type: ignore[attr-defined]
            response = self.get_response(request)
            sent: Sent | None = getattr(request, "mark_sent", None)
            if sent:
                sent.has_failed = response.status_code >= 500
                sent.answer = _answer_of(request, response)
        return response

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        mark = _mark_of(request)
        if mark is None:
            return None
        told = {"sender": str(request.user.pk), "path": request.get_full_path()}
        holding = sending(mark=mark, digest=_digest(request), at=timezone.now(), **told)
        sent = request.mark_held.enter_context(holding)  # type: ignore[attr-defined]
        if sent.known is None:
            request.mark_sent = sent  # type: ignore[attr-defined]
            return None
        for tone, said in sent.known.words:
            messages.add_message(request, tone, said)
        return HttpResponseRedirect(sent.known.address)


def _mark_of(request: HttpRequest) -> UUID | None:
    if request.method != "POST" or not request.user.is_authenticated:
        return None
    try:
        return UUID(request.POST.get(FIELD, ""))
    except ValueError:
        return None


def _digest(request: HttpRequest) -> str:
    """Stands for all that was sent, files too; the token against forgery changes and says nothing.

    The key of the house makes it: a short code that was typed is not found again by trying them all.
    """
    found = hmac.new(settings.SECRET_KEY.encode(), digestmod=sha256)
    for name, values in sorted(request.POST.lists()):
        if name != "csrfmiddlewaretoken":
            found.update(repr((name, values)).encode())
    for name, files in sorted(request.FILES.lists()):
        for one in files:
            found.update(repr((name, one.name, one.size)).encode())
            for chunk in one.chunks():
                found.update(chunk)
            one.seek(0)
    return found.hexdigest()


def _answer_of(request: HttpRequest, response: HttpResponse) -> Answer | None:
    """What is done leads to a page without a word of refusal; anything else may be sent again."""
    queued = getattr(get_messages(request), "_queued_messages", [])
    said = [(one.level, str(one.message)) for one in queued]
    if response.status_code != 302 or any(tone >= messages.ERROR for tone, _said in said):
        return None
    is_kept = not any(one.extra_tags == SAID_ONCE for one in queued)
    return Answer(response["Location"], tuple(said)) if is_kept and _leads_on(response) else None


def _leads_on(response: HttpResponse) -> bool:
    try:
        name = resolve(urlsplit(response["Location"]).path).view_name
    except Resolver404:
        return True
    return not name.startswith(_PROOFS)
