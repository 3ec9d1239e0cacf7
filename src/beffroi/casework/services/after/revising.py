"""Reviews, changes and revisions: a grant looked at again, from the day the thing changed."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from beffroi.casework.enums import ENQUIRED, SequelCause
from beffroi.casework.models import Change, Grant, Review
from beffroi.casework.services import clocks
from beffroi.casework.services.after.common import follow, grant_for, running_grant, said
from beffroi.casework.services.common import file_for, trace
from beffroi.core.actors import Actor
from beffroi.core.errors import InvalidInput, WrongState
from beffroi.rules import procedure


@transaction.atomic
def review_grant(*, grant: str, finding: str, by: Actor, at: datetime, revise: bool = False) -> str:
    """This function will keep what a review found and set the next one; it may open a revision.

    Gives the reference of the revision, empty where nothing changes.
    Raises: NotAllowed; InvalidInput without a finding; WrongState. Source: loi 26/05/2002 art. 22 §1.
    """
    row = running_grant(grant, by, at)
    finding = said(finding, "finding", _("Notez ce que la révision a montré, même en deux lignes."))
    today = timezone.localdate(at)
    leads_to = ""
    if revise:
        leads_to = follow(row, SequelCause.REVIEW, why=finding, from_date=today, by=by,
                          at=at).reference  # fmt: skip
    due = row.review_due_on or today
    Review.objects.create(
        grant=row, due_on=due, done_at=at, by_label=by.label, finding=finding, leads_to=leads_to
    )
    clocks.meet(row.file, "review", at=at, subject_ref=row.reference)
    plan_review(row, today)
    trace(row.file, "grant.review", by=by, at=at, about=row.reference,
          detail={"leads_to": leads_to})  # fmt: skip
    return leads_to


def plan_review(grant: Grant, since: date) -> None:
    """This function will start the clock of the next review of a grant, a year later at most."""
    due = next(d for d in procedure.deadlines("review_done", since) if d.what == "review")
    Grant.objects.filter(pk=grant.pk).update(review_due_on=due.due_date)
    clocks.start(grant.file, "review_done", since, subject_ref=grant.reference)


@transaction.atomic
def declare_change(
    *, number: str, what: str, from_date: date, by: Actor, at: datetime, by_person: bool = True
) -> int:
    """This function will keep a change the person told, or the enquiry found; its key.

    Raises: NotAllowed; InvalidInput. Source: loi 26/05/2002 art. 22 §1 (déclaration immédiate).
    """
    file = file_for(number, by, at)
    what = said(what, "what", _("Dites ce qui a changé."), least=4)
    if from_date > timezone.localdate(at) + timedelta(days=366):
        raise InvalidInput(_("Cette date est trop loin."), {"from_date": _("Vérifiez l’année.")})
    row = Change.objects.create(
        file=file, what=what[:300], from_date=from_date, declared_at=at, by_person=by_person
    )
    trace(file, "change.declare", by=by, at=at, detail={"by_person": by_person})
    return int(row.pk)


@transaction.atomic
def settle_change(
    *, number: str, change: int, by: Actor, at: datetime, grant: str = "", nothing_why: str = ""
) -> str:
    """This function will say what a change leads to: a revision of a grant, or nothing and why.

    Gives the reference of the revision. Raises: NotAllowed; InvalidInput; WrongState once settled.
    """
    file = file_for(number, by, at)
    row = Change.objects.select_for_update(no_key=True).filter(pk=change, file=file).first()
    if row is None or row.dealt_with_at is not None:
        raise WrongState(_("Ce changement a déjà sa suite."))
    if bool(grant) == bool(nothing_why.strip()):
        raise InvalidInput(_("Dites quelle aide est à revoir, ou pourquoi rien ne change."))
    leads_to = nothing_why.strip()[:200]
    opened = ""
    if grant:
        target = running_grant(grant, by, at)
        if target.file_id != file.pk:
            raise InvalidInput(_("Cette aide n’est pas dans ce dossier."))
        cause = SequelCause.DECLARED if row.by_person else SequelCause.FOUND
        why = _("Changement connu : %(what)s") % {"what": row.what}
        opened = follow(target, cause, why=why, from_date=max(row.from_date, target.from_date),
                        by=by, at=at).reference  # fmt: skip
        leads_to = opened
    Change.objects.filter(pk=row.pk).update(dealt_with_at=at, leads_to=leads_to)
    trace(file, "change.settle", by=by, at=at, detail={"leads_to": opened})
    return opened


@transaction.atomic
def open_revision(
    *, grant: str, cause: SequelCause, why: str, from_date: date, by: Actor, at: datetime,
    could_know: bool = True,
) -> str:  # fmt: skip
    """This function will open the application that revises a grant, its facts copied; its reference.

    `could_know` says, of an error of the CPAS, whether the person could see it.
    Raises: NotAllowed; InvalidInput; WrongState. Source: loi 26/05/2002 art. 22.
    """
    if cause not in ENQUIRED - {SequelCause.RENEWAL}:
        raise InvalidInput(_("Cette cause ne mène pas à une révision."))
    row = running_grant(grant, by, at)
    if from_date < row.from_date:
        raise InvalidInput(
            _("La révision commence avant l’aide."),
            {"from_date": _("Pas avant le début de cet octroi ; avant lui, un autre courait.")},
        )
    return follow(row, cause, why=why, from_date=from_date, by=by, at=at,
                  facts={"could_know": could_know}).reference  # fmt: skip


@transaction.atomic
def open_renewal(*, grant: str, why: str, by: Actor, at: datetime) -> str:
    """This function will open the application that prolongs a grant with an end; its reference.

    Raises: NotAllowed; WrongState for a grant without an end.
    """
    row = grant_for(grant, by, at)
    if row.until_date is None:
        raise WrongState(_("Cette aide n’a pas de fin : elle se révise, elle ne se prolonge pas."))
    if Grant.objects.filter(replaces=row).exists():
        raise WrongState(_("Une autre décision a déjà remplacé cet octroi."))
    return follow(row, SequelCause.RENEWAL, why=why, from_date=row.until_date + timedelta(days=1),
                  by=by, at=at).reference  # fmt: skip


@transaction.atomic
def open_stop(*, grant: str, on: date, why: str, by: Actor, at: datetime) -> str:
    """This function will open the application that ends a grant; `on` is the first day without it.

    Raises: NotAllowed; InvalidInput; WrongState.
    """
    row = running_grant(grant, by, at)
    if on <= row.from_date:
        raise InvalidInput(
            _("L’aide ne peut pas finir avant d’avoir commencé."), {"on": _("Après le début.")}
        )
    return follow(row, SequelCause.STOP, why=why, from_date=on, by=by, at=at).reference
