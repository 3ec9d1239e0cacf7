"""From a request received at the counter or on the portal to an application in a social file."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from beffroi.acts.requests import services as requests
from beffroi.casework.services.opening import open_application, open_file
from beffroi.core.actors import Actor


@transaction.atomic
def open_from_request(
    *,
    request_ref: str,
    person_ref: str,
    team: str,
    kind: str,
    by: Actor,
    at: datetime,
    details: Mapping[str, Any] | None = None,
    is_urgent: bool = False,
) -> str:
    """This function will open the file of a person and her application from her request.

    The application keeps the day of the request: every delay counts from it. The request is
    closed as one that a file goes on with. It gives the reference of the application.
    Raises: NotAllowed; InvalidInput; WrongState when the request opened this aid already.
    """
    asked_on = requests.become_file(reference=request_ref, by=by, at=at)
    number = open_file(person_ref=person_ref, team=team, worker=int(by.ref), by=by, at=at)
    return open_application(
        number=number, kind=kind, asked_on=asked_on, request_ref=request_ref, details=details,
        is_urgent=is_urgent, by=by, at=at,
    )  # fmt: skip
