"""A file is loaded whole or not at all, and each line at fault says why."""

from datetime import date

import pytest
from tests.factories import people as persons
from tests.factories.stays import HOUSE, NOW, day_house, guest, house, keeper, night

from beffroi.acts.stays import services as stays
from beffroi.acts.stays.models import Guest, Opening, OpeningCount, Stay, Visit
from beffroi.acts.stays.services import Arrival, BadFile
from beffroi.audit.models import JournalEntry
from beffroi.cli import load

pytestmark = pytest.mark.django_db
HEADS = "house;date;kind;guest;sex;count;birth_year;person;dog"
DAY = date(2026, 11, 20)


def _load(*lines: str, by=HOUSE):
    return stays.load_file(content="\n".join([HEADS, *lines]), by=by, at=NOW)


def _nothing() -> bool:
    return not (Stay.objects.exists() or Visit.objects.exists() or Opening.objects.exists())


def test_guests_alone_and_numbers_are_loaded_and_closed() -> None:
    house(3, name="Abri"), day_house(name="Jour")
    found = _load(
        "Abri;2026-11-20;night;Momo;M;;1980;;oui", "abri;20/11/2026;nuit;;;2;;;",
        "Jour;2026-11-20;jour;Momo;;;;;", "Jour;2026-11-20;day;;;5;;;",
        "Jour;2026-11-21;day;;;0;;;",
    )  # fmt: skip
    assert (found.guests, found.nights, found.visits, found.openings) == (1, 3, 2, 3)
    momo = Guest.objects.get()
    assert (momo.alias, momo.sex, momo.birth_year, momo.last_date) == ("Momo", "m", 1980, DAY)
    rows = {(o.house.name, o.date.day): o for o in Opening.objects.select_related("house")}
    told = {key: (o.state, o.slept, o.slept_unnamed, o.dogs, o.visits) for key, o in rows.items()}
    assert told == {
        ("Abri", 20): ("closed", 3, 2, 1, 0), ("Jour", 20): ("closed", 0, 0, 0, 6),
        ("Jour", 21): ("closed", 0, 0, 0, 0),
    }  # fmt: skip
    assert JournalEntry.objects.filter(verb="stay.load").count() == 2


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("Ailleurs;2026-11-20;night;Momo;;;;;", "Aucune maison"),
        ("Jour;2026-11-20;night;Momo;;;;;", "ne s’ouvre pas ainsi"),
        ("Abri;20.11.26;night;Momo;;;;;", "La date s’écrit"),
        ("Abri;2026-12-20;night;Momo;;;;;", "pas encore venue"),
        ("Abri;2019-11-20;night;Momo;;;;;", "n’est pas ouverte"),
        ("Abri;2026-11-20;soir;Momo;;;;;", "La sorte"),
        ("Abri;2026-11-20;night;Momo;Z;;;;", "Le sexe"),
        ("Abri;2026-11-20;night;;;;;;", "un nombre de 0"),
        ("Abri;2026-11-20;night;Momo;;3;;;", "compte une personne"),
        ("Abri;2026-11-20;night;Momo;;;80;;", "L’année"),
        ("Abri;2026-11-20;night;Momo;;;;P-00;", "Aucune personne"),
        ("Abri;2026-11-20;night;!!;;;;;", "ni lettre ni chiffre"),
        ("Abri;2026-11-20;night;;;4;;;", "plus de lit"),
        ("abri;2026-11-20;night;BON;;;;;", "que la ligne 2"),
        ("Abri 2;2026-11-20;night;Bon;;;;;", "dort déjà ailleurs"),
        ("Abri;2026-11-21;night;Bon;F;;;;", "autre chose"),
        (";2026-11-20;night;Momo;;;;;", "La maison manque"),
    ],
)
def test_a_line_at_fault_is_named_and_nothing_is_written(line: str, words: str) -> None:
    house(3, name="Abri"), house(3, name="Abri 2"), day_house(name="Jour")
    with pytest.raises(BadFile) as told:
        _load("Abri;2026-11-20;night;Bon;M;;;;", line)
    assert set(told.value.fields) == {"ligne 3"}
    assert words in told.value.fields["ligne 3"]
    assert _nothing() and not Guest.objects.exists()


