"""Nights and days at the desk: what they counted, who was there, corrections, the printed list."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from beffroi.acts.stays import guest_queries, permissions, queries
from beffroi.acts.stays import services as stays
from beffroi.acts.stays.enums import OpeningState
from beffroi.acts.stays.services import Arrival
from beffroi.acts.stays.workflow import HOLDS_BED
from beffroi.core.actors import Actor
from beffroi.core.errors import InvalidInput, Refusal
from beffroi.web.desk.stays import words
from beffroi.web.desk.stays.forms import AddForm, TallyForm, WhyForm

_BACK, _A_PAGE = timedelta(days=400), 40
_FORMS = {"ajouter": "add_form", "services": "tally_form", "reprendre": "why_form",
          "reprendre-passage": "why_form"}  # fmt: skip


def show_all(request: HttpRequest) -> HttpResponse:
    """This function will show the houses tonight, and the counts of the nights and days before."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    now = timezone.now()
    today = timezone.localdate(now)
    seen = permissions.openings_visible_to(actor)
    page = Paginator(queries.nights_listed(seen, today - _BACK, today), _A_PAGE).get_page(
        request.GET.get("page")
    )
    houses = queries.houses_now(permissions.houses_visible_to(actor), now)
    context = {
        "houses": [_house_row(one) for one in houses], "page": page,
        "rows": [_row(one) for one in page],
        "may_set_up": bool(permissions.led_teams(actor)) or permissions.oversees(actor),
        "house_columns": [{"label": _("Maison")}, {"label": _("Ce soir, aujourd’hui")},
                          {"label": _("Lits"), "end": True}, {"label": _("Libres"), "end": True}],
        "columns": [{"label": _("Date")}, {"label": _("Maison")},
                    {"label": _("Nuits"), "end": True}, {"label": _("Occupation"), "end": True},
                    {"label": _("Passages"), "end": True}, {"label": _("Refus"), "end": True},
                    {"label": _("Faute de place"), "end": True},
                    {"label": _("Repas"), "end": True}],
    }  # fmt: skip
    return render(request, "desk/stays/list.html", context)


def _house_row(one: queries.HouseNow) -> list[Any]:
    url = reverse("desk:stay_house", args=[one.house.pk])
    name = {"text": one.house.name, "url": url, "sub": one.house.get_kind_display()}
    if not one.is_open:
        return [name, {"tag": _("fermée")}, "", ""]
    if not one.house.sleeps:
        return [name, words.visits(one.came), "", ""]
    taken = ngettext("%(n)d lit pris", "%(n)d lits pris", one.taken or 1) % {"n": one.taken}
    return [name, taken, {"text": one.beds, "end": True}, {"text": one.left, "end": True}]


def _row(one: Any) -> list[Any]:
    url = reverse("desk:stay_opening", args=[one.pk])
    is_open = one.state == OpeningState.OPEN
    first = {"text": words.when(one.date, one.house.sleeps), "url": url}
    if is_open:
        first |= {"tag": _("à clore"), "tone": "amber"}
    sleeps = one.house.sleeps
    figures = [
        one.slept if sleeps else "", words.share(one.slept, one.beds),
        "" if sleeps else one.visits, one.refused, one.refused_full, one.meals,
    ]  # fmt: skip
    shown = ["" for _one in figures] if is_open else figures
    return [first, one.house.name, *({"text": text, "end": True} for text in shown)]


def _visible(request: HttpRequest, pk: int) -> Any:
    found = queries.opening(permissions.openings_visible_to(request.actor), pk)  # type: ignore[attr-defined]
    if found is None:
        raise Http404
    return found


def _with_names(request: HttpRequest, pk: int) -> Any:
    seen = permissions.sheets_visible_to(request.actor, timezone.localdate())  # type: ignore[attr-defined]
    return queries.opening(seen, pk)


def show(request: HttpRequest, pk: int) -> HttpResponse:
    """This function will show a night or a day: its counts to all, its aliases to whom reads them."""
    return _page(request, _visible(request, pk))


def _forms(post: Any = None, act: str = "") -> dict[str, Any]:
    def given(name: str) -> Any:
        return post if _FORMS.get(act) == name else None

    return {
        "add_form": AddForm(given("add_form"), auto_id="a-%s"),
        "tally_form": TallyForm(given("tally_form"), auto_id="t-%s"),
        "why_form": WhyForm(given("why_form"), auto_id="y-%s"),
    }


