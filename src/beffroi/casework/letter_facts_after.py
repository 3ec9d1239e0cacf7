"""What the letter of a decision that follows a grant says, beside what every decision says."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.template.defaultfilters import date as date_filter
from django.utils import timezone
from django.utils.translation import gettext as _

from beffroi.casework import sequels
from beffroi.casework.enums import Outcome, SequelCause
from beffroi.casework.models import Decision, Sequel, Suspension
from beffroi.casework.summaries import euros
from beffroi.core.dates import add_months
from beffroi.rules import procedure
from beffroi.rules.amounts import percent
from beffroi.rules.revision import first_of_next_month

Facts = dict[str, dict[str, Any]]


def sequel_facts(decision: Decision, at: datetime) -> Facts:
    """This function will give the facts of a stop, a suspension, a sanction, a recovery, an interest."""
    sequel = sequels.sequel_of(decision.application)
    if decision.outcome == Outcome.STOP:
        return {"stop": {"from_date": decision.from_date}}
    if sequel is None:
        return {}
    if decision.outcome == Outcome.SANCTION:
        return {"sanction": _sanction(decision, sequel)}
    if decision.outcome == Outcome.SUSPENSION:
        return {"sanction": _suspension(decision)}
    if decision.outcome == Outcome.RECOVERY:
        return {"undue": _undue(decision, sequel, at)}
    if decision.outcome == Outcome.WAIVER:
        return {"message": _waiver(decision)}
    if sequel.cause == SequelCause.INTEREST:
        return {"interest": _interest(decision, sequel)}
    return {}


def revised_from(decision: Decision, sequel: Sequel | None, is_lower: bool, at: datetime) -> date:
    """This function will give the first day of a revised amount as its letter says it."""
    if sequel is None or sequel.cause != SequelCause.CPAS_ERROR or not is_lower:
        return decision.from_date
    if sequel.facts.get("could_know", True):
        return decision.from_date
    return max(decision.from_date, first_of_next_month(timezone.localdate(at)))


def _day(value: date) -> str:
    return str(date_filter(value, "j F Y"))


def _sanction(decision: Decision, sequel: Sequel) -> dict[str, Any]:
    from beffroi.casework.services.after.sanctioning import terms_of

    terms = terms_of(decision, sequel)
    whole = _("tout le paiement") if terms.share == 1 else percent(terms.share)
    months = int(sequel.facts["months_suspended"])
    since = terms.begins or decision.from_date
    until = terms.ends or decision.until_date or add_months(since, int(sequel.facts["months"]))
    return {
        "ground": sequels.ground(sequel.facts["ground"])["label"].lower(),
        "extent": whole,
        "from_date": since,
        "until_date": until,
        "reprieve": _("%(n)s mois de sursis : la suspension ne s’applique pas pendant ces mois, "
                      "sauf nouveau manquement") % {"n": months} if months else None,
    }  # fmt: skip


def _suspension(decision: Decision) -> dict[str, Any]:
    held = Suspension.objects.get(application=decision.application_id)
    ranges = [(date.fromisoformat(a), date.fromisoformat(b)) for a, b in held.unpaid]
    return {
        "ground": str(held.get_ground_display()).lower(), "extent": _("tout le paiement"),
        "from_date": ranges[0][0] if ranges else held.from_date,
        "until_date": ranges[-1][1] if ranges else held.until_date,
    }  # fmt: skip


def _undue(decision: Decision, sequel: Sequel, at: datetime) -> dict[str, Any]:
    facts = sequel.facts
    total = decision.amount or Decimal(facts["total"])
    monthly = min(Decimal(facts["monthly"]), total)
    count = int(-(-total // monthly))
    first = add_months(timezone.localdate(at).replace(day=1), 1)
    since = date.fromisoformat(facts["since"])
    rule = next(d for d in procedure.deadlines("undue_paid", since) if d.what == "prescription")
    years = rule.rule.split()[0]
    return {
        "periods": [
            {
                "label": str(date_filter(date.fromisoformat(one["month"]), "F Y")),
                "amount": Decimal(one["undue"]),
                "note": _("payé %(paid)s, dû %(owed)s")
                % {"paid": euros(Decimal(one["paid"])), "owed": euros(Decimal(one["owed"]))},
            }
            for one in facts["months"]
        ],
        "total": total,
        "provisions": [part.strip() for part in decision.legal_basis.split(";")],
        "prescription": _("%(years)s ans, d’après %(law)s")
        % {"years": years, "law": rule.reference},
        "waiver": _("écrivez à votre assistante sociale, avec vos revenus et vos dépenses"),
        "instalments": _("%(n)s mensualités de %(monthly)s, la première le %(first)s")
        % {"n": count, "monthly": euros(monthly), "first": _day(first)},
    }


def _waiver(decision: Decision) -> dict[str, Any]:
    amount = decision.amount or Decimal(0)
    return {
        "title": _("Le CPAS renonce à une somme"),
        "text": [
            _("Le CPAS a décidé, le %(day)s, de renoncer à %(amount)s de ce qu’il vous demandait de "
              "rembourser.") % {"day": _day(decision.sitting_date), "amount": euros(amount)},
            *[part.strip() for part in decision.motives.splitlines() if part.strip()],
        ],
    }  # fmt: skip


def _interest(decision: Decision, sequel: Sequel) -> dict[str, Any]:
    facts = sequel.facts
    return {
        "amount": decision.amount or Decimal(facts["amount"]),
        "base": Decimal(facts["base"]),
        "rate": _("%(rate)s par an") % {"rate": percent(Decimal(facts["rate"]))},
        "from_date": date.fromisoformat(facts["since"]),
        "until_date": date.fromisoformat(facts["until"]),
        "reason": sequel.why.rstrip("."),
    }
