"""The acts of the page of a meeting; whoever may not do them meets the refusal of the service."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.forms import Form
from django.http import Http404
from django.utils.translation import gettext as _

from beffroi.steering import commission as reads
from beffroi.steering import services as steering
from beffroi.steering.enums import PointKind
from beffroi.web.board import commission_forms as forms
from beffroi.web.board.deeds import Deed, Done

if TYPE_CHECKING:
    from beffroi.steering.models import AgendaPoint, CommissionMeeting, CommissionMember

_NAMES = ("votes_for", "votes_against", "votes_none")


def deeds_of(
    row: CommissionMeeting, points: list[AgendaPoint], members: list[CommissionMember]
) -> dict[str, Deed]:
    """This function will give the acts of a meeting by their key."""
    deeds = (
        *_preparing(row, points), *_attending(row, members), *_speaking(points),
        _deciding(row, points, members),
    )  # fmt: skip
    return {one.key: one for one in deeds}


def _point(points: list[AgendaPoint], ref: str) -> AgendaPoint:
    for one in points:
        if str(one.position) == ref:
            return one
    raise Http404(ref)


def _subjects(row: CommissionMeeting) -> dict[str, tuple[str, Any]]:
    plan = row.commission.plan
    found: dict[str, tuple[str, Any]] = {}
    for change in reads.changes_to_see(plan):
        label = _("Demande %(n)s : %(what)s") % {"n": change.number, "what": change.get_kind_display()}  # fmt: skip
        found[f"change:{change.pk}"] = (label, {"kind": PointKind.CHANGE, "change": change})
    for report in reads.reports_to_see(plan):
        label = f"{report.get_kind_display()} {report.year}"
        found[f"report:{report.pk}"] = (label, {"kind": PointKind.REPORT, "report": report})
    label = _("Évaluation du plan")
    found["evaluation"] = (label, {"kind": PointKind.EVALUATION, "title": label})
    return found


def _preparing(row: CommissionMeeting, points: list[AgendaPoint]) -> list[Deed]:
    def point_form(data: Any, _files: Any, **more: Any) -> Form:
        offered = [(key, label) for key, (label, _values) in _subjects(row).items()]
        return forms.PointForm(data, choices={"subject": [("", "–"), *offered]}, **more)

    def add(done: Done) -> str:
        chosen = _subjects(row).get(done.data["subject"])
        values = chosen[1] if chosen else {"kind": PointKind.FREE, "title": done.data["title"]}
        point = steering.add_point(meeting=row, **values, **done.who)
        return _("« %(title)s » est à l’ordre du jour.") % {"title": point.title}

    def drop_form(data: Any, _files: Any, **more: Any) -> Form:
        offered = [(str(one.position), str(one)) for one in points]
        return forms.DropForm(data, choices={"point": offered}, **more)

    def drop(done: Done) -> str:
        steering.drop_point(point=_point(points, done.data["point"]), **done.who)
        return _("Le point est retiré de l’ordre du jour.")

    def invite(done: Done) -> str:
        steering.invite(meeting=row, **done.data, **done.who)
        return _("Les invitations partent par courriel.")

    def cancel(done: Done) -> str:
        steering.cancel_meeting(meeting=row, **done.data, **done.who)
        return _("La réunion est annulée ; ses points attendent de nouveau.")

    return [
        Deed("inscrire", _("Mettre à l’ordre du jour"), point_form, add, _("Ajouter un point")),
        Deed("retirer", _("Retirer ce point"), drop_form, drop, _("Retirer un point"), variant="secondary"),
        Deed("inviter", _("Envoyer les invitations"), lambda d, _f, **m: forms.InviteForm(d, **m), invite),
        Deed("annuler", _("Annuler cette réunion"), lambda d, _f, **m: forms.ReasonForm(d, **m), cancel, _("Annuler la réunion"), variant="quiet"),
    ]  # fmt: skip


def _attending(row: CommissionMeeting, members: list[CommissionMember]) -> list[Deed]:
    def note(done: Done) -> str:
        there = {int(name[1:]): how for name, how in done.data.items()}
        steering.note_presences(meeting=row, presences=there, **done.who)
        return _("Les présences sont notées.")

    def hold(done: Done) -> str:
        held = steering.hold_meeting(meeting=row, **done.who)
        if not held.has_quorum:
            return _("La réunion est ouverte, mais la commission n’est pas en nombre.")
        return _("La réunion est ouverte.")

    def close(done: Done) -> str:
        steering.close_minutes(meeting=row, **done.who)
        return _("Le procès-verbal est clos ; il reste à l’approuver.")

    def approve(done: Done) -> str:
        steering.approve_minutes(meeting=row, **done.data, **done.who)
        return _("Le procès-verbal est approuvé.")

    def empty(data: Any, _files: Any, **more: Any) -> Form:
        return Form(data, **more)

    return [
        Deed("noter", _("Noter les présences"), lambda d, _f, **m: forms.PresencesForm(d, members=members, **m), note, _("Noter qui est là")),
        Deed("ouvrir", _("Ouvrir la réunion"), empty, hold),
        Deed("clore", _("Clore le procès-verbal"), empty, close),
        Deed("approuver", _("Noter l’approbation"), lambda d, _f, **m: forms.OnForm(d, **m), approve),
    ]  # fmt: skip


def _speaking(points: list[AgendaPoint]) -> list[Deed]:
    def write(done: Done) -> str:
        steering.write_minutes(point=_point(points, done.ref), **done.data, **done.who)
        return _("Ce qui s’est dit est enregistré.")

    def give(done: Done) -> str:
        data = dict(done.data)
        counted = [data.pop(name) for name in _NAMES]
        votes = None if None in counted else steering.Votes(*counted)
        steering.give_opinion(point=_point(points, done.ref), votes=votes, **data, **done.who)
        return _("L’avis est noté, et ce qui l’attendait avance.")

    return [
        Deed("ecrire", _("Enregistrer ce qui s’est dit"), lambda d, _f, **m: forms.MinutesForm(d, **m), write, _("Écrire ce qui s’est dit"), variant="secondary"),
        Deed("avis", _("Noter cet avis"), lambda d, _f, **m: forms.PointOpinionForm(d, **m), give, _("Noter l’avis")),
    ]  # fmt: skip


def _deciding(
    row: CommissionMeeting, points: list[AgendaPoint], members: list[CommissionMember]
) -> Deed:
    def made(data: Any, _files: Any, **more: Any) -> Form:
        choices = {
            "owner": [(str(one.pk), str(one)) for one in members],
            "point": [("", "–"), *((str(one.position), str(one)) for one in points)],
        }
        return forms.DecideForm(data, choices=choices, **more)

    def decide(done: Done) -> str:
        data = dict(done.data)
        point = _point(points, data["point"]) if data["point"] else None
        owner = next(one for one in members if str(one.pk) == data["owner"])
        steering.decide(
            meeting=row, text=data["text"], owner=owner, due=data["due"], point=point, **done.who
        )
        return _("La décision est notée.")

    return Deed("decider", _("Noter cette décision"), made, decide, _("Noter une décision"))