def _page(
    request: HttpRequest, found: Any, post: Any = None, act: str = "",
    refused: Refusal | None = None,
) -> HttpResponse:  # fmt: skip
    actor, now = request.actor, timezone.now()  # type: ignore[attr-defined]
    named = _with_names(request, found.pk) is not None
    forms = _forms(post, act)
    faulty = forms.get(_FORMS.get(act, "")) if post is not None else None
    if faulty is not None and faulty.is_valid() and refused is not None:
        faulty.tell(refused)
    incidents: list[Any] = []
    handovers: list[Any] = []
    if named:
        stays.read_house(house=found.house_id, day=found.date, by=actor, at=now)
        incidents, handovers = queries.book([found.pk])
    context = {
        "opening": found, "house": found.house, "named": named, "faulty": faulty, **forms,
        "when": words.when(found.date, found.house.sleeps), "tone": words.tone(found.state),
        "share": words.share(found.slept, found.beds), "counts": queries.counts_of(found.pk),
        "nights": list(queries.stays_of(found.pk)) if named and found.house.sleeps else [],
        "visits": list(queries.visits_of(found.pk)) if named and not found.house.sleeps else [],
        "incidents": incidents, "handovers": handovers, "holds": HOLDS_BED,
        "target": str(post.get("row", "")) if post is not None else "",
        "is_closed": found.state == OpeningState.CLOSED,
        "may_correct": named and permissions.can_keep(actor, found.house),
    }  # fmt: skip
    return render(request, "desk/stays/opening.html", context)


def sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """This function will show who sleeps in which bed, to print: for the wall, or for a fire."""
    found = _with_names(request, pk)
    if found is None:
        raise Http404
    now = timezone.now()
    stays.read_house(house=found.house_id, day=found.date, by=request.actor, at=now)  # type: ignore[attr-defined]
    rows = [one for one in queries.stays_of(pk) if one.state in HOLDS_BED]
    context = {
        "opening": found, "house": found.house, "rows": rows, "now": now,
        "visits": queries.visits_of(pk), "when": words.when(found.date, found.house.sleeps),
    }  # fmt: skip
    return render(request, "desk/stays/sheet.html", context)


@require_POST
def act(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """This function will close a night or a day, or correct its count with a reason."""
    found = _with_names(request, pk)
    actor, now = request.actor, timezone.now()  # type: ignore[attr-defined]
    if found is None or (act != "clore" and act not in _FORMS):
        raise Http404
    if act == "clore":
        done = stays.close_opening(opening=pk, by=actor, at=now)
        messages.success(request, _("C’est clos : %(what)s.") % {"what": words.came(done)})
        return redirect("desk:stay_opening", pk)
    form = _forms(request.POST, act)[_FORMS[act]]
    if not form.is_valid():
        return _page(request, found, request.POST, act)
    try:
        _correct(act, form.cleaned_data, found, str(request.POST.get("row", "")), actor, now)
    except Refusal as refused:
        return _page(request, found, request.POST, act, refused)
    messages.success(request, _("Le compte est corrigé ; l’ancien reste écrit."))
    return redirect("desk:stay_opening", pk)


def _correct(act: str, typed: dict[str, Any], found: Any, row: str, actor: Actor, now: Any) -> None:
    given: dict[str, Any] = {
        "house": found.house_id, "day": found.date, "by": actor, "at": now, "why": typed["why"],
    }  # fmt: skip
    if act == "ajouter":
        _add(typed["alias"], found, given)
    elif act == "services":
        stays.serve(service=typed["service"], delta=typed["delta"], **given)
    elif not row.isdecimal():
        raise Http404
    elif act == "reprendre":
        if not queries.stays_of(found.pk).filter(pk=int(row)).exists():
            raise Http404
        stays.move_stay(stay=int(row), key="take_back", by=actor, at=now, why=typed["why"])
    else:
        one = queries.visits_of(found.pk).filter(pk=int(row)).first()
        if one is None or one.guest is None:
            raise Http404
        stays.take_back_visit(guest=one.guest.mark, **given)


def _add(alias: str, found: Any, given: dict[str, Any]) -> None:
    """Somebody by the alias the team knows, or somebody who gave none."""
    who = guest_queries.guest_called(found.house.team_id, alias) if alias.strip() else None
    if alias.strip() and who is None:
        words_ = _("Votre équipe ne connaît personne par ce surnom.")
        raise InvalidInput(words_, fields={"alias": words_})
    if found.house.sleeps:
        stays.take_in(arrival=Arrival(who.mark if who else None), **given)
    elif who:
        stays.visit(guest=who.mark, **given)
    else:
        stays.visit_unnamed(count=1, **given)
