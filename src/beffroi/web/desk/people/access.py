"""Which role may open which address under /desk/personnes/; who is hers to see, the room says."""

from beffroi.accounts.enums import Role
from beffroi.people.permissions import PEOPLE_ROLES, STAFF_ROLES

_PEOPLE = frozenset(PEOPLE_ROLES)
_SOCIAL = frozenset({Role.SOCIAL_WORKER, Role.TEAM_LEADER})
_ALL = ("people", "person_new", "person_eid", "person", "person_edit", "person_act", "person_end",
        "person_address", "person_seal", "person_keepers", "person_keeper_end", "duplicates", "duplicate")  # fmt: skip

ACCESS: dict[str, frozenset[str]] = {
    **{f"desk:{name}": _PEOPLE for name in _ALL},
    "desk:duplicate_decide": _SOCIAL,
    "desk:merge_undo": _SOCIAL,
    "desk:staff_people": frozenset(STAFF_ROLES),
    "desk:staff_people_end": frozenset(STAFF_ROLES),
    "desk:person_export": frozenset({Role.PRIVACY_OFFICER, Role.TEAM_LEADER}),
}
