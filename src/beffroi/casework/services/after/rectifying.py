"""A fact of a decided application corrected: kept with its reason, and what rested on it reopened."""

from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from beffroi.casework.enums import SequelCause
from beffroi.casework.models import Grant, Resource, SocialFile
from beffroi.casework.rectifying import Rested, decisions_resting_on
from beffroi.casework.services.after.common import LIVE, follow, said
from beffroi.casework.services.common import file_for, trace
from beffroi.core.actors import Actor
from beffroi.core.errors import InvalidInput, NotAllowed, WrongState


@transaction.atomic
def find_rested(*, number: str, words: str, by: Actor, at: datetime) -> list[Rested]:
    """This function will show which decisions rested on a fact, and journal that it was asked.

    Raises: NotAllowed; ReasonNeeded. Source: règlement (UE) 2016/679, art. 16.
    """
    file = file_for(number, by, at)
    trace(file, "fact.rested", by=by, at=at)
    return decisions_resting_on(file, words)


@transaction.atomic
def rectify_resource(
    *, number: str, resource: int, monthly: Decimal, why: str, by: Actor, at: datetime
) -> list[Rested]:
    """This function will correct an amount (euros by month) that the enquiry kept; what rested on it.

    Decisions never change: each that rested on the old amount is given, to be revised.
    Raises: NotAllowed; InvalidInput without a reason; WrongState when nothing changes.
    """
    file = file_for(number, by, at)
    why = said(why, "why", _("Dites d’où vient la correction."))
    row = (
        Resource.objects.select_for_update(of=("self",))
        .select_related("application")
        .filter(pk=resource, application__file=file)
        .first()
    )
    if row is None:
        raise NotAllowed(_("Cette ressource n’est pas dans ce dossier."))
    if monthly < 0 or monthly != monthly.quantize(Decimal("0.01")):
        raise InvalidInput(
            _("Ce montant n’est pas possible."), {"monthly": _("En euros, deux décimales.")}
        )
    if row.monthly == monthly:
        raise WrongState(_("C’est déjà le montant gardé."))
    rested = decisions_resting_on(file, str(row.monthly)) if row.monthly is not None else []
    Resource.objects.filter(pk=row.pk).update(monthly=monthly, proof=why[:200])
    trace(file, "resource.rectify", by=by, at=at, about=row.application.reference, why=why,
          detail={"resource": row.pk})  # fmt: skip
    return rested


@transaction.atomic
def revise_what_rested(
    *, number: str, grants: list[str], why: str, by: Actor, at: datetime
) -> list[str]:
    """This function will open a revision of each of these grants of a file; their references.

    Raises: NotAllowed; WrongState for one that is over, or already under revision.
    """
    file: SocialFile = file_for(number, by, at)
    opened = []
    for reference in dict.fromkeys(grants):
        grant = (
            Grant.objects.select_related("file__team", "file__person", "decision__application")
            .filter(reference=reference, file=file)
            .first()
        )
        if grant is None:
            raise NotAllowed(_("Cet octroi n’est pas dans ce dossier."))
        if grant.state not in LIVE:
            raise WrongState(_("L’octroi %(ref)s ne court plus.") % {"ref": reference})
        opened.append(
            follow(grant, SequelCause.RECTIFICATION, why=why, from_date=grant.from_date, by=by,
                   at=at).reference
        )  # fmt: skip
    return opened
