"""Annual reports: what lacks before the freeze, the words to write, revisions, files, the road."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from beffroi.rules.cohesion_plan import UnknownYear, regime_by_key
from beffroi.steering import permissions, queries
from beffroi.steering import services as steering
from beffroi.steering.enums import ReportKind, TextSection
from beffroi.steering.reports.content import differences
from beffroi.steering.workflow import REPORT_MOVES, moves_from
from beffroi.web.board import forms
from beffroi.web.board.common import Act, Section, actor_of, column, day, shown, tabs, the_plan

if TYPE_CHECKING:
    from beffroi.steering.models import AnnualReport, Plan

#: What each form of a file is to a browser.
TYPES = {
    "pdf": "application/pdf", "json": "application/json",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}  # fmt: skip
#: Differences shown between two revisions; the files have them all.
_MOST = 100


def reports(request: HttpRequest, plan: str, year: int) -> HttpResponse:
    """This function will show the two reports of a year, what lacks, and the words to write."""
    held, today = the_plan(request, plan), timezone.localdate()
    if not held.programme.starts_date.year <= year <= today.year:
        raise Http404(str(year))
    made = {row.kind: row for row in queries.reports_of(held).filter(year=year)}
    sections = []
    for kind in ReportKind:
        sections += _report(request, held, year, kind, made.get(kind))
    if permissions.can_steer(actor_of(request)):
        sections += _texts(held, year)
    years = [
        {"label": str(n), "url": reverse("board:reports", args=[plan, n]), "current": n == year}
        for n in range(held.programme.starts_date.year, today.year + 1)
    ]
    title, sentences = _("Rapports annuels, %(year)s") % {"year": year}, _sentences(held, year)
    tab = tabs(held, "reports")
    return shown(request, title, "", sections, tabs=tab, years=years, sentences=sentences)


def _sentences(plan: Plan, year: int) -> list[dict[str, Any]]:
    version = queries.latest_version(plan)
    rows = list(queries.lines_of(version)) if version else []
    told = queries.years_of([row.line for row in rows], year)
    lacking, texts = len(rows) - len(told), queries.texts_of(plan, year)
    empty = [str(one.label) for one in TextSection if one not in texts or not texts[one].text]
    said = []
    if lacking:
        said.append(ngettext("%(n)s ligne n’a pas encore dit son année.", "%(n)s lignes n’ont pas encore dit leur année.", lacking) % {"n": lacking})  # fmt: skip
    if empty:
        said.append(_("Parties encore vides : %(parts)s.") % {"parts": ", ".join(empty)})
    try:
        rule = regime_by_key(year)["pcs_activity_report"]
    except UnknownYear:
        rule = None
    if rule is not None and rule.value is None:
        said.append(_("Un rapport d’activité est-il encore demandé pour cette année ? La règle n’a pas été lue : demandez au SPW."))  # fmt: skip
    return [{"text": one} for one in said]


def _report(
    request: HttpRequest, plan: Plan, year: int, kind: ReportKind, report: AnnualReport | None
) -> list[Section]:
    name, ref = str(kind.label), f"{plan.key}/{year}"
    snapshots = list(report.snapshots.all()) if report else []
    rows = []
    for one in reversed(snapshots):
        links = [
            {"text": form.upper(), "url": reverse("board:report_file", args=[plan.key, year, kind, one.revision, form])}
            for form in steering.FORMS
        ]  # fmt: skip
        if kind == ReportKind.ACTIVITY:
            to_read = reverse("board:report_readable", args=[plan.key, year, one.revision])
            links.append({"text": _("PDF à lire"), "url": to_read})
        rows.append([
            {"text": _("Révision %(n)s") % {"n": one.revision}, "sub": one.reason, "tag": _("après le vote") if one.after_vote else ""},
            {"text": day(timezone.localdate(one.frozen_at)), "sub": one.digest[:16]}, *links,
        ])  # fmt: skip
    heads = column(_("Révision"), _("Figée le"), "PDF", "DOCX", "XLSX", "JSON")
    if kind == ReportKind.ACTIVITY:
        heads += column(_("Pour les citoyens"))
    state = report.get_state_display() if report else _("Pas encore figé")
    acts = _acts(request, report, kind, ref)
    found = [Section(name, f"{state}.", heads, rows, _("Rien n’est encore figé."), acts)]
    if len(snapshots) > 1:
        found.append(_differences(name, *snapshots[-2:]))
    if report:
        found.append(_road(name, report))
    return found


def _acts(request: HttpRequest, report: Any, kind: ReportKind, ref: str) -> list[Act]:
    actor = actor_of(request)
    acts = []
    if permissions.can_steer(actor):
        form = forms.FreezeForm(initial={"kind": kind.value}, auto_id=f"figer-{kind}-%s")
        acts.append(
            Act("figer", _("Figer les chiffres de maintenant"), form, ref, variant="secondary")
        )
    for move in moves_from(REPORT_MOVES, report.state) if report else []:
        decides = move.key in ("approve", "accept", "send_back")
        may = permissions.can_note_decision if decides else permissions.can_steer
        if move.key != "freeze" and may(actor):
            initial = {"on": timezone.localdate(), "move": move.key, "kind": kind.value}
            step = forms.ReportMoveForm(initial=initial, auto_id=f"{kind}-{move.key}-%s")
            acts.append(Act("suivre-rapport", str(move.label), step, ref, variant="secondary"))
    return acts


def _differences(name: str, before: Any, after: Any) -> Section:
    found = differences(steering.content_of(before), steering.content_of(after))
    rows = [[where, _value(old), _value(new)] for where, old, new in found[:_MOST]]
    title = _("%(report)s : ce que change la révision %(n)s") % {
        "report": name,
        "n": after.revision,
    }
    return Section(title, after.reason, column(_("Où"), _("Avant"), _("Après")), rows)


def _value(value: Any) -> str:
    return "–" if value is None else str(value)[:200]


def _road(name: str, report: AnnualReport) -> Section:
    rows = [
        [day(one.on_date), str(REPORT_MOVES[one.move].label), one.note, one.by_label]
        for one in report.moves.all()
    ]
    heads = column(_("Jour"), _("Étape"), _("Décision, reçu ou remarque"), _("Noté par"))
    return Section(_("%(report)s : le chemin fait") % {"report": name}, "", heads, rows)


def _texts(plan: Plan, year: int) -> list[Section]:
    held = queries.texts_of(plan, year)
    acts = []
    for part in TextSection:
        row = held.get(part)
        initial = {"section": part.value, "text": row.text if row else "", "version": row.version if row else 0}  # fmt: skip
        form = forms.TextForm(initial=initial, auto_id=f"ecrire-{part}-%s", label=str(part.label))
        label = _("Enregistrer « %(part)s »") % {"part": part.label}
        acts.append(Act("ecrire", label, form, f"{plan.key}/{year}", variant="secondary"))
    intro = _("Ce que les chiffres ne disent pas ; le rapport d’activité le reprend tel quel.")
    return [Section(_("Les parties à écrire"), intro, acts=acts)]


def report_file(
    request: HttpRequest, plan: str, year: int, kind: str, revision: int, form: str
) -> HttpResponse:
    """This function will give a revision of a report as a file, the same each time."""
    held = the_plan(request, plan)
    snapshot = queries.snapshot(held, year, kind, revision)
    if snapshot is None or form not in TYPES:
        raise Http404(f"{kind} {revision} {form}")
    written = steering.write_file(
        snapshot=snapshot, form=form, by=actor_of(request), at=timezone.now()
    )
    answer = HttpResponse(written.body, content_type=TYPES[form])
    answer["Content-Disposition"] = f'attachment; filename="{written.name}"'
    return answer


def report_readable(request: HttpRequest, plan: str, year: int, revision: int) -> HttpResponse:
    """This function will give the edition of a revision that a citizen reads, the same each time."""
    snapshot = queries.snapshot(the_plan(request, plan), year, ReportKind.ACTIVITY, revision)
    if snapshot is None:
        raise Http404(f"{year} {revision}")
    written = steering.write_readable_file(
        snapshot=snapshot, by=actor_of(request), at=timezone.now()
    )
    answer = HttpResponse(written.body, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{written.name}"'
    answer["Cache-Control"] = "no-store, private"
    return answer
