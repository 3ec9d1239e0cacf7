"""A declaration: its headings, its commitments, the actions that carry each, and its versions."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from beffroi.core.errors import InvalidInput
from beffroi.steering import services as steering
from beffroi.steering.permissions import can_steer
from beffroi.steering.services import HeadingSaid, Said
from beffroi.steering.strategic_permissions import declarations_visible_to
from beffroi.steering.strategic_queries import Coverage, coverage_of, without_action
from beffroi.web.board.common import actor_of
from beffroi.web.board.strategic import common, forms
from beffroi.web.sections import Section, column, day

if TYPE_CHECKING:
    from beffroi.steering.models import Declaration

_NUMBERED = re.compile(r"(\d{1,4})\.\s+(.+)")


def declaration(request: HttpRequest, key: str) -> HttpResponse:
    """This function will show what was promised, what carries it, and what nothing carries yet."""
    held = _the(request, key)
    found = coverage_of(held)
    bare = without_action(found)
    sections = [_bare(bare)] if bare else []
    titles = list(dict.fromkeys(str(one.text.heading) for one in found))
    heads = column(_("Engagement"), _("Actions"))
    for title in titles:
        rows = [row for one in found if str(one.text.heading) == title for row in _rows(one)]
        sections.append(Section(title, "", heads, rows))
    sections.append(_versions(held))
    count = len(bare)
    said = ngettext("%(n)s engagement n’a pas encore d’action.", "%(n)s engagements n’ont pas encore d’action.", count) if count else _("Chaque engagement a au moins une action.")  # fmt: skip
    links = []
    if can_steer(actor_of(request)):
        url = reverse("board:declaration_revise", args=[held.key])
        links.append({"label": _("Écrire une nouvelle version"), "url": url})
    crumbs = [{"label": _("PST et PSSP"), "url": reverse("board:strategic")}]
    return common.page(
        request, held.title, held.source, sections, sentences=[{"text": said % {"n": count}}],
        links=links, crumbs=crumbs, preamble=held.preamble,
    )  # fmt: skip


def _the(request: HttpRequest, key: str) -> Declaration:
    row = declarations_visible_to(actor_of(request)).filter(key=key).first()
    if row is None:
        raise Http404(key)
    return row


def _bare(bare: list[Any]) -> Section:
    rows = [[f"{text.commitment} · {text.text}", str(text.heading)] for text in bare]
    heads = column(_("Engagement"), _("Chapitre"))
    return Section(_("Engagements sans action"), "", heads, rows)


def _rows(one: Coverage, depth: int = 0) -> list[list[Any]]:
    text = f"{one.text.commitment} · {one.text.text}"
    label: dict[str, Any] = {"text": text, "sub": _("détail") if depth else ""}
    if one.elements:
        actions: Any = {
            "links": [
                {"text": f"{row.reference} {row.title}", "url": common.element_url(row)}
                for row in one.elements
            ]
        }
    elif one.details:
        actions = _("voir ses détails")
    else:
        actions = {"tag": _("sans action"), "tone": "amber"}
    return [[label, actions], *(row for detail in one.details for row in _rows(detail, depth + 1))]


def _versions(held: Declaration) -> Section:
    rows = [
        [str(one.number), one.reason, day(one.effective_date) or _("telle que publiée")]
        for one in reversed(list(held.versions.all()))
    ]
    return Section(_("Versions"), "", column(_("N°"), _("Pourquoi"), _("En vigueur")), rows)


def revise(request: HttpRequest, key: str) -> HttpResponse:
    """This function will write a declaration anew, each commitment with its number."""
    held = _the(request, key)
    initial = {"text": written(coverage_of(held))}
    form = forms.ReviseForm(common.bound(request, "version"), initial=initial)

    def do(data: dict[str, Any]) -> str:
        made = steering.revise_declaration(
            declaration=held, headings=read_headings(data["text"]), reason=data["reason"],
            effective=data["effective"], **common.who(request),
        )  # fmt: skip
        return _("La version %(n)s est enregistrée ; la précédente reste à lire.") % {"n": made.number}  # fmt: skip

    deeds = [common.Deed("version", _("Enregistrer cette version"), form, do, variant="")]
    back = reverse("board:declaration", args=[held.key])
    done = common.answered(request, deeds, back)
    if done is not None:
        return done
    crumbs = [
        {"label": _("PST et PSSP"), "url": reverse("board:strategic")},
        {"label": held.title, "url": back},
    ]
    sections = [Section(held.title, acts=[one.act for one in deeds])]
    title = _("Écrire une nouvelle version")
    return common.page(request, title, "", sections, deeds, crumbs=crumbs)


def written(found: list[Coverage]) -> str:
    """This function will write a declaration as the form shows it, one commitment a line."""
    lines: list[str] = []
    for one in found:
        title = f"# {one.text.heading.title}"
        if title not in lines:
            lines.append(title)
        lines += [f"{one.text.commitment.number}. {one.text.text}"]
        lines += [f"  {d.text.commitment.number}. {d.text.text}" for d in one.details]
    return "\n".join(lines)


def read_headings(text: str) -> list[HeadingSaid]:
    """This function will read what the form holds. Raises: InvalidInput naming the line at fault."""
    found: list[tuple[str, list[Said]]] = []
    above: int | None = None
    for rank, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        if line.startswith("# "):
            found.append((line[2:].strip(), []))
            above = None
            continue
        is_detail, said = line.startswith("  "), _said(line.strip())
        if said is None or not found or (is_detail and above is None):
            fault = _("La ligne %(n)s ne se lit pas : « %(line)s ».") % {"n": rank, "line": line.strip()[:60]}  # fmt: skip
            raise InvalidInput(_("Rien n’est enregistré."), {"text": fault})
        number, words = said
        found[-1][1].append(Said(words, number, above if is_detail else None))
        above = above if is_detail else number
    return [HeadingSaid(title, tuple(rows)) for title, rows in found]


def _said(line: str) -> tuple[int | None, str] | None:
    if line.startswith("- "):
        return None, line[2:].strip()
    numbered = _NUMBERED.fullmatch(line)
    return (int(numbered[1]), numbered[2]) if numbered else None
