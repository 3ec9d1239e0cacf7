"""What the portal explains: the CPAS, questions, plans, statements."""

from datetime import UTC, date, datetime

import pytest
from django.core.cache import caches
from django.test import Client
from django.utils import timezone

from beffroi.acts.requests import retention
from beffroi.acts.requests.enums import FormKind
from beffroi.core.actors import Actor
from beffroi.demo.people import load_agents
from beffroi.demo.questions import load_questions
from beffroi.directory import services as directory
from beffroi.directory.models import AlertPlan, Place
from beffroi.guidance.enums import QuestionState
from beffroi.guidance.models import PublicQuestion

pytestmark = pytest.mark.django_db
LANGS = ("", "nl/", "de/", "en/")
PAGES = (
    "maisons/", "lieux/", "plan/", "quel-cpas/", "a-quoi-sert-le-cpas/", "questions/",
    "accessibilite/", "donnees/", "a-propos/",
)  # fmt: skip


@pytest.fixture(autouse=True)
def _house(catalogue: None, house: Actor, at: datetime) -> None:
    """The catalogue, and the bodies to which one may complain."""
    directory.load_bodies(by=house, at=at)


def _text(response) -> str:
    return response.content.decode()


def _question(**more) -> PublicQuestion:
    moment = datetime(2026, 10, 1, tzinfo=UTC)
    return PublicQuestion.objects.create(
        **{
            "question": "Puis-je demander ?", "answer": "Oui, toujours.", "lang": "fr",
            "state": QuestionState.PUBLISHED, "asked_on_month": date(2026, 10, 1),
            "written_by": "A", "written_at": moment, "published_by": "B", "published_at": moment,
            **more,
        }
    )  # fmt: skip


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("page", PAGES)
def test_page_opens_whole_with_few_queries(
    client: Client, django_assert_max_num_queries, lang: str, page: str
) -> None:
    with django_assert_max_num_queries(8):
        response = client.get(f"/{lang}{page}")
    text = _text(response)
    assert response.status_code == 200
    assert "⟦undefined" not in text
    assert text.count("<h1") == 1
    assert len(response.content) < 60_000


@pytest.mark.parametrize(
    ("asked", "says", "never"),
    [
        ("7012", ["CPAS de Mons", "Flénu, Jemappes", "C’est ici"], ["Une autre commune"]),
        ("Quaregnon", ["CPAS de Quaregnon", "Une autre commune"], ["C’est ici"]),
        ("Gent", ['<span lang="nl">OCMW Gent</span>'], ["C’est ici"]),
        ("1040", ["Plusieurs communes", "Bruxelles", "Etterbeek"], ["C’est ici"]),
        ("frammeries", ["Vouliez-vous dire", "CPAS de Frameries"], []),
        ("qqqqqq", ["Nous n’avons pas trouvé"], ["C’est ici"]),
    ],
)
def test_which_cpas_answers(client: Client, asked: str, says: list[str], never: list[str]) -> None:
    text = _text(client.get("/quel-cpas/", {"lieu": asked}))
    assert [one for one in says if one not in text] == []
    assert [one for one in never if one in text] == []


def test_which_cpas_says_what_mons_does_with_a_request_that_is_not_its_own(client: Client) -> None:
    text = _text(client.get("/quel-cpas/"))
    assert "dans les 5 jours calendrier" in text
    assert "Votre demande garde sa date" in text
    assert "loi 26/05/2002 art. 18 §4" in text


def test_which_cpas_shows_what_was_typed_without_trusting_it(client: Client) -> None:
    text = _text(client.get("/quel-cpas/", {"lieu": '"><script>x</script>'}))
    assert "<script>x" not in text


def test_what_is_cpas_names_its_source_and_the_delays(client: Client) -> None:
    text = _text(client.get("/a-quoi-sert-le-cpas/"))
    for words in ("Bruxelles-J", "26 juillet 2017", "dans les 30 jours", "Vous avez 3 mois"):
        assert words in text


def test_questions_shows_only_what_is_published(client: Client) -> None:
    _question(question="Une question publiée ?")
    _question(question="Un brouillon ?", state=QuestionState.DRAFT)
    _question(question="Une retirée ?", state=QuestionState.WITHDRAWN)
    text = _text(client.get("/questions/"))
    assert "Une question publiée ?" in text
    assert "Un brouillon ?" not in text and "Une retirée ?" not in text


def test_question_that_is_not_published_is_not_found(client: Client) -> None:
    draft = _question(state=QuestionState.DRAFT)
    assert client.get(f"/questions/{draft.pk}/").status_code == 404
    assert client.post(f"/questions/{draft.pk}/avis/", {"avis": "oui"}).status_code == 404


