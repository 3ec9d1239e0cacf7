"""The person's own page: where it stands, who has it, who looked, and what she can do."""

import json
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.serializers.json import DjangoJSONEncoder
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from beffroi.acts.requests import own_page as own_pages
from beffroi.acts.requests import services as requests
from beffroi.core.errors import InvalidInput, Refusal
from beffroi.core.later import later
from beffroi.directory import briefs
from beffroi.web import appointments, limits
from beffroi.web.client import client_address
from beffroi.web.portal.requests_forms import FileForm, FindForm, MessageForm
from beffroi.web.portal.requests_private import own, private
from beffroi.web.standing import standing_of

if TYPE_CHECKING:
    import icalendar
else:
    icalendar = later("icalendar")


@private
@require_http_methods(["GET", "HEAD", "POST"])
def find(request: HttpRequest) -> HttpResponse:
    """This function will open a request by its reference and code, with wrong codes counted."""
    form = FindForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            reference, code = form.cleaned_data["reference"], form.cleaned_data["code"]
            at, address = timezone.now(), client_address(request)
            if not limits.may_try_code(reference, address, at):
                return _too_many_codes(request, at)
            try:
                found = requests.open_own_page(reference=reference, secret=code)
            except requests.UnknownReference as refused:
                limits.count_wrong_code(reference, address, at)
                form.add_error(None, str(refused))
            else:
                return redirect(
                    "portal:follow_up", reference=found.reference, secret=_grouped(code)
                )
    return render(request, "portal/requests/find.html", {"form": form}, status=status)


def _grouped(code: str) -> str:
    """The code as the receipt writes it, whatever the spaces and case that were typed."""
    plain = "".join(c for c in code.upper() if c.isalnum())
    return "-".join(plain[i : i + 4] for i in range(0, len(plain), 4))


def _too_many_codes(request: HttpRequest, at: datetime) -> HttpResponse:
    context = {"again_at": limits.again_at(at), "town": briefs.town_number(request.LANGUAGE_CODE)}
    return render(request, "portal/requests/too_many_codes.html", context, status=429)


@require_safe
@own
def follow_up(request: HttpRequest, reference: str, secret: str) -> HttpResponse:
    """This function will show the person's page of her request."""
    asked = requests.open_own_page(reference=reference, secret=secret)
    return _page(request, asked.pk, secret)


def _page(
    request: HttpRequest,
    pk: int,
    secret: str,
    message: forms.Form | None = None,
    file: forms.Form | None = None,
) -> HttpResponse:
    page, meeting = appointments.with_meeting(own_pages.own_page(pk, timezone.now()))
    context = {
        "page": page,
        "meeting": meeting,
        "standing": standing_of(page.request),
        "key": {"reference": page.request.reference, "secret": secret},
        "message_form": message or MessageForm(auto_id="id_message_%s"),
        "file_form": file or FileForm(auto_id="id_file_%s"),
        "faulty": message if message is not None else file,
    }
    status = 200 if message is None and file is None else 422
    return render(request, "portal/requests/follow_up.html", context, status=status)


def _back(reference: str, secret: str) -> HttpResponse:
    return redirect("portal:follow_up", reference=reference, secret=secret)


@require_http_methods(["GET", "HEAD", "POST"])
@own
def write(request: HttpRequest, reference: str, secret: str) -> HttpResponse:
    """This function will keep what the person writes to the team."""
    asked = requests.open_own_page(reference=reference, secret=secret)
    if request.method != "POST":
        return _back(asked.reference, secret)
    form = MessageForm(request.POST, auto_id="id_message_%s")
    at = timezone.now()
    if form.is_valid():
        try:
            _may_act(asked.reference, at)
            requests.reply(
                reference=reference, secret=secret, text=form.cleaned_data["text"], at=at
            )
        except Refusal as refused:
            form.add_error("text", str(refused))
        else:
            limits.count_act(asked.reference, at)
            messages.success(request, _("Votre message est arrivé."))
            return _back(asked.reference, secret)
    return _page(request, asked.pk, secret, message=form)


