"""The pages of the estimate: never a refusal, unknown is not zero, nothing kept."""

import html as marks
import logging
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from tests.web.portal.estimate.conftest import NOTHING, URL, Send
from tests.web.portal.page_reading import faults, read

from beffroi.acts.requests.models import Request
from beffroi.rules.living_income_parameters import parameters_on
from beffroi.rules.series import OutsideParameters
from beffroi.web.portal.estimate import views, words
from beffroi.web.portal.estimate.forms import EstimateForm
from beffroi.web.portal.estimate.questions import QUESTIONS
from beffroi.web.portal.links import GENERAL_AID

pytestmark = pytest.mark.django_db
LANGUAGES = [code for code, _name in settings.LANGUAGES]
CANARY = "731,29"
#: The worst a page could say, in each language.
REFUSAL = re.compile(
    r"pas droit|aucun droit|non éligible|geen recht|komt niet in aanmerking|kein(en)? (Recht|Anspruch)"
    r"|no right|not (entitled|eligible)|refus",
    re.IGNORECASE,
)


def _unknowns() -> list[tuple[str, dict[str, Any]]]:
    """Each question whose « I do not know » lacks to the sum, with the answers that lead to it."""
    ways: dict[str, Any] = {
        "home": {"home": ["unknown"]}, "incomes": {"incomes": ["unknown"]},
        "property": {"property": ["unknown"]},
        "partner_claims": {"home": ["partner"], "partner_claims": "unknown", "partner_income": "10"},
        "part": {"property": ["land"], "rc_land": "5", "part": "unknown"},
    }  # fmt: skip
    ways |= {name: {name: "unknown"} for name in ("savings", "given", "housing")}
    before: dict[str, Any] = {
        "partner_income": {"home": ["partner"], "partner_claims": "no"},
        "family_count": {"home": ["family"], "shares": "yes", "family_income": "100"},
        "family_income": {"home": ["family"], "shares": "yes", "family_count": "1"},
        "savings_amount": {"savings": "yes"}, "given_value": {"given": "yes"},
        "housing_amount": {"housing": "yes"},
    }  # fmt: skip
    house = {
        "property": ["home", "building", "land"], "rc_home": "1", "rc_building": "1", "rc_land": "1",
        "rent": "0", "interest": "0", "children": "0", "part": "whole",
    }  # fmt: skip
    for name, one in QUESTIONS.items():
        if one.kind in ("amount", "number"):
            leading = before.get(name) or (house if name in house else {"incomes": [name]})
            ways[name] = {**leading, name: "", f"{name}_unknown": "on"}
    return list(ways.items())


@pytest.mark.parametrize(("name", "typed"), _unknowns(), ids=[name for name, _t in _unknowns()])
def test_unknown_answer_is_named_and_never_taken_for_zero(
    send: Send, name: str, typed: dict[str, Any]
) -> None:
    html = marks.unescape(send(**typed))
    assert 'class="slip"' not in html
    lacking = re.findall(r"<li><strong>([^<]+)</strong><br>([^<]+)</li>", html)
    form = EstimateForm("6\u202f200\u00a0€")
    assert lacking == [(str(form[name].label), str(QUESTIONS[name].find))]
    assert ("ne dépasse pas" in html) == (name != "home")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_above_the_amount_never_says_no_right_and_leads_on(send: Send, lang: str) -> None:
    own = "" if lang == "fr" else lang
    html = send(own, incomes=["unemployment"], unemployment="1600")
    text = re.sub(r"<[^>]+>", " ", marks.unescape(html))
    assert REFUSAL.findall(text) == []
    with translation.override(lang):
        said = translation.gettext(
            "D’après vos réponses, le calcul ne donne pas de montant aujourd’hui."
        )
        ways = {
            reverse("portal:estimate_ask"),
            reverse("portal:ask", args=["cpas-pole-accueil", "call_back"]),
            *(reverse("portal:service", args=[key]) for key in views._OTHER_AIDS),
        }
    assert said in marks.unescape(html)
    assert {way for way in ways if f'"{way}"' not in html} == set()
    assert 'href="tel:080092329"' in html


@pytest.mark.parametrize("lang", LANGUAGES)
def test_result_is_whole_in_its_language(send: Send, lang: str) -> None:
    """Nothing that reads as a sentence is the same as in French."""
    everything = {
        "home": ["child", "family"], "child_time": "part", "shares": "no", "family_count": "2",
        "family_income": "2400", "incomes": ["work", "unemployment", "alimony", "own_benefit", "other_income"],
        "work": "400", "unemployment": "10", "alimony": "10", "own_benefit": "10", "other_income": "10",
        "student": "yes", "savings": "yes", "savings_amount": "9000", "property": ["home", "land"],
        "rc_home": "1000", "rc_land": "100", "part": "half", "interest": "5", "children": "1",
        "given": "yes", "given_value": "20000", "housing": "yes", "housing_amount": "20",
    }  # fmt: skip
    page = read(send("" if lang == "fr" else lang, **everything))
    assert (page.lang, faults(page)) == (lang, [])
    if lang != "fr":
        french = set(read(send(**everything)).texts)
        same = {text for text in page.texts if text in french and len(text.split()) >= 3}
        assert {text for text in same if re.search(r"[a-zà-ÿ]{4}", text)} == set()


