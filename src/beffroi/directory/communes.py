"""Which commune somebody means: a postcode, a name with or without its accents, a slip of the pen.

Each commune has its own CPAS (OCMW in Dutch, ÖSHZ in German), named here in its own language.
"""

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

from rapidfuzz import fuzz, process

from beffroi.directory.models import Commune, Locality
from beffroi.directory.queries import revision
from beffroi.directory.values import folded

_OTHER_NAMES = Path(__file__).parent / "data" / "other_names.csv"
FLANDERS, BRUSSELS = "02000", "04000"
#: The nine communes whose administration speaks German.
GERMAN = frozenset(
    {"63001", "63012", "63013", "63023", "63040", "63048", "63061", "63067", "63087"}
)
#: Words people add around a name.
_AROUND = re.compile(
    r"^(?:(?:le|het|das|the|mon|mijn) )?(?:cpas|ocmw|oshz|commune|ville|gemeente|stad|stadt|gemeinde|"
    r"village|dorp|belgique|belgie)\b(?: (?:de|du|des|d|van|von|of|a|te|in))?\s*"
)
_ARTICLE = re.compile(r"^(?:le|la|les|de|het|l) ")
_SHORT = ((re.compile(r"\bst\b"), "saint"), (re.compile(r"\bste\b"), "sainte"))
_CLOSE_ENOUGH = 74
_AS_CLOSE = 4
_MOST = 12


class Answer(StrEnum):
    """How sure the answer is."""

    NOTHING_ASKED = "nothing_asked"
    FOUND = "found"
    SEVERAL = "several"
    NEARLY = "nearly"
    NOT_FOUND = "not_found"


@dataclass(frozen=True)
class CommuneFound:
    """A commune with its names, its postcodes, the locality that was meant, and its CPAS."""

    nis: str
    name_fr: str
    name_nl: str
    name_de: str
    region: str
    postal_codes: tuple[str, ...]
    localities: tuple[str, ...] = ()

    def name(self, lang: str) -> str:
        """This function will give the name in the language of the page, or its own."""
        if lang == "nl":
            return self.name_nl
        if lang == "de" and self.name_de:
            return self.name_de
        return self.own_name if lang == "en" else self.name_fr

    @property
    def own_name(self) -> str:
        return {"nl": self.name_nl, "de": self.name_de}.get(self.languages[0]) or self.name_fr

    @property
    def languages(self) -> tuple[str, ...]:
        """This property gives the languages in which its CPAS bears its name."""
        if self.region == BRUSSELS:
            return ("fr", "nl")
        if self.region == FLANDERS:
            return ("nl",)
        return ("de",) if self.nis in GERMAN else ("fr",)

    @property
    def centres(self) -> tuple[tuple[str, str], ...]:
        """This property gives (language, official name) of its centre: « CPAS de Mons »."""
        names = {
            "fr": f"CPAS {_of(self.name_fr)}",
            "nl": f"OCMW {self.name_nl}",
            "de": f"ÖSHZ {self.name_de}",
        }
        return tuple((lang, names[lang]) for lang in self.languages)


@dataclass(frozen=True)
class Found:
    """What was asked, how sure the answer is, and the communes that may be meant."""

    asked: str
    answer: Answer
    communes: tuple[CommuneFound, ...] = ()


@dataclass(frozen=True)
class _Gazetteer:
    communes: dict[str, CommuneFound]
    by_code: dict[str, list[str]]
    by_name: dict[str, list[str]]
    localities: dict[str, dict[str, list[str]]]


def _of(name: str) -> str:
    """« de Mons », « d’Ath », « du Rœulx », « des Bons Villers », « de La Louvière »."""
    for article, joined in (("Le ", "du "), ("Les ", "des ")):
        if name.startswith(article):
            return joined + name.removeprefix(article)
    return f"d’{name}" if folded(name)[:1] in "aeiouy" else f"de {name}"


def _other_names() -> dict[str, list[tuple[str, str]]]:
    found: dict[str, list[tuple[str, str]]] = {}
    with _OTHER_NAMES.open(encoding="utf-8") as rows:
        for row in csv.DictReader(rows):
            found.setdefault(row["nis"], []).append((row["lang"], row["name"]))
    return found


