"""Urgent aid: what waits for the president, with what she must know to decide and nothing else."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from beffroi.acts.bodies import permissions as bodies
from beffroi.acts.bodies import queries as bodies_queries
from beffroi.casework import motives, queries
from beffroi.casework import services as casework
from beffroi.casework.enums import Outcome
from beffroi.casework.permissions import can_decide_urgently
from beffroi.core.actors import Actor
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
    return render(request, "desk/files/urgent.html", {"rows": shown, "granted": to_ratify(actor)})


def urgent_of(actor: Actor) -> dict[str, Any] | None:
    """This function will give, for who presides, what waits and what is to be ratified; no name."""
    if not can_decide_urgently(actor):
        return None
    rows = casework.read_urgent(by=actor, at=timezone.now())
    title = ngettext(
        "%(n)d aide urgente attend votre décision", "%(n)d aides urgentes attendent votre décision",
        len(rows),
    ) % {"n": len(rows)}  # fmt: skip
    return {
        "title": title if rows else _("Aucune aide urgente n’attend"),
        "rows": [
            {
                "label": words.aid_label(one.kind), "reference": one.reference,
                "asked_on": one.asked_on, "url": reverse("desk:urgent_aid", args=[one.reference]),
            }
            for one in rows
        ],
        "granted": to_ratify(actor),
    }  # fmt: skip


def to_ratify(actor: Actor) -> list[dict[str, Any]]:
    """This function will give the urgent aids granted that a sitting must still ratify."""
    return [
        {
            "label": words.aid_label(one.kind), "reference": one.reference,
            "amount": words.euros(one.amount), "decided_at": one.decided_at,
            "url": reverse("desk:council_item", args=[one.item]),
            "sitting_at": one.sitting_at, "sitting": one.sitting,
            "sitting_url": reverse("desk:council_sitting", args=[one.sitting])
            if one.sitting else reverse("desk:council_sitting_new"),
        }
        for one in bodies_queries.to_ratify(bodies.urgent_to_ratify(actor))
    ]  # fmt: skip


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
            messages.success(request, _granted(actor))
            return redirect("desk:urgent_aids")
    context: dict[str, Any] = {
        "application": application, "label": words.aid_label(application.kind), "form": form,
        "facts": [{"label": label, "value": said} for label, said in told],
        "back": reverse("desk:urgent_aids"),
    }  # fmt: skip
    return render(request, "desk/files/urgent_one.html", context)


def _granted(actor: Actor) -> str:
    """What is said once the aid is granted: which sitting ratifies it."""
    last = max(to_ratify(actor), key=lambda one: one["decided_at"], default=None)
    if last is None or last["sitting_at"] is None:
        return _("L’aide est accordée ; la prochaine séance du Conseil la ratifie.")
    day = words.day(timezone.localtime(last["sitting_at"]).date())
    return _("L’aide est accordée ; elle est à l’ordre du jour du %(day)s pour ratification.") % {
        "day": day
    }
