"""One vote on several matters: which, who may vote them all, and what the vote gave."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from beffroi.acts.bodies import permissions, queries
from beffroi.acts.bodies import services as bodies
from beffroi.acts.bodies.enums import SittingState
from beffroi.web.desk.council.common import actor_of, at_once, attempt
from beffroi.web.desk.council.forms import OpenVoteForm, SecretVoteForm


class OpenBlockForm(OpenVoteForm):
    """The voice of each member, worth for every matter of the block."""

    amendment = None  # type: ignore[assignment]

    def given(self, data: dict[str, Any]) -> dict[str, Any]:
        return {"ballots": super().given({**data, "amendment": ""})["ballots"]}


class SecretBlockForm(SecretVoteForm):
    """The totals of one secret ballot, worth for every matter of the block."""

    amendment = None  # type: ignore[assignment]

    def given(self, data: dict[str, Any]) -> dict[str, Any]:
        return {"totals": super().given({**data, "amendment": ""})["totals"]}


@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, reference: str) -> HttpResponse:
    """This function will choose matters to vote together, then keep the result of each."""
    actor, now = actor_of(request), timezone.now()
    page = bodies.read_sitting(reference=reference.upper(), by=actor, at=now)
    sitting = page.sitting
    if not permissions.can_record(actor, sitting.body):
        raise Http404
    if sitting.state != SittingState.OPEN:
        return redirect("desk:council_sitting", sitting.reference)
    asked = (request.POST if request.method == "POST" else request.GET).getlist("items")
    chosen = [entry for entry in page.left if entry.item and entry.item.reference in asked]
    items = [entry.item.reference for entry in chosen if entry.item]
    key: dict[str, Any] = {"sitting": sitting.reference, "items": items, "by": actor, "at": now}
    if request.method == "POST" and "unanimous" in request.POST:
        said = _("Les points du bloc sont adoptés à l’unanimité.")
        live = reverse("desk:council_live", args=[sitting.reference])
        return at_once(request, lambda: bodies.adopt_block(**key), said, live)
    context = {"sitting": sitting, "left": page.left, "chosen": items, **_block(chosen, sitting)}
    if request.method == "POST" and "form" in context:
        form = context["form"] = _form(chosen, context["voters"], request.POST)
        if attempt(form, lambda data: bodies.record_block(**key, **form.given(data))):
            messages.success(request, _("Le résultat de chaque point du bloc est noté."))
            return redirect("desk:council_live", sitting.reference)
    return render(request, "desk/council/block.html", context)


def _block(chosen: list[Any], sitting: Any) -> dict[str, Any]:
    """Who may vote every matter chosen, who is out because of which, and the form; or what lacks."""
    if not chosen:
        return {}
    if len(chosen) < 2:
        return {"lacks": _("Cochez au moins deux points.")}
    if len({entry.item.is_secret for entry in chosen}) > 1:
        return {"lacks": _("Un scrutin secret et un vote à haute voix ne se groupent pas.")}
    places = {entry.item.pk: f"{entry.position}. {entry.item.title}" for entry in chosen}
    out: dict[int, list[str]] = {}
    for row in queries.recusals_among(entry.item for entry in chosen):
        out.setdefault(row.mandate.agent_id, []).append(places[row.item_id])
    here = queries.voters_in_the_room(sitting)
    voters = [member for member in here if member.agent_id not in out]
    return {
        "entries": chosen, "voters": voters, "is_secret": chosen[0].item.is_secret,
        "out": [(str(m.agent), ", ".join(out[m.agent_id])) for m in here if m.agent_id in out],
        "form": _form(chosen, voters),
    }  # fmt: skip


def _form(chosen: list[Any], voters: list[Any], data: Any = None) -> Any:
    if chosen[0].item.is_secret:
        return SecretBlockForm(data)
    return OpenBlockForm(data, voters=voters)
