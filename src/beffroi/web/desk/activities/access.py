"""Which role may open which address under /desk/activites/; what is hers to see, the room says."""

from beffroi.accounts.enums import Role

GATHER = frozenset({Role.ANIMATOR, Role.PREVENTION_WORKER, Role.TEAM_LEADER, Role.PCS_LEAD})

#: Who answers for what happens in a team.
LEADERS = frozenset({Role.TEAM_LEADER, Role.PCS_LEAD})

ACCESS: dict[str, frozenset[str]] = {
    "desk:activities": GATHER,
    "desk:activity_new": GATHER,
    "desk:activity_week": GATHER,
    "desk:activity_people": GATHER,
    "desk:activity_person_new": GATHER,
    "desk:activity_person": GATHER,
    "desk:activity_person_act": GATHER,
    "desk:activity_person_join": GATHER,
    "desk:activity_cash": GATHER,
    "desk:activity_fees": GATHER,
    "desk:activity_fees_act": GATHER,
    "desk:activity_leavings": GATHER,
    "desk:activity_incidents": GATHER,
    "desk:activity_incident": LEADERS,
    "desk:activity_pictures": GATHER,
    "desk:activity_picture_file": GATHER,
    "desk:activity_picture_act": GATHER,
    "desk:activity_volunteers": GATHER,
    "desk:activity_volunteers_act": GATHER,
    "desk:activity": GATHER,
    "desk:activity_edit": GATHER,
    "desk:activity_act": GATHER,
    "desk:activity_places": GATHER,
    "desk:activity_places_act": GATHER,
    "desk:activity_session": GATHER,
    "desk:activity_session_list": GATHER,
    "desk:activity_session_act": GATHER,
}
