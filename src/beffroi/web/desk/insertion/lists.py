"""What is due in projects, by legal date; and the contracts of work with their days."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from beffroi.acts.agreements import queries
from beffroi.acts.agreements import services as agreements
from beffroi.acts.agreements.permissions import (
    agreement_teams,
    agreements_visible_to,
    can_keep_partners,
    led_teams,
)
from beffroi.acts.agreements.workflow import OPEN_STATES
from beffroi.core.actors import Actor
from beffroi.web.desk.insertion import words
from beffroi.web.tables import csv_response

PER_PAGE = 50
LISTS = ("dus", "miens", "ouverts", "clos")


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """This function will show one list of agreements, the nearest legal date first."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if not agreement_teams(actor):
        raise Http404
    today, name = timezone.localdate(), request.GET.get("liste", "dus")
    name = name if name in LISTS else "dus"
    rows: Any = _rows(actor, name)
    if name != "clos":
        rows = _by_due(rows, dues_only=name == "dus")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    shown = agreements.read_list(rows=page.object_list, name=name, by=actor, at=timezone.now())
    context: dict[str, Any] = {
        "title": _titles()[name], "tabs": _tabs(name), "columns": words.columns(), "page": page,
        "rows": [words.row(one, today) for one in shown], "base": f"?liste={name}&",
        "at_risk": _at_risk(actor, today) if name == "dus" else None, "leads": bool(led_teams(actor)),
        "empty": {"title": _("Rien ici."), "text": _("Aucune convention ne répond à cette liste.")},
    }  # fmt: skip
    return render(request, "desk/insertion/list.html", context)


@require_POST
def extract(request: HttpRequest) -> HttpResponse:
    """This function will hand out the agreements of the teams an agent leads."""
    rows = agreements.extract_agreements(by=request.actor, at=timezone.now())  # type: ignore[attr-defined]
    heads = ("référence", "nature", "but", "personne", "dossier social", "équipe", "agent", "état",
             "signée le", "commence le", "finit le")  # fmt: skip
    return csv_response("conventions.csv", heads, [
        (one.reference, one.get_kind_display(), one.title, one.person, one.subject_ref, one.team,
         one.worker, one.get_state_display(), one.signed_date or "", one.starts_date or "",
         one.ends_date or "")
        for one in rows
    ])  # fmt: skip


def _rows(actor: Actor, name: str) -> Any:
    rows = queries.with_everything(agreements_visible_to(actor))
    if name == "clos":
        return rows.exclude(state__in=OPEN_STATES).order_by("-ended_date", "-pk")
    rows = rows.filter(state__in=OPEN_STATES)
    return rows.filter(worker=int(actor.ref)) if name == "miens" else rows


def _by_due(rows: Any, dues_only: bool) -> list[Any]:
    known = [(one, queries.next_due(one)) for one in rows]
    dated = sorted(
        ((one, due) for one, due in known if due is not None), key=lambda x: (x[1][1], x[0].pk)
    )
    undated = [] if dues_only else [one for one, due in known if due is None]
    return [one for one, _due in dated] + undated


def _at_risk(actor: Actor, today: Any) -> dict[str, Any]:
    """The projects not signed in time, and what they lose each month."""
    late = [
        one
        for one in queries.piis_due(on=today, teams=agreement_teams(actor), within_days=0)
        if one.what == "signature" and one.due_date < today
    ]
    total = sum((one.at_risk for one in late if one.at_risk is not None), queries.ZERO)
    return {"count": len(late), "amount": words.euros(total)}


def _titles() -> dict[str, str]:
    return {
        "dus": _("Ce qui est dû"), "miens": _("Mes conventions"), "ouverts": _("Conventions ouvertes"),
        "clos": _("Conventions terminées"),
    }  # fmt: skip


def _tabs(current: str) -> list[dict[str, Any]]:
    url = reverse("desk:insertion")
    return [
        {"label": label, "url": f"{url}?liste={key}", "current": key == current}
        for key, label in _titles().items()
    ]


@require_safe
def work(request: HttpRequest) -> HttpResponse:
    """This function will show the contracts of work with their day counters."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if not can_keep_partners(actor):
        raise Http404
    today = timezone.localdate()
    found = list(queries.work_contracts(agreements_visible_to(actor)))
    found.sort(key=lambda one: (queries.next_due(one) or ("", today))[1])
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    shown = agreements.read_list(rows=page.object_list, name="emplois", by=actor, at=timezone.now())
    context = {
        "columns": words.work_columns(), "rows": [words.work_row(one, today) for one in shown],
        "page": page, "empty": {
            "title": _("Aucun emploi en cours."), "text": _("Les contrats signés arrivent ici."),
        },
    }  # fmt: skip
    return render(request, "desk/insertion/work.html", context)
