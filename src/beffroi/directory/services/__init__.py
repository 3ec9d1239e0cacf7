"""Every write of the directory. Each moves the revision on, in the same transaction."""

from beffroi.directory.services.alerts import (
    add_closure,
    change_alert_plan,
    change_emergency_number,
    confirm_emergency_number,
    end_alert_plan,
    remove_closure,
    start_alert_plan,
)
from beffroi.directory.services.bodies import load_bodies
from beffroi.directory.services.contradictions import (
    edit_public_notes,
    reopen_contradiction,
    settle_contradiction,
)
from beffroi.directory.services.entries import (
    TextWords,
    classify,
    edit_place,
    edit_texts,
    mark_reviewed,
    set_listed,
    set_places,
    set_status,
    set_upkeep,
)
from beffroi.directory.services.facts import (
    NewSource,
    Provenance,
    confirm_fact,
    end_fact,
    reject_fact,
    replace_fact,
    state_fact,
)
from beffroi.directory.services.hours import state_weekly_hours
from beffroi.directory.services.imports import ImportChoices, import_hsds, refuse_import
from beffroi.directory.services.loading import DATA, is_loaded, load_catalogue
from beffroi.directory.services.reminders import send_reminders
from beffroi.directory.services.writing import bump_revision

#: Where the texts of the catalogue lie; other rooms read there what is theirs.
CATALOGUE_TEXTS = DATA / "services"

__all__ = [
    "CATALOGUE_TEXTS",
    "ImportChoices",
    "NewSource",
    "Provenance",
    "TextWords",
    "add_closure",
    "bump_revision",
    "change_alert_plan",
    "change_emergency_number",
    "classify",
    "confirm_emergency_number",
    "confirm_fact",
    "edit_place",
    "edit_public_notes",
    "edit_texts",
    "end_alert_plan",
    "end_fact",
    "import_hsds",
    "is_loaded",
    "load_bodies",
    "load_catalogue",
    "mark_reviewed",
    "refuse_import",
    "reject_fact",
    "remove_closure",
    "reopen_contradiction",
    "replace_fact",
    "send_reminders",
    "set_listed",
    "set_places",
    "set_status",
    "set_upkeep",
    "settle_contradiction",
    "start_alert_plan",
    "state_fact",
    "state_weekly_hours",
]
