"""Strategic plans as an agent meets them: pages, filters, forms that lose nothing, files."""

import json
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from lxml import etree
from tests.factories.requests import agent
from tests.factories.steering import GIVEN, lead, line, plan
from tests.factories.strategic import HALF, KEY, action, element, ongoing, person, pst

from beffroi.accounts.enums import Role
from beffroi.steering import services as steering
from beffroi.steering.ecomptes import schema
from beffroi.steering.models import Commitment, Element, ElementBudget, StaffShare, StrategicPlan
from beffroi.steering.reports.progress_parts import progress_parts
from beffroi.steering.services import CostDraft
from beffroi.web.board.strategic.declarations import read_headings, written

pytestmark = pytest.mark.django_db
ROOT = f"/board/pst/{KEY}/"
DAY = date(2020, 5, 4)


def _director():
    return agent(Role.DIRECTOR_GENERAL, "")


def _text(browser, path: str) -> str:
    return browser.get(path).content.decode()


def test_list_shows_plans_and_declarations(door) -> None:
    steering.load_declaration(**GIVEN)
    pst()
    page = _text(door(lead()), "/board/pst/")
    assert "PST du CPAS" in page
    assert "Déclaration de politique sociale pour la législature 2018-2024" in page
    assert "projet" in page


def test_plan_is_opened_on_a_page_and_faults_lose_nothing(door) -> None:
    browser = door(lead())
    values = {
        "kind": "pst", "organisation": "CPAS", "name": "PST neuf", "key": "pst-neuf", "authority": "CPAS",
        "starts_date": "2025-01-01", "ends_date": "2024-01-01", "nis_code": "5x053",
    }  # fmt: skip
    answer = browser.post("/board/pst/ouvrir/?acte=ouvrir", values)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "La fin vient après le début." in page
    assert "Cinq chiffres, par exemple 53053." in page
    assert 'value="PST neuf"' in page
    values |= {"ends_date": "2030-12-31", "nis_code": "53053"}
    assert browser.post("/board/pst/ouvrir/?acte=ouvrir", values).status_code == 302
    assert StrategicPlan.objects.get().nis_code == "53053"


def test_tree_grows_on_pages(door) -> None:
    pst()
    browser = door(lead())
    top = {"title": "Mieux loger", "part": "external", "weight": 1}
    assert browser.post(f"{ROOT}acte/ajouter/?acte=ajouter", top).status_code == 302
    for ref, title in (("OS.1", "Créer des logements"), ("OO.1", "Acheter un logement")):
        where = f"{ROOT}acte/ajouter/?acte=ajouter&sur={ref}"
        assert browser.post(where, {"title": title, "weight": 1}).status_code == 302
    row = Element.objects.get(level="action")
    assert (row.reference, row.title, row.parent.parent.part) == (
        "A.1",
        "Acheter un logement",
        "external",
    )
    assert "Acheter un logement" in _text(browser, ROOT)


def test_edit_keeps_history_and_tells_the_second_writer(door) -> None:
    action(pst(), title="Acheter")
    browser = door(lead())
    where = f"{ROOT}acte/modifier/?acte=modifier&sur=A.1"
    values = {
        "title": "Acheter vite",
        "weight": 2,
        "version": 0,
        "planned_start": "2019-03-01",
        "planned_end": "2020-06-30",
    }
    assert browser.post(where, values).status_code == 302
    page = _text(browser, f"{ROOT}elements/A.1/")
    assert "Acheter → Acheter vite" in page
    late = browser.post(where, {**values, "title": "Autre chose"})
    assert late.status_code == 422
    assert "Quelqu’un vient de changer cet élément." in late.content.decode()
    assert "Autre chose" in late.content.decode()


@pytest.mark.parametrize(("view", "shown"), [
    ("", {"A.1", "A.2", "A.3", "OO.1"}), ("miens", {"A.2"}), ("retard", {"A.1", "A.2"}), ("debut", {"A.2"}),
    ("sans-indicateur", {"A.1", "A.2", "A.3"}), ("etat-stopped", {"A.3"}), ("sante-bad", {"A.1"}),
    ("synergie", {"A.3"}), ("inconnue", set()),
])  # fmt: skip
def test_each_view_shows_what_it_says(door, view, shown) -> None:
    made, who = pst(), lead()
    late = ongoing(made, progress=10)
    steering.tell_progress(
        element=late,
        progress=10,
        health="bad",
        words="Pas de terrain",
        version=late.version,
        **GIVEN,
    )
    action(made, late.parent, responsible=person(made, who))
    apart = ongoing(made, late.parent, synergy_kind="pooling", synergy_note="Un chauffeur commun")
    steering.move_element(element=apart, move="stop", on=DAY, why="Crise", **GIVEN)
    Element.objects.filter(pk=apart.pk).update(planned_end=date(2099, 1, 1))
    page = _text(door(who), f"{ROOT}?vue={view}")
    assert {ref for ref in ("OO.1", "A.1", "A.2", "A.3") if f"/elements/{ref}/" in page} == shown


