"""A house tonight, or today, on a phone in the dark: who is in, who is awaited, one tap each."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from beffroi.acts.stays import permissions, queries
from beffroi.acts.stays import services as stays
from beffroi.acts.stays.enums import RefusalReason, Service
from beffroi.acts.stays.services import Arrival
from beffroi.core.errors import Refusal
from beffroi.web.desk.stays import words
from beffroi.web.desk.stays.forms import (
    HandoverForm,
    HealthForm,
    IncidentForm,
    NewcomerForm,
    RefusalForm,
    SleeperForm,
)
from beffroi.web.field.offline import milliseconds

#: A night nobody closed is shown on the phone this long.
_LATE_FOR = timedelta(days=14)
#: Which form each act of the page fills.
_FORMS = {
    "nouveau": "newcomer_form", "garder": "newcomer_form", "incident": "incident_form",
    "releve": "handover_form", "sante": "health_form", "refuser": "refusal_form",
}  # fmt: skip


def show_all(request: HttpRequest) -> HttpResponse:
    """This function will show the houses the agent keeps, with the beds that are left."""
    actor, now = request.actor, timezone.now()  # type: ignore[attr-defined]
    kept, day = permissions.kept_by(actor), timezone.localdate(now)
    seen = permissions.sheets_visible_to(actor, day).filter(date__gte=day - _LATE_FOR)
    rows: list[dict[str, Any]] = [
        {"now": one, "when": words.when(one.day, one.house.sleeps),
         "left": words.beds_left(one.left), "came": words.visits(one.came)}
        for one in queries.houses_now(kept, now)
    ]  # fmt: skip
    here = {(row["now"].house.pk, row["now"].day) for row in rows}
    late = [
        {"opening": one, "when": words.when(one.date, one.house.sleeps)}
        for one in queries.unclosed(seen, day)
        if (one.house_id, one.date) not in here
    ]
    return render(request, "field/stays.html", {"rows": rows, "late": late, "theme": "dark"})


def _visible(request: HttpRequest, pk: int) -> Any:
    found = queries.house(permissions.kept_by(request.actor), pk)  # type: ignore[attr-defined]
    if found is None:
        raise Http404
    return found


def show(request: HttpRequest, pk: int) -> HttpResponse:
    """This function will show who is in a house tonight, or today."""
    return _page(request, _visible(request, pk), timezone.now())


def _forms(house: Any, sheet: queries.Sheet, post: Any = None, act: str = "") -> dict[str, Any]:
    """Every form of the page; the one that was sent holds what was typed."""

    def given(name: str) -> Any:
        return post if _FORMS.get(act) == name else None

    beds = [(str(one.pk), _bed(one)) for one in sheet.free]
    newcomer = given("newcomer_form")
    there = [one.stay.guest for one in (*sheet.inside, *sheet.awaited) if one.stay]
    guests = [*there, *(one.guest for one in sheet.visits), *sheet.known]
    return {
        "newcomer_form": SleeperForm(beds, newcomer, auto_id="n-%s") if house.sleeps
        else NewcomerForm(newcomer, auto_id="n-%s"),
        "incident_form": IncidentForm(given("incident_form"), auto_id="i-%s"),
        "handover_form": HandoverForm(given("handover_form"), auto_id="h-%s"),
        "health_form": HealthForm(
            [(str(one.mark), one.alias) for one in guests if one],
            given("health_form"), auto_id="s-%s",
        ),
        "refusal_form": RefusalForm(given("refusal_form"), auto_id="r-%s"),
    }  # fmt: skip


def _bed(row: queries.BedRow) -> str:
    room = f", {row.room}" if row.room else ""
    return f"{row.code}{room} ({words.bed_for(row.sex)})"


def _page(
    request: HttpRequest, house: Any, now: datetime, post: Any = None, act: str = "",
    refused: Refusal | None = None,
) -> HttpResponse:  # fmt: skip
    day = queries.day_of(house, now)
    sheet = queries.sheet(house, day)
    forms = _forms(house, sheet, post, act)
    faulty = forms.get(_FORMS.get(act, "")) if post is not None else None
    if faulty is not None and faulty.is_valid() and refused is not None:
        faulty.tell(refused)
    actor = request.actor  # type: ignore[attr-defined]
    stays.read_house(house=house.pk, day=day, by=actor, at=now)
    last = queries.last_openings(house.pk, day)
    incidents, handovers = queries.book(last)
    row = queries.opening_on(house.pk, day)
    address = {
        name: reverse("field:stay_act", args=[house.pk, act_]) for name, act_ in _ADDRESSES.items()
    }
    context = {
        "house": house, "day": day, "when": words.when(day, house.sleeps), "sheet": sheet,
        "left": words.beds_left(len(sheet.free)), "faulty": faulty, **forms, **address,
        "incidents": incidents, "handovers": handovers, "opening": row, "theme": "dark",
        "health": queries.health_notes(house.team_id, day), "mark": uuid4(),
        "is_open": row is not None or queries.is_open(house.pk, day),
        "reasons": [
            {"value": value, "label": label, "count": sheet.refusals[value]}
            for value, label in RefusalReason.choices
        ],
        "services": [
            {"value": value, "label": label, "count": sheet.services[value]}
            for value, label in Service.choices
        ],
        "here": reverse("field:stay_house", args=[house.pk]), "now_ms": milliseconds(now),
        "until_ms": milliseconds(queries.end_of(house, day)),
    }  # fmt: skip
    return render(request, "field/stay_house.html", context, status=200)


#: The addresses of the acts, as the page names them.
_ADDRESSES = {
    "come_url": "entrer", "new_url": "nouveau", "keep_url": "garder", "move_url": "deplacer",
    "again_url": "hier", "release_url": "rendre", "refuse_url": "refuser",
    "unrefuse_url": "reprendre-refus", "visit_url": "venir", "unvisit_url": "reprendre",
    "count_url": "compter", "serve_url": "service", "incident_url": "incident",
    "handover_url": "releve", "health_url": "sante", "close_url": "clore",
}  # fmt: skip


@require_POST
def act(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """This function will take one touch of the page, or what was written in one of its forms."""
    house, now = _visible(request, pk), timezone.now()
    given: dict[str, Any] = {
        "house": pk, "day": queries.day_of(house, now), "by": request.actor, "at": now,  # type: ignore[attr-defined]
    }  # fmt: skip
    if act in _FORMS:
        return _filled(request, house, act, given)
    touch = _TOUCHES.get(act)
    if touch is None:
        raise Http404
    said = touch(request.POST, given)
    if said:
        messages.success(request, said)
    return _back(pk, act)


def _back(pk: int, act: str) -> HttpResponse:
    """The page again, where the touch was made."""
    return redirect(f"{reverse('field:stay_house', args=[pk])}#{_WHERE.get(act, 'main')}")


_WHERE = {
    "entrer": "venir", "nouveau": "venir", "garder": "venir", "venir": "venir",
    "compter": "compter", "service": "services", "refuser": "refus", "reprendre-refus": "refus",
    "deplacer": "dedans", "reprendre": "dedans", "hier": "attendus", "rendre": "attendus",
    "incident": "carnet", "releve": "carnet", "sante": "carnet",
}  # fmt: skip


def _filled(request: HttpRequest, house: Any, act: str, given: dict[str, Any]) -> HttpResponse:
    """Writes what a form carries; what is wrong is said beside its field, and nothing is lost."""
    day: date = given["day"]
    form = _forms(house, queries.sheet(house, day), request.POST, act)[_FORMS[act]]
    if not form.is_valid():
        return _page(request, house, given["at"], request.POST, act)
    try:
        said = _WRITES[act](form, given)
    except Refusal as refused:
        return _page(request, house, given["at"], request.POST, act, refused)
    messages.success(request, said)
    return _back(house.pk, act)


def _uuid(typed: Any) -> UUID:
    try:
        return UUID(str(typed))
    except ValueError as error:
        raise Http404 from error


def _number(typed: Any) -> int:
    try:
        return int(str(typed))
    except ValueError as error:
        raise Http404 from error


def _newcomer(form: Any, given: dict[str, Any]) -> str:
    mark = form.cleaned_data["mark"]
    if "bed" not in form.fields:
        found = stays.visit(newcomer=form.newcomer(), mark=mark, **given)
        return _("%(alias)s est là.") % {"alias": found.guest.alias if found.guest else ""}
    held = stays.take_in(arrival=form.arrival(), mark=mark, **given)
    return _taken(held)


def _taken(held: Any) -> str:
    alias = held.guest.alias if held.guest else _("Quelqu’un")
    return _("%(alias)s a le lit %(bed)s.") % {"alias": alias, "bed": held.bed.code}


def _kept(form: Any, given: dict[str, Any]) -> str:
    held = stays.keep_bed(arrival=form.arrival(), mark=form.cleaned_data["mark"], **given)
    return _("Le lit %(bed)s est gardé pour %(alias)s.") % {
        "bed": held.bed.code, "alias": held.guest.alias if held.guest else _("quelqu’un"),
    }  # fmt: skip


def _incident(form: Any, given: dict[str, Any]) -> str:
    stays.note_incident(**form.cleaned_data, **given)
    return _("L’incident est au carnet.")


def _handover(form: Any, given: dict[str, Any]) -> str:
    stays.hand_over(text=form.cleaned_data["text"], **given)
    return _("L’équipe suivante le lira.")


def _health(form: Any, given: dict[str, Any]) -> str:
    note = stays.note_health(**form.cleaned_data, **given)
    return _("C’est noté jusqu’au %(day)s, puis effacé.") % {"day": f"{note.erase_on:%d/%m/%Y}"}


def _refused(form: Any, given: dict[str, Any]) -> str:
    stays.refuse(**form.cleaned_data, **given)
    return _("Le refus est compté, sans nom.")


_WRITES: dict[str, Callable[[Any, dict[str, Any]], str]] = {
    "nouveau": _newcomer, "garder": _kept, "incident": _incident, "releve": _handover,
    "sante": _health, "refuser": _refused,
}  # fmt: skip


def _come(post: Any, given: dict[str, Any]) -> str:
    who = post.get("guest")
    arrival = Arrival(_uuid(who) if who else None)
    return _taken(stays.take_in(arrival=arrival, mark=_uuid(post.get("mark")), **given))


def _moved(post: Any, given: dict[str, Any]) -> str:
    key = str(post.get("move", ""))
    if key not in ("arrive", "leave", "come_back", "release"):
        raise Http404
    moved = stays.move_stay(stay=_number(post.get("stay")), key=key, by=given["by"], at=given["at"])
    return f"{moved.guest or _('Quelqu’un')} : {str(moved.get_state_display()).lower()}."


def _again(_post: Any, given: dict[str, Any]) -> str:
    kept = stays.await_last_night(**given)
    return ngettext("%(n)d lit est gardé.", "%(n)d lits sont gardés.", kept) % {"n": kept}


def _released(_post: Any, given: dict[str, Any]) -> str:
    back = stays.release_awaited(**given)
    return ngettext("%(n)d lit est rendu.", "%(n)d lits sont rendus.", back) % {"n": back}


def _unrefused(_post: Any, given: dict[str, Any]) -> str:
    done = stays.take_back_refusal(**given)
    return _("Le dernier refus est repris.") if done else _("Aucun refus n’est noté.")


def _visited(post: Any, given: dict[str, Any]) -> str:
    found = stays.visit(guest=_uuid(post.get("guest")), mark=_uuid(post.get("mark")), **given)
    return _("%(alias)s est là.") % {"alias": found.guest.alias if found.guest else ""}


def _unvisited(post: Any, given: dict[str, Any]) -> str:
    stays.take_back_visit(guest=_uuid(post.get("guest")), **given)
    return _("Ce passage est repris.")


def _counted(post: Any, given: dict[str, Any]) -> str:
    stays.visit_unnamed(count=_number(post.get("count")), mark=_uuid(post.get("mark")), **given)
    return ""


def _served(post: Any, given: dict[str, Any]) -> str:
    stays.serve(
        service=str(post.get("service", "")), delta=_number(post.get("delta")),
        mark=_uuid(post.get("mark")), **given,
    )  # fmt: skip
    return ""


def _closed(_post: Any, given: dict[str, Any]) -> str:
    row = queries.opening_on(given["house"], given["day"])
    if row is None:
        raise Http404
    done = stays.close_opening(opening=row.pk, by=given["by"], at=given["at"])
    return _("C’est clos : %(what)s. Merci, reposez-vous.") % {"what": words.came(done)}


_TOUCHES: dict[str, Callable[[Any, dict[str, Any]], str]] = {
    "entrer": _come, "deplacer": _moved, "hier": _again, "rendre": _released,
    "reprendre-refus": _unrefused, "venir": _visited, "reprendre": _unvisited,
    "compter": _counted, "service": _served, "clore": _closed,
}  # fmt: skip
