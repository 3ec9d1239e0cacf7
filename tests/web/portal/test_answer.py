"""Words to services: the words stay with the person, danger comes first, nothing is promised."""

import re
from http.cookies import Morsel

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.web.portal.conftest import Answer, result

from beffroi.directory.enums import Danger
from beffroi.directory.models import EmergencyNumber
from beffroi.guidance.engine.guide import Reason
from beffroi.guidance.models import LostWords

pytestmark = pytest.mark.django_db
WORDS = "je n’arrive plus à payer le chauffage"
SECRET = "chauffage"


def _answer(client: Client, words: str = WORDS, lang: str = "") -> str:
    response = client.post(f"{lang}/trouver/", {"mots": words}, follow=True)
    assert response.status_code == 200
    return response.content.decode()


def _text(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def _cookie(client: Client) -> "Morsel[str]":
    return client.cookies["portal_words"]


# --- the words ------------------------------------------------------------------------------


def test_words_stand_in_no_address_and_no_log(
    portal: Client, guide: Answer, caplog: pytest.LogCaptureFixture
) -> None:
    guide(result("cpas-energie"))
    with caplog.at_level("DEBUG"):
        response = portal.post("/trouver/", {"mots": WORDS}, follow=True)
    addresses = [url for url, _status in response.redirect_chain]
    assert addresses == ["/reponse/"]
    assert SECRET not in caplog.text
    html = response.content.decode()
    assert [a for a in re.findall(r'(?:href|action|src)="([^"]*)"', html) if SECRET in a] == []


def test_words_are_kept_half_an_hour_where_no_script_reads_them(
    portal: Client, guide: Answer
) -> None:
    guide(result("cpas-energie"))
    _answer(portal)
    kept = _cookie(portal)
    assert (kept["httponly"], kept["samesite"], kept["max-age"]) == (True, "Lax", 1800)
    assert SECRET not in kept.value


def test_words_that_were_changed_are_not_read(portal: Client, guide: Answer) -> None:
    guide(result("cpas-energie"))
    _answer(portal)
    portal.cookies["portal_words"] = _cookie(portal).value[:-1] + "_"
    html = portal.get("/reponse/").content.decode()
    assert SECRET not in html
    assert "Nous n’avons pas vos mots" in html


def test_words_of_any_length_and_script_are_kept(portal: Client, guide: Answer) -> None:
    guide(result("cpas-energie"), lang="ar")
    html = _answer(portal, "\u0000" + "لا أستطيع دفع الإيجار " * 400)
    assert "لا أستطيع دفع الإيجار" in html
    assert len(_cookie(portal).value) < 4000


def test_no_words_lead_to_the_field(portal: Client) -> None:
    html = _answer(portal, "   ")
    assert "<h1>Dites-nous ce qui vous arrive.</h1>" in html
    assert 'name="mots"' in html


def test_words_are_sent_without_a_token(guide: Answer, portal: Client) -> None:
    guide(result("cpas-energie"))
    strict = Client(enforce_csrf_checks=True)
    assert strict.post("/trouver/", {"mots": WORDS}).status_code == 302
    assert "csrfmiddlewaretoken" not in strict.get("/").content.decode()


def test_words_are_only_taken_from_a_form(portal: Client) -> None:
    assert portal.get(f"/trouver/?mots={SECRET}").status_code == 405


def test_answer_is_kept_by_nobody(portal: Client, guide: Answer) -> None:
    guide(result("cpas-energie"))
    response = portal.post("/trouver/", {"mots": WORDS}, follow=True)
    assert "no-store" in response["Cache-Control"]
    assert response["X-Robots-Tag"] == "noindex, nofollow"


def test_quick_exit_works_without_a_script_and_forgets_the_words(
    portal: Client, guide: Answer
) -> None:
    guide(result("cpas-energie"), urgent=Danger.VIOLENCE)
    html = _answer(portal)
    assert 'href="/quitter/"' in html
    response = portal.get("/quitter/")
    assert (response.status_code, response["Location"]) == (302, settings.BEFFROI_QUICK_EXIT)
    assert _cookie(portal).value == ""
    assert SECRET not in portal.get("/reponse/").content.decode()


# --- danger ---------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["", "/nl", "/de", "/en"])
@pytest.mark.parametrize("danger", Danger.values)
def test_danger_comes_before_any_answer_with_all_its_numbers(
    portal: Client, guide: Answer, danger: str, lang: str
) -> None:
    guide(result("cpas-energie"), urgent=danger)
    html = _answer(portal, lang=lang)
    assert html.index('class="danger"') < html.index("<h1") < html.index('class="service"')
    box = html[html.index('class="danger"') : html.index("<h1")]
    shown = set(re.findall(r"<b dir=\"ltr\">(.*?)</b>", box))
    assert shown == set(
        EmergencyNumber.objects.filter(danger=danger).values_list("number", flat=True)
    )
    assert len(re.findall(r'href="tel:', box)) == len(shown)


@pytest.mark.parametrize(
    ("page", "spoken", "place"),
    [("", "fr", -1), ("/nl", "fr", 0), ("", "nl", 0), ("/de", "de", -1)],
)
def test_line_in_one_language_comes_first_for_who_speaks_it_and_last_for_others(
    portal: Client, guide: Answer, page: str, spoken: str, place: int
) -> None:
    guide(result("cpas-energie"), urgent=Danger.SUICIDE, lang=spoken)
    html = _answer(portal, lang=page)
    assert re.findall(r"<b dir=\"ltr\">(.*?)</b>", html)[place] == "1813"


def test_button_in_danger_leads_to_a_voice_and_to_no_activity(
    portal: Client, guide: Answer
) -> None:
    guide(result("pcs-3-4-01"), urgent=Danger.SUICIDE)
    kinds = re.findall(r'button-copper" href="/demander/pcs-3-4-01/(\w+)/', _answer(portal))
    assert kinds and set(kinds) <= {"aid", "call_back", "appointment", "question"}


# --- services -------------------------------------------------------------------------------


def _cards(html: str) -> list[str]:
    return re.findall(r'<article class="service">.*?<a href="/services/([^/]+)/"', html, re.S)


def test_three_services_at_most_then_two_tracks(portal: Client, guide: Answer) -> None:
    keys = ["cpas-energie", "cpas-aide-generale", "prev-tags", "mq-nimy", "cpas-transit"]
    guide(*(result(key) for key in keys))
    html = _answer(portal)
    assert _cards(html) == keys[:3]
    tracks = html[html.index("D’autres pistes") :]
    assert re.findall(r'<li><a href="/services/([^/"]+)/"', tracks) == keys[3:]


def test_one_copper_button_leads_straight_to_the_first_form(portal: Client, guide: Answer) -> None:
    guide(result("cpas-energie"), result("cpas-aide-generale"))
    found = re.findall(r'button-copper" href="(/demander[^"]*)"', _answer(portal))
    assert found == ["/demander/cpas-energie/appointment/"]


def test_planned_service_says_so_and_never_takes_the_button(portal: Client, guide: Answer) -> None:
    guide(result("pcs-4-4-01", status="planned"), result("cpas-energie"))
    html = _answer(portal)
    first, second = html.split('<article class="service">')[1:3]
    assert "En projet : n’existe pas encore" in first.replace("\u202f", " ")
    assert ("button" in first.split("</article>")[0], "button-copper" in second) == (False, True)


def test_only_planned_services_lead_to_a_person_first(portal: Client, guide: Answer) -> None:
    guide(result("pcs-4-4-01", status="planned"))
    html = _answer(portal)
    assert "Voici qui peut vous aider" not in html
    assert re.findall(r'button-copper" href="(/demander[^"]*)"', html) == [
        "/demander/cpas-pole-accueil/question/"
    ]


def test_unsure_answer_says_so_and_leads_to_a_person_first(portal: Client, guide: Answer) -> None:
    guide(result("cpas-energie"), confident=False)
    html = _answer(portal)
    assert "<h1>Nous ne sommes pas sûrs d’avoir compris.</h1>" in html
    assert html.index("/demander/cpas-pole-accueil/question/") < html.index(
        "/services/cpas-energie/"
    )
    assert re.findall(r'button-copper" href="(/demander[^"]*)"', html) == [
        "/demander/cpas-pole-accueil/question/"
    ]


def test_every_answer_ends_with_another_try_a_form_and_a_number(
    portal: Client, guide: Answer
) -> None:
    for confident in (True, False):
        guide(result("cpas-energie"), confident=confident)
        html = _answer(portal)
        end = html[html.index("Ce n’est pas ça") :]
        assert f'value="{WORDS}"' in end
        assert "/demander/cpas-pole-accueil/question/" in end
        assert 'href="tel:080092329"' in end


def test_nobody_is_told_that_she_has_no_right(portal: Client, guide: Answer) -> None:
    guide(confident=False)
    said = _text(_answer(portal)).lower()
    assert "pas droit" not in said
    assert "seul le conseil du cpas décide" in said


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        (Reason("word", ("chauffage",)), "Vous parlez de « chauffage »."),
        (
            Reason("word", ("le", "mazout")),
            "Ce que vous décrivez ressemble à ce que fait ce service.",
        ),
        (Reason("phrase", (), "plus de gaz", "fr"), "D’autres personnes disent : « plus de gaz »."),
        (
            Reason("phrase", (), "geen gas meer", "nl"),
            "Ce que vous décrivez ressemble à ce que fait ce service.",
        ),
        (Reason("place", ("jemappes",)), "Vous nommez ce quartier : « jemappes »."),
        (Reason("meaning"), "Ce que vous décrivez ressemble à ce que fait ce service."),
    ],
)
def test_reason_is_one_line_in_the_language_of_the_page(
    portal: Client, guide: Answer, reason: Reason, said: str
) -> None:
    guide(result("cpas-energie", reason))
    line = re.findall(r'class="reason">(.*?)</p>', _answer(portal), re.S)[0]
    text = "".join(re.sub(r"<[^>]+>", "", line).split())
    assert text.replace("\u202f", "") == "".join(said.split())


