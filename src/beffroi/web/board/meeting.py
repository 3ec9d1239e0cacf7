"""A meeting of the commission: its agenda, who is there, its opinions, its minutes, its papers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from beffroi.steering import commission as reads
from beffroi.steering import papers, permissions
from beffroi.steering import services as steering
from beffroi.steering.enums import MeetingState as M
from beffroi.steering.enums import Presence
from beffroi.web.board.common import Section, actor_of, column, day, shown, the_plan
from beffroi.web.board.deeds import Page
from beffroi.web.board.meeting_acts import deeds_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from beffroi.steering.models import AgendaPoint, CommissionMeeting, CommissionMember


def _the_meeting(request: HttpRequest, key: str, number: int) -> CommissionMeeting:
    found = reads.meeting(the_plan(request, key), number)
    if found is None:
        raise Http404(f"{key}/{number}")
    return found


def meeting(request: HttpRequest, plan: str, number: int) -> HttpResponse:
    """This function will show a meeting of the commission and do the acts of its page."""
    row = _the_meeting(request, plan, number)
    points = list(reads.points_of(row))
    members = list(reads.members_on(row.commission, row.on_date))
    page = Page(request, deeds_of(row, points, members))
    if reply := page.post():
        return reply
    steers = permissions.can_steer(actor_of(request))
    sections = [_agenda(plan, points, row, page if steers else None)]
    if steers and row.state == M.HELD:
        sections += [_point_acts(one, row, page) for one in points]
    sections += [
        _presences(row, members, page if steers else None),
        _decisions(row, page if steers and members else None),
        _papers(plan, row),
    ]
    if steers and (acts := _next(row, points, page)):
        sections.append(Section(_("La suite"), acts=acts))
    title = _("Commission du %(day)s") % {"day": day(row.on_date)}
    crumbs = [
        {"label": _("Commission d’accompagnement"), "url": reverse("board:commission", args=[plan])},
        {"label": title},
    ]  # fmt: skip
    intro = _("%(state)s. %(hour)s, %(place)s.") % {
        "state": row.get_state_display(), "hour": time_format(row.start_time, "H:i"),
        "place": row.place,
    }  # fmt: skip
    said = [{"text": one} for one in _sentences(row, members)]
    return shown(request, title, intro, sections, crumbs=crumbs, sentences=said, wrong=page.wrong)


def _sentences(row: CommissionMeeting, members: Sequence[CommissionMember]) -> list[str]:
    said = []
    if row.invited_date:
        said.append(_("Les invitations sont parties le %(day)s.") % {"day": day(row.invited_date)})
    if row.late_reason:
        said.append(_("Plus tard que le délai : %(why)s") % {"why": row.late_reason})
    silent = sum(not one.email for one in members)
    if silent and row.state in reads.TO_COME:
        said.append(ngettext("%(n)s membre n’a pas d’adresse : imprimez son invitation.", "%(n)s membres n’ont pas d’adresse : imprimez leur invitation.", silent) % {"n": silent})  # fmt: skip
    if row.state in reads.WERE_HELD:
        said.append(ngettext("%(n)s membre qui vote était là à l’ouverture.", "%(n)s membres qui votent étaient là à l’ouverture.", row.voters_present or 0) % {"n": row.voters_present})  # fmt: skip
        if not row.has_quorum:
            said.append(_("Il en fallait %(n)s : la commission ne donne pas d’avis.") % {"n": row.quorum_needed})  # fmt: skip
    return said


def _agenda(
    plan: str, points: list[AgendaPoint], row: CommissionMeeting, page: Page | None
) -> Section:
    rows = []
    for one in points:
        what: dict[str, Any] = {"text": str(one), "sub": one.minutes[:200]}
        if one.change:
            what["url"] = reverse("board:change", args=[plan, one.change.number])
        elif one.report:
            what["url"] = reverse("board:reports", args=[plan, one.report.year])
        said = {"text": reads.opinion_words(one) if one.opinion else "–"}
        rows.append([what, one.get_kind_display(), said])
    heads = column(_("Point"), _("Nature"), _("Avis"))
    section = Section(_("Ordre du jour"), "", heads, rows, _("L’ordre du jour est encore vide."))
    if page and row.state == M.DRAFT:
        section.acts = [page.act("inscrire")]
        if points:
            section.acts.append(page.act("retirer"))
    return section


def _point_acts(one: AgendaPoint, row: CommissionMeeting, page: Page) -> Section:
    ref = str(one.position)
    acts = [page.act("ecrire", ref, minutes=one.minutes, version=one.version)]
    if not one.opinion and row.has_quorum:
        acts.append(page.act("avis", ref))
    return Section(str(one), acts=acts)


def _presences(
    row: CommissionMeeting, members: list[CommissionMember], page: Page | None
) -> Section:
    there = reads.presences_of(row)
    rows = [
        [{"text": str(one), "sub": one.get_seat_display()}, {"tag": Presence(there[one.pk]).label}]
        for one in members
        if one.pk in there
    ]
    heads = column(_("Membre"), _("Présence"))
    section = Section(_("Présences"), "", heads, rows, _("Personne n’est encore noté."))
    if page and members and row.state == M.INVITED:
        values = {f"m{pk}": how for pk, how in there.items()}
        section.acts = [page.act("noter", **values)]
    return section


def _decisions(row: CommissionMeeting, page: Page | None) -> Section:
    rows = [
        [one.text, str(one.owner), day(one.due_date), day(one.done_date) or "–"]
        for one in row.decisions.select_related("owner")
    ]
    heads = column(_("Décision"), _("Qui s’en charge"), _("Pour le"), _("Fait le"))
    section = Section(_("Décisions"), "", heads, rows, _("Aucune décision n’est notée."))
    if page and row.state in (M.HELD, M.MINUTED):
        section.acts = [page.act("decider")]
    return section


def _papers(plan: str, row: CommissionMeeting) -> Section:
    rows = [
        [{"text": str(label), "url": reverse("board:paper", args=[plan, row.number, key])}]
        for key, label in papers.PAPERS.items()
        if papers.is_ready(row, key)
    ]
    return Section(_("Papiers à imprimer"), "", column(_("PDF")), rows)


def _next(row: CommissionMeeting, points: list[AgendaPoint], page: Page) -> list[Any]:
    if row.state == M.DRAFT:
        acts = [page.act("inviter")] if points else []
        return [*acts, page.act("annuler")]
    if row.state == M.INVITED:
        opens = [page.act("ouvrir")] if row.on_date <= timezone.localdate() else []
        return [*opens, page.act("annuler")]
    if row.state == M.HELD:
        return [page.act("clore")]
    if row.state == M.MINUTED:
        return [page.act("approuver", on=timezone.localdate())]
    return []


def paper(request: HttpRequest, plan: str, number: int, paper: str) -> HttpResponse:
    """This function will give a paper of a meeting as PDF: invitation, attendance sheet, minutes."""
    row = _the_meeting(request, plan, number)
    if paper not in papers.PAPERS or not papers.is_ready(row, paper):
        raise Http404(paper)
    body = steering.print_paper(meeting=row, paper=paper, by=actor_of(request), at=timezone.now())
    response = HttpResponse(body, content_type="application/pdf")
    name = f"commission-{row.on_date:%Y-%m-%d}-{paper}.pdf"
    response["Content-Disposition"] = f'inline; filename="{name}"'
    response["Cache-Control"] = "no-store, private"
    return response
