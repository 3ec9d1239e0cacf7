"""How long persons are kept, and how they end: emptied, their reference and dates staying."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from beffroi.audit.retention import Rule, declare
from beffroi.core.actors import system_actor
from beffroi.people import hooks
from beffroi.people.models import (
    BarredPerson,
    HouseholdMember,
    Merge,
    Person,
    PossibleDuplicate,
    Representative,
    StaffPerson,
    Tie,
)
from beffroi.people.same import same_ids_of
from beffroi.people.services.common import trace
from beffroi.people.services.index import forget_unused_words

_KEEP = timedelta(days=3653)
#: What hangs on a person and goes with her.
_OWN = (
    "names", "civil_statuses", "contacts", "identifiers", "languages", "addresses", "consents",
    "representatives", "dismissed", "tokens",
)  # fmt: skip
_GONE = {
    "last_name": "—", "first_name": "", "called_name": "", "gender": "", "birth_date": None,
    "birth_precision": "unknown", "birth_place": "", "nationality": "", "lang": "fr",
    "is_deceased": False, "death_date": None,
}  # fmt: skip


def anonymise_due(at: datetime) -> int:
    """This function will empty the persons untouched for ten years whom no room still needs.

    A merged entry goes with the one kept: all of them or none.
    """
    old = Person.objects.filter(
        changed_at__lte=at - _KEEP, anonymised_at__isnull=True, merged_into__isnull=True
    )
    groups = same_ids_of(list(old.values_list("pk", flat=True)))
    every = {pk for group in groups.values() for pk in group}
    kept = hooks.still_needed(every, at) | frozenset(
        Person.objects.filter(pk__in=every, changed_at__gt=at - _KEEP).values_list("pk", flat=True)
    )
    done = 0
    for group in groups.values():
        if not group & kept:
            done += _empty(group, at)
    if done:
        forget_unused_words()
    return done


@transaction.atomic
def _empty(group: frozenset[int], at: datetime) -> int:
    rows = list(Person.objects.select_for_update(no_key=True).filter(pk__in=group))
    for person in rows:
        for name in _OWN:
            getattr(person, name).all().delete()
    Representative.objects.filter(acting__in=group).update(acting=None, name="—")
    Tie.objects.filter(Q(from_person__in=group) | Q(to_person__in=group)).delete()
    HouseholdMember.objects.filter(person__in=group).delete()
    PossibleDuplicate.objects.filter(Q(first__in=group) | Q(second__in=group)).delete()
    Merge.objects.filter(kept__in=group).update(why="—", chosen={}, by_label="", undone_by="")
    Merge.objects.filter(kept__in=group, undone_at__isnull=False).update(undone_why="—")
    StaffPerson.objects.filter(person__in=group).delete()
    BarredPerson.objects.filter(person__in=group).delete()
    for person in rows:
        trace(person, "person.anonymise", by=system_actor("retention"), at=at)
    return Person.objects.filter(pk__in=group).update(**_GONE, anonymised_at=at)


def _with_person(model: str, *personal: str) -> Rule:
    return Rule(model, personal=personal, keep="avec la personne", with_parent="people.Person")


declare(
    Rule(
        "people.Person",
        personal=(
            "last_name", "first_name", "called_name", "gender", "birth_date", "birth_place",
            "nationality", "lang", "is_deceased", "death_date",
        ),
        keep="10 ans après le dernier changement, tant qu’aucun dossier ne la retient",
        end=anonymise_due,
    ),
    _with_person("people.PersonName", "last_name", "first_name", "since_date", "until_date"),
    _with_person("people.CivilStatus", "status", "since_date", "until_date"),
    _with_person("people.Contact", "value", "compact", "note"),
    _with_person("people.Identifier", "value"),
    _with_person("people.LanguageSpoken", "code", "level", "needs_interpreter"),
    _with_person(
        "people.Address", "street", "box", "care_of", "postal_code", "locality", "country",
        "seal_reason",
    ),
    _with_person("people.AddressKeeper", "agent", "named_by", "reason"),
    Rule("people.Household", personal=("note",), keep="avec ses membres", with_parent="people.Person"),
    _with_person("people.HouseholdMember", "person", "role", "since_date", "until_date"),
    _with_person("people.Tie", "from_person", "to_person", "kind", "since_date", "until_date"),
    _with_person("people.Consent", "purpose", "detail", "given_date", "withdrawn_date"),
    _with_person(
        "people.Representative", "acting", "name", "phone", "email", "postal_address", "detail"
    ),
    _with_person("people.StaffPerson", "agent", "person", "link"),
    _with_person("people.BarredPerson", "agent", "person"),
    _with_person("people.Merge", "why", "chosen", "by_label", "undone_by", "undone_why"),
    _with_person("people.PossibleDuplicate", "reasons", "dismissed_by", "dismissed_why"),
    _with_person("people.DismissedContradiction", "why", "by_label"),
    _with_person("people.NameToken", "text"),
    _with_person("people.TokenKey", "key"),
    _with_person("people.PersonToken", "token", "person"),
)  # fmt: skip
