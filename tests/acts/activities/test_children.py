"""Children: who may come for them, what was agreed to, and no picture of who did not agree."""

from datetime import timedelta
from io import BytesIO

import pytest
from PIL import Image
from tests.factories.activities import (
    HOUSE,
    NOW,
    TODAY,
    activity,
    animator,
    later,
    participant,
    session,
)  # fmt: skip

from beffroi.acts.activities import picture_queries as pictures
from beffroi.acts.activities import services as activities
from beffroi.acts.activities.enums import Collects, ConsentKind, PictureState
from beffroi.acts.activities.models import Consent, Contact, Leaving, Participant
from beffroi.acts.activities.services import ContactDraft
from beffroi.core.errors import InvalidInput, NotAllowed, WrongState
from beffroi.documents.models import Attachment

pytestmark = pytest.mark.django_db
BY = {"by": HOUSE, "at": NOW}


def _child(birth_year: int | None = 2018, **more):
    return participant(birth_year=birth_year, **more)


def _parent(child, name: str = "Mère", authority: bool = True, **more):
    draft = ContactDraft(name, has_authority=authority, **more)
    return activities.add_contact(participant=child.pk, draft=draft, **BY)


def _agree(child, contact=None, channels=("web",), **more):
    given = {"kind": ConsentKind.PUBLISH, "given_on": TODAY, "proof": "classeur 3"} | more
    return activities.give_consent(
        participant=child.pk, contact=contact.pk if contact else None, channels=channels,
        **given, **BY,
    )  # fmt: skip


def _png() -> bytes:
    out = BytesIO()
    Image.new("RGB", (8, 8), "red").save(out, "PNG")
    return out.getvalue()


def _picture(*people, of=None, clean: bool = True):
    one = activities.add_picture(
        session=(of or session()).pk, name="fête.png", content=_png(), **BY
    )
    state = {"state": "clean", "scanned_at": NOW}
    waits = {"state": "quarantined", "scanned_at": None}
    Attachment.objects.update(**(state if clean else waits))
    return activities.name_people(
        picture=one.pk, people=[p.pk for p in people], everybody=True, **BY
    )


def _publish(picture, channel: str = "web", at=NOW):
    return activities.publish_picture(picture=picture.pk, channel=channel, by=HOUSE, at=at)


def _lacks(picture, channel: str = "web") -> dict[str, list[str]]:
    with pytest.raises(activities.NotAgreed) as refused:
        _publish(picture, channel)
    picture.refresh_from_db()
    assert picture.state != PictureState.PUBLISHED
    return refused.value.lacking


def test_picture_with_somebody_who_did_not_agree_is_not_published() -> None:
    lea, tom = _child(name="Léa"), _child(name="Tom")
    _agree(lea, _parent(lea))
    one = _picture(lea, tom)
    assert _lacks(one) == {"Tom": ["l’accord d’un parent ou de qui exerce l’autorité"]}
    _agree(tom, _parent(tom))
    assert _publish(one).state == PictureState.PUBLISHED
    assert [p.pk for p in pictures.shown_pictures("web", TODAY)] == [one.pk]


def test_two_people_of_one_name_must_both_agree() -> None:
    first, second, third = (_child(name="Léa") for _n in range(3))
    _agree(first, _parent(first))
    _agree(third, _parent(third))
    one = _picture(first, second, third)
    assert _lacks(one) == {"Léa": ["l’accord d’un parent ou de qui exerce l’autorité"]}


def test_consent_for_one_channel_is_not_for_another() -> None:
    lea = _child(name="Léa")
    _agree(lea, _parent(lea), channels=("house",))
    one = _picture(lea)
    assert set(_lacks(one, "web")) == {"Léa"}
    assert _publish(one, "house").channel == "house"
    assert pictures.shown_pictures("web", TODAY) == []


def test_withdrawn_consent_hides_the_picture_at_once() -> None:
    lea = _child()
    given = _agree(lea, _parent(lea))
    one = _picture(lea)
    _publish(one)
    assert activities.withdraw_consent(consent=given.pk, **BY) == 1
    one.refresh_from_db()
    assert (one.state, one.channel, one.why) == (
        PictureState.WITHDRAWN,
        "",
        "Un accord a été repris.",
    )
    with pytest.raises(WrongState):
        activities.withdraw_consent(consent=given.pk, **BY)
    assert len(_lacks(one)) == 1


def test_consent_that_ends_by_its_date_hides_the_picture_from_then_on() -> None:
    lea = _child()
    _agree(lea, _parent(lea), until=TODAY + timedelta(days=5))
    one = _picture(lea)
    _publish(one)
    shown = [len(pictures.shown_pictures("web", TODAY + timedelta(days=n))) for n in (5, 6)]
    assert shown == [1, 0]


def test_parent_who_no_longer_decides_carries_no_consent() -> None:
    lea = _child()
    mother = _parent(lea)
    _agree(lea, mother)
    one = _picture(lea)
    _publish(one)
    activities.end_contact(contact=mother.pk, **BY)
    one.refresh_from_db()
    assert one.state == PictureState.WITHDRAWN


def test_parents_who_disagree_must_both_agree() -> None:
    lea = _child(name="Léa")
    _agree(lea, _parent(lea, "Mère"))
    father, one = _parent(lea, "Père"), _picture(lea)
    _publish(one)
    activities.set_disagreement(participant=lea.pk, disagree=True, **BY)
    one.refresh_from_db()
    assert one.state == PictureState.WITHDRAWN
    assert _lacks(one) == {"Léa": ["l’accord de Père"]}
    _agree(lea, father)
    assert _publish(one).state == PictureState.PUBLISHED


