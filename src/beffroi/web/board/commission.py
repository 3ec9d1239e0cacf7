"""The commission of a plan: who sits, when it meets, what waits for its opinion, what it wants done."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from beffroi.rules.cohesion_commission import usual_notice
from beffroi.steering import commission as reads
from beffroi.steering import permissions
from beffroi.steering import services as steering
from beffroi.steering.enums import MeetingState, Office, Seat
from beffroi.web.board import commission_forms as forms
from beffroi.web.board.common import Section, actor_of, column, day, shown, tabs, the_plan
from beffroi.web.board.deeds import Deed, Done, Page

if TYPE_CHECKING:
    from datetime import date

    from beffroi.steering.models import Commission, CommissionMember, Plan

TONES = {
    MeetingState.DRAFT: "", MeetingState.INVITED: "amber", MeetingState.HELD: "copper",
    MeetingState.MINUTED: "amber", MeetingState.APPROVED: "green", MeetingState.CANCELLED: "red",
}  # fmt: skip
_MOST = 60


def commission(request: HttpRequest, plan: str) -> HttpResponse:
    """This function will show the commission of a plan and do the acts of its page."""
    held, today = the_plan(request, plan), timezone.localdate()
    body = reads.commission_of(held)
    members = list(reads.members_of(body)) if body else []
    page = Page(request, _deeds(held, body, members))
    if reply := page.post():
        return reply
    steers = permissions.can_steer(actor_of(request))
    sections = [
        _meetings(held, plan, page if steers and body else None),
        _waiting(held, plan),
        _decisions(held, plan, today, page if steers else None),
        _members(members, today, page if steers and body else None),
    ]
    if steers:
        sections.append(_rules(body, today, page))
    said = [{"text": one} for one in _sentences(held, members, today)]
    title = _("Commission d’accompagnement")
    intro = _(
        "Elle donne son avis sur ce qui change et sur ce qui est rapporté ; le conseil décide."
    )
    return shown(
        request, title, intro, sections, tabs=tabs(held, "commission"), sentences=said,
        wrong=page.wrong,
    )  # fmt: skip


def in_place(member: CommissionMember, today: date) -> bool:
    """This function will say whether a member sits on `today`."""
    return member.since_date <= today and (member.until_date is None or member.until_date >= today)


def _sentences(plan: Plan, members: list[CommissionMember], today: date) -> list[str]:
    seated = [one for one in members if in_place(one, today)]
    found = reads.check_composition(seated, today)
    words = {
        True: _("Cette année, la commission est obligatoire."),
        False: _("Cette année, la commission est facultative."),
        None: _("Est-elle obligatoire cette année ? La règle n’a pas été lue : demandez au SPW."),
    }
    said = [words[found.is_mandatory]]
    if found.missing:
        names = ", ".join(str(Seat(one).label) for one in found.missing)
        said.append(_("Siège encore vide : %(names)s.") % {"names": names})
    elif found.wanted:
        said.append(_("Chaque siège que la règle demande est occupé."))
    held = sum(
        one.state in reads.WERE_HELD
        for one in reads.meetings_between(plan, today.replace(month=1, day=1), today)
    )
    count = ngettext("%(n)s réunion s’est tenue cette année.", "%(n)s réunions se sont tenues cette année.", held) % {"n": held}  # fmt: skip
    if found.least_meetings:
        count += " " + _("La règle en demande %(n)s au moins.") % {"n": found.least_meetings}
    said.append(count)
    if found.rules and not found.is_verified:
        notes = " ".join(one.note for one in found.rules if not one.is_read and one.note)
        said.append(_("Règle non vérifiée : %(notes)s") % {"notes": notes})
    return said


def _meetings(plan: Plan, key: str, page: Page | None) -> Section:
    rows = [
        [
            {"text": day(one.on_date), "url": reverse("board:meeting", args=[key, one.number]), "sub": f"{time_format(one.start_time, 'H:i')}, {one.place}"},
            {"text": str(len(one.points.all())), "end": True},
            {"tag": one.get_state_display(), "tone": TONES[MeetingState(one.state)]},
        ]
        for one in reads.meetings_of(plan)[:_MOST]
    ]  # fmt: skip
    heads = column(_("Réunion"), _("Points"), _("Où en est-on"), end=(1,))
    section = Section(_("Réunions"), "", heads, rows, _("Aucune réunion n’est encore fixée."))
    if page:
        section.acts = [page.act("reunir")]
    return section


def _waiting(plan: Plan, key: str) -> Section:
    rows: list[list[Any]] = [
        [
            {"text": f"{one.number} · {one.get_kind_display()}", "url": reverse("board:change", args=[key, one.number])},
            str(one.line) if one.line else _("nouvelle ligne"),
        ]
        for one in reads.changes_to_see(plan)
    ]  # fmt: skip
    for report in reads.reports_to_see(plan):
        url = reverse("board:reports", args=[key, report.year])
        what = {"text": f"{report.get_kind_display()} {report.year}", "url": url}
        rows.append([what, report.get_state_display()])
    heads = column(_("Quoi"), _("À propos de"))
    text = _("Mettez-les à l’ordre du jour d’une réunion qui se prépare.")
    empty = _("Rien n’attend l’avis de la commission.")
    return Section(_("Ce qui attend un avis"), text if rows else "", heads, rows, empty)


def _decisions(plan: Plan, key: str, today: date, page: Page | None) -> Section:
    rows = []
    for one in reads.decisions_of(plan)[:_MOST]:
        state: dict[str, Any] = {"tag": _("à faire"), "tone": "amber"}
        if one.done_date:
            state = {"tag": _("fait"), "tone": "green", "sub": one.outcome}
        elif one.due_date < today:
            state = {"tag": _("en retard"), "tone": "red"}
        url = reverse("board:meeting", args=[key, one.meeting.number])
        rows.append([{"text": one.text, "url": url}, str(one.owner), day(one.due_date), state])
    heads = column(_("Décision"), _("Qui s’en charge"), _("Pour le"), _("Où en est-on"))
    section = Section(
        _("Ce que la commission a décidé"), "", heads, rows, _("Aucune décision n’est notée.")
    )
    if page and reads.decisions_of(plan).filter(done_date__isnull=True).exists():
        section.acts = [page.act("suivre", on=today)]
    return section


def _members(members: list[CommissionMember], today: date, page: Page | None) -> Section:
    rows = []
    offices = list(Office)
    for one in sorted(
        members,
        key=lambda m: (not in_place(m, today), offices.index(Office(m.office)), m.organisation),
    ):
        sits: Any = _("depuis le %(day)s") % {"day": day(one.since_date)}
        if not in_place(one, today):
            sits = {"tag": _("ne siège pas"), "sub": day(one.until_date or one.since_date)}
        whom = _("remplace %(name)s") % {"name": one.alternate_of} if one.alternate_of else ""
        who = {"text": one.name or _("ancien membre"), "sub": whom or one.get_office_display()}
        rows.append([who, one.organisation, one.get_seat_display(), sits])
    heads = column(_("Membre"), _("Siège pour"), _("Qualité"), _("Siège"))
    section = Section(_("Qui siège"), "", heads, rows, _("Personne ne siège encore."))
    if page:
        section.acts = [page.act("sieger", since=today)]
        if any(one.until_date is None for one in members):
            section.acts.append(page.act("quitter", until=today))
    return section


def _rules(body: Commission | None, today: date, page: Page) -> Section:
    if body is None:
        text = _("Ce plan n’a pas encore de commission : fixez d’abord ses règles.")
        values: dict[str, Any] = {"notice_days": usual_notice(today)}
    else:
        quorum = _("pas de quorum")
        if body.quorum_percent:
            quorum = _("quorum de %(n)s %%") % {"n": body.quorum_percent}
        text = _("Invitations %(days)s jours avant ; %(quorum)s.") % {
            "days": body.notice_days, "quorum": quorum,
        }  # fmt: skip
        values = {
            "notice_days": body.notice_days, "quorum_percent": body.quorum_percent,
            "source": body.source,
        }  # fmt: skip
    folded = _("Changer ces règles") if body else ""
    acts = [page.act("regler", folded=folded, **values)]
    return Section(_("Ses propres règles"), text, acts=acts)


def _deeds(plan: Plan, body: Commission | None, members: list[CommissionMember]) -> dict[str, Deed]:
    """The acts of the page; whoever may not do them meets the refusal of the service."""
    deeds = (_ruling(plan), *_seating(body, members), _meeting_again(body), _settling(plan))
    return {one.key: one for one in deeds}


def _there(body: Commission | None) -> Commission:
    if body is None:
        raise Http404("no commission yet")
    return body


def _ruling(plan: Plan) -> Deed:
    def set_rules(done: Done) -> str:
        steering.set_commission(plan=plan, **done.data, **done.who)
        return _("Les règles de la commission sont enregistrées.")

    return Deed("regler", _("Enregistrer ces règles"), lambda d, _f, **m: forms.RulesForm(d, **m), set_rules, variant="secondary")  # fmt: skip


def _seating(body: Commission | None, members: list[CommissionMember]) -> list[Deed]:
    now = [one for one in members if one.until_date is None]
    own = [(str(one.pk), str(one)) for one in now]
    titulars = [("", "–"), *((str(m.pk), str(m)) for m in now if not m.alternate_of_id)]

    def seat(done: Done) -> str:
        data = dict(done.data)
        titular = data.pop("alternate_of")
        data["alternate_of"] = reads.member(_there(body), int(titular)) if titular else None
        draft = steering.MemberDraft(**data)
        row = steering.seat_member(commission=_there(body), draft=draft, **done.who)
        return _("%(who)s siège.") % {"who": row}

    def leave(done: Done) -> str:
        row = reads.member(_there(body), int(done.data["member"]))
        if row is None:
            raise Http404("no such member")
        steering.end_mandate(member=row, until=done.data["until"], **done.who)
        return _("La fin du mandat est notée.")

    return [
        Deed("sieger", _("Asseoir ce membre"), lambda d, _f, **m: forms.MemberForm(d, choices={"alternate_of": titulars}, **m), seat, _("Ajouter un membre ou une personne qui remplace")),
        Deed("quitter", _("Noter la fin de ce mandat"), lambda d, _f, **m: forms.EndForm(d, choices={"member": own}, **m), leave, _("Noter la fin d’un mandat"), variant="secondary"),
    ]  # fmt: skip


def _meeting_again(body: Commission | None) -> Deed:
    def meet(done: Done) -> str:
        row = steering.plan_meeting(commission=_there(body), **done.data, **done.who)
        return _("La réunion du %(day)s se prépare : composez son ordre du jour.") % {
            "day": day(row.on_date)
        }

    return Deed("reunir", _("Préparer cette réunion"), lambda d, _f, **m: forms.MeetingForm(d, **m), meet, _("Fixer une réunion"))  # fmt: skip


def _settling(plan: Plan) -> Deed:
    def made(data: Any, _files: Any, **more: Any) -> forms.SettleForm:
        rows = reads.decisions_of(plan).filter(done_date__isnull=True)
        choices = {"decision": [(str(one.pk), one.text) for one in rows]}
        return forms.SettleForm(data, choices=choices, **more)

    def settle(done: Done) -> str:
        data = dict(done.data)
        row = reads.decisions_of(plan).get(pk=data.pop("decision"))
        steering.settle_decision(decision=row, **data, **done.who)
        return _("Ce qui a été fait est noté.")

    return Deed(
        "suivre", _("Noter ce qui a été fait"), made, settle, _("Noter ce qui a été fait"),
        variant="secondary",
    )  # fmt: skip
