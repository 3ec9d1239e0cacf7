"""Which role may open which address under /field/; what is hers to see, the rooms say."""

from beffroi.web.access import PUBLIC
from beffroi.web.desk.activities.access import GATHER

ACCESS: dict[str, frozenset[str]] = {
    "field:today": GATHER,
    "field:session": GATHER,
    "field:act": GATHER,
    "field:sync": GATHER,
    "field:worker": GATHER,
    "field:manifest": PUBLIC,
}
