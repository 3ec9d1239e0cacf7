"""Computations by kind of aid: the facts of an application, the rule of the law, a frozen result."""

from collections.abc import Callable
from datetime import datetime

from django.utils.translation import gettext as _

from beffroi.casework.aids import aid
from beffroi.casework.computing import energy, health, home, housing, means
from beffroi.casework.computing.made import Made
from beffroi.casework.models import Application
from beffroi.core.actors import Actor
from beffroi.core.errors import InvalidInput
from beffroi.entitlements import services as entitlements
from beffroi.rules.series import OutsideParameters

#: Each computation an aid may name, beside the living income which has its own engine.
REGISTRY: dict[str, Callable[[Application], Made]] = {
    "installation_grant": means.installation_grant,
    "heating": energy.heating,
    "rental_guarantee": housing.rental_guarantee,
    "transit_housing": housing.transit,
    "insertion_housing": housing.insertion,
    "rest_home": health.rest_home,
    "disability": health.disability,
    "home_help": home.home_help,
    "meals": home.meals,
}
LIVING_INCOME = "living_income"


def freeze(application: Application, *, by: Actor, at: datetime) -> str:
    """This function will compute what an aid’s rule gives today and freeze it; its reference.

    Raises: InvalidInput for an impossible fact, a day whose amounts are not known, a living income
    whose category is not motivated, or an aid that has no computation.
    """
    key = aid(application.kind).computation
    if key == LIVING_INCOME:
        return means.living_income(application, by=by, at=at)
    if key not in REGISTRY:
        raise InvalidInput(
            _("Cette aide ne se calcule pas."), todo=_("Proposez un montant et motivez-le.")
        )
    made = computed(application)
    return entitlements.keep_computation(
        kind=made.kind, subject_ref=application.reference, on_date=made.on_date, facts=made.facts,
        steps=made.plain_steps(), status=made.status, amount=made.amount, missing=made.missing,
        reasons=made.reasons, by=by, at=at,
    )  # fmt: skip


def computed(application: Application) -> Made:
    """This function will compute without keeping anything. Raises: InvalidInput; KeyError."""
    try:
        return REGISTRY[aid(application.kind).computation](application)
    except OutsideParameters:
        raise InvalidInput(
            _("Les montants de la loi ne sont pas connus à cette date."),
            todo=_("Vérifiez les dates de la demande."),
        ) from None
    except ValueError:
        raise InvalidInput(
            _("Le calcul ne peut pas se faire."),
            why=_("Un des faits donnés n’est pas possible."),
            todo=_("Relisez les réponses propres à cette aide, et les ressources."),
        ) from None
