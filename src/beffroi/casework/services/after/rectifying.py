"""A fact of a decided application corrected: kept with its reason, and what rested on it reopened."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from beffroi.casework.enums import Question, Relation, SequelCause
from beffroi.casework.facts import CATEGORIES, living_income_facts
from beffroi.casework.models import Application, Appreciation, Grant, Resource, SocialFile
from beffroi.casework.rectifying import Rested, decisions_changed_by, decisions_resting_on
from beffroi.casework.services.after.common import LIVE, follow, said
from beffroi.casework.services.common import file_for, trace
from beffroi.core.actors import Actor
from beffroi.core.errors import InvalidInput, NotAllowed, WrongState

Facts = dict[str, Any]


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
        Resource.objects.select_for_update(of=("self",), no_key=True)
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


def _changing(application: Application, file: SocialFile) -> tuple[Application, Facts]:
    """An application of the file, its row held, with its facts as they stand."""
    held = (
        Application.objects.select_for_update(of=("self",), no_key=True)
        .select_related("file")
        .filter(pk=application.pk, file=file)
        .get()
    )
    return held, living_income_facts(held)


def _application(file: SocialFile, **among: object) -> Application:
    found = Application.objects.filter(file=file, **among).first()
    if found is None:
        raise NotAllowed(_("Ceci n’est pas dans ce dossier."))
    return found


def _changed(
    application: Application, before: Facts, what: str, why: str, by: Actor, at: datetime
) -> list[Rested]:
    """Journals a correction and gives what rested on the fact as it was. Raises: WrongState."""
    fresh = Application.objects.select_related("file__person", "file__team").get(pk=application.pk)
    after = living_income_facts(fresh)
    if after == before:
        raise WrongState(_("C’est déjà ce qui est gardé."))
    trace(fresh.file, f"{what}.rectify", by=by, at=at, about=fresh.reference, why=why)
    return decisions_changed_by(fresh, before, after)


@transaction.atomic
def rectify_category(
    *, number: str, application: str, value: str, why: str, by: Actor, at: datetime
) -> list[Rested]:
    """This function will keep another category than the one an enquiry kept; what rested on it.

    What was judged before stays written, with its reason. Raises: NotAllowed; InvalidInput without
    a reason or for a category the law does not know; WrongState when nothing changes.
    """
    file = file_for(number, by, at)
    why = said(why, "why", _("Dites d’où vient la correction."))
    if value not in CATEGORIES:
        raise InvalidInput(_("Choisissez une catégorie de la loi."), {"value": _("Catégorie ?")})
    row, before = _changing(_application(file, reference=application), file)
    Appreciation.objects.create(
        application=row, question=Question.CATEGORY, value=value, why=why,
        from_date=row.wanted_from, at=at, by_ref=by.ref, by_label=by.label,
    )  # fmt: skip
    return _changed(row, before, "category", why, by, at)


@transaction.atomic
def rectify_date(
    *, number: str, why: str, by: Actor, at: datetime, day: date, application: str = "",
    asset: int | None = None,
) -> list[Rested]:  # fmt: skip
    """This function will correct since when an aid was asked, or the day a good was given away.

    Raises: NotAllowed; InvalidInput without a reason; WrongState when nothing changes.
    """
    file = file_for(number, by, at)
    why = said(why, "why", _("Dites d’où vient la correction."))
    if asset is None:
        row, before = _changing(_application(file, reference=application), file)
        Application.objects.filter(pk=row.pk).update(wanted_from=day, version=F("version") + 1)
        return _changed(row, before, "date", why, by, at)
    row, before = _changing(_application(file, assets=asset), file)
    good = row.assets.get(pk=asset)
    good.details = {**good.details, "date": day.isoformat()}
    good.proof = why[:200]
    good.save(update_fields=["details", "proof"])
    return _changed(row, before, "asset", why, by, at)


@transaction.atomic
def rectify_asset(
    *, number: str, asset: int, amount: Decimal, why: str, by: Actor, at: datetime
) -> list[Rested]:
    """This function will correct the amount of a good, in euros; what rested on it.

    Raises: NotAllowed; InvalidInput without a reason; WrongState when nothing changes.
    """
    file = file_for(number, by, at)
    why = said(why, "why", _("Dites d’où vient la correction."))
    if amount < 0 or amount != amount.quantize(Decimal("0.01")):
        raise InvalidInput(
            _("Ce montant n’est pas possible."), {"amount": _("En euros, deux décimales.")}
        )
    row, before = _changing(_application(file, assets=asset), file)
    row.assets.filter(pk=asset).update(amount=amount, proof=why[:200])
    return _changed(row, before, "asset", why, by, at)


@transaction.atomic
def rectify_household(
    *, number: str, application: str, why: str, by: Actor, at: datetime,
    cohabitant: int | None = None, lives_there: bool = True, name: str = "",
    relation: str = Relation.FRIEND, claims_ris: bool = False,
) -> list[Rested]:  # fmt: skip
    """This function will correct who lived with the person; what rested on the household as it was.

    Without `cohabitant`, somebody whom the enquiry missed; with it, what she is to the person, or
    that she did not live there (her resources go with her: they counted for nothing).
    Raises: NotAllowed; InvalidInput without a reason or a name; WrongState when nothing changes.
    """
    file = file_for(number, by, at)
    why = said(why, "why", _("Dites d’où vient la correction."))
    row, before = _changing(_application(file, reference=application), file)
    if relation not in Relation.values:
        raise InvalidInput(_("Choisissez un lien."), {"relation": _("Choisissez un lien.")})
    if cohabitant is None:
        if not name.strip():
            raise InvalidInput(_("Dites de qui il s’agit."), {"name": _("Écrivez son nom.")})
        row.cohabitants.create(name=name.strip()[:160], relation=relation, claims_ris=claims_ris)
        return _changed(row, before, "cohabitant", why, by, at)
    found = row.cohabitants.filter(pk=cohabitant)
    if not found.exists():
        raise NotAllowed(_("Cette personne n’est pas dans cette demande."))
    if lives_there:
        found.update(relation=relation, claims_ris=claims_ris)
    else:
        row.resources.filter(cohabitant=cohabitant).delete()
        found.delete()
    return _changed(row, before, "cohabitant", why, by, at)


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
