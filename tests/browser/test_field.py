"""A phone without a network for an afternoon: what was tapped is kept, then counts once."""

import re
import sqlite3
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import BrowserContext, Error, Page, expect
from tests.browser.conftest import axe_faults, sign_in

pytestmark = pytest.mark.browser
BRUSSELS = ZoneInfo("Europe/Brussels")

#: The portal’s first page: where leaving leads.
HOME = re.compile(r"//[^/]+/$")


def _begin(page: Page) -> str:
    """An activity with a session that is going on; the address of its sheet."""
    sign_in(page, "animateur")
    page.goto("/desk/activites/nouvelle/")
    page.fill("[name=name]", f"Après-midi {datetime.now(BRUSSELS):%H%M%S%f}")
    page.click("main form button[type=submit]")
    page.click("summary:has-text('Ajouter une séance')")
    now = datetime.now(BRUSSELS)
    start = max(now - timedelta(hours=1), now.replace(hour=0, minute=0))
    page.fill("#s-day", f"{now:%Y-%m-%d}")
    page.fill("#s-hour", f"{start:%H:%M}")
    page.fill("#s-until_time", "23:59")
    page.click("form[action$='/seance/'] button[type=submit]")
    link = page.locator("a[href*='/activites/seances/']").first.get_attribute("href") or ""
    return f"/field/seances/{link.rstrip('/').rsplit('/', 1)[1]}/"


def _ready(page: Page) -> None:
    expect(page.locator("html")).to_have_attribute("data-kept", "yes", timeout=30_000)


def _present(database: Path, sheet: str) -> int:
    session = int(sheet.rstrip("/").rsplit("/", 1)[1])
    with sqlite3.connect(database) as held:
        row = held.execute(
            "select count(*) from activities_attendance where session_id=? and state='present'",
            (session,),
        ).fetchone()
    return int(row[0])


def _sent(page: Page) -> None:
    expect(page.locator("#outbox")).to_have_attribute("data-count", "0", timeout=60_000)


def test_sixty_presences_without_a_network_then_once_each(
    page: Page, context: BrowserContext, database: Path
) -> None:
    sheet = _begin(page)
    page.goto(sheet)
    _ready(page)
    page.reload()  # from now on the worker answers
    _ready(page)
    context.set_offline(True)
    for number in range(60):
        page.fill("#newcomer", f"Enfant {number}")
        page.press("#newcomer", "Enter")
    page.click("#more")
    page.click("#more")
    expect(page.locator("#outbox")).to_have_attribute("data-count", "62")
    assert _present(database, sheet) == 0
    page.goto(sheet)  # the page itself opens without a network, and knows what waits
    expect(page.locator("[data-total]")).to_have_text("62")
    page.click("button.tap:has-text('Enfant 59')")
    expect(page.locator("[data-total]")).to_have_text("61")
    context.set_offline(False)
    _sent(page)
    page.reload()
    expect(page.locator("[data-total]")).to_have_text("61")
    assert _present(database, sheet) == 59


def test_what_was_sent_is_still_shown_when_the_network_goes(
    page: Page, context: BrowserContext
) -> None:
    sheet = _begin(page)
    page.goto(sheet)
    _ready(page)
    page.fill("#newcomer", "Ann")
    page.press("#newcomer", "Enter")
    _sent(page)
    context.set_offline(True)
    page.goto(sheet)
    expect(page.locator("[data-total]")).to_have_text("1")


def test_phone_left_to_a_colleague_sends_nothing_in_her_name(
    page: Page, context: BrowserContext, database: Path
) -> None:
    sheet = _begin(page)
    page.goto(sheet)
    _ready(page)
    page.reload()
    _ready(page)
    context.set_offline(True)
    page.fill("#newcomer", "Ann")
    page.press("#newcomer", "Enter")
    expect(page.locator("#outbox")).to_have_attribute("data-count", "1")
    context.clear_cookies()  # her sign-in ended before the network came back: a colleague takes it
    context.set_offline(False)
    sign_in(page, "prevention")
    page.goto("/field/")
    expect(page.locator("#outbox")).to_contain_text("1 de quelqu’un d’autre")
    expect(page.locator("#outbox")).to_have_attribute("data-count", "0")
    assert _present(database, sheet) == 0
    page.click("[data-sign-out] button")
    page.wait_for_url(HOME)
    sign_in(page, "animateur")
    page.goto("/field/")
    _sent(page)
    assert _present(database, sheet) == 1


@pytest.mark.parametrize("leave", ["desk", "lapse"])
def test_kept_pages_do_not_outlive_the_sign_in(
    page: Page, context: BrowserContext, leave: str
) -> None:
    sheet = _begin(page)
    page.goto(sheet)
    _ready(page)
    page.reload()
    _ready(page)
    if leave == "desk":
        page.goto("/desk/")
        page.locator("[data-sign-out]").evaluate("form => form.requestSubmit()")
        page.wait_for_url(HOME)
    else:
        context.clear_cookies()
        page.goto(sheet)
        page.wait_for_url("**/connexion/**")
    context.set_offline(True)
    with pytest.raises(Error):
        page.goto(sheet)


def test_sheet_has_no_fault_of_access(page: Page) -> None:
    sheet = _begin(page)
    page.goto(sheet)
    assert axe_faults(page) == []
    page.goto("/field/")
    assert axe_faults(page) == []
