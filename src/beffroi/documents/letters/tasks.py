"""Letters written by a worker, where the installation has one."""

from uuid import UUID

from django.conf import settings
from django.utils import timezone
from django_tasks import task

from beffroi.core.actors import system_actor


@task()
def write_batch(batch: str) -> int:
    """This function will write the letters of a batch that wait, and count them."""
    from beffroi.documents.letters import services as letters

    return letters.run_batch(batch=UUID(batch), by=system_actor("letters"), clock=timezone.now)


def write_in_background(batch: str) -> None:
    """This function will ask the worker to write a batch.

    Without a worker, the desk page or `beffroi letters run` writes it: a request does not wait.
    """
    if "ImmediateBackend" not in settings.TASKS["default"]["BACKEND"]:
        write_batch.enqueue(batch)
