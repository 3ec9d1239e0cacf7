from hypothesis import given
from hypothesis import strategies as st

from beffroi.core.secrets import derive_secret, digest, matches


@given(st.text(min_size=1), st.text(min_size=1))
def test_secret_is_twelve_clear_characters_in_groups_of_four(about: str, key: str) -> None:
    secret = derive_secret(about, key)
    assert [len(group) for group in secret.split("-")] == [4, 4, 4]
    assert set(secret) <= set("23456789ABCDEFGHJKMNPQRSTVWXYZ-")


def test_secret_follows_from_what_it_is_about_and_from_the_key() -> None:
    one = derive_secret("a", "key")
    assert one == derive_secret("a", "key")
    assert len({one, derive_secret("b", "key"), derive_secret("a", "other")}) == 3


def test_secret_matches_however_it_is_typed() -> None:
    secret = derive_secret("a", "key")
    stored = digest(secret)
    assert matches(secret.lower().replace("-", " "), stored)
    assert not matches(derive_secret("b", "key"), stored)
    assert secret not in stored
