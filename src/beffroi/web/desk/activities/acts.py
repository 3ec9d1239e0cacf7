"""What the desk and the phones do alike with a session: tap, count, close."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from beffroi.acts.activities import services as activities
from beffroi.acts.activities.enums import AgeBand, TapKind
from beffroi.core.actors import Actor
from beffroi.core.errors import InvalidInput

#: What a form may ask of a session on both doors.
ACTS = ("pointer", "ajouter", "compter", "cloturer")


def band_rows(sheet: Any) -> list[dict[str, Any]]:
    """This function will give each age with how many were counted without a name."""
    return [
        {"band": band, "label": label, "count": sheet.bands.get(band, 0)}
        for band, label in AgeBand.choices
    ]


def _mark(typed: str) -> UUID:
    try:
        return UUID(typed)
    except ValueError as error:
        raise Http404 from error


def _number(typed: str) -> int:
    try:
        number = int(typed)
    except ValueError as error:
        raise Http404 from error
    if not 1 <= abs(number) <= 500:
        raise Http404
    return number


def do(act: str, given: Any, *, session: int, by: Actor, at: datetime) -> str:
    """This function will do what a form asks of a session, and give what to say, if anything.

    Raises: NotAllowed; InvalidInput; WrongState; Http404 for what no form of ours asks.
    """
    who: dict[str, Any] = {"session": session, "by": by, "at": at}
    if act == "cloturer":
        closed = activities.close_session(**who)
        said = ngettext(
            "La séance est clôturée : %(named)d personne et %(anonymous)d sans nom.",
            "La séance est clôturée : %(named)d personnes et %(anonymous)d sans nom.",
            closed.named_count or 1,  # in French, nothing is singular
        )
        return said % {"named": closed.named_count, "anonymous": closed.anonymous_count}
    if act == "compter":
        band = str(given.get("band") or AgeBand.UNSAID)
        delta = _number(str(given.get("delta", "")))
        done = activities.tap_one(kind=TapKind.ANONYMOUS, band=band, delta=delta, **who)
    elif act == "ajouter":
        name = str(given.get("name", "")).strip()
        if not name:
            words = _("Écrivez un nom, un prénom ou un surnom.")
            raise InvalidInput(words, fields={"name": words})
        done = activities.tap_one(
            kind=TapKind.PRESENT, name=name, is_alias=bool(given.get("is_alias")), **who
        )
    else:
        kind, mark = str(given.get("kind", "")), _mark(str(given.get("participant", "")))
        done = activities.tap_one(
            kind=kind, participant=mark, name=str(given.get("name", "")), **who
        )
    if done == activities.REFUSED:
        raise InvalidInput(_("Ce pointage n’a pas pu être pris : rouvrez la page."))
    return ""