@pytest.mark.parametrize(
    ("birth_year", "voice_needed"), [(2014, False), (2013, True), (2009, True), (None, False)]
)
def test_child_is_asked_too_from_twelve_on(birth_year: int | None, voice_needed: bool) -> None:
    lea = _child(birth_year, name="Léa")
    _agree(lea, _parent(lea))
    one = _picture(lea)
    if voice_needed:
        assert _lacks(one) == {"Léa": ["son propre accord"]}
        _agree(lea)
    assert _publish(one).state == PictureState.PUBLISHED


@pytest.mark.parametrize(("birth_year", "is_adult"), [(2007, True), (2008, False)])
def test_adult_speaks_for_herself_and_a_child_does_not(birth_year: int, is_adult: bool) -> None:
    who = participant(birth_year=birth_year)
    _agree(who)
    one = _picture(who)
    if is_adult:
        assert _publish(one).state == PictureState.PUBLISHED
    else:
        assert len(_lacks(one)) == 1


def test_nothing_is_published_before_everybody_is_named_and_the_file_is_cleared() -> None:
    one = _picture(clean=False)
    with pytest.raises(WrongState):
        _publish(one)
    Attachment.objects.update(state="clean", scanned_at=NOW)
    activities.name_people(picture=one.pk, people=[], everybody=False, **BY)
    with pytest.raises(WrongState):
        _publish(one)


def test_naming_somebody_else_hides_what_was_shown() -> None:
    one, tom = _picture(), _child()
    _publish(one)
    activities.name_people(picture=one.pk, people=[tom.pk], everybody=True, **BY)
    one.refresh_from_db()
    assert one.state == PictureState.WITHDRAWN


def test_picture_of_another_team_and_what_is_no_picture() -> None:
    one = _picture()
    for act in (
        lambda by: activities.publish_picture(picture=one.pk, channel="web", by=by, at=NOW),
        lambda by: activities.withdraw_picture(picture=one.pk, why="x", by=by, at=NOW),
    ):
        with pytest.raises(NotAllowed):
            act(animator("digital"))
    with pytest.raises(InvalidInput):
        activities.name_people(
            picture=one.pk, people=[participant("digital").pk], everybody=True, **BY
        )


def test_consent_for_a_child_is_given_by_who_has_authority_and_in_writing() -> None:
    lea = _child()
    aunt = _parent(lea, "Tante", authority=False)
    other = _parent(_child())
    for more in ({"contact": aunt}, {"contact": other}):
        with pytest.raises(InvalidInput):
            _agree(lea, **more)
    mother = _parent(lea)
    for more in ({"proof": " "}, {"channels": ()}, {"channels": ("tv",)},
                 {"given_on": TODAY + timedelta(days=1)}):  # fmt: skip
        with pytest.raises(InvalidInput):
            _agree(lea, mother, **more)
    assert Consent.objects.count() == 0


def test_child_leaves_only_with_who_may_come_for_her() -> None:
    one, lea = session(), _child()
    may = _parent(lea, collects=Collects.MAY)
    must_not = _parent(lea, "Père", collects=Collects.MUST_NOT)
    unsaid, stranger = _parent(lea, "Oncle"), _parent(_child(), collects=Collects.MAY)
    given = {"session": one.pk, "participant": lea.pk, **BY}
    for contact in (must_not, unsaid, stranger):
        with pytest.raises(InvalidInput):
            activities.leave(contact=contact.pk, **given)
    activities.leave(contact=may.pk, **given)
    with pytest.raises(WrongState):
        activities.leave(contact=may.pk, **given)
    assert [row.contact_id for row in Leaving.objects.all()] == [may.pk]


@pytest.mark.parametrize(("birth_year", "may"), [(2013, True), (2014, False), (None, False)])
def test_child_leaves_alone_from_twelve_on_when_a_parent_agreed(birth_year, may: bool) -> None:
    one, lea = session(), _child(birth_year)
    given = {"session": one.pk, "participant": lea.pk, **BY}
    with pytest.raises(InvalidInput):
        activities.leave(**given)
    _agree(lea, _parent(lea), kind=ConsentKind.LEAVE_ALONE, channels=())
    if may:
        assert activities.leave(**given).contact_id is None
    else:
        with pytest.raises(InvalidInput):
            activities.leave(**given)


def test_join_keeps_contacts_consents_and_pictures() -> None:
    ann, anna = _child(name="Ann"), _child(name="Anna")
    _agree(anna, _parent(anna))
    one = _picture(anna)
    activities.join_participants(kept=ann.pk, other=anna.pk, by=animator(), at=NOW)
    assert [p.name for p in one.people.all()] == ["Ann"]
    assert _publish(one).state == PictureState.PUBLISHED
    assert (Contact.objects.get().participant_id, Participant.objects.count()) == (ann.pk, 1)


def test_child_stays_a_child_when_she_is_joined_to_a_name_without_a_year() -> None:
    ann, anna = _child(None, name="Ann"), _child(name="Anna")
    _agree(anna)
    one = _picture(anna)
    activities.join_participants(kept=ann.pk, other=anna.pk, by=animator(), at=NOW)
    assert _lacks(one) == {"Ann": ["l’accord d’un parent ou de qui exerce l’autorité"]}


def test_emptying_somebody_forgets_who_stood_around_and_her_pictures() -> None:
    from beffroi.acts.activities.retention import empty_participants

    lea = _child()
    _agree(lea, _parent(lea))
    _picture(lea, of=session(activity()))
    assert empty_participants(later(24 * 365 * 4)) == 1
    left = Contact.objects.count(), Consent.objects.count(), Attachment.objects.count()
    assert left == (0, 0, 0)
