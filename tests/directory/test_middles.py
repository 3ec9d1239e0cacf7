"""The middle of a locality: which one, of which commune, and never an invented spot."""

import csv
from datetime import date

import pytest

from beffroi.directory.enums import FactKind, FactState
from beffroi.directory.middles import DATA, Precision, metres_between, middle_of, outline_of
from beffroi.directory.models import Fact
from beffroi.directory.whereabouts import whereabouts_of
from tests.factories import editors

DAY = date(2026, 11, 24)
MONS = (50.4541, 3.9523)


@pytest.mark.parametrize(
    ("locality", "postal_code", "point", "precision", "name"),
    [
        ("Cuesmes", "7033", (50.4362, 3.9232), Precision.LOCALITY, "Cuesmes"),
        ("FLENU", "7012", (50.4367, 3.8857), Precision.LOCALITY, "FLENU"),
        ("", "7011", (50.4731, 3.9029), Precision.LOCALITY, "Ghlin"),  # the only one of 7011
        ("", "7012", MONS, Precision.COMMUNE, "Mons"),  # Jemappes or Flénu: who knows
        ("Harveng", "7022", (50.3939, 3.9878), Precision.LOCALITY, "Harveng"),
        ("Petit-Bois", "7022", MONS, Precision.COMMUNE, "Mons"),  # no open data names it
        ("Mons", "7000", MONS, Precision.LOCALITY, "Mons"),
        ("Bruxelles", "1000", (50.8505, 4.3488), Precision.LOCALITY, "Bruxelles"),
        ("Jemappes", "", (50.4491, 3.8910), Precision.LOCALITY, "Jemappes"),
    ],
)
def test_middle_is_of_the_locality_else_of_the_commune(
    locality: str, postal_code: str, point: tuple[float, float], precision: str, name: str
) -> None:
    found = middle_of(locality, postal_code)
    assert found is not None
    assert (found.point, found.precision, found.name) == (point, precision, name)


def test_localities_of_one_name_are_told_apart_by_the_commune() -> None:
    here, there = middle_of("Aalst", "9300"), middle_of("Aalst", "3800")
    assert here is not None and there is not None
    assert (here.point, there.point) == ((50.9360, 4.0355), (50.7820, 5.2092))


@pytest.mark.parametrize(
    ("locality", "postal_code"), [("Saint-Denis", ""), ("", ""), ("Nulle-Part", ""), ("", "9999")]
)
def test_middle_is_nowhere_when_nothing_tells(locality: str, postal_code: str) -> None:
    assert middle_of(locality, postal_code) is None


def test_outline_of_mons_holds_its_localities_and_no_other_commune_has_one() -> None:
    outline = outline_of("53053")
    assert (len(outline), outline[0]) == (95, outline[-1])
    for name, code in (("Jemappes", "7012"), ("Havré", "7021"), ("Harmignies", "7022")):
        spot = middle_of(name, code)
        assert spot is not None and _is_inside(spot.point, outline), name
    assert not _is_inside((50.4058, 3.8960), outline)  # Frameries
    assert outline_of("53028") == []


def _is_inside(point: tuple[float, float], outline: list[tuple[float, float]]) -> bool:
    """Crossings of a ray to the east."""
    up, across = point
    inside = False
    for (a, b), (c, d) in zip(outline, outline[1:], strict=False):
        if (a > up) != (c > up) and across < b + (up - a) / (c - a) * (d - b):
            inside = not inside
    return inside


def test_metres_between_mons_and_cuesmes() -> None:
    assert round(metres_between(MONS, (50.4362, 3.9232)), -2) == 2900


@pytest.mark.django_db
def test_fact_of_coordinates_wins_while_it_stands() -> None:
    place = editors.place(locality="Nimy", postal_code="7020")
    asked = {place.pk: ("Nimy", "7020")}
    before = whereabouts_of(asked, DAY)[place.pk].spot
    assert before is not None and before.precision == Precision.LOCALITY
    fact = editors.fact(place, FactKind.COORDINATES, "50.48, 3.96")
    fact.value = {"latitude": "50.48", "longitude": "3.96"}
    fact.save()
    exact = whereabouts_of(asked, DAY)[place.pk].spot
    assert exact is not None
    assert (exact.point, exact.precision, exact.name) == ((50.48, 3.96), Precision.EXACT, "Nimy")
    Fact.objects.update(valid_until_date=date(2026, 11, 23))
    assert whereabouts_of(asked, DAY)[place.pk].spot == before


@pytest.mark.django_db
def test_address_in_dispute_is_not_told(django_assert_num_queries) -> None:
    place = editors.place(locality="Nimy", postal_code="7020")
    fact = editors.fact(place, FactKind.ADDRESS, "Rue des Viaducs 1")
    asked = {place.pk: ("Nimy", "7020"), editors.place().pk: ("", "")}
    with django_assert_num_queries(1):
        found = whereabouts_of(asked, DAY)
    assert [one.address for one in found.values()] == ["Rue des Viaducs 1", ""]
    Fact.objects.filter(pk=fact.pk).update(state=FactState.DISPUTED)
    told = whereabouts_of(asked, DAY)[place.pk]
    assert (told.address, told.is_disputed) == ("", True)


def test_every_locality_of_mons_has_a_middle_of_its_own() -> None:
    with (DATA / "localities.csv").open(encoding="utf-8") as rows:
        mons = [(row["locality"], row["postal_code"]) for row in csv.DictReader(rows)]
    spots = {name: middle_of(name, code) for name, code in mons}
    alone = {spot.point for spot in spots.values() if spot and spot.precision == "locality"}
    assert len(alone) == len(mons) - 1 == 19
    shape = spots["SHAPE (special code, NATO)"]  # a postcode, not a locality
    assert shape is not None and shape.precision == Precision.COMMUNE
