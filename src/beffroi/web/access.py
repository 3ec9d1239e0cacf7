"""Who may open which address: the table URL × role, whole, in one place per door.

Everything needs sign-in unless its row says PUBLIC. An address without a row is refused,
and the guard fails: no door is left open by forgetting.
"""

from functools import cache

from beffroi.accounts.enums import CASE_ROLES, Role

PUBLIC = frozenset({"*public*"})
#: Anybody who signed in, whatever her role.
STAFF = frozenset(Role)
CASE = frozenset(CASE_ROLES)
EDITORS = frozenset({Role.EDITOR, Role.ADMINISTRATOR})


@cache
def access_table() -> dict[str, frozenset[str]]:
    """This function will give the roles that may open each named address."""
    from beffroi.web.api.access import ACCESS as api
    from beffroi.web.board.access import ACCESS as board
    from beffroi.web.desk.access import ACCESS as desk
    from beffroi.web.field.access import ACCESS as field
    from beffroi.web.portal.access import ACCESS as portal
    from beffroi.web.sign_in_urls import ACCESS as sign_in

    own = {"healthz": PUBLIC, "readyz": PUBLIC}
    tables = (own, sign_in, desk, board, field, api, portal)
    merged: dict[str, frozenset[str]] = {}
    for table in tables:
        for name, roles in table.items():
            if name in merged:
                raise ValueError(f"{name} has two rows in the access table")
            merged[name] = frozenset(str(role) for role in roles)
    return merged
