"""Every write on houses, guests, nights and days, and on what they count."""

from beffroi.acts.stays.reading import BadFile
from beffroi.acts.stays.services.book import MOST_DAYS, hand_over, note_health, note_incident
from beffroi.acts.stays.services.common import AlreadyClosed
from beffroi.acts.stays.services.counting import close_opening
from beffroi.acts.stays.services.days import (
    refuse,
    serve,
    take_back_refusal,
    take_back_visit,
    visit,
    visit_unnamed,
)
from beffroi.acts.stays.services.guests import (
    GuestDraft,
    add_guest,
    bind_guest,
    change_guest,
    exclude,
    join_guests,
    lift_exclusion,
    read_guest,
    read_guests,
    read_house,
)
from beffroi.acts.stays.services.houses import (
    BedDraft,
    HouseDraft,
    add_beds,
    change_house,
    create_house,
    end_beds,
    end_cold_plan,
    end_season,
    open_season,
    start_cold_plan,
)
from beffroi.acts.stays.services.loading import Loaded, load_file
from beffroi.acts.stays.services.nights import (
    Arrival,
    NoBed,
    await_last_night,
    keep_bed,
    move_stay,
    release_awaited,
    take_in,
)
from beffroi.acts.stays.services.sending import NightAct, send

__all__ = [
    "MOST_DAYS",
    "AlreadyClosed",
    "Arrival",
    "BadFile",
    "BedDraft",
    "GuestDraft",
    "HouseDraft",
    "Loaded",
    "NightAct",
    "NoBed",
    "add_beds",
    "add_guest",
    "await_last_night",
    "bind_guest",
    "change_guest",
    "change_house",
    "close_opening",
    "create_house",
    "end_beds",
    "end_cold_plan",
    "end_season",
    "exclude",
    "hand_over",
    "join_guests",
    "keep_bed",
    "lift_exclusion",
    "load_file",
    "move_stay",
    "note_health",
    "note_incident",
    "open_season",
    "read_guest",
    "read_guests",
    "read_house",
    "refuse",
    "release_awaited",
    "send",
    "serve",
    "start_cold_plan",
    "take_back_refusal",
    "take_back_visit",
    "take_in",
    "visit",
    "visit_unnamed",
]
