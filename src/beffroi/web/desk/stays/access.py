"""Which role may open which address under /desk/abri/ and /field/abri/; what is hers, the room says."""

from beffroi.accounts.enums import Role

#: Who keeps a house, and reads the aliases of tonight.
KEEP = frozenset({Role.ANIMATOR, Role.PREVENTION_WORKER, Role.TEAM_LEADER})
#: Who reads the counts besides.
COUNTS = KEEP | {Role.PCS_LEAD}
#: Who sets houses up.
SET_UP = frozenset({Role.TEAM_LEADER, Role.PCS_LEAD})

ACCESS: dict[str, frozenset[str]] = {
    "desk:stays": COUNTS,
    "desk:stay_figures": COUNTS,
    "desk:stay_house_new": SET_UP,
    "desk:stay_house": COUNTS,
    "desk:stay_house_edit": SET_UP,
    "desk:stay_house_act": SET_UP,
    "desk:stay_opening": COUNTS,
    "desk:stay_opening_act": KEEP,
    "desk:stay_list": KEEP,
    "desk:stay_guests": KEEP,
    "desk:stay_guest": KEEP,
    "desk:stay_guest_act": KEEP,
}
