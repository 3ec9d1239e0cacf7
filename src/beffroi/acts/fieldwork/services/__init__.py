"""Every write on the field: areas, outings, contacts, kits, faults, surfaces and photographs."""

from beffroi.acts.fieldwork.services.bulk import PastOuting, record_outings
from beffroi.acts.fieldwork.services.common import AlreadyMoved
from beffroi.acts.fieldwork.services.meeting import (
    ContactDraft,
    KitDraft,
    KitLine,
    hand_over,
    meet,
    take_back_contact,
)
from beffroi.acts.fieldwork.services.outings import (
    EndDraft,
    StartDraft,
    cancel_outing,
    close_outing,
    correct_outing,
    start_outing,
)
from beffroi.acts.fieldwork.services.photos import add_photo, clear_photo, remove_photo
from beffroi.acts.fieldwork.services.sending import Act, send
from beffroi.acts.fieldwork.services.settings import (
    AreaDraft,
    add_kit_kind,
    add_spot,
    change_area,
    create_area,
    end_kit_kind,
    end_spot,
)
from beffroi.acts.fieldwork.services.sights import (
    SightDraft,
    mend_observation,
    observe,
    reopen_observation,
    send_observation,
)
from beffroi.acts.fieldwork.services.surfaces import (
    SurfaceDraft,
    Work,
    ask_surface,
    correct_surface,
    drop_surface,
    finish_surface,
    resume_surface,
    settle_consent,
)
from beffroi.core.sending import KEPT, KNOWN, MOST_ACTS, REFUSED

__all__ = [
    "KEPT",
    "KNOWN",
    "MOST_ACTS",
    "REFUSED",
    "Act",
    "AlreadyMoved",
    "AreaDraft",
    "ContactDraft",
    "EndDraft",
    "KitDraft",
    "KitLine",
    "PastOuting",
    "SightDraft",
    "StartDraft",
    "SurfaceDraft",
    "Work",
    "add_kit_kind",
    "add_photo",
    "add_spot",
    "ask_surface",
    "cancel_outing",
    "change_area",
    "clear_photo",
    "close_outing",
    "correct_outing",
    "correct_surface",
    "create_area",
    "drop_surface",
    "end_kit_kind",
    "end_spot",
    "finish_surface",
    "hand_over",
    "meet",
    "mend_observation",
    "observe",
    "record_outings",
    "remove_photo",
    "reopen_observation",
    "resume_surface",
    "send",
    "send_observation",
    "settle_consent",
    "start_outing",
    "take_back_contact",
]
