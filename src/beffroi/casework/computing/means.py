"""The living income and its equivalent; the installation grant that is worth a month of it."""

from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from beffroi.casework.computing.made import (
    Made,
    facts_kept,
    from_outcome,
    full_monthly,
    monthly_resources,
)
from beffroi.casework.details import details_of
from beffroi.casework.enums import GRANTING, GrantState, Question
from beffroi.casework.facts import appreciation_of, living_income_facts
from beffroi.casework.models import Application, Decision, Grant
from beffroi.core.actors import Actor
from beffroi.core.errors import InvalidInput
from beffroi.entitlements import services as entitlements
from beffroi.entitlements.enums import ComputationKind
from beffroi.rules import installation_grant as rule


def living_income(application: Application, *, by: Actor, at: datetime) -> str:
    """This function will freeze the computation of a living income or its equivalent.

    Raises: InvalidInput while the category is not motivated, or for an impossible fact.
    """
    facts = living_income_facts(application)
    if facts["category"] is None:
        raise InvalidInput(
            _("Le calcul attend la catégorie."),
            {
                "category": _(
                    "Motivez d’abord la catégorie : la loi la laisse à votre appréciation."
                )
            },
        )
    is_equivalent = application.kind == "equivalent"
    return entitlements.compute_living_income(
        facts=facts, subject_ref=application.reference, by=by, at=at,
        kind=ComputationKind.EQUIVALENT if is_equivalent else ComputationKind.LIVING_INCOME,
    )  # fmt: skip


def installation_grant(application: Application) -> Made:
    """This function will compute the installation grant: once in life, checked in our files too."""
    told = details_of(application)
    day = told.day("settled_on") or application.wanted_from
    category = appreciation_of(application, Question.CATEGORY)
    income = monthly_resources(application)
    own = full_monthly(category.value, day) if category else None
    given = rule.Facts(
        day=day,
        family_amount=full_monthly("family", day),
        was_homeless=told.flag("was_homeless"),
        settles_in_home=told.flag("settles_in_home"),
        received_before=True if has_received(application) else told.flag("received_before"),
        receives_living_income=_receives(application) or told.flag("receives_living_income"),
        in_registers=told.flag("in_registers"),
        has_replacement_income=told.flag("has_replacement_income"),
        monthly_income=income,
        living_income=own,
        granted_at_same_address=told.flag("same_address"),
    )
    kept = facts_kept(
        application, monthly_income=income, family_amount=given.family_amount.amount,
        received_here=has_received(application), category=category.value if category else None,
    )  # fmt: skip
    return from_outcome(ComputationKind.INSTALLATION_GRANT, day, kept, rule.grant(given))


def has_received(application: Application) -> bool:
    """This function will say whether this house granted the person an installation grant before."""
    return (
        Decision.objects.filter(
            application__file__person=application.file.person_id,
            application__kind="installation_grant",
            outcome__in=GRANTING,
            amount__gt=Decimal(0),
        )
        .exclude(application=application)
        .exists()
    )


def _receives(application: Application) -> bool:
    running = Grant.objects.filter(
        file__person=application.file.person_id, kind="living_income", state=GrantState.RUNNING
    )
    return running.exists()
