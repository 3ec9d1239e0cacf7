"""The agreements of the teams somebody leads, handed out as a list: it leaves its row."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from beffroi.acts.agreements import queries
from beffroi.acts.agreements.models import Agreement
from beffroi.acts.agreements.permissions import agreements_visible_to, led_teams
from beffroi.audit import services as audit
from beffroi.audit.enums import ActKind
from beffroi.core.actors import Actor
from beffroi.core.errors import NotAllowed


@transaction.atomic
def extract_agreements(*, by: Actor, at: datetime) -> list[Agreement]:
    """This function will give the agreements of the teams the actor leads, the newest first.

    Those she may not see are not among them. Raises: NotAllowed.
    """
    teams = led_teams(by)
    if not teams:
        raise NotAllowed(_("L’extrait est donné à qui dirige l’équipe."))
    mine = agreements_visible_to(by).filter(team__in=teams)
    rows = list(queries.with_everything(mine).order_by("-pk"))
    audit.record(
        by=by, kind=ActKind.EXPORT, verb="agreements.export", object_kind="agreement_list",
        object_ref="extrait", at=at, detail={"references": [row.reference for row in rows]},
    )  # fmt: skip
    return rows