@pytest.mark.parametrize(("said", "counts"), [("oui", (1, 0)), ("non", (0, 1))])
def test_opinion_counts_once_for_a_browser(
    client: Client, said: str, counts: tuple[int, int]
) -> None:
    row = _question()
    for _ in range(3):
        response = client.post(f"/questions/{row.pk}/avis/", {"avis": said})
        assert response.status_code == 302
    row.refresh_from_db()
    assert (row.helpful, row.unhelpful) == counts
    assert "Merci, c’est noté." in _text(client.get(f"/questions/{row.pk}/"))


def test_opinion_with_a_forged_cookie_is_taken_as_a_first_one(client: Client) -> None:
    row = _question()
    client.cookies["portal_opinions"] = f"[{row.pk}]:forged"
    client.post(f"/questions/{row.pk}/avis/", {"avis": "oui"})
    row.refresh_from_db()
    assert row.helpful == 1


def test_opinion_is_not_given_by_following_a_link(client: Client) -> None:
    row = _question()
    assert client.get(f"/questions/{row.pk}/avis/").status_code == 405


def test_opinion_without_the_token_of_the_form_is_refused() -> None:
    row = _question()
    strict = Client(enforce_csrf_checks=True)
    strict.post(f"/questions/{row.pk}/avis/", {"avis": "oui"})
    row.refresh_from_db()
    assert row.helpful == 0


def test_questions_are_paged(client: Client) -> None:
    for number in range(25):
        _question(question=f"Question numéro {number} ?")
    assert _text(client.get("/questions/")).count("<article") == 20
    assert _text(client.get("/questions/?page=2")).count("<article") == 5


def _publish_the_examples() -> None:
    now = timezone.now()
    load_agents(now)
    assert load_questions(now) > 0


def test_demo_publishes_four_questions_in_each_language_once() -> None:
    _publish_the_examples()
    _publish_the_examples()
    rows = PublicQuestion.objects.filter(state=QuestionState.PUBLISHED)
    found = {lang: rows.filter(lang=lang).count() for lang in ("fr", "nl", "de", "en")}
    assert found == {"fr": 4, "nl": 4, "de": 4, "en": 4}
    assert all(row.written_by != row.published_by for row in rows)


def test_questions_are_shown_in_the_language_of_the_page(client: Client) -> None:
    _publish_the_examples()
    text = _text(client.get("/de/questions/"))
    assert text.count('<article class="service" lang="de">') == 4
    assert 'lang="fr">' not in text.split("<main")[1]


def test_plan_says_when_none_is_on(client: Client) -> None:
    assert "Aucun plan n’est en cours aujourd’hui." in _text(client.get("/plan/"))


def test_plan_that_is_on_gives_its_message_number_and_places(client: Client) -> None:
    plan = AlertPlan.objects.create(
        kind="cold", messages={"fr": "Il gèle cette nuit.", "nl": "Het vriest vannacht."},
        phone="0800 92 329", started_at=datetime(2026, 11, 20, tzinfo=UTC), started_by="x",
    )  # fmt: skip
    plan.places.set(Place.objects.filter(key="mq-cuesmes"))
    text = _text(client.get("/nl/plan/"))
    for words in ("Het vriest vannacht.", "tel:080092329", "/lieux/mq-cuesmes/", "112"):
        assert words in text


@pytest.mark.parametrize("lang", LANGS)
def test_accessibility_names_the_norm_and_where_to_complain(client: Client, lang: str) -> None:
    text = _text(client.get(f"/{lang}accessibilite/"))
    for words in ("EN 301 549", "WCAG 2.2", "0800 19 199", "0800 12 800", "22 novembre 2026"):
        if lang == "" or not words.startswith("22"):
            assert words in text


def test_accessibility_marks_numbers_that_nobody_confirmed(client: Client) -> None:
    assert _text(client.get("/accessibilite/")).count("À vérifier") == 2


def test_own_data_gives_the_delays_of_the_retention_rules(client: Client, monkeypatch) -> None:
    assert "<td>5 ans</td>" in _text(client.get("/donnees/"))
    caches["pages"].clear()
    monkeypatch.setitem(retention._KEEP_DAYS, FormKind.AID, 7 * 365)
    assert "<td>7 ans</td>" in _text(client.get("/donnees/"))


def test_mistake_leads_to_the_question_form(client: Client) -> None:
    response = client.get("/erreur/cpas-energie/")
    assert response.status_code == 302
    assert response["Location"].startswith("/demander/")
    assert response["Location"].endswith("/question/")
    assert client.get("/erreur/rien-du-tout/").status_code == 404
