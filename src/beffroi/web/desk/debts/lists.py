"""The lists of mediation files: mine, all that are open, the closed ones."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from beffroi.acts.budgets import services as budgets
from beffroi.acts.budgets.enums import FileState
from beffroi.acts.budgets.permissions import can_mediate, files_visible_to, leads_mediation
from beffroi.acts.budgets.queries import dues_of, with_totals
from beffroi.core.actors import Actor
from beffroi.web.desk.debts import words
from beffroi.web.tables import csv_response

PER_PAGE = 25
LISTS = ("miens", "ouverts", "clos")


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """This function will show one list of files, what is due in each first."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if not can_mediate(actor):
        raise Http404
    today, name = timezone.localdate(), request.GET.get("liste", "miens")
    name = name if name in LISTS else "miens"
    page = Paginator(_rows(actor, name), PER_PAGE).get_page(request.GET.get("page"))
    shown = budgets.read_list(rows=page.object_list, name=name, by=actor, at=timezone.now())
    dues = dues_of(shown, today)
    pressing = sorted(
        shown, key=lambda f: (not dues[f.pk], dues[f.pk][0].day or today if dues[f.pk] else today)
    )
    context: dict[str, Any] = {
        "title": _titles()[name], "tabs": _tabs(name), "columns": words.columns(), "page": page,
        "rows": [words.file_row(file, dues[file.pk], today) for file in pressing],
        "base": f"?liste={name}&", "leads": leads_mediation(actor),
        "empty": {
            "title": _("Aucun dossier ici."),
            "text": _("Les dossiers que vous ouvrez arrivent dans cette liste."),
        },
    }  # fmt: skip
    return render(request, "desk/debts/list.html", context)


@require_POST
def extract(request: HttpRequest) -> HttpResponse:
    """This function will hand out the mediation files to who leads the team; amounts in euros."""
    rows: Any = budgets.extract_files(by=request.actor, at=timezone.now())  # type: ignore[attr-defined]
    heads = ("référence", "personnes", "état", "issue", "médiateur", "ouvert le", "clôturé le",
             "dettes", "reste dû")  # fmt: skip
    return csv_response("mediations.csv", heads, [
        (file.reference, words.names(file), file.get_state_display(), file.get_outcome_display(),
         file.worker, timezone.localdate(file.opened_at),
         timezone.localdate(file.closed_at) if file.closed_at else "", file.debt_count,
         f"{file.owed:.2f}".replace(".", ","))
        for file in rows
    ])  # fmt: skip


def _rows(actor: Actor, name: str) -> Any:
    rows = with_totals(files_visible_to(actor))
    if name == "clos":
        return rows.filter(state=FileState.CLOSED).order_by("-closed_at")
    rows = rows.exclude(state=FileState.CLOSED)
    return rows.filter(worker=int(actor.ref)) if name == "miens" else rows


def _titles() -> dict[str, str]:
    return {
        "miens": _("Mes dossiers de médiation"), "ouverts": _("Dossiers ouverts"),
        "clos": _("Dossiers clôturés"),
    }  # fmt: skip


def _tabs(current: str) -> list[dict[str, Any]]:
    url = reverse("desk:debts")
    return [
        {"label": label, "url": f"{url}?liste={key}", "current": key == current}
        for key, label in _titles().items()
    ]
