"""What this room keeps of persons, by subject."""

from beffroi.people.models.addresses import Address, AddressKeeper
from beffroi.people.models.bonds import Household, HouseholdMember, Tie
from beffroi.people.models.doubles import DismissedContradiction, Merge, PossibleDuplicate
from beffroi.people.models.index import NameToken, PersonToken, TokenKey
from beffroi.people.models.persons import (
    CivilStatus,
    Contact,
    Identifier,
    LanguageSpoken,
    Person,
    PersonName,
)
from beffroi.people.models.rights import BarredPerson, Consent, Representative, StaffPerson

__all__ = [
    "Address",
    "AddressKeeper",
    "BarredPerson",
    "CivilStatus",
    "Consent",
    "Contact",
    "DismissedContradiction",
    "Household",
    "HouseholdMember",
    "Identifier",
    "LanguageSpoken",
    "Merge",
    "NameToken",
    "Person",
    "PersonName",
    "PersonToken",
    "PossibleDuplicate",
    "Representative",
    "StaffPerson",
    "Tie",
    "TokenKey",
]
