"""The rows of this room; other rooms read them through its queries."""

from beffroi.acts.fieldwork.models.areas import Area, AreaKey, KitKind, Spot
from beffroi.acts.fieldwork.models.meetings import CodeMark, Contact, KitMove
from beffroi.acts.fieldwork.models.outings import CrewMember, Outing, OutingMove
from beffroi.acts.fieldwork.models.photos import Photo
from beffroi.acts.fieldwork.models.sights import Observation, ObservationMove
from beffroi.acts.fieldwork.models.surfaces import Surface, SurfaceMove

__all__ = [
    "Area",
    "AreaKey",
    "CodeMark",
    "Contact",
    "CrewMember",
    "KitKind",
    "KitMove",
    "Observation",
    "ObservationMove",
    "Outing",
    "OutingMove",
    "Photo",
    "Spot",
    "Surface",
    "SurfaceMove",
]
