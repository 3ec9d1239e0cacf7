"""Which language a person writes."""

import pytest

from beffroi.guidance.engine.language import LanguageFinder, find_language


@pytest.mark.parametrize(
    ("words", "lang"),
    [
        ("je cherche un logement", "fr"),
        ("jariv plu a payé mon loyé", "fr"),
        ("vélo", "fr"),
        ("gsm", "fr"),
        ("ik zoek werk in de buurt", "nl"),
        ("mijn moeder is alleen", "nl"),
        ("where can I sleep", "en"),
        ("I need food", "en"),
        ("ich suche eine Wohnung", "de"),
        ("meine Mutter braucht Hilfe", "de"),
        ("أحتاج إلى مساعدة", "ar"),
        ("мені потрібна допомога", "uk"),
        ("допомога", "uk"),
        ("мне нужна помощь", "ru"),
        ("iş arıyorum", "tr"),
        ("cocugum icin yardim", "tr"),
        ("cerco un lavoro", "it"),
        ("mia madre vive da sola", "it"),
        ("", "fr"),
        ("123 ???", "fr"),
    ],
)
def test_find_tells_the_language(words: str, lang: str) -> None:
    assert find_language(words) == lang


def test_find_learns_from_samples() -> None:
    finder = LanguageFinder([("nl", "zwerfvuil opruimen"), ("nl", "zwerfvuil melden")] * 20)
    assert finder.find("zwerfvuil opruimen") == "nl"
