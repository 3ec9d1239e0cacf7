"""Computations are kept as long as the file they served."""

from datetime import datetime, timedelta

from beffroi.audit.retention import Rule, declare
from beffroi.entitlements.models import Computation

#: A decision rests on a computation for as long as it may be looked at again.
KEEP_DAYS = 16 * 365


def end_computations(at: datetime) -> int:
    """This function will erase the computations made sixteen years ago."""
    return Computation.objects.filter(made_at__lt=at - timedelta(days=KEEP_DAYS)).delete()[0]


declare(
    Rule(
        "entitlements.Computation",
        personal=("facts", "steps", "result", "made_by_ref", "made_by_label"),
        keep="16 ans après le calcul",
        end=end_computations,
    )
)
