"""Pictures, and who on them has not agreed: asked when one is published and each time one is shown."""

from datetime import date

from django.db.models import QuerySet

from beffroi.acts.activities.consenting import lacking
from beffroi.acts.activities.enums import PictureState
from beffroi.acts.activities.models import Consent, Contact, Participant, Picture


def pictures_of(session: int) -> QuerySet[Picture]:
    """This function will give the pictures of a session with who is on them."""
    rows = Picture.objects.filter(session=session).select_related("attachment")
    return rows.prefetch_related("people").order_by("pk")


def who_lacks(picture: Picture, channel: str, day: date) -> dict[str, list[str]]:
    """This function will give, by name, what is lacking before a picture is shown in a channel."""
    people = list(picture.people.prefetch_related("consents", "contacts"))
    found = {
        one.name: lacking(one, one.consents.all(), one.contacts.all(), channel, day)
        for one in people
    }
    return {name: missing for name, missing in found.items() if missing}


def shown_pictures(channel: str, day: date) -> list[Picture]:
    """This function will give the pictures published in a channel on which everybody agrees still.

    A consent that ended by its date hides the picture from that day on.
    """
    rows = Picture.objects.filter(state=PictureState.PUBLISHED, channel=channel)
    found = rows.select_related("attachment", "session__activity").order_by("-session__date", "pk")
    return [one for one in found if not who_lacks(one, channel, day)]


def published_with(participant: int) -> list[Picture]:
    """This function will give the published pictures on which somebody is."""
    return list(Picture.objects.filter(state=PictureState.PUBLISHED, people=participant))


def contacts_of(participant: int, day: date) -> list[Contact]:
    """This function will give who stands around somebody on a day."""
    rows = Contact.objects.filter(participant=participant, since_date__lte=day)
    return [one for one in rows if one.until_date is None or one.until_date >= day]


def consents_of(participant: int) -> list[Consent]:
    """This function will give what was agreed to for somebody, the last first."""
    return list(Consent.objects.filter(participant=participant).select_related("given_by"))


def contacts_for(participants: list[int], day: date) -> dict[int, list[Contact]]:
    """This function will give who stands around each of these people on a day, in one query."""
    found: dict[int, list[Contact]] = {}
    for one in Contact.objects.filter(participant__in=participants, since_date__lte=day):
        if one.until_date is None or one.until_date >= day:
            found.setdefault(one.participant_id, []).append(one)
    return found


def participant(people: QuerySet[Participant], pk: int) -> Participant | None:
    """This function will give one of these people, with her team, or nothing."""
    return people.select_related("team", "person").filter(pk=pk).first()
