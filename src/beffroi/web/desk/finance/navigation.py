"""Its groups in the side bar."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from beffroi.acts.payments import desk_queries
from beffroi.web.desk.finance.access import FINANCE
from beffroi.web.desk.links import Item, group, shows_counts


def finance_groups(request: HttpRequest) -> list[dict[str, Any]]:
    """This function will give the pages of finance with how many things wait in each."""
    if not request.actor.roles & FINANCE:  # type: ignore[attr-defined]
        return []
    here = shows_counts(request, "desk:finance")
    waits = desk_queries.waiting() if here else desk_queries.Waiting()
    items = (
        Item(_("Le mois"), "desk:finance"),
        Item(_("Échéances"), "desk:finance_dues"),
        Item(_("Paiements"), "desk:finance_runs", waits.to_approve + waits.to_send),
        Item(_("Banque"), "desk:finance_bank", waits.unmatched),
        Item(_("Retours"), "desk:finance_returns", waits.returns),
        Item(_("Comptes à regarder"), "desk:finance_accounts", waits.accounts),
        Item(_("Retenues"), "desk:finance_holds"),
        Item(_("Récupérations"), "desk:finance_claims"),
        Item(_("Comptabilité"), "desk:finance_ledger"),
        Item(_("Subvention de l’État"), "desk:finance_refunds"),
    )
    return group(request, _("Finances"), items)
