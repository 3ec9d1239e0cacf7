"""The sitting as it is held: who is there, the matter at hand, its vote, the next one."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from beffroi.acts.bodies import permissions, queries
from beffroi.acts.bodies import services as bodies
from beffroi.acts.bodies.enums import SittingState
from beffroi.rules import council as rules
from beffroi.web.desk.council import words
from beffroi.web.desk.council.common import CouncilForm, actor_of, at_once, attempt
from beffroi.web.desk.council.forms import (
    AddForm,
    OpenForm,
    OpenVoteForm,
    PostponeForm,
    SecretVoteForm,
)


@require_safe
def show(request: HttpRequest, reference: str) -> HttpResponse:
    """This function will show the sitting to who holds the pen."""
    context = live_context(request, reference)
    if context is None:
        return redirect("desk:council_sitting", reference)
    return render(request, "desk/council/live.html", context)


def live_context(
    request: HttpRequest, reference: str, bound: CouncilForm | None = None
) -> dict[str, Any] | None:
    """This function will give the live page; None when the sitting is not convened or open.

    Raises: NotAllowed when it is not hers to see.
    """
    actor = actor_of(request)
    page = bodies.read_sitting(reference=reference.upper(), by=actor, at=timezone.now())
    sitting = page.sitting
    if not permissions.can_record(actor, sitting.body):
        raise Http404
    day, count = queries.date_of(sitting), len(page.members)
    context = {
        "sitting": sitting, "body": sitting.body, "state": words.state(sitting),
        "when": words.moment(sitting.starts_at), "quorum": rules.quorum(count, day),
        "quorum_note": words.rule_note(rules.rule("quorum_share", day)), "in_function": count,
        "entries": page.entries, "bound": bound,
    }  # fmt: skip
    if sitting.state == SittingState.CONVENED:
        return {**context, "opening": _opening(page, bound)}
    if sitting.state == SittingState.OPEN:
        return {**context, **_room(request, page, bound)}
    return None


def _opening(page: Any, bound: CouncilForm | None) -> CouncilForm:
    if bound is not None:
        return bound
    chair = next((m.pk for m in page.members if m.role == "president"), None)
    return OpenForm(members=page.members, initial={"chair": chair})


def _room(request: HttpRequest, page: Any, bound: CouncilForm | None) -> dict[str, Any]:
    """Who is in the room, and the matter at hand with its forms."""
    here = queries.voters_in_the_room(page.sitting)
    here_pks = {m.pk for m in here}
    entry = _current(request, page)
    context = {
        "here": here, "absent": [m for m in page.members if m.pk not in here_pks],
        "entry": entry, "done": not page.left, "several": len(page.left) > 1,
        "add_form": _add_form(request, page.sitting, bound),
        "columns": words.agenda_columns(),
        "rows": [_row(page.sitting, one) for one in page.entries],
    }  # fmt: skip
    if entry is None:
        return context
    barred = set(entry.item.recusals.values_list("mandate__agent_id", flat=True))
    voters = [m for m in here if m.agent_id not in barred]
    return {
        **context, "voters": voters, "recused": [m for m in here if m.agent_id in barred],
        "vote_form": _bound_or(bound, "vote", _vote_form(entry.item, voters)),
        "postpone_form": _bound_or(bound, "postpone", PostponeForm()),
    }  # fmt: skip


def _row(sitting: Any, entry: Any) -> list[Any]:
    """A place on the agenda that leads to the matter in the room."""
    row = words.agenda_row(entry)
    if entry.item is not None:
        live = reverse("desk:council_live", args=[sitting.reference])
        row[1] = {**row[1], "url": f"{live}?point={entry.item.reference}"}
    return row


def _bound_or(bound: CouncilForm | None, act: str, form: CouncilForm) -> CouncilForm:
    return bound if bound is not None and bound.act == act else form


def _current(request: HttpRequest, page: Any) -> Any:
    """The matter asked for, else the first without a result."""
    asked = request.GET.get("point") or request.POST.get("item", "")
    chosen = next((e for e in page.left if e.item.reference == asked), None)
    return chosen or next(iter(page.left), None)


def _vote_form(item: Any, voters: list[Any], data: Any = None) -> Any:
    return SecretVoteForm(data) if item.is_secret else OpenVoteForm(data, voters=voters)


def _add_form(request: HttpRequest, sitting: Any, bound: CouncilForm | None) -> CouncilForm:
    if bound is not None and bound.act == "add":
        return bound
    return AddForm(ready=_ready(request, sitting))


def _ready(request: HttpRequest, sitting: Any) -> list[Any]:
    return bodies.read_ready(sitting=sitting.reference, by=actor_of(request), at=timezone.now())


@require_POST
def act(request: HttpRequest, reference: str, act: str) -> HttpResponse:
    """This function will do one act of the sitting; refused, the page comes back as it was typed."""
    reference = reference.upper()
    actor, now = actor_of(request), timezone.now()
    page = bodies.read_sitting(reference=reference, by=actor, at=now)
    if not permissions.can_record(actor, page.sitting.body):
        raise Http404
    key = {"sitting": reference, "by": actor, "at": now}
    plain = _plain_acts(request, key)
    if act in plain:
        do, said, name = plain[act]
        return at_once(request, do, said, reverse(name, args=[reference]))
    form, do_with, said = _asked(request, act, page, key)
    if attempt(form, do_with):
        messages.success(request, said)
        return redirect("desk:council_live", reference)
    context = live_context(request, reference, bound=form)
    if context is None:
        messages.error(request, " ".join(str(e) for e in form.non_field_errors()))
        return redirect("desk:council_sitting", reference)
    return render(request, "desk/council/live.html", context)


def _plain_acts(
    request: HttpRequest, key: dict[str, Any]
) -> dict[str, tuple[Callable[[], Any], str, str]]:
    """The acts that ask nothing more than a button, or a choice in a list."""
    mandate, item = _number(request, "mandate"), request.POST.get("item", "")
    live, page = "desk:council_live", "desk:council_sitting"
    return {
        "arrive": (lambda: bodies.arrive(mandate=mandate, **key), _("L’arrivée est notée."), live),
        "leave": (lambda: bodies.leave(mandate=mandate, **key), _("Le départ est noté."), live),
        "recuse": (
            lambda: bodies.recuse_member(item=item, mandate=mandate, **key),
            _("Ce membre quitte la salle pour ce point."), live,
        ),
        "unanimous": (
            lambda: bodies.vote_unanimously(item=item, **key), _("Le point est adopté à l’unanimité."), live
        ),
        "miss": (
            lambda: bodies.miss_quorum(**key),
            _("Le quorum manque : les points attendent la nouvelle séance."), page,
        ),
        "close": (
            lambda: bodies.close_sitting(
                postpone_rest=request.POST.get("postpone_rest") == "1", **key
            ),
            _("La séance est levée."), page,
        ),
    }  # fmt: skip


def _number(request: HttpRequest, name: str) -> int:
    given = request.POST.get(name, "")
    return int(given) if given.isdecimal() and len(given) < 18 else 0


def _asked(
    request: HttpRequest, act: str, page: Any, key: dict[str, Any]
) -> tuple[Any, Callable[[dict[str, Any]], Any], str]:
    """The form of an act, what it does once filled in, and what is said then."""
    post, item = request.POST, request.POST.get("item", "")
    if act == "open":
        form: Any = OpenForm(post, members=page.members)
        return form, lambda data: bodies.open_sitting(**data, **key), _("La séance est ouverte.")
    if act == "add":
        form = AddForm(post, ready=_ready(request, page.sitting))
        return form, lambda data: bodies.add_urgent_item(**data, **key), _("Le point est ajouté.")
    if act == "postpone":
        form = PostponeForm(post)
        said = _("Le point est reporté.")
        return form, lambda data: bodies.postpone_item(item=item, **data, **key), said
    entry = next((e for e in page.entries if e.item and e.item.reference == item), None)
    if act != "vote" or entry is None:
        raise Http404(act)
    here = queries.voters_in_the_room(page.sitting)
    barred = set(entry.item.recusals.values_list("mandate__agent_id", flat=True))
    form = _vote_form(entry.item, [m for m in here if m.agent_id not in barred], post)
    said = _("Le résultat est noté.")
    return form, lambda data: bodies.record_vote(item=item, **form.given(data), **key), said
