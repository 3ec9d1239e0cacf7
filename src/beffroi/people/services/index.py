"""The words under which a person is found, kept with every change of her names."""

from collections.abc import Collection, Iterable

from beffroi.people.models import NameToken, Person, PersonName, PersonToken, TokenKey
from beffroi.people.names import keys, tokens

#: Rows written at once.
_BATCH = 2_000


def words_of(last_name: str, first_name: str, called_name: str = "") -> set[str]:
    """This function will give what a name is found by."""
    return {word for part in (last_name, first_name, called_name) for word in tokens(part)}


def remember_words(every: Collection[str]) -> dict[str, int]:
    """This function will add the words not known yet, with their keys, and give each by its text.

    Two transactions may add the same word at once: the second waits, then finds it there.
    """
    wanted = sorted(set(every))
    known = _known(wanted)
    new = [NameToken(text=text) for text in wanted if text not in known]
    if new:
        NameToken.objects.bulk_create(new, batch_size=_BATCH, ignore_conflicts=True)
        known |= (fresh := _known([token.text for token in new]))
        TokenKey.objects.bulk_create(
            (TokenKey(key=key, token_id=pk) for text, pk in fresh.items() for key in keys(text)),
            batch_size=_BATCH,
            ignore_conflicts=True,
        )
    return known


def _known(texts: list[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for start in range(0, len(texts), _BATCH):
        part = texts[start : start + _BATCH]
        found |= dict(NameToken.objects.filter(text__in=part).values_list("text", "pk"))
    return found


def index_person(person: Person) -> None:
    """This function will make a person findable by each of her names, and by no former words."""
    words = words_of(person.last_name, person.first_name, person.called_name)
    for name in PersonName.objects.filter(person=person):
        words |= words_of(name.last_name, name.first_name)
    wanted = set(remember_words(words).values())
    held = set(PersonToken.objects.filter(person=person).values_list("token_id", flat=True))
    PersonToken.objects.filter(person=person, token_id__in=held - wanted).delete()
    PersonToken.objects.bulk_create(
        (PersonToken(person=person, token_id=pk) for pk in sorted(wanted - held)),
        ignore_conflicts=True,
    )


def index_many(persons: Iterable[Person]) -> int:
    """This function will index persons just entered in bulk, without other names, and count them."""
    rows = list(persons)
    words = {p.pk: words_of(p.last_name, p.first_name, p.called_name) for p in rows}
    known = remember_words({word for some in words.values() for word in some})
    PersonToken.objects.bulk_create(
        (PersonToken(person_id=pk, token_id=known[w]) for pk, some in words.items() for w in some),
        batch_size=_BATCH,
        ignore_conflicts=True,
    )
    return len(rows)


def forget_unused_words() -> int:
    """This function will drop the words that no name holds any more, and count them."""
    unused = NameToken.objects.filter(persons__isnull=True)
    count = unused.count()
    unused.delete()
    return count
