"""Words in, services out; and the words that found nothing good, kept without who typed them."""

import hashlib
import re
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from beffroi.guidance import library
from beffroi.guidance.engine.guide import Orientation
from beffroi.guidance.enums import LostState
from beffroi.guidance.models import LostWords

MOST_CHARACTERS = 1000
#: What could tell who typed: addresses, numbers, links, and names after the words that announce them.
_TELLING = (
    re.compile(r"\S+@\S+"),
    re.compile(r"https?://\S+|www\.\S+"),
    re.compile(r"\b\d[\d\s./€-]{2,}\d\b|\b\d{3,}\b"),
    re.compile(
        r"(?i:\b(?:je m[’' ]?app?el+e|mon nom (?:est|c[’']?est)|my name is|i[’' ]?m called|ik heet|"
        r"mijn naam is|ich hei(?:ß|ss)e|mein name ist|mi chiamo|benim ad[ıi]m|ad[ıi]m|"
        r"мене звати|меня зовут|اسمي))\s+\S+(?:\s+[A-ZÀ-ÝА-ЯІЇЄҐ]\S+)?"
    ),
    re.compile(
        r"(?i:\b(?:rue|avenue|chaussée|chemin|place|boulevard|allée|quai|clos|résidence|straat|"
        r"laan|steenweg|straße|strasse|street))\s+(?:(?i:de|du|des|la|le|les)\s+|[dl][’'])*"
        r"[A-ZÀ-Ýa-zà-ÿ-]+"
    ),
    re.compile(
        r"(?i:\b(?:monsieur|madame|mme|mr|m\.|dr|docteur|mevrouw|meneer|herr|frau|signora?))\s+"
        r"[A-ZÀ-Ý][\wÀ-ÿ-]+"
    ),
)


def orient_words(*, words: str, lang: str | None = None) -> Orientation:
    """This function will give the services that answer `words`, best first, and any danger.

    `lang` is the language of the words when it is known; otherwise it is found.
    """
    return library.orient(" ".join(words.split())[:MOST_CHARACTERS], lang)


def is_ordinary_word(word: str, lang: str) -> bool:
    """This function will say whether a word is well known: it is then no misspelling of another."""
    return library.knows(word, lang)


def warm_up() -> None:
    """This function will make the process ready to answer its first words quickly."""
    library.orient("bonjour", "fr")


def without_identity(words: str) -> str:
    """This function will take out of `words` whatever could tell who typed them."""
    for pattern in _TELLING:
        words = pattern.sub("…", words)
    return " ".join(words.split())[:300]


@transaction.atomic
def note_lost_words(*, words: str, orientation: Orientation, at: datetime) -> None:
    """This function will put words without a good answer in the editors' queue, or count them again.

    Nothing is kept when danger was seen: those words are answered by numbers, not by editors.
    """
    if orientation.confident or orientation.urgent:
        return
    text = without_identity(words)
    if len(re.sub(r"[\W\d_]+", "", text)) < 3:
        return
    mark = hashlib.sha256(f"{orientation.lang}:{text.casefold()}".encode()).hexdigest()
    day = timezone.localdate(at)
    again = LostWords.objects.filter(fingerprint=mark)
    if again.update(count=F("count") + 1, last_date=day):
        again.filter(state=LostState.ANSWERED).update(
            state=LostState.OPEN, answered_at=None, answered_by=""
        )
        return
    LostWords.objects.create(
        text=text,
        lang=orientation.lang,
        fingerprint=mark,
        first_date=day,
        last_date=day,
        guesses=[result.service for result in orientation.results],
    )
