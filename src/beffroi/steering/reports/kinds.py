"""Which parts a snapshot is written with: those of a cohesion plan’s year, or a state of progress."""

from collections.abc import Mapping
from typing import Any

from beffroi.steering.reports import parts, progress_parts
from beffroi.steering.reports.parts import Part
from beffroi.steering.reports.progress_content import KIND


def title_of(content: Mapping[str, Any]) -> str:
    """This function will give the title of a snapshot."""
    if content["kind"] == KIND:
        return progress_parts.progress_title(content)
    return parts.title_of(content)


def parts_of(content: Mapping[str, Any]) -> list[Part]:
    """This function will give the parts of a snapshot, in the order its readers expect."""
    if content["kind"] == KIND:
        return progress_parts.progress_parts(content)
    return parts.parts_of(content)
