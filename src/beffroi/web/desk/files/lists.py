"""The lists of files: the next legal step of each comes first."""

from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from beffroi.casework import queries
from beffroi.casework import services as casework
from beffroi.casework.permissions import files_visible_to
from beffroi.core.actors import Actor
from beffroi.web.desk.files import words
from beffroi.web.desk.files.navigation import counts_of

PER_PAGE = 25


def titles() -> dict[str, str]:
    """This function will give the name of each list."""
    return {
        queries.MINE: _("Mes dossiers"),
        queries.TEAM: _("Tous ceux de l’équipe"),
        queries.LATE: _("En retard"),
        queries.FREE: _("À confier"),
        queries.CLOSED: _("Clos"),
    }


class _Counted(Paginator):  # type: ignore[type-arg]
    """Pages of a list whose length is known already; None counts it."""

    def __init__(self, rows: QuerySet[Any], known: int | None) -> None:
        super().__init__(rows, PER_PAGE)
        if known is not None:
            self.count = known


@require_safe
def files(request: HttpRequest) -> HttpResponse:
    """This function will show one list of files and journal which were shown."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    today, now = timezone.localdate(), timezone.now()
    name = request.GET.get("liste", "")
    name = name if name in queries.LISTS else queries.MINE
    visible = files_visible_to(actor)
    rows = queries.in_list(visible, name, int(actor.ref), today)
    counts = counts_of(request, whole=name == queries.TEAM)
    page = _Counted(rows, None if name == queries.CLOSED else counts[name]).get_page(
        request.GET.get("page")
    )
    shown = casework.read_list(rows=page.object_list, name=name, by=actor, at=now)
    kinds = queries.open_kinds([file.pk for file in shown])
    context: dict[str, Any] = {
        "title": titles()[name],
        "tabs": _tabs(name, counts),
        "columns": words.columns(),
        "rows": [words.row(file, kinds.get(file.pk, []), today) for file in shown],
        "page": page,
        "base": "?" + urlencode({"liste": name}) + "&",
        "empty": _empty(name),
    }
    return render(request, "desk/files/list.html", context)


def _tabs(current: str, counts: dict[str, int]) -> list[dict[str, Any]]:
    url = reverse("desk:files")
    return [
        {
            "label": label,
            "url": f"{url}?{urlencode({'liste': key})}",
            "count": None if key == queries.TEAM else counts[key] or None,
            "current": key == current,
        }
        for key, label in titles().items()
    ]


def _empty(name: str) -> dict[str, str]:
    texts = {
        queries.MINE: _("Aucun dossier ne vous est confié pour l’instant."),
        queries.LATE: _("Aucun délai n’est dépassé dans votre équipe."),
        queries.FREE: _("Chaque dossier a quelqu’un qui s’en occupe."),
    }
    return {"title": _("Rien ici."), "text": texts.get(name, _("Aucun dossier dans cette liste."))}
