"""Every personal datum has an owner and an end: the register that each model must enter.

A room declares its rules in its `retention.py`, read at start. A model without a rule, or
a rule that names a field which does not exist, makes the guard fail: it is refused.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps
from django.conf import settings
from django.db import models

#: What `end` does: takes the moment of now, ends what is due, and says how many rows it ended.
End = Callable[[datetime], int]


@dataclass(frozen=True)
class Rule:
    """What is personal in a model, how long it is kept, from which moment, and how it ends."""

    model: str
    personal: tuple[str, ...] = ()
    keep: str = ""
    end: End | None = None
    with_parent: str = ""

    @property
    def holds_personal_data(self) -> bool:
        return bool(self.personal)


def years(number: int) -> timedelta:
    """This function will give so many years in days, leap days counted in, and never a day short."""
    return timedelta(days=number * 365 + number // 4 + 1)


def minutes_limit(at: datetime) -> datetime | None:
    """This function will give the moment up to which minutes are emptied; nothing keeps them all.

    The signed copy is a public archive, kept for ever: what is emptied here is the working text.
    """
    kept: int = settings.BEFFROI_MINUTES_YEARS
    return at - years(kept) if kept else None


def minutes_kept() -> str:
    """This function will say how long minutes stay here."""
    kept: int = settings.BEFFROI_MINUTES_YEARS
    return f"{kept} ans, puis les archives" if kept else "sans fin, comme archives publiques"


_rules: dict[str, Rule] = {}


def declare(*rules: Rule) -> None:
    """This function will enter the rules of a room. Raises ValueError on a second rule."""
    for rule in rules:
        if _rules.get(rule.model, rule) != rule:
            raise ValueError(f"{rule.model} has two retention rules")
        _rules[rule.model] = rule


def load() -> dict[str, Rule]:
    """This function will read the rules of every installed room and give them by model."""
    for config in apps.get_app_configs():
        if config.name.startswith("beffroi.") and find_spec(f"{config.name}.retention"):
            import_module(f"{config.name}.retention")
    return dict(_rules)


def faults() -> list[str]:
    """This function will list each model of the house without a true and whole rule."""
    rules, found = load(), []
    house = [m for m in apps.get_models() if m.__module__.startswith("beffroi.")]
    for model in house:
        label = model._meta.label
        rule = rules.get(label)
        if rule is None:
            found.append(f"{label}: no retention rule")
            continue
        found += _faults_of(model, rule, rules)
    known = {m._meta.label for m in house}
    return found + [f"{label}: rule for an unknown model" for label in rules if label not in known]


def _faults_of(model: type[models.Model], rule: Rule, rules: dict[str, Rule]) -> list[str]:
    names = {f.name for f in model._meta.get_fields()}
    found = [f"{rule.model}.{name}: no such field" for name in rule.personal if name not in names]
    if rule.holds_personal_data and not rule.keep:
        found.append(f"{rule.model}: personal data without a delay")
    if rule.holds_personal_data and rule.end is None and not rule.with_parent:
        found.append(f"{rule.model}: personal data without an end")
    if rule.with_parent and rule.with_parent not in rules:
        found.append(f"{rule.model}: its parent {rule.with_parent} has no rule")
    return found


def run(at: datetime) -> dict[str, int]:
    """This function will end everything whose time is over at `at`; rows ended by model."""
    return {label: rule.end(at) for label, rule in sorted(load().items()) if rule.end}


def _end_journal(at: datetime) -> int:
    """The journal lets go of what is ten years old; the database refuses earlier."""
    from beffroi.audit.models import JournalEntry

    old = at - timedelta(days=3653)
    return JournalEntry.objects.filter(at__lt=old).delete()[0]


def _end_sendings(at: datetime) -> int:
    """A form is sent twice within minutes, or from a tab found again days later."""
    from beffroi.audit.models import Sending

    return Sending.objects.filter(at__lt=at - timedelta(days=30)).delete()[0]


declare(
    Rule(
        "audit.JournalEntry",
        personal=("actor_ref", "actor_label", "actor_post", "subject_ref", "reason", "detail"),
        keep="10 ans",
        end=_end_journal,
    ),
    Rule(
        "audit.Sending",
        personal=("sender", "path", "answer", "words"),
        keep="30 jours",
        end=_end_sendings,
    ),
)
