"""What may follow a grant: the table of causes, and the grants that are one right over time."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from beffroi.casework import aids
from beffroi.casework.enums import ENQUIRED, Outcome, SequelCause
from beffroi.casework.models import Application, Grant, Sequel

_FILE = Path(__file__).parent / "data" / "sequels.yaml"


@dataclass(frozen=True)
class Kind:
    """A cause of the table: what it is called, what the organ says, on which law."""

    key: str
    label: str
    outcome: Outcome
    legal_basis: str
    status: str


@lru_cache(maxsize=1)
def _content() -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return content


def kind(cause: str) -> Kind:
    """This function will give a cause as the table has it. Raises: KeyError."""
    row = _content()["sequels"][cause]
    return Kind(cause, row["label"], Outcome(row["outcome"]), row["legal_basis"], row["status"])


def index_texts() -> dict[str, str]:
    """This function will give the motives, the law and the reason of an index date."""
    return dict(_content()["index"])


def ground(key: str) -> dict[str, str]:
    """This function will give a ground of sanction: its label and its article. Raises: KeyError."""
    return dict(_content()["sanction_grounds"][key])


def grounds() -> list[tuple[str, str]]:
    """This function will give the grounds of sanction with their labels."""
    return [(key, row["label"]) for key, row in _content()["sanction_grounds"].items()]


def sequel_of(application: Application) -> Sequel | None:
    """This function will give what ties an application to a grant, if it follows one."""
    return Sequel.objects.select_related("grant__decision").filter(application=application).first()


def computes(application: Application) -> bool:
    """This function will say whether the law computes this application’s amount anew."""
    if not aids.aid(application.kind).computation:
        return False
    cause = (
        Sequel.objects.filter(application=application.pk).values_list("cause", flat=True).first()
    )
    return cause is None or cause in ENQUIRED


def computes_income(application: Application) -> bool:
    """This function will say whether a living income, or its equivalent, is computed anew."""
    return aids.aid(application.kind).is_income and computes(application)


def is_enquired(application: Application) -> bool:
    """This function will say whether the road of an application goes through a whole enquiry."""
    sequel = sequel_of(application)
    return sequel is None or SequelCause(sequel.cause) in ENQUIRED


def lineage(grant: Grant) -> list[int]:
    """This function will give the keys of a grant and of those it replaced, the newest first."""
    found = [grant.pk]
    before = grant.replaces_id
    while before is not None and before not in found:
        found.append(before)
        before = Grant.objects.values_list("replaces_id", flat=True).get(pk=before)
    return found


def whole_line(grant: Grant) -> list[int]:
    """This function will give the keys of one right over time: what it replaced and what replaced it."""
    newest = grant
    while (after := Grant.objects.filter(replaces=newest).first()) is not None:
        newest = after
    return lineage(newest)


def newest_of(grant: Grant) -> Grant:
    """This function will give the grant that stands now for this one."""
    return Grant.objects.get(pk=whole_line(grant)[0])


def orders_of(grant: Grant) -> list[str]:
    """This function will give the payment orders of one right over time."""
    rows = Grant.objects.filter(pk__in=whole_line(grant)).exclude(order_ref="")
    return list(dict.fromkeys(rows.order_by("pk").values_list("order_ref", flat=True)))
