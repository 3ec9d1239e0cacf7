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
