import pytest

from beffroi.documents.letters import permissions


@pytest.fixture(autouse=True)
def nobody_sees(monkeypatch) -> None:
    """Each test says by itself who sees which letters."""
    monkeypatch.setattr(permissions, "_visible_subjects", {})
