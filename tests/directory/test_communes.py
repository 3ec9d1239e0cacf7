"""A postcode or a name, however written, leads to the commune and to its CPAS."""

import pytest

from beffroi.directory.communes import Answer, find_commune
from beffroi.rules.procedure import limits

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _communes(catalogue: None) -> None:
    """The 565 communes."""


@pytest.mark.parametrize(
    ("asked", "answer", "centre"),
    [
        ("7000", Answer.FOUND, "CPAS de Mons"),
        ("7012", Answer.FOUND, "CPAS de Mons"),
        ("7012 Jemappes", Answer.FOUND, "CPAS de Mons"),
        ("Flénu", Answer.FOUND, "CPAS de Mons"),
        ("flenu", Answer.FOUND, "CPAS de Mons"),
        ("CPAS de Mons", Answer.FOUND, "CPAS de Mons"),
        ("Bergen", Answer.FOUND, "CPAS de Mons"),
        ("Jemape", Answer.NEARLY, "CPAS de Mons"),
        ("frammeries", Answer.NEARLY, "CPAS de Frameries"),
        ("charleroie", Answer.NEARLY, "CPAS de Charleroi"),
        ("La Louviere", Answer.FOUND, "CPAS de La Louvière"),
        ("louviere", Answer.FOUND, "CPAS de La Louvière"),
        ("Roeulx", Answer.FOUND, "CPAS du Roeulx"),
        ("St Ghislain", Answer.FOUND, "CPAS de Saint-Ghislain"),
        ("ath", Answer.FOUND, "CPAS d’Ath"),
        ("Liege", Answer.FOUND, "CPAS de Liège"),
        ("Luik", Answer.FOUND, "CPAS de Liège"),
        ("Lüttich", Answer.FOUND, "CPAS de Liège"),
        ("OCMW Gent", Answer.FOUND, "OCMW Gent"),
        ("Gand", Answer.FOUND, "OCMW Gent"),
        ("Anvers", Answer.FOUND, "OCMW Antwerpen"),
        ("Eupen", Answer.FOUND, "ÖSHZ Eupen"),
        ("St. Vith", Answer.FOUND, "ÖSHZ Sankt Vith"),
        ("La Calamine", Answer.FOUND, "ÖSHZ Kelmis"),
        ("bxl", Answer.FOUND, "CPAS de Bruxelles"),
    ],
)
def test_find_commune_however_it_is_written(asked: str, answer: Answer, centre: str) -> None:
    found = find_commune(asked)
    assert (found.answer, found.communes[0].centres[0][1]) == (answer, centre)


def test_find_commune_of_7012_names_both_localities() -> None:
    assert find_commune("7012").communes[0].localities == ("Flénu", "Jemappes")


def test_find_commune_of_a_postcode_with_a_name_keeps_the_one_meant() -> None:
    assert find_commune("7012 jemappes").communes[0].localities == ("Jemappes",)


def test_find_commune_of_a_shared_postcode_gives_them_all() -> None:
    found = find_commune("1040")
    assert found.answer == Answer.SEVERAL
    assert {c.name("fr") for c in found.communes} == {"Bruxelles", "Etterbeek"}


def test_find_commune_in_brussels_names_its_centre_in_both_languages() -> None:
    centres = find_commune("Bruxelles").communes[0].centres
    assert centres == (("fr", "CPAS de Bruxelles"), ("nl", "OCMW Brussel"))


@pytest.mark.parametrize("asked", ["9999", "xyzzyx", "12", "!!"])
def test_find_commune_that_does_not_exist_is_not_found(asked: str) -> None:
    assert find_commune(asked).answer == Answer.NOT_FOUND
    assert find_commune(asked).communes == ()


def test_find_commune_without_words_asks_for_them() -> None:
    assert find_commune("  ").answer == Answer.NOTHING_ASKED


def test_every_commune_is_found_by_each_of_its_names() -> None:
    from beffroi.directory.models import Commune

    lost = [
        name
        for row in Commune.objects.all()
        for name in (row.name_fr, row.name_nl)
        if row.nis not in {c.nis for c in find_commune(name).communes}
    ]
    assert lost == []


def test_limits_give_what_the_procedure_says() -> None:
    from datetime import date

    found = limits(date(2026, 11, 24))
    assert (found["not_competent.transfer"].count, found["not_competent.transfer"].unit) == (
        5,
        "calendar_days",
    )
    assert (found["notification_sent.appeal"].count, found["notification_sent.appeal"].unit) == (
        3,
        "months",
    )
