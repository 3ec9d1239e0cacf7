"""What the law and the moves of a request are called on the pages that a person reads."""

import re
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import formats
from django.utils.functional import Promise
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from beffroi.acts.requests.models import Clock
from beffroi.rules import procedure

#: The clocks that a person reads, in the order of her story; the others are the house's own.
_CLOCKS: dict[str, str | Promise] = {
    "register": lazy("Votre demande est inscrite à notre registre"),
    "receipt": lazy("Vous recevez cet accusé de réception"),
    "transfer": lazy("Nous transmettons votre demande au CPAS compétent, et nous vous l’écrivons"),
    "decision": lazy("Le Conseil décide"),
    "late_interest": lazy("Si la décision tarde, des intérêts vous sont dus à partir de ce jour"),
}

_LAW = re.compile(r"(?P<kind>loi|loi-programme) (?P<date>[\d/]{10}) art\. (?P<article>.+)")


@dataclass(frozen=True)
class Limit:
    """A time limit in a person's words; without a date when it hangs on what comes before."""

    what: str
    key: str
    date: date | None
    rule: str
    reference: str
    is_verified: bool
    is_met: bool = False
    is_late: bool = False


def rule_in_words(rule: str) -> str:
    """This function will say a delay as the procedure writes it (`30 calendar days`)."""
    count, _space, unit = rule.partition(" ")
    if not count.isdigit():
        return _("le jour même") if rule == "same day" else rule
    number = int(count)
    if unit.startswith("calendar"):
        words = ngettext("%(n)d jour calendrier", "%(n)d jours calendrier", number)
    elif unit.startswith("working"):
        words = ngettext("%(n)d jour ouvrable", "%(n)d jours ouvrables", number)
    elif unit.startswith("month"):
        words = ngettext("%(n)d mois", "%(n)d mois", number)
    else:
        words = ngettext("%(n)d an", "%(n)d ans", number)
    return words % {"n": number}


def reference_in_words(reference: str) -> str:
    """This function will say where a rule is written; the parameters say it in French."""
    return "; ".join(_one_reference(part) for part in reference.split("; "))


def _one_reference(reference: str) -> str:
    if reference == "charte de l’assuré social":
        return _("charte de l’assuré social")
    law = _LAW.fullmatch(reference)
    if law is None:
        return reference
    written = datetime.strptime(law["date"], "%d/%m/%Y").date()  # noqa: DTZ007 — a day has no zone
    day = formats.date_format(written, "SHORT_DATE_FORMAT")
    values = {"date": day, "article": law["article"]}
    if law["kind"] == "loi-programme":
        return _("loi-programme %(date)s art. %(article)s") % values
    return _("loi %(date)s art. %(article)s") % values


def team_in_words(name: str) -> str:
    """This function will name a team in the language of the page, or as the house named it."""
    return _(name) if name else ""


def post_in_words(post: str) -> str:
    """This function will say a role and its team, written in French, in the language of the page."""
    return ", ".join(_(part) for part in post.split(", ")) if post else ""


def amid_sentence(label: str) -> str:
    """This function will put a label inside a sentence: German keeps its capitals."""
    return label if get_language() == "de" else label[:1].lower() + label[1:]


def limits_of(clocks: list[Clock], today: date) -> list[Limit]:
    """This function will say the clocks that run or were met, the nearest first."""
    shown = [
        Limit(
            what=str(_CLOCKS[clock.what]),
            key=clock.what,
            date=clock.due_date,
            rule=rule_in_words(clock.rule),
            reference=reference_in_words(clock.reference),
            is_verified=clock.is_verified,
            is_met=clock.met_at is not None,
            is_late=clock.met_at is None and clock.due_date < today,
        )
        for clock in clocks
        if clock.what in _CLOCKS and clock.cancelled_at is None
    ]
    order = list(_CLOCKS)
    return sorted(shown, key=lambda limit: (limit.date or date.max, order.index(limit.key)))


def limits_after_decision(decision: date) -> list[Limit]:
    """This function will say what the law wants once the Council has decided."""
    notified = _one("decision_taken", "notification", decision)
    appeal = _one("notification_sent", "appeal", decision)
    words = {
        "notification": _("Vous recevez la décision par écrit, avec ses motifs"),
        "appeal": _("Si elle ne vous convient pas, vous pouvez aller au tribunal du travail"),
    }
    return [
        Limit(
            words[due.what],
            due.what,
            None,
            rule_in_words(due.rule),
            reference_in_words(due.reference),
            due.is_verified,
        )  # fmt: skip
        for due in (notified, appeal)
    ]


def _one(event: str, what: str, day: date) -> procedure.Due:
    return next(due for due in procedure.deadlines(event, day) if due.what == what)


def day(value: date) -> str:
    """This function will write a date in full in the language of the page."""
    return str(formats.date_format(value, "DATE_FORMAT"))


def transfer_by(received: date) -> date:
    """This function will give the day by which a request goes to the competent CPAS."""
    return _one("not_competent", "transfer", received).due_date
