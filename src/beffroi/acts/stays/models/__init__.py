from beffroi.acts.stays.models.book import Handover, HealthNote, Incident
from beffroi.acts.stays.models.guests import Exclusion, Guest
from beffroi.acts.stays.models.houses import Bed, ColdPlan, House, HouseKey, Season
from beffroi.acts.stays.models.openings import COUNTED, Opening, OpeningCount
from beffroi.acts.stays.models.stays import Refusal, SentAct, Stay, Tally, Visit

__all__ = [
    "COUNTED",
    "Bed",
    "ColdPlan",
    "Exclusion",
    "Guest",
    "Handover",
    "HealthNote",
    "House",
    "HouseKey",
    "Incident",
    "Opening",
    "OpeningCount",
    "Refusal",
    "Season",
    "SentAct",
    "Stay",
    "Tally",
    "Visit",
]
