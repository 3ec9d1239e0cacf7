"""The calendar of a year's reports, counted backwards, with an alarm when no council is left."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from beffroi.core.later import later
from beffroi.rules.cohesion_calendar import Step
from beffroi.rules.cohesion_plan import UnknownYear, regime_by_key
from beffroi.steering import permissions, queries
from beffroi.steering.agenda import YearAgenda, year_agenda
from beffroi.steering.enums import ReportKind
from beffroi.web.board import forms
from beffroi.web.board.common import Act, Section, actor_of, column, day, shown, tabs, the_plan

if TYPE_CHECKING:
    import icalendar

    from beffroi.steering.models import Plan
else:
    icalendar = later("icalendar")


def calendar(request: HttpRequest, plan: str, year: int) -> HttpResponse:
    """This function will show by when each step of a year’s reports is to be done."""
    held, today = the_plan(request, plan), timezone.localdate()
    try:
        agenda = year_agenda(held, year, today)
    except UnknownYear as unknown:
        raise Http404(str(year)) from unknown
    voted = queries.is_voted(held, year, ReportKind.values)
    heads = column(_("Étape"), _("Au plus tard"), _("Où en est-on"))
    rows = [_row(one, today, voted) for one in agenda.road.steps]
    file = {"text": _("Le calendrier de l’année (ICS)"), "url": reverse("board:calendar_file", args=[plan, year])}  # fmt: skip
    sections = [
        Section(_("Le chemin des rapports"), "", heads, rows),
        _councils(held, year, permissions.can_steer(actor_of(request))),
        _meetings(plan, agenda),
        Section(
            _("Textes demandés"),
            _("À qui connaît chaque ligne, tant qu’elle n’a pas raconté son année."),
            column(_("Rappel du")), [[day(one)] for one in agenda.asks],
        ),
        Section(_("Dans votre agenda"), "", column(_("Fichier")), [[file]]),
    ]  # fmt: skip
    years = [
        {"label": str(n), "url": reverse("board:calendar", args=[plan, n]), "current": n == year}
        for n in range(held.programme.starts_date.year, today.year + 1)
        if _is_known(n)
    ]
    title = _("Calendrier des rapports de %(year)s") % {"year": year}
    intro = _(
        "Compté à rebours. Les délais sont ceux que la maison propose ; le 31 mars vient de la Région."
    )
    return shown(
        request, title, intro, sections, tabs=tabs(held, "calendar"), years=years,
        sentences=_sentences(plan, agenda, voted, today),
    )  # fmt: skip


def _sentences(plan: str, agenda: YearAgenda, voted: bool, today: date) -> list[dict[str, Any]]:
    road = agenda.road
    said = [{"text": _("Les rapports partent pour le %(day)s.") % {"day": day(road.due_date)}}]
    if voted:
        said.append({"text": _("Les deux rapports sont votés.")})
    elif road.due_date < today:
        said.append({"text": _("La date est passée, et le vote des rapports n’est pas noté ici.")})
    elif road.is_impossible:
        text = _("Aucun conseil n’est encore prévu d’ici là : sans séance, les rapports ne peuvent pas être votés à temps.")  # fmt: skip
        said.append({"text": text})
    if agenda.lacks_commission(today):
        text = _("Aucune réunion de la commission n’est prévue d’ici le %(day)s.")
        said.append(
            {
                "text": text % {"day": day(agenda.commission_by)},
                "url": reverse("board:commission", args=[plan]),
                "link_label": _("Fixer une réunion"),
            }
        )
    if regime_by_key(road.year)["pcs_council_approval"].value is None:
        text = _("Le conseil doit-il encore les approuver ? La règle n’a pas été lue : demandez au SPW.")  # fmt: skip
        said.append({"text": text})
    return said


def _councils(plan: Plan, year: int, steers: bool) -> Section:
    councils = queries.council_dates(plan)
    rows, empty = [[day(one)] for one in councils], _("Aucune séance n’est encore connue.")
    section = Section(_("Séances connues du conseil"), "", column(_("Séance")), rows, empty)
    if steers:
        ref = f"{plan.key}/{year}"
        form = forms.CouncilForm(auto_id="annoncer-%s")
        section.acts = [Act("annoncer", _("Ajouter cette séance"), form, ref)]
        if councils:
            gone = forms.DayForm(auto_id="retirer-%s")
            act = Act("retirer", _("Retirer cette séance"), gone, ref, variant="quiet")
            section.acts.append(act)
    return section


def _meetings(plan: str, agenda: YearAgenda) -> Section:
    rows = [
        [
            {"text": day(one.on_date), "url": reverse("board:meeting", args=[plan, one.number])},
            {"tag": one.get_state_display()},
        ]
        for one in agenda.meetings
    ]
    heads = column(_("Réunion"), _("Où en est-on"))
    empty = _("Aucune réunion n’est fixée pour cette année-là.")
    return Section(_("Réunions de la commission"), "", heads, rows, empty)


def calendar_file(request: HttpRequest, plan: str, year: int) -> HttpResponse:
    """This function will give the days of a year as a file for another calendar; it names no person."""
    held = the_plan(request, plan)
    try:
        agenda = year_agenda(held, year, timezone.localdate())
    except UnknownYear as unknown:
        raise Http404(str(year)) from unknown
    file = icalendar.Calendar()
    file.add("prodid", "-//Beffroi//FR")
    file.add("version", "2.0")
    for one in agenda.days():
        event = icalendar.Event()
        event.add("uid", f"{held.key}-{one.key}@beffroi")
        event.add("dtstamp", timezone.now())
        start: date | datetime = one.on_date
        if one.start_time:
            start = timezone.make_aware(datetime.combine(one.on_date, one.start_time))
        event.add("dtstart", start)
        event.add("summary", one.label)
        if one.place:
            event.add("location", one.place)
        file.add_component(event)
    response = HttpResponse(file.to_ical(), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{held.key}-{year}.ics"'
    response["Cache-Control"] = "no-store, private"
    return response


def _is_known(year: int) -> bool:
    try:
        regime_by_key(year)
    except UnknownYear:
        return False
    return True


def _row(one: Step, today: Any, voted: bool) -> list[Any]:
    if voted and one.what != "send":
        state = {"tag": _("voté") if one.what == "council" else _("réglé"), "tone": "green"}
    elif one.by_date < today:
        state = {"tag": _("passé"), "tone": "red"}
    elif (one.by_date - today).days <= 14:
        state = {"tag": _("bientôt"), "tone": "amber"}
    else:
        state = {"tag": _("à venir")}
    return [one.label, day(one.by_date), state]
