"""The mediation files of the team, handed out to who leads it: it leaves its row."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from beffroi.acts.budgets import queries
from beffroi.acts.budgets.models import MediationFile
from beffroi.acts.budgets.permissions import files_visible_to, leads_mediation
from beffroi.audit import services as audit
from beffroi.audit.enums import ActKind
from beffroi.core.actors import Actor
from beffroi.core.errors import NotAllowed


@transaction.atomic
def extract_files(*, by: Actor, at: datetime) -> list[MediationFile]:
    """This function will give the mediation files with what is owed, to who leads the team.

    Those she may not see are not among them. Raises: NotAllowed.
    """
    if not leads_mediation(by):
        raise NotAllowed(_("L’extrait est donné à qui dirige l’équipe."))
    rows = list(queries.with_totals(files_visible_to(by)).order_by("-pk"))
    audit.record(
        by=by, kind=ActKind.EXPORT, verb="mediations.export", object_kind="mediation_list",
        object_ref="extrait", at=at, detail={"references": [row.reference for row in rows]},
    )  # fmt: skip
    return rows
