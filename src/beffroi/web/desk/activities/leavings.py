"""Who left a session, and with whom: only with those who may come for her."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from beffroi.acts.activities import money_queries, permissions, picture_queries, queries
from beffroi.acts.activities import services as activities
from beffroi.acts.activities.enums import Collects
from beffroi.core.errors import Refusal
from beffroi.core.text import whole_number
from beffroi.web.desk.activities import words


def show(request: HttpRequest, pk: int) -> HttpResponse:
    """This function will show who is still there and who left with whom; note one who leaves."""
    actor, now = request.actor, timezone.now()  # type: ignore[attr-defined]
    found = queries.session(permissions.sheets_visible_to(actor), pk)
    if found is None:
        raise Http404
    refusal = ""
    if request.method == "POST":
        who, contact = (str(request.POST.get(name, ""))[:18] for name in ("personne", "contact"))
        if whole_number(who) is None or (contact and whole_number(contact) is None):
            raise Http404
        try:
            activities.leave(
                session=pk, participant=int(who), contact=int(contact) if contact else None,
                by=actor, at=now,
            )  # fmt: skip
        except Refusal as refused:
            refusal = str(refused)
        else:
            messages.success(request, _("Son départ est noté."))
            return redirect("desk:activity_leavings", pk)
    activities.read_sheet(session=pk, by=actor, at=now)
    present = [row for row in queries.sheet(found).rows if row.state == "present" and row.id]
    around = picture_queries.contacts_for([row.id for row in present if row.id], found.date)
    left = money_queries.left_already(pk)
    context = {
        "session": found, "day": words.day(found.starts_at), "refusal": refusal,
        "rows": [_row(row, around.get(row.id or 0, []), left.get(row.id or 0)) for row in present],
    }  # fmt: skip
    return render(request, "desk/activities/leavings.html", context)


def _row(row: Any, around: list[Any], left: Any) -> dict[str, Any]:
    return {
        "pk": row.id, "name": row.name, "left": left,
        "with": left.contact.name if left and left.contact else "",
        "may": [one for one in around if one.collects == Collects.MAY],
        "must_not": [one.name for one in around if one.collects == Collects.MUST_NOT],
    }  # fmt: skip
