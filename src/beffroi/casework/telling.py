"""What casework tells the rooms below: who works on whose file, who must be kept, who sees a letter."""

from collections.abc import Collection, Mapping
from datetime import datetime

from django.db.models import Q
from django.utils import timezone

from beffroi.acts.agenda.subjects import register_person_of
from beffroi.acts.agreements.queries import files_in_subsidised_project
from beffroi.acts.payments.refund_rates import add_project_reader
from beffroi.casework.checkers import CHECKERS
from beffroi.casework.enums import FileState
from beffroi.casework.export import EXPORTERS, SCOPED
from beffroi.casework.models import SocialFile
from beffroi.casework.permissions import files_in_hand_of, files_visible_to
from beffroi.core.actors import Actor
from beffroi.documents.letters.permissions import register_visibility
from beffroi.people import checkers, hooks
from beffroi.people.rights import register_exporter


def _file_agents(persons: Collection[int]) -> Mapping[int, frozenset[str]]:
    rows = SocialFile.objects.filter(
        person_id__in=persons, state=FileState.OPEN, worker__isnull=False
    ).values_list("person_id", "worker_id")
    found: dict[int, frozenset[str]] = {}
    for person, worker in rows:
        found[person] = found.get(person, frozenset()) | {str(worker)}
    return found


def _file_marks(persons: Collection[int]) -> frozenset[int]:
    rows = SocialFile.objects.filter(person_id__in=persons, state=FileState.OPEN)
    return frozenset(rows.values_list("person_id", flat=True))


def _held(persons: Collection[int], at: datetime) -> frozenset[int]:
    """A person is kept as long as a file of hers is, closed or not."""
    rows = SocialFile.objects.filter(person_id__in=persons)
    return frozenset(rows.values_list("person_id", flat=True))


def _person_of(reference: str, actor: Actor | None) -> int | None:
    """Of whom a file or an application speaks; to an agent, when the file is hers to see."""
    rows = SocialFile.objects.all() if actor is None else files_visible_to(actor)
    about = Q(number=reference) | Q(applications__reference=reference)
    found: int | None = rows.filter(about).values_list("person_id", flat=True).first()
    return found


def _files_in_hand(actor: Actor) -> Collection[str]:
    """A letter says what the file says: it opens to whom the file opens without a reason, now."""
    return files_in_hand_of(actor, timezone.now()).values_list("number", flat=True)


def register() -> None:
    """This function will enter these answers with the rooms that ask."""
    hooks.register_file_agents(_file_agents)
    hooks.register_file_marks(_file_marks)
    hooks.register_holder(_held)
    add_project_reader(files_in_subsidised_project)
    register_visibility("social_file", _files_in_hand)
    register_person_of(_person_of)
    for room, give in EXPORTERS.items():
        register_exporter(room, give, scoped=room in SCOPED)
    for checker in CHECKERS:
        checkers.register(checker, "casework")