@pytest.mark.parametrize(
    ("content", "words"),
    [("", "Il manque des colonnes"), ("house;date;kind\nA;B;C", "guest"), (HEADS, "vide")],
)
def test_a_file_without_its_columns_or_lines_is_refused(content: str, words: str) -> None:
    with pytest.raises(BadFile) as told:
        stays.load_file(content=content, by=HOUSE, at=NOW)
    assert words in "".join(told.value.fields.values())


def test_only_who_keeps_the_house_loads_its_nights() -> None:
    house(3, name="Abri")
    line = "Abri;2026-11-20;night;Momo;;;;;"
    with pytest.raises(BadFile, match="Rien n’est écrit"):
        _load(line, by=keeper("street_work"))
    assert _load(line, by=keeper()).nights == 1


def test_more_lines_for_a_closed_night_are_a_correction() -> None:
    of = house(3, name="Abri")
    _load("Abri;2026-11-20;night;Momo;;;;;")
    found = _load("Abri;2026-11-20;night;Momo;;;;;", "Abri;2026-11-20;night;Zoé;F;;;;")
    assert (found.nights, found.known) == (1, 1)
    rows = list(OpeningCount.objects.values_list("revision", "slept", "why"))
    assert rows == [(1, 1, "Repris d’un fichier."), (2, 2, "Repris d’un fichier.")]
    assert Opening.objects.get(house=of).slept == 2


def test_a_number_that_changed_is_refused_not_added() -> None:
    day_house(name="Jour")
    _load("Jour;2026-11-20;day;;;5;;;")
    with pytest.raises(BadFile) as told:
        _load("Jour;2026-11-20;day;;;6;;;")
    assert "avec un autre nombre" in told.value.fields["ligne 2"]
    assert Visit.objects.get().count == 5


def test_a_guest_joined_to_another_and_a_person_are_recognised() -> None:
    of, person = house(3, name="Abri"), persons.person()
    ann, anna = guest(of, "Ann"), guest(of, "Anna")
    stays.join_guests(kept=ann.pk, other=anna.pk, by=HOUSE, at=NOW)
    _load(f"Abri;2026-11-20;night;ANNA;;;;{person.reference};")
    ann.refresh_from_db()
    assert (Stay.objects.get().guest_id, ann.person_id) == (ann.pk, person.pk)
    night(of, ann)
    assert Guest.objects.count() == 2


def test_command_prints_what_it_added_and_what_is_wrong(tmp_path, capsys) -> None:
    house(3, name="Abri")
    path = tmp_path / "nuits.csv"
    path.write_text(f"{HEADS}\nAbri;2026-11-20;night;Momo;;;;;\n", encoding="utf-8")
    assert load.run(["stays", str(path)]) == 0
    assert "     1  nuits" in capsys.readouterr().out
    path.write_text(f"{HEADS}\nAbri;hier;night;Momo;;;;;\n", encoding="utf-8")
    assert load.run(["stays", str(path)]) == 2
    assert "ligne 2 : La date s’écrit" in capsys.readouterr().err
    assert load.run(["stays", str(tmp_path / "absent.csv")]) == 2


def test_nights_that_the_file_does_not_name_stay_open() -> None:
    named, other = house(3, name="Abri"), house(3, name="Refuge", team_key="street_work")
    for of in (named, other):
        night(of, guest(of), DAY)
    kept = stays.keep_bed(house=named.pk, day=DAY, arrival=Arrival(), by=HOUSE, at=NOW)
    _load("Abri;2026-11-20;night;Momo;;;;;", by=keeper())
    states = dict(Opening.objects.values_list("house__name", "state"))
    assert states == {"Abri": "closed", "Refuge": "open"}
    kept.refresh_from_db()
    assert kept.state == "released"


def test_what_was_taken_back_since_a_file_was_loaded_stays_taken_back() -> None:
    house(3, name="Abri"), day_house(name="Jour")
    lines = ("Abri;2026-11-20;night;Momo;;;;;", "Jour;2026-11-20;day;Momo;;;;;")
    _load(*lines)
    given = {"by": HOUSE, "at": NOW, "why": "Erreur"}
    stays.move_stay(stay=Stay.objects.get().pk, key="take_back", **given)
    come = Visit.objects.get()
    stays.take_back_visit(house=come.opening.house_id, day=DAY, guest=come.guest.mark, **given)
    found = _load(*lines)
    assert (found.nights, found.visits, found.known) == (0, 0, 2)
    assert set(Opening.objects.values_list("slept", "visits")) == {(0, 0)}
