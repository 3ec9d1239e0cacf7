"""What a person typed, made ready to compare: mended words, stems, sounds and concepts."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import yaml
from rapidfuzz import process
from rapidfuzz.distance import OSA

from beffroi.guidance.engine import text

_KNOW_HOW = {
    "sais": "peux",
    "sait": "peut",
    "savons": "pouvons",
    "savez": "pouvez",
    "savent": "peuvent",
    "saurais": "pourrais",
    "saurait": "pourrait",
    "savais": "pouvais",
    "savait": "pouvait",
    "sai": "peux",
    "sé": "peux",
    "c": "peux",
}
_NEGATION = {"pas", "plus", "pu", "plu", "rien", "jamais", "nin", "pa"}
_INFINITIVE = re.compile(r"(?:er|ir|re|oir|é)$")
_CLITICS = ("j", "l", "d", "n", "m", "t", "s", "c", "qu")
_CLAUSE = re.compile(
    r"[.!?;,\n…]+|\s(?:et|mais|donc|parce que|und|aber|en|maar|and|but|because|ve|ama|ma|perché)\s"
)


@dataclass(frozen=True)
class Reading:
    """One text, read: its words, mended, and the terms to look for."""

    raw: str
    lang: str
    key: str
    words: tuple[str, ...]
    mended: str
    grams: str
    heard: str
    terms: dict[str, float]
    known: float
    sources: dict[str, str]


class Speller:
    """Mends the words of one language against those its clean phrases use."""

    def __init__(self, counts: Counter[str], lang: str) -> None:
        """Learn from `counts`, how often each lowered word occurs."""
        self._lang = lang
        self._folded: dict[str, str] = {}
        self._sounds: dict[str, str] = {}
        by_length: dict[int, list[str]] = defaultdict(list)
        for word, _ in sorted(counts.items(), key=lambda item: -item[1]):
            self._folded.setdefault(text.fold(word), word)
            if lang == "fr" and len(word) > 2:
                self._sounds.setdefault(text.sound(word), word)
        for folded in self._folded:
            by_length[len(folded)].append(folded)
        self._by_length = by_length
        self._kept: dict[str, tuple[str, bool]] = {}

    def knows(self, word: str) -> bool:
        """Tell whether `word` is written like a known one, accents aside."""
        return text.fold(word) in self._folded

    def mend(self, word: str) -> tuple[str, bool]:
        """Return the known word or words that `word` stands for, and whether one was found."""
        if word not in self._kept:
            if len(self._kept) > 20000:
                self._kept.clear()
            self._kept[word] = self._search(word)
        return self._kept[word]

    def _search(self, word: str) -> tuple[str, bool]:
        folded = text.fold(word)
        if folded in self._folded:
            return (word if word != folded else self._folded[folded]), True
        if len(folded) < 3 or folded.isdigit():
            return word, folded.isdigit()
        if self._lang == "fr":
            sound = text.sound(word)
            if len(sound) > 1 and sound in self._sounds:
                return self._sounds[sound], True
        near = self._near(folded)
        if near:
            return near, True
        split = self._split(folded) if self._lang == "fr" else None
        return (split, True) if split else (word, False)

    def _near(self, folded: str) -> str | None:
        if len(folded) < 4:
            return None
        allowed = 1 if len(folded) < 8 else 2
        best: tuple[float, bool, int] | None = None
        nearest = ""
        for size in range(max(4, len(folded) - allowed), len(folded) + allowed + 1):
            pool = self._by_length.get(size, [])
            for word, distance, rank in process.extract(
                folded, pool, scorer=OSA.distance, score_cutoff=allowed, limit=3
            ):
                mark = (distance, word[0] != folded[0], rank)
                if best is None or mark < best:
                    best, nearest = mark, word
        return self._folded[nearest] if nearest else None

    def _split(self, folded: str) -> str | None:
        for clitic in _CLITICS:
            rest = folded[len(clitic) :]
            if folded.startswith(clitic) and len(rest) > 2:
                whole = self._folded.get(rest) or (
                    self._sounds.get(text.sound(rest)) if len(rest) > 3 else None
                )
                if whole:
                    return f"{clitic} {whole}"
        for cut in range(2, len(folded) - 2):
            if folded[:cut] in self._folded and folded[cut:] in self._folded:
                return f"{self._folded[folded[:cut]]} {self._folded[folded[cut:]]}"
        return None


_NEARER_LETTERS = str.maketrans("іїєґІЇЄҐ", "ииегИИЕГ")


@lru_cache(maxsize=1)
def _russian() -> dict[str, str]:
    """Read the Russian words of Ukrainian ones, whole and by stem."""
    table: dict[str, str] = yaml.safe_load((text.DATA / "ukrainian.yaml").read_text("utf-8"))
    pairs = {text.tokens(word)[0]: other for word, other in table.items() if " " not in word}
    stems = {text.stem(word, "uk"): other for word, other in reversed(pairs.items())}
    return stems | pairs


def nearer_russian(words: Iterable[str]) -> str:
    """Write Ukrainian `words` with the Russian ones where they are known, for the sentence encoder."""
    table = _russian()
    return " ".join(
        table.get(w) or table.get(text.stem(w, "uk")) or w.translate(_NEARER_LETTERS) for w in words
    )


class Reader:
    """Reads phrases and queries the same way, with the vocabulary of the phrases."""

    def __init__(self, lines: Iterable[tuple[str, str]]) -> None:
        """Learn the vocabulary from `lines`, pairs of language and cleanly written text."""
        counts: dict[str, Counter[str]] = defaultdict(Counter)
        for lang, line in lines:
            counts[lang].update(text.tokens(line))
        self._spellers = {lang: Speller(words, lang) for lang, words in counts.items()}
        tables = text.spellings()
        self._fast = {k: text.tokens(v) for k, v in tables["sms"].items()}
        self._local = {k: text.tokens(v) for k, v in tables["belgian"].items()}

    def knows(self, word: str, lang: str) -> bool:
        """Tell whether `word` is an ordinary word of the clean phrases in `lang`."""
        speller = self._spellers.get(lang)
        return speller is not None and speller.knows(word)

    def read(self, words: str, lang: str, *, clean: bool = False) -> Reading:
        """Return the reading of `words` in `lang`; `clean` texts are taken as well written."""
        found = text.tokens(words)
        known = 1.0
        mended = found
        if not clean:
            mended, known = self._mend(found, lang)
        if lang == "fr":
            mended = self._know_how(mended)
        terms, sources = self._terms(mended, found, lang)
        plain = " ".join(text.fold(w) for w in found)
        heard = "".join(text.sound(w) for w in mended) if lang == "fr" else ""
        return Reading(
            raw=text.tidy(words),
            lang=lang,
            key=plain,
            words=tuple(mended),
            mended=self._sentence(words, mended, lang, clean),
            grams=" ".join(text.fold(w) for w in mended),
            heard=heard,
            terms=terms,
            known=known,
            sources=sources,
        )

    @staticmethod
    def _sentence(words: str, mended: list[str], lang: str, clean: bool) -> str:
        """Return the sentence to give the encoder."""
        if lang == "uk":
            return nearer_russian(mended)
        return _spell_out(mended) if not clean or lang == "fr" else text.tidy(words)

    def _mend(self, found: list[str], lang: str) -> tuple[list[str], float]:
        speller = self._spellers.get(lang)
        mended: list[str] = []
        known = 0
        for word in found:
            fast = self._fast.get(word) if lang == "fr" else None
            if fast and not (len(word) > 3 and speller and speller.knows(word)):
                mended.extend(fast)
                known += 1
            elif speller is None:
                mended.append(word)
                known += 1
            else:
                repaired, sure = speller.mend(word)
                mended.extend(repaired.split())
                known += sure
        return mended, known / max(1, len(found))

    @staticmethod
    def _know_how(words: list[str]) -> list[str]:
        """Turn the Belgian « savoir » of ability into « pouvoir »."""
        changed = list(words)
        for place, word in enumerate(words):
            if word in _KNOW_HOW and word != "c":
                after = [
                    w for w in words[place + 1 : place + 4] if w not in _NEGATION and len(w) > 2
                ]
                denied = any(w in _NEGATION for w in words[place + 1 : place + 3])
                if denied and after and _INFINITIVE.search(after[0]):
                    changed[place] = _KNOW_HOW[word]
        return changed

    def _terms(
        self, mended: list[str], found: list[str], lang: str
    ) -> tuple[dict[str, float], dict[str, str]]:
        terms: dict[str, float] = {}
        sources: dict[str, str] = {}
        stems = [text.stem(w, "ru" if lang == "ru" else lang) for w in mended]
        for word, stem in zip(mended, stems, strict=True):
            terms[stem] = 1.0
            sources.setdefault(stem, word)
            if lang == "fr" and len(word) > 2:
                terms[f"~{text.sound(word)}"] = 0.6
            for local in self._local.get(text.fold(word), ()) if lang == "fr" else ():
                terms.setdefault(text.stem(local, "fr"), 0.6)
        for word in found:
            terms.setdefault(text.stem(word, lang), 0.7)
            sources.setdefault(text.stem(word, lang), word)
        for first, second in zip(stems, stems[1:], strict=False):
            terms[f"{first}_{second}"] = 0.4
        return terms, sources


def _spell_out(words: list[str]) -> str:
    """Write `words` as a sentence again, clitics joined to what follows."""
    line = " ".join(words)
    return re.sub(r"\b(j|l|d|n|m|t|s|c|qu) (?=[aeiouyhàâéèêîôûœ])", r"\1'", line)


def clauses(words: str) -> list[str]:
    """Cut a long message into its parts of four words or more; a short one gives nothing."""
    if len(words.split()) < 12:
        return []
    parts = [p.strip() for p in _CLAUSE.split(words)]
    return sorted((p for p in parts if len(p.split()) >= 4), key=len, reverse=True)[:3]
