"""The list of strategic plans and declarations, and one plan as a tree that filters."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from beffroi.steering import services as steering
from beffroi.steering.permissions import can_note_decision, can_steer
from beffroi.steering.services import PlanDraft
from beffroi.steering.strategic_enums import OBJECTIVES, ElementState, Health, Level
from beffroi.steering.strategic_permissions import (
    all_elements_visible_to,
    declarations_visible_to,
    elements_visible_to,
    is_mine,
    strategic_plans_visible_to,
)
from beffroi.steering.strategic_queries import (
    Node,
    begins_late,
    coverage_of,
    is_late,
    tree_of,
    waiting_on,
    without_action,
)
from beffroi.web.board.common import actor_of
from beffroi.web.board.strategic import common, forms
from beffroi.web.sections import Section, column, day

if TYPE_CHECKING:
    from beffroi.core.actors import Actor
    from beffroi.steering.models import Element, StrategicPlan


def strategic(request: HttpRequest) -> HttpResponse:
    """This function will show every strategic plan and every policy declaration."""
    actor = actor_of(request)
    rows = [
        [
            {"text": plan.name, "url": reverse("board:strategic_plan", args=[plan.key]), "sub": plan.authority},
            plan.get_kind_display(), f"{plan.starts_date.year}–{plan.ends_date.year}",
            {"text": day(plan.adopted_date)} if plan.adopted_date else {"tag": _("projet"), "tone": "amber"},
        ]
        for plan in strategic_plans_visible_to(actor)
    ]  # fmt: skip
    said = [
        [
            {"text": one.title, "url": reverse("board:declaration", args=[one.key])},
            one.get_organisation_display(), f"{one.since_year}–{one.until_year}",
        ]
        for one in declarations_visible_to(actor)
    ]  # fmt: skip
    sections = [
        Section(_("Plans"), "", column(_("Plan"), _("Nature"), _("Années"), _("Adopté le")), rows, _("Aucun plan stratégique n’est encore ouvert.")),
        Section(_("Déclarations de politique"), "", column(_("Déclaration"), _("Institution"), _("Années")), said, _("Aucune déclaration n’est encore chargée.")),
    ]  # fmt: skip
    links = []
    if can_steer(actor):
        links.append({"label": _("Ouvrir un plan"), "url": reverse("board:strategic_new")})
    intro = _("Ce que la commune et le CPAS feront de leur mandat, de la déclaration aux actions.")
    return common.page(request, _("PST et PSSP"), intro, sections, links=links)


def new(request: HttpRequest) -> HttpResponse:
    """This function will open a strategic plan."""
    actor = actor_of(request)

    def opened(data: dict[str, Any]) -> str:
        made = steering.open_strategic_plan(draft=PlanDraft(**data), **common.who(request))
        return _("« %(plan)s » est ouvert, en projet.") % {"plan": made.name}

    form = forms.PlanForm(
        common.bound(request, "ouvrir"), declarations=declarations_visible_to(actor)
    )
    deeds = [common.Deed("ouvrir", _("Ouvrir ce plan"), form, opened, variant="")]
    done = common.answered(request, deeds, reverse("board:strategic"))
    if done is not None:
        return done
    sections = [Section(_("Le plan"), acts=[one.act for one in deeds])]
    crumbs = [{"label": _("PST et PSSP"), "url": reverse("board:strategic")}]
    intro = _("Il reste un projet jusqu’à ce que le conseil l’adopte.")
    return common.page(request, _("Ouvrir un plan"), intro, sections, deeds, crumbs=crumbs)


def plan(request: HttpRequest, plan: str) -> HttpResponse:
    """This function will show the objectives and actions of a plan, all or those one asks for."""
    held, actor, today = (
        common.the_strategic(request, plan),
        actor_of(request),
        timezone.localdate(),
    )
    rows = list(elements_visible_to(actor, held))
    tree = tree_of(rows)
    asked = request.GET.get("vue", "")
    sections = [_section(node, actor, today, asked) for node in tree]
    if asked:
        sections = [one for one in sections if one.rows]
    if not sections:
        empty = _("Rien à montrer dans cette vue.") if asked else _("Le plan n’a pas encore d’objectif stratégique.")  # fmt: skip
        sections = [Section(_("Objectifs et actions"), "", column(_("Élément")), [], empty)]
    intro = _("%(kind)s, %(who)s, du %(since)s au %(until)s. %(state)s") % {
        "kind": held.get_kind_display(), "who": held.authority, "since": day(held.starts_date),
        "until": day(held.ends_date),
        "state": _("Adopté le %(day)s.") % {"day": day(held.adopted_date)} if held.adopted_date else _("Encore en projet."),
    }  # fmt: skip
    return common.page(
        request, held.name, intro, sections, tabs=common.tabs(held, "strategic_plan"),
        views=_views(held, rows, actor, today, asked), sentences=_sentences(held, rows, today), links=_links(held, actor),
        crumbs=common.crumbs(held)[:1],
    )  # fmt: skip


def _links(held: StrategicPlan, actor: Actor) -> list[dict[str, str]]:
    links = []
    if can_steer(actor):
        links += [
            {"label": _("Ajouter un objectif stratégique"), "url": common.act_url(held, "ajouter")},
            {"label": _("Nommer un responsable"), "url": common.act_url(held, "nommer")},
            {"label": _("Noter la civilité d’un agent"), "url": common.act_url(held, "civilite")},
        ]
    if can_note_decision(actor):
        links.append({"label": _("Noter une décision"), "url": common.act_url(held, "decision")})
    return links


def _views(
    held: StrategicPlan, rows: list[Element], actor: Actor, today: date, asked: str
) -> dict[str, Any]:
    """The ways to look at a plan that show something: what is late, mine, unmeasured, and, folded, by state and by health."""
    views = [
        ("", _("Tout")), ("miens", _("Les miens")), ("retard", _("En retard")),
        ("debut", _("Commencent en retard")), ("sans-indicateur", _("Sans indicateur")),
        ("synergie", _("Synergies")),
        *((f"etat-{one.value}", str(one.label)) for one in ElementState),
        *((f"sante-{one.value}", _("Santé : %(health)s") % {"health": str(one.label).lower()}) for one in Health),
    ]  # fmt: skip
    base = reverse("board:strategic_plan", args=[held.key])
    shown: list[dict[str, Any]] = []
    for key, label in views:
        count = sum(_wanted(row, actor, today, key) for row in rows) if key else 0
        if count or key in ("", asked):
            url = f"{base}?vue={key}" if key else base
            shown.append(
                {"label": label, "url": url, "count": count, "current": key == asked, "key": key}
            )
    folds = [one for one in shown if one["key"].startswith(("etat-", "sante-"))]
    return {
        "label": _("Ce qui se montre"), "items": [one for one in shown if one not in folds],
        "more": folds, "more_label": _("Par état et par santé"),
    }  # fmt: skip


def _wanted(row: Element, actor: Actor, today: date, asked: str) -> bool:
    if not asked:
        return True
    if row.level in OBJECTIVES:
        return False
    kind, _dash, value = asked.partition("-")
    return {
        "miens": lambda: is_mine(actor, row),
        "retard": lambda: is_late(row, today),
        "debut": lambda: begins_late(row, today),
        "sans": lambda: not row.indicator_count,  # type: ignore[attr-defined]
        "synergie": lambda: bool(row.synergy_kind),
        "etat": lambda: row.state == value,
        "sante": lambda: row.health == value,
    }.get(kind, lambda: False)()


def _section(top: Node, actor: Actor, today: date, asked: str) -> Section:
    rows = [
        _row(node, today)
        for node in top.all_below()
        if node is not top and _wanted(node.element, actor, today, asked)
    ]
    heads = column(_("Élément"), _("État"), _("Santé"), _("Fin prévue"), _("Avancement"), end=(4,))
    row = top.element
    text = f"{row.get_part_display()} · {common.state_word(row)} · {common.percent(top.progress)}"
    return Section(
        f"{row.reference} · {row.title}", text, heads, rows,
        _("Cet objectif n’a encore rien en dessous."),
    )  # fmt: skip


def _row(node: Node, today: date) -> list[Any]:
    row = node.element
    told = dict.fromkeys([row.responsible.function if row.responsible else "", row.department])
    label = f"{row.reference} · {row.title}"
    if row.level in OBJECTIVES:
        label = f"{row.reference} · {row.title} ({str(Level(row.level).label).lower()})"
    late = _("fin dépassée") if is_late(row, today) else _("devait commencer") if begins_late(row, today) else ""  # fmt: skip
    apart = ngettext("%(n)s à part", "%(n)s à part", node.apart) % {"n": node.apart} if node.apart else ""  # fmt: skip
    return [
        {"text": label, "url": common.element_url(row), "sub": " · ".join(one for one in told if one)},
        common.state_cell(row, late), common.health_cell(row), day(row.planned_end) or "–",
        {"text": common.percent(node.progress), "sub": apart, "end": True},
    ]  # fmt: skip


def _sentences(held: StrategicPlan, rows: list[Element], today: date) -> list[dict[str, Any]]:
    said = [{"text": one} for one in late_sentences(rows, today)]
    if held.declaration:
        bare = len(without_action(coverage_of(held.declaration)))
        if bare:
            text = ngettext("%(n)s engagement n’a pas encore d’action :", "%(n)s engagements n’ont pas encore d’action :", bare) % {"n": bare}  # fmt: skip
            url = reverse("board:declaration", args=[held.declaration.key])
            said.append({"text": text, "url": url, "link_label": _("voir lesquels")})
    return said or [{"text": _("Rien n’attend sur ce plan.")}]


def late_sentences(rows: list[Element], today: date) -> list[str]:
    """This function will say what is late or unwell among actions, in sentences."""
    found = waiting_on(rows, today)
    counts = (
        (len(found.ending), ngettext("%(n)s action a dépassé sa fin prévue.", "%(n)s actions ont dépassé leur fin prévue.", len(found.ending))),
        (len(found.beginning), ngettext("%(n)s action aurait dû commencer.", "%(n)s actions auraient dû commencer.", len(found.beginning))),
        (len(found.unwell), ngettext("%(n)s action est en difficulté.", "%(n)s actions sont en difficulté.", len(found.unwell))),
    )  # fmt: skip
    return [text % {"n": count} for count, text in counts if count]


def home_sentences(actor: Actor, today: date) -> list[dict[str, Any]]:
    """This function will say on the board what waits on each strategic plan, with the way to it."""
    by_plan: dict[int, list[Element]] = {}
    plans = {plan.pk: plan for plan in strategic_plans_visible_to(actor)}
    for row in all_elements_visible_to(actor):
        by_plan.setdefault(row.plan_id, []).append(row)
    said = []
    for pk, rows in sorted(by_plan.items()):
        text = " ".join(late_sentences(rows, today))
        if text:
            url = reverse("board:strategic_plan", args=[plans[pk].key])
            said.append({"text": f"{plans[pk].name} : {text}", "url": url, "link_label": _("voir le plan")})  # fmt: skip
    return said
