"""Guests at the desk: found by alias, known better, joined when two are one, excluded for a time."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from beffroi.acts.stays import guest_queries, permissions
from beffroi.acts.stays import services as stays
from beffroi.core.errors import InvalidInput, Refusal
from beffroi.web.desk.stays.forms import BindForm, ExcludeForm, GuestForm, JoinForm

_FORMS = {"changer": "guest_form", "lier": "bind_form", "reunir": "join_form",
          "exclure": "exclude_form"}  # fmt: skip


def show_all(request: HttpRequest) -> HttpResponse:
    """This function will find guests by alias; what was typed stands in no address."""
    actor, now = request.actor, timezone.now()  # type: ignore[attr-defined]
    own = permissions.guests_visible_to(actor, timezone.localdate(now))
    words = str(request.POST.get("mots", ""))[:80] if request.method == "POST" else ""
    found = guest_queries.guests_like(own, words)
    stays.read_guests(shown=[one.pk for one in found], by=actor, at=now)
    context = {"rows": found, "words": words, "leads": bool(permissions.led_teams(actor))}
    return render(request, "desk/stays/guests.html", context)


def _visible(request: HttpRequest, pk: int) -> Any:
    own = permissions.guests_visible_to(request.actor, timezone.localdate())  # type: ignore[attr-defined]
    found = guest_queries.guest(own.filter(joined_to__isnull=True), pk)
    if found is None:
        raise Http404
    return found


def show(request: HttpRequest, pk: int) -> HttpResponse:
    """This function will show a guest: her nights and visits, how she is known, her exclusions."""
    return _page(request, _visible(request, pk))


def _houses(request: HttpRequest, guest: Any) -> list[tuple[int, str]]:
    kept = permissions.kept_by(request.actor).filter(team=guest.team_id)  # type: ignore[attr-defined]
    return [(one.pk, one.name) for one in kept.order_by("name")]


def _forms(request: HttpRequest, guest: Any, post: Any = None, act: str = "") -> dict[str, Any]:
    def given(name: str) -> Any:
        return post if _FORMS.get(act) == name else None

    first = {name: getattr(guest, name) for name in (
        "alias", "sex", "age_band", "birth_year", "remark", "has_dog")}  # fmt: skip
    today = timezone.localdate()
    return {
        "guest_form": GuestForm(given("guest_form"), initial=first, auto_id="g-%s"),
        "bind_form": BindForm(given("bind_form"), auto_id="b-%s",
                              initial={"person_ref": guest_queries.person_ref(guest)}),
        "join_form": JoinForm(given("join_form"), auto_id="j-%s"),
        "exclude_form": ExcludeForm(
            _houses(request, guest), given("exclude_form"), auto_id="x-%s",
            initial={"since": today, "until": today},
        ),
    }  # fmt: skip


def _page(
    request: HttpRequest, guest: Any, post: Any = None, act: str = "",
    refused: Refusal | None = None,
) -> HttpResponse:  # fmt: skip
    forms = _forms(request, guest, post, act)
    faulty = forms.get(_FORMS.get(act, "")) if post is not None else None
    if faulty is not None and faulty.is_valid() and refused is not None:
        faulty.tell(refused)
    stays.read_guest(guest=guest.pk, by=request.actor, at=timezone.now())  # type: ignore[attr-defined]
    nights, visits = guest_queries.openings_of_guest(guest.pk)
    context = {
        "guest": guest, "faulty": faulty, **forms, "nights": nights, "visits": visits,
        "doubles": guest_queries.doubles_of(guest.pk), "bars": guest_queries.exclusions_of(guest.pk),
        "today": timezone.localdate(),
    }  # fmt: skip
    return render(request, "desk/stays/guest.html", context)


@require_POST
def act(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """This function will change, bind, join or exclude a guest."""
    found = _visible(request, pk)
    if act not in _FORMS:
        raise Http404
    form = _forms(request, found, request.POST, act)[_FORMS[act]]
    if not form.is_valid():
        return _page(request, found, request.POST, act)
    given: dict[str, Any] = {"by": request.actor, "at": timezone.now()}  # type: ignore[attr-defined]
    try:
        said = _write(act, found, form, given)
    except Refusal as refused:
        return _page(request, found, request.POST, act, refused)
    messages.success(request, said)
    return redirect("desk:stay_guest", pk)


def _write(act: str, guest: Any, form: Any, given: dict[str, Any]) -> str:
    typed = form.cleaned_data
    if act == "changer":
        stays.change_guest(guest=guest.pk, draft=form.draft(), **given)
        return _("C’est noté.")
    if act == "lier":
        bound = stays.bind_guest(guest=guest.pk, person_ref=typed["person_ref"], **given)
        return _("La personne est liée.") if bound.person_id else _("Plus liée à personne.")
    if act == "exclure":
        stays.exclude(guest=guest.pk, **typed, **given)
        return _("L’exclusion est écrite ; elle finit d’elle-même.")
    other = guest_queries.guest_called(guest.team_id, typed["other"])
    if other is None:
        words = _("Votre équipe ne connaît personne par ce surnom.")
        raise InvalidInput(words, fields={"other": words})
    stays.join_guests(kept=guest.pk, other=other.pk, **given)
    return _("Les deux n’en font plus qu’un ; toutes les nuits restent.")
