"""The diagnosis of a plan: access to rights on a radar, needs in words, rights that no line answers."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from beffroi.core.text import whole_number
from beffroi.steering import diagnosis as reads
from beffroi.steering import permissions
from beffroi.steering import services as steering
from beffroi.steering.enums import Priority
from beffroi.web import charts
from beffroi.web.board import commission_forms as forms
from beffroi.web.board.common import Section, actor_of, column, day, line_url, shown, tabs, the_plan
from beffroi.web.board.deeds import Deed, Done, Page

if TYPE_CHECKING:
    from beffroi.steering.diagnosis import Gap, Radar
    from beffroi.steering.models import DiagnosisItem, Plan, PlanLine

#: Figures are shown to two decimals; the rounding is half up, not a cut.
_SHOWN = Decimal("0.01")
_TONES = {Priority.FIRST: "red", Priority.NEXT: "amber", Priority.LATER: ""}


def diagnosis(request: HttpRequest, plan: str) -> HttpResponse:
    """This function will show the diagnosis of a plan and do the acts of its page."""
    held, today = the_plan(request, plan), timezone.localdate()
    lines, items = reads.active_lines(held, today), list(reads.items_of(held))
    page = Page(request, _deeds(held, lines, items))
    if reply := page.post():
        return reply
    asked = request.GET.get("edition", "")
    seen = reads.radar(
        held, int(asked) if whole_number(asked) is not None and len(asked) == 4 else None
    )
    steers = permissions.can_steer(actor_of(request))
    gaps = reads.gaps(held, seen, lines) if seen else []
    sections = [
        *radar_sections(seen),
        _gaps(seen, gaps),
        _needs(plan, items, page if steers else None),
    ]
    if steers:
        sections.append(_files(held, page))
    years = [
        {"label": str(one.edition), "url": f"{request.path}?edition={one.edition}", "current": seen is not None and one.edition == seen.held.edition}
        for one in reads.editions_of(held)
    ]  # fmt: skip
    return shown(
        request, _("Diagnostic"), "", sections, tabs=tabs(held, "diagnosis"), wrong=page.wrong,
        years=years if len(years) > 1 else [],
        sentences=[{"text": one} for one in _sentences(seen, gaps, items)],
    )  # fmt: skip


def _sentences(seen: Radar | None, gaps: list[Gap], items: list[DiagnosisItem]) -> list[str]:
    said = _about(seen, gaps) if seen else [_("Aucune édition de l’ISADF n’est encore importée.")]
    bare = sum(not one.lines.all() for one in items)
    if bare:
        said.append(ngettext("%(n)s besoin observé n’a pas encore de réponse.", "%(n)s besoins observés n’ont pas encore de réponse.", bare) % {"n": bare})  # fmt: skip
    return said


def _about(seen: Radar, gaps: list[Gap]) -> list[str]:
    source = {"source": seen.held.source}
    invented = _("Ces valeurs sont inventées. Source : %(source)s.") % source
    said = [invented if seen.held.is_fictional else _("Source : %(source)s.") % source]
    if gaps:
        said.append(ngettext("%(n)s droit est sous la moyenne régionale et aucune ligne n’y répond.", "%(n)s droits sont sous la moyenne régionale et aucune ligne n’y répond.", len(gaps)) % {"n": len(gaps)})  # fmt: skip
    return said


def sense(seen: Radar) -> str:
    """This function will say which way an edition points, and how the radar shows it."""
    year = {"year": seen.read.year}
    if seen.read.high_is_good:
        return _("Édition %(year)s : une valeur haute est un bon accès. Vers l’extérieur, c’est mieux.") % year  # fmt: skip
    turned = _("Édition %(year)s : une valeur haute est une difficulté ; le dessin la retourne. Vers l’extérieur, c’est mieux.") % year  # fmt: skip
    return f"{turned} {seen.read.note}".strip()


def _said(value: Decimal | None) -> dict[str, Any]:
    return {
        "text": "–" if value is None else number_format(value.quantize(_SHOWN, ROUND_HALF_UP), 2),
        "end": True,
    }


def radar_sections(seen: Radar | None) -> list[Section]:
    """This function will draw access by right and by axis, each with its table beside."""
    if seen is None or not seen.rights:
        return []
    year = {"year": seen.read.year}
    keys = (_("Commune"), _("Moyenne régionale"))
    rights = [
        [
            str(number), one.name,
            ", ".join(map(str, one.axes)) or {"tag": _("relié à aucun droit du plan"), "tone": "amber"},
            _said(one.value), _said(one.regional_mean),
            {"text": "–" if one.rank is None else str(one.rank), "end": True},
            {"tag": _("sous la région"), "tone": "red"} if one.is_below else "",
        ]
        for number, one in enumerate(seen.rights, 1)
    ]  # fmt: skip
    heads = column(_("N°"), _("Droit"), _("Axe"), _("Valeur"), _("Région"), _("Rang"), _("Accès"), end=(3, 4, 5))  # fmt: skip
    title = _("Accès à chaque droit, édition %(year)s") % year
    drawing = charts.radar(
        title, [one.position for one in seen.rights],
        [one.mean_position for one in seen.rights], keys=keys,
    )  # fmt: skip
    found = [Section(title, sense(seen), heads, rights, component="radar", drawing=drawing)]
    return [*found, *axis_section(seen)]


def axis_section(seen: Radar) -> list[Section]:
    """This function will draw access by axis of the plan: the mean place of its rights, from 0 to 1."""
    axes = seen.by_axis()
    if not axes:
        return []
    keys = (_("Commune"), _("Moyenne régionale"))
    titles = seen.axis_titles()
    title = _("Accès par axe, édition %(year)s") % {"year": seen.read.year}
    rows = [
        [titles.get(number, str(number)), _said(here), _said(mean)] for number, here, mean in axes
    ]
    drawing = charts.radar(
        title, [one[1] for one in axes], [one[2] for one in axes], keys=keys,
        names=[str(one[0]) for one in axes],
    )  # fmt: skip
    text = _("Moyenne de la place de ses droits, de 0 (difficulté) à 1 (accès).")
    heads = column(_("Axe"), _("Commune"), _("Région"), end=(1, 2))
    return [Section(title, text, heads, rows, component="radar", drawing=drawing)]


def _gaps(seen: Radar | None, gaps: list[Gap]) -> Section:
    rows = [
        [
            {"text": one.access.name, "sub": ngettext("%(n)s besoin noté", "%(n)s besoins notés", one.needs) % {"n": one.needs} if one.needs else ""},
            _said(one.access.value), _said(one.access.regional_mean),
            ngettext("%(n)s ligne sous le même axe", "%(n)s lignes sous le même axe", one.same_axis) % {"n": one.same_axis},
        ]
        for one in gaps
    ]  # fmt: skip
    heads = column(_("Droit"), _("Valeur"), _("Région"), _("Au plan"), end=(1, 2))
    text = _("L’accès y est plus difficile que dans la région, et aucun besoin noté ne relie ce droit à une ligne en cours.")  # fmt: skip
    empty = _("Chaque droit sous la moyenne régionale a une ligne qui y répond.")
    if seen is None:
        empty = _("Importez d’abord une édition de l’ISADF.")
    return Section(
        _("Droits les moins accessibles, sans réponse"), text if rows else "", heads, rows, empty
    )


def _needs(plan: str, items: list[DiagnosisItem], page: Page | None) -> Section:
    rows = []
    for one in items:
        lines = list(one.lines.all())
        answer: Any = {"tag": _("sans réponse"), "tone": "amber"}
        if lines:
            answer = {"text": ", ".join(map(str, lines)), "url": line_url(plan, lines[0].number)}
        rows.append(
            [
                {"text": f"{one.number} · {one.need}", "sub": one.source},
                ", ".join(right.name for right in one.rights.all()), answer,
                {"tag": one.get_priority_display(), "tone": _TONES[Priority(one.priority)]},
            ]
        )  # fmt: skip
    heads = column(_("Besoin"), _("Droits"), _("Lignes"), _("Priorité"))
    section = Section(_("Besoins observés"), "", heads, rows, _("Aucun besoin n’est encore noté."))
    if page:
        section.acts = [page.act("noter", priority=Priority.NEXT)]
        section.acts += [page.act("reprendre", str(one.number), **_values(one), folded=_("Reprendre le constat %(n)s") % {"n": one.number}) for one in items[:30]]  # fmt: skip
        if items:
            section.acts.append(page.act("retirer", on=timezone.localdate()))
    return section


def _values(one: DiagnosisItem) -> dict[str, Any]:
    return {
        "need": one.need, "source": one.source, "priority": one.priority, "version": one.version,
        "rights": [str(right.pk) for right in one.rights.all()],
        "lines": [str(line.number) for line in one.lines.all()],
    }  # fmt: skip


def _files(plan: Plan, page: Page) -> Section:
    acts = [page.act("importer")]
    if reads.unlinked_values(plan).exists():
        acts.append(page.act("relier"))
    rows = [
        [str(one), {"text": one.source, "sub": _("valeurs inventées") if one.is_fictional else ""}, day(one.imported_at)]
        for one in reads.editions_of(plan)
    ]  # fmt: skip
    heads = column(_("Édition"), _("Source"), _("Lue le"))
    text = _("Une édition par fichier, une commune par fichier. Relire une édition la remplace.")
    return Section(_("Éditions importées"), text, heads, rows, _("Aucune."), acts)


def _deeds(plan: Plan, lines: list[PlanLine], items: list[DiagnosisItem]) -> dict[str, Deed]:
    rights = {str(one.pk): one for one in reads.rights_of(plan)}
    known = {str(row.line.number): row.line for row in lines}
    for one in items:
        known |= {str(line.number): line for line in one.lines.all()}
    titles = {str(row.line.number): f"{row.line} · {row}" for row in lines}
    offered: dict[str, Any] = {
        "rights": [(key, one.name) for key, one in rights.items()],
        "lines": [(key, titles.get(key, str(line))) for key, line in known.items()],
    }

    def need_form(data: Any, _files: Any, **more: Any) -> forms.NeedForm:
        return forms.NeedForm(data, choices=offered, **more)

    def draft(data: dict[str, Any]) -> steering.ItemDraft:
        return steering.ItemDraft(
            data["need"], data["source"], data["priority"],
            tuple(rights[key] for key in data["rights"]), tuple(known[key] for key in data["lines"]),
        )  # fmt: skip

    def note(done: Done) -> str:
        row = steering.note_need(plan=plan, draft=draft(done.data), **done.who)
        return _("Le constat %(n)s est noté.") % {"n": row.number}

    def rewrite(done: Done) -> str:
        row = reads.item(plan, int(done.ref)) if whole_number(done.ref) is not None else None
        if row is None:
            raise Http404(done.ref)
        steering.note_need(
            plan=plan, draft=draft(done.data), item=row, version=done.data["version"], **done.who
        )
        return _("Le constat %(n)s est repris.") % {"n": row.number}

    deeds = (
        Deed("noter", _("Noter ce besoin"), need_form, note, _("Noter un besoin")),
        Deed("reprendre", _("Enregistrer ce constat"), need_form, rewrite, variant="secondary"),
        _retiring(plan, items), _importing(plan), _linking(plan, rights),
    )  # fmt: skip
    return {one.key: one for one in deeds}


def _retiring(plan: Plan, items: list[DiagnosisItem]) -> Deed:
    def made(data: Any, _files: Any, **more: Any) -> forms.RetireForm:
        choices = {"item": [(str(one.number), f"{one.number} · {one}") for one in items]}
        return forms.RetireForm(data, choices=choices, **more)

    def retire(done: Done) -> str:
        row = reads.item(plan, int(done.data["item"]))
        if row is None:
            raise Http404("no such need")
        steering.retire_need(item=row, on=done.data["on"], **done.who)
        return _("Ce besoin n’est plus observé.")

    return Deed("retirer", _("Retirer ce constat"), made, retire, _("Retirer un constat"), variant="quiet")  # fmt: skip


def _importing(plan: Plan) -> Deed:
    def read(done: Done) -> str:
        data = dict(done.data)
        content = data.pop("file").read()
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = content.decode("latin-1")
        row = steering.import_isadf(plan=plan, content=text, **data, **done.who)
        return _("L’édition %(year)s est lue.") % {"year": row.edition}

    return Deed(
        "importer", _("Lire ce fichier"), lambda d, f, **m: forms.IsadfForm(d, f, **m), read,
        _("Importer une édition"), takes_file=True,
    )  # fmt: skip


def _linking(plan: Plan, rights: dict[str, Any]) -> Deed:
    def made(data: Any, _files: Any, **more: Any) -> forms.LinkForm:
        rows = reads.unlinked_values(plan)
        choices = {
            "value": [(str(one.pk), f"{one.name} ({one.edition.edition})") for one in rows],
            "right": [(key, one.name) for key, one in rights.items()],
        }
        return forms.LinkForm(data, choices=choices, **more)

    def link(done: Done) -> str:
        row = reads.unlinked_values(plan).get(pk=done.data["value"])
        steering.link_value(value=row, right=rights[done.data["right"]], **done.who)
        return _("Ce nom est relié à un droit du plan.")

    return Deed("relier", _("Relier"), made, link, _("Relier un nom à un droit du plan"), variant="secondary")  # fmt: skip
