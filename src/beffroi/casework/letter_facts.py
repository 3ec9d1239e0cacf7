"""The facts of a decision as its letter needs them; the letter refuses to leave without them."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from beffroi.casework import aids, sequels
from beffroi.casework.details import Details
from beffroi.casework.enums import GRANTING, Outcome
from beffroi.casework.letter_facts_after import revised_from, sequel_facts
from beffroi.casework.models import Decision, Grant, SocialFile
from beffroi.casework.motives import filled
from beffroi.core.errors import InvalidInput
from beffroi.documents.letters.enums import Delivery
from beffroi.documents.letters.values import Recipient
from beffroi.entitlements import queries as entitlements
from beffroi.people import sealing

_KINDS = {
    Outcome.GRANT: "grant",
    Outcome.PARTIAL: "partial",
    Outcome.REFUSAL: "refusal",
    Outcome.REVISION: "revision",
    Outcome.STOP: "stop",
    Outcome.SANCTION: "sanction",
    Outcome.RECOVERY: "recovery",
    Outcome.WAIVER: "message",
    Outcome.SUSPENSION: "sanction",
}
#: Texts of the house in the languages of letters; French is the one that counts.
_PACE = {
    "monthly": {"fr": "chaque mois", "nl": "elke maand", "de": "jeden Monat", "en": "every month"},
    "fortnightly": {
        "fr": "tous les quinze jours", "nl": "om de twee weken", "de": "alle zwei Wochen",
        "en": "every two weeks",
    },
    "weekly": {"fr": "chaque semaine", "nl": "elke week", "de": "jede Woche", "en": "every week"},
    "once": {"fr": "en une fois", "nl": "in één keer", "de": "einmalig", "en": "once"},
}  # fmt: skip
_BY_TRANSFER = {
    "fr": "par virement sur votre compte", "nl": "via overschrijving op uw rekening",
    "de": "per Überweisung auf Ihr Konto", "en": "by transfer to your account",
}  # fmt: skip
_STRAIGHT_TO = {
    "fr": "payé directement à", "nl": "rechtstreeks betaald aan", "de": "direkt gezahlt an",
    "en": "paid directly to",
}  # fmt: skip


def letter_kind(decision: Decision) -> str:
    """This function will say which letter a decision calls for."""
    sequel = sequels.sequel_of(decision.application)
    if sequel is not None and sequel.cause == "interest" and decision.outcome == Outcome.GRANT:
        return "late_interest"
    if decision.outcome in GRANTING and not decision.amount:
        return "grant_service"
    return _KINDS[Outcome(decision.outcome)]


def recipient_of(file: SocialFile, delivery: str) -> Recipient:
    """This function will give to whom, and where, the letter goes; a sealed address stays hidden.

    Raises: InvalidInput when there is no address to send a letter to.
    """
    lines = sealing.address_lines(file.person, None)
    masked = lines == [sealing.masked_words()]
    if delivery != Delivery.HAND and (masked or not lines):
        raise InvalidInput(
            _("La lettre n’a pas d’adresse où partir."),
            why=_("L’adresse de la personne est protégée.") if masked
            else _("Aucune adresse n’est notée pour cette personne."),
            todo=_("Remettez la lettre en main propre, ou notez une adresse de correspondance."),
        )  # fmt: skip
    return Recipient(
        name=str(file.person), lines=tuple(lines), delivery=Delivery(delivery),
        lang=file.person.lang,
    )  # fmt: skip


def worker_facts(file: SocialFile) -> dict[str, dict[str, Any]]:
    """This function will give who writes, and to whom: what every letter of a file begins with."""
    commune = settings.BEFFROI_COMMUNE
    phone = file.team.phone or commune["cpas_phone"]
    return {
        "file": {"reference": file.number},
        "service": {"name": file.team.name, "address": commune["cpas_address"], "phone": phone},
        "worker": {"name": str(file.worker) if file.worker else file.team.name, "phone": phone},
        "person": {"name": str(file.person), "municipality": commune["nis"]},
    }


def decision_facts(decision: Decision, at: datetime) -> dict[str, dict[str, Any]]:
    """This function will gather what the letter of a decision says; amounts in euros."""
    application = decision.application
    kind = aids.aid(application.kind)
    facts: dict[str, dict[str, Any]] = {
        **worker_facts(application.file),
        "request": {"date": application.asked_on, "what": kind.names()},
        "decision": {
            "date": decision.sitting_date,
            "organ": str(decision.get_organ_display()),
            "motives": _paragraphs(decision.motives),
            "provisions": [part.strip() for part in decision.legal_basis.split(";")],
        },
        "aid": _aid(decision, kind, at),
    }
    return facts | sequel_facts(decision, at)


def _paragraphs(text: str) -> list[str]:
    return [part.strip() for part in text.splitlines() if part.strip()]


def _aid(decision: Decision, kind: aids.Aid, at: datetime) -> dict[str, Any]:
    aid: dict[str, Any] = {"label": kind.names()}
    if decision.computation_ref:
        aid["calculation"] = calculation_steps(decision.computation_ref)
    if decision.outcome not in GRANTING:
        return aid
    aid |= {"from_date": decision.from_date, "until_date": decision.until_date}
    if decision.outcome == Outcome.PARTIAL:
        aid["refused"] = _paragraphs(decision.motives)[-1]
    if not decision.amount:
        return {**aid, **_service(decision, kind)}
    amount = decision.amount
    aid |= {
        "amount": amount,
        "periodicity": _PACE[decision.periodicity or "once"],
        "payment_way": _payment_way(decision, kind),
    }
    aid.setdefault("calculation", [_set_by(decision, amount)])
    if decision.outcome == Outcome.REVISION:
        previous = _previous(decision)
        sequel = sequels.sequel_of(decision.application)
        is_lower = previous is not None and amount < previous
        aid["previous_amount"] = previous
        aid["from_date"] = revised_from(decision, sequel, is_lower, at)
    return aid


def _service(decision: Decision, kind: aids.Aid) -> dict[str, Any]:
    """What is given without money, and what the person pays for it where a scale says so."""
    given = decision.facts.get("details", {})
    told: dict[str, Any] = {"given": filled(kind.key, given, kind.gives) or kind.names()["fr"]}
    if kind.contribution and decision.computation_ref:
        made = entitlements.computation(decision.computation_ref)
        if made.monthly is not None:
            told["contribution"] = made.monthly
            told["contribution_pace"] = dict(kind.contribution.pace)
    return told


def _payment_way(decision: Decision, kind: aids.Aid) -> Mapping[str, str]:
    """To the person, or straight to the third party that the application names."""
    told = Details(kind, decision.facts.get("details", {}))
    name = told.text("payee_name")
    to_third = told.text("paid_to") == "third_party" or kind.payees[0] == "third_party"
    if not name or not to_third or told.text("paid_to") == "person":
        return _BY_TRANSFER
    return {lang: f"{words} {name}" for lang, words in _STRAIGHT_TO.items()}


def _set_by(decision: Decision, amount: Decimal) -> dict[str, Any]:
    said = _("fixé par %(organ)s d’après l’enquête sociale") % {
        "organ": decision.get_organ_display()
    }
    return {"label": said, "amount": amount, "reference": decision.legal_basis.split(";")[0]}


def _previous(decision: Decision) -> Decimal | None:
    grant = Grant.objects.filter(decision=decision).select_related("replaces").first()
    return grant.replaces.amount if grant and grant.replaces else None


def calculation_steps(reference: str) -> list[dict[str, Any]]:
    """This function will give the steps of a computation that are amounts, as letters print them."""
    rows = []
    for step in entitlements.computation(reference).steps:
        amount = _amount_in(step["value"])
        if amount is None:
            continue
        rows.append(
            {
                "label": step["label"], "formula": step.get("formula", ""), "amount": amount,
                "reference": step.get("reference", ""),
            }
        )  # fmt: skip
    return rows


def _amount_in(value: Any) -> Decimal | None:
    """An amount has its cents; a category, points or a date are words."""
    try:
        return Decimal(value) if "." in str(value) else None
    except ArithmeticError:
        return None
