"""Outings on a phone: begin, count a contact in one touch, note a fault, come back."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from beffroi.accounts import queries as accounts
from beffroi.acts.fieldwork import permissions, queries
from beffroi.acts.fieldwork import services as fieldwork
from beffroi.core.actors import Actor
from beffroi.core.errors import InvalidInput, Refusal
from beffroi.web.field.terrain_forms import QUICK, ContactForm, FaultForm, KitsForm, StartForm

#: An outing nobody ended is shown on the phone this long after.
_LATE_FOR = timedelta(days=14)


def _start_form(actor: Actor, day: date, post: Any = None) -> StartForm:
    teams = permissions.own_teams(actor)
    own = list(queries.areas_open(own_areas(actor), day))
    several = len({one.team_id for one in own}) > 1
    labels = [(a.pk, f"{a.name} ({a.team.name})" if several else a.name) for a in own]
    agents = accounts.agents_of(teams, day).exclude(pk=int(actor.ref))
    crew = [(one.pk, one.get_full_name()) for one in agents]
    first = {"area": labels[0][0]} if len(labels) == 1 else {}
    return StartForm(labels, crew, post, initial=first)


def today(request: HttpRequest) -> HttpResponse:
    """This function will show the outing under way, or begin one."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    now = timezone.now()
    form = _start_form(actor, timezone.localdate(now), request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            made = fieldwork.start_outing(by=actor, at=now, **given)
        except Refusal as refused:
            form.tell(refused)
        else:
            return redirect("field:terrain_outing", made.pk)
    own = permissions.outings_visible_to(actor).filter(
        area__team__key__in=permissions.own_teams(actor), starts_at__gte=now - _LATE_FOR
    )
    mine = queries.outings_of_agent(actor.ref)
    others = [one for one in queries.outings_open(own) if one not in mine]
    pages = [reverse("field:terrain_area", args=[pk]) for pk, _name in form.fields["area"].choices]  # type: ignore[attr-defined]
    context = {
        "form": form, "mine": mine, "others": others, "pages": " ".join(pages),
        "now_ms": int(now.timestamp() * 1000), "sector_url": f"{request.path}secteur/",
    }  # fmt: skip
    return render(request, "field/terrain.html", context)


def _visible(request: HttpRequest, pk: int) -> Any:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = queries.outing(permissions.outings_visible_to(actor), pk)
    if found is None or not permissions.can_go_out(actor, found.area.team.key):
        raise Http404
    return found


@dataclass(frozen=True)
class Ground:
    """An outing with what its forms offer: read once, however many acts are taken."""

    #: Its number, or the mark a phone gave it while it is written nowhere else.
    ref: int | UUID
    area: Any
    spots: list[Any]
    kits: list[Any]

    @classmethod
    def of(cls, outing: Any) -> "Ground":
        """This function will read what the forms of an outing offer, in two queries."""
        return cls.on(outing.area, outing.date, outing.pk)

    @classmethod
    def on(cls, area: Any, day: date, ref: int | UUID) -> "Ground":
        """This function will read what the forms of an area offer on a day, in two queries."""
        kits = queries.kit_kinds([area.team.key], day)
        return cls(ref, area, queries.spots_for(area.pk, day), kits)

    def form(self, act: str, post: Any = None, **initial: Any) -> Any:
        """This function will give the form of one act, or nothing for an act there is not."""
        if act == "contact":
            return ContactForm(
                self.area, self.spots, self.kits, post, initial=initial, auto_id="c-%s"
            )
        if act == "materiel":
            return KitsForm(self.kits, post, auto_id="k-%s")
        return FaultForm(self.spots, post, auto_id="f-%s") if act == "constat" else None


def _forms(found: Any, post: Any = None, act: str = "") -> dict[str, Any]:
    ground, last = Ground.of(found), queries.last_contact(found.pk)
    first = {"spot": last.spot_id, "place": last.place, "kind": last.kind} if last else {}
    return {
        name: ground.form(name, post if name == act else None, **first)
        for name in ("contact", "materiel", "constat")
    }


def take(act: str, form: Any, ground: Ground, made_at: datetime) -> Any:
    """This function will give what a valid form says, as the services take it."""
    if act in ("contact", "materiel"):
        return form.draft(ground.ref, made_at)
    return form.draft(ground.area.pk, made_at, ground.ref)


@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """This function will show an outing: what it counts, and how to count one more."""
    found = _visible(request, pk)
    return _page(request, found, _forms(found))


def _page(request: HttpRequest, found: Any, forms: dict[str, Any]) -> HttpResponse:
    # Read before the counts: an act that comes meanwhile is shown from the phone.
    now_ms = int(timezone.now().timestamp() * 1000)
    faulty = next((form for form in forms.values() if form.is_bound and form.errors), None)
    faults = queries.observations_listed(
        permissions.observations_visible_to(request.actor).filter(outing=found)  # type: ignore[attr-defined]
    )
    context = {
        "outing": found, "tally": queries.tally(found.pk), "quick": QUICK, "faulty": faulty,
        "contact_form": forms["contact"], "kits_form": forms["materiel"],
        "fault_form": forms["constat"], "now_ms": now_ms, "faults": faults,
        "is_open": queries.is_open_outing(found), "area": found.area,
    }  # fmt: skip
    return render(request, "field/outing.html", context)


@require_safe
def area(request: HttpRequest, pk: int) -> HttpResponse:
    """This function will show the page of an outing that begins without a network.

    Phones keep it: which outing it is, and what it counts, is known to them alone.
    """
    actor: Actor = request.actor  # type: ignore[attr-defined]
    day = timezone.localdate()
    found = queries.area(queries.areas_open(own_areas(actor), day), pk)
    if found is None:
        raise Http404
    ground = Ground.on(found, day, uuid4())
    context = {
        "outing": None, "area": found, "tally": queries.Tally(), "quick": QUICK, "now_ms": 0,
        "contact_form": ground.form("contact"), "kits_form": ground.form("materiel"),
        "fault_form": ground.form("constat"), "faulty": None, "faults": [], "is_open": True,
    }  # fmt: skip
    return render(request, "field/outing.html", context)


def own_areas(actor: Actor) -> Any:
    """This function will give the areas where the actor goes out."""
    teams = permissions.own_teams(actor)
    return permissions.areas_visible_to(actor).filter(team__key__in=teams)


def _write(act: str, draft: Any, *, by: Actor, at: datetime) -> str:
    if act == "contact":
        return fieldwork.meet(draft=draft, by=by, at=at)
    if act == "materiel":
        return fieldwork.hand_over(draft=draft, by=by, at=at)
    return fieldwork.observe(draft=draft, by=by, at=at)


@require_POST
def act(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """This function will take one touch on an outing, or end it."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found, now = _visible(request, pk), timezone.now()
    if act == "rentrer":
        fieldwork.close_outing(outing=pk, by=actor, at=now, note=str(request.POST.get("note", "")))
        messages.success(request, _("Vous êtes de retour. La sortie est close."))
        return redirect("field:terrain")
    forms = _forms(found, request.POST, act)
    if act not in forms:
        raise Http404
    form = forms[act]
    if form.is_valid():
        try:
            became = _write(act, take(act, form, Ground.of(found), now), by=actor, at=now)
        except InvalidInput as refused:
            form.tell(refused)
        else:
            if became == fieldwork.KEPT:
                messages.success(request, _("C’est compté."))
            else:
                messages.warning(request, _("C’était déjà compté : rien ne s’ajoute."))
            return redirect("field:terrain_outing", pk)
    return _page(request, found, forms)
