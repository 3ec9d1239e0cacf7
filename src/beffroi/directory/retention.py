"""The directory holds facts about services; of agents it holds who confirmed what, for a time."""

from datetime import datetime, timedelta

from django.db import models

from beffroi.audit.retention import End, Rule, declare
from beffroi.directory.models import (
    AlertPlan,
    Closure,
    Contradiction,
    EmergencyNumber,
    Fact,
    ImportRun,
)

_KEEP = timedelta(days=5 * 365)
_KEEP_CLOSURES = timedelta(days=365)
#: What stands in place of a name once its time is over.
NOBODY = "La rédaction"


def _forget(model: type[models.Model], **fields: str) -> End:
    """Gives what replaces, in each name field, the names older than five years by its moment."""

    def end(at: datetime) -> int:
        done = 0
        for name, moment in fields.items():
            rows = model._default_manager.filter(**{f"{moment}__lte": at - _KEEP})
            done += rows.exclude(**{f"{name}__in": ["", NOBODY]}).update(**{name: NOBODY})
        return done

    return end


def end_closures(at: datetime) -> int:
    """This function will take away the closures that ended a year ago; rows taken away."""
    done, _rows = Closure.objects.filter(until_date__lte=(at - _KEEP_CLOSURES).date()).delete()
    return done


_NAMES = "le nom de l’agent, 5 ans"
declare(
    *(
        Rule(f"directory.{name}")
        for name in (
            "Organisation", "Place", "Service", "ServicePlace", "ServiceText", "Taxonomy", "Term",
            "ServiceTerm", "Source", "Statement", "Commune", "Locality", "PlanAxis", "PlanLine",
            "Revision",
        )
    ),
    Rule("directory.Fact", ("confirmed_by",), _NAMES, _forget(Fact, confirmed_by="confirmed_at")),
    Rule(
        "directory.Contradiction", ("settled_by",), _NAMES,
        _forget(Contradiction, settled_by="settled_at"),
    ),
    Rule("directory.Closure", ("entered_by",), "1 an après le dernier jour", end_closures),
    Rule(
        "directory.AlertPlan", ("started_by", "ended_by"), _NAMES,
        _forget(AlertPlan, started_by="started_at", ended_by="ended_at"),
    ),
    Rule(
        "directory.EmergencyNumber", ("confirmed_by",), _NAMES,
        _forget(EmergencyNumber, confirmed_by="confirmed_at"),
    ),
    Rule("directory.ImportRun", ("started_by",), _NAMES, _forget(ImportRun, started_by="started_at")),
)  # fmt: skip
