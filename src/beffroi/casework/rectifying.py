"""Which decisions rested on a fact, and what differs now: to see before it is corrected."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from beffroi.casework import sequels
from beffroi.casework.enums import GrantState
from beffroi.casework.models import Application, Decision, Grant, SocialFile
from beffroi.entitlements import queries as entitlements

#: What a fact of an enquiry is called.
_LABELS = {
    "resources": "les ressources", "cohabitants": "les cohabitants", "properties": "les biens",
    "category": "la catégorie", "movable_capital": "les avoirs", "transfers": "les biens cédés",
    "children_allocataire": "les enfants", "date": "la date",
    "housing_paid_by_third_party_monthly": "le logement payé par un tiers",
}  # fmt: skip


_CATEGORIES = {
    "cohabitant": _lazy("cohabitant"), "isolated": _lazy("isolé"), "family": _lazy("famille à charge"),
}  # fmt: skip
#: From a decision, its frozen facts and those of its computation, to what it took, in words.
Finder = Callable[[Decision, dict[str, Any], dict[str, Any]], tuple[str, ...]]


@dataclass(frozen=True)
class Rested:
    """A decision that rested on a fact: the fact as it was taken then, and what it gave."""

    number: str
    sitting_date: Any
    outcome: str
    amount: Any
    grant: str
    is_running: bool
    was: tuple[str, ...]


def decisions_resting_on(file: SocialFile, words: str) -> list[Rested]:
    """This function will give the decisions of a file whose frozen facts hold these words or amount.

    Amounts are read as people type them: « 420 », « 420,00 », « 1 256,97 ».
    """
    wanted = _forms(words)
    if not wanted:
        return []
    return _rested(file, lambda _decision, frozen, computed: tuple(
        dict.fromkeys(_holding({**frozen, **computed}, wanted))))  # fmt: skip


def decisions_changed_by(
    application: Application, before: Mapping[str, Any], after: Mapping[str, Any]
) -> list[Rested]:
    """This function will give the decisions that took a fact of an application as it was before.

    `before` and `after` are its facts on both sides of a correction. Where a decision froze no
    such fact, that of the application itself rested on it.
    """
    names = [name for name in {**before, **after} if before.get(name) != after.get(name)]

    def finder(
        decision: Decision, _frozen: dict[str, Any], computed: dict[str, Any]
    ) -> tuple[str, ...]:
        own = decision.application_id == application.pk
        return tuple(
            _("%(what)s : %(texts)s") % {"what": _LABELS.get(name, name), "texts": _said(before.get(name))}
            for name in names
            if (computed[name] == before.get(name) if name in computed else own)
        )  # fmt: skip

    return _rested(application.file, finder)


def _said(value: Any) -> str:
    if isinstance(value, str) and value in _CATEGORIES:
        return str(_CATEGORIES[value])
    texts = [_day(str(text)) for text in _texts(value)]
    return ", ".join(text for text in texts if text)[:160] or _("rien")


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text).strftime("%d/%m/%Y")
    except ValueError:
        return text


def _rested(file: SocialFile, finder: Finder) -> list[Rested]:
    """The decisions of a file of which the finder says what they took, the newest first."""
    found = []
    decisions = Decision.objects.filter(application__file=file).order_by("-decided_at", "-pk")
    made = entitlements.by_reference(
        [ref for ref in decisions.values_list("computation_ref", flat=True) if ref]
    )
    grants = {
        grant.decision_id: grant for grant in Grant.objects.filter(decision__application__file=file)
    }
    for decision in decisions.select_related("application"):
        computation = made.get(decision.computation_ref)
        was = finder(decision, decision.facts, computation.facts if computation else {})
        if was:
            grant = grants.get(decision.pk)
            newest = sequels.newest_of(grant) if grant else None
            found.append(
                Rested(
                    decision.number, decision.sitting_date, str(decision.get_outcome_display()),
                    decision.amount, newest.reference if newest else "",
                    newest is not None and newest.state != GrantState.ENDED, was,
                )
            )  # fmt: skip
    return found


def _forms(words: str) -> set[str]:
    text = " ".join(words.split()).lower()
    if len(text) < 2:
        return set()
    number = text.replace("€", "").replace("\u202f", "").replace("\u00a0", "").replace(" ", "")
    number = number.replace(",", ".")
    forms = {text}
    try:
        forms |= {f"{float(number):.2f}"}
    except ValueError:
        if len(parts := text.split("/")) == 3:
            forms |= {"-".join(reversed(parts))}
    return forms


def _holding(facts: Mapping[str, Any], wanted: set[str]) -> list[str]:
    """Where a fact stands, in words: « les ressources : Salaire net, 420.00 »."""
    said = []
    for name, value in facts.items():
        rows = value if isinstance(value, list) else [value]
        for row in rows:
            texts = [str(t) for t in _texts(row)]
            if any(text.lower() == form or (len(form) > 3 and form in text.lower())
                   for text in texts for form in wanted):  # fmt: skip
                label = _LABELS.get(name, str(name))
                said.append(_("%(what)s : %(texts)s") % {
                    "what": label, "texts": ", ".join(t for t in texts if t)[:160]})  # fmt: skip
    return said


def _texts(value: Any) -> list[Any]:
    if isinstance(value, Mapping):
        return [text for inner in value.values() for text in _texts(inner)]
    if isinstance(value, list):
        return [text for inner in value for text in _texts(inner)]
    return [] if value is None or isinstance(value, bool) else [value]


def stale_decisions(file: SocialFile) -> list[tuple[Grant, list[str]]]:
    """This function will give the running grants whose frozen facts differ from those known today.

    What is known is that of the last application of the same aid; the names of what differs.
    """
    from beffroi.casework.facts import living_income_facts

    found = []
    grants = Grant.objects.filter(file=file).exclude(state=GrantState.ENDED)
    made = entitlements.by_reference(
        list(grants.exclude(decision__computation_ref="").values_list(
            "decision__computation_ref", flat=True))
    )  # fmt: skip
    for grant in grants.select_related("decision"):
        computation = made.get(grant.decision.computation_ref)
        last = file.applications.filter(kind=grant.kind).order_by("asked_on", "pk").last()
        if computation is None or last is None:
            continue
        today = living_income_facts(last)
        differs = [
            _LABELS.get(name, name)
            for name, known in today.items()
            if name not in ("date", "regime") and computation.facts.get(name) != known
        ]
        if differs:
            found.append((grant, differs))
    return found
