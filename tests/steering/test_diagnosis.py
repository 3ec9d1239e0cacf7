"""The diagnosis: editions read from a file, one way round; needs, and rights that no line answers."""

from datetime import date
from decimal import Decimal

import pytest
from tests.factories.requests import agent
from tests.factories.steering import GIVEN, NOW, lead, line, plan

from beffroi.accounts.enums import Role
from beffroi.core.actors import person_actor
from beffroi.core.errors import InvalidInput, NotAllowed
from beffroi.core.versions import EditConflict
from beffroi.steering import diagnosis
from beffroi.steering import services as steering
from beffroi.steering.models import DiagnosisItem, IsadfImport, IsadfValue
from beffroi.steering.services import ItemDraft

pytestmark = pytest.mark.django_db
HEAD = "edition;ins;droit;valeur;moyenne_regionale;rang\n"
FICTION = {"source": "Inventé pour ce test", "is_fictional": True}


def _read(content: str) -> IsadfImport:
    return steering.import_isadf(plan=plan(), content=content, **FICTION, **GIVEN)


def _item(*lines: int, rights: tuple[str, ...] = ("santé",), **more) -> DiagnosisItem:
    held = plan()
    draft = ItemDraft(
        "Pas de médecin au nord", "Comité de quartier", 1,
        tuple(diagnosis.rights_of(held).filter(name__in=rights)), tuple(line(n) for n in lines),
    )  # fmt: skip
    return steering.note_need(plan=held, draft=draft, **more, **GIVEN)


def test_file_is_read_with_the_direction_of_its_edition() -> None:
    _read(HEAD + "2025;53053;Santé;0,4200;0,5;200\n2025;53053;logement;0.61;0.5;12\n")
    seen = diagnosis.radar(plan())
    assert seen.read.high_is_good
    found = [(one.name, one.position, one.mean_position, one.is_below) for one in seen.rights]
    assert found == [
        ("Santé", Decimal("0.4200"), Decimal("0.5"), True),
        ("logement", Decimal("0.61"), Decimal("0.5"), False),
    ]
    assert [one.axes for one in seen.rights] == [(3,), (2,)]


def test_edition_of_2013_is_turned_round_beside_the_later_one() -> None:
    _read(HEAD + "2013;53053;santé;1.5;0;241\n")
    _read(HEAD + "2018;53053;santé;0.25;0.5;241\n")
    old, new = diagnosis.radar(plan(), 2013), diagnosis.radar(plan(), 2018)
    assert [(r.rights[0].position, r.rights[0].is_below) for r in (old, new)] == [
        (Decimal("0.2500"), True), (Decimal("0.2500"), True),
    ]  # fmt: skip
    assert old.rights[0].value == Decimal("1.5")
    assert diagnosis.radar(plan()).held.edition == 2018
    assert diagnosis.radar(plan(), 2025) is None


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("", "Colonnes qui manquent"),
        (HEAD, "pas de ligne"),
        (HEAD + "2017;53053;santé;0.4;;\n", "2017 n’est pas connue"),
        (HEAD + "2013;53053;santé;1;;\n2018;53053;logement;0.4;;\n", "Plusieurs éditions"),
        (HEAD + "2018;53053;santé;0.4;;\n2018;53020;logement;0.4;;\n", "Plusieurs communes"),
        (HEAD + "2018;53053;santé;0.4;;\n2018;53053;Santé;0.5;;\n", "deux fois"),
        (HEAD + "2018;53053;santé;1.4;;\n", "va de 0 à 1"),
        (HEAD + "2018;53053;santé;0.4;7;\n", "va de 0 à 1"),
        (HEAD + "2018;53053;santé;haut;;\n", "Ligne 2 : un nombre"),
        (HEAD + "2018;53053;santé;NaN;;\n", "Ligne 2 : un nombre"),
        (HEAD + "2018;530;santé;0.4;;\n", "Ligne 2 : le droit"),
        (HEAD + "2018;53053;santé;0.4;;0\n", "Ligne 2 : le droit"),
    ],
)
def test_file_that_cannot_be_read_one_way_is_refused_whole(content: str, words: str) -> None:
    _read(HEAD + "2018;53053;logement;0.4;0.5;3\n")
    with pytest.raises(InvalidInput) as refused:
        _read(content)
    said = refused.value.fields["file"].replace("\xa0", " ")
    assert words in said
    assert list(IsadfValue.objects.values_list("name", flat=True)) == ["logement"]


