"""The papers that prove an aid: card, undertaking to pay, guarantee, attestation, subrogation."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from beffroi.acts.payments import queries as payments
from beffroi.casework import aids
from beffroi.casework.details import Details
from beffroi.casework.enums import GRANTING
from beffroi.casework.letter_facts import recipient_of, worker_facts
from beffroi.casework.models import Decision, Grant, MedicalCard, RentalGuarantee
from beffroi.casework.motives import filled
from beffroi.casework.services.common import trace
from beffroi.casework.services.notifying import decision_for
from beffroi.core.actors import Actor
from beffroi.core.errors import InvalidInput, WrongState
from beffroi.documents.letters import services as letters
from beffroi.documents.letters.enums import Delivery
from beffroi.documents.letters.values import Recipient
from beffroi.people import queries as people

#: Letters that leave to somebody else than the person.
TO_THIRD_PARTIES = frozenset({"requisition", "guarantee", "subrogation"})


@dataclass(frozen=True)
class ProofTerms:
    """What a paper says beside the decision: for a third party, to whom and how far."""

    name: str = ""
    address: str = ""
    what: str = ""
    ceiling: Decimal | None = None
    until_date: date | None = None


def proofs_of(decision: Decision) -> tuple[str, ...]:
    """This function will give the kinds of papers that may be written on a decision."""
    if decision.outcome not in GRANTING:
        return ()
    return aids.aid(decision.application.kind).proof


def may_prove(*, number: str, by: Actor, at: datetime) -> None:
    """This function will let in whoever may send a decision. Raises: NotAllowed; ReasonNeeded."""
    decision_for(number, by, at)


@transaction.atomic
def write_proof(
    *, number: str, kind: str, by: Actor, at: datetime, terms: ProofTerms | None = None
) -> str:
    """This function will write a paper that proves what a decision grants; the letter’s reference.

    Raises: NotAllowed; InvalidInput naming what lacks; WrongState for a paper this decision does not
    open; MissingMentions with the list of what lacks.
    """
    decision = decision_for(number, by, at)
    if kind not in proofs_of(decision):
        raise WrongState(_("Cette décision n’ouvre pas ce document."))
    given = terms or ProofTerms()
    _check(kind, given)
    file = decision.application.file
    grant = decision.grant
    facts = {**worker_facts(decision.application.file), **_FACTS[kind](decision, grant, given)}
    letter = letters.write_letter(
        kind=kind, lang="fr" if kind in TO_THIRD_PARTIES else file.person.lang, facts=facts,
        owner_kind="social_file", owner_ref=number, subject_ref=file.number,
        recipient=_recipient(kind, decision, given), by=by, at=at,
    )  # fmt: skip
    trace(file, "decision.proof", by=by, at=at, about=number,
          detail={"kind": kind, "letter": letter})  # fmt: skip
    return letter


def _check(kind: str, given: ProofTerms) -> None:
    lacking: dict[str, str] = {}
    if kind in TO_THIRD_PARTIES and not given.name.strip():
        lacking["name"] = _("Dites à qui ce document est adressé.")
    if kind == "requisition":
        if given.ceiling is None or given.ceiling <= 0:
            lacking["ceiling"] = _("Dites jusqu’à quel montant.")
        if given.until_date is None:
            lacking["until_date"] = _("Dites jusqu’à quand.")
        if not given.what.strip():
            lacking["what"] = _("Dites ce qui est pris en charge.")
    if lacking:
        raise InvalidInput(_("Le document n’est pas écrit."), lacking)


def _recipient(kind: str, decision: Decision, given: ProofTerms) -> Recipient:
    if kind not in TO_THIRD_PARTIES:
        return recipient_of(decision.application.file, Delivery.HAND)
    lines = tuple(line.strip() for line in given.address.splitlines() if line.strip())
    how = Delivery.POST if lines else Delivery.HAND
    return Recipient(name=given.name.strip(), lines=lines, delivery=how)


def _card(decision: Decision, grant: Grant, given: ProofTerms) -> dict[str, Any]:
    card = MedicalCard.objects.get(grant=grant)
    told = Details(aids.aid(grant.kind), decision.facts["details"])
    field = told.kind.field_named("categories")
    names = dict(field.choices) if field else {}
    everywhere = [_("Chez tout prestataire, dans les limites de la carte")]
    providers = [one for one in (told.text("doctor"), card.pharmacy) if one]
    return {
        "card": {
            "number": card.number, "from_date": card.first_day, "until_date": card.last_day,
            "covers": [names.get(key, key) for key in card.categories],
            "providers": providers or everywhere,
        }
    }  # fmt: skip


def _undertaking(decision: Decision, grant: Grant, given: ProofTerms) -> dict[str, Any]:
    return {
        "undertaking": {
            "number": f"{decision.number}-{grant.reference}", "beneficiary": _beneficiary(decision),
            "what": given.what.strip(), "ceiling": given.ceiling, "from_date": decision.from_date,
            "until_date": given.until_date,
            "billing": _("à l’adresse du service, avec ce document, dans les deux mois"),
        }
    }  # fmt: skip


def _guarantee(decision: Decision, grant: Grant, given: ProofTerms) -> dict[str, Any]:
    held = RentalGuarantee.objects.get(grant=grant)
    return {
        "guarantee": {
            "number": held.number, "tenant": str(decision.application.file.person),
            "dwelling": held.dwelling, "amount": held.amount, "from_date": decision.from_date,
            "form": str(held.get_form_display()),
        }
    }  # fmt: skip


def _attestation(decision: Decision, grant: Grant, given: ProofTerms) -> dict[str, Any]:
    kind = aids.aid(grant.kind)
    return {
        "attest": {
            "what": kind.names(), "from_date": decision.from_date,
            "until_date": decision.until_date, "amount": decision.amount or None,
            "basis": decision.legal_basis,
            "given": "" if decision.amount
            else filled(kind.key, decision.facts["details"], kind.gives),
        }
    }  # fmt: skip


def _subrogation(decision: Decision, grant: Grant, given: ProofTerms) -> dict[str, Any]:
    told = Details(aids.aid(grant.kind), decision.facts["details"])
    account = payments.paying_account()
    if account is None:
        raise InvalidInput(_("Le compte du CPAS n’est pas encore noté par les finances."))
    file = decision.application.file
    return {
        "subrogation": {
            "person": _beneficiary(decision), "from_date": decision.from_date,
            "benefit": told.words("benefit") or aids.aid(grant.kind).names()["fr"],
            "amount": decision.amount,
            "account": _("%(iban)s, communication %(number)s")
            % {"iban": account.iban, "number": file.number},
        }
    }  # fmt: skip


def _beneficiary(decision: Decision) -> str:
    known = people.brief(decision.application.file.person_id)
    name = str(decision.application.file.person)
    if known is None or known.birth_date is None:
        return name
    return _("%(name)s, né(e) le %(date)s") % {"name": name, "date": f"{known.birth_date:%d/%m/%Y}"}


_FACTS: dict[str, Callable[[Decision, Grant, ProofTerms], dict[str, Any]]] = {
    "medical_card": _card,
    "requisition": _undertaking,
    "guarantee": _guarantee,
    "attestation": _attestation,
    "subrogation": _subrogation,
}
