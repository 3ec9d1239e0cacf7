"""Urgent aid: what waits for the president, with what she must know to decide and nothing else."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from beffroi.casework import motives, queries
from beffroi.casework import services as casework
from beffroi.casework.enums import Outcome
from beffroi.core.errors import NotAllowed, Refusal
from beffroi.web.desk.files import words
from beffroi.web.desk.files.application import tell
from beffroi.web.desk.files.forms import UrgentForm


@require_safe
def waiting(request: HttpRequest) -> HttpResponse:
    """This function will list the urgent applications that wait for the president."""
    actor = request.actor  # type: ignore[attr-defined]
    rows = casework.read_urgent(by=actor, at=timezone.now())
    shown = [{"one": one, "label": words.aid_label(one.kind)} for one in rows]
    return render(request, "desk/files/urgent.html", {"rows": shown})


@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: HttpRequest, reference: str) -> HttpResponse:
    """This function will show one urgent application and record what the president grants."""
    actor = request.actor  # type: ignore[attr-defined]
    found = casework.read_urgent(by=actor, at=timezone.now(), reference=reference)
    if not found:
        raise Http404
    application = found[0]
    told = queries.own_answers(application)
    form = UrgentForm(
        request.POST or None,
        initial={
            "amount": application.details.get("asked_amount") or None,
            "motives": motives.prepared(application.kind, application.details, Outcome.GRANT),
        },
    )
    if request.method == "POST" and form.is_valid():
        try:
            casework.decide_urgently(
                reference=reference, by=actor, at=timezone.now(), **form.given()
            )
        except NotAllowed:
            raise
        except Refusal as refused:
            tell(form, refused)
        else:
            messages.success(
                request, _("L’aide est accordée ; elle sera ratifiée à la prochaine séance.")
            )
            return redirect("desk:urgent_aids")
    context: dict[str, Any] = {
        "application": application, "label": words.aid_label(application.kind), "form": form,
        "facts": [{"label": label, "value": said} for label, said in told],
        "back": reverse("desk:urgent_aids"),
    }  # fmt: skip
    return render(request, "desk/files/urgent_one.html", context)
