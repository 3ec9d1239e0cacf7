import pytest

from beffroi.directory import full_text


@pytest.fixture(autouse=True)
def forget_texts():
    """Each test starts from an empty directory, whose stamp starts from zero again."""
    full_text.forget()
    yield
    full_text.forget()