def test_nothing_is_kept_of_an_estimate(
    portal: Client, today: date, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    logging.getLogger("django").addHandler(caplog.handler)
    given = {**NOTHING, "incomes": ["work"], "work": CANARY}
    try:
        with CaptureQueriesContext(connection) as seen:
            answers = [
                portal.get(URL),
                portal.post(URL, given),
                portal.post(URL, {**given, "act": "edit"}),
                portal.post(URL, {**given, "student": ""}),
                portal.post(reverse("portal:estimate_ask"), given),
            ]
    finally:
        logging.getLogger("django").removeHandler(caplog.handler)
    assert [one.status_code for one in answers] == [200, 200, 200, 422, 302]
    assert [dict(one.cookies) for one in answers] == [{}] * 5
    assert {one.headers["Cache-Control"] for one in answers[1:]} == {"no-store, private"}
    assert not [one for one in answers if CANARY in str(one.headers)]
    assert "731" not in caplog.text
    assert {q["sql"].split()[0] for q in seen.captured_queries} <= {"SELECT"}
    assert "731" not in "".join(q["sql"] for q in seen.captured_queries)
    assert (Session.objects.count(), Request.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("typed", "faulty"),
    [
        ({"home": []}, {"home"}),
        ({"home": ["alone", "child"], "child_time": "all"}, {"home"}),
        ({"home": ["elsewhere"]}, {"home"}),
        ({"incomes": ["work"]}, {"work"}),
        ({"incomes": ["work"], "work": "1000001"}, {"work"}),
        ({"incomes": ["work"], "work": "9" * 5000}, {"work"}),
        ({"incomes": ["work"], "work": "-1"}, {"work"}),
        ({"home": ["family"], "shares": "no", "family_count": "21", "family_income": "0"}, {"family_count"}),
        ({"savings": "perhaps"}, {"savings"}),
        ({"work": "beaucoup", "rent": "9" * 5000, "family_count": "x"}, set()),
    ],
)  # fmt: skip
def test_answers_are_bounded_and_faults_are_said(
    send: Send, typed: dict[str, Any], faulty: set[str]
) -> None:
    html = send(status=422 if faulty else 200, **typed)
    assert set(re.findall(r'id="id_(\w+)_error"', html)) == faulty
    assert ("error-summary" in html) == bool(faulty)


def _inputs(html: str, kind: str) -> set[tuple[str, str]]:
    """The names and values that a browser would send: hidden ones, ticks, what is typed."""
    found = re.findall(r"<input[^>]*>", html[html.index('action="') :])
    sent = set()
    for one in found:
        given = dict(re.findall(r'(\w+)="([^"]*)"', one))
        ticked = given["type"] in ("radio", "checkbox") and "checked" in one
        if given["type"] == kind or (kind == "ticked" and ticked):
            sent.add((given["name"], given.get("value", "")))
    return sent


def test_parts_come_one_after_the_other_and_carry_the_answers(send: Send) -> None:
    first = {"home": ["partner"], "partner_claims": "no", "partner_income_unknown": "on"}
    nothing = dict.fromkeys(NOTHING, "")
    second = send(**(nothing | first), step="1")
    assert 'name="incomes"' in second and 'type="checkbox" name="home"' not in second
    assert _inputs(second, "hidden") == {
        ("step", "2"), ("home", "partner"), ("partner_claims", "no"), ("partner_income_unknown", "on"),
    }  # fmt: skip
    assert _inputs(second, "ticked") == set()
    own = {"incomes": ["work"], "work": CANARY, "student": "no", "receiving": "no"}
    third = send(**(nothing | first | own), step="2")
    assert ("work", CANARY) in _inputs(third, "hidden") and 'name="savings"' in third
    back = send(**(nothing | first | own), step="3", act="back")
    assert _inputs(back, "ticked") == {("incomes", "work"), ("student", "no"), ("receiving", "no")}
    assert ("work", CANARY) in _inputs(back, "text")


def test_fault_in_an_earlier_part_leads_back_to_it(send: Send) -> None:
    html = send(status=422, home=[], work=CANARY, incomes=["work"], step="3")
    assert re.findall(r'id="id_(\w+)_error"', html) == ["home"]
    assert {("step", "1"), ("work", CANARY), ("savings", "no")} <= _inputs(html, "hidden")


def test_answers_come_back_to_be_changed(send: Send) -> None:
    html = send(act="edit", incomes=["work"], work=CANARY, home=["child"], child_time="part")
    assert _inputs(html, "ticked") == {("home", "child"), ("child_time", "part")}
    assert {("step", "1"), ("incomes", "work"), ("work", CANARY)} <= _inputs(html, "hidden")


def test_answers_go_into_a_request_only_when_ticked(portal: Client, today: date) -> None:
    given = {**NOTHING, "incomes": ["work"], "work": CANARY, "receiving": "yes"}
    address = reverse("portal:estimate_ask")
    form = reverse("portal:ask", args=[GENERAL_AID, "aid"])
    assert portal.post(address, given).headers["Location"] == form
    html = marks.unescape(portal.post(address, {**given, "join": "1"}).content.decode())
    typed = re.search(r'<textarea name="q_situation"[^>]*>([^<]*)</textarea>', html)
    assert typed is not None
    assert "Votre salaire 731,29\u00a0€" in typed[1] and "731,29" not in form
    assert f'action="{form}"' in html
    assert re.search(r'name="q_known" value="yes"[^>]* checked', html)
    assert Request.objects.count() == 0
    broken = {**given, "join": "1", "work": "beaucoup"}
    assert portal.post(address, broken).headers["Location"] == form


def test_carried_request_can_be_sent(client: Client, portal: Client, today: date) -> None:
    address = reverse("portal:estimate_ask")
    browser = Client()
    html = marks.unescape(browser.post(address, {**NOTHING, "join": "1"}).content.decode())
    nonce = re.search(r'name="nonce"[^>]*? value="([^"]+)"', html)
    situation = re.search(r'name="q_situation"[^>]*>([^<]*)</textarea>', html)
    assert nonce is not None and situation is not None
    sent = browser.post(
        reverse("portal:ask", args=[GENERAL_AID, "aid"]),
        {"nonce": nonce[1], "q_situation": situation[1], "name": "Lina", "phone": "0470 12 34 56",
         "postal_code": "7000", "for_whom": "me", "act": "send"},
    )  # fmt: skip
    assert sent.status_code == 302
    assert "estimation" in Request.objects.get().answers["situation"]


@pytest.mark.parametrize("path", [URL, "/revenu-integration/", f"/nl{URL}"])
def test_kept_page_costs_one_query(portal: Client, path: str) -> None:
    first = portal.get(path)
    with CaptureQueriesContext(connection) as seen:
        assert portal.get(path).content == first.content
    assert len(seen) == 1


def test_result_costs_the_same_whatever_is_answered(portal: Client, today: date) -> None:
    portal.get(URL)
    costs = []
    for given in (
        NOTHING,
        {**NOTHING, "home": ["child", "others"], "child_time": "part", "shares": "no"},
    ):
        with CaptureQueriesContext(connection) as seen:
            portal.post(URL, given)
        costs.append(len(seen))
    assert costs == [costs[0]] * 2 and costs[0] <= 5


def test_days_without_known_amounts_lead_to_the_cpas(
    portal: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unknown(_day: date) -> None:
        raise OutsideParameters("none")

    monkeypatch.setattr(views, "parameters_on", unknown)
    form = reverse("portal:ask", args=[GENERAL_AID, "aid"])
    for response in (
        portal.get(URL),
        portal.post(URL, NOTHING),
        portal.get("/revenu-integration/"),
    ):
        html = response.content.decode()
        assert response.status_code == 200 and f'href="{form}"' in html
        assert "Les montants d’aujourd’hui" in html and 'class="slip"' not in html
    carried = portal.post(reverse("portal:estimate_ask"), {**NOTHING, "join": "1"})
    assert carried.headers["Location"] == form


def test_explanation_shows_the_amounts_in_force_and_their_history(
    portal: Client, today: date
) -> None:
    html = marks.unescape(portal.get("/revenu-integration/").content.decode())
    p = parameters_on(today)
    told = [words.monthly(one) for one in p.full] + [words.rounded(p.spi_general.amount)]
    assert [amount for amount in told if amount not in html] == []
    rows = re.findall(r'<tr><th scope="row">([^<]+)</th><td class="end">[\d]', html)
    assert (rows[0], rows[-1], len(rows)) == ("1er mars 2026", "1er janvier 2019", 19)
    assert html.count("non vérifié</span>") == 3 + sum(
        not p.known[name].is_read
        for name in ("land_property", "household_regime")
    ) + (p.spi_general.status != "read")  # fmt: skip


def test_doors_lead_to_the_estimate(portal: Client) -> None:
    for path in (f"/services/{GENERAL_AID}/", "/besoins/money/", "/revenu-integration/"):
        assert f'href="{URL}"' in portal.get(path).content.decode()
    for path in ("/services/cpas-energie/", "/besoins/food/"):
        assert URL not in portal.get(path).content.decode()


def test_file_of_the_estimate_reads_no_model_and_writes_no_log() -> None:
    """The estimate could not keep anything even by mistake: it imports nothing that keeps."""
    folder = Path(views.__file__).parent
    text = "\n".join(path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.py")))
    assert re.findall(r"logging|\.session|set_cookie|messages\.|\.objects|print\(", text) == []
