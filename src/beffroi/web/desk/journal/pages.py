"""The journal: search, one reference, extract; each look at it leaves its own row."""

from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from beffroi.audit import queries as audit_queries
from beffroi.audit import services as audit
from beffroi.audit.queries import JournalSearch
from beffroi.web.desk.journal import words
from beffroi.web.desk.journal.forms import JournalForm
from beffroi.web.tables import csv_response

PER_PAGE = 50


def journal(request: HttpRequest) -> HttpResponse:
    """This function will show the rows of the journal that match the search."""
    form = JournalForm(request.GET or None)
    search = form.search()
    context = {
        "form": form,
        "fields": [form[n] for n in ("mots", "nature", "depuis", "jusqua", "reference")],
        "asked": [(key, value) for key, value in request.GET.items() if key != "page" and value],
        **_rows(request, search),
    }
    return render(request, "desk/journal/journal.html", context)


def _rows(request: HttpRequest, search: JournalSearch) -> dict[str, Any]:
    page = Paginator(audit_queries.journal(search), PER_PAGE).get_page(request.GET.get("page"))
    shown = audit.read_journal(
        by=request.actor, at=timezone.now(), search=search, first=PER_PAGE,  # type: ignore[attr-defined]
        skip=max(page.start_index() - 1, 0),
    )  # fmt: skip
    kept = {key: value for key, value in request.GET.items() if key != "page" and value}
    return {
        "columns": words.columns(),
        "rows": [words.row(entry) for entry in shown],
        "page": page,
        "base": "?" + urlencode(kept) + "&" if kept else "?",
        "empty": {"title": _("Aucune ligne ne répond à cette recherche."), "text": ""},
    }


def about(request: HttpRequest, reference: str) -> HttpResponse:
    """This function will show everything the journal holds about one reference: who looked, when."""
    search = JournalSearch(subject=reference.upper())
    agents = audit_queries.actors_of(audit_queries.journal(search))
    context = {"reference": search.subject, "agents": agents, **_rows(request, search)}
    return render(request, "desk/journal/about.html", context)


@require_POST
def export(request: HttpRequest) -> HttpResponse:
    """This function will hand out the rows of a search as a file, and journal that it left."""
    search = JournalForm(request.POST).search()
    rows = audit.export_journal(by=request.actor, at=timezone.now(), search=search)  # type: ignore[attr-defined]
    heads = ("moment", "nature", "acte", "qui", "service et rôle", "objet", "référence",
             "personne concernée", "motif", "détail")  # fmt: skip
    return csv_response("journal.csv", heads, [
        (timezone.localtime(e.at).isoformat(timespec="seconds"), e.kind, e.verb, e.actor_label,
         e.actor_post, e.object_kind, e.object_ref, e.subject_ref, e.reason, str(e.detail or ""))
        for e in rows
    ])  # fmt: skip
