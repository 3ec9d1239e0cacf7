"""Whether two agents' accounts are one human being: four eyes are those of two people."""

import unicodedata
from collections.abc import Callable

from django.contrib.auth import get_user_model

#: Further ways to know the human behind an account: each gives keys, such as a person's reference.
_readers: list[Callable[[str], frozenset[str]]] = []


def add_reader(reader: Callable[[str], frozenset[str]]) -> None:
    """This function will have `reader` asked too: it takes an agent's reference and gives keys."""
    if reader not in _readers:
        _readers.append(reader)


def _plain(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in letters if c.isalnum())


def identity_keys(agent_ref: str) -> frozenset[str]:
    """This function will give what tells the human behind an agent's account: name, e-mail, links."""
    keys = {f"agent:{agent_ref}"}
    agent = get_user_model().objects.filter(pk=agent_ref).first() if agent_ref.isdigit() else None
    if agent is not None:
        if agent.email:
            keys.add(f"email:{agent.email.strip().casefold()}")
        if agent.first_name and agent.last_name:
            names = sorted((_plain(agent.first_name), _plain(agent.last_name)))
            keys.add(f"name:{' '.join(names)}")
    for reader in _readers:
        keys |= reader(agent_ref)
    return frozenset(keys)


def same_human(one: str, other: str) -> bool:
    """This function will say whether two accounts share a name, an e-mail or a person."""
    return bool(identity_keys(one) & identity_keys(other))
