"""The acts on a sitting before and after the room: agenda, convocation, minutes."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from beffroi.acts.bodies import services as bodies
from beffroi.web.desk.council.common import actor_of, at_once, attempt, moment_of
from beffroi.web.desk.council.forms import CancelForm, ConveneForm, RecallForm
from beffroi.web.desk.council.sittings import sitting_context

_FORMS: dict[str, type[Any]] = {form.act: form for form in (ConveneForm, CancelForm, RecallForm)}


@require_POST
def act(request: HttpRequest, reference: str, act: str) -> HttpResponse:
    """This function will do one act on a sitting; refused, its page comes back as it was typed."""
    reference = reference.upper()
    if act in _FORMS:
        return _with_form(request, reference, act)
    return _without(request, reference, act)


def _with_form(request: HttpRequest, reference: str, act: str) -> HttpResponse:
    key: dict[str, Any] = {"sitting": reference, "by": actor_of(request), "at": timezone.now()}
    lead = [reference]

    def do(data: dict[str, Any]) -> None:
        if act == "convene":
            bodies.convene(urgency_reason=data["urgency_reason"], **key)
        elif act == "cancel":
            bodies.cancel_sitting(reason=data["reason"], **key)
        else:
            recall = bodies.plan_recall(starts_at=moment_of(data), place=data["place"], **key)
            lead[0] = recall.reference

    said = {
        "convene": _("La séance est convoquée. Chaque membre peut lire ses points."),
        "cancel": _("La séance est annulée ; ses points attendent une autre séance."),
        "recall": _("La nouvelle séance est prévue, avec les mêmes points."),
    }
    form = _FORMS[act](request.POST)
    if attempt(form, do):
        messages.success(request, said[act])
        return redirect("desk:council_sitting", lead[0])
    context = sitting_context(request, reference, bound=form)
    return render(request, "desk/council/sitting.html", context)


def _without(request: HttpRequest, reference: str, act: str) -> HttpResponse:
    key: dict[str, Any] = {"sitting": reference, "by": actor_of(request), "at": timezone.now()}
    item = request.POST.get("item", "")
    build = reverse("desk:council_agenda", args=[reference])
    minutes = reverse("desk:council_minutes", args=[reference])
    acts: dict[str, tuple[Callable[[], Any], str, str]] = {
        "add": (
            lambda: bodies.schedule_items(items=request.POST.getlist("items"), **key),
            _("L’ordre du jour est complété."), build,
        ),
        "up": (lambda: bodies.reorder_item(item=item, step=-1, **key), _("Le point monte."), build),
        "down": (
            lambda: bodies.reorder_item(item=item, step=1, **key), _("Le point descend."), build
        ),
        "remove": (
            lambda: bodies.release_item(item=item, **key),
            _("Le point attend une autre séance."), build,
        ),
        "draft": (
            lambda: bodies.draft_minutes(**key), _("Le projet de procès-verbal est prêt."), minutes
        ),
        "approve": (
            lambda: bodies.approve_minutes(**key),
            _("Le procès-verbal est approuvé : il ne change plus."), minutes,
        ),
    }  # fmt: skip
    if act not in acts:
        raise Http404(act)
    do, said, to = acts[act]
    return at_once(request, do, said, to)
