"""Asking: one page to fill in, one to read again if wanted, then the receipt."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from beffroi.acts.requests import forms as questions
from beffroi.acts.requests import queries
from beffroi.acts.requests import services as requests
from beffroi.acts.requests.enums import FormKind
from beffroi.core.actors import person_actor
from beffroi.core.errors import InvalidInput
from beffroi.directory import briefs
from beffroi.directory.briefs import ServiceBrief
from beffroi.web import limits
from beffroi.web.client import client_address
from beffroi.web.limits import Gate
from beffroi.web.portal.question import gate
from beffroi.web.portal.requests_forms import MOST_FILES, AskForm
from beffroi.web.portal.requests_private import private

_NONCE_SALT = "portal.ask"
_PAGE_LIVES = 24 * 3600


@dataclass(frozen=True)
class _Page:
    """A form that a service offers, in the language of the page."""

    service: ServiceBrief
    kind: FormKind
    fields: list[questions.FieldSpec]
    lang: str

    def form(self, *args: object, **more: object) -> AskForm:
        return AskForm(self.service.key, self.kind, self.fields, self.lang, *args, **more)


@private
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, service: str, kind: str) -> HttpResponse:
    """This function will show a form, take it in, show it again to check, or send it."""
    page = _page(request, service, kind)
    if isinstance(page, HttpResponse):
        return page
    if request.method != "POST":
        return _show(request, page, page.form(initial={"nonce": _new_nonce()}))
    if request.POST.get("act") == "edit":
        typed = {name: request.POST.get(name, "") for name in request.POST}
        return _show(request, page, page.form(initial=typed))
    return _take(request, page, page.form(request.POST, request.FILES))


def ask_with(
    request: HttpRequest, service: str, kind: str, typed: Mapping[str, str]
) -> HttpResponse:
    """This function will show a form with `typed` in it already, to change, to erase or to send."""
    page = _page(request, service, kind)
    if isinstance(page, HttpResponse):
        return page
    return _show(request, page, page.form(initial={**typed, "nonce": _new_nonce()}))


def _page(request: HttpRequest, service: str, kind: str) -> _Page | HttpResponse:
    """The form, or what to say where this service has none of this kind."""
    lang = get_language() or "fr"
    brief = briefs.service_brief(service, lang)
    if brief is None or kind not in FormKind.values:
        raise Http404(f"{service} {kind}")
    offered = queries.form_of_service(service, kind)
    if offered is None:
        return _not_offered(request, brief)
    fields = questions.fields_of(offered.kind, offered.extra_fields)
    return _Page(brief, FormKind(kind), fields, lang)


def _take(request: HttpRequest, page: _Page, form: AskForm) -> HttpResponse:
    """What was typed comes back with its faults, is shown to check, or becomes a request."""
    if not form.is_valid():
        return _show(request, page, form, status=422)
    token = _token(form.cleaned_data.get("nonce", ""))
    if token is None:
        typed = request.POST.copy()
        typed["nonce"] = _new_nonce()
        form.data = typed
        form.add_error(None, _("La page est restée ouverte longtemps. Relisez, puis envoyez."))
        return _show(request, page, form, status=422)
    if request.POST.get("act") == "check":
        return _check(request, page, form)
    at, address = timezone.now(), client_address(request)
    found = gate(request, address, at)
    if found is Gate.CLOSED:
        return _too_many(request, page, at)
    if found is Gate.QUESTION:
        asked = "token" in request.POST
        return _check(request, page, form, question=limits.new_question(), again=asked)
    try:
        receipt = requests.open_request(
            draft=form.draft(), nonce=form.send_key(token), by=person_actor("portail"), at=at
        )
    except InvalidInput as refused:
        form.add_faults(refused)
        return _show(request, page, form, status=422)
    limits.count_sending(address, at)
    return redirect("portal:receipt", reference=receipt.reference, secret=receipt.secret)


def _show(request: HttpRequest, page: _Page, form: AskForm, status: int = 200) -> HttpResponse:
    context = {
        "page": page, "form": form, "most_files": MOST_FILES,
        "had_files": bool(request.FILES) or request.POST.get("had_files") == "1",
    }  # fmt: skip
    return render(request, "portal/requests/ask.html", context, status=status)


def _check(
    request: HttpRequest,
    page: _Page,
    form: AskForm,
    question: limits.Question | None = None,
    again: bool = False,
) -> HttpResponse:
    draft = form.draft()
    answers = [
        (spec.label(page.lang), questions.shown_answer(spec, given, page.lang))
        for spec in page.fields
        if (given := draft.answers.get(spec.key, "").strip())
    ]
    contact = [(field.label, field.value()) for field in form.contact if field.value()]
    context = {
        "page": page, "form": form, "draft": draft, "answers": answers, "contact": contact,
        "question": question, "wrong_answer": again, "had_files": bool(draft.files),
        "most_files": MOST_FILES,
    }  # fmt: skip
    status = 200 if question is None else 429
    return render(request, "portal/requests/check.html", context, status=status)


def _not_offered(request: HttpRequest, service: ServiceBrief) -> HttpResponse:
    """The forms this service does take, or the way to a person."""
    kinds = [FormKind(form.kind) for form in queries.forms_of_service(service.key)]
    if not service.runs and kinds:
        return redirect("portal:ask", service=service.key, kind=kinds[0])
    context = {
        "service": service,
        "kinds": kinds,
        "town": briefs.town_number(get_language() or "fr"),
    }
    return render(request, "portal/requests/not_offered.html", context, status=404)


def _too_many(request: HttpRequest, page: _Page, at: datetime) -> HttpResponse:
    context = {
        "page": page, "again_at": limits.again_at(at), "town": briefs.town_number(page.lang),
    }  # fmt: skip
    return render(request, "portal/requests/too_many.html", context, status=429)


def _new_nonce() -> str:
    return signing.dumps(get_random_string(20), salt=_NONCE_SALT)


def _token(nonce: str) -> str | None:
    try:
        return str(signing.loads(nonce, salt=_NONCE_SALT, max_age=_PAGE_LIVES))
    except signing.BadSignature:
        return None
