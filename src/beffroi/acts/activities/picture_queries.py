"""Pictures, and who on them has not agreed: asked when one is published and each time one is shown."""

from collections.abc import Collection
from datetime import date

from django.db.models import Q, QuerySet

from beffroi.acts.activities.consenting import lacking
from beffroi.acts.activities.enums import PictureState
from beffroi.acts.activities.models import Consent, Contact, Participant, Picture
from beffroi.core.counting import KeyKind, holds_on
from beffroi.documents.enums import ScanState


def pictures_of(session: int) -> QuerySet[Picture]:
    """This function will give the pictures of a session with who is on them."""
    rows = Picture.objects.filter(session=session).select_related("attachment")
    return rows.prefetch_related("people").order_by("pk")


def who_lacks(picture: Picture, channel: str, day: date) -> dict[str, list[str]]:
    """This function will give, by name, what is lacking before a picture is shown in a channel."""
    found: dict[str, list[str]] = {}
    for one in picture.people.prefetch_related("consents", "contacts"):
        missing = lacking(one, one.consents.all(), one.contacts.all(), channel, day)
        if missing:  # two people may have one name: what either lacks is lacking
            known = found.setdefault(one.name, [])
            known += [what for what in missing if what not in known]
    return found


def shown_pictures(channel: str, day: date) -> list[Picture]:
    """This function will give the pictures published in a channel on which everybody agrees still.

    A consent that ended by its date hides the picture from that day on.
    """
    rows = Picture.objects.filter(state=PictureState.PUBLISHED, channel=channel)
    found = rows.select_related("attachment", "session__activity").order_by("-session__date", "pk")
    return [one for one in found if not who_lacks(one, channel, day)]


def shown_pictures_of(
    channel: str, day: date, lines: Collection[str], actions: Collection[str], most: int = 3
) -> list[Picture]:
    """This function will give the last pictures of lines and actions shown in a channel on a day.

    Only those that were cleared, and on which everybody agrees still on that day.
    """
    counts = Q(session__activity__keys__kind=KeyKind.LINE, session__activity__keys__key__in=list(lines)) | Q(
        session__activity__keys__kind=KeyKind.ACTION, session__activity__keys__key__in=list(actions)
    )  # fmt: skip
    rows = Picture.objects.filter(
        counts, holds_on("session__date", "session__activity__keys"), channel=channel,
        state=PictureState.PUBLISHED, attachment__state=ScanState.CLEAN,
    )  # fmt: skip
    known = rows.values("pk")
    found = Picture.objects.filter(pk__in=known).select_related("attachment", "session__activity")
    found = found.prefetch_related("people__consents", "people__contacts")
    agreed: list[Picture] = []
    # A few at a time: whoever disagrees is rare, and pictures are many.
    for one in found.order_by("-session__date", "pk")[: most * 8]:
        if len(agreed) < most and not _somebody_lacks(one, channel, day):
            agreed.append(one)
    return agreed


def shown_picture(pk: int, channel: str, day: date) -> Picture | None:
    """This function will give a picture if it may be shown in a channel on a day, or nothing."""
    rows = Picture.objects.filter(
        pk=pk, state=PictureState.PUBLISHED, channel=channel, attachment__state=ScanState.CLEAN
    )
    found = rows.select_related("attachment").prefetch_related("people__consents", "people__contacts").first()  # fmt: skip
    return None if found is None or _somebody_lacks(found, channel, day) else found


def _somebody_lacks(picture: Picture, channel: str, day: date) -> bool:
    return any(
        lacking(one, one.consents.all(), one.contacts.all(), channel, day)
        for one in picture.people.all()
    )


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
