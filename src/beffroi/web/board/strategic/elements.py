"""An objective or an action: what it says, how far it is, what it costs, what it did before."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from beffroi.steering import queries
from beffroi.steering import services as steering
from beffroi.steering.permissions import can_note_decision, can_steer
from beffroi.steering.reports.progress_content import origin_amounts
from beffroi.steering.strategic_enums import OBJECTIVES, OPEN, ORIGINS, Level
from beffroi.steering.strategic_figures import figures_of_elements
from beffroi.steering.strategic_permissions import can_tell_progress, elements_visible_to
from beffroi.steering.strategic_queries import Node, commitments_of, level_below, tree_of
from beffroi.steering.strategic_workflow import ELEMENT_MOVES
from beffroi.steering.workflow import moves_from
from beffroi.web.board.common import (
    actor_of,
    figure_words,
    last_day,
    line_url,
    number,
    pairs,
    year_of,
)
from beffroi.web.board.strategic import common, forms
from beffroi.web.sections import Section, column, day, euro, money

if TYPE_CHECKING:
    from beffroi.steering.models import Element, ElementBudget


def element(request: HttpRequest, plan: str, ref: str) -> HttpResponse:
    """This function will show an element, and let whoever answers for it say where it stands."""
    held, actor = common.the_strategic(request, plan), actor_of(request)
    row = common.the_element(actor, held, ref)
    deeds = _deeds(request, row)
    done = common.answered(request, deeds, common.element_url(row))
    if done is not None:
        return done
    nodes = [n for top in tree_of(elements_visible_to(actor, held)) for n in top.all_below()]
    node = next(one for one in nodes if one.element.pk == row.pk)
    sections = [
        Section(_("Où cela en est"), "", pairs(), _standing(node), acts=[one.act for one in deeds]),
        Section(_("Ce que dit le plan"), "", pairs(), _facts(row)),
        *_below(node), *_figures(request, row), *_budgets(row), *_links_to(row), *_history(row),
    ]  # fmt: skip
    title = f"{row.reference} · {row.title}"
    intro = str(Level(row.level).label)
    crumbs = common.crumbs(held, {"label": row.reference})
    return common.page(
        request, title, intro, sections, deeds, crumbs=crumbs, links=_links(request, row)
    )


def _deeds(request: HttpRequest, row: Element) -> list[common.Deed]:
    actor, given = actor_of(request), common.who(request)
    deeds = []
    if can_tell_progress(actor, row):
        initial = {
            "progress": row.progress, "health": row.health, "words": row.health_words,
            "version": row.version,
        }  # fmt: skip
        form = forms.ProgressForm(
            common.bound(request, "avancement"), initial=initial, auto_id="avancement-%s",
            has_own=row.level not in OBJECTIVES,
        )  # fmt: skip

        def told(data: dict[str, Any]) -> str:
            steering.tell_progress(
                element=row, progress=data.get("progress"), health=data["health"],
                words=data["words"], version=data["version"] or 0, **given,
            )  # fmt: skip
            return _("C’est enregistré.")

        deeds.append(common.Deed("avancement", _("Enregistrer l’avancement"), form, told))
    moves = [
        (move.key, move.label)
        for move in moves_from(ELEMENT_MOVES, row.state)
        if steering.can_move(actor, row, move.key)
    ]
    if moves:
        step = forms.MoveForm(
            common.bound(request, "etape"), initial={"on": timezone.localdate()},
            auto_id="etape-%s", moves=moves,
        )  # fmt: skip

        def moved(data: dict[str, Any]) -> str:
            steering.move_element(element=row, **data, **given)
            return _("%(ref)s est maintenant : %(state)s.") % {
                "ref": row.reference, "state": common.state_word(row).lower(),
            }  # fmt: skip

        deeds.append(common.Deed("etape", _("Noter cette étape"), step, moved))
    return deeds


def _links(request: HttpRequest, row: Element) -> list[dict[str, str]]:
    actor, links = actor_of(request), []
    if can_steer(actor):
        links.append(("modifier", _("Modifier")))
        below = level_below(row)
        if below is not None and row.state in OPEN:
            label = _("Ajouter : %(level)s") % {"level": str(below.label).lower()}
            links.append(("ajouter", label))
        if row.level not in OBJECTIVES:
            links += [("budget", _("Donner un budget")), ("mesurer", _("Suivre un indicateur"))]
    if can_note_decision(actor):
        links.append(("decision", _("Noter une décision")))
    return [
        {"label": label, "url": common.act_url(row.plan, act, row.reference)}
        for act, label in links
    ]


def _standing(node: Node) -> list[list[Any]]:
    row = node.element
    rows: list[list[Any]] = [
        [_("État"), common.state_cell(row)],
        [_("Avancement"), {"text": common.percent(node.progress), "sub": _from_where(node)}],
        [_("Santé"), common.health_cell(row)],
    ]
    for label, start, end in (
        (_("Prévu"), row.planned_start, row.planned_end),
        (_("Effectif"), row.effective_start, row.effective_end),
    ):
        rows.append([label, f"{day(start) or '…'} – {day(end) or '…'}" if start or end else "–"])
    return rows


def _from_where(node: Node) -> str:
    if node.element.progress is not None:
        return _("dit par qui en répond")
    if node.progress is None:
        return _("tout ce qui est en dessous est arrêté ou abandonné")
    said = _("moyenne pondérée de ce qui est en dessous") if node.children else ""
    if node.apart:
        said += " · " + _("%(n)s à part, hors du compte") % {"n": node.apart}
    return said


def _facts(row: Element) -> list[list[Any]]:
    said = commitments_of(row.plan)
    commitments = " · ".join(f"{one} {said.get(one.pk, '')}" for one in row.commitments.all())
    synergy = f"{row.get_synergy_kind_display()} : {row.synergy_note}" if row.synergy_kind else ""
    facts = (
        (_("Description"), row.description),
        (_("Agent responsable"), _person(row.responsible)),
        (_("Mandataire"), _person(row.mandatary)),
        (_("Service"), row.department),
        (_("Partenaires"), ", ".join(str(one) for one in row.partners.all())),
        (_("Équivalents temps plein"), number(row.fte) if row.fte is not None else ""),
        (_("Poids dans l’objectif"), str(row.weight)),
        (_("Engagements"), commitments),
        (_("Synergie commune–CPAS"), synergy),
    )
    return [[label, value or _("pas encore dit")] for label, value in facts]


def _person(person: Any) -> str:
    return f"{person}, {person.function}" if person else ""


def _below(node: Node) -> list[Section]:
    below = level_below(node.element)
    if below is None or (below is Level.SUBACTION and not node.children):
        return []
    rows = [
        [
            {"text": f"{one.element.reference} · {one.element.title}", "url": common.element_url(one.element)},
            common.state_cell(one.element), {"text": common.percent(one.progress), "end": True},
        ]
        for one in node.children
    ]  # fmt: skip
    heads = column(_("Élément"), _("État"), _("Avancement"), end=(2,))
    return [Section(_("En dessous"), "", heads, rows, _("Rien en dessous pour le moment."))]


def _figures(request: HttpRequest, row: Element) -> list[Section]:
    if row.level in OBJECTIVES:
        return []
    year = year_of(request)
    found = figures_of_elements([row], year, last_day(year)).get(row.pk, [])
    rows = [
        [{"text": one.label, "sub": one.figure.how}, figure_words(one.figure), {"text": number(one.target), "end": True}]
        for one in found
    ]  # fmt: skip
    heads = column(_("Indicateur"), _("Chiffre"), _("Cible"), end=(1, 2))
    title = _("Chiffres de %(year)s") % {"year": year}
    text = _("Comptés d’après les actes, là où ils sont faits.") if rows else ""
    return [Section(title, text, heads, rows, _("Cette action n’est pas encore mesurée."))]


def _budgets(row: Element) -> list[Section]:
    if row.level in OBJECTIVES:
        return []
    rows = [[str(one.year), money(one.amount), _split(one), one.comment or "–"] for one in row.budgets.all()]  # fmt: skip
    heads = column(_("Année"), _("Montant"), _("D’où vient l’argent"), _("Remarque"), end=(1,))
    return [Section(_("Budget"), "", heads, rows, _("Aucun budget n’est encore donné."))]


def _split(one: ElementBudget) -> str:
    return " · ".join(
        f"{ORIGINS[name]} {number_of(getattr(one, name))} ({euro(amount)})"
        for name, amount in origin_amounts(one).items()
    )


def number_of(hundredths: int) -> str:
    """This function will write a part of a budget: « 33,33 % »."""
    whole, rest = divmod(hundredths, 100)
    return f"{whole},{rest:02d}\u00a0%" if rest else f"{whole}\u00a0%"


def _links_to(row: Element) -> list[Section]:
    titles = queries.line_titles() if row.lines.exists() else {}
    lines = [
        [{"text": titles.get(one.pk, str(one)), "url": line_url(one.plan.key, one.number)}]
        for one in row.lines.select_related("plan")
    ]
    decisions = [
        [day(one.on_date), one.get_body_display(), one.item or "–", one.title]
        for one in row.decisions.all()
    ]
    heads = column(_("Séance"), _("Qui décide"), _("Point"), _("Objet"))
    found = []
    if lines:
        title = _("Lignes du plan de cohésion sociale")
        found.append(Section(title, "", column(_("Ligne")), lines))
    if decisions:
        found.append(Section(_("Décisions"), "", heads, decisions))
    return found


def _field_name(row: Element, name: str) -> str:
    links = {"partners": _("Partenaires"), "commitments": _("Engagements"), "lines": _("Lignes")}
    return links.get(name) or str(getattr(row._meta.get_field(name), "verbose_name", name)).capitalize()  # fmt: skip


def _value(row: Element, name: str, said: str) -> str:
    """What a field said, in words: the label of a choice, a day as the house writes it."""
    field: Any = row._meta.get_field(name)
    if not said:
        return "–"
    if getattr(field, "choices", None):
        return str(dict(field.choices).get(said, said))
    return day(date.fromisoformat(said)) if field.get_internal_type() == "DateField" else said


def _history(row: Element) -> list[Section]:
    moves = [
        (one.at, _("Étape : %(move)s") % {"move": ELEMENT_MOVES[one.move].label}, one.why, one.by_label)
        for one in row.moves.all()
    ]  # fmt: skip
    changes = [
        (one.at, _field_name(row, one.field), f"{_value(row, one.field, one.before)} → {_value(row, one.field, one.after)}", one.by_label)
        for one in row.changes.all()
    ]  # fmt: skip
    rows = [
        [day(timezone.localtime(at)), what, words or "–", by]
        for at, what, words, by in sorted(moves + changes, key=lambda one: one[0], reverse=True)
    ]
    heads = column(_("Jour"), _("Quoi"), _("Avant → après, ou pourquoi"), _("Par"))
    return [Section(_("Histoire"), "", heads, rows, _("Rien n’a encore changé."))]
