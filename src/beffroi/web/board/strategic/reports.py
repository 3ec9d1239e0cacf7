"""Frozen states of progress and their files; the file for eComptes and what it still lacks."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from beffroi.core.errors import InvalidInput
from beffroi.steering import services as steering
from beffroi.steering.ecomptes import missing_of, named_in_remarks, reference_of
from beffroi.steering.permissions import can_steer
from beffroi.steering.strategic_enums import StrategicKind
from beffroi.steering.strategic_permissions import progress_reports_visible_to
from beffroi.web.board.common import actor_of, year_of
from beffroi.web.board.reports import TYPES
from beffroi.web.board.strategic import common, forms
from beffroi.web.sections import Section, column, day


def reports(request: HttpRequest, plan: str) -> HttpResponse:
    """This function will show the frozen states of progress of a plan, and freeze another."""
    held, actor = common.the_strategic(request, plan), actor_of(request)
    here = reverse("board:strategic_reports", args=[held.key])
    deeds = []
    if can_steer(actor):
        form = forms.FreezeForm(common.bound(request, "figer"))

        def frozen(data: dict[str, Any]) -> str:
            made = steering.freeze_progress(
                plan=held, on=timezone.localdate(), **data, **common.who(request)
            )
            return _("L’état %(n)s est figé.") % {"n": made.number}

        deeds.append(common.Deed("figer", _("Figer l’état d’aujourd’hui"), form, frozen))
    done = common.answered(request, deeds, here)
    if done is not None:
        return done
    rows = [
        [
            {"text": _("État %(n)s au %(day)s") % {"n": one.number, "day": day(one.on_date)}, "sub": one.reason},
            one.digest[:16],
            *({"text": form.upper(), "url": reverse("board:strategic_report_file", args=[held.key, one.number, form])} for form in steering.FORMS),
        ]
        for one in progress_reports_visible_to(actor).filter(plan=held).order_by("-number")
    ]  # fmt: skip
    heads = column(_("État"), _("Empreinte"), "PDF", "DOCX", "XLSX", "JSON")
    text = _("Un état figé ne change plus : le même fichier sort chaque fois.")
    empty = _("Aucun état n’est encore figé.")
    sections = [Section(_("États figés"), text, heads, rows, empty, [one.act for one in deeds])]
    return common.page(
        request, _("États d’avancement"), "", sections, deeds, crumbs=common.crumbs(held),
        tabs=common.tabs(held, "strategic_reports"),
    )  # fmt: skip


def report_file(request: HttpRequest, plan: str, number: int, form: str) -> HttpResponse:
    """This function will give a frozen state of progress as a file, the same each time."""
    held, actor = common.the_strategic(request, plan), actor_of(request)
    report = progress_reports_visible_to(actor).filter(plan=held, number=number).first()
    if report is None or form not in TYPES:
        raise Http404(f"{number} {form}")
    written = steering.write_progress(report=report, form=form, **common.who(request))
    answer = HttpResponse(written.body, content_type=TYPES[form])
    answer["Content-Disposition"] = f'attachment; filename="{written.name}"'
    return answer


def ecomptes(request: HttpRequest, plan: str) -> HttpResponse:
    """This function will say what eComptes still lacks, or give the way to its file."""
    held, actor = common.the_strategic(request, plan), actor_of(request)
    if held.kind != StrategicKind.PST:
        raise Http404(plan)
    missing = missing_of(held)
    rows = []
    for one in missing:
        ref = reference_of(one)
        url = reverse("board:strategic_element", args=[held.key, ref]) if ref else ""
        rows.append([{"text": one.where, "url": url} if url else one.where, one.what])
    empty = _("Rien ne manque : le plan peut partir.")
    sections = [
        Section(_("Ce qui manque"), "", column(_("Où"), _("Quoi")), rows, empty),
        _unnamed(held),
    ]
    links = []
    if not missing and can_steer(actor):
        url = reverse("board:strategic_ecomptes_file", args=[held.key])
        label = _("Télécharger le fichier XML de %(year)s") % {"year": timezone.localdate().year}
        links.append({"label": label, "url": url, "variant": ""})
    intro = _("Le fichier suit le schéma 201805V1 d’eComptes et y est contrôlé avant de partir.")
    return common.page(
        request, _("Vers eComptes"), intro, sections, links=links, crumbs=common.crumbs(held),
        tabs=common.tabs(held, "strategic_ecomptes"),
    )  # fmt: skip


def _unnamed(held: Any) -> Section:
    rows = [[str(one), one.function, one.get_civility_display() or _("pas dite")] for one in named_in_remarks(held)]  # fmt: skip
    text = _("eComptes ne connaît que Madame et Monsieur. Ces personnes sont nommées dans la remarque : nous ne leur donnons pas une civilité qui n’est pas la leur.")  # fmt: skip
    heads = column(_("Personne"), _("Fonction"), _("Civilité"))
    empty = _("Chacun a dit une civilité que le format connaît.")
    return Section(_("Nommés en remarque"), text if rows else "", heads, rows, empty)


def ecomptes_file(request: HttpRequest, plan: str) -> HttpResponse:
    """This function will give the file for eComptes, or go back to what is missing."""
    held = common.the_strategic(request, plan)
    if held.kind != StrategicKind.PST:
        raise Http404(plan)
    year = year_of(request)
    try:
        body = steering.export_ecomptes(plan=held, year=year, **common.who(request))
    except InvalidInput as refused:
        messages.error(request, refused.what)
        return redirect("board:strategic_ecomptes", plan=held.key)
    answer = HttpResponse(body, content_type="application/xml")
    answer["Content-Disposition"] = f'attachment; filename="{held.key}-{year}-ecomptes.xml"'
    return answer
