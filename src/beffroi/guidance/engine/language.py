"""In which language a person writes: script first, then small words and letter groups."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

import yaml

from beffroi.guidance.engine import text

LANGUAGES = ("fr", "nl", "en", "de", "ar", "uk", "tr", "it")
_LATIN = ("fr", "nl", "en", "de", "tr", "it")
_HOUSE = "fr"
_ADVANTAGE = 1.2
_SAMPLE_CAP = 400
_ENOUGH = 20
_RUSSIAN_LETTERS = set("ыэъё")
_UKRAINIAN_LETTERS = set("іїєґ")
_RUSSIAN_WORDS = {
    "что",
    "как",
    "нет",
    "мне",
    "меня",
    "где",
    "или",
    "помощь",
    "нужна",
    "нужно",
    "есть",
    "если",
    "могу",
    "хочу",
    "ищу",
    "муж",
    "деньги",
    "денег",
    "работа",
    "только",
    "очень",
    "больше",
    "дома",
    "жить",
    "сын",
    "дочь",
    "и",
    "он",
    "она",
    "бьет",
    "еды",
    "ребенок",
    "детей",
}
_MARKS = {"tr": "şğıİ", "de": "ß", "fr": "œêç", "it": "ìò"}


def _grams(words: Iterable[str]) -> list[str]:
    return [f"_{w}_"[i : i + 3] for w in words for i in range(len(w))]


class LanguageFinder:
    """Tell the language of a text among eight, from words and letter groups seen in samples."""

    def __init__(self, samples: Iterable[tuple[str, str]] = ()) -> None:
        """Learn from the built-in lines and from `samples`, pairs of language and text."""
        built_in = yaml.safe_load((text.DATA / "languages.yaml").read_text("utf-8"))
        self._words = {lang: {str(w) for w in built_in[lang]["words"]} for lang in _LATIN}
        counts: dict[str, Counter[str]] = {lang: Counter() for lang in _LATIN}
        words: dict[str, Counter[str]] = {lang: Counter() for lang in _LATIN}
        taken: Counter[str] = Counter()
        lines = [(lang, line) for lang in _LATIN for line in built_in[lang]["lines"]]
        for lang, line in [*lines, *samples]:
            if lang not in counts:
                continue
            found = [text.fold(w) for w in text.tokens(line)]
            words[lang].update(w for w in found if len(w) > 2)
            if taken[lang] < _SAMPLE_CAP:
                taken[lang] += 1
                counts[lang].update(_grams(found))
        for lang in _LATIN:
            counts[lang].update(_grams(self._words[lang]))
        self._logs = {lang: self._profile(counts[lang]) for lang in _LATIN}
        self._seen = {lang: set(words[lang]) for lang in _LATIN}

    @staticmethod
    def _profile(counts: Counter[str]) -> tuple[dict[str, float], float]:
        total = sum(counts.values()) + 0.5 * 8000
        return {g: math.log((n + 0.5) / total) for g, n in counts.items()}, math.log(0.5 / total)

    def find(self, words: str) -> str:
        """Return the language of `words`; what is too short to tell is taken as French.

        Russian is returned as "ru": the caller answers it in Ukrainian.
        """
        letters = [c for c in words.lower() if c.isalpha()]
        arabic = sum("\u0600" <= c <= "\u06ff" for c in letters)
        cyrillic = sum("\u0400" <= c <= "\u04ff" for c in letters)
        if letters and max(arabic, cyrillic) >= 0.4 * len(letters):
            return "ar" if arabic >= cyrillic else self._cyrillic(words.lower())
        found = [text.fold(w) for w in text.tokens(words)[:_ENOUGH]]
        scores = {lang: self._score(lang, found, words) for lang in _LATIN}
        best = max(scores, key=lambda lang: scores[lang])
        short = len(found) < 3
        if (
            short
            and self._covers(_HOUSE, found)
            and (len(found) == 1 or not self._covers(best, found))
        ):
            return _HOUSE
        needed = _ADVANTAGE * (1.3 if short else 1.0)
        return best if scores[best] > scores[_HOUSE] + needed else _HOUSE

    def _covers(self, lang: str, found: list[str]) -> bool:
        """Tell whether every word of `found` was seen in the samples of `lang`."""
        return all(w in self._seen[lang] or w in self._words[lang] for w in found)

    @staticmethod
    def _cyrillic(words: str) -> str:
        russian = sum(c in _RUSSIAN_LETTERS for c in words)
        ukrainian = sum(c in _UKRAINIAN_LETTERS for c in words)
        if russian or ukrainian:
            return "ru" if russian > ukrainian else "uk"
        return "ru" if sum(w in _RUSSIAN_WORDS for w in text.tokens(words)) else "uk"

    def _score(self, lang: str, found: list[str], raw: str) -> float:
        logs, unseen = self._logs[lang]
        grams = _grams(found)
        score = sum(logs.get(g, unseen) for g in grams) * (8.0 / max(8, len(grams)))
        score += 1.5 * sum(w in self._words[lang] for w in found) * (4.0 / max(4, len(found)))
        score += 0.8 * sum(w in self._seen[lang] for w in found) * (4.0 / max(4, len(found)))
        return score + 2.0 * sum(c in _MARKS.get(lang, "") for c in raw)


@lru_cache(maxsize=1)
def _plain_finder() -> LanguageFinder:
    return LanguageFinder()


def find_language(words: str) -> str:
    """Return the language of `words` among fr, nl, en, de, ar, uk, tr, it (and ru, to be answered as uk)."""
    return _plain_finder().find(words)
