"""The policy declaration: every commitment, its number through versions, what no action carries."""

from datetime import date

import pytest
from django.db import DatabaseError, transaction
from tests.factories.steering import GIVEN
from tests.factories.strategic import action, pst

from beffroi.core.errors import InvalidInput, NotAllowed
from beffroi.steering import services as steering
from beffroi.steering.models import Commitment, CommitmentText, Declaration
from beffroi.steering.services import HeadingSaid, Said
from beffroi.steering.strategic_queries import coverage_of, last_version, without_action

pytestmark = pytest.mark.django_db


def _loaded() -> Declaration:
    return steering.load_declaration(**GIVEN)


def test_declaration_has_its_five_headings_and_every_commitment() -> None:
    version = last_version(_loaded())
    assert [(one.title, one.texts.count()) for one in version.headings.all()] == [
        ("L’information et l’accueil", 1),
        ("La réinsertion socio-professionnelle et l’aide sociale", 4),
        ("Le logement", 3),
        ("La coordination et le partenariat", 5),
        ("Aide aux personnes et aux familles", 8),
    ]
    assert [row.commitment.number for row in version.texts.all()] == list(range(1, 22))
    said = {row.commitment.number: row.text for row in version.texts.all()}
    assert said[7] == "Achat d’un logement."
    assert said[21].endswith("enfants les plus démunis (St Nicolas, Noël).")


def test_loading_again_changes_nothing() -> None:
    assert _loaded() == _loaded()
    assert CommitmentText.objects.count() == 21


def test_details_stand_under_their_commitment() -> None:
    _loaded()
    found = {
        t.commitment.number: t.under.number for t in CommitmentText.objects.exclude(under=None)
    }
    assert found == {11: 10, 12: 10, 13: 10, 15: 14, 16: 14}


def test_commitments_without_action_are_listed_by_their_details() -> None:
    declaration = _loaded()
    bare = [text.commitment.number for text in without_action(coverage_of(declaration))]
    assert bare == [n for n in range(1, 22) if n not in (10, 14)]
    given = {row.number: row for row in Commitment.objects.all()}
    plan = pst(declaration=declaration)
    action(plan, commitments=[given[7], given[15], given[16]])
    dropped = action(plan, commitments=[given[8]])
    steering.move_element(
        element=dropped, move="cancel", on=date(2020, 1, 1), why="Plus d’offre", **GIVEN
    )
    bare = [text.commitment.number for text in without_action(coverage_of(declaration))]
    assert bare == [n for n in range(1, 22) if n not in (7, 10, 14, 15, 16)]


def test_number_is_kept_through_versions_and_never_given_twice() -> None:
    declaration = _loaded()
    new = HeadingSaid("Le logement", (Said("Achat de deux logements.", 7), Said("Rénover.")))
    steering.revise_declaration(
        declaration=declaration,
        headings=[new],
        reason="Mi-mandat",
        effective=date(2021, 1, 1),
        **GIVEN,
    )
    said = last_version(declaration).texts
    assert {row.commitment.number: row.text for row in said.all()} == {
        7: "Achat de deux logements.", 22: "Rénover.",
    }  # fmt: skip
    assert CommitmentText.objects.filter(version__number=1).count() == 21


@pytest.mark.parametrize("wrong", [
    {"reason": " "}, {"headings": [HeadingSaid("X", (Said("Inconnu", 99),))]},
    {"headings": [HeadingSaid("X", (Said("Un", 1), Said("Deux", 1)))]}, {"headings": []},
    {"headings": [HeadingSaid("X", (Said("Un", 1, under=2),))]},
])  # fmt: skip
def test_revision_refuses_what_is_not_whole(wrong) -> None:
    values = {"headings": [HeadingSaid("X", (Said("Un", 1),))], "reason": "Mi-mandat", **wrong}
    with pytest.raises(InvalidInput):
        steering.revise_declaration(
            declaration=_loaded(), effective=date(2021, 1, 1), **values, **GIVEN
        )


def test_database_refuses_to_change_a_commitment() -> None:
    _loaded()
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        CommitmentText.objects.update(text="Autre")


def test_stranger_does_not_load(stranger) -> None:
    with pytest.raises(NotAllowed):
        steering.load_declaration(by=stranger, at=GIVEN["at"])
