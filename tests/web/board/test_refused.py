"""A form of the board that is refused: words beside the field, and nothing typed is lost."""

import re

import pytest
from tests.factories.requests import agent
from tests.factories.steering import lead, plan

from beffroi.accounts.enums import Role
from beffroi.steering.models import ChangeRequest, Expenditure, ReportText

KEY = "mons-pcs-2020"
pytestmark = pytest.mark.django_db
ROOT = f"/board/plans/{KEY}/"
MONEY, CALENDAR, REPORTS = f"{ROOT}argent/2026/", f"{ROOT}calendrier/2026/", f"{ROOT}rapports/2026/"
COST = {
    "on_date": "2026-03-02", "label": "Location d’une salle", "nature": "fonctionnement", "line": "32",
    "amount": "120,50", "share": "100", "other_funding": "", "supplier": "Salle des fêtes",
}  # fmt: skip


def _sent(browser, act: str, page: str, ref: str, **typed: str):
    return browser.post(f"/board/acte/{act}/", {"retour": page, "ref": ref, **typed})


def _wrong(page: str) -> list[str]:
    """The fields that the page says are wrong, each described by words."""
    tags = re.findall(r"<(?:input|select|textarea)[^>]*aria-invalid=\"true\"[^>]*>", page)
    assert all("aria-describedby=" in tag for tag in tags)
    return [re.findall(r' name="([^"]+)"', tag)[0] for tag in tags]


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("amount", "douze", "Saisissez un nombre."),
        ("amount", "", "Ce champ est obligatoire."),
        ("amount", "1e999", "Assurez-vous"),
        ("on_date", "2026-13-45", "Saisissez une date valide."),
        ("label", "", "Ce champ est obligatoire."),
        ("label", "x" * 900, "Assurez-vous que cette valeur comporte au plus"),
    ],
)
def test_cost_that_is_refused_keeps_what_was_typed(door, field: str, typed: str, said: str) -> None:
    plan()
    answer = _sent(door(lead()), "depenser", MONEY, f"{KEY}/2026", **{**COST, field: typed})
    page = answer.content.decode()
    assert (answer.status_code, _wrong(page)) == (422, [field])
    assert said in page
    assert page.index("<h1>") < page.index('class="error-summary"')
    kept = {**COST, field: typed}
    for name in ("label", "amount", "supplier"):
        if kept[name]:
            assert f'value="{kept[name]}"' in page
    assert 'value="32" selected' in page
    assert Expenditure.objects.count() == 0


def test_amount_with_a_comma_is_taken(door) -> None:
    plan()
    answer = _sent(door(lead()), "depenser", MONEY, f"{KEY}/2026", **COST)
    assert answer.status_code == 302
    assert str(Expenditure.objects.get().amount) == "120.50"


def test_what_a_service_refuses_stands_beside_its_field(door) -> None:
    plan()
    typed = {
        "kind": "retitle",
        "line": "",
        "reason": "Pour le mardi",
        "objective": "Ouvrir le mardi",
    }
    answer = _sent(door(lead()), "demander", f"{ROOT}modifications/", KEY, **typed)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "line" in _wrong(page) or "kind" in _wrong(page)
    assert "Pour le mardi" in page
    assert "Ouvrir le mardi" in page
    assert ChangeRequest.objects.count() == 0


def test_of_two_forms_of_one_act_the_one_that_was_sent_comes_back(door) -> None:
    plan()
    typed = {"section": "prospects", "version": "x", "text": "Ouvrir le samedi."}
    page = _sent(door(lead()), "ecrire", REPORTS, f"{KEY}/2026", **typed).content.decode()
    kept = re.findall(r'<textarea[^>]*id="([^"]+)"[^>]*>\s*Ouvrir le samedi\.', page)
    assert kept == ["ecrire-prospects-text"]
    assert ReportText.objects.count() == 0


@pytest.mark.parametrize("day", ["", "31/02/2026", "0001-01-01"])
def test_council_without_a_day_is_refused_beside_it(door, day: str) -> None:
    plan()
    answer = _sent(
        door(lead()), "annoncer", CALENDAR, f"{KEY}/2026", on=day, source="Agenda du conseil"
    )
    page = answer.content.decode()
    assert (answer.status_code, _wrong(page)) == (422, ["on"])
    assert 'value="Agenda du conseil"' in page


@pytest.mark.parametrize(
    "back", ["/board/nulle-part/", "/desk/", "", "https://ailleurs.test/board/"]
)
def test_refused_form_of_no_page_is_told_on_the_board(door, back: str) -> None:
    plan()
    answer = _sent(door(lead()), "depenser", back, f"{KEY}/2026", **{**COST, "amount": "douze"})
    assert (answer.status_code, answer["Location"]) == (
        302, "/board/nulle-part/" if "nulle" in back else "/board/",
    )  # fmt: skip


def test_page_of_another_role_is_not_shown_to_bring_a_form_back(door) -> None:
    plan()
    browser = door(agent(Role.PRESIDENT, ""))
    answer = _sent(browser, "depenser", "/board/pst/ouvrir/", f"{KEY}/2026", amount="douze")
    assert answer.status_code == 302
