"""An outing without a network: what was touched is kept on the phone, then counts once."""

import sqlite3
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from tests.browser.conftest import axe_faults, sign_in

pytestmark = pytest.mark.browser


def _begin(page: Page) -> str:
    """An outing in the centre of the town; the address of its page."""
    sign_in(page, "prevention")
    page.goto("/field/terrain/")
    already = page.locator("a.big[data-keep]").first
    if already.count():
        already.click()
    else:
        page.click("label:has-text('Centre-ville')")
        page.click("button:has-text('Sortir maintenant')")
    page.wait_for_url("**/field/terrain/*/")
    return page.url


def _counted(database: Path, outing: str) -> tuple[int, int]:
    pk = int(outing.rstrip("/").rsplit("/", 1)[1])
    with sqlite3.connect(database) as held:
        row = held.execute(
            "select count(*), coalesce(sum(people), 0) from fieldwork_contact where outing_id=?",
            (pk,),
        ).fetchone()
    return int(row[0]), int(row[1])


def _ready(page: Page) -> None:
    expect(page.locator("html")).to_have_attribute("data-kept", "yes", timeout=30_000)


def test_contacts_without_a_network_then_once_each(
    page: Page, context: BrowserContext, database: Path
) -> None:
    outing = _begin(page)
    _ready(page)
    page.reload()  # from now on the worker answers
    _ready(page)
    before, people = _counted(database, outing)
    context.set_offline(True)
    page.click("label:has-text('Gare')")
    for _time in range(10):
        page.click("#n-3")
    page.fill("[name=other]", "40")
    page.click("#n-other")
    expect(page.locator("#outbox")).to_have_attribute("data-count", "11")
    assert _counted(database, outing) == (before, people)
    page.goto(outing)  # the page itself opens without a network, and knows what waits
    expect(page.locator("[data-count=people]")).to_have_text(str(people + 70))
    context.set_offline(False)
    expect(page.locator("#outbox")).to_have_attribute("data-count", "0", timeout=60_000)
    page.reload()
    expect(page.locator("[data-count=people]")).to_have_text(str(people + 70))
    assert _counted(database, outing) == (before + 11, people + 70)


def _outings(database: Path) -> list[tuple[int, str, int | None, str]]:
    with sqlite3.connect(database) as held:
        return held.execute(
            "select id, state, minutes, note from fieldwork_outing order by id"
        ).fetchall()


def _end_what_is_open(page: Page) -> None:
    """An agent is on one outing at a time: the demo, or another test, may have left one."""
    sign_in(page, "prevention")
    page.goto("/field/terrain/")
    mine = page.locator("li[data-mark] a.big").first
    if mine.count():
        mine.click()
        page.click("button:has-text('Rentrer')")
        page.wait_for_url("**/field/terrain/")


def test_outing_begins_and_ends_without_a_network_and_is_written_once(
    page: Page, context: BrowserContext, database: Path
) -> None:
    _end_what_is_open(page)
    page.goto("/field/terrain/")
    _ready(page)
    page.reload()  # from now on the worker answers
    _ready(page)
    before = _outings(database)
    context.set_offline(True)
    for people in ("3", "5"):  # two outings one after the other, each with its contacts
        page.goto("/field/terrain/")
        page.click("label:has-text('Centre-ville')")
        page.click("button:has-text('Sortir maintenant')")
        page.wait_for_url("**/field/terrain/secteur/*/")
        expect(page.locator("h1")).to_have_text("Centre-ville")
        page.click(f"#n-{people}")
        page.click(f"#n-{people}")
        expect(page.locator("[data-count=people]")).to_have_text(str(2 * int(people)))
        page.reload()  # the page of an outing that exists on the phone alone
        expect(page.locator("[data-count=people]")).to_have_text(str(2 * int(people)))
        assert axe_faults(page) == []
        page.fill("#note", "Calme.")
        page.click("button:has-text('Rentrer')")
        page.wait_for_url("**/field/terrain/")
        expect(page.locator("[data-back]")).to_contain_text("dès que le réseau revient")
    expect(page.locator("#outbox")).to_have_attribute("data-count", "8")
    assert _outings(database) == before
    context.set_offline(False)
    expect(page.locator("#outbox")).to_have_attribute("data-count", "0", timeout=60_000)
    page.reload()
    made = _outings(database)[len(before) :]
    assert [row[1:] for row in made] == [("closed", 1, "Calme.")] * 2
    assert [_counted(database, f"/field/terrain/{row[0]}/") for row in made] == [(2, 6), (2, 10)]
    expect(page.locator("#refused")).to_be_hidden()


def test_what_the_house_refuses_is_told_and_kept_until_it_is_read(
    page: Page, context: BrowserContext, database: Path
) -> None:
    outing = _begin(page)
    _ready(page)
    page.reload()
    _ready(page)
    context.set_offline(True)
    page.click("summary:has-text('Un constat')")
    page.click("form[data-act=constat] label:has-text('Éclairage')")
    page.click("button:has-text('Noter ce constat')")  # nobody said where
    context.set_offline(False)
    told = page.locator("#refused li")
    expect(told).to_contain_text("Dites où", timeout=60_000)
    page.goto("/field/terrain/")
    expect(told).to_contain_text("Un constat")
    expect(page.locator("#outbox")).to_contain_text("1 refusé :")
    assert axe_faults(page) == []
    told.locator("button").click()
    expect(page.locator("#refused")).to_be_hidden()
    page.goto(outing)
    expect(page.locator("#refused")).to_be_hidden()


def test_more_women_than_people_is_said_before_it_is_kept(page: Page) -> None:
    _begin(page)
    page.click("summary:has-text('Dire plus')")
    page.fill("[name=women]", "3")
    page.click("#n-2")
    assert "plus de personnes" in page.locator("[name=other]").evaluate(
        "one => one.validationMessage"
    )
    page.fill("[name=women]", "2")
    page.click("#n-2")
    expect(page.locator("[name=women]")).to_have_value("")
    expect(page.locator("#outbox")).to_have_attribute("data-count", "0", timeout=30_000)


@pytest.mark.parametrize("width", [390, 1280])
def test_outing_has_no_fault_of_access(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    _begin(page)
    page.click("summary:has-text('Dire plus')")
    page.click("summary:has-text('Un constat')")
    assert axe_faults(page) == []
