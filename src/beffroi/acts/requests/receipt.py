"""What a receipt says, the same on the page, in the PDF and by mail."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from beffroi.acts.requests import forms, words
from beffroi.acts.requests.enums import Outcome, RequestState
from beffroi.acts.requests.models import Request
from beffroi.acts.requests.words import Limit
from beffroi.core.later import later
from beffroi.directory import briefs
from beffroi.directory.briefs import Number, ServiceBrief

if TYPE_CHECKING:
    import segno
else:
    segno = later("segno")


def own_page_path(reference: str, secret: str, lang: str) -> str:
    """This function will give the path of the person's page, in her language."""
    return f"{follow_up_path(lang)}{reference}/{secret}/"


def follow_up_path(lang: str) -> str:
    """This function will give the path where a reference and a code are typed, in a language."""
    prefix = "" if lang == "fr" or lang not in dict(settings.LANGUAGES) else f"/{lang}"
    return f"{prefix}/suivi/"


@dataclass(frozen=True)
class Reach:
    """Whom to call about a request: the team and its number, else the town's."""

    team: str
    phone: str
    is_disputed: bool
    town: Number | None


@dataclass(frozen=True)
class Elsewhere:
    """The CPAS of another commune, when the postcode given is there; by when we transfer."""

    commune: str
    by: date
    is_done: bool


@dataclass(frozen=True)
class ReceiptPage:
    """Everything a receipt states."""

    reference: str
    secret: str
    link: str
    received_at: datetime
    kind: str
    service: ServiceBrief
    is_aid: bool
    next_steps: list[str]
    limits: list[Limit]
    after_decision: list[Limit]
    elsewhere: Elsewhere | None
    reach: Reach
    dangers: list[str]
    has_email: bool
    is_closed: bool


def reach_of(request: Request, service: ServiceBrief, lang: str) -> Reach:
    """This function will give the number of the team that has the request, or the next best."""
    phone = request.team.phone or service.phone
    disputed = not request.team.phone and service.phone_is_disputed
    town = None if phone and not disputed else briefs.town_number(lang)
    return Reach(words.team_in_words(request.team.name), phone, disputed, town)


def elsewhere_of(request: Request, lang: str) -> Elsewhere | None:
    """This function will say which other CPAS is competent for a request for aid, and when."""
    own = settings.BEFFROI_COMMUNE["nis"]
    if not request.is_aid or request.competent_nis in ("", own):
        return None
    return Elsewhere(
        commune=briefs.commune_name(request.competent_nis, lang),
        by=words.transfer_by(timezone.localdate(request.received_at)),
        is_done=request.outcome == Outcome.TRANSFERRED,
    )


def receipt_page(request: Request, secret: str, today: date) -> ReceiptPage:
    """This function will gather what the receipt of `request` states, in the active language."""
    lang = get_language() or "fr"
    service = briefs.asked_service_brief(request.service.key, lang)
    clocks = words.limits_of(list(request.clocks.all()), today)
    decision = next((limit.date for limit in clocks if limit.key == "decision"), None)
    return ReceiptPage(
        reference=request.reference,
        secret=secret,
        link=settings.BEFFROI_PUBLIC_URL + own_page_path(request.reference, secret, lang),
        received_at=timezone.localtime(request.received_at),
        kind=str(request.get_kind_display()),
        service=service,
        is_aid=request.is_aid,
        next_steps=next_steps(request, service),
        limits=clocks,
        after_decision=words.limits_after_decision(decision) if decision else [],
        elsewhere=elsewhere_of(request, lang),
        reach=reach_of(request, service, lang),
        dangers=forms.dangers_in(request.kind, request.answers),
        has_email=bool(request.email),
        is_closed=request.state == RequestState.CLOSED,
    )


def next_steps(request: Request, service: ServiceBrief) -> list[str]:
    """This function will say what happens now, in the order it will."""
    if not service.runs:
        return [
            _(
                "L’équipe %(team)s lit votre question et vous dit où en est ce projet, et ce qui "
                "existe en attendant."
            )
            % {"team": words.team_in_words(request.team.name)},
            _answer_arrives(request),
        ]
    steps = [
        _("L’équipe %(team)s lit votre demande et la confie à une personne.")
        % {"team": words.team_in_words(request.team.name)}
    ]
    if request.phone and request.kind in ("call_back", "ride"):
        steps.append(_("Elle vous appelle au %(phone)s.") % {"phone": request.phone})
    steps.append(_answer_arrives(request))
    if request.is_aid:
        steps.append(
            _(
                "Elle examine votre situation avec vous : c’est l’enquête sociale. Puis seul le "
                "Conseil décide."
            )
        )
    return steps


def _answer_arrives(request: Request) -> str:
    if request.email:
        return _(
            "La réponse arrive sur votre page de suivi. Nous vous prévenons par courriel, sans "
            "dire de quoi il s’agit."
        )
    return _("La réponse arrive sur votre page de suivi : revenez-y avec le lien ou le code.")


def qr_code(link: str) -> str:
    """This function will give a QR code of `link` as an image address, black on white."""
    return str(segno.make(link, error="m").svg_data_uri(scale=4, border=2, light="white"))


def receipt_pdf(page: ReceiptPage) -> bytes:
    """This function will make the receipt a person can print and keep: one A4 page, tagged."""
    from beffroi.documents.letters import letter_pdf  # heavy: read only when a letter is made

    context = {"page": page, "qr": qr_code(page.link), "commune": briefs.own_commune()}
    return letter_pdf("requests/receipt_letter.html", context)
