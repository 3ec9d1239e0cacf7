"""Secrets a person can hold on paper: twelve characters that are never mistaken for others."""

import hashlib
import hmac

_ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
_LENGTH = 12


def derive_secret(about: str, key: str) -> str:
    """This function will give the secret of 12 characters (58 bits) that `key` makes of `about`.

    It follows from both, so that it can be given again without ever being stored.
    """
    number = int.from_bytes(hmac.new(key.encode(), about.encode(), hashlib.sha256).digest(), "big")
    letters = []
    for _step in range(_LENGTH):
        number, rest = divmod(number, len(_ALPHABET))
        letters.append(_ALPHABET[rest])
    raw = "".join(letters)
    return "-".join(raw[i : i + 4] for i in range(0, _LENGTH, 4))


def canonical_secret(typed: str) -> str:
    """This function will read a secret as typed: any case, any spacing."""
    return "".join(c for c in typed.upper() if c.isalnum())


def digest(secret: str) -> str:
    """This function will give what is stored in place of the secret."""
    return hashlib.sha256(canonical_secret(secret).encode()).hexdigest()


def matches(secret: str, stored: str) -> bool:
    """This function will compare in constant time."""
    return hmac.compare_digest(digest(secret), stored)
