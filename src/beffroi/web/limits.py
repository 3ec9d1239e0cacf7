"""How often somebody may send or guess, without ever locking out a shared computer.

Everything is counted by the hour of the clock in Django's cache, under keys made with a salt of
the day: no address is kept, and none can be found again the next day. Sending more than usual
from one address asks a small question in plain language; far more is refused, with the telephone
as the way. Wrong codes are counted by reference and by address; a right secret link always opens.
"""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from django.conf import settings
from django.core import signing
from django.core.cache import cache
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import get_language

SENDS_BEFORE_QUESTION = 20
SENDS_BEFORE_REFUSAL = 200
#: Of one thing of which there are few: the places of an activity.
SENDS_ABOUT_ONE_BEFORE_QUESTION = 5
ACTS_ON_ONE_REQUEST = 60
WRONG_CODES_OF_REFERENCE = 10
WRONG_CODES_OF_ADDRESS = 100
WRONG_ARRIVALS_OF_ADDRESS = 60
_HOUR = 3600
_QUESTION_SALT = "limits.question"
_NUMBERS = {
    "fr": "deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize",
    "nl": "twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien",
    "de": "zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn",
    "en": "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen",
}  # fmt: skip


class Gate(StrEnum):
    """Whether a sending goes through, after a question, or not now."""

    OPEN = "open"
    QUESTION = "question"
    CLOSED = "closed"


@dataclass(frozen=True)
class Question:
    """A question that a person answers in a second: the word of a number, and its sealed token."""

    word: str
    token: str


def sending(address: str, at: datetime, about: str = "") -> Gate:
    """This function will say whether one more request may be sent from this address.

    `about` names one thing of which there are few: what is sent about it is counted apart too.
    """
    sent = _count("send", address, at)
    if sent >= SENDS_BEFORE_REFUSAL or _count("wrong-answer", address, at) >= SENDS_BEFORE_REFUSAL:
        return Gate.CLOSED
    of_one = _count(f"send:{about}", address, at) if about else 0
    asks = sent >= SENDS_BEFORE_QUESTION or of_one >= SENDS_ABOUT_ONE_BEFORE_QUESTION
    return Gate.QUESTION if asks else Gate.OPEN


def count_sending(address: str, at: datetime, about: str = "") -> None:
    """This function will count a request that was sent from this address, `about` one thing or not."""
    _add("send", address, at)
    if about:
        _add(f"send:{about}", address, at)


def new_question() -> Question:
    """This function will give a question in the language of the page."""
    seed = get_random_string(16)
    words = _NUMBERS.get(get_language() or "fr", _NUMBERS["fr"]).split()
    return Question(words[_number(seed) - 2], signing.dumps(seed, salt=_QUESTION_SALT))


def is_answered(token: str, answer: str, address: str, at: datetime) -> bool:
    """This function will say whether the answer is right; a question serves once, for an hour."""
    try:
        seed = str(signing.loads(token, salt=_QUESTION_SALT, max_age=_HOUR))
    except signing.BadSignature:
        return False
    right = answer.strip() == str(_number(seed))
    # Not counted by the hour of the clock, as the rest is: an hour that ends would serve it again.
    if right and cache.add(f"limit:question:{seed}", 1, _HOUR + 60):
        return True
    _add("wrong-answer", address, at)
    return False


def may_act(reference: str, at: datetime) -> bool:
    """This function will say whether the person may still write or add a file this hour."""
    return _count("act", reference, at) < ACTS_ON_ONE_REQUEST


def count_act(reference: str, at: datetime) -> None:
    """This function will count what the person did on her request."""
    _add("act", reference, at)


def may_try_code(reference: str, address: str, at: datetime) -> bool:
    """This function will say whether a code may be typed for this reference from this address."""
    return (
        _count("code", reference, at) < WRONG_CODES_OF_REFERENCE
        and _count("codes", address, at) < WRONG_CODES_OF_ADDRESS
    )


def count_wrong_code(reference: str, address: str, at: datetime) -> None:
    """This function will count a code that did not open the request."""
    _add("code", reference, at)
    _add("codes", address, at)


def may_announce(address: str, at: datetime) -> bool:
    """This function will say whether a reference may still be typed at the door from this address."""
    return _count("arrival", address, at) < WRONG_ARRIVALS_OF_ADDRESS


def count_wrong_arrival(address: str, at: datetime) -> None:
    """This function will count a reference that announced nobody."""
    _add("arrival", address, at)


def again_at(at: datetime) -> datetime:
    """This function will give the moment when the counts start again: the next full hour."""
    local = timezone.localtime(at)
    return local.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)


def _number(seed: str) -> int:
    mixed = hmac.new(settings.SECRET_KEY.encode(), seed.encode(), hashlib.sha256).digest()
    return 2 + mixed[0] % 15


def _key(kind: str, about: str, at: datetime) -> str:
    hour = at.astimezone(timezone.get_fixed_timezone(0))
    salt = f"{settings.SECRET_KEY}:{hour:%Y-%m-%d}"
    said = f"{kind}:{hour:%H}:{about.strip().upper()}"
    return f"limit:{hmac.new(salt.encode(), said.encode(), hashlib.sha256).hexdigest()}"


def _count(kind: str, about: str, at: datetime) -> int:
    return int(cache.get(_key(kind, about, at), 0))


def _add(kind: str, about: str, at: datetime) -> None:
    key = _key(kind, about, at)
    if cache.add(key, 1, _HOUR):
        return
    try:
        cache.incr(key)
    except ValueError:  # it ended between the two lines
        cache.set(key, 1, _HOUR)
        return
    cache.touch(key, _HOUR)  # some caches forget the end when they add
