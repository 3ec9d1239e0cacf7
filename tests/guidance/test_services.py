"""Words to services from the database; and words that found nothing, kept without who typed them."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from beffroi.core.actors import Actor
from beffroi.directory import queries as directory
from beffroi.directory import services as directory_services
from beffroi.guidance import library, loading
from beffroi.guidance import services as guidance
from beffroi.guidance.engine.guide import Orientation
from beffroi.guidance.enums import LostState, PhraseOrigin
from beffroi.guidance.models import LostWords, Phrase

pytestmark = pytest.mark.django_db
NOTHING = Orientation("fr", None, False, ())


@pytest.fixture
def words_loaded(
    catalogue: None, house: Actor, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    monkeypatch.setattr(library, "_rebuild_beside", lambda: None)
    loading.load_phrases(by=house, at=at)
    library.forget()
    yield
    library.forget()


@pytest.mark.parametrize(
    ("words", "lang", "services"),
    [
        ("je n'arrive plus à payer le chauffage", "fr", {"cpas-energie"}),
        ("un huissier m'a écrit pour mes crédits", "fr", {"cpas-mediation-dettes"}),
        ("mijn medicijnen zijn te duur", "nl", {"cpas-medicaments"}),
        ("there is graffiti on my front door", "en", {"prev-tags"}),
    ],
)
def test_orient_finds_the_service_first(words_loaded, words: str, lang: str, services: set) -> None:
    found = guidance.orient_words(words=words)
    assert found.lang == lang
    assert found.confident
    assert {found.results[0].service} == services


def test_orient_says_danger_before_services(words_loaded) -> None:
    assert guidance.orient_words(words="je veux en finir avec la vie").urgent == "suicide"
    assert guidance.orient_words(words="mon compteur est mort").urgent is None


def test_ordinary_words_are_known_once_the_guide_is_read(words_loaded) -> None:
    guidance.warm_up()
    assert guidance.is_ordinary_word("electricite", "fr")
    assert not guidance.is_ordinary_word("electrocutte", "fr")


def test_orient_never_shows_what_is_not_published(words_loaded) -> None:
    found = guidance.orient_words(words="Maisons")
    assert "cpas-maisons" not in {result.service for result in found.results}


def test_phrase_added_makes_the_next_search_right(words_loaded, at: datetime) -> None:
    words = "le zinzin qui clignote dans la cave"
    assert guidance.orient_words(words=words).results[0].service != "prev-epn"
    Phrase.objects.create(
        service_id=directory.service_id("prev-epn"), lang="fr", text=words, added_at=at,
        origin=PhraseOrigin.EDITOR, added_by="Sophie",
    )  # fmt: skip
    directory_services.bump_revision()
    found = guidance.orient_words(words="Le zinzin qui clignote dans la cave !")
    assert found.confident
    assert found.results[0].service == "prev-epn"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("je m'appelle Lina Haddad et j'ai un souci", "… et j'ai un souci"),
        ("mon numéro 0470 12 34 56 ne marche pas", "mon numéro … ne marche pas"),
        ("écrivez à lina@exemple.be", "écrivez à …"),
        ("j'habite rue des Capucins à Mons", "j'habite … à Mons"),
        ("ik heet Jan en zoek werk", "… en zoek werk"),
        ("madame Dupont me réclame 1 250 euros", "… me réclame … euros"),
    ],
)
def test_lost_words_lose_what_tells_who_typed_them(typed: str, kept: str) -> None:
    assert guidance.without_identity(typed) == kept


def test_lost_words_are_counted_by_day_and_nothing_else(at: datetime) -> None:
    guidance.note_lost_words(words="Trottinette volante", orientation=NOTHING, at=at)
    guidance.note_lost_words(
        words="trottinette  volante", orientation=NOTHING, at=at + timedelta(days=1)
    )
    row = LostWords.objects.get()
    assert (row.text, row.count, str(row.first_date), str(row.last_date)) == (
        "Trottinette volante", 2, "2026-11-24", "2026-11-25",
    )  # fmt: skip


def test_lost_words_that_come_back_after_an_answer_are_open_again(at: datetime) -> None:
    guidance.note_lost_words(words="trottinette volante", orientation=NOTHING, at=at)
    LostWords.objects.update(state=LostState.ANSWERED, answered_at=at, answered_by="Sophie")
    guidance.note_lost_words(words="trottinette volante", orientation=NOTHING, at=at)
    assert LostWords.objects.get().state == LostState.OPEN


@pytest.mark.parametrize(
    "orientation",
    [Orientation("fr", None, True, ()), Orientation("fr", "violence", False, ())],
    ids=["answered", "danger"],
)
def test_words_with_an_answer_or_in_danger_are_not_kept(orientation, at: datetime) -> None:
    guidance.note_lost_words(words="il me frappe", orientation=orientation, at=at)
    assert LostWords.objects.count() == 0
