"""How far a figure is on its way from a baseline to a target, in the right direction."""

from decimal import ROUND_HALF_UP, Decimal

_TENTH = Decimal("0.1")


def attainment(
    value: Decimal, target: Decimal, baseline: Decimal | None = None, *, ascending: bool = True
) -> Decimal | None:
    """This function will give the way made, in percent to one decimal; 100 when the target is met.

    From a baseline it is the part of the distance covered, below zero when things went the wrong
    way, for a figure that should grow and for one that should fall. Without a baseline, one that
    should grow is compared with its target; one that should fall has then nothing to be measured
    from. None where nothing can be said: target and baseline equal, or no distance to measure.
    """
    if baseline is None:
        if not ascending or target == 0:
            return None
        return _percent(value / target)
    if target == baseline:
        return None
    return _percent((value - baseline) / (target - baseline))


def is_reached(value: Decimal, target: Decimal, *, ascending: bool = True) -> bool:
    """This function will say whether the target is met, at it or beyond on the good side."""
    return value >= target if ascending else value <= target


def _percent(part: Decimal) -> Decimal:
    return (part * 100).quantize(_TENTH, ROUND_HALF_UP)
