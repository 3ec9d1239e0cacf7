"""Which role may open which address under /field/; what is hers to see, the rooms say."""

from beffroi.web.access import PUBLIC
from beffroi.web.desk.activities.access import GATHER
from beffroi.web.desk.stays.access import KEEP
from beffroi.web.desk.terrain.access import GO_OUT

ACCESS: dict[str, frozenset[str]] = {
    "field:today": GATHER,
    "field:session": GATHER,
    "field:act": GATHER,
    "field:sync": GATHER,
    "field:stays": KEEP,
    "field:stay_house": KEEP,
    "field:stay_act": KEEP,
    "field:stay_sync": KEEP,
    "field:worker": GATHER,
    "field:manifest": PUBLIC,
    "field:terrain": GO_OUT,
    "field:terrain_sync": GO_OUT,
    "field:terrain_area": GO_OUT,
    "field:terrain_outing": GO_OUT,
    "field:terrain_act": GO_OUT,
}
