"""The tables of the room: who sits, when, on what, and what was decided."""

from beffroi.acts.bodies.models.composition import Attribution, Body, Mandate
from beffroi.acts.bodies.models.decisions import AgendaItem, Ballot, MinutesPart, Result
from beffroi.acts.bodies.models.items import ConcernedPerson, Item, Recusal, UrgentDecision
from beffroi.acts.bodies.models.sittings import Presence, Sitting, SittingMove

__all__ = [
    "AgendaItem",
    "Attribution",
    "Ballot",
    "Body",
    "ConcernedPerson",
    "Item",
    "Mandate",
    "MinutesPart",
    "Presence",
    "Recusal",
    "Result",
    "Sitting",
    "SittingMove",
    "UrgentDecision",
]
