"""How long what is known of guests is kept, and how it ends; nights stay as numbers."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from beffroi.acts.stays.models import (
    ColdPlan,
    Exclusion,
    Guest,
    Handover,
    HealthNote,
    House,
    Incident,
    OpeningCount,
    Refusal,
    SentAct,
    Stay,
    Tally,
    Visit,
)
from beffroi.audit.retention import Rule, declare

#: After the last night or visit.
_GUESTS = timedelta(days=2 * 365)
_WORDS = timedelta(days=90)
_INCIDENTS = timedelta(days=2 * 365)
_AUTHORS = timedelta(days=10 * 365)
_TAPS = timedelta(days=365)


@transaction.atomic
def empty_guests(at: datetime) -> int:
    """This function will empty guests two years after they last came: a number and a sex stay.

    What her exclusions said and her notes of health go; whoever was joined to her goes with her.
    """
    day = timezone.localdate(at - _GUESTS)
    gone = Guest.objects.filter(emptied_at__isnull=True).filter(
        Q(last_date__lte=day) | Q(last_date__isnull=True, since_at__lte=at - _GUESTS)
    )
    # A guest who was joined to one who still comes waits for her.
    gone = gone.exclude(joined_to__last_date__gt=day)
    keys = list(gone.values_list("pk", flat=True))
    Exclusion.objects.filter(guest__in=keys).delete()
    HealthNote.objects.filter(guest__in=keys).delete()
    return Guest.objects.filter(pk__in=keys).update(
        alias="", folded="", birth_year=None, remark="", has_dog=False, person=None,
        emptied_at=at,
    )  # fmt: skip


def forget_health(at: datetime) -> int:
    """This function will remove the notes of health whose day has come."""
    return HealthNote.objects.filter(erase_on__lte=timezone.localdate(at)).delete()[0]


def forget_words(at: datetime) -> int:
    """This function will remove the words left to the next team three months ago."""
    return Handover.objects.filter(at__lte=at - _WORDS).delete()[0]


def empty_incidents(at: datetime) -> int:
    """This function will empty what incidents of two years ago said; their gravity stays."""
    old = Incident.objects.filter(at__lte=at - _INCIDENTS, emptied_at__isnull=True)
    return old.update(told="", done="", by_ref="", by_label="", emptied_at=at)


@transaction.atomic
def empty_taps(at: datetime) -> int:
    """This function will forget, a year after, who noted each night, visit, refusal and tally.

    Why a night was taken back goes too, why a count changed, and where somebody refused was sent:
    words may name a person.
    """
    old, count = {"at__lte": at - _TAPS}, 0
    Stay.objects.filter(**old).exclude(why__in=("", "–")).update(why="–")
    OpeningCount.objects.filter(**old).exclude(why__in=("", "–")).update(why="–")
    Refusal.objects.filter(**old).exclude(referred_to="").update(referred_to="")
    for model in (Stay, Visit, Refusal, Tally, SentAct):
        rows = model._default_manager.filter(**old).exclude(by_ref="", by_label="")
        count += rows.update(by_ref="", by_label="")
    return count


@transaction.atomic
def empty_authors(at: datetime) -> int:
    """This function will forget who wrote houses, cold plans and counts ten years ago."""
    old = at - _AUTHORS
    made = House.objects.filter(made_at__lte=old).exclude(made_by="").update(made_by="")
    for model in (OpeningCount, ColdPlan):
        rows = model._default_manager.filter(at__lte=old).exclude(by_ref="", by_label="")
        made += rows.update(by_ref="", by_label="")
    return made


_AUTHOR = ("by_ref", "by_label")
declare(
    Rule("stays.House", personal=("made_by",), keep="10 ans", end=empty_authors),
    Rule("stays.HouseKey"),
    Rule("stays.Season"),
    Rule("stays.Bed"),
    Rule("stays.ColdPlan", personal=_AUTHOR, keep="10 ans", with_parent="stays.House"),
    Rule("stays.Opening"),
    Rule(
        "stays.OpeningCount",
        personal=("why", *_AUTHOR),
        keep="pourquoi : 1 an ; qui : 10 ans",
        with_parent="stays.House",
    ),
    Rule(
        "stays.Guest",
        personal=("alias", "folded", "birth_year", "remark", "has_dog", "person"),
        keep="2 ans après la dernière nuit ou la dernière visite",
        end=empty_guests,
    ),
    Rule(
        "stays.Exclusion",
        personal=("guest", "reason", "decided_by", "lifted_why", *_AUTHOR),
        keep="avec l’hôte",
        with_parent="stays.Guest",
    ),
    Rule(
        "stays.Stay",
        personal=("guest", "why", *_AUTHOR),
        keep="qui l’a noté, et pourquoi elle est reprise : 1 an ; la nuit reste comme un nombre",
        end=empty_taps,
    ),
    Rule("stays.Visit", personal=("guest", *_AUTHOR), keep="1 an", with_parent="stays.Stay"),
    Rule("stays.SentAct", personal=_AUTHOR, keep="1 an", with_parent="stays.Stay"),
    Rule(
        "stays.Refusal",
        personal=("referred_to", *_AUTHOR),
        keep="1 an ; la raison reste",
        with_parent="stays.Stay",
    ),
    Rule("stays.Tally", personal=_AUTHOR, keep="1 an", with_parent="stays.Stay"),
    Rule("stays.Incident", personal=("told", "done", *_AUTHOR), keep="2 ans", end=empty_incidents),
    Rule(
        "stays.HealthNote",
        personal=("guest", "text", *_AUTHOR),
        keep="le nombre de jours dit, 30 au plus",
        end=forget_health,
    ),
    Rule("stays.Handover", personal=("text", *_AUTHOR), keep="90 jours", end=forget_words),
)
