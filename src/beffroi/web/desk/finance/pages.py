"""The month at a glance, the dues with what blocks them, the ledger."""

from decimal import Decimal

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from beffroi.acts.payments import desk_queries, queries
from beffroi.acts.payments.periods import month_end
from beffroi.core.text import whole_number
from beffroi.web.desk.finance.common import shown
from beffroi.web.sections import MOST, Section, column, day, euro, money


def month(request: HttpRequest) -> HttpResponse:
    """This function will show what the month owes and what waits for somebody."""
    today = timezone.localdate()
    waits = desk_queries.waiting()
    things = (
        (_("Paiements à approuver"), waits.to_approve, "finance_runs"),
        (_("Paiements approuvés à envoyer"), waits.to_send, "finance_runs"),
        (_("Changements de compte à regarder"), waits.accounts, "finance_accounts"),
        (_("Retours de la banque à traiter"), waits.returns, "finance_returns"),
        (_("Opérations à rapprocher"), waits.unmatched, "finance_bank"),
    )
    rows = [
        [{"text": label, "url": reverse(f"desk:{name}")}, {"text": str(count), "end": True}]
        for label, count, name in things
        if count
    ]
    states = [
        [label, {"text": str(count), "end": True}, money(total)]
        for label, count, total in desk_queries.dues_by_state(today)
    ]
    sections = [
        Section(_("Ce qui attend"), "", column(_("Quoi"), _("Combien"), end=(1,)), rows, _("Rien n’attend.")),
        Section(_("Échéances du mois"), "", column(_("État"), _("Nombre"), _("Total"), end=(1, 2)), states, _("Aucune échéance n’est encore établie pour ce mois.")),
    ]  # fmt: skip
    return shown(request, _("Finances : le mois"), "", sections)


def dues(request: HttpRequest) -> HttpResponse:
    """This function will show what is owed and not yet in a run, with what blocks it."""
    today = timezone.localdate()
    rows = []
    for due in queries.payable_dues(month_end(today), today)[:MOST]:
        blocks = queries.blocks_of(due)
        why = ", ".join(str(block.label) for block in blocks)
        period = f"{day(due.period_start)} – {day(due.period_end)}"
        state = {"tag": why, "tone": "amber"} if why else {"tag": _("libre"), "tone": "green"}
        order = {"text": due.order.label, "sub": due.order.reference}
        rows.append([str(due.order.person), order, period, money(due.amount), state])
    heads = column(
        _("Personne"), _("Ordre"), _("Période"), _("Montant"), _("Peut partir ?"), end=(3,)
    )
    section = Section(
        _("À payer"), "", heads, rows, _("Tout ce qui est établi est déjà dans un paiement.")
    )
    intro = _("Les échéances naissent quand un paiement est préparé.")
    return shown(request, _("Échéances"), intro, [section])


def ledger(request: HttpRequest) -> HttpResponse:
    """This function will show the ledger of a year by article, and that it balances."""
    asked = request.GET.get("annee", "")
    year = whole_number(asked, 2999) or 0
    if year < 2000:
        year = timezone.localdate().year
    articles = [
        [
            {"text": one.article.code, "sub": one.article.label, "tag": "" if one.article.is_confirmed else _("à confirmer"), "tone": "amber"},
            money(one.debit), money(one.credit), money(one.balance),
        ]
        for one in desk_queries.ledger_by_article(year)
    ]  # fmt: skip
    balance = desk_queries.trial_balance(year)
    accounts = [[str(one), money(debit), money(credit)] for one, debit, credit in balance]
    debits = sum((debit for _one, debit, _credit in balance), Decimal(0))
    credits = sum((credit for _one, _debit, credit in balance), Decimal(0))
    text = _("Débits %(debits)s, crédits %(credits)s : les deux côtés sont égaux.")
    if debits != credits:
        text = _(
            "Débits %(debits)s, crédits %(credits)s : le livre n’est pas en équilibre, prévenez l’administration."
        )
    heads = column(_("Article"), _("Dépensé"), _("Revenu"), _("Solde"), end=(1, 2, 3))
    sections = [
        Section(_("Par article budgétaire"), "", heads, articles, _("Aucune écriture cette année.")),
        Section(_("Comptes généraux"), text % {"debits": euro(debits), "credits": euro(credits)},
                column(_("Compte"), _("Débit"), _("Crédit"), end=(1, 2)), accounts, _("Aucune écriture.")),
    ]  # fmt: skip
    return shown(request, _("Comptabilité %(year)s") % {"year": year}, "", sections)
