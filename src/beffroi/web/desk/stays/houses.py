"""Houses at the desk: written, opened, furnished, and opened wider when it is cold."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from beffroi.accounts import queries as accounts
from beffroi.acts.stays import permissions, queries
from beffroi.acts.stays import services as stays
from beffroi.core.actors import Actor
from beffroi.core.counting import KeyKind
from beffroi.core.errors import Refusal
from beffroi.directory import place_queries
from beffroi.web.desk.stays import words
from beffroi.web.desk.stays.forms import (
    BedsForm,
    ColdForm,
    DayForm,
    EndBedsForm,
    HouseForm,
    NewHouseForm,
    PeriodForm,
    WhyForm,
)

_FORMS = {
    "ouvrir": "season_form", "lits": "beds_form", "oter-lits": "end_beds_form",
    "grand-froid": "cold_form", "finir-saison": "end_form", "finir-plan": "end_form",
    "lever": "why_form",
}  # fmt: skip


def _places() -> list[tuple[str, str]]:
    return [(str(place.pk), place.name) for place in place_queries.places().order_by("name")]


def _teams(actor: Actor) -> list[tuple[str, str]]:
    return [(t.key, t.name) for t in accounts.teams() if permissions.can_set_up(actor, t.key)]


def new(request: HttpRequest) -> HttpResponse:
    """This function will write a new house."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    first = {"since": timezone.localdate()}
    form = NewHouseForm(_teams(actor), _places(), request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            made = stays.create_house(
                draft=form.draft(), team=given["team"], since=given["since"],
                until=given["until"], by=actor, at=timezone.now(),
            )  # fmt: skip
        except Refusal as refused:
            form.tell(refused)
        else:
            messages.success(request, _("La maison est écrite. Dites quels lits s’y trouvent."))
            return redirect("desk:stay_house", made.pk)
    return render(request, "desk/stays/house_edit.html", {"form": form})


def _visible(request: HttpRequest, pk: int) -> Any:
    found = queries.house(permissions.houses_visible_to(request.actor), pk)  # type: ignore[attr-defined]
    if found is None:
        raise Http404
    return found


def _to_set_up(request: HttpRequest, pk: int) -> Any:
    found = _visible(request, pk)
    if not permissions.can_set_up(request.actor, found.team.key):  # type: ignore[attr-defined]
        raise Http404
    return found


def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """This function will change what a house is, and to what it counts from today."""
    found, today = _to_set_up(request, pk), timezone.localdate()
    keys = queries.set_up_of(pk, today).keys
    first = {
        **{n: getattr(found, n) for n in ("name", "kind", "opens_at", "closes_at", "curfew_at")},
        "place": str(found.place_id or ""), "team": found.team.key,
        "lines": ", ".join(k.key for k in keys if k.kind == KeyKind.LINE),
        "actions": ", ".join(k.key for k in keys if k.kind == KeyKind.ACTION),
    }  # fmt: skip
    own = [(found.team.key, found.team.name)]
    form = HouseForm(own, _places(), request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            stays.change_house(
                house=pk, draft=form.draft(), since=today, at=timezone.now(),
                by=request.actor,  # type: ignore[attr-defined]
            )  # fmt: skip
        except Refusal as refused:
            form.tell(refused)
        else:
            messages.success(request, _("C’est noté."))
            return redirect("desk:stay_house", pk)
    return render(request, "desk/stays/house_edit.html", {"form": form, "house": found})


def show(request: HttpRequest, pk: int) -> HttpResponse:
    """This function will show a house: its beds, when it is open, who may not come in."""
    return _page(request, _visible(request, pk))


def _forms(beds: list[Any], post: Any = None, act: str = "") -> dict[str, Any]:
    today = timezone.localdate()

    def given(name: str) -> Any:
        return post if _FORMS.get(act) == name else None

    choices = [(one.pk, _bed(one)) for one in beds if one.plan_id is None]
    return {
        "season_form": PeriodForm(given("season_form"), auto_id="o-%s"),
        "beds_form": BedsForm(given("beds_form"), auto_id="b-%s", initial={"since": today}),
        "end_beds_form": EndBedsForm(choices, given("end_beds_form"), auto_id="e-%s",
                                     initial={"on": today}),
        "cold_form": ColdForm(given("cold_form"), auto_id="c-%s", initial={"since": today}),
        "end_form": DayForm(given("end_form"), auto_id="d-%s", initial={"on": today}),
        "why_form": WhyForm(given("why_form"), auto_id="y-%s"),
    }  # fmt: skip


def _bed(one: Any) -> str:
    return f"{one.code}{', ' + one.room if one.room else ''} ({words.bed_for(one.sex)})"


def _page(
    request: HttpRequest, house: Any, post: Any = None, act: str = "",
    refused: Refusal | None = None,
) -> HttpResponse:  # fmt: skip
    actor, today = request.actor, timezone.localdate()  # type: ignore[attr-defined]
    held = queries.set_up_of(house.pk, today)
    forms = _forms(held.beds, post, act)
    faulty = forms.get(_FORMS.get(act, "")) if post is not None else None
    if faulty is not None and faulty.is_valid() and refused is not None:
        faulty.tell(refused)
    keeps = permissions.can_keep(actor, house)
    bars = []
    if keeps:
        stays.read_house(house=house.pk, day=today, by=actor, at=timezone.now())
        own = permissions.houses_visible_to(actor).filter(pk=house.pk)
        bars = list(queries.exclusions(own, today))
    context = {
        "house": house, "held": held, "today": today, "faulty": faulty, **forms, "bars": bars,
        "rooms": _rooms(held.beds), "keeps": keeps, "act": act,
        "target": str(post.get("row", "")) if post is not None else "",
        "may_set_up": permissions.can_set_up(actor, house.team.key),
    }  # fmt: skip
    return render(request, "desk/stays/house.html", context)


def _rooms(beds: list[Any]) -> list[dict[str, Any]]:
    """Beds by dormitory and by whom they are for, with how many and their codes."""
    found: dict[tuple[str, str, bool], list[str]] = {}
    for one in beds:
        found.setdefault((one.room, one.sex, one.plan_id is not None), []).append(one.code)
    return [
        {"room": room or _("Sans dortoir"), "for": words.bed_for(sex), "is_extra": is_extra,
         "count": len(codes), "codes": ", ".join(codes)}
        for (room, sex, is_extra), codes in found.items()
    ]  # fmt: skip


@require_POST
def act(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """This function will open, furnish or close a house, or start and end a cold plan."""
    found = _to_set_up(request, pk)
    if act not in _FORMS:
        raise Http404
    held = queries.set_up_of(pk, timezone.localdate())
    form = _forms(held.beds, request.POST, act)[_FORMS[act]]
    if not form.is_valid():
        return _page(request, found, request.POST, act)
    try:
        said = _write(act, form.cleaned_data, form, _row(request, found, act), {
            "by": request.actor, "at": timezone.now()}, pk)  # type: ignore[attr-defined]  # fmt: skip
    except Refusal as refused:
        return _page(request, found, request.POST, act, refused)
    messages.success(request, said)
    return redirect("desk:stay_house", pk)


def _row(request: HttpRequest, house: Any, act: str) -> int:
    """The row of this house that an act is about, if it is about one."""
    if act not in ("finir-saison", "finir-plan", "lever"):
        return 0
    typed = str(request.POST.get("row", ""))
    owned = {
        "finir-saison": house.seasons, "finir-plan": house.cold_plans, "lever": house.exclusions,
    }[act]  # fmt: skip
    if not typed.isdecimal() or not owned.filter(pk=int(typed)).exists():
        raise Http404
    return int(typed)


def _write(
    act: str, typed: dict[str, Any], form: Any, row: int, given: dict[str, Any], pk: int
) -> str:
    if act == "ouvrir":
        stays.open_season(house=pk, **typed, **given)
        return _("La période est ouverte.")
    if act == "lits":
        made = stays.add_beds(house=pk, draft=form.draft(), since=typed["since"], **given)
        return ngettext("%(n)d lit est monté.", "%(n)d lits sont montés.", len(made)) % {
            "n": len(made)
        }
    if act == "oter-lits":
        gone = stays.end_beds(**typed, **given)
        return ngettext("%(n)d lit s’en va.", "%(n)d lits s’en vont.", gone) % {"n": gone}
    if act == "grand-froid":
        stays.start_cold_plan(house=pk, **typed, **given)
        return _("Le plan grand froid est écrit : les lits sont là du premier au dernier soir.")
    if act == "lever":
        stays.lift_exclusion(exclusion=row, **typed, **given)
        return _("L’exclusion est levée.")
    if act == "finir-plan":
        stays.end_cold_plan(plan=row, **typed, **given)
        return _("Le plan finit ce jour-là.")
    stays.end_season(season=row, **typed, **given)
    return _("La période finit ce jour-là.")
