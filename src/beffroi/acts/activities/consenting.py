"""Whether everybody who must has agreed to a picture: a question of age, authority and dates.

An adult speaks for herself. For a child, somebody who exercises parental authority agrees; each of
them when they are known to disagree. From the age set by the house (12), the child is asked too.
Ages are known by the year: until the year tells, she is taken as the younger.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from beffroi.acts.activities.enums import ConsentKind

_ADULT = 18


def age_at_least(birth_year: int | None, day: date) -> int | None:
    """This function will give the age that somebody has reached for sure on a day."""
    return None if birth_year is None else day.year - birth_year - 1


def holds_on(row: Any, day: date) -> bool:
    """This function will say whether a consent stands on a day."""
    begun = row.given_on <= day and (row.until_date is None or day <= row.until_date)
    return bool(begun and (row.withdrawn_on is None or day < row.withdrawn_on))


def _is_there(contact: Any, day: date) -> bool:
    return contact.since_date <= day and (contact.until_date is None or day <= contact.until_date)


def lacking(
    person: Any, consents: Iterable[Any], contacts: Iterable[Any], channel: str, day: date
) -> list[str]:
    """This function will say what is lacking before a picture of somebody is shown in a channel."""
    given = [
        row
        for row in consents
        if row.kind == ConsentKind.PUBLISH and channel in row.channels and holds_on(row, day)
    ]
    deciders = [one for one in contacts if one.has_authority and _is_there(one, day)]
    own = any(row.is_her_own_voice for row in given)
    age = age_at_least(person.birth_year, day)
    is_adult = age >= _ADULT if age is not None else not deciders
    if is_adult:
        return [] if own else [_("son accord")]
    said = {row.given_by_id for row in given if row.given_by_id}
    agreeing = [one for one in deciders if one.pk in said]
    found = []
    if person.parents_disagree and len(agreeing) < len(deciders):
        found += [
            _("l’accord de %(name)s") % {"name": d.name} for d in deciders if d not in agreeing
        ]
    if not agreeing and not found:
        found.append(_("l’accord d’un parent ou de qui exerce l’autorité"))
    if age is not None and age >= settings.BEFFROI_CHILD_VOICE_AGE and not own:
        found.append(_("son propre accord"))
    return found
