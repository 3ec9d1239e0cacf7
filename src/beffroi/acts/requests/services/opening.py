"""Opening a request: checked, numbered, journalled, its clocks started, its receipt given."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from beffroi.acts.requests import forms
from beffroi.acts.requests.enums import Channel, FormKind, RequestState, Side
from beffroi.acts.requests.models import Clock, Request, RequestForm, RequestMove
from beffroi.acts.requests.queries import forms_on_offer
from beffroi.acts.requests.services.attaching import attach, check_files
from beffroi.acts.requests.services.letters import send_receipt
from beffroi.acts.requests.services.moves import trace
from beffroi.core.actors import Actor
from beffroi.core.errors import InvalidInput, Refusal
from beffroi.core.secrets import derive_secret, digest
from beffroi.directory import queries as directory
from beffroi.directory.values import phone_value
from beffroi.documents import services as documents
from beffroi.rules import procedure


class UnknownForm(Refusal):
    """The service does not offer this form, or no longer."""


@dataclass(frozen=True)
class Draft:
    """What the person, or the agent who writes for her, has filled in."""

    service: str
    kind: str
    answers: Mapping[str, str]
    name: str = ""
    phone: str = ""
    email: str = ""
    postal_code: str = ""
    for_other: bool = False
    other_name: str = ""
    other_knows: bool | None = None
    lang: str = "fr"
    files: tuple[tuple[str, bytes], ...] = field(default=())


@dataclass(frozen=True)
class Receipt:
    """What the person holds: the reference, and the secret that opens her page."""

    reference: str
    secret: str


def open_request(
    *,
    draft: Draft,
    nonce: str,
    by: Actor,
    at: datetime,
    channel: Channel = Channel.PORTAL,
) -> Receipt:
    """This function will enter the request in its register and give its receipt.

    The same `nonce` gives the same receipt again: a page sent twice is one request.
    Raises: UnknownForm; InvalidInput with a sentence for each field that is not right.
    """
    form = _form(draft, channel)
    checked = _checked(draft, form)
    secret = derive_secret(f"request:{nonce}", settings.SECRET_KEY)
    try:
        with transaction.atomic():
            reference = _reference_of(nonce)
            if not reference:
                request = _enter(draft, checked, form, nonce, secret, by, channel, at)
                reference = request.reference
    except IntegrityError:
        # The same page was sent twice at the same moment, and the other one was first.
        reference = _reference_of(nonce)
        if not reference:
            raise
    return Receipt(reference, secret)


def _reference_of(nonce: str) -> str:
    known = Request.objects.filter(nonce=digest(nonce)).values_list("reference", flat=True).first()
    return known or ""


def _enter(
    draft: Draft,
    checked: dict[str, str],
    form: RequestForm,
    nonce: str,
    secret: str,
    by: Actor,
    channel: Channel,
    at: datetime,
) -> Request:
    """The request with everything that comes with its opening, in the transaction under way."""
    request = _register(draft, checked, form, nonce, secret, channel, at)
    by = by.as_of_team(request.team.key)
    RequestMove.objects.create(
        request=request, move="open", source="", target=RequestState.RECEIVED, at=at,
        by_ref=by.ref, by_label=by.label, by_post=by.shown_as if by.posts else "",
    )  # fmt: skip
    start_clocks(request, "request_received", at)
    if is_of_another_commune(request):
        start_clocks(request, "not_competent", at, only=("transfer",))
    for name, content in draft.files:
        attach(request, name, content, side=Side.PERSON, by=by, at=at)
    trace(request, "request.open", by=by, at=at, detail={"channel": channel})
    send_receipt(request, secret)
    return request


def check_draft(*, draft: Draft, channel: Channel = Channel.PORTAL) -> None:
    """This function will check a draft as opening it would, and keep nothing.

    Raises: UnknownForm; InvalidInput with a sentence for each field that is not right.
    """
    _checked(draft, _form(draft, channel))


def is_known(nonce: str) -> bool:
    """This function will say whether a request was already opened with this nonce."""
    return Request.objects.filter(nonce=digest(nonce)).exists()


def _form(draft: Draft, channel: Channel) -> RequestForm:
    offered = forms_on_offer() if channel == Channel.PORTAL else RequestForm.objects.all()
    form = (
        offered.select_related("service", "team")
        .filter(service__key=draft.service, kind=draft.kind)
        .first()
    )
    if form is None:
        raise UnknownForm(
            _("Ce service ne propose pas ce formulaire."),
            todo=_("Vous pouvez poser une question au pôle d’accueil, qui vous guidera."),
        )
    return form


def _checked(draft: Draft, form: RequestForm) -> dict[str, str]:
    """The answers, cleaned; every fault of the page is told at once."""
    faults: dict[str, str] = {}
    answers: dict[str, str] = {}
    try:
        answers = forms.check_answers(forms.fields_of(form.kind, form.extra_fields), draft.answers)
    except InvalidInput as error:
        faults.update(error.fields)
    faults.update(_contact_faults(draft, forms.required_contact(form.kind)))
    faults.update(check_files(draft.files))
    if faults:
        raise InvalidInput(_("Il manque quelque chose."), fields=faults)
    return answers


def _contact_faults(draft: Draft, required: frozenset[str]) -> dict[str, str]:
    faults = {}
    if "name" in required and not draft.name.strip():
        faults["name"] = _("Écrivez votre nom, ou le nom que nous pouvons utiliser.")
    if "phone" in required and not draft.phone.strip():
        faults["phone"] = _("Écrivez un numéro où vous appeler.")
    if draft.phone.strip():
        try:
            phone_value(draft.phone)
        except InvalidInput:
            faults["phone"] = _("Ce numéro n’est pas complet. Exemple : 0470 12 34 56.")
    if draft.email.strip():
        try:
            validate_email(draft.email.strip())
        except ValidationError:
            faults["email"] = _("Cette adresse n’est pas complète. Exemple : nom@exemple.be.")
    code = draft.postal_code.strip()
    if code and not (len(code) == 4 and code.isdigit()):
        faults["postal_code"] = _("Un code postal belge a quatre chiffres. Exemple : 7000.")
    if draft.for_other and not draft.other_name.strip():
        faults["other_name"] = _("Dites de qui il s’agit : un prénom ou « mon voisin » suffit.")
    return faults


def _register(
    draft: Draft,
    answers: dict[str, str],
    form: RequestForm,
    nonce: str,
    secret: str,
    channel: Channel,
    at: datetime,
) -> Request:
    year = timezone.localtime(at).year
    register = forms.register_of(form.kind)
    number = documents.next_number(register=register, year=year)
    return Request.objects.create(
        reference=f"{register}-{year}-{number:05d}",
        register=register,
        year=year,
        number=number,
        secret_digest=digest(secret),
        nonce=digest(nonce),
        service=form.service,
        kind=FormKind(form.kind),
        channel=channel,
        lang=draft.lang,
        received_at=at,
        name=draft.name.strip()[:160],
        phone=draft.phone.strip()[:40],
        email=draft.email.strip(),
        postal_code=draft.postal_code.strip(),
        for_other=draft.for_other,
        other_name=draft.other_name.strip()[:160] if draft.for_other else "",
        other_knows=draft.other_knows if draft.for_other else None,
        answers=answers,
        team=form.team,
        competent_nis=directory.commune_of_postal_code(draft.postal_code.strip()),
    )


def is_of_another_commune(request: Request) -> bool:
    """This function will say whether the postcode given belongs to another commune's CPAS."""
    return request.competent_nis not in ("", settings.BEFFROI_COMMUNE["nis"])


def start_clocks(
    request: Request, event: str, at: datetime, only: tuple[str, ...] | None = None
) -> None:
    """This function will start the clocks of `event`, or some of them, for a request for aid.

    What is done by the opening itself (register, receipt) is met at once.
    """
    if not request.is_aid:
        return
    done_at_once = {"register", "receipt"}
    for due in procedure.deadlines(event, timezone.localdate(at)):
        if only is not None and due.what not in only:
            continue
        Clock.objects.get_or_create(
            request=request,
            what=due.what,
            defaults={
                "due_date": due.due_date, "rule": due.rule, "reference": due.reference,
                "is_verified": due.is_verified,
                "met_at": at if due.what in done_at_once else None,
            },
        )  # fmt: skip
