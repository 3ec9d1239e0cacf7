"""The papers of a body as accessible PDF files: convocation, minutes, extract."""

from typing import Any

from beffroi.acts.bodies import queries, words
from beffroi.acts.bodies.models import MinutesPart, Result, Sitting
from beffroi.directory import briefs
from beffroi.rules import council as rules


def _letter(name: str, context: dict[str, Any]) -> bytes:
    from beffroi.documents.letters import letter_pdf  # heavy: read only when a letter is made

    return letter_pdf(f"bodies/{name}.html", {"commune": briefs.own_commune(), **context})


def convocation_pdf(sitting: Sitting) -> bytes:
    """This function will write the convocation: day, hour, place, and the matters by their number.

    Paper gets lost: it names no person. The matters are read at the desk.
    """
    day = queries.date_of(sitting)
    members = list(queries.in_function(sitting.body, day))
    return _letter(
        "convocation",
        {
            "sitting": sitting, "call": words.call(sitting), "members": members,
            "quorum": rules.quorum(len(members), day), "rule": rules.rule("quorum_share", day),
            "agenda": list(queries.agenda_of(sitting)),
        },
    )  # fmt: skip


def minutes_pdf(sitting: Sitting, parts: list[MinutesPart]) -> bytes:
    """This function will write the minutes, or the parts of them that the reader may see."""
    return _letter(
        "minutes",
        {"sitting": sitting, "parts": parts, "is_whole": len(parts) == sitting.minutes.count()},
    )


def extract_pdf(result: Result) -> bytes:
    """This function will write the extract of the register for one matter."""
    entry = result.agenda_item
    sitting = entry.sitting
    came = set(sitting.presences.values_list("mandate_id", flat=True))
    members = queries.in_function(sitting.body, queries.date_of(sitting))
    recused = entry.item.recusals.select_related("mandate__agent")
    return _letter(
        "extract",
        {
            "sitting": sitting, "item": entry.item, "result": result,
            "present": words.names(m for m in members if m.pk in came),
            "recused": words.recusals(recused),
            "decision": words.decision(result),
        },
    )  # fmt: skip
