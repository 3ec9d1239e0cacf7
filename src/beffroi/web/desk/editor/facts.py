"""Facts of a service or a place: state, confirm, put aside, replace; closures."""

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from beffroi.directory import editor_queries, permissions, services
from beffroi.directory.enums import ContradictionState, FactKind, FactState
from beffroi.directory.weekly import said_when
from beffroi.web.desk.editor.acts import actor_of, at_once, found, now, run, thing_or_404
from beffroi.web.desk.editor.common_forms import DateField
from beffroi.web.desk.editor.fact_forms import FactForm, HoursForm, form_for

TONES = {"stated": "", "disputed": "amber", "confirmed": "green", "rejected": "red"}


def thing_url(sort: str, key: str) -> str:
    """This function will give the page of a service or a place."""
    name = "desk:editor_service" if sort == "services" else "desk:editor_place"
    return reverse(name, args=[key])


def groups(thing: Any, sort: str, unknown: Any) -> list[dict[str, Any]]:
    """This function will group the facts of a thing by kind, and say which kinds are unknown."""
    day = timezone.localdate()
    by_kind: dict[str, list[dict[str, Any]]] = {}
    for fact in editor_queries.facts_about(thing):
        by_kind.setdefault(fact.kind, []).append(_shown(fact, day))
    wanted = [kind for kind in FactKind if kind in by_kind or kind in unknown]
    return [
        {
            "kind": kind.value, "label": kind.label, "unknown": kind in unknown,
            "facts": sorted(by_kind.get(kind.value, []), key=lambda shown: shown["is_past"]),
            "add": reverse("desk:editor_fact_new", args=[sort, thing.key, kind.value]),
        }
        for kind in wanted
    ]  # fmt: skip


def _shown(fact: Any, day: Any) -> dict[str, Any]:
    held_by = fact.contradiction if fact.contradiction_id else None
    ended = fact.valid_until_date is not None and fact.valid_until_date < day
    rejected = fact.state == FactState.REJECTED
    return {
        "fact": fact, "id": f"raison-{fact.pk}", "tone": TONES[fact.state], "ended": ended, "is_past": ended or rejected,
        "can_act": not rejected and not (held_by and held_by.state == ContradictionState.OPEN),
        "when": said_when(fact.value) if fact.kind == FactKind.ACTIVITY else "",
        "due": bool(fact.review_date and fact.review_date <= day),
    }  # fmt: skip


def _crumbs(sort: str, thing: Any, title: str) -> list[dict[str, str]]:
    first = (
        ("desk:editor_services", _("Services"))
        if sort == "services"
        else ("desk:editor_places", _("Lieux"))
    )
    return [
        {"label": first[1], "url": reverse(first[0])},
        {"label": thing.name, "url": thing_url(sort, thing.key)},
        {"label": title},
    ]


def choose(request: HttpRequest, sort: str, key: str) -> HttpResponse:
    """This function will lead to the form of the kind of fact that was chosen."""
    thing_or_404(request, sort, key)
    return new(request, sort, key, str(request.GET.get("nature", "")))


def new(request: HttpRequest, sort: str, key: str, kind: str) -> HttpResponse:
    """This function will state a new fact of this kind."""
    thing = thing_or_404(request, sort, key)
    if kind not in FactKind.values:
        raise Http404(kind)
    form = form_for(kind)(request.POST or None, initial={"as_of_date": timezone.localdate()})
    if request.method == "POST":
        done = run(
            request, form, lambda data: _state(request, thing, FactKind(kind), form),
            _("Le fait est noté."), thing_url(sort, key),
        )  # fmt: skip
        if done:
            return done
    return _page(
        request,
        sort,
        thing,
        form,
        kind,
        _("Énoncer : %(kind)s") % {"kind": FactKind(kind).label.lower()},
    )


def _state(request: HttpRequest, thing: Any, kind: FactKind, form: FactForm) -> None:
    shared: dict[str, Any] = {
        "provenance": form.provenance(),
        "state": form.state(),
        "by": actor_of(request),
        "at": now(),
    }
    if isinstance(form, HoursForm):
        services.state_weekly_hours(about=thing, slots=form.slots(), note=form.words(), **shared)
        return
    services.state_fact(about=thing, kind=kind, text=form.words(), value=form.value(), **shared)


