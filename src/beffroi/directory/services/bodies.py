"""Loads the public bodies outside the commune: mediators, the authority of data protection."""

from datetime import datetime

import yaml
from django.db import transaction

from beffroi.core.actors import Actor
from beffroi.directory.enums import FactKind
from beffroi.directory.models import Organisation, Source
from beffroi.directory.services.facts import Provenance, state_fact
from beffroi.directory.services.loading import DATA


@transaction.atomic
def load_bodies(*, by: Actor, at: datetime) -> int:
    """This function will add the bodies that are not there yet, and say how many it added."""
    content = yaml.safe_load((DATA / "bodies.yaml").read_text(encoding="utf-8"))
    said = content["source"]
    source, _ = Source.objects.get_or_create(
        key=said["key"], defaults={k: said[k] for k in ("title", "publisher", "seen_on")}
    )
    added = 0
    for entry in content["bodies"]:
        body, is_new = Organisation.objects.get_or_create(
            key=entry["key"], defaults={"name": entry["name"], "url": entry["url"]}
        )
        if is_new:
            provenance = Provenance(source=source, as_of_date=said["seen_on"])
            state_fact(
                about=body, kind=FactKind.PHONE, text=entry["phone"], provenance=provenance,
                by=by, at=at,
            )  # fmt: skip
            added += 1
    return added
