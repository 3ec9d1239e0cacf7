"""Which role may open which address under /desk/conseil/; what is hers to see, the room says."""

from beffroi.accounts.enums import Role

SITS = frozenset({Role.COUNCIL_MEMBER, Role.PRESIDENT, Role.DIRECTOR_GENERAL})
PREPARES = frozenset({Role.PRESIDENT, Role.DIRECTOR_GENERAL})
KEEPS = frozenset({Role.DIRECTOR_GENERAL})
LEADERS = frozenset({Role.TEAM_LEADER})

ACCESS: dict[str, frozenset[str]] = {
    "desk:council": SITS,
    "desk:council_sitting": SITS,
    "desk:council_sitting_new": PREPARES,
    "desk:council_agenda": PREPARES,
    "desk:council_act": PREPARES,
    "desk:council_live": KEEPS,
    "desk:council_live_act": KEEPS,
    "desk:council_block": KEEPS,
    "desk:council_item": SITS,
    "desk:council_recuse": SITS,
    "desk:council_minutes": SITS,
    "desk:council_minutes_edit": KEEPS,
    "desk:council_convocation": SITS,
    "desk:council_minutes_pdf": SITS,
    "desk:council_extract": PREPARES,
    "desk:council_fates": LEADERS,
    "desk:council_mandates": KEEPS,
    "desk:council_body_new": KEEPS,
    "desk:council_mandate_new": KEEPS,
    "desk:council_mandate": KEEPS,
    "desk:council_attribution": KEEPS,
    "desk:council_limit": KEEPS,
}
