"""Which role may open which address under /desk/agenda/; what is hers to see, the room says."""

from beffroi.accounts.enums import Role
from beffroi.web.access import CASE

OVERSEERS = frozenset({Role.RECEPTION, Role.TEAM_LEADER})
LEADERS = frozenset({Role.TEAM_LEADER})

ACCESS: dict[str, frozenset[str]] = {
    "desk:agenda_waiting": CASE,
    "desk:agenda_announce": OVERSEERS,
    "desk:agenda_arrival_act": CASE,
    "desk:agenda_arrival_give": OVERSEERS,
    "desk:agenda_screen": OVERSEERS,
    "desk:agenda_calendar": CASE,
    "desk:agenda_ics": CASE,
    "desk:agenda_extract": LEADERS,
    "desk:agenda_new": CASE,
    "desk:agenda_appointment": CASE,
    "desk:agenda_appointment_act": CASE,
    "desk:agenda_hours": CASE,
    "desk:agenda_hours_act": CASE,
    "desk:agenda_permanences": CASE,
    "desk:agenda_permanence_act": OVERSEERS,
    "desk:agenda_rooms": LEADERS,
    "desk:agenda_room_close": LEADERS,
}
