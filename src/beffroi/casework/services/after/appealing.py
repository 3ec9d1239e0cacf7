"""Appeals to the labour tribunal: lodged, heard, judged; nothing is erased meanwhile."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from beffroi.casework import sequels
from beffroi.casework.enums import AppealOutcome, SequelCause
from beffroi.casework.models import Appeal, Grant, SocialFile
from beffroi.casework.services import clocks
from beffroi.casework.services.after.common import LIVE, follow, said
from beffroi.casework.services.common import trace
from beffroi.casework.services.notifying import decision_for
from beffroi.core.actors import Actor
from beffroi.core.errors import InvalidInput, NotAllowed, WrongState

#: What the legal hold of an appeal begins with: only this one is lifted with it.
HOLD = "Recours au tribunal du travail"


@transaction.atomic
def lodge_appeal(
    *, number: str, lodged_on: date, court: str, by: Actor, at: datetime, roll_number: str = ""
) -> int:
    """This function will keep an appeal against a decision and freeze the file; its key.

    A late one is kept too: only the court says whether it may be heard.
    Raises: NotAllowed; InvalidInput for a day before the decision or to come.
    Source: loi 26/05/2002 art. 47.
    """
    decision = decision_for(number, by, at)
    court = said(court, "court", _("Dites quel tribunal."), least=4)
    if not decision.sitting_date <= lodged_on <= timezone.localdate(at):
        raise InvalidInput(_("Ce jour n’est pas possible."), {"lodged_on": _("Après la décision.")})
    appeal = Appeal.objects.create(
        decision=decision, lodged_on=lodged_on, court=court[:200],
        roll_number=roll_number.strip()[:40],
    )  # fmt: skip
    file = decision.application.file
    SocialFile.objects.filter(pk=file.pk, legal_hold="").update(
        legal_hold=f"{HOLD} ({number})"[:300]
    )
    clocks.meet(file, "appeal", at=at, subject_ref=number)
    trace(file, "appeal.lodge", by=by, at=at, about=number)
    return int(appeal.pk)


def appeal_for(appeal: int, by: Actor, at: datetime) -> Appeal:
    """This function will give an appeal of a file the actor may work on. Raises: NotAllowed."""
    row = Appeal.objects.select_for_update(no_key=True).filter(pk=appeal).first()
    if row is None:
        raise NotAllowed(_("Ce recours n’existe pas."))
    row.decision = decision_for(row.decision.number, by, at)
    return row


@transaction.atomic
def plan_court_hearing(
    *, appeal: int, on: date, by: Actor, at: datetime, roll_number: str = ""
) -> None:
    """This function will keep the day of the hearing. Raises: NotAllowed; InvalidInput; WrongState."""
    row = appeal_for(appeal, by, at)
    if row.outcome:
        raise WrongState(_("Ce recours est déjà jugé."))
    if on < row.lodged_on:
        raise InvalidInput(_("L’audience suit le recours."), {"on": _("Après le dépôt.")})
    Appeal.objects.filter(pk=row.pk).update(
        hearing_on=on, roll_number=roll_number.strip()[:40] or row.roll_number
    )
    trace(row.decision.application.file, "appeal.hearing", by=by, at=at, about=row.decision.number)


@transaction.atomic
def record_judgment(
    *, appeal: int, outcome: AppealOutcome, judged_on: date, by: Actor, at: datetime,
    what: str = "", from_date: date | None = None,
) -> str:  # fmt: skip
    """This function will keep a judgment; one that reforms opens the application for a new decision.

    Gives its reference, empty otherwise. The file stays frozen until that decision is carried out.
    Raises: NotAllowed; InvalidInput; WrongState once judged.
    """
    row = appeal_for(appeal, by, at)
    if judged_on < row.lodged_on or judged_on > timezone.localdate(at):
        raise InvalidInput(_("Ce jour n’est pas possible."), {"judged_on": _("Après le dépôt.")})
    if not Appeal.objects.filter(pk=row.pk, outcome="").update(
        outcome=outcome, judged_on=judged_on
    ):
        raise WrongState(_("Ce recours est déjà jugé."))
    decision = row.decision
    file = decision.application.file
    opened = ""
    grant = _grant_judged(row)
    if outcome == AppealOutcome.REFORMED and grant is not None:
        why = said(what, "what", _("Dites ce que le jugement ordonne."))
        opened = follow(
            grant, SequelCause.JUDGMENT, why=why, by=by, at=at,
            from_date=max(from_date or decision.from_date, grant.from_date),
            facts={"appeal": row.pk},
        ).reference  # fmt: skip
    else:
        lift_hold(file)
    trace(file, "appeal.judge", by=by, at=at, about=decision.number,
          detail={"outcome": outcome, "opened": opened})  # fmt: skip
    return opened


def _grant_judged(appeal: Appeal) -> Grant | None:
    """The grant that a judgment reforms: the one it speaks of, if that right still runs."""
    decision = appeal.decision
    sequel = sequels.sequel_of(decision.application)
    given = Grant.objects.filter(decision=decision).first()
    grant = sequel.grant if sequel is not None and given is None else given
    if grant is None:
        return None
    newest = sequels.newest_of(grant)
    return newest if newest.state in LIVE else None


def lift_hold(file: SocialFile) -> None:
    """This function will let time run again on a file once no appeal of it is open."""
    waiting = (
        Appeal.objects.filter(Q(outcome="", decision__application__file=file)).exists()
        or file.applications.filter(sequel__cause=SequelCause.JUDGMENT)
        .exclude(state="closed")
        .exists()
    )
    if not waiting:
        SocialFile.objects.filter(pk=file.pk, legal_hold__startswith=HOLD).update(legal_hold="")
