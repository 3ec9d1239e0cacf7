"""What those who answer for the house find on their first page: sittings, runs of payments."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from beffroi.accounts.enums import Role
from beffroi.acts.bodies import permissions as bodies
from beffroi.acts.bodies import queries as bodies_queries
from beffroi.acts.payments import desk_queries
from beffroi.acts.payments import permissions as payments
from beffroi.core.actors import Actor
from beffroi.web.desk.council import words as council
from beffroi.web.desk.files.words import day, euros

_SITS = (Role.COUNCIL_MEMBER, Role.PRESIDENT, Role.DIRECTOR_GENERAL)
_PAYS = (Role.FINANCE_DIRECTOR, Role.DIRECTOR_GENERAL, Role.PRESIDENT)
_MOST = 5
_TONES = {"draft": "amber", "approved": "copper", "exported": "copper", "booked": "green"}


def sittings_of(actor: Actor) -> dict[str, Any] | None:
    """This function will give the sittings that are not over for this member or secretary."""
    if not actor.has_role(*_SITS):
        return None
    visible = bodies_queries.with_matters(bodies.sittings_visible_to(actor))
    rows = list(bodies_queries.not_over(visible)[:_MOST])
    return {
        "columns": council.sitting_columns(),
        "rows": [council.sitting_row(row) for row in rows],
        "empty": {"title": _("Aucune séance n’est prévue."), "text": ""},
        "url": reverse("desk:council"),
    }


def runs_of(actor: Actor) -> dict[str, Any] | None:
    """This function will give the last runs of payments, and what waits for a look."""
    if not actor.has_role(*_PAYS):
        return None
    runs = list(payments.runs_visible_to(actor)[:_MOST])
    heads = (_("Paiement"), _("Échéances jusqu’au"), _("État"), _("Lignes"), _("Total"))
    return {
        "columns": [{"label": head, "end": rank > 2} for rank, head in enumerate(heads)],
        "rows": [_run(run) for run in runs],
        "empty": {"title": _("Aucun paiement n’est encore préparé."), "text": ""},
        "sentences": _waiting(runs),
    }


def _run(run: Any) -> list[Any]:
    return [
        {"text": run.reference, "url": reverse("desk:finance_run", args=[run.reference]), "sub": _("exécution le %(day)s") % {"day": day(run.execution_date)}},
        {"text": day(run.through_date)},
        {"tag": str(run.get_state_display()), "tone": _TONES.get(run.state, "")},
        {"text": str(run.line_count), "end": True},
        {"text": euros(run.total), "end": True},
    ]  # fmt: skip


def _waiting(runs: list[Any]) -> list[str]:
    drafts = sum(1 for run in runs if run.state == "draft")
    waits = desk_queries.waiting()
    accounts, returns = waits.accounts, waits.returns
    said = []
    if drafts:
        said.append(
            ngettext("%(n)d paiement préparé attend une approbation.",
                     "%(n)d paiements préparés attendent une approbation.", drafts) % {"n": drafts}
        )  # fmt: skip
    if returns:
        said.append(
            ngettext("%(n)d virement est revenu de la banque.",
                     "%(n)d virements sont revenus de la banque.", returns) % {"n": returns}
        )  # fmt: skip
    if accounts:
        said.append(
            ngettext("%(n)d changement de compte attend un second regard.",
                     "%(n)d changements de compte attendent un second regard.", accounts)
            % {"n": accounts}
        )  # fmt: skip
    return said
