"""Which forms a service offers, which team answers, and the questions of its own."""

from datetime import datetime
from pathlib import Path
from typing import Any

import yaml
from django.db import transaction
from django.utils.translation import gettext as _

from beffroi.accounts import queries as accounts
from beffroi.acts.requests import forms
from beffroi.acts.requests.enums import FormKind
from beffroi.acts.requests.models import RequestForm
from beffroi.acts.requests.permissions import can_manage_forms
from beffroi.audit import services as audit
from beffroi.audit.enums import ActKind
from beffroi.core.actors import Actor
from beffroi.core.errors import InvalidInput, NotAllowed
from beffroi.directory import queries as directory
from beffroi.directory import services as directory_services


@transaction.atomic
def offer_form(
    *,
    service: str,
    kind: FormKind,
    team: str,
    by: Actor,
    at: datetime,
    extra_fields: list[dict[str, Any]] | None = None,
    position: int = 0,
) -> RequestForm:
    """This function will open a form at a service, or change the one it has.

    Raises: NotAllowed; InvalidInput when the team or a question is not right.
    """
    if not can_manage_forms(by):
        raise NotAllowed(_("Seule la rédaction ouvre un formulaire."))
    found = accounts.team_by_key(team)
    service_id = directory.service_id(service)
    if found is None or service_id is None:
        raise InvalidInput(_("Choisissez un service et l’équipe qui répondra."))
    forms.fields_of(kind, list(extra_fields or []))
    form, _new = RequestForm.objects.update_or_create(
        service_id=service_id,
        kind=kind,
        defaults={
            "team": found, "extra_fields": extra_fields or [], "is_open": True,
            "position": position,
        },
    )  # fmt: skip
    _trace("form.open", service, kind, by, at)
    return form


@transaction.atomic
def close_form(*, service: str, kind: FormKind, by: Actor, at: datetime) -> None:
    """This function will close a form to the public; requests already made go on."""
    if not can_manage_forms(by):
        raise NotAllowed(_("Seule la rédaction ferme un formulaire."))
    RequestForm.objects.filter(service__key=service, kind=kind).update(is_open=False)
    _trace("form.close", service, kind, by, at)


def _trace(verb: str, service: str, kind: str, by: Actor, at: datetime) -> None:
    audit.record(
        by=by, kind=ActKind.WRITE, verb=verb, object_kind="service", object_ref=service, at=at,
        detail={"form": str(kind)},
    )  # fmt: skip
    directory_services.bump_revision()


@transaction.atomic
def load_forms() -> int:
    """This function will open the forms that the catalogue names, where a service has none."""
    teams = {team.key: team for team in accounts.teams()}
    with_forms = set(RequestForm.objects.values_list("service_id", flat=True))
    rows = []
    folder = Path(directory_services.CATALOGUE_TEXTS)
    for path in sorted(folder.glob("*.yaml")):
        content = yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)
        service_id = directory.service_id(content["id"])
        if service_id is None or service_id in with_forms:
            continue
        rows += [
            RequestForm(
                service_id=service_id, kind=FormKind(kind), team=teams[content["team"]],
                position=position,
            )
            for position, kind in enumerate(content["forms"])
        ]  # fmt: skip
    RequestForm.objects.bulk_create(rows)
    if rows:
        directory_services.bump_revision()
    return RequestForm.objects.count()
