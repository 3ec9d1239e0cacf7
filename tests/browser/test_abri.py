"""A night without a network: who comes and who leaves is kept on the phone, then counts once."""

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from tests.browser.conftest import ROOT, _environment, axe_faults, sign_in

pytestmark = pytest.mark.browser
_HOUSE = """
from datetime import date, time, timedelta
from django.utils import timezone
from beffroi.acts.stays import queries, services as stays
from beffroi.acts.stays.services import Arrival, BedDraft, GuestDraft, HouseDraft
from beffroi.core.actors import system_actor
now = timezone.now()
given = {"by": system_actor("essai"), "at": now}
since = timezone.localdate(now) - timedelta(days=9)
made = stays.create_house(
    draft=HouseDraft("%(name)s", "%(kind)s", time(20), time(8)), team="prevention",
    since=since, **given,
)
if made.sleeps:
    stays.add_beds(house=made.pk, draft=BedDraft(14), since=since, **given)
before = queries.day_of(made, now) - timedelta(days=1)
for n in range(13):
    who = stays.add_guest(house=made.pk, draft=GuestDraft(f"%(name)s {n:02}"), **given)
    if made.sleeps:
        stays.take_in(house=made.pk, day=before, arrival=Arrival(who.mark), **given)
    else:
        stays.visit(house=made.pk, day=before, guest=who.mark, **given)
print(made.pk)
"""
_TAKEN = """
from django.utils import timezone
from beffroi.acts.stays import queries, services as stays
from beffroi.acts.stays.services import Arrival, GuestDraft
from beffroi.core.actors import system_actor
now, by = timezone.now(), system_actor("essai")
from beffroi.acts.stays.permissions import houses_visible_to
house = queries.house(houses_visible_to(by), %(house)s)
bed = next(one.pk for one in queries.beds_on(house.pk, queries.day_of(house, now)) if one.code == "13")
stays.take_in(
    house=house.pk, day=queries.day_of(house, now), by=by, at=now,
    arrival=Arrival(newcomer=GuestDraft("Venue d’ailleurs"), bed=bed),
)
"""


def _run(database: Path, script: str) -> str:
    """What happens in the house without this phone."""
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-m", "beffroi", "shell", "--verbosity", "0", "-c", script],
        cwd=ROOT, env=_environment(database.parent), check=True, capture_output=True, text=True,
    )  # fmt: skip
    return done.stdout.strip()


def _open(page: Page, database: Path, kind: str, name: str = "") -> str:
    house = _run(database, _HOUSE % {"kind": kind, "name": name or f"Essai {kind}"})
    sign_in(page, "prevention")
    page.goto(f"/field/abri/{house}/")
    _ready(page)
    page.reload()  # from now on the worker answers
    _ready(page)
    return house


def _ready(page: Page) -> None:
    expect(page.locator("html")).to_have_attribute("data-kept", "yes", timeout=30_000)


def _rows(database: Path, query: str, house: str) -> list[tuple[object, ...]]:
    with sqlite3.connect(database) as held:
        return held.execute(query, (house,)).fetchall()


_STAYS = """
select g.alias, b.code, s.state from stays_stay s join stays_guest g on g.id = s.guest_id
join stays_bed b on b.id = s.bed_id join stays_opening o on o.id = s.opening_id
where o.house_id = ? and o.date = (select max(date) from stays_opening) order by g.alias
"""


def _sent_with_words(page: Page) -> int:
    """How many of the acts that were sent still say on the phone what was written in them."""
    return int(page.evaluate(
        """() => new Promise((done) => {
          const asked = indexedDB.open("beffroi-field", 1);
          asked.onsuccess = () => {
            const all = asked.result.transaction("taps").objectStore("taps").getAll();
            all.onsuccess = () => done(all.result.filter((tap) => tap.sent && tap.fields).length);
          };
        })"""
    ))  # fmt: skip


def test_night_without_a_network_then_once_each_and_a_bed_taken_meanwhile(
    page: Page, context: BrowserContext, database: Path
) -> None:
    house = _open(page, database, "night")
    context.set_offline(True)
    for n in range(13):
        page.click(f"#venir li[data-alias='Essai night {n:02}'] button")
    for n in range(3):
        page.click(f"[data-inside] li[data-alias='Essai night {n:02}'] button")
    page.fill("#r-referred_to", "Relais social")
    page.click("#refus button:has-text('Autre raison')")
    expect(page.locator("#outbox")).to_have_attribute("data-count", "17")
    page.reload()  # the page itself opens without a network, and knows what waits
    expect(page.locator("[data-n=slept]")).to_have_text("13")
    expect(page.locator("[data-left]")).to_have_text("1 lit libre")
    expect(page.locator("[data-inside] li[data-alias='Essai night 12']")).to_contain_text("lit 13")
    expect(page.locator("[data-offline]").first).to_be_visible()
    hour = page.evaluate("beffroiField.hour(Date.UTC(2026, 6, 1, 12))")
    assert hour == "14:00"  # as the house writes it, wherever the phone thinks it is
    page.fill("#n-alias", "Nouvelle")  # what cannot be done says so, and stays written
    page.click("#nouveau button:has-text('Entre')")
    expect(page.locator("[data-told]")).to_contain_text("demande le réseau")
    expect(page.locator("#n-alias")).to_have_value("Nouvelle")
    page.fill("#n-alias", "")
    _run(database, _TAKEN % {"house": house})
    context.set_offline(False)
    expect(page.locator("#outbox")).to_have_attribute("data-count", "0", timeout=60_000)
    told = page.locator("#refused li")
    expect(told).to_have_count(1)
    expect(told).to_contain_text("Le lit 13 est pris.")
    expect(told).to_contain_text("Essai night 12")
    assert _rows(database, _STAYS, house) == [
        *((f"Essai night {n:02}", str(n + 1), "left" if n < 3 else "in") for n in range(12)),
        ("Venue d’ailleurs", "13", "in"),
    ]
    page.reload()
    expect(page.locator("[data-n=slept]")).to_have_text("13")
    expect(page.locator("[data-n=refused]")).to_have_text("1")
    assert _sent_with_words(page) == 0


def test_day_without_a_network(page: Page, context: BrowserContext, database: Path) -> None:
    house = _open(page, database, "day")
    context.set_offline(True)
    for n in range(3):
        page.click(f"#venir li[data-alias='Essai day {n:02}'] button")
    page.click("[data-inside] li[data-alias='Essai day 02'] button")
    page.click("#compter button:has-text('+10')")
    expect(page.locator("[data-n=came]").first).to_have_text("12")
    context.set_offline(False)
    expect(page.locator("#outbox")).to_have_attribute("data-count", "0", timeout=60_000)
    page.reload()
    expect(page.locator("[data-n=came]").first).to_have_text("12")
    visits = """select sum(v.count) from stays_visit v join stays_opening o on o.id = v.opening_id
    where v.taken_back_at is null and o.house_id = ? and o.date = (select max(date) from stays_opening)"""
    assert _rows(database, visits, house) == [(12,)]


@pytest.mark.parametrize("width", [390, 1280])
def test_page_of_a_night_has_no_fault_of_access_while_it_waits(
    page: Page, context: BrowserContext, database: Path, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    _open(page, database, "night" if width == 390 else "day", f"Essai {width}")
    context.set_offline(True)
    page.locator("#venir li button").first.click()
    expect(page.locator("#outbox")).to_have_attribute("data-count", "1")
    assert axe_faults(page) == []
