"""Names as people misspell them: letters swapped, left out or added, written as they sound."""

import random
import re

from beffroi.people.names import plain

KINDS = ("swapped", "left_out_or_added", "as_it_sounds")
_SOUNDS = (
    ("ph", "f"), ("f", "ph"), ("eaux", "o"), ("eau", "o"), ("aux", "o"), ("au", "o"), ("ck", "k"), ("qu", "k"),
    ("c", "k"), ("k", "c"), ("y", "i"), ("ij", "y"), ("i", "y"), ("th", "t"), ("ss", "s"), ("tt", "t"),
    ("ll", "l"), ("nn", "n"), ("rr", "r"), ("s", "ss"), ("z", "s"), ("ae", "a"), ("sch", "ch"), ("ou", "oe"),
    ("ei", "ai"), ("ai", "è"), ("h", ""), ("en", "an"), ("an", "en"), ("w", "v"), ("x", "ks"), ("dt", "t"),
    ("ge", "je"), ("gh", "g"), ("cl", "kl"),
)  # fmt: skip


def _place(word: str, chance: random.Random) -> int:
    return chance.randrange(len(word))


def swapped(word: str, chance: random.Random) -> str:
    """This function will swap two neighbouring letters that differ, when there are any."""
    places = [i for i in range(len(word) - 1) if word[i] != word[i + 1]]
    if not places:
        return word
    i = chance.choice(places)
    return word[:i] + word[i + 1] + word[i] + word[i + 2 :]


def left_out_or_added(word: str, chance: random.Random) -> str:
    """This function will leave a letter out, or add one."""
    i = _place(word, chance)
    if chance.random() < 0.5 and len(word) > 3:
        return word[:i] + word[i + 1 :]
    return word[:i] + chance.choice("aeinorstul") + word[i:]


def as_it_sounds(word: str, chance: random.Random) -> str:
    """This function will write one sound of the word in another way, and leave accents out."""
    bare = plain(word)
    ways = [(old, new) for old, new in _SOUNDS if re.search(old, bare)]
    if ways:
        old, new = chance.choice(ways)
        bare = bare.replace(old, new, 1)
    return bare or word


def misspelled(last_name: str, first_name: str, kind: str, chance: random.Random) -> str:
    """This function will give what somebody types for this person: one word wrong, often turned.

    The longest word of the last name is misspelled; the first given name comes with it, before
    or after.
    """
    how = {
        "swapped": swapped,
        "left_out_or_added": left_out_or_added,
        "as_it_sounds": as_it_sounds,
    }[kind]
    words = last_name.split()
    longest = max(range(len(words)), key=lambda i: len(words[i]))
    words[longest] = how(words[longest], chance)
    first = first_name.split()[0] if first_name else ""
    if kind == "as_it_sounds":
        first = plain(first)
    parts = [" ".join(words), first]
    if chance.random() < 0.5:
        parts.reverse()
    return " ".join(part for part in parts if part)
