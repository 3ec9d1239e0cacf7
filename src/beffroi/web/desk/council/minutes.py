"""The minutes: read, retouched part by part, approved."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_safe

from beffroi.acts.bodies import permissions
from beffroi.acts.bodies import services as bodies
from beffroi.acts.bodies.enums import SittingState
from beffroi.core.errors import InvalidInput
from beffroi.web.desk.council import words
from beffroi.web.desk.council.common import CouncilForm, actor_of


class PartForm(CouncilForm):
    """A part of the minutes, and the revision it was read at."""

    act = "passage"
    text = forms.CharField(label=lazy("Texte"), widget=forms.Textarea(attrs={"rows": 12}))
    revision = forms.IntegerField(widget=forms.HiddenInput)


@require_safe
def show(request: HttpRequest, reference: str) -> HttpResponse:
    """This function will show the parts of the minutes that are the reader's to see."""
    actor, now = actor_of(request), timezone.now()
    parts = bodies.read_minutes(sitting=reference.upper(), by=actor, at=now)
    sitting = permissions.sittings_visible_to(actor).get(reference=reference.upper())
    drafted = sitting.state == SittingState.DRAFTED
    context = {
        "sitting": sitting, "state": words.state(sitting), "parts": parts,
        "when": words.moment(sitting.starts_at), "crumbs": _crumbs(sitting, _("Procès-verbal")),
        "can_edit": drafted and permissions.can_record(actor, sitting.body),
        "can_approve": drafted and permissions.can_approve(actor, sitting.body),
    }  # fmt: skip
    return render(request, "desk/council/minutes.html", context)


def _crumbs(sitting: Any, last: str) -> list[dict[str, str]]:
    return [
        {"label": _("Séances"), "url": reverse("desk:council")},
        {"label": sitting.reference,
         "url": reverse("desk:council_sitting", args=[sitting.reference])},
        {"label": last},
    ]  # fmt: skip


def edit(request: HttpRequest, reference: str, part: int) -> HttpResponse:
    """This function will keep a part; if somebody changed it meanwhile, both texts are shown."""
    actor, now = actor_of(request), timezone.now()
    reference = reference.upper()
    parts = bodies.read_minutes(sitting=reference, by=actor, at=now)
    row = next((p for p in parts if p.pk == part), None)
    sitting = permissions.sittings_visible_to(actor).get(reference=reference)
    if row is None or not permissions.can_record(actor, sitting.body):
        raise Http404
    if sitting.state != SittingState.DRAFTED:
        return redirect("desk:council_minutes", reference)
    form = PartForm(request.POST or None, initial={"text": row.text, "revision": row.revision})
    theirs = ""
    if request.method == "POST" and form.is_valid():
        try:
            bodies.edit_minutes(part=part, by=actor, at=now, **form.cleaned_data)
        except bodies.StaleText as stale:
            theirs = stale.theirs
            form = PartForm({"text": form.cleaned_data["text"], "revision": stale.revision})
            form.add_error(None, str(stale))
        except InvalidInput as refused:
            form.add_error("text", str(refused))
        else:
            messages.success(request, _("Le passage est gardé."))
            return redirect("desk:council_minutes", reference)
    return render(request, "desk/council/minutes_edit.html", {
        "form": form, "part": row, "theirs": theirs, "crumbs": _crumbs(sitting, row.title),
        "back": reverse("desk:council_minutes", args=[reference]),
    })  # fmt: skip
