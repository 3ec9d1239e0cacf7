"""Reading of words: folding, tokens, stems and the sound of a French word."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from beffroi.core.later import later

if TYPE_CHECKING:
    import snowballstemmer
else:
    snowballstemmer = later("snowballstemmer")


DATA = Path(__file__).resolve().parent.parent / "data"

_APOSTROPHES = dict.fromkeys(map(ord, "’‘ʼ`´′＇"), "'")
_ARABIC = str.maketrans(
    {"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ة": "ه", "ؤ": "و", "ئ": "ي", "ـ": None}
)
_SPECIAL = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "ı": "i", "ø": "o", "ł": "l", "đ": "d"})
_TOKEN = re.compile(r"[^\W_]+(?:'[^\W_]+)*", re.UNICODE)
_ELISION = re.compile(
    r"^(?:l|d|j|n|m|t|s|c|qu|jusqu|lorsqu|puisqu|quelqu|aujourd|dell|nell|all|un|sull|dall)'(?=\w)"
)
_STEMMERS = {
    "fr": "french",
    "nl": "dutch",
    "en": "english",
    "de": "german",
    "ar": "arabic",
    "ru": "russian",
    "tr": "turkish",
    "it": "italian",
}
_UKRAINIAN_ENDINGS = re.compile(
    r"(?:уватися|юватися|ування|ювання|ення|ання|іння|ться|тися|ості|істю|ість|ові|еві|ами|ями|ого|"
    r"ому|ими|ові|ити|ати|ути|іти|яти|ая|ої|ій|ою|ею|их|им|ах|ях|ів|їв|ом|ем|ам|ям|ь|а|я|о|е|у|ю|и|і|й)$"
)


@lru_cache(maxsize=1)
def spellings() -> dict[str, dict[str, str]]:
    """Read the table of fast writing, regional words and pictograms."""
    tables: dict[str, dict[Any, Any]] = yaml.safe_load((DATA / "spellings.yaml").read_text("utf-8"))
    return {
        kind: {str(key): str(value) for key, value in table.items()}
        for kind, table in tables.items()
    }


def tidy(text: str) -> str:
    """Bring `text` to one form: NFKC, plain apostrophes, single spaces, pictograms in words."""
    text = unicodedata.normalize("NFKC", text).translate(_APOSTROPHES)
    for sign, words in spellings()["emoji"].items():
        if sign in text:
            text = text.replace(sign, f" {words} ")
    return re.sub(r"\s+", " ", text).strip()


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Lower `text` and strip its accents and marks, in every script (й and ї keep their base letter)."""
    text = text.lower().translate(_SPECIAL)
    text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return text.translate(_ARABIC).translate(_APOSTROPHES)


def tokens(text: str) -> list[str]:
    """Split `text` into lowered words with their accents; elided articles become words of their own."""
    found: list[str] = []
    for match in _TOKEN.finditer(tidy(text).lower()):
        word = match.group()
        while (elided := _ELISION.match(word)) and word != "aujourd'hui":
            found.append(elided.group().rstrip("'"))
            word = word[elided.end() :]
        if word == "aujourd'hui" or "\u0400" <= word[0] <= "\u04ff":
            found.append(word.replace("'", ""))
        else:
            found.extend(part for part in word.split("'") if part)
    return found


def key(text: str) -> str:
    """Give the form under which two writings of the same sentence are one: folded words, single spaces."""
    return " ".join(fold(word) for word in tokens(text))


@lru_cache(maxsize=16)
def _stemmer(lang: str) -> Any:
    return snowballstemmer.stemmer(_STEMMERS[lang])


@lru_cache(maxsize=65536)
def stem(word: str, lang: str) -> str:
    """Reduce a lowered `word` of `lang` to its stem, folded; words of three letters or fewer stay."""
    if len(word) <= 3:
        return fold(word)
    if lang == "uk":
        return fold(_UKRAINIAN_ENDINGS.sub("", word) if len(word) > 4 else word)
    if lang in _STEMMERS:
        return fold(_stemmer(lang).stemWord(word))
    return fold(word)


_SOUNDS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), heard)
    for pattern, heard in (
        (r"(.)\1", r"\1"),
        (r"sch|ch|sh", "S"),
        (r"ph", "f"),
        (r"th", "t"),
        (r"gn", "N"),
        (r"h", ""),
        (r"t(?=ion|iel|ieu)", "s"),
        (r"sc(?=[eiy])", "s"),
        (r"c(?=[eiy])", "s"),
        (r"qu|q|ck|c", "k"),
        (r"g(?=[eiy])", "j"),
        (r"gu(?=[eiy])", "g"),
        (r"je(?=[ao])", "j"),
        (r"x$", ""),
        (r"x", "ks"),
        (r"w", "v"),
        (r"z", "s"),
        (r"y", "i"),
        (r"(?<=[aeou])il(?=[eaos]|$)|ill(?=[eao])", "j"),
        (r"oeu|eu|oe", "e"),
        (r"eau|au", "o"),
        (r"oi", "va"),
        (r"(?:ain|ein|aim|in|im|un|um)(?![aeioun])", "I"),
        (r"(?:an|am|en|em)(?![aeioun])", "A"),
        (r"(?:on|om)(?![aeioun])", "O"),
        (r"ou", "u"),
        (r"ai|ei", "e"),
        (r"(?<=.)(?:er|et|ent|es|e|s)$", ""),
        (r"(?<=...)[tdps]$", ""),
        (r"(.)\1", r"\1"),
    )
)


@lru_cache(maxsize=65536)
def sound(word: str) -> str:
    """Give the sound of a French `word`, close enough for « chofage » and « chauffage » to meet."""
    heard = re.sub(r"[^a-z0-9]", "", fold(word))
    if len(heard) < 2 or heard.isdigit():
        return heard
    for pattern, replacement in _SOUNDS:
        heard = pattern.sub(replacement, heard)
    return heard or fold(word)
