"""The calendar of a plan: bars drawn on the server, and the same in a table below them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from beffroi.steering.strategic_enums import OBJECTIVES, ElementState
from beffroi.steering.strategic_permissions import elements_visible_to
from beffroi.steering.strategic_queries import Node, is_late, tree_of
from beffroi.web.board.common import actor_of
from beffroi.web.board.strategic import common
from beffroi.web.sections import Section, column, day

if TYPE_CHECKING:
    from beffroi.steering.models import Element, StrategicPlan

#: Heights in pixels of the head and of a row; a label takes as many letters as a phone shows.
_HEAD, _ROW, _LETTERS = 26, 40, 42
#: A bar thinner than this, in percent, could not be seen.
_THINNEST = 0.8


@dataclass(frozen=True)
class Bar:
    """A row of the drawing: its words, its bar, in percents of the width and pixels of the height."""

    label: str
    y: int
    x: str
    width: str
    done: str
    tone: str
    is_objective: bool

    @property
    def text_y(self) -> int:
        return self.y + 14

    @property
    def bar_y(self) -> int:
        return self.y + 20


@dataclass(frozen=True)
class Drawing:
    height: int
    years: list[tuple[str, str]]
    today: str
    bars: list[Bar]


def gantt(request: HttpRequest, plan: str) -> HttpResponse:
    """This function will draw a plan on its legislature, with the same in a table."""
    held, today = common.the_strategic(request, plan), timezone.localdate()
    tree = tree_of(elements_visible_to(actor_of(request), held))
    nodes = [node for top in tree for node in top.all_below()]
    dated = [(node, span) for node in nodes if (span := _span(node)) is not None]
    rows = [_row(node, today) for node in nodes]
    heads = column(_("Élément"), _("État"), _("Du"), _("Au"), _("Avancement"), end=(4,))
    empty = _("Le plan n’a encore rien à montrer.")
    sections = [Section(_("Le même calendrier en table"), "", heads, rows, empty)]
    undated = len(nodes) - len(dated)
    intro = _("Chaque barre va du début à la fin ; sa partie foncée dit l’avancement.")
    if undated:
        intro += " " + _("%(n)s sans dates ne se dessinent pas.") % {"n": undated}
    return common.page(
        request, _("Calendrier de « %(plan)s »") % {"plan": held.name}, intro, sections,
        template="board/gantt.html", tabs=common.tabs(held, "strategic_gantt"),
        drawing=drawn(held, dated, today) if dated else None, crumbs=common.crumbs(held),
    )  # fmt: skip


def _span(node: Node) -> tuple[date, date] | None:
    """From the first day to the last, its own or those of what is below."""
    row = node.element
    start, end = row.effective_start or row.planned_start, row.effective_end or row.planned_end
    below = [span for child in node.children if (span := _span(child)) is not None]
    starts = [start] if start else [one[0] for one in below]
    ends = [end] if end else [one[1] for one in below]
    if not starts or not ends:
        return None
    return min(starts), max(max(ends), min(starts))


def drawn(held: StrategicPlan, dated: list[tuple[Node, tuple[date, date]]], today: date) -> Drawing:
    """This function will place each bar on the years of the plan, and of what goes beyond them."""
    first = min(held.starts_date, *(span[0] for _node, span in dated)).replace(month=1, day=1)
    last = max(held.ends_date, *(span[1] for _node, span in dated)).replace(month=12, day=31)
    whole = (last - first).days + 1

    def at(when: date) -> float:
        return 100 * (when - first).days / whole

    bars = []
    for rank, (node, (start, end)) in enumerate(dated):
        x = at(start)
        width = max(_THINNEST, 100 * ((end - start).days + 1) / whole)
        share = float(node.progress or 0) / 100
        bars.append(
            Bar(
                _label(node.element), _HEAD + rank * _ROW, _pct(x), _pct(width),
                _pct(width * share), _tone(node.element, today), node.element.level in OBJECTIVES,
            )
        )  # fmt: skip
    years = [(str(n), _pct(at(date(n, 1, 1)))) for n in range(first.year, last.year + 1)]
    here = _pct(at(today)) if first <= today <= last else ""
    return Drawing(_HEAD + len(bars) * _ROW + 4, years, here, bars)


def _pct(value: float) -> str:
    return f"{value:.2f}%"


def _label(row: Element) -> str:
    text = f"{row.reference} {row.title}"
    return text if len(text) <= _LETTERS else text[: _LETTERS - 1].rstrip() + "…"


def _tone(row: Element, today: date) -> str:
    if row.state in (ElementState.STOPPED, ElementState.CANCELLED):
        return "apart"
    return "late" if is_late(row, today) else "fine"


def _row(node: Node, today: date) -> list[Any]:
    row, span = node.element, _span(node)
    late = _("fin dépassée") if is_late(row, today) else ""
    return [
        {"text": f"{row.reference} · {row.title}", "url": common.element_url(row)},
        common.state_cell(row, late), day(span[0]) if span else "–", day(span[1]) if span else "–",
        {"text": common.percent(node.progress), "end": True},
    ]  # fmt: skip
