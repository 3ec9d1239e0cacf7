"""What the page of an application shows, line by line."""

from typing import Any

from django.urls import reverse

from beffroi.casework import services as casework
from beffroi.casework.details import details_of
from beffroi.web.desk.files import words


def resource(one: Any) -> dict[str, Any]:
    """This function will give a resource and whose it is."""
    who = one.cohabitant.name if one.cohabitant else ""
    return {"one": one, "who": who, "amount": words.euros(one.monthly)}


def terms(one: Any) -> dict[str, Any]:
    """This function will give what is proposed or decided, its amount in words."""
    return {
        "one": one,
        "tone": words.outcome_tone(one.outcome),
        "amount": words.euros(one.amount) if one.amount is not None else "",
    }


def slip(made: Any) -> dict[str, Any]:
    """This function will give a computation as a till slip, each line with its article."""
    lines = [
        {
            "label": step["label"],
            "amount": words.euros(step["value"]) if _is_amount(step["value"]) else step["value"],
            "article": step.get("reference", ""),
            "note": step.get("formula", ""),
            "unverified": step.get("source") != "read",
        }
        for step in made.steps
    ]
    total = None
    if made.monthly is not None:
        total = {"label": words.total_label(made.kind), "amount": words.euros(made.monthly)}
    return {
        "made": made, "lines": lines, "total": total, "missing": made.missing,
        "reasons": made.reasons,
    }  # fmt: skip


def details(application: Any) -> list[dict[str, Any]]:
    """This function will give the answers of the aid in words; what nobody knows is said too."""
    told = details_of(application)
    return [
        {"label": field.label, "value": said, "state": "known"}
        if (said := told.words(field.key))
        else {"label": field.label, "state": "unknown"}
        for field in told.kind.fields
    ]


def is_granted(decisions: list[Any]) -> bool:
    """This function will say whether the last decision grants something."""
    return bool(decisions) and hasattr(decisions[-1], "grant")


def proofs(decisions: list[Any]) -> list[dict[str, str]]:
    """This function will give the papers that prove the last decision."""
    if not decisions:
        return []
    number = decisions[-1].number
    return [
        {"label": words.proof_label(kind),
         "url": reverse("desk:decision_proof", args=[number, kind])}
        for kind in casework.proofs_of(decisions[-1])
    ]  # fmt: skip


def _is_amount(value: Any) -> bool:
    try:
        return "." in str(value) and float(value) is not None
    except ValueError:
        return False
