"""Limits: a library's computer serves everybody, a guessing run is slowed, nobody is locked out."""

from datetime import timedelta

import pytest
from django.core import signing
from django.core.cache import cache
from django.utils import translation
from tests.factories.requests import NOW

from beffroi.web import limits
from beffroi.web.limits import Gate

LIBRARY = "198.51.100.7"


def _right(question: limits.Question) -> str:
    return str(limits._number(signing.loads(question.token, salt="limits.question")))


def test_sixty_people_on_one_computer_all_get_through() -> None:
    gates = []
    for minute in range(60):
        at = NOW.replace(minute=0) + timedelta(seconds=minute * 59)
        gate = limits.sending(LIBRARY, at)
        gates.append(gate)
        if gate is Gate.QUESTION:
            question = limits.new_question()
            assert limits.is_answered(question.token, _right(question), LIBRARY, at)
        limits.count_sending(LIBRARY, at)
    assert gates == [Gate.OPEN] * 20 + [Gate.QUESTION] * 40


def test_two_hundred_sends_close_until_the_next_hour() -> None:
    for _send in range(limits.SENDS_BEFORE_REFUSAL):
        limits.count_sending(LIBRARY, NOW)
    assert limits.sending(LIBRARY, NOW) is Gate.CLOSED
    assert limits.sending("203.0.113.1", NOW) is Gate.OPEN
    assert limits.sending(LIBRARY, limits.again_at(NOW)) is Gate.OPEN
    assert timedelta(0) < limits.again_at(NOW) - NOW <= timedelta(hours=1)


def test_question_serves_once_and_only_right() -> None:
    question = limits.new_question()
    right = _right(question)
    assert not limits.is_answered(question.token, str(int(right) + 1), LIBRARY, NOW)
    assert not limits.is_answered("forged", right, LIBRARY, NOW)
    assert limits.is_answered(question.token, f" {right} ", LIBRARY, NOW)
    assert not limits.is_answered(question.token, right, LIBRARY, NOW)


def test_question_answered_does_not_serve_again_when_the_hour_ends() -> None:
    question = limits.new_question()
    right, late = _right(question), NOW.replace(minute=59)
    assert limits.is_answered(question.token, right, LIBRARY, late)
    assert not limits.is_answered(question.token, right, LIBRARY, late + timedelta(minutes=2))


@pytest.mark.parametrize(
    ("lang", "words"), [("fr", "sept"), ("nl", "zeven"), ("de", "sieben"), ("en", "seven")]
)
def test_question_is_in_the_language_of_the_page(lang: str, words: str) -> None:
    assert limits._NUMBERS[lang].split()[7 - 2] == words
    assert len(set(limits._NUMBERS[lang].split())) == 15
    with translation.override(lang):
        question = limits.new_question()
    place = int(_right(question)) - 2
    assert question.word == limits._NUMBERS[lang].split()[place]


def test_question_does_not_show_its_answer_in_the_token() -> None:
    seeds = {signing.loads(limits.new_question().token, salt="limits.question") for _n in range(5)}
    assert len(seeds) == 5
    assert not any(seed.isdigit() for seed in seeds)


def test_wrong_codes_of_a_reference_are_slowed_from_any_address() -> None:
    for number in range(10):
        address = f"203.0.113.{number}"
        assert limits.may_try_code("DEM-2026-00001", address, NOW)
        limits.count_wrong_code("DEM-2026-00001", address, NOW)
    assert not limits.may_try_code("dem-2026-00001 ", LIBRARY, NOW)
    assert limits.may_try_code("DEM-2026-00002", LIBRARY, NOW)
    assert limits.may_try_code("DEM-2026-00001", LIBRARY, limits.again_at(NOW))


def test_wrong_codes_of_an_address_are_slowed_whatever_the_reference() -> None:
    for number in range(100):
        limits.count_wrong_code(f"DEM-2026-{number:05d}", LIBRARY, NOW)
    assert not limits.may_try_code("DEM-2026-00500", LIBRARY, NOW)
    assert limits.may_try_code("DEM-2026-00500", "203.0.113.1", NOW)


def test_no_address_and_no_reference_stays_in_the_cache() -> None:
    limits.count_sending(LIBRARY, NOW)
    limits.count_wrong_code("DEM-2026-00001", LIBRARY, NOW)
    kept = " ".join(f"{key} {value!r}" for key, value in cache._cache.items())
    assert len(cache._cache) == 3
    assert LIBRARY not in kept and "DEM-2026" not in kept


def test_key_of_today_is_not_that_of_tomorrow() -> None:
    keys = {limits._key("send", LIBRARY, NOW + timedelta(days=day)) for day in range(3)}
    assert len(keys) == 3
