"""Folding, tokens, stems, sounds and the mending of words."""

import pytest

from beffroi.guidance.engine import text
from beffroi.guidance.engine.reading import Reader, clauses, nearer_russian

LINES = (
    ("fr", "je n'arrive plus à payer le chauffage ni le loyer de mon logement"),
    ("fr", "mon médecin cherche de l'aide pour une facture d'électricité"),
    ("nl", "ik zoek een woning voor mijn kinderen"),
)


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(LINES)


def test_tokens_split_elided_articles_whatever_the_apostrophe() -> None:
    assert text.tokens("J’habite à l'Épinlieu, aujourd’hui") == [
        "j", "habite", "à", "l", "épinlieu", "aujourdhui",
    ]  # fmt: skip


def test_tokens_keep_ukrainian_words_whole() -> None:
    assert text.tokens("моя сім'я б’є") == ["моя", "сімя", "бє"]


def test_key_is_the_same_for_two_writings_of_a_sentence() -> None:
    assert text.key("Où  va-t-on ?") == text.key("ou va t on")


def test_fold_brings_arabic_letters_to_one_form() -> None:
    assert text.fold("أَطْفَالٌ") == text.fold("اطفال")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("chofage", "chauffage"),
        ("loyé", "loyer"),
        ("fakture", "facture"),
        ("lojement", "logement"),
        ("ankor", "encore"),
        ("uisier", "huissier"),
        ("alokasion", "allocation"),
        ("maizon", "maison"),
        ("manjé", "manger"),
    ],
)
def test_sound_is_the_same_for_a_word_and_its_misspelling(typed: str, meant: str) -> None:
    assert text.sound(typed) == text.sound(meant)


@pytest.mark.parametrize(
    ("one", "other"), [("dette", "date"), ("loyer", "loisir"), ("toit", "tag"), ("vélo", "violon")]
)
def test_sound_differs_for_words_that_differ(one: str, other: str) -> None:
    assert text.sound(one) != text.sound(other)


def test_read_mends_misspelled_words_with_the_vocabulary(reader: Reader) -> None:
    reading = reader.read("jariv plu a payé le chofage", "fr")
    assert reading.mended == "j'arrive plus à payer le chauffage"


def test_read_writes_out_fast_writing(reader: Reader) -> None:
    assert reader.read("chui pr un rdv", "fr").mended == "je suis pour un rendez vous"


def test_read_takes_belgian_savoir_for_pouvoir(reader: Reader) -> None:
    assert reader.read("je sais plus payer", "fr").words == ("je", "peux", "plus", "payer")


def test_read_leaves_savoir_of_knowledge(reader: Reader) -> None:
    assert reader.read("je sais où habiter", "fr").words == ("je", "sais", "où", "habiter")


def test_read_counts_unknown_words(reader: Reader) -> None:
    assert reader.read("qsdfgh wxcvbn", "fr").known == 0.0


def test_read_does_not_mend_one_language_with_another(reader: Reader) -> None:
    assert reader.read("woning", "nl").words == ("woning",)


def test_clauses_leave_short_messages_whole() -> None:
    assert clauses("je cherche un logement") == []


def test_clauses_cut_long_messages() -> None:
    line = "je suis seule avec mes enfants et je ne sais plus payer le gaz. mon frère a perdu son travail"
    assert sorted(clauses(line)) == sorted(
        [
            "je suis seule avec mes enfants",
            "je ne sais plus payer le gaz",
            "mon frère a perdu son travail",
        ]
    )


def test_nearer_russian_replaces_words_by_their_stem_too() -> None:
    assert nearer_russian(["шукаю", "роботу"]) == "ищу работу"
