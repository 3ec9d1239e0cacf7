"""Names as they are heard, misspelled and turned round: words, sounds, and the keys of both.

Nothing here reads the database. A word is lower case, without accents. Its keys are numbers
made of the word and of its sound, each whole and with one letter left out: two words that
differ by one letter (left out, added, changed, or swapped with its neighbour) share a key.
"""

import re
import unicodedata
from functools import lru_cache
from hashlib import blake2b

from rapidfuzz.distance import OSA

#: Small words that stand before many names: never looked for alone.
PARTICLES = frozenset(
    [
        "al",
        "ben",
        "d",
        "da",
        "das",
        "de",
        "del",
        "den",
        "der",
        "des",
        "di",
        "do",
        "dos",
        "du",
        "el",
        "et",
        "la",
        "las",
        "le",
        "les",
        "los",
        "of",
        "ould",
        "oulad",
        "t",
        "ten",
        "ter",
        "the",
        "'t",
        "op",
        "van",
        "vande",
        "vanden",
        "vander",
        "von",
        "y",
        "zu",
    ]
)
_LETTERS = str.maketrans(
    {
        "ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe",
        "ı": "i", "ĳ": "ij", "’": "'", "ʼ": "'", "`": "'", "´": "'",
    }
)  # fmt: skip
_SPLIT = re.compile(r"[^\w]+|_+")
_APOSTROPHE = re.compile(r"\b([a-z]{1,2})'(?=\w)")
#: Longest word kept; shortest word whose letters are left out one by one.
LONGEST, _SHORTEST = 60, 3


def plain(text: str) -> str:
    """This function will give the text in lower case, without accents or ligatures."""
    lowered = text.strip().lower().translate(_LETTERS)
    apart = unicodedata.normalize("NFKD", lowered)
    return "".join(c for c in apart if not unicodedata.combining(c))


def words(text: str) -> list[str]:
    """This function will give the words of a name; « d'Haese » is one word, « dhaese »."""
    joined = _APOSTROPHE.sub(r"\1", plain(text))
    return [word[:LONGEST] for word in _SPLIT.split(joined) if word]


def tokens(text: str) -> list[str]:
    """This function will give what a name is found by: its words, and its neighbours joined.

    « Vanden Berghe » gives berghe, vandenberghe; « Jean-Pierre » jean, pierre, jeanpierre.
    """
    parts = words(text)
    own = [w for w in parts if w not in PARTICLES] or parts
    joined = [a + b for a, b in zip(parts, parts[1:], strict=False)]
    joined += ["".join(parts)] if len(parts) > 2 else []
    return list(dict.fromkeys(word[:LONGEST] for word in own + joined))


#: In order; capitals stand for sounds that one letter does not write (E: « ai », N: « an », S: « ch »).
_SOUNDS = [
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"^mc", "mak"), (r"tch|sch|sh|ch|tsj|sj|cz", "S"), (r"ph", "f"),
        (r"eaux?|aux$|au|eox?$", "o"), (r"x$", ""), (r"oeu|eu|oe", "e"),
        (r"ou|oo|w(?=[bcdfgklmnprst])", "u"),
        (r"(?:ai|ei|ay|ey|ae|ij|[aeioy])[nm](?=[bcdfgjkpqrstvxz]|$)", "N"),
        (r"ij|y|ie(?=.)|ii", "i"), (r"ai|ei|ay|ey|ae|ee", "E"),
        (r"qu|q|ck|c(?![eiyE])|kh|x(?=c)", "k"), (r"c(?=[eiyE])|z|ss|sc(?=[eiyE])", "s"),
        (r"gu(?=[eiyE])|gh", "g"), (r"g(?=[eiyE])|dj", "j"), (r"x", "ks"), (r"w", "v"),
        (r"th|dt", "t"), (r"h", ""), (r"ill", "i"), (r"gn", "ni"),
    )
]  # fmt: skip
_REPEATED = re.compile(r"(.)\1+")
_SILENT_END = re.compile(r"(?<=..)[tdpsx]?e?s?$")


@lru_cache(maxsize=20_000)
def sound(word: str) -> str:
    """This function will give how a word sounds to a French ear, as one short string.

    Made for names of Belgium: « Thijs » and « Tys », « Goffaux » and « Gofo » sound alike.
    """
    said = word
    for pattern, how in _SOUNDS:
        said = pattern.sub(how, said)
    said = _SILENT_END.sub("", _REPEATED.sub(r"\1", said), count=1)
    return said or word


def _number(kind: str, text: str) -> int:
    raw = blake2b(f"{kind}{text}".encode(), digest_size=8).digest()
    return int.from_bytes(raw, "big", signed=True)


def _without_one(text: str) -> set[str]:
    return {text, *(text[:i] + text[i + 1 :] for i in range(len(text)))}


@lru_cache(maxsize=20_000)
def keys(word: str) -> frozenset[int]:
    """This function will give the keys of a word: its letters and its sound, less one or whole."""
    heard = sound(word)
    spelled = _without_one(word) if len(word) >= _SHORTEST else {word}
    heard_all = _without_one(heard) if len(heard) > _SHORTEST else {heard}
    return frozenset(
        {_number("l", part) for part in spelled} | {_number("s", part) for part in heard_all}
    )


def spelled_alike(asked: str, found: str) -> float:
    """This function will say how near two words are by their letters alone, from 0 to 1."""
    alike: float = OSA.normalized_similarity(asked, found)
    return alike


def closeness(asked: str, found: str) -> float:
    """This function will say how near two words are, from 0 to 1 when they are the same."""
    if asked == found:
        return 1.0
    letters = spelled_alike(asked, found)
    heard: float = OSA.normalized_similarity(sound(asked), sound(found))
    return max(letters, 0.45 * letters + 0.55 * heard) * 0.98