def test_words_are_shown_in_their_own_language_and_direction(portal: Client, guide: Answer) -> None:
    guide(result("cpas-energie", Reason("word", ("التدفئة",))), lang="ar")
    html = _answer(portal, "التدفئة غالية")
    assert '<q lang="ar" dir="rtl">التدفئة غالية</q>' in html
    assert '<span lang="ar" dir="rtl">التدفئة</span>' in html


def test_words_are_never_markup(portal: Client, guide: Answer) -> None:
    guide(result("cpas-energie", Reason("phrase", (), "<i>x</i>{0}", "fr")))
    html = _answer(portal, "<script>alert(1)</script>")
    assert "<script>alert" not in html and "<i>x</i>" not in html


# --- what is kept ---------------------------------------------------------------------------


def test_lost_words_are_noted_once_for_each_time_they_are_sent(
    portal: Client, guide: Answer
) -> None:
    guide(result("cpas-energie"), confident=False)
    _answer(portal)
    for _again in range(3):
        portal.get("/reponse/")
    assert list(LostWords.objects.values_list("count", flat=True)) == [1]
    _answer(portal)
    assert list(LostWords.objects.values_list("count", flat=True)) == [2]


def test_words_with_an_answer_are_not_kept(portal: Client, guide: Answer) -> None:
    guide(result("cpas-energie"))
    _answer(portal)
    assert LostWords.objects.count() == 0


def test_answer_asks_eight_queries_at_most(portal: Client, guide: Answer) -> None:
    keys = ["cpas-energie", "cpas-aide-generale", "prev-tags", "mq-nimy", "cpas-transit"]
    guide(*(result(key) for key in keys), urgent=Danger.SUICIDE)
    portal.post("/trouver/", {"mots": WORDS})
    with CaptureQueriesContext(connection) as found:
        portal.get("/reponse/")
        count = len(found)
    assert count <= 8
