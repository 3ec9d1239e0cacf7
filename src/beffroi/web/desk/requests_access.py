"""Which role may open which address of requests; what is hers to see, the rooms say."""

from beffroi.accounts.enums import Role
from beffroi.web.access import CASE

LEADERS = frozenset({Role.TEAM_LEADER})

ACCESS = {
    "desk:requests": CASE,
    "desk:search": CASE,
    "desk:request_new": CASE,
    "desk:request_fill_in": CASE,
    "desk:request": CASE,
    "desk:request_act": CASE,
    "desk:request_file": CASE,
    "desk:workload": LEADERS,
    "desk:workload_reassign": LEADERS,
}
