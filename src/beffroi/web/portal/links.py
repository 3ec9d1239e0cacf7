"""Links between the parts of the portal, and the codes printed on paper."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from beffroi.acts.requests import queries as requests
from beffroi.acts.requests.enums import FormKind
from beffroi.core.later import later

if TYPE_CHECKING:
    import segno
else:
    segno = later("segno")


#: The service that receives everybody, whatever the question.
RECEPTION = "cpas-pole-accueil"
#: The service that takes requests for the living income and for every other aid.
GENERAL_AID = "cpas-aide-generale"
#: The service whose free number of the City is shown everywhere.
FREE_NUMBER_OF = "prev-tags"


def link(name: str, *args: object) -> str:
    """This function will give the address of a page of the portal, or nothing if it has none."""
    try:
        return reverse(f"portal:{name}", args=args)
    except NoReverseMatch:
        return ""


def reception_link(kind: str) -> str:
    """This function will give the form of reception of this kind, or else its page."""
    return link("ask", RECEPTION, kind) or reverse("portal:service", args=[RECEPTION])


def question_link(service: str) -> str:
    """This function will give the address of the question form of a service, or of the reception."""
    for key in dict.fromkeys((service, RECEPTION)):
        if requests.form_of_service(key, FormKind.QUESTION) is not None:
            return link("ask", key, FormKind.QUESTION.value)
    return ""


def public_address(path: str) -> str:
    """This function will give the whole address of a page, as it is printed."""
    return settings.BEFFROI_PUBLIC_URL.rstrip("/") + path


def code_of(address: str, label: str) -> SafeString:
    """This function will draw the code that leads a phone to `address`."""
    drawing = segno.make(address, error="m", micro=False).svg_inline(
        omitsize=True, border=2, dark="#000", light="#fff", svgclass=None, lineclass=None
    )
    opening = format_html('<svg role="img" aria-label="{}" ', label)
    return mark_safe(drawing.replace("<svg ", opening, 1))  # noqa: S308 — drawn here, of our own address
