"""The export for eComptes: valid whatever people write, true civilities, rates made from below."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from tests.factories.steering import GIVEN, line, plan
from tests.factories.strategic import action, element, ongoing, person, pst

from beffroi.cli import pst as command
from beffroi.core.errors import InvalidInput, NotAllowed
from beffroi.steering import services as steering
from beffroi.steering.ecomptes import STATUS, ecomptes_xml, missing_of, schema
from beffroi.steering.models import Element, Partner, StrategicPlan
from beffroi.steering.strategic_enums import ElementState, Level

pytestmark = pytest.mark.django_db
DAY = date(2020, 5, 4)


def _read(made: StrategicPlan, form: str = "import"):
    root = etree.fromstring(ecomptes_xml(made, year=2020, form=form))
    assert schema(form).validate(root), schema(form).error_log
    return root


def _of(root, ref: str):
    return root.xpath(f"//*[@ElementId='{ref}']")[0]


@pytest.mark.parametrize("form", ["import", "export"])
def test_plan_is_valid_against_the_schema(form) -> None:
    made = pst()
    action(made)
    root = _read(made, form)
    assert root.findtext("Identifiants/TypeAdmin") == "CPAS"
    assert root.findtext("Identifiants/INS") == "53053"
    assert root.findtext("PST/DescriptionPST/ExerciceFin") == "2024"
    assert [one.get("ElementId") for one in root.iter("Volet")] == ["V.2"]


def test_civilities_are_those_people_say_and_nobody_is_given_one() -> None:
    made = pst()
    she = person(made, civility="madame", said=DAY, last_name="Lambert", phone="065 40 51 11")
    mx = person(
        made, civility="mx", said=DAY, last_name="Colin", function="Présidence", quality="mandatary"
    )
    first = action(made, responsible=she, mandatary=mx)
    action(made, first.parent, responsible=person(made, last_name="Dubois", function="Énergie"))
    root = _read(made)
    one, two = _of(root, "A.1"), _of(root, "A.2")
    assert [n.text for n in one.find("Responsable")] == [
        "MADAME",
        "Lambert",
        "Camille",
        "065 40 51 11",
        None,
    ]
    assert one.find("Mandataire") is None
    assert one.findtext("RemarqueStatut/Valeur") == "Mandataire : Camille Colin, Présidence."
    assert two.find("Responsable") is None
    assert two.findtext("RemarqueStatut/Valeur") == "Responsable : Camille Dubois, Énergie."


def test_rates_and_fte_of_objectives_are_made_from_their_actions() -> None:
    made = pst()
    first = ongoing(made, progress=50, fte=Decimal("0.50"))
    ongoing(made, first.parent, progress=75, fte=Decimal("1.25"))
    stopped = ongoing(made, first.parent, progress=100)
    steering.move_element(element=stopped, move="stop", on=DAY, why="Plus de budget", **GIVEN)
    root = _read(made)
    found = {
        ref: (_of(root, ref).findtext("TauxAvancement"), _of(root, ref).findtext("ETP"))
        for ref in ("A.1", "OO.1", "OS.1")
    }
    assert found == {"A.1": ("50.00", "0.50"), "OO.1": ("62.50", "1.75"), "OS.1": ("62.50", "1.75")}
    assert _of(root, "V.2").findtext("TauxAvancement") == "62.50"
    assert "1 en dessous à part" in _of(root, "OO.1").findtext("RemarqueStatut/Valeur")


@pytest.mark.parametrize("state", list(ElementState))
def test_each_state_has_its_status(state) -> None:
    made = pst()
    row = action(made)
    Element.objects.filter(pk=row.pk).update(state=state)
    assert _of(_read(made), "A.1").findtext("Statut") == STATUS[state]


def test_partners_and_plans_are_told() -> None:
    plan()
    made = pst()
    action(made, lines=[line(13)], partners=list(Partner.objects.filter(name="ASBL Article 27")))
    one = _of(_read(made), "A.1")
    assert [n.text for n in one.iter("Partenaire")] == ["ASBL Article 27"]
    assert [n.text for n in one.iter("Plan")] == ["Plan de cohésion sociale (PCS)"]


def test_refusal_lists_each_thing_that_is_missing() -> None:
    made = pst(nis_code="")
    row = action(made, title="x" * 256)
    long = person(made, civility="monsieur", said=DAY, first_name="A" * 51, phone="0" * 16)
    bare = ongoing(made, row.parent, planned_start=None, planned_end=None, responsible=long)
    assert [(one.where[:3], one.what) for one in missing_of(made)] == [
        ("PST", "Le code INS de la commune manque."),
        ("A.1", "L’intitulé a 256 caractères ; eComptes en prend 255."),
        ("A.2", "Les dates de début et de fin manquent."),
        ("A.2", f"{'A' * 51} Dupont : le prénom dépasse 50 caractères."),
        ("A.2", f"{'A' * 51} Dupont : le téléphone dépasse 15 caractères."),
    ]
    with pytest.raises(InvalidInput) as refused:
        ecomptes_xml(made, year=2020)
    assert len(refused.value.fields) == 3
    assert bare.reference == "A.2"


def test_pssp_and_empty_plan_are_refused() -> None:
    for made in (pst(key="vide"), pst(key="pssp", kind="pssp")):
        with pytest.raises(InvalidInput):
            ecomptes_xml(made, year=2020)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(title=st.text(min_size=1, max_size=255), words=st.text(max_size=400))
def test_any_words_make_a_valid_file(title, words, db) -> None:
    made = _unsaved(title, words)
    root = etree.fromstring(made)
    assert schema().validate(root), schema().error_log
    assert len(_of(root, "A.1").findtext("Libelle") or "") <= 255


def _unsaved(title: str, words: str) -> bytes:
    held = StrategicPlan.objects.first() or pst()
    row = Element.objects.filter(level=Level.ACTION).first() or action(held)
    storable = {
        "title": title.replace("\x00", " ").encode("utf-8", "replace").decode(),
        "description": words.replace("\x00", " ").encode("utf-8", "replace").decode(),
    }
    Element.objects.filter(pk=row.pk).update(**storable)
    return ecomptes_xml(held, year=2020)


def test_large_plan_is_valid_and_costs_few_queries(django_assert_max_num_queries) -> None:
    made = pst()
    who = person(made, civility="madame", said=DAY)
    numbers = {level: 0 for level in Level}
    rows = []

    def add(level: Level, parent: Element | None, **values) -> Element:
        numbers[level] += 1
        row = Element.objects.create(
            plan=made, level=level, parent=parent, number=numbers[level], title=f"{level} & <{numbers[level]}>",
            part="internal" if parent is None and numbers[level] % 2 else "external" if parent is None else "",
            responsible=who, **values,
        )  # fmt: skip
        rows.append(row)
        return row

    for _top in range(10):
        top = add(Level.STRATEGIC, None)
        for _middle in range(5):
            middle = add(Level.OPERATIONAL, top)
            for _low in range(8):
                add(Level.ACTION, middle, progress=40, fte=Decimal("0.25"), state="ongoing",
                    planned_start=DAY, planned_end=DAY)  # fmt: skip
    with django_assert_max_num_queries(8):
        root = etree.fromstring(ecomptes_xml(made, year=2020))
    assert schema().validate(root)
    assert len(root.findall(".//Action")) == 400
    assert [one.get("ElementId") for one in root.iter("Volet")] == ["V.1", "V.2"]
    assert {one.findtext("TauxAvancement") for one in root.iter("ObjectifStrategique")} == {"40.00"}


def test_command_writes_a_valid_file_or_says_what_is_missing(tmp_path, capsys) -> None:
    made, out = pst(), tmp_path / "pst.xml"
    assert command.run(["ecomptes", "--output", str(out)]) == 1
    assert "n’a pas d’objectif stratégique" in capsys.readouterr().err
    element(made, Level.ACTION)
    assert command.run(["ecomptes", "--plan", made.key, "--output", str(out)]) == 0
    root = etree.parse(str(out))
    assert schema().validate(root)
    assert root.findtext("Identifiants/Exercice") == str(timezone.localdate().year)
    assert command.run(["ecomptes", "--plan", "inconnu"]) == 1
    assert command.run([]) == 2


def test_stranger_exports_nothing(stranger) -> None:
    made = pst()
    action(made)
    with pytest.raises(NotAllowed):
        steering.export_ecomptes(plan=made, year=2020, by=stranger, at=GIVEN["at"])
