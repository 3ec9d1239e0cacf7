"""`beffroi payments`: the file, its check, what they say and their exit status."""

from pathlib import Path

import pytest
from tests.factories.payments import approved, house, order, prepared

from beffroi.cli import main

pytestmark = pytest.mark.django_db


def test_export_then_verify_holds(tmp_path: Path, capsys) -> None:
    house()
    order()
    run, path = approved(), tmp_path / "a.xml"
    assert main(["payments", "export", "--run", run.reference, "--out", str(path)]) == 0
    assert main(["payments", "verify", str(path)]) == 0
    said = capsys.readouterr().out
    assert "octet pour octet" in said
    assert "FAUX" not in said
    assert main(["payments", "export", "--run", run.reference, "--out", str(path)]) == 0
    assert "déjà envoyé" in capsys.readouterr().out


def test_verify_finds_one_changed_digit(tmp_path: Path, capsys) -> None:
    house()
    order()
    run, path = approved(), tmp_path / "a.xml"
    main(["payments", "export", "--run", run.reference, "--out", str(path)])
    text = path.read_text()
    for changed in (
        text.replace("893.65", "993.65"),
        text.replace("<Nm>Lina Haddad</Nm>", "<Nm>Lina Hadad</Nm>"),
        text.replace("<IBAN>BE", "<IBAN>be"),
        text.replace(run.reference, "PAI-2026-9999"),
    ):
        assert changed != text
        path.write_text(changed)
        assert main(["payments", "verify", str(path)]) == 1
        assert "FAUX" in capsys.readouterr().out


def test_export_of_a_draft_is_refused(tmp_path: Path, capsys) -> None:
    house()
    order()
    run = prepared()
    path = tmp_path / "a.xml"
    assert main(["payments", "export", "--run", run.reference, "--out", str(path)]) == 1
    assert "n’est pas approuvé" in capsys.readouterr().err
    assert not path.exists()


@pytest.mark.parametrize(
    "given",
    [[], ["pay"], ["export"], ["export", "--run", "x"], ["verify"], ["verify", "nowhere.xml"]],
)
def test_misunderstood_command_says_how(given: list[str], capsys) -> None:
    assert main(["payments", *given]) == 2
    assert capsys.readouterr().err
