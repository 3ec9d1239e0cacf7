"""Changes of a plan: asked, seen by the commission, decided, applied as a new version."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from beffroi.core.actors import Actor
from beffroi.core.errors import InvalidInput, WrongState
from beffroi.steering.enums import ChangeKind, ChangeState, Delivery, LineState
from beffroi.steering.models import CatalogueAction, ChangeRequest, Line, Partner, Plan
from beffroi.steering.permissions import can_note_decision, can_steer
from beffroi.steering.queries import latest_version, lines_of, next_line_number
from beffroi.steering.services.base import must, step, trace
from beffroi.steering.services.plans import LineDraft, make_version
from beffroi.steering.workflow import CHANGE_MOVES

#: What each kind of change says of the line; the first names are needed.
_NEEDS: Mapping[str, tuple[str, ...]] = {
    ChangeKind.ADD: ("code",),
    ChangeKind.RETITLE: (),
    ChangeKind.REPLACE: ("code",),
    ChangeKind.PARTNER: ("partner",),
    ChangeKind.TO_ART20: ("partner",),
    ChangeKind.SUSPEND: (),
    ChangeKind.REMOVE: (),
}
_TEXTS = ("local_title", "objective", "publics", "sites", "completes", "responsible", "expected")


@transaction.atomic
def ask_change(
    *, plan: Plan, kind: str, reason: str, line: Line | None = None,
    proposed: Mapping[str, str] | None = None, by: Actor, at: datetime,
) -> ChangeRequest:  # fmt: skip
    """This function will draft a change of the plan: what is asked, and why.

    Raises: NotAllowed; InvalidInput.
    """
    must(can_steer(by))
    given = {key: str(value).strip() for key, value in (proposed or {}).items() if value}
    faults = _faults(plan, kind, line, given)
    if not reason.strip():
        faults["reason"] = _("Dites pourquoi : la commission et le conseil le liront.")
    if faults:
        raise InvalidInput(_("Cette demande n’est pas enregistrée."), faults)
    last = ChangeRequest.objects.filter(plan=plan).order_by("-number").first()
    row = ChangeRequest.objects.create(
        plan=plan, number=last.number + 1 if last else 1, kind=kind, line=line, proposed=given,
        reason=reason.strip(), asked_at=at, asked_by=by.label,
    )  # fmt: skip
    trace(row, "change.ask", by=by, at=at, ref=_ref(row))
    return row


def _ref(row: ChangeRequest) -> str:
    return f"{row.plan.key}/{row.number}"


def _faults(plan: Plan, kind: str, line: Line | None, given: Mapping[str, str]) -> dict[str, str]:
    faults = {}
    if (kind == ChangeKind.ADD) != (line is None):
        faults["line"] = _("Un ajout n’a pas de ligne ; tout autre changement en a une.")
    elif line is not None and line.plan_id != plan.pk:
        faults["line"] = _("Cette ligne n’est pas de ce plan.")
    for name in _NEEDS[kind]:
        if not given.get(name):
            faults[name] = _("À remplir pour ce changement.")
    return faults | _unknown(plan, kind, given)


def _unknown(plan: Plan, kind: str, given: Mapping[str, str]) -> dict[str, str]:
    faults = {}
    code, partner = given.get("code"), given.get("partner")
    if code and not _actions(plan).filter(code=code).exists():
        faults["code"] = _("Ce code n’est pas au catalogue du programme.")
    if partner and not Partner.objects.filter(name=partner).exists():
        faults["partner"] = _("Ce partenaire n’est pas encore connu : ajoutez-le d’abord.")
    if kind == ChangeKind.RETITLE and not any(given.get(name) for name in _TEXTS):
        faults["local_title"] = _("Dites ce qui change.")
    if set(given) - {"code", "partner", "delivery", *_TEXTS}:
        faults["proposed"] = _("Ce champ n’existe pas.")
    if given.get("delivery", Delivery.REGIE) not in Delivery.values:
        faults["delivery"] = _("Cette réalisation n’existe pas.")
    if given.get("delivery") in (Delivery.PARTNER, Delivery.ART20) and not partner:
        faults["partner"] = _("Nommez le partenaire.")
    return faults


def _actions(plan: Plan) -> Any:
    return CatalogueAction.objects.filter(programme=plan.programme_id, retired_date__isnull=True)


@transaction.atomic
def see_change(
    *, change: ChangeRequest, opinion: str, on: date, by: Actor, at: datetime
) -> ChangeRequest:
    """This function will note what the commission thinks of a change.

    Raises: NotAllowed; InvalidInput without an opinion; AlreadyMoved.
    """
    must(can_steer(by))
    if not opinion.strip():
        raise InvalidInput(_("Notez l’avis."), {"opinion": _("Favorable, défavorable, réserves.")})
    step(change, CHANGE_MOVES, "see", opinion=opinion.strip()[:500], opinion_date=on)
    trace(change, "change.see", by=by, at=at, ref=_ref(change))
    return change


@transaction.atomic
def decide_change(
    *, change: ChangeRequest, granted: bool, decision: str, on: date,
    effective: date | None = None, by: Actor, at: datetime,
) -> ChangeRequest:  # fmt: skip
    """This function will note what was decided, and from which day it holds when it is granted.

    Raises: NotAllowed; InvalidInput; AlreadyMoved.
    """
    must(can_note_decision(by))
    faults = {}
    if not decision.strip():
        faults["decision"] = _("Nommez la décision : séance et point.")
    if granted and effective is None:
        faults["effective"] = _("De quel jour le changement prend-il effet ?")
    if faults:
        raise InvalidInput(_("Cette décision n’est pas enregistrée."), faults)
    step(
        change, CHANGE_MOVES, "grant" if granted else "refuse", decision=decision.strip()[:200],
        decision_date=on, effective_date=effective if granted else None,
    )  # fmt: skip
    trace(change, "change.decide", by=by, at=at, ref=_ref(change), detail={"granted": granted})
    return change


@transaction.atomic
def drop_change(*, change: ChangeRequest, by: Actor, at: datetime) -> ChangeRequest:
    """This function will give up a change that is not decided. Raises: NotAllowed; AlreadyMoved."""
    must(can_steer(by))
    step(change, CHANGE_MOVES, "drop")
    trace(change, "change.drop", by=by, at=at, ref=_ref(change))
    return change


@transaction.atomic
def apply_change(*, change: ChangeRequest, by: Actor, at: datetime) -> ChangeRequest:
    """This function will make the version of the plan that a granted change asks for.

    A line that enters by it counts its costs from the day of effect on, not before.

    Raises: NotAllowed; AlreadyMoved; InvalidInput; WrongState when nothing would change.
    """
    must(can_steer(by))
    plan = Plan.objects.select_for_update(no_key=True).get(pk=change.plan_id)
    current = latest_version(plan)
    if change.state != ChangeState.GRANTED or change.effective_date is None or current is None:
        step(change, CHANGE_MOVES, "apply")
        raise WrongState(_("Ce plan n’a pas encore de version."))
    before = [LineDraft.of(row) for row in lines_of(current)]
    after = _changed(change, before)
    if after == before:
        raise WrongState(_("Ce changement ne change rien au plan tel qu’il est."))
    version = make_version(
        plan, after, reason=change.reason[:500], effective=change.effective_date, by=by, at=at
    )
    step(change, CHANGE_MOVES, "apply", version=version)
    trace(change, "change.apply", by=by, at=at, ref=_ref(change), detail={"v": version.number})
    return change


def _changed(change: ChangeRequest, lines: list[LineDraft]) -> list[LineDraft]:
    if change.kind == ChangeKind.ADD:
        return [*lines, _added(change)]
    number = change.line.number if change.line else 0
    if all(draft.number != number for draft in lines):
        raise WrongState(_("Cette ligne n’est plus au plan."))
    become = _BECOMES[change.kind]
    return [become(change, draft) if draft.number == number else draft for draft in lines]


def _partner(change: ChangeRequest) -> Partner | None:
    name = change.proposed.get("partner")
    return Partner.objects.get(name=name) if name else None


def _texts(change: ChangeRequest) -> dict[str, Any]:
    return {name: change.proposed[name] for name in _TEXTS if change.proposed.get(name)}


def _added(change: ChangeRequest) -> LineDraft:
    action = _actions(change.plan).get(code=change.proposed["code"])
    start = change.effective_date
    if start is None:
        raise WrongState(_("Ce changement n’a pas de date d’effet."))
    return LineDraft(
        next_line_number(change.plan), action, start,
        delivery=change.proposed.get("delivery", Delivery.REGIE), partner=_partner(change),
        **_texts(change),
    )  # fmt: skip


def _retitled(change: ChangeRequest, draft: LineDraft) -> LineDraft:
    return replace(draft, **_texts(change))


def _replaced(change: ChangeRequest, draft: LineDraft) -> LineDraft:
    action = _actions(change.plan).get(code=change.proposed["code"])
    return replace(draft, action=action, **{"local_title": "", **_texts(change)})


def _repartnered(change: ChangeRequest, draft: LineDraft) -> LineDraft:
    held = draft.delivery if draft.delivery != Delivery.REGIE else Delivery.PARTNER
    return replace(draft, partner=_partner(change), delivery=held)


def _to_art20(change: ChangeRequest, draft: LineDraft) -> LineDraft:
    return replace(draft, partner=_partner(change), delivery=Delivery.ART20)


def _suspended(change: ChangeRequest, draft: LineDraft) -> LineDraft:
    runs = draft.state == LineState.ACTIVE
    return replace(draft, state=LineState.SUSPENDED if runs else LineState.ACTIVE)


def _removed(change: ChangeRequest, draft: LineDraft) -> LineDraft:
    return replace(draft, state=LineState.REMOVED, ends_date=change.effective_date)


_BECOMES: Mapping[str, Callable[[ChangeRequest, LineDraft], LineDraft]] = {
    ChangeKind.RETITLE: _retitled,
    ChangeKind.REPLACE: _replaced,
    ChangeKind.PARTNER: _repartnered,
    ChangeKind.TO_ART20: _to_art20,
    ChangeKind.SUSPEND: _suspended,
    ChangeKind.REMOVE: _removed,
}


@transaction.atomic
def add_partner(
    *, name: str, kind: str, enterprise_number: str = "", contact: str = "", by: Actor, at: datetime
) -> Partner:
    """This function will make an organisation known as a partner. Raises: NotAllowed; InvalidInput."""
    must(can_steer(by))
    name = name.strip()
    if not name or Partner.objects.filter(name__iexact=name).exists():
        raise InvalidInput(
            _("Ce partenaire n’est pas enregistré."),
            {"name": _("Un nom qui n’est pas encore dans la liste.")},
        )
    row = Partner.objects.create(
        name=name, kind=kind, enterprise_number=enterprise_number.strip(), contact=contact.strip()
    )
    trace(row, "partner.add", by=by, at=at)
    return row