def test_reading_an_edition_again_replaces_it() -> None:
    _read(HEAD + "2018;53053;santé;0.4;0.5;3\n")
    _read("\ufeff" + HEAD.replace(";", ",") + "2018,53053,santé,0.6,0.5,3\n")
    assert list(IsadfValue.objects.values_list("value", flat=True)) == [Decimal("0.6")]


def test_right_without_a_match_is_linked_by_hand() -> None:
    held = _read(HEAD + "2018;53053;Accès aux soins;0.4;0.5;3\n")
    row = diagnosis.unlinked_values(held.plan).get()
    right = diagnosis.rights_of(held.plan).get(name="santé")
    steering.link_value(value=row, right=right, **GIVEN)
    assert diagnosis.radar(held.plan).rights[0].axes == (3,)
    assert not diagnosis.unlinked_values(held.plan).exists()


def test_gaps_are_rights_under_the_region_that_no_running_line_answers() -> None:
    _read(
        HEAD + "2025;53053;santé;0.4;0.5;3\n2025;53053;logement;0.3;0.5;3\n"
        "2025;53053;alimentation;0.9;0.5;3\n2025;53053;Autre;0.1;0.5;3\n"
        "2025;53053;mobilité;0.2;;3\n"
    )
    held, day = plan(), NOW.date()

    def found() -> list[tuple[str, int, int]]:
        lines = diagnosis.active_lines(held, day)
        seen = diagnosis.gaps(held, diagnosis.radar(held), lines)
        return [(one.access.name, one.needs, one.same_axis) for one in seen]

    under = [row.action.axis.number for row in diagnosis.active_lines(held, day)]
    housing, health = under.count(2), under.count(3)
    assert found() == [("Autre", 0, 0), ("logement", 0, housing), ("santé", 0, health)]
    _item()
    assert found()[2] == ("santé", 1, health)
    _item(9)
    assert found() == [("Autre", 0, 0), ("logement", 0, housing)]


def test_axis_stands_at_the_mean_of_its_rights() -> None:
    _read(
        HEAD + "2025;53053;logement;0.4;0.5;3\n2025;53053;énergie et eau;0.6;0.7;3\n"
        "2025;53053;santé;0.3;;3\n"
    )
    axes = diagnosis.radar(plan()).by_axis()
    assert axes == [(2, Decimal("0.5"), Decimal("0.6")), (3, Decimal("0.3"), None)]


def test_need_is_written_anew_on_the_version_it_was_read_at() -> None:
    made = _item(9)
    _item(9, 10, item=made, version=0)
    with pytest.raises(EditConflict):
        draft = ItemDraft("Autre", "x", 2, tuple(made.rights.all()))
        steering.note_need(plan=plan(), draft=draft, item=made, version=0, **GIVEN)
    made.refresh_from_db()
    assert (made.need, made.version) == ("Pas de médecin au nord", 1)
    assert sorted(one.number for one in made.lines.all()) == [9, 10]


def test_need_without_words_source_or_right_is_refused() -> None:
    draft = ItemDraft(" ", "", 9, ())
    with pytest.raises(InvalidInput) as refused:
        steering.note_need(plan=plan(), draft=draft, **GIVEN)
    assert set(refused.value.fields) == {"need", "source", "priority", "rights"}


def test_need_retired_is_no_longer_observed() -> None:
    made = _item()
    with pytest.raises(InvalidInput):
        steering.retire_need(item=made, on=date(2026, 11, 1), **GIVEN)
    steering.retire_need(item=made, on=NOW.date(), **GIVEN)
    assert list(diagnosis.items_of(plan())) == []
    with pytest.raises(InvalidInput):
        steering.retire_need(item=made, on=NOW.date(), **GIVEN)


def test_four_people_before_the_diagnosis() -> None:
    held = plan()
    content = HEAD + "2018;53053;santé;0.4;0.5;3\n"
    given = {"plan": held, "content": content, **FICTION, "at": NOW}
    others = (
        agent(Role.FINANCE_DIRECTOR),
        agent(Role.SOCIAL_WORKER, "poverty"),
        person_actor("P1"),
    )
    for who in others:
        with pytest.raises(NotAllowed):
            steering.import_isadf(**given, by=who)
    assert steering.import_isadf(**given, by=lead()).edition == 2018