def test_whoever_answers_says_where_her_action_stands(door) -> None:
    made, mine = pst(), agent(Role.PRESIDENT, "")
    action(made, responsible=person(made, mine))
    browser, where = door(mine), f"{ROOT}elements/A.1/"
    assert (
        browser.post(f"{where}?acte=etape", {"move": "start", "on": "2019-03-04"}).status_code
        == 302
    )
    faulty = browser.post(
        f"{where}?acte=avancement", {"progress": 40, "health": "bad", "words": "", "version": 0}
    )
    assert faulty.status_code == 422
    assert "Dites pourquoi, en une phrase." in faulty.content.decode()
    assert 'value="40"' in faulty.content.decode()
    values = {
        "progress": 40,
        "health": "watch",
        "words": "Permis attendu",
        "version": Element.objects.get(level="action").version,
    }
    assert browser.post(f"{where}?acte=avancement", values).status_code == 302
    page = _text(browser, where)
    assert "40\u00a0%" in page
    assert "Permis attendu" in page
    assert "Bonne → À surveiller" in page
    assert "– → 4 mars 2019" in page
    assert "acte/modifier" not in page
    assert browser.get(f"{ROOT}acte/modifier/?sur=A.1").status_code == 404


def test_reader_sees_no_form_and_posts_nothing(door) -> None:
    action(pst())
    browser, where = door(agent(Role.FINANCE_DIRECTOR, "")), f"{ROOT}elements/A.1/"
    assert "acte=avancement" not in _text(browser, where)
    assert (
        browser.post(f"{where}?acte=etape", {"move": "start", "on": "2019-03-04"}).status_code
        == 404
    )


def test_budget_that_does_not_make_100_is_told_beside_and_kept(door) -> None:
    action(pst())
    browser, where = door(lead()), f"{ROOT}acte/budget/?acte=budget&sur=A.1"
    answer = browser.post(where, {"year": 2020, "amount": "1000", "cpas": "40", "wallonia": "50"})
    assert answer.status_code == 422
    assert "Les parts font 90 % : il faut exactement 100 %." in answer.content.decode()
    assert 'value="40"' in answer.content.decode()
    browser.post(where, {"year": 2020, "amount": "1000", "cpas": "50", "wallonia": "50"})
    assert ElementBudget.objects.get().amount == 1000
    assert "CPAS 50\u00a0% (500,00 €)" in _text(browser, f"{ROOT}elements/A.1/")


def test_decision_adopts_the_plan(door) -> None:
    pst()
    browser = door(_director())
    values = {
        "body": "cpas_council",
        "on": "2019-06-03",
        "item": "4",
        "title": "Adoption",
        "adopts": "on",
    }
    assert browser.post(f"{ROOT}acte/decision/?acte=decision", values).status_code == 302
    assert "Adopté le 3 juin 2019." in _text(browser, ROOT)
    assert door(lead()).get(f"{ROOT}acte/decision/").status_code == 404


def test_declaration_page_lists_what_nothing_carries(door) -> None:
    declaration = steering.load_declaration(**GIVEN)
    action(pst(declaration=declaration), commitments=[Commitment.objects.get(number=7)])
    page = _text(door(lead()), "/board/declarations/cpas-2018/")
    assert "18 engagements n’ont pas encore d’action." in page
    assert page.count("sans action") >= 18
    assert "A.1 Titre action" in page


