"""Minutes: drafted from what happened, edited by one at a time, approved, frozen."""

from datetime import timedelta

import pytest
from tests.factories.council import EVENING, council, item, opened, submit, tied, vote

from beffroi.acts.bodies import services as bodies
from beffroi.acts.bodies.models import MinutesPart, Sitting
from beffroi.acts.bodies.services.minutes import digest_of
from beffroi.core.errors import NotAllowed, WrongState

pytestmark = pytest.mark.django_db
AFTER = EVENING + timedelta(hours=2)


def _drafted():
    house = council()
    first, second = submit(), submit()
    row = opened(house, [first, second], present=house.everybody[:7])
    bodies.recuse_member(
        sitting=row.reference, item=first, mandate=house.everybody[3], by=house.secretary,
        at=EVENING,
    )  # fmt: skip
    vote(house, row, first, 4, 1, 1)
    vote(house, row, second, 5, 2, 0, amendment="Pour trois mois")
    bodies.close_sitting(sitting=row.reference, by=house.secretary, at=AFTER)
    bodies.draft_minutes(sitting=row.reference, by=house.secretary, at=AFTER)
    return house, row, first, second


def test_draft_says_who_was_there_and_how_each_matter_went() -> None:
    house, row, first, _second = _drafted()
    parts = list(row.minutes.values_list("title", "text"))
    assert [title for title, _t in parts] == [
        "Ouverture", f"1. {item(first).title} ({first})", parts[2][0], "Fin de la séance",
    ]  # fmt: skip
    opening, one, two, end = (text for _t, text in parts)
    assert "18 h 30" in opening
    assert f"Préside : {house.president.label}" in opening
    absent = opening.partition("Absents : ")[2].splitlines()[0]
    assert set(absent.rstrip(".").split(", ")) == {m.label for m in house.members[-2:]}
    assert "quitte la salle pour ce point" in one
    assert (
        "Proposition adoptée au scrutin secret, par 4 voix pour, 1 contre et 1 abstention." in one
    )
    assert two.endswith(
        "Proposition adoptée avec modification au scrutin secret, par 5 voix pour, 2 contre et "
        "aucune abstention. Modification : Pour trois mois"
    )
    assert end == "La séance est levée à 20 h 30."


def test_second_editor_is_told_and_shown_the_other_text() -> None:
    house, row, *_rest = _drafted()
    part = row.minutes.get(position=1)
    key = {"part": part.pk, "revision": part.revision, "by": house.secretary, "at": AFTER}
    bodies.edit_minutes(text="La première version.", **key)
    with pytest.raises(bodies.StaleText) as refused:
        bodies.edit_minutes(text="La seconde version.", **key)
    assert (refused.value.theirs, refused.value.revision) == ("La première version.", 1)
    assert MinutesPart.objects.get(pk=part.pk).text == "La première version."


def test_approved_minutes_are_frozen_with_their_fingerprint() -> None:
    house, row, *_rest = _drafted()
    with pytest.raises(NotAllowed):
        bodies.approve_minutes(sitting=row.reference, by=house.secretary, at=AFTER)
    bodies.approve_minutes(sitting=row.reference, by=house.president, at=AFTER)
    kept = Sitting.objects.get(pk=row.pk)
    assert kept.digest == digest_of(kept)
    part = row.minutes.get(position=1)
    with pytest.raises(WrongState):
        bodies.edit_minutes(
            part=part.pk, text="Autre", revision=part.revision, by=house.secretary, at=AFTER
        )
    MinutesPart.objects.filter(pk=part.pk).update(text="Falsifié")
    assert kept.digest != digest_of(kept)


def test_minutes_leave_out_what_a_reader_may_not_see() -> None:
    house, row, first, second = _drafted()
    who = house.members[0]
    with tied(who, item(first).person_ref):
        read = bodies.read_minutes(sitting=row.reference, by=who, at=AFTER)
    shown = [p.agenda_item.item.reference for p in read if p.agenda_item]
    assert shown == [second]
    barred = house.members[2]
    assert [
        p.agenda_item.item.reference
        for p in bodies.read_minutes(sitting=row.reference, by=barred, at=AFTER)
        if p.agenda_item
    ] == [second]
