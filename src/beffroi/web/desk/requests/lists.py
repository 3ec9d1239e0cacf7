"""The lists of requests, and the search; each reading leaves its row in the journal."""

import re
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from beffroi.accounts import queries as accounts
from beffroi.acts.requests import inbox_queries as inbox
from beffroi.acts.requests import services as requests_services
from beffroi.acts.requests.queries import case_teams
from beffroi.acts.requests.search_queries import search as search_requests
from beffroi.core.actors import Actor
from beffroi.web.desk.requests import words
from beffroi.web.desk.requests.filters import read_filters
from beffroi.web.desk.requests.navigation import counts_of

PER_PAGE = 25
_LONGEST = 120
_REFERENCE = re.compile(r"[A-Z]+-\d{4}-\d{5}")


def requests(request: HttpRequest) -> HttpResponse:
    """This function will show one list of the agent, with its tabs and filters."""
    return render(request, "desk/requests/list.html", list_context(request))


def list_context(request: HttpRequest) -> dict[str, Any]:
    """This function will give a list as its page shows it, and journal that it was read."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    today = timezone.localdate()
    teams = _teams(actor)
    name = _list_named(request, teams)
    agents = accounts.agents_of(teams, today)
    form, filters = read_filters(request, [(str(a.pk), str(a)) for a in agents])
    rows = inbox.narrowed(inbox.in_list(actor, name), filters, today)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    shown = requests_services.read_list(
        rows=page.object_list, name=name, by=actor, at=timezone.now()
    )
    kept = {
        key: value for key, value in request.GET.items() if key not in ("page", "liste") and value
    }
    return {
        "name": name,
        "title": _titles(teams)[name],
        "tabs": _tabs(request, teams, name),
        "columns": words.columns(),
        "rows": [words.row(row, today) for row in shown],
        "page": page,
        "base": "?" + urlencode({"liste": name, **kept}) + "&",
        "form": form,
        "filtered": bool(filters),
        "empty": _empty(name, bool(filters)),
        "list_url": reverse("desk:requests"),
        "clear_url": reverse("desk:requests") + "?" + urlencode({"liste": name}),
    }


def _teams(actor: Actor) -> dict[str, str]:
    return {p.team: p.team_label for p in actor.posts if p.team in case_teams(actor)}


def _titles(teams: dict[str, str]) -> dict[str, str]:
    return {
        inbox.ALL: _("Toutes"),
        inbox.MINE: _("Mes demandes"),
        **teams,
        inbox.WAITING: _("Attendent la personne"),
        inbox.PROPOSED: _("Proposées à mon équipe"),
        inbox.CLOSED: _("Clôturées"),
    }


def _list_named(request: HttpRequest, teams: dict[str, str]) -> str:
    """The list asked for; without one, everything that is open."""
    asked = request.GET.get("liste", "")
    return asked if asked in _titles(teams) else inbox.ALL


def _tabs(request: HttpRequest, teams: dict[str, str], current: str) -> list[dict[str, Any]]:
    counts = counts_of(request)
    known = {
        inbox.ALL: counts.total,
        inbox.MINE: counts.mine,
        inbox.WAITING: counts.waiting,
        inbox.PROPOSED: counts.proposed,
        **{key: counts.by_team.get(key, 0) for key in teams},
    }
    url = reverse("desk:requests")
    return [
        {
            "label": label,
            "url": f"{url}?{urlencode({'liste': key})}",
            "count": known.get(key) or None,
            "current": key == current,
        }
        for key, label in _titles(teams).items()
    ]


def _empty(name: str, filtered: bool) -> dict[str, str]:
    if filtered:
        return {
            "title": _("Aucune demande ne répond à ces filtres."),
            "text": _("Élargissez-les, ou retirez-les tous."),
        }
    texts = {
        inbox.MINE: _("Vous n’avez rien en charge. Prenez une demande de votre équipe."),
        inbox.WAITING: _("Personne ne doit vous répondre pour l’instant."),
        inbox.PROPOSED: _("Aucune équipe ne vous propose de demande."),
        inbox.CLOSED: _("Rien n’a encore été clôturé."),
    }
    return {"title": _("Rien ici."), "text": texts.get(name, _("Toutes les demandes sont closes."))}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def search(request: HttpRequest) -> HttpResponse:
    """This function will find requests by reference, name or telephone number.

    What is typed goes by the body of the request, never by the address. A whole reference leads
    straight to its page.
    """
    actor: Actor = request.actor  # type: ignore[attr-defined]
    typed = request.POST.get("q", "").strip()[:_LONGEST]
    today = timezone.localdate()
    found = inbox.with_standing(search_requests(actor, typed)) if typed else None
    rows: Any = found if found is not None else []
    page = Paginator(rows, PER_PAGE).get_page(request.POST.get("page"))
    if _REFERENCE.fullmatch(typed.upper()) and page.paginator.count == 1:
        return redirect("desk:request", typed.upper())
    shown = requests_services.read_list(
        rows=page.object_list, name="recherche", by=actor, at=timezone.now()
    )
    context = {
        "typed": typed,
        "columns": words.columns(),
        "rows": [words.row(row, today) for row in shown],
        "page": page,
        "empty": {
            "title": _("Rien trouvé dans vos équipes."),
            "text": _(
                "Essayez une partie du nom, le numéro de téléphone ou la référence. Une demande "
                "d’une autre équipe n’apparaît pas ici."
            ),
        },
    }
    return render(request, "desk/requests/search.html", context)