def test_declaration_is_written_anew_with_its_numbers(door) -> None:
    declaration = steering.load_declaration(**GIVEN)
    browser, where = door(lead()), "/board/declarations/cpas-2018/version/"
    values = {
        "text": "# Le logement\n7. Achat de deux logements.\n  - Rue Haute\n- Rénover\n",
        "reason": "Mi-mandat",
        "effective": "2021-06-01",
    }
    bad = browser.post(f"{where}?acte=version", {**values, "text": "# Titre\nSans numéro"})
    assert bad.status_code == 422
    assert "La ligne 2 ne se lit pas" in bad.content.decode()
    assert browser.post(f"{where}?acte=version", values).status_code == 302
    said = {
        row.commitment.number: (row.text, row.under and row.under.number)
        for row in declaration.versions.last().texts.all()
    }
    assert said == {
        7: ("Achat de deux logements.", None),
        22: ("Rue Haute", 7),
        23: ("Rénover", None),
    }


def test_what_the_form_shows_reads_back_the_same() -> None:
    from beffroi.steering.strategic_queries import coverage_of

    declaration = steering.load_declaration(**GIVEN)
    read = read_headings(written(coverage_of(declaration)))
    assert [len(one.commitments) for one in read] == [1, 4, 3, 5, 8]
    assert {said.number: said.under for one in read for said in one.commitments if said.under} == {
        11: 10, 12: 10, 13: 10, 15: 14, 16: 14,
    }  # fmt: skip


def test_gantt_draws_each_dated_element_and_says_the_same_in_a_table(door) -> None:
    made = pst()
    first = ongoing(made, progress=50)
    action(made, first.parent, planned_start=None, planned_end=None)
    page = _text(door(lead()), f"{ROOT}calendrier/")
    assert page.count('class="gantt-bar gantt-') == 3 + 3
    assert page.count('class="gantt-words') == 3
    assert "1 sans dates ne se dessinent pas." in page
    assert "1er mars 2019" not in page
    assert "4 mars 2019" in page


def test_staff_is_refused_beyond_the_whole_with_words(door) -> None:
    plan()
    pst(key="mons-pssp", kind="pssp", name="PSSP")
    worker = int(agent(Role.PREVENTION_WORKER, "prevention").ref)
    steering.assign_staff(
        plan=line(1).plan, agent=worker, function="animator", since=DAY, until=None, fte=Decimal(1),
        charged_fte=Decimal("0.80"), monthly_cost=Decimal(4000), **GIVEN,
    )  # fmt: skip
    browser, where = door(lead()), "/board/pst/mons-pssp/argent/"
    values = {
        "agent": worker,
        "function": "Gardien",
        "since": "2021-01-01",
        "fte": "1",
        "charged_fte": "0,5",
    }
    answer = browser.post(f"{where}?acte=affecter", values)
    assert answer.status_code == 422
    assert "il reste 0,20." in answer.content.decode()
    assert 'value="Gardien"' in answer.content.decode()
    assert (
        browser.post(f"{where}?acte=affecter", {**values, "charged_fte": "0,2"}).status_code == 302
    )
    said = _text(browser, where).replace("\u202f", " ").replace("0,8 :", "0,80 :")
    assert "0,80 : Plan de cohésion sociale" in said
    assert StaffShare.objects.get().charged_fte == Decimal("0.20")


def test_cost_of_the_pcs_is_shown_with_the_part_of_the_pssp(door) -> None:
    made = plan()
    pst(key="mons-pssp", kind="pssp", name="PSSP")
    half = Decimal("0.5")
    draft = CostDraft(
        DAY, "Travail de rue", "fonctionnement", Decimal(900), shares={"pcs": half, "pssp": half}
    )
    steering.charge(plan=made, year=2020, draft=draft, **GIVEN)
    browser, where = door(agent(Role.FINANCE_DIRECTOR, "")), "/board/pst/mons-pssp/argent/"
    assert "450,00" in _text(browser, where)
    values = {"on_date": "2020-05-04", "label": "Travail de rue", "amount": "900"}
    answer = browser.post(f"{where}?acte=depenser", values)
    assert (answer.status_code, "elle compte déjà" in answer.content.decode()) == (422, True)


