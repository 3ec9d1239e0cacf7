"""The acts on an agreement: each a form, one service call, and its refusal in words."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from beffroi.acts.agreements.permissions import agreements_visible_to
from beffroi.web.desk.insertion.act_forms import ACTS
from beffroi.web.desk.insertion.page import page_context
from beffroi.web.desk.small_acts import attempt, fresh


@require_POST
def act(request: HttpRequest, reference: str, act: str) -> HttpResponse:
    """This function will do one act; refused, it shows the page again with what was typed."""
    actor = request.actor  # type: ignore[attr-defined]
    row = agreements_visible_to(actor).filter(reference=reference).first()
    if row is None or act not in ACTS:
        raise Http404
    asked = ACTS[act]
    form = fresh(asked, request.POST, row)
    fixed = {"reference": reference, "by": actor, "at": timezone.now()}
    if attempt(form, asked.service, **fixed):
        messages.success(request, str(asked.done))
        return redirect("desk:insertion_agreement", reference)
    context = page_context(request, reference, (act, form))
    return render(request, "desk/insertion/page.html", context)
