"""Activities one may enrol in, with a name or without, and what became of the place."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.defaultfilters import date as date_filter
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from beffroi.acts.activities import queries
from beffroi.acts.activities import services as activities
from beffroi.acts.activities.enums import Enrolment, PlaceState
from beffroi.acts.activities.services import PlaceDraft
from beffroi.core.actors import person_actor
from beffroi.core.errors import InvalidInput, Refusal, WrongState
from beffroi.web import limits
from beffroi.web.client import client_address
from beffroi.web.portal.question import gate
from beffroi.web.portal.requests_private import private

View = Callable[..., HttpResponse]


class PlaceForm(forms.Form):
    """A place: when, under which name if any, how to be reached if one becomes free."""

    use_required_attribute = False
    nonce = forms.CharField(widget=forms.HiddenInput, max_length=64)
    session = forms.TypedChoiceField(
        label=lazy("Quel jour"), coerce=int, widget=forms.RadioSelect,
        error_messages={"required": lazy("Choisissez un jour.")},
    )  # fmt: skip
    name = forms.CharField(
        label=lazy("Un nom, un prénom ou un surnom"), max_length=120, required=False,
        help_text=lazy("Vous pouvez ne rien écrire : votre référence suffit."),
    )  # fmt: skip
    phone = forms.CharField(
        label=lazy("Un téléphone"), max_length=40, required=False,
        help_text=lazy("Pour vous prévenir si une place se libère ou si la séance est annulée."),
    )  # fmt: skip
    email = forms.CharField(label=lazy("Ou un courriel"), max_length=254, required=False)

    def __init__(self, days: list[tuple[int, str]] | None, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if days is None:
            del self.fields["session"]
        else:
            self.fields["session"].choices = days  # type: ignore[attr-defined]


def _slots(rows: Any) -> list[str]:
    """The weekly moments, in the language of the page."""
    today = timezone.localdate()
    return [
        f"{WEEKDAYS[slot.weekday]} {slot.from_time:%H:%M}–{slot.until_time:%H:%M}"
        for slot in rows
        if slot.until_date is None or slot.until_date >= today
    ]


def _line(one: Any, places: dict[Any, tuple[int, int]]) -> dict[str, Any]:
    held, waits = places.get((one.pk, None), (0, 0))
    left = None if one.capacity is None else max(0, one.capacity - held)
    by_series = one.enrolment == Enrolment.SERIES
    return {
        "pk": one.pk, "name": one.name, "place": one.place.name, "place_key": one.place.key,
        "purpose": one.purpose, "slots": _slots(one.slots.all()), "team": one.team,
        "left": 0 if waits else left, "waits": waits, "by_series": by_series,
    }  # fmt: skip


@require_safe
def show_all(request: HttpRequest) -> HttpResponse:
    """This function will show the activities one may enrol in, house by house."""
    found = list(queries.open_to_public(timezone.localdate()))
    places = queries.places_left([one.pk for one in found])
    context = {"rows": [_line(one, places) for one in found]}
    return render(request, "portal/gatherings/list.html", context)


def _days(one: Any) -> list[tuple[int, str]] | None:
    if one.enrolment == Enrolment.SERIES:
        return None
    places, days = queries.places_left([one.pk]), []
    for session in queries.sessions_to_come(one.pk, timezone.now()):
        held, waits = places.get((one.pk, session.pk), (0, 0))
        starts = timezone.localtime(session.starts_at)
        said = _("%(day)s à %(hour)s") % {
            "day": date_filter(starts, "l j F Y"),
            "hour": f"{starts:%H:%M}",
        }  # fmt: skip
        if session.capacity is not None and (waits or held >= session.capacity):
            said += " — " + _("complet : liste d’attente")
        days.append((session.pk, said))
    return days


@private
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """This function will show an activity and give a place, or a rank on the waiting list."""
    one = queries.open_to_public(timezone.localdate()).filter(pk=pk).first()
    if one is None:
        raise Http404
    days = _days(one)
    form = PlaceForm(days, request.POST or None, initial={"nonce": uuid4().hex})
    context: dict[str, Any] = {"form": form, "is_empty": days == []}
    status = 200
    if request.method == "POST":
        status, got = _take(request, one.pk, form, context)
        if got is not None:
            return redirect("portal:gathering_own", got.reference, got.secret)
    context["row"] = _line(one, queries.places_left([one.pk]))
    return render(request, "portal/gatherings/show.html", context, status=status)


def _take(
    request: HttpRequest, pk: int, form: PlaceForm, context: dict[str, Any]
) -> tuple[int, activities.PlaceReceipt | None]:
    """The place that was asked for; or, in the form, what is wrong with it or what is asked first."""
    at, address, about = timezone.now(), client_address(request), f"place:{pk}"
    if not form.is_valid():
        return 422, None
    found = gate(request, address, at, about)
    if found is limits.Gate.CLOSED:
        form.add_error(None, _("Il y a eu beaucoup d’essais. Téléphonez à la maison de quartier."))
        return 429, None
    if found is limits.Gate.QUESTION:
        context |= {"question": limits.new_question(), "wrong_answer": "token" in request.POST}
        return 429, None
    try:
        got = _register(pk, form.cleaned_data, at)
    except (InvalidInput, WrongState) as refused:
        fields = refused.fields if isinstance(refused, InvalidInput) else {}
        for name, said in fields.items() or [(None, str(refused))]:
            form.add_error(name if name in form.fields else None, said)
        return 422, None
    limits.count_sending(address, at, about)
    return 302, got


def _register(pk: int, given: dict[str, Any], at: Any) -> activities.PlaceReceipt:
    draft = PlaceDraft(name=given["name"], phone=given["phone"], email=given["email"])
    return activities.register(
        activity=pk, session=given.get("session"), draft=draft, nonce=given["nonce"],
        by=person_actor("portail"), at=at,
    )  # fmt: skip


def own(view: View) -> View:
    """This function will open a page of somebody’s place, or say that the key is wrong."""

    @private
    @wraps(view)
    def opened(request: HttpRequest, reference: str, secret: str, **more: Any) -> HttpResponse:
        try:
            return view(request, reference, secret, **more)
        except activities.UnknownPlace as refused:
            at, address = timezone.now(), client_address(request)
            may_try = limits.may_try_code(reference, address, at)
            limits.count_wrong_code(reference, address, at)
            context = {"refused": refused}
            status = 404 if may_try else 429
            return render(request, "portal/gatherings/not_found.html", context, status=status)

    return opened


@require_safe
@own
def show_own(request: HttpRequest, reference: str, secret: str) -> HttpResponse:
    """This function will show where somebody’s place stands, and what she may do."""
    row = activities.own_place(reference=reference, secret=secret)
    context = {
        "row": row, "secret": secret, "before": queries.rank_in_line(row),
        "has": row.state == PlaceState.CONFIRMED, "waits": row.state == PlaceState.WAITING,
        "is_offered": bool(row.offered_until and row.offered_until > timezone.now()),
        "slots": _slots(queries.open_slots(row.activity_id, timezone.localdate())),
        "standing": row.state in (PlaceState.CONFIRMED, PlaceState.OFFERED, PlaceState.WAITING),
    }  # fmt: skip
    return render(request, "portal/gatherings/own.html", context)


@require_POST
@own
def act(request: HttpRequest, reference: str, secret: str) -> HttpResponse:
    """This function will take the offered place, or give it back."""
    key = {"prendre": "accept", "rendre": "withdraw"}.get(str(request.POST.get("act", "")))
    if key is None:
        raise Http404
    try:
        activities.answer(reference=reference, secret=secret, key=key, at=timezone.now())
    except activities.UnknownPlace:
        raise
    except Refusal as refused:
        messages.error(request, str(refused))
    return redirect("portal:gathering_own", reference, secret)
