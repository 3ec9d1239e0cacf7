"""What the desk and the services ask of guests: by alias, by their nights, by their exclusions."""

import unicodedata
from datetime import date

from django.db.models import QuerySet

from beffroi.acts.stays.models import Exclusion, Guest, Stay, Visit
from beffroi.acts.stays.workflow import COUNTS, HOLDS_BED
from beffroi.people import queries as people


def guest(guests: QuerySet[Guest], pk: int) -> Guest | None:
    """This function will give one of these guests, or nothing."""
    return guests.select_related("team").filter(pk=pk).first()


def guests_like(guests: QuerySet[Guest], words: str, most: int = 40) -> list[Guest]:
    """This function will give the guests whose alias holds these words, the last come first."""
    rows = guests.filter(joined_to__isnull=True)
    for word in words.split():
        rows = rows.filter(folded__contains=fold(word))
    return list(rows.order_by("-last_date", "folded", "pk")[:most])


def guest_called(team: int, alias: str) -> Guest | None:
    """This function will give the guest a team knows by this alias, accents and case aside."""
    return Guest.objects.filter(team=team, folded=fold(alias), joined_to__isnull=True).first()


def openings_of_guest(guest: int, most: int = 60) -> tuple[list[Stay], list[Visit]]:
    """This function will give the last nights and the last visits of a guest."""
    nights = Stay.objects.filter(guest=guest, state__in=COUNTS).select_related("opening__house")
    days = Visit.objects.filter(guest=guest, taken_back_at__isnull=True)
    return (
        list(nights.order_by("-night")[:most]),
        list(days.select_related("opening__house").order_by("-opening__date")[:most]),
    )


def doubles_of(guest: int) -> list[date]:
    """This function will give the nights that two guests found to be one both slept."""
    rows = Stay.objects.filter(guest__joined_to=guest, state__in=HOLDS_BED)
    return list(rows.order_by("night").values_list("night", flat=True))


def exclusions_of(guest: int) -> list[Exclusion]:
    """This function will give every exclusion of a guest, the last first."""
    return list(Exclusion.objects.filter(guest=guest).select_related("house"))


def person_ref(guest: Guest) -> str:
    """This function will give the reference of the person a guest is, or nothing."""
    return people.reference_of(guest.person_id) if guest.person_id else ""


def fold(alias: str) -> str:
    """This function will give an alias without accents, case or spaces, to compare."""
    plain = unicodedata.normalize("NFKD", alias.casefold())
    return "".join(letter for letter in plain if letter.isalnum())[:80]