def test_frozen_state_is_the_same_file_each_time_even_when_the_plan_moves(door) -> None:
    row = ongoing(pst(), progress=30, title="Acheter un logement")
    steering.set_element_budget(
        element=row, year=2020, amount=Decimal("100.01"), parts=HALF, **GIVEN
    )
    browser, where = door(lead()), f"{ROOT}etats/"
    assert browser.post(f"{where}?acte=figer", {"reason": "Mi-parcours"}).status_code == 302
    first = {
        form: browser.get(f"{where}1/{form}/").content for form in ("pdf", "docx", "xlsx", "json")
    }
    assert first["pdf"][:5] == b"%PDF-"
    assert first["docx"][:2] == first["xlsx"][:2] == b"PK"
    steering.tell_progress(
        element=row, progress=90, health="good", words="", version=row.version, **GIVEN
    )
    assert first == {form: browser.get(f"{where}1/{form}/").content for form in first}
    browser.post(f"{where}?acte=figer", {"reason": "Mi-parcours"})
    assert browser.get(f"{where}2/json/").content != first["json"]
    assert browser.get(f"{where}3/json/").status_code == 404


def test_unchanged_plan_is_not_frozen_twice(door) -> None:
    action(pst())
    browser = door(lead())
    for _time in range(2):
        browser.post(f"{ROOT}etats/?acte=figer", {"reason": "Encore"})
    assert StrategicPlan.objects.get().reports.count() == 1


def test_frozen_state_says_in_brief_what_waits(door) -> None:
    made = pst()
    action(made, ongoing(made).parent)
    steering.freeze_progress(plan=made, on=timezone.localdate(GIVEN["at"]), reason="x", **GIVEN)
    brief = progress_parts(json.loads(made.reports.get().content))[1]
    assert brief.sentences == (
        "Le plan a 2 actions et sous-actions : à planifier (1), en cours (1).", "Santé : bonne (2).",
        "2 actions ont dépassé leur fin prévue.",
    )  # fmt: skip


def test_frozen_state_names_nobody(door) -> None:
    made = pst()
    action(made, responsible=person(made, last_name="Vandersmissen"))
    steering.freeze_progress(plan=made, on=timezone.localdate(GIVEN["at"]), reason="x", **GIVEN)
    content = made.reports.get().content
    assert "Vandersmissen" not in content
    assert "Direction du service logement" in content


def test_ecomptes_page_says_what_lacks_then_gives_a_valid_file(door) -> None:
    made = pst(nis_code="")
    action(made, title="x" * 300, responsible=person(made))
    browser, where = door(lead()), f"{ROOT}ecomptes/"
    page = _text(browser, where)
    assert "Le code INS de la commune manque." in page
    assert "300 caractères" in page
    assert "Camille Dupont" in page
    assert browser.get(f"{where}fichier/").status_code == 302
    StrategicPlan.objects.update(nis_code="53053")
    Element.objects.filter(level="action").update(title="Acheter")
    answer = browser.get(f"{where}fichier/?annee=2020")
    assert answer["Content-Disposition"] == f'attachment; filename="{KEY}-2020-ecomptes.xml"'
    assert schema().validate(etree.fromstring(answer.content))


def test_board_home_says_what_waits_on_the_strategic_plans(door) -> None:
    plan()
    ongoing(pst())
    assert "PST du CPAS : 1 action a dépassé sa fin prévue." in _text(door(lead()), "/board/")


def test_pages_cost_the_same_for_one_action_and_three(door) -> None:
    declaration = steering.load_declaration(**GIVEN)
    plan()
    made = pst(declaration=declaration)
    parent, browser, costs = element(made, "operational"), door(lead()), []
    given = list(Commitment.objects.all())
    for number in range(3):
        row = action(
            made,
            parent,
            lines=[line(13 + number)],
            commitments=[given[number]],
            responsible=person(made),
        )
        steering.measure_element(element=row, measure="activities.sessions_held", **GIVEN)
        costs.append([])
        for path in (
            ROOT,
            f"{ROOT}calendrier/",
            f"{ROOT}argent/",
            f"{ROOT}ecomptes/",
            "/board/declarations/cpas-2018/",
            "/board/pst/",
            "/board/",
        ):
            with CaptureQueriesContext(connection) as seen:
                assert browser.get(path).status_code == 200
            costs[-1].append((path, len([q for q in seen if "SAVEPOINT" not in q["sql"]])))
    assert costs[0] == costs[2]
    assert max(count for _path, count in costs[2][:-1]) <= 22


def test_page_of_an_element_costs_a_known_number_of_queries(door) -> None:
    plan()
    row = ongoing(pst(), progress=10, lines=[line(13)])
    steering.measure_element(element=row, measure="activities.sessions_held", **GIVEN)
    browser = door(lead())
    with CaptureQueriesContext(connection) as seen:
        assert browser.get(f"{ROOT}elements/A.1/").status_code == 200
    assert len(seen) <= 30
