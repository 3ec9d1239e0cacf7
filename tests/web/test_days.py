"""A day is written as its reader says it, on every page and in every message."""

from datetime import date

import pytest
from django.template import Context, Template
from django.utils import translation
from django.utils.formats import date_format

FIRST, SECOND = date(2026, 11, 1), date(2026, 11, 2)


@pytest.mark.parametrize(
    ("lang", "day", "said"),
    [
        ("fr", FIRST, "1er novembre 2026"),
        ("fr", SECOND, "2 novembre 2026"),
        ("fr", date(2026, 11, 11), "11 novembre 2026"),
        ("nl", FIRST, "1 november 2026"),
        ("de", FIRST, "1. November 2026"),
        ("en", FIRST, "1 November 2026"),
    ],
)
def test_day_of_a_page_and_of_a_message_is_said_as_in_its_language(
    lang: str, day: date, said: str
) -> None:
    with translation.override(lang):
        page = Template('{{ day|date:"DAY_FORMAT" }}').render(Context({"day": day}))
        assert (page, date_format(day, "DAY_FORMAT")) == (said, said)


def test_first_day_of_a_month_keeps_its_name_before_it_and_its_figure_in_short() -> None:
    with translation.override("fr"):
        assert date_format(FIRST, "l j F") == "dimanche 1er novembre"
        assert date_format(FIRST, "SHORT_DATE_FORMAT") == "01/11/2026"
