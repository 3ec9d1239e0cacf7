"""Amounts and figures as people type them: taken, or refused in words, never the end of a page."""

from decimal import Decimal

import pytest
from django import forms
from django.core.exceptions import ValidationError

from beffroi.web.desk.small_acts import FigureField, MoneyField


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("1 250,00 €", "1250"), ("1.250,5", "1250.5"), ("12,5", "12.5"), ("0", "0"), ("1e2", "100")],
)
def test_amount_is_read_as_people_write_it(typed: str, kept: str) -> None:
    assert MoneyField().clean(typed) == Decimal(kept)


@pytest.mark.parametrize(
    "typed", ["1e999", "1e40", "NaN", "Infinity", "-5", "1,234", "douze", "9" * 40]
)
@pytest.mark.parametrize(
    ("field", "words"), [(MoneyField, "Écrivez un montant"), (FigureField, "Écrivez un nombre")]
)
def test_amount_that_is_none_is_refused_in_words(
    field: type[forms.Field], words: str, typed: str
) -> None:
    with pytest.raises(ValidationError, match=words):
        field().clean(typed)