@lru_cache(maxsize=2)
def _gazetteer(stamp: int) -> _Gazetteer:
    """All communes and their names, read once for each revision of the directory."""
    codes: dict[str, list[str]] = {}
    localities: dict[str, dict[str, list[str]]] = {}
    rows = Locality.objects.order_by("postal_code", "name").values_list(
        "commune_id", "postal_code", "name"
    )
    for nis, code, name in rows:
        codes.setdefault(nis, []).append(code)
        if name:
            localities.setdefault(nis, {}).setdefault(code, []).append(name)
    others = _other_names()
    communes: dict[str, CommuneFound] = {}
    by_code: dict[str, list[str]] = {}
    by_name: dict[str, list[str]] = {}
    for row in Commune.objects.all():
        german = row.name_de or dict(others.get(row.nis, [])).get("de", "")
        own = tuple(dict.fromkeys(codes.get(row.nis, [])))
        communes[row.nis] = CommuneFound(
            row.nis, row.name_fr, row.name_nl, german, row.region_nis, own
        )
        for code in own:
            by_code.setdefault(code, []).append(row.nis)
        names = [row.name_fr, row.name_nl, german, *(name for _, name in others.get(row.nis, []))]
        names += [name for some in localities.get(row.nis, {}).values() for name in some]
        keys = [folded(name) for name in names if name]
        for name in dict.fromkeys([*keys, *(_ARTICLE.sub("", key) for key in keys)]):
            by_name.setdefault(name, []).append(row.nis)
    return _Gazetteer(communes, by_code, by_name, localities)


def find_commune(asked: str) -> Found:
    """This function will say which communes a postcode or a name may mean, the likeliest first."""
    asked = " ".join(asked.split())[:80]
    if not asked:
        return Found(asked, Answer.NOTHING_ASKED)
    known = _gazetteer(revision())
    code = re.search(r"(?<!\d)\d{4}(?!\d)", asked)
    name = _name_asked(asked)
    if code and code[0] in known.by_code:
        return _answer(known, asked, [name], code=code[0])
    if not name:
        return Found(asked, Answer.NOT_FOUND)
    if name in known.by_name:
        return _answer(known, asked, [name])
    begun = [key for key in known.by_name if len(name) >= 4 and key.startswith(name)]
    close = _unique([*_closest(known, name), *begun])
    if not close:
        return Found(asked, Answer.NOT_FOUND)
    return _answer(known, asked, close, is_sure=False)


def _name_asked(asked: str) -> str:
    name = _AROUND.sub("", re.sub(r"\b\d+\b", " ", folded(asked)).strip()).strip()
    for pattern, whole in _SHORT:
        name = pattern.sub(whole, name)
    return name


def _closest(known: _Gazetteer, name: str) -> list[str]:
    """The names that are written nearly so, the closest first."""
    matches = process.extract(
        name, list(known.by_name), scorer=fuzz.ratio, score_cutoff=_CLOSE_ENOUGH, limit=_MOST
    )
    best = max((score for _, score, _ in matches), default=0)
    return [key for key, score, _ in matches if score >= best - _AS_CLOSE]


def _unique(items: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(items))


def _answer(
    known: _Gazetteer, asked: str, names: list[str], *, code: str = "", is_sure: bool = True
) -> Found:
    """The communes that bear these names or this postcode, with the localities that are meant."""
    found = known.by_code[code] if code else [nis for n in names for nis in known.by_name[n]]
    rows = []
    for nis in _unique(found)[:_MOST]:
        named = known.localities.get(nis, {})
        here = named.get(code, []) if code else [one for some in named.values() for one in some]
        meant = [one for one in here if folded(one) in names]
        rows.append(replace(known.communes[nis], localities=tuple(meant or (here if code else ()))))
    if not is_sure:
        return Found(asked, Answer.NEARLY, tuple(rows))
    return Found(asked, Answer.FOUND if len(rows) == 1 else Answer.SEVERAL, tuple(rows))
