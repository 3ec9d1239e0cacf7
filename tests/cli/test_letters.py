"""`beffroi letters run` writes what waits, once."""

import pytest
from tests.factories import letters as factory

from beffroi.cli import letters
from beffroi.documents.letters.models import Letter

pytestmark = pytest.mark.django_db


def test_letters_run_writes_every_batch_that_waits(capsys) -> None:
    factory.open_batch(2)
    factory.open_batch(1)
    said = []
    for _time in range(2):
        assert letters.run(["run"]) == 0
        said.append(capsys.readouterr().out.strip())
    assert (said, Letter.objects.count()) == (["3", "0"], 3)


def test_letters_without_a_word_says_how_to_use_it(capsys) -> None:
    assert letters.run([]) == 2
    assert "letters run" in capsys.readouterr().err
