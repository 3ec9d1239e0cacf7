"""Who a strategic plan pays and what it costs: no day of work and no cost in two plans."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from beffroi.steering import services as steering
from beffroi.steering.permissions import can_keep_money
from beffroi.steering.services import StrategicCostDraft
from beffroi.steering.strategic_enums import OBJECTIVES, StrategicKind
from beffroi.steering.strategic_permissions import elements_visible_to
from beffroi.steering.strategic_shares import costs_shared_with_pcs, shares_beside
from beffroi.web.board.common import actor_of, number
from beffroi.web.board.strategic import common, forms
from beffroi.web.sections import Section, column, day, money

if TYPE_CHECKING:
    from beffroi.steering.models import StrategicPlan


def strategic_money(request: HttpRequest, plan: str) -> HttpResponse:
    """This function will show the staff and the costs of a plan, and take others."""
    held = common.the_strategic(request, plan)
    deeds = _deeds(request, held) if can_keep_money(actor_of(request)) else []
    here = reverse("board:strategic_money", args=[held.key])
    done = common.answered(request, deeds, here)
    if done is not None:
        return done
    acts = {one.key: one.act for one in deeds}
    staff, costs = _staff(held), _costs(held)
    staff.acts = [acts[key] for key in ("affecter", "finir") if key in acts]
    costs.acts = [acts[key] for key in ("depenser", "annuler") if key in acts]
    sections = [staff, costs]
    if held.kind == StrategicKind.PSSP:
        sections.append(_shared(held))
    intro = _("Un jour de travail et une dépense ne se paient qu’une fois, tous plans confondus.")
    return common.page(
        request, _("Personnel et dépenses"), intro, sections, deeds,
        tabs=common.tabs(held, "strategic_money"), crumbs=common.crumbs(held),
    )  # fmt: skip


def _staff(held: StrategicPlan) -> Section:
    shares = list(held.staff.select_related("agent"))
    beside = shares_beside(held, [one.agent_id for one in shares if one.agent_id])
    rows = [
        [
            {"text": str(one.agent) if one.agent else _("agent parti"), "sub": one.function},
            f"{day(one.since_date)} – {day(one.until_date) or '…'}",
            {"text": number(one.fte), "end": True}, {"text": number(one.charged_fte), "end": True},
            " · ".join(f"{number(other.charged)} : {other.plan}" for other in beside.get(one.agent_id or 0, [])) or "–",
        ]
        for one in shares
    ]  # fmt: skip
    heads = column(
        _("Agent"), _("Quand"), _("Travaille"), _("À charge de ce plan"), _("Dans d’autres plans"),
        end=(2, 3),
    )  # fmt: skip
    return Section(_("Personnel, en équivalents temps plein"), "", heads, rows, _("Personne n’est encore à charge de ce plan."))  # fmt: skip


def _costs(held: StrategicPlan) -> Section:
    rows = [
        [
            {"text": one.label, "sub": one.supplier or one.mandate}, day(one.on_date),
            one.element.reference if one.element else "–",
            {"text": money(one.amount)["text"], "end": True} | ({"tag": _("annulée"), "tone": "red", "sub": one.why_cancelled} if one.cancelled_at else {}),
        ]
        for one in held.costs.select_related("element")
    ]  # fmt: skip
    heads = column(_("Dépense"), _("Date"), _("Action"), _("Montant"), end=(3,))
    return Section(_("Dépenses payées par ce plan seul"), "", heads, rows, _("Aucune dépense n’est encore encodée."))  # fmt: skip


def _shared(held: StrategicPlan) -> Section:
    rows = [
        [
            {"text": one.cost.label, "sub": one.cost.plan.name}, day(one.cost.on_date),
            {"text": money(one.cost.amount)["text"], "end": True},
            {"text": common.percent(one.share * 100), "end": True}, money(one.amount),
        ]
        for one in costs_shared_with_pcs(held)
    ]  # fmt: skip
    heads = column(
        _("Dépense"), _("Date"), _("Montant"), _("Part du PSSP"), _("À charge du PSSP"),
        end=(2, 3, 4),
    )  # fmt: skip
    text = _("Elles restent encodées au plan de cohésion sociale, où la part du PSSP est dite.")
    return Section(_("Dépenses partagées avec le plan de cohésion sociale"), text, heads, rows, _("Aucune dépense n’est partagée."))  # fmt: skip


def _deeds(request: HttpRequest, held: StrategicPlan) -> list[common.Deed]:
    given, today = common.who(request), timezone.localdate()
    rows = elements_visible_to(actor_of(request), held).exclude(level__in=OBJECTIVES)
    since = {"since": today, "on_date": today, "until": today}
    live = held.costs.filter(cancelled_at__isnull=True)
    running = held.staff.filter(until_date__isnull=True).select_related("agent")

    def assigned(data: dict[str, Any]) -> str:
        steering.share_staff(plan=held, **data, **given)
        return _("L’affectation est enregistrée.")

    def ended(data: dict[str, Any]) -> str:
        steering.end_staff_share(**data, **given)
        return _("La part finit ce jour-là.")

    def spent(data: dict[str, Any]) -> str:
        steering.charge_strategic(plan=held, draft=StrategicCostDraft(**data), **given)
        return _("La dépense est enregistrée.")

    def cancelled(data: dict[str, Any]) -> str:
        steering.cancel_strategic_cost(**data, **given)
        return _("La dépense est annulée ; elle reste à lire.")

    def form(made: Any, key: str, **more: Any) -> Any:
        first = {k: v for k, v in since.items() if key != "affecter" or k != "until"}
        return made(common.bound(request, key), auto_id=f"{key}-%s", initial=first, **more)

    deeds = [
        common.Deed("affecter", _("Enregistrer l’affectation"), form(forms.StaffForm, "affecter", today=today), assigned, folded=_("Mettre du personnel à charge du plan")),
        common.Deed("depenser", _("Enregistrer la dépense"), form(forms.CostForm, "depenser", actions=rows), spent, folded=_("Ajouter une dépense")),
    ]  # fmt: skip
    if running:
        deeds.append(common.Deed("finir", _("Finir cette part"), form(forms.EndForm, "finir", shares=running), ended, folded=_("Finir une part de personnel")))  # fmt: skip
    if live:
        deeds.append(common.Deed("annuler", _("Annuler cette dépense"), form(forms.CancelForm, "annuler", costs=live), cancelled, folded=_("Annuler une dépense")))  # fmt: skip
    return deeds
