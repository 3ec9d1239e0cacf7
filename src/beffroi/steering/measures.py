"""The register of measures: each room offers its own in `indicators.py`, as `MEASURES`."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec
from types import MappingProxyType

from django.apps import apps

from beffroi.core.measures import Choice, Measure


class UnknownMeasure(KeyError):
    """No room offers a measure of that name."""


@lru_cache(maxsize=1)
def all_measures() -> Mapping[str, Measure]:
    """This function will gather, once, the measures that the installed rooms offer, by key.

    Raises: ValueError when two rooms offer the same key.
    """
    found: dict[str, Measure] = {}
    for measure in _offered():
        if measure.key in found:
            raise ValueError(f"two measures are named {measure.key}")
        found[measure.key] = measure
    return MappingProxyType(found)


def _offered() -> Iterable[Measure]:
    for config in apps.get_app_configs():
        if not config.name.startswith("beffroi.") or not find_spec(f"{config.name}.indicators"):
            continue
        offered = getattr(import_module(f"{config.name}.indicators"), "MEASURES", ())
        yield from offered


def measure_named(key: str) -> Measure:
    """This function will give a measure by its key. Raises: UnknownMeasure."""
    try:
        return all_measures()[key]
    except KeyError:
        raise UnknownMeasure(key) from None


def choices_of(key: str) -> list[Choice]:
    """This function will give what a measure may be asked for. Raises: UnknownMeasure."""
    return measure_named(key).choices()
