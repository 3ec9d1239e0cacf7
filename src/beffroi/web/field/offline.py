"""What a phone needs without a network: the worker that keeps pages, and the way back of the taps.

A tap waits on the phone under a mark of its own and may be sent any number of times: it counts
once. The clock of a phone may be wrong: it sends what it reads now, and its taps are moved by the
difference.
"""

import json
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from beffroi.acts.activities import services as activities
from beffroi.acts.activities.enums import AgeBand
from beffroi.acts.activities.services import MOST_TAPS, TapDraft
from beffroi.core.errors import NotAllowed
from beffroi.core.sending import MOST_ACTS, REFUSED, Fate
from beffroi.core.text import fit_to_keep

#: What the worker keeps besides pages: enough to draw them.
_ASSETS = (
    "beffroi/css/tokens.css", "beffroi/css/base.css", "beffroi/css/desk.css",
    "beffroi/css/field.css", "beffroi/css/activities.css", "beffroi/css/stays.css",
    "beffroi/css/print.css",
    "beffroi/js/field.js", "beffroi/js/field-terrain.js",
    "beffroi/js/field-abri.js", "beffroi/img/favicon.svg",
    "beffroi/fonts/atkinson-hyperlegible-next-latin-wght-normal.woff2",
)  # fmt: skip
#: What reading a phone’s sending may meet when it was not written by one of ours.
UNREADABLE = (
    KeyError, TypeError, ValueError, AttributeError, OverflowError, OSError, RecursionError,
)  # fmt: skip

#: Between these, a day has one before it and one after it in every time zone.
_FIRST_YEAR, _LAST_YEAR = 1900, 9000


@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """This function will give the script that keeps the phones’ pages, for /field/ and no more."""
    context = {"assets": json.dumps([static(name) for name in _ASSETS])}
    answer = render(request, "field/worker.js", context, content_type="text/javascript")
    answer["Cache-Control"] = "no-cache"
    return answer


@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    """This function will say how the phones’ door is put on the home screen."""
    said = {
        "name": _("Beffroi sur place"), "short_name": _("Sur place"), "lang": "fr",
        "start_url": reverse("field:today"), "scope": reverse("field:today"),
        "display": "standalone", "background_color": "#faf7f1", "theme_color": "#1c3557",
        "icons": [{"src": static("beffroi/img/touch-icon.png"), "sizes": "180x180", "type": "image/png"}],
    }  # fmt: skip
    return JsonResponse(said, content_type="application/manifest+json")


def moment(read: Any) -> datetime:
    """This function will give the moment a phone reads, in milliseconds. Raises: ValueError."""
    return datetime.fromtimestamp(int(read) / 1000, tz=UTC)


def made_at(given: dict[str, Any], drift: timedelta) -> datetime:
    """This function will give the moment of an act by our clock. Raises: any of `UNREADABLE`."""
    found = moment(given["at"]) + drift
    if not _FIRST_YEAR < found.year < _LAST_YEAR:
        raise ValueError("no clock reads this")
    return found


def milliseconds(at: datetime) -> int:
    """This function will give a moment in milliseconds, as phones read it."""
    return int(at.timestamp() * 1000)


def sent_acts(request: HttpRequest, now: datetime) -> tuple[list[dict[str, Any]], timedelta]:
    """This function will give the acts a phone sends, and how far its clock is from ours.

    Raises: any of `UNREADABLE`.
    """
    sent = json.loads(request.body)
    acts = [fit_to_keep(one) for one in list(sent["taps"])[:MOST_ACTS] if isinstance(one, dict)]
    return acts, now - moment(sent["now"])


def words_of(form: Any) -> str:
    """This function will give what is wrong with a form in one line: there is no field to say it beside."""
    named = {name: form[name].label for name in form.errors if name in form.fields}
    said = [
        f"{named[name]}\u202f: {word}" if name in named else str(word)
        for name, words in form.errors.items()
        for word in words
    ]
    return " ".join(said)


def told_acts(
    given: list[dict[str, Any]], drafts: list[Any], told: dict[UUID, Fate]
) -> dict[str, dict[str, str]]:
    """This function will give what became of each act, and why those that are refused are.

    `drafts` are those acts in their order: read, or in words why one cannot be.
    """
    taps = {str(mark): str(fate) for mark, fate in told.items()}
    words = {str(mark): fate.words for mark, fate in told.items() if fate.words}
    for one, draft in zip(given, drafts, strict=True):
        mark = str(one.get("mark"))
        if mark not in taps:
            taps[mark] = REFUSED
            words[mark] = draft if isinstance(draft, str) else ""
    return {"taps": taps, "words": words}


def _draft(given: Any, drift: timedelta) -> TapDraft | None:
    """A tap as the phone wrote it; nothing when it cannot be read."""
    try:
        who = str(given.get("participant") or "")
        return TapDraft(
            mark=UUID(str(given["mark"])), session=int(given["session"]), kind=str(given["kind"]),
            tapped_at=made_at(given, drift), participant=UUID(who) if who else None,
            name=str(given.get("name") or ""), is_alias=given.get("is_alias") is True,
            band=str(given.get("band") or AgeBand.UNSAID), delta=int(given.get("delta") or 0),
        )  # fmt: skip
    except UNREADABLE:
        return None


@require_http_methods(["GET", "POST"])
def sync(request: HttpRequest) -> HttpResponse:
    """This function will take the taps that waited on a phone, and say what became of each.

    Asked with GET, it gives the token with which they may be sent, and who would send them.
    """
    if request.method == "GET":
        who = request.actor.ref  # type: ignore[attr-defined]
        seal = {"token": get_token(request), "who": who}
        return JsonResponse(seal, headers={"Cache-Control": "no-store"})
    now = timezone.now()
    try:
        sent = json.loads(request.body)
        drift = now - moment(sent["now"])
        given = fit_to_keep(list(sent["taps"])[:MOST_TAPS])
    except UNREADABLE:
        return JsonResponse({"error": _("Cet envoi ne se lit pas.")}, status=400)
    drafts = [draft for one in given if (draft := _draft(one, drift)) is not None]
    try:
        told = activities.tap(taps=drafts, by=request.actor, at=now)  # type: ignore[attr-defined]
    except NotAllowed:
        told = dict.fromkeys((draft.mark for draft in drafts), activities.REFUSED)
    said = {str(mark): became for mark, became in told.items()}
    for one in given:
        if isinstance(one, dict):
            said.setdefault(str(one.get("mark")), activities.REFUSED)
    return JsonResponse({"taps": said, "now": milliseconds(now)})
