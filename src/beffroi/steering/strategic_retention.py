"""What strategic plans keep: they are archives; the names of people go after ten years."""

from datetime import datetime, timedelta

from beffroi.audit.retention import Rule
from beffroi.steering.models import ElementChange, ElementMove, Responsible, StaffShare

_KEEP = 10 * 365 + 3
_WORDS = "10 ans après l’acte, puis sans le nom de l’agent"
#: Fields of the history of an element that name a person.
_NAMING = ("responsible", "mandatary")


def forget_element_movers(at: datetime) -> int:
    """This function will take the agents’ names out of the steps of elements ten years old."""
    old = ElementMove.objects.filter(at__lte=at - timedelta(days=_KEEP))
    return old.exclude(by_label="").update(by_label="")


def forget_element_writers(at: datetime) -> int:
    """This function will take the names of people out of the history of fields ten years old."""
    old = ElementChange.objects.filter(at__lte=at - timedelta(days=_KEEP))
    done = old.filter(field__in=_NAMING).exclude(before="", after="").update(before="", after="")
    return done + old.exclude(by_label="").update(by_label="")


def forget_responsible(at: datetime) -> int:
    """This function will take the names out of plans that ended ten years ago; functions stay."""
    limit = (at - timedelta(days=_KEEP)).date()
    old = Responsible.objects.filter(plan__ends_date__lte=limit).exclude(last_name="")
    return old.update(
        first_name="", last_name="", phone="", email="", agent=None, civility="",
        civility_said_date=None,
    )  # fmt: skip


def forget_shared_staff(at: datetime) -> int:
    """This function will take the agents out of parts of time that ended ten years ago."""
    limit = (at - timedelta(days=_KEEP)).date()
    old = StaffShare.objects.filter(until_date__lte=limit, agent__isnull=False)
    return old.update(agent=None)


STRATEGIC = (
    Rule("steering.Declaration"),
    Rule("steering.DeclarationVersion"),
    Rule("steering.Heading"),
    Rule("steering.Commitment"),
    Rule("steering.CommitmentText"),
    Rule("steering.StrategicPlan"),
    Rule(
        "steering.Responsible", end=forget_responsible,
        personal=("first_name", "last_name", "civility", "civility_said_date", "phone", "email", "agent"),
        keep="10 ans après la fin du plan, puis la fonction sans la personne",
    ),
    Rule("steering.Element"),
    Rule("steering.ElementBudget"),
    Rule(
        "steering.ElementMove", personal=("by_label",), keep=_WORDS, end=forget_element_movers
    ),
    Rule(
        "steering.ElementChange", personal=("before", "after", "by_label"), end=forget_element_writers,
        keep="10 ans après l’acte, puis sans les noms des agents et des responsables",
    ),
    Rule("steering.ElementIndicator"),
    Rule("steering.StrategicDecision"),
    Rule(
        "steering.StaffShare", personal=("agent",), end=forget_shared_staff,
        keep="10 ans après la fin de l’affectation, puis sans l’agent",
    ),
    Rule("steering.StrategicCost"),
    # Published: it tells people by their function, never by their name.
    Rule("steering.ProgressReport"),
)  # fmt: skip