def replace(request: HttpRequest, pk: int) -> HttpResponse:
    """This function will enter the fact that takes over from another, which ends the day before."""
    old = found(permissions.facts_editable_by(actor_of(request)).filter(pk=pk))
    sort, thing = _place_of(old)
    today = timezone.localdate()
    initial = {"as_of_date": today, "valid_from_date": today, "text": old.text, **(old.value or {})}
    if old.kind == FactKind.HOURS:
        initial.pop("text")
    form = form_for(old.kind)(request.POST or None, initial=initial)
    if request.method == "POST":
        done = run(
            request, form, lambda data: _replace(request, old, thing, form),
            _("Le nouveau fait est noté ; l’ancien reste dans l’historique."), thing_url(sort, thing.key),
        )  # fmt: skip
        if done:
            return done
    title = _("Remplacer : %(kind)s") % {"kind": old.get_kind_display().lower()}
    return _page(request, sort, thing, form, old.kind, title, old)


def _replace(request: HttpRequest, old: Any, thing: Any, form: FactForm) -> None:
    if isinstance(form, HoursForm):
        _state(request, thing, FactKind.HOURS, form)
        return
    services.replace_fact(
        old=old, text=form.words(), value=form.value(), provenance=form.provenance(),
        state=form.state(), by=actor_of(request), at=now(),
    )  # fmt: skip


def _place_of(fact: Any) -> tuple[str, Any]:
    if fact.service:
        return "services", fact.service
    if fact.place:
        return "lieux", fact.place
    raise Http404


def _page(
    request: HttpRequest,
    sort: str,
    thing: Any,
    form: FactForm,
    kind: str,
    title: str,
    old: Any = None,
) -> HttpResponse:
    return render(request, "desk/editor/fact.html", {
        "form": form, "heading": title, "thing": thing, "old": old, "back": thing_url(sort, thing.key),
        "crumbs": _crumbs(sort, thing, title), "grid": form.grid() if isinstance(form, HoursForm) else None,
    })  # fmt: skip


@require_POST
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """This function will note that an editor checked a fact today."""
    fact = found(permissions.facts_editable_by(actor_of(request)).filter(pk=pk))
    sort, thing = _place_of(fact)
    return at_once(
        request, lambda: services.confirm_fact(fact=fact, by=actor_of(request), at=now()),
        _("Le fait est confirmé."), thing_url(sort, thing.key),
    )  # fmt: skip


@require_POST
def reject(request: HttpRequest, pk: int) -> HttpResponse:
    """This function will put a fact aside, with its reason."""
    fact = found(permissions.facts_editable_by(actor_of(request)).filter(pk=pk))
    sort, thing = _place_of(fact)
    reason = request.POST.get("reason", "")
    return at_once(
        request, lambda: services.reject_fact(fact=fact, reason=reason, by=actor_of(request), at=now()),
        _("Le fait est écarté ; il reste dans l’historique."), thing_url(sort, thing.key),
    )  # fmt: skip


class ClosureForm(forms.Form):
    """Closed from a day to a day, and what the public reads."""

    from_date = DateField(label=gettext_lazy("Du"))
    until_date = DateField(label=gettext_lazy("Au"))
    reason = forms.CharField(
        label=gettext_lazy("Ce que le public lira"), max_length=255,
        help_text=gettext_lazy("Par exemple : fermé pour travaux, la maison de Cuesmes vous accueille."),
    )  # fmt: skip


def closure(request: HttpRequest, sort: str, key: str) -> HttpResponse:
    """This function will announce that a service or a place is closed for a time."""
    thing = thing_or_404(request, sort, key)
    form = ClosureForm(request.POST or None)
    if request.method == "POST":
        done = run(
            request, form,
            lambda data: services.add_closure(about=thing, by=actor_of(request), at=now(), **data),
            _("La fermeture est annoncée."), thing_url(sort, key),
        )  # fmt: skip
        if done:
            return done
    title = _("Annoncer une fermeture")
    return render(request, "desk/editor/form.html", {
        "form": form, "heading": title, "act": _("Annoncer la fermeture"),
        "crumbs": _crumbs(sort, thing, title), "back": thing_url(sort, key),
    })  # fmt: skip


@require_POST
def remove_closure(request: HttpRequest, pk: int) -> HttpResponse:
    """This function will take an announced closure away."""
    row = found(permissions.closures_editable_by(actor_of(request)).filter(pk=pk))
    sort, thing = _place_of(row)
    return at_once(
        request, lambda: services.remove_closure(closure=row, by=actor_of(request), at=now()),
        _("La fermeture est ôtée."), thing_url(sort, thing.key),
    )  # fmt: skip
