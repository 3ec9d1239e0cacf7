"""Who somebody is: entered, changed, named otherwise, deceased."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from beffroi.core.actors import Actor
from beffroi.core.errors import InvalidInput, NotAllowed
from beffroi.core.versions import update_at_version
from beffroi.documents import services as documents
from beffroi.people.enums import (
    CivilStatusKind,
    ContactKind,
    Gender,
    LanguageLevel,
    NameKind,
    Precision,
    Source,
)
from beffroi.people.models import CivilStatus, Contact, LanguageSpoken, Person, PersonName
from beffroi.people.names import words
from beffroi.people.permissions import can_add_person
from beffroi.people.services.common import chosen, in_order, needed, opened, trace
from beffroi.people.services.doubles import propose_for
from beffroi.people.services.index import index_person

#: What `change_identity` may write.
IDENTITY_FIELDS = (
    "last_name", "first_name", "called_name", "gender", "birth_date", "birth_precision",
    "birth_place", "nationality", "lang",
)  # fmt: skip


@dataclass(frozen=True)
class Identity:
    """Who somebody is, as it was typed or read; what is left out is not known."""

    last_name: str
    first_name: str = ""
    called_name: str = ""
    gender: str = ""
    birth_date: date | None = None
    birth_precision: str = ""
    birth_place: str = ""
    nationality: str = ""
    lang: str = "fr"


def _checked(given: Identity, today: date) -> dict[str, Any]:
    last = needed("last_name", given.last_name, _("Écrivez au moins un nom."))
    if not words(last):
        wrong = _("Un nom s’écrit avec des lettres.")
        raise InvalidInput(wrong, fields={"last_name": wrong})
    precision = given.birth_precision or (Precision.DAY if given.birth_date else Precision.UNKNOWN)
    return {
        "last_name": last,
        "first_name": given.first_name.strip(),
        "called_name": given.called_name.strip(),
        "gender": chosen("gender", given.gender, ["", *Gender.values]),
        **_birth(given.birth_date, precision, today),
        "birth_place": given.birth_place.strip(),
        "nationality": _country(given.nationality),
        "lang": chosen("lang", given.lang, [code for code, _name in settings.LANGUAGES]),
    }


def _birth(birth: date | None, precision: str, today: date) -> dict[str, Any]:
    """A date with its precision: what is not known stands as the first of it."""
    chosen("birth_precision", precision, Precision.values)
    if birth is None or precision == Precision.UNKNOWN:
        return {"birth_date": None, "birth_precision": Precision.UNKNOWN}
    if birth > today:
        words_ = _("Cette date de naissance est dans le futur.")
        raise InvalidInput(words_, fields={"birth_date": words_})
    if precision == Precision.YEAR:
        birth = birth.replace(month=1, day=1)
    elif precision == Precision.MONTH:
        birth = birth.replace(day=1)
    return {"birth_date": birth, "birth_precision": precision}


def _country(code: str) -> str:
    code = code.strip().upper()
    if code and (len(code) != 2 or not code.isalpha() or not code.isascii()):
        wrong = _("La nationalité se note par le code du pays, en deux lettres.")
        raise InvalidInput(wrong, fields={"nationality": wrong})
    return code


@transaction.atomic
def add_person(
    *,
    last_name: str,
    first_name: str,
    by: Actor,
    at: datetime,
    birth_date: date | None = None,
    lang: str = "fr",
    called_name: str = "",
    gender: str = "",
    birth_precision: str = "",
    birth_place: str = "",
    nationality: str = "",
) -> str:
    """This function will enter a person and give her reference, P followed by year and number.

    Entries that resemble hers are noted as possible duplicates.

    Raises: NotAllowed; InvalidInput.
    """
    if not can_add_person(by):
        raise NotAllowed(_("Seuls l’accueil et le service social entrent des personnes."))
    given = Identity(
        last_name, first_name, called_name, gender, birth_date, birth_precision, birth_place,
        nationality, lang,
    )  # fmt: skip
    values = _checked(given, timezone.localdate(at))
    number = documents.next_number(register="P", year=at.year)
    person = Person.objects.create(
        reference=f"P{at.year % 100:02d}{number:06d}", created_at=at, changed_at=at, **values
    )
    index_person(person)
    trace(person, "person.add", by=by, at=at)
    propose_for(person, at=at)
    return person.reference


@transaction.atomic
def change_identity(
    *, reference: str, version: int, identity: Identity, by: Actor, at: datetime
) -> Person:
    """This function will write what is known of a person, if nobody changed it meanwhile.

    A name that is replaced stays among her former names, and she is still found by it.

    Raises: UnknownPerson; InvalidInput; EditConflict with both versions.
    """
    person = opened(reference, by)
    values = _checked(identity, timezone.localdate(at))
    changed = sorted(name for name in IDENTITY_FIELDS if getattr(person, name) != values[name])
    update_at_version(
        Person.objects.all(), pk=person.pk, version=version, changes=values,
        said=_("Quelqu’un vient de changer l’identité de cette personne."),
    )  # fmt: skip
    if {"last_name", "first_name"} & set(changed):
        _keep_former(person, at)
    person.refresh_from_db()
    index_person(person)
    trace(person, "person.change", by=by, at=at, detail={"fields": changed})
    propose_for(person, at=at)
    return person


def _keep_former(person: Person, at: datetime) -> None:
    PersonName.objects.get_or_create(
        person=person, kind=NameKind.FORMER, last_name=person.last_name,
        first_name=person.first_name,
        defaults={"until_date": timezone.localdate(at), "entered_at": at},
    )  # fmt: skip


@transaction.atomic
def add_name(
    *,
    reference: str,
    kind: str,
    last_name: str,
    first_name: str = "",
    since: date | None = None,
    until: date | None = None,
    by: Actor,
    at: datetime,
) -> None:
    """This function will add another name by which the person is found. Raises: InvalidInput."""
    person = opened(reference, by)
    in_order(since, until)
    PersonName.objects.get_or_create(
        person=person,
        kind=chosen("kind", kind, NameKind.values),
        last_name=needed("last_name", last_name, _("Écrivez ce nom.")),
        first_name=first_name.strip(),
        defaults={"since_date": since, "until_date": until, "entered_at": at},
    )
    index_person(person)
    trace(person, "person.name", by=by, at=at, detail={"kind": kind})
    propose_for(person, at=at)


@transaction.atomic
def set_civil_status(
    *,
    reference: str,
    status: str,
    since: date | None,
    by: Actor,
    at: datetime,
    source: str = Source.DECLARED,
) -> None:
    """This function will note a civil status from a day on; the former one ends that day.

    Raises: UnknownPerson; InvalidInput when it begins before the former one did.
    """
    person = opened(reference, by)
    former = CivilStatus.objects.filter(person=person, until_date__isnull=True).first()
    if former is not None:
        end = since or timezone.localdate(at)
        in_order(former.since_date, end)
        CivilStatus.objects.filter(pk=former.pk).update(until_date=end)
    CivilStatus.objects.create(
        person=person,
        status=chosen("status", status, CivilStatusKind.values),
        since_date=since,
        source=chosen("source", source, Source.values),
    )
    trace(person, "person.civil_status", by=by, at=at)


@transaction.atomic
def add_contact(
    *, reference: str, kind: str, value: str, by: Actor, at: datetime, note: str = ""
) -> None:
    """This function will add a way to reach the person. Raises: UnknownPerson; InvalidInput."""
    person = opened(reference, by)
    value = needed("value", value, _("Écrivez le numéro ou l’adresse."))
    kind = chosen("kind", kind, ContactKind.values)
    if kind == ContactKind.EMAIL:
        compact = value.lower()
        wrong = "@" not in value
    else:
        compact = "".join(c for c in value if c.isdigit() or c == "+")
        wrong = len(compact) < 6
    if wrong:
        said = _("Ce numéro ou cette adresse ne semble pas complet.")
        raise InvalidInput(said, fields={"value": said})
    Contact.objects.update_or_create(
        person=person, compact=compact,
        defaults={"kind": kind, "value": value, "note": note.strip()},
    )  # fmt: skip
    trace(person, "person.contact", by=by, at=at, detail={"kind": kind})


@transaction.atomic
def remove_contact(*, reference: str, contact: int, by: Actor, at: datetime) -> None:
    """This function will take away a way to reach the person. Raises: UnknownPerson."""
    person = opened(reference, by)
    if Contact.objects.filter(pk=contact, person=person).delete()[0]:
        trace(person, "person.contact_remove", by=by, at=at)


@transaction.atomic
def set_languages(
    *,
    reference: str,
    languages: Mapping[str, tuple[str, bool]],
    by: Actor,
    at: datetime,
) -> None:
    """This function will note the languages a person speaks: code → (level, with an interpreter).

    Raises: UnknownPerson; InvalidInput.
    """
    person = opened(reference, by)
    rows = []
    for code, (level, interpreter) in languages.items():
        if not (2 <= len(code) <= 3 and code.isascii() and code.isalpha()):
            wrong = _("Une langue se note par son code, en deux ou trois lettres.")
            raise InvalidInput(wrong, fields={"code": wrong})
        rows.append(
            LanguageSpoken(
                person=person, code=code.lower(), needs_interpreter=interpreter,
                level=chosen("level", level, LanguageLevel.values),
            )
        )  # fmt: skip
    LanguageSpoken.objects.filter(person=person).delete()
    LanguageSpoken.objects.bulk_create(rows)
    trace(person, "person.languages", by=by, at=at)


@transaction.atomic
def add_language(
    *, reference: str, code: str, level: str, needs_interpreter: bool, by: Actor, at: datetime
) -> None:
    """This function will note one language more, or how she speaks it now.

    Raises: UnknownPerson; InvalidInput.
    """
    person = opened(reference, by)
    known = {
        row.code: (row.level, row.needs_interpreter)
        for row in LanguageSpoken.objects.filter(person=person)
    }
    languages = known | {code.strip().lower(): (level, needs_interpreter)}
    set_languages(reference=person.reference, languages=languages, by=by, at=at)


@transaction.atomic
def note_death(
    *, reference: str, on: date | None, by: Actor, at: datetime, version: int | None = None
) -> None:
    """This function will note that a person died, on a day when it is known.

    Raises: UnknownPerson; InvalidInput for a day before her birth or to come; EditConflict.
    """
    person = opened(reference, by)
    wrong = ""
    if on and on > timezone.localdate(at):
        wrong = _("Cette date est dans le futur.")
    if on and person.birth_date and on < person.birth_date:
        wrong = _("Cette date est avant la naissance.")
    if wrong:
        raise InvalidInput(wrong, fields={"death_date": wrong})
    update_at_version(
        Person.objects.all(), pk=person.pk, version=version or person.version,
        changes={"is_deceased": True, "death_date": on},
        said=_("Quelqu’un vient de changer l’identité de cette personne."),
    )  # fmt: skip
    trace(person, "person.death", by=by, at=at)