@require_http_methods(["GET", "HEAD", "POST"])
@own
def add_file(request: HttpRequest, reference: str, secret: str) -> HttpResponse:
    """This function will join a file to the request."""
    asked = requests.open_own_page(reference=reference, secret=secret)
    if request.method != "POST":
        return _back(asked.reference, secret)
    form = FileForm(request.POST, request.FILES, auto_id="id_file_%s")
    at = timezone.now()
    if form.is_valid():
        sent = form.cleaned_data["file"]
        try:
            _may_act(asked.reference, at)
            requests.add_file(
                reference=reference, secret=secret, name=str(sent.name), content=sent.read(),
                at=at, answers_to=form.cleaned_data["answers_to"],
            )  # fmt: skip
        except Refusal as refused:
            form.add_error("file", str(refused))
        else:
            limits.count_act(asked.reference, at)
            messages.success(request, _("Votre fichier est arrivé."))
            return _back(asked.reference, secret)
    return _page(request, asked.pk, secret, file=form)


def _may_act(reference: str, at: datetime) -> None:
    if not limits.may_act(reference, at):
        again = timezone.localtime(limits.again_at(at))
        raise InvalidInput(
            _("Cela fait beaucoup d’envois en une heure."),
            todo=_("Réessayez après %(hour)s, ou téléphonez.") % {"hour": f"{again:%H:%M}"},
        )


@require_http_methods(["GET", "HEAD", "POST"])
@own
def choose(request: HttpRequest, reference: str, secret: str, offered: int) -> HttpResponse:
    """This function will keep the moment that the person chose."""
    asked = requests.open_own_page(reference=reference, secret=secret)
    if request.method != "POST":
        return _back(asked.reference, secret)
    try:
        appointments.choose_time(
            reference=reference, secret=secret, offered=offered, at=timezone.now()
        )
    except requests.UnknownReference:
        raise
    except Refusal as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("C’est noté : nous vous attendons."))
    return _back(asked.reference, secret)


@require_safe
@own
def calendar(request: HttpRequest, reference: str, secret: str) -> HttpResponse:
    """This function will give the moment chosen as a file for a calendar."""
    asked = requests.open_own_page(reference=reference, secret=secret)
    page = own_pages.own_page(asked.pk, timezone.now())
    kept = appointments.kept_time(page)
    if kept is None:
        return _back(asked.reference, secret)
    event = icalendar.Event()
    event.add("uid", f"{kept.uid}@beffroi")
    event.add("dtstamp", kept.since_at)
    event.add("dtstart", timezone.localtime(kept.starts_at))
    event.add("dtend", timezone.localtime(kept.ends_at))
    # A shared calendar is not a private place: the title does not say with which service.
    event.add("summary", _("Rendez-vous %(reference)s") % {"reference": asked.reference})
    event.add("location", kept.where)
    file = icalendar.Calendar()
    file.add("prodid", "-//Beffroi//FR")
    file.add("version", "2.0")
    file.add_component(event)
    response = HttpResponse(file.to_ical(), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{asked.reference}.ics"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@own
def withdraw(request: HttpRequest, reference: str, secret: str) -> HttpResponse:
    """This function will ask once more, then close the request that is no longer wanted."""
    asked = requests.open_own_page(reference=reference, secret=secret)
    if request.method == "POST":
        try:
            appointments.withdraw(reference=reference, secret=secret, at=timezone.now())
        except requests.UnknownReference:
            raise
        except Refusal as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, _("Votre demande est retirée."))
        return _back(asked.reference, secret)
    page = own_pages.own_page(asked.pk, timezone.now())
    if not page.is_open:
        return _back(asked.reference, secret)
    context = {"page": page, "key": {"reference": asked.reference, "secret": secret}}
    return render(request, "portal/requests/withdraw.html", context)


@require_safe
@own
def data(request: HttpRequest, reference: str, secret: str) -> HttpResponse:
    """This function will give everything that is held about the request."""
    asked = requests.open_own_page(reference=reference, secret=secret)
    held = own_pages.everything_held(own_pages.own_page(asked.pk, timezone.now()))
    text = json.dumps(held, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)
    response = HttpResponse(text, content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{asked.reference}.json"'
    return response


@require_safe
@own
def own_file(request: HttpRequest, reference: str, secret: str, attachment: UUID) -> HttpResponse:
    """This function will give a file of the request, once it was checked, never to be run."""
    joined = requests.open_own_file(reference=reference, secret=secret, attachment=attachment)
    kept = joined.attachment
    response: HttpResponse = FileResponse(
        kept.file.open("rb"), as_attachment=True, filename=kept.name, content_type=kept.content_type
    )  # type: ignore[assignment]
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    return response
