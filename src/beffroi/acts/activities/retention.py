"""How long what is known of those who come is kept, and how it ends."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from beffroi.acts.activities.models import (
    Activity,
    CashDay,
    CashLine,
    Consent,
    Contact,
    Fee,
    Incident,
    IncidentNote,
    Leaving,
    Participant,
    Picture,
    Reduction,
    Registration,
    RegistrationMove,
    SessionCount,
    Tap,
    Volunteer,
    VolunteerTime,
)
from beffroi.audit.retention import Rule, declare
from beffroi.documents import services as documents

_TAPS = timedelta(days=365)
#: Two school years after somebody last came, and the year of the report that counts her.
_PEOPLE = timedelta(days=3 * 365)
_PLACES = timedelta(days=2 * 365)
_VOLUNTEERS = timedelta(days=5 * 365)
_PICTURES = timedelta(days=5 * 365)
#: As long as the receipts of a house are looked at.
_MONEY = timedelta(days=7 * 365)
_INCIDENTS = timedelta(days=5 * 365)
_AUTHORS = timedelta(days=10 * 365)


def forget_taps(at: datetime) -> int:
    """This function will remove the taps of a year ago; who was there stays."""
    return Tap.objects.filter(received_at__lte=at - _TAPS).delete()[0]


@transaction.atomic
def empty_participants(at: datetime) -> int:
    """This function will empty those who have not come for three years: she stays as a number."""
    day = timezone.localdate(at - _PEOPLE)
    gone = Participant.objects.filter(anonymised_at__isnull=True, since_at__lte=at - _PEOPLE)
    gone = gone.exclude(last_date__gt=day)
    keys = list(gone.values_list("pk", flat=True))
    for picture in Picture.objects.filter(people__in=keys).distinct():
        _forget_picture(picture)
    Leaving.objects.filter(participant__in=keys).delete()
    Reduction.objects.filter(participant__in=keys).delete()
    Fee.objects.filter(participant__in=keys).update(participant=None)
    Incident.people.through.objects.filter(participant__in=keys).delete()
    Consent.objects.filter(participant__in=keys).delete()
    Contact.objects.filter(participant__in=keys).delete()
    return Participant.objects.filter(pk__in=keys).update(
        name="",
        parents_disagree=False,
        is_alias=False,
        birth_year=None,
        gender="",
        person=None,
        anonymised_at=at,
    )


def empty_authors(at: datetime) -> int:
    """This function will forget who set activities up and closed sessions ten years ago."""
    old = at - _AUTHORS
    made = Activity.objects.filter(made_at__lte=old).exclude(made_by="").update(made_by="")
    counts = SessionCount.objects.filter(at__lte=old).exclude(by_ref="", by_label="")
    return made + counts.update(by_ref="", by_label="")


@transaction.atomic
def empty_registrations(at: datetime) -> int:
    """This function will empty the places asked for two years ago; their order and states stay."""
    due = Registration.objects.filter(made_at__lte=at - _PLACES, anonymised_at__isnull=True)
    keys = list(due.values_list("pk", flat=True))
    RegistrationMove.objects.filter(registration__in=keys).update(by_ref="", by_label="")
    return Registration.objects.filter(pk__in=keys).update(
        name="", phone="", email="", anonymised_at=at
    )


def _forget_picture(picture: Picture) -> None:
    kept = picture.attachment
    picture.people.clear()
    picture.delete()
    documents.delete_file(kept)


@transaction.atomic
def forget_pictures(at: datetime) -> int:
    """This function will remove, with their files, the pictures of five years ago."""
    old = list(Picture.objects.filter(at__lte=at - _PICTURES).select_related("attachment"))
    for picture in old:
        _forget_picture(picture)
    return len(old)


@transaction.atomic
def empty_volunteers(at: datetime) -> int:
    """This function will empty volunteers five years after they stopped; their hours stay."""
    day = timezone.localdate(at - _VOLUNTEERS)
    gone = Volunteer.objects.filter(until_date__lt=day, anonymised_at__isnull=True)
    keys = list(gone.values_list("pk", flat=True))
    VolunteerTime.objects.filter(volunteer__in=keys).update(by_ref="", by_label="")
    return Volunteer.objects.filter(pk__in=keys).update(name="", phone="", anonymised_at=at)


@transaction.atomic
def empty_fees(at: datetime) -> int:
    """This function will forget, seven years after, who paid and who took the money."""
    day = timezone.localdate(at - _MONEY)
    old = Fee.objects.filter(date__lte=day).exclude(
        participant=None, by_ref="", by_label="", why=""
    )
    keys = list(old.values_list("pk", flat=True))
    CashLine.objects.filter(fee__in=keys).update(by_ref="", by_label="")
    days = CashDay.objects.filter(date__lte=day)
    days.exclude(why="").update(why="–")
    days.update(by_ref="", by_label="")
    Fee.objects.filter(pk__in=keys).update(participant=None, by_ref="", by_label="")
    reasoned = Fee.objects.filter(pk__in=keys).exclude(why="")
    reasoned.update(why="–")
    return len(keys)


@transaction.atomic
def empty_incidents(at: datetime) -> int:
    """This function will empty the incidents of five years ago; their number stays."""
    old = Incident.objects.filter(happened_at__lte=at - _INCIDENTS, anonymised_at__isnull=True)
    keys = list(old.values_list("pk", flat=True))
    IncidentNote.objects.filter(incident__in=keys).delete()
    Incident.people.through.objects.filter(incident__in=keys).delete()
    return Incident.objects.filter(pk__in=keys).update(
        what="", told=[], by_ref="", by_label="", anonymised_at=at
    )


declare(
    Rule("activities.Price"),
    Rule(
        "activities.Reduction",
        personal=("participant", "kind", "percent", "rank", "by_label"),
        keep="avec la personne qui participe",
        with_parent="activities.Participant",
    ),
    Rule(
        "activities.Fee",
        personal=("participant", "percent", "why", "by_ref", "by_label"),
        keep="7 ans",
        end=empty_fees,
    ),
    Rule(
        "activities.CashLine",
        personal=("by_ref", "by_label"),
        keep="7 ans",
        with_parent="activities.Fee",
    ),
    Rule(
        "activities.CashDay",
        personal=("why", "by_ref", "by_label"),
        keep="7 ans",
        with_parent="activities.Fee",
    ),
    Rule(
        "activities.Incident",
        personal=("people", "what", "told", "parents", "by_ref", "by_label"),
        keep="5 ans",
        end=empty_incidents,
    ),
    Rule(
        "activities.IncidentNote",
        personal=("text", "by_ref", "by_label"),
        keep="5 ans",
        with_parent="activities.Incident",
    ),
    Rule("activities.Activity", personal=("made_by",), keep="10 ans", end=empty_authors),
    Rule("activities.ActivityKey"),
    Rule("activities.Slot"),
    Rule("activities.Session"),
    Rule(
        "activities.SessionCount",
        personal=("by_ref", "by_label"),
        keep="10 ans",
        with_parent="activities.Activity",
    ),
    Rule("activities.AnonymousCount"),
    Rule(
        "activities.Participant",
        personal=("name", "is_alias", "birth_year", "gender", "person", "parents_disagree"),
        keep="3 ans après la dernière venue",
        end=empty_participants,
    ),
    Rule(
        "activities.Registration",
        personal=("name", "phone", "email"),
        keep="2 ans",
        end=empty_registrations,
    ),
    Rule(
        "activities.RegistrationMove",
        personal=("by_ref", "by_label"),
        keep="avec l’inscription",
        with_parent="activities.Registration",
    ),
    Rule(
        "activities.Volunteer",
        personal=("name", "phone"),
        keep="5 ans après la fin",
        end=empty_volunteers,
    ),
    Rule(
        "activities.VolunteerTime",
        personal=("volunteer", "by_ref", "by_label", "why"),
        keep="avec la personne bénévole",
        with_parent="activities.Volunteer",
    ),
    Rule(
        "activities.Contact",
        personal=("name", "phone", "relation", "has_authority", "is_emergency", "collects"),
        keep="avec la personne qui participe",
        with_parent="activities.Participant",
    ),
    Rule(
        "activities.Leaving",
        personal=("participant", "contact", "by_ref", "by_label"),
        keep="avec la personne qui participe",
        with_parent="activities.Participant",
    ),
    Rule(
        "activities.Consent",
        personal=("participant", "given_by", "proof", "by_label"),
        keep="avec la personne qui participe",
        with_parent="activities.Participant",
    ),
    Rule(
        "activities.Picture",
        personal=("people", "caption", "by_label", "why"),
        keep="5 ans",
        end=forget_pictures,
    ),
    Rule(
        "activities.Attendance",
        personal=("participant", "state", "tapped_at"),
        keep="avec la personne qui participe",
        with_parent="activities.Participant",
    ),
    Rule(
        "activities.Tap",
        personal=("participant", "by_ref", "by_label"),
        keep="1 an",
        end=forget_taps,
    ),
)
