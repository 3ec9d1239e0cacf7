"""What the pages of strategic plans share: the plan, its elements, how an act on a page is done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from beffroi.core.errors import InvalidInput, NotAllowed, Refusal
from beffroi.steering.strategic_enums import (
    LETTERS,
    OBJECTIVES,
    ElementState,
    Health,
    Level,
    StrategicKind,
)
from beffroi.steering.strategic_permissions import (
    elements_visible_to,
    strategic_plans_visible_to,
)
from beffroi.web.board.common import actor_of, number
from beffroi.web.sections import Act, Section

if TYPE_CHECKING:
    from beffroi.core.actors import Actor
    from beffroi.steering.models import Element, StrategicPlan

STATE_TONES = {
    ElementState.TO_SCHEDULE: "", ElementState.PLANNED: "", ElementState.ONGOING: "green",
    ElementState.STOPPED: "red", ElementState.DONE: "green", ElementState.CANCELLED: "amber",
}  # fmt: skip
HEALTH_TONES = {
    Health.GOOD: "green", Health.WATCH: "amber", Health.BAD: "red", Health.PAUSED: "amber",
}  # fmt: skip


@dataclass(frozen=True)
class Deed:
    """An act done on the page itself: its form, filled or bound, and what it does."""

    key: str
    label: str
    form: forms.Form
    do: Callable[[dict[str, Any]], str]
    hint: str = ""
    variant: str = "secondary"
    #: The line under which the form waits, unless it holds something to mend.
    folded: str = ""

    @property
    def act(self) -> Act:
        """This property gives the act as the page draws it; it posts to the page it is on."""
        return Act(
            self.key, self.label, self.form, hint=self.hint, variant=self.variant,
            action=f"?acte={self.key}", folded="" if self.form.is_bound else self.folded,
        )  # fmt: skip


def bound(request: HttpRequest, key: str) -> Any:
    """This function will give what was posted for one act of the page, None for the others."""
    return request.POST if request.method == "POST" and request.GET.get("acte") == key else None


def who(request: HttpRequest) -> dict[str, Any]:
    """This function will give by whom and when a service is called."""
    return {"by": actor_of(request), "at": timezone.now()}


def answered(request: HttpRequest, deeds: list[Deed], back: str) -> HttpResponse | None:
    """This function will do the act that was posted and go back, or leave its faults on its form.

    Raises: Http404 for an act that this page does not offer to this person.
    """
    if request.method != "POST":
        return None
    deed = next((one for one in deeds if one.key == request.GET.get("acte")), None)
    if deed is None:
        raise Http404(request.GET.get("acte", ""))
    if not deed.form.is_valid():
        return None
    try:
        said = deed.do(dict(deed.form.cleaned_data))
    except NotAllowed:
        raise
    except Refusal as refused:
        tell(deed.form, refused)
        return None
    messages.success(request, said)
    return redirect(back)


def tell(form: forms.Form, refused: Refusal) -> None:
    """This function will put the words of a refusal on the fields they speak of, or above all."""
    fields = refused.fields if isinstance(refused, InvalidInput) else {}
    form.add_error(None, str(refused))
    for name, said in fields.items():
        form.add_error(name if name in form.fields else None, said)


def page(
    request: HttpRequest, title: str, intro: str, sections: list[Section],
    deeds: list[Deed] | None = None, *, template: str = "board/strategic.html", **more: Any,
) -> HttpResponse:  # fmt: skip
    """This function will show a page of strategic plans; a fault gives 422 and keeps what was typed."""
    failed = next((one.form for one in deeds or [] if one.form.errors), None)
    context = {
        "title": title, "intro": intro, "sections": sections, "failed": failed,
        "acts_to": "board:act", **more,
    }  # fmt: skip
    return render(request, template, context, status=422 if failed is not None else 200)


def the_strategic(request: HttpRequest, key: str) -> StrategicPlan:
    """This function will give the strategic plan the page is about. Raises: Http404."""
    plan = strategic_plans_visible_to(actor_of(request)).filter(key=key).first()
    if plan is None:
        raise Http404(key)
    return plan


def the_element(actor: Actor, plan: StrategicPlan, ref: str) -> Element:
    """This function will give the element named « A.12 ». Raises: Http404."""
    letters, _dot, digits = ref.partition(".")
    level = next((one for one, letter in LETTERS.items() if letter == letters), None)
    if level is None or not (digits.isascii() and digits.isdigit()) or len(digits) > 4:
        raise Http404(ref)
    row = elements_visible_to(actor, plan).filter(level=level, number=int(digits)).first()
    if row is None:
        raise Http404(ref)
    return row


def element_url(row: Element) -> str:
    """This function will give the address of an element."""
    return reverse("board:strategic_element", args=[row.plan.key, row.reference])


def act_url(plan: StrategicPlan, act: str, ref: str = "") -> str:
    """This function will give the address where an act of whoever steers is filled in."""
    address = reverse("board:strategic_act", args=[plan.key, act])
    return f"{address}?sur={ref}" if ref else address


def percent(value: Decimal | None) -> str:
    """This function will write progress: « 62 % », « – » where nothing can be said."""
    return "–" if value is None else f"{number(value)}\u00a0%"


def state_cell(row: Element, *late: str) -> dict[str, Any]:
    """This function will give the cell of a state, with what is late under it."""
    return {
        "tag": state_word(row), "tone": STATE_TONES[ElementState(row.state)],
        "sub": " · ".join(one for one in late if one),
    }  # fmt: skip


def state_word(row: Element) -> str:
    """This function will say a state: an objective is reached where an action is finished."""
    if row.state == ElementState.DONE and Level(row.level) in OBJECTIVES:
        return _("Atteint")
    return str(row.get_state_display())


def health_cell(row: Element) -> dict[str, Any]:
    """This function will give the cell of a health, with the words that explain it."""
    return {
        "tag": row.get_health_display(), "tone": HEALTH_TONES[Health(row.health)],
        "sub": row.health_words,
    }  # fmt: skip


def crumbs(plan: StrategicPlan, *more: dict[str, str]) -> list[dict[str, str]]:
    """This function will give the way from the list of plans to a page."""
    return [
        {"label": _("PST et PSSP"), "url": reverse("board:strategic")},
        {"label": plan.name, "url": reverse("board:strategic_plan", args=[plan.key])},
        *more,
    ]


def tabs(plan: StrategicPlan, here: str) -> dict[str, Any]:
    """This function will give the views of a strategic plan."""
    views = [
        ("strategic_plan", _("Objectifs et actions")), ("strategic_gantt", _("Calendrier")),
        ("strategic_money", _("Personnel et dépenses")), ("strategic_reports", _("États d’avancement")),
    ]  # fmt: skip
    if plan.kind == StrategicKind.PST:
        views.append(("strategic_ecomptes", _("eComptes")))
    items = [
        {"label": label, "url": reverse(f"board:{name}", args=[plan.key]), "current": name == here}
        for name, label in views
    ]
    return {"label": _("Vues du plan"), "items": items}
