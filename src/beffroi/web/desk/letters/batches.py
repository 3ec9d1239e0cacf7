"""Batches of letters: how far each is, and one file to print."""

from time import monotonic
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from beffroi.documents.letters import queries
from beffroi.documents.letters import services as letters
from beffroi.documents.letters.permissions import batches_visible_to
from beffroi.web.desk.letters.files import handed_out

_PER_PAGE = 30
#: A request writes letters for so long, then shows how far it is.
_SECONDS = 4.0


@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """This function will show the batches, the newest first."""
    found = batches_visible_to(request.actor)  # type: ignore[attr-defined]
    page = Paginator(found, _PER_PAGE).get_page(request.GET.get("page"))
    progress = queries.progress_of(page.object_list)
    heads = (_("Lot"), _("Ouvert le"), _("État"), _("Écrites"), _("Refusées"))
    context = {
        "columns": [{"label": head, "end": n > 2} for n, head in enumerate(heads)],
        "rows": [_row(batch, progress[str(batch.pk)]) for batch in page],
        "page": page,
        "empty": {
            "title": _("Aucun lot de lettres."),
            "text": _(
                "Un lot naît d’une adaptation à l’index, d’un ordre de paiement ou d’une liste."
            ),
        },
    }
    return render(request, "desk/letters/batches.html", context)


def _row(batch: Any, progress: queries.Progress) -> list[Any]:
    return [
        {"text": batch.title, "url": reverse("desk:letter_batch", args=[batch.pk]), "sub": batch.opened_by},
        date_format(timezone.localtime(batch.opened_at), "DATETIME_FORMAT"),
        {"tag": batch.get_state_display(), "tone": "green" if batch.state == "done" else "amber"},
        {"text": f"{progress.written} / {progress.total}", "end": True},
        {"text": str(progress.refused), "end": True},
    ]  # fmt: skip


@require_safe
def show(request: HttpRequest, pk: UUID) -> HttpResponse:
    """This function will show how far a batch is, and the letters that were refused."""
    return render(request, _template(request), _context(request, pk, goes_on=False))


def _template(request: HttpRequest) -> str:
    return (
        "desk/letters/_progress.html"
        if request.headers.get("HX-Request")
        else "desk/letters/batch.html"
    )


def _context(request: HttpRequest, pk: UUID, goes_on: bool) -> dict[str, Any]:
    batch = batches_visible_to(request.actor).filter(pk=pk).first()  # type: ignore[attr-defined]
    if batch is None:
        raise Http404
    progress = queries.progress_of([batch])[str(batch.pk)]
    return {
        "batch": batch, "progress": progress, "goes_on": goes_on and progress.waiting,
        "columns": [{"label": _("Rang")}, {"label": _("Pourquoi la lettre est refusée")}],
        "rows": [
            [str(item.position), item.refused_why] for item in queries.refused_items(batch)[:200]
        ],
    }  # fmt: skip


@require_POST
def write(request: HttpRequest, pk: UUID) -> HttpResponse:
    """This function will write letters of a batch for a few seconds, then show how far it is."""
    end = monotonic() + _SECONDS
    letters.run_batch(
        batch=pk, by=request.actor, clock=timezone.now, until=lambda: monotonic() > end  # type: ignore[attr-defined]
    )  # fmt: skip
    if request.headers.get("HX-Request"):
        return render(request, "desk/letters/_progress.html", _context(request, pk, goes_on=True))
    return redirect("desk:letter_batch", pk)


@require_safe
def pdf(request: HttpRequest, pk: UUID) -> HttpResponse:
    """This function will hand out every letter of a batch in one file, in the order of printing."""
    progress = _context(request, pk, goes_on=False)["progress"]
    if not progress.written:
        return redirect("desk:letter_batch", pk)
    content = letters.read_batch_pdf(batch=pk, by=request.actor, at=timezone.now())  # type: ignore[attr-defined]
    return handed_out(content, "application/pdf", f"lettres-{str(pk)[:8]}.pdf")
