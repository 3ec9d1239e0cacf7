"""Many fictional social files at once, for measures: nobody would open them by hand.

One file with its application and its clocks is opened by the services; the others are its
copies, each of a person of her own, with other dates and other workers.
"""

from datetime import date, datetime, timedelta
from typing import Any

from django.apps import apps
from django.test import Client
from django.utils import timezone
from django.utils.crypto import get_random_string

from beffroi.accounts import services as accounts
from beffroi.accounts.enums import Role
from beffroi.casework import services as casework
from beffroi.core.actors import Actor, system_actor
from beffroi.demo.names import made_up
from beffroi.people import services as people
from beffroi.people.services import Identity

_BATCH = 1000
_KINDS = ("living_income", "urgent_aid")
_TEAM = "general_aid"
_WORKERS = 12
#: Days around today on which the next step of a file falls.
_SPREAD = 60


def prepare(count: int, *, at: datetime) -> str:
    """This function will open `count` files in a house that is empty; the cookie of a worker.

    She signed in, and belongs to the team that has all the files.
    """
    by = system_actor("beffroi bench")
    accounts.load_teams()
    agents = [
        accounts.add_agent(
            username=f"banc-{rank}", first_name="Claire", last_name=f"Demoustier {rank}",
            email=f"banc-{rank}@exemple.test", password=get_random_string(20),
            posts=[(Role.SOCIAL_WORKER, _TEAM)], since=date(2020, 1, 1),
        )
        for rank in range(_WORKERS)
    ]  # fmt: skip
    fill(count=count, team=_TEAM, workers=[agent.pk for agent in agents], by=by, at=at)
    browser = Client()
    browser.force_login(agents[0], backend="django.contrib.auth.backends.ModelBackend")
    return "; ".join(f"{name}={kept.value}" for name, kept in browser.cookies.items())


def fill(*, count: int, team: str, workers: list[int], by: Actor, at: datetime) -> list[str]:
    """This function will open `count` files in a team, spread over its workers; their numbers."""
    persons = people.enter_many(
        persons=(Identity(one.last_name, one.first_name, birth_date=one.birth_date)
                 for one in made_up(count)),
        by=by, at=at,
    )  # fmt: skip
    first = casework.open_file(
        person_ref=persons[0], team=team, worker=workers[0] if workers else None, by=by, at=at
    )
    casework.open_application(
        number=first, kind=_KINDS[0], asked_on=(at - timedelta(days=3)).date(), by=by, at=at
    )
    return [first, *_copy(persons[1:], workers)]


def _copy(references: list[str], workers: list[int]) -> list[str]:
    file_table = apps.get_model("casework", "SocialFile")
    application_table = apps.get_model("casework", "Application")
    clock_table = apps.get_model("casework", "FileClock")
    model = file_table.objects.get()
    due = model.next_due_on or timezone.localdate()
    asked, clocks = model.applications.get(), list(model.clocks.all())
    ids = dict(apps.get_model("people", "Person").objects.values_list("reference", "pk"))
    files = [
        _of(model, number=f"D00{rank:06d}", person_id=ids[reference],
            worker_id=workers[rank % len(workers)] if workers and rank % 25 else None,
            next_due_on=due + timedelta(days=rank * 7 % _SPREAD - 10))
        for rank, reference in enumerate(references)
    ]  # fmt: skip
    file_table.objects.bulk_create(files, batch_size=_BATCH)
    applications = [
        _of(asked, reference=f"A00{rank:06d}", file_id=file.pk, kind=_KINDS[rank % len(_KINDS)])
        for rank, file in enumerate(files)
    ]
    application_table.objects.bulk_create(applications, batch_size=_BATCH)
    rows = [
        _of(clock, file_id=one.file_id, application_id=one.pk, subject_ref=one.reference)
        for one in applications
        for clock in clocks
    ]
    clock_table.objects.bulk_create(rows, batch_size=_BATCH)
    return [file.number for file in files]


def _of(row: Any, **changes: object) -> Any:
    """A row like another, with some fields changed and a key of its own."""
    table = type(row)
    fields = {f.attname: getattr(row, f.attname) for f in table._meta.concrete_fields}
    return table(**{**fields, "id": None, **changes})
