"""The claim on the State: the centre's rate of each year, the months, one month line by line."""

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from beffroi.acts.payments import desk_queries
from beffroi.acts.payments.enums import RefundState
from beffroi.rules.amounts import percent
from beffroi.web.desk.finance import forms
from beffroi.web.desk.finance.common import shown
from beffroi.web.sections import MOST, Act, Section, column, euro, money, told

#: A claim asks for so many missing facts at once; the others come when it is drawn again.
_MOST_ASKED = 10


def refunds(request: HttpRequest) -> HttpResponse:
    """This function will list the monthly claims on the State and the rates of the centre."""
    rows = [
        [
            {"text": f"{claim.month:%m/%Y}", "url": reverse("desk:finance_refund", args=[claim.month.year, claim.month.month])},
            {"tag": claim.get_state_display()}, money(claim.paid_total), money(claim.claimed_total), money(claim.unknown_total),
        ]
        for claim in desk_queries.refund_claims()[:MOST]
    ]  # fmt: skip
    heads = column(
        _("Mois"), _("État"), _("Payé"), _("Demandé"), _("Taux à déterminer"), end=(2, 3, 4)
    )
    draw = Act("etablir", _("Établir l’état du mois"), forms.MonthForm())
    sections = [
        Section(_("États de subvention"), "", heads, rows, _("Aucun état n’est encore établi.")),
        Section(_("Établir un état"), "", acts=[draw]),
        _centre(),
    ]
    return shown(request, _("Subvention de l’État"), "", sections)


def _centre() -> Section:
    known = list(desk_queries.centre_rates()[:MOST])
    rows = [
        [str(row.year), {"text": percent(row.rate), "sub": row.basis, **_status(row)}, row.reference]
        for row in known
    ]  # fmt: skip
    text = _(
        "Le taux d’une année suit le nombre d’ayants droit par mois, deux et trois ans plus tôt. "
        "Sans lui, aucun revenu d’intégration de cette année n’a de taux."
    )
    first: dict[str, Any] = {"year": timezone.localdate().year}
    if known:
        first = {"year": known[0].year + 1, "last_rate": (known[0].rate * 100).normalize()}
    act = Act("taux", _("Calculer et garder ce taux"), forms.CentreRateForm(initial=first))
    heads = column(_("Année"), _("Taux"), _("Article"))
    return Section(_("Taux du centre"), text, heads, rows, _("Aucun taux n’est encore calculé."), [act])  # fmt: skip


def _status(row: Any) -> dict[str, str]:
    return {} if row.is_verified else {"tag": _("non vérifié"), "tone": "amber"}


def _of(year: int, month: int) -> Any:
    if not 1 <= month <= 12 or not 2000 <= year <= 2999:
        raise Http404(f"{year}-{month}")
    claim = desk_queries.refund_claims().filter(month=date(year, month, 1)).first()
    if claim is None:
        raise Http404(f"{year}-{month}")
    return claim


def refund(request: HttpRequest, year: int, month: int) -> HttpResponse:
    """This function will show the claim of a month, line by line, what lacks, and its files."""
    claim = _of(year, month)
    rows = [
        [
            {"text": str(line.line.due.order.person), "sub": line.line.due.order.subject_ref}, money(line.amount),
            _rate(line), line.reference or "–", money(line.file_cost or None), money(line.refund),
        ]
        for line in desk_queries.refund_lines(claim)[:MOST]
    ]  # fmt: skip
    files = [
        [{"text": label, "url": reverse("desk:finance_refund_file", args=[year, month, kind])}]
        for kind, label in (("csv", "CSV"), ("xlsx", "XLSX"), ("pdf", "PDF"))
    ]
    heads = column(
        _("Personne"), _("Payé"), _("Taux"), _("Article"), _("Frais de dossier"), _("Remboursé"),
        end=(1, 4, 5),
    )  # fmt: skip
    sections = [
        _head(claim),
        *_lacking(claim),
        Section(_("Lignes"), "", heads, rows, _("Rien n’a été payé pour ce mois.")),
        Section(_("Fichiers"), "", column(_("Fichier")), files),
    ]
    return shown(
        request, _("Subvention, %(month)s") % {"month": f"{claim.month:%m/%Y}"}, "", sections
    )


def _head(claim: Any) -> Section:
    acts = []
    if claim.state == RefundState.DRAWN:
        initial = {"month": claim.month}
        again, sent = (
            forms.SameMonthForm(initial=initial, auto_id=f"id_{key}_%s")
            for key in ("etablir", "introduire")
        )
        acts = [
            Act("etablir", _("Refaire l’état"), again, variant="secondary"),
            Act("introduire", _("Noter qu’il est introduit"), sent),
        ]
    text = _("Payé %(paid)s, demandé %(claimed)s, dont %(costs)s de frais de dossier.") % {
        "paid": euro(claim.paid_total), "claimed": euro(claim.claimed_total), "costs": euro(claim.costs_total),
    }  # fmt: skip
    return Section(claim.get_state_display(), text, acts=acts)


def _rate(line: Any) -> dict[str, Any]:
    if line.rate is None:
        return {"text": _("à déterminer"), "sub": line.basis, "tag": _("il manque un fait"), "tone": "amber"}  # fmt: skip
    return {"text": percent(line.rate), "sub": line.basis, **_status(line)}


def _lacking(claim: Any) -> list[Section]:
    """One form for each order whose rate waits for a fact, while the claim may still change."""
    if claim.state != RefundState.DRAWN or not claim.unknown_total:
        return []
    orders = {line.line.due.order: line.basis for line in desk_queries.refund_lines_without_rate(claim)}  # fmt: skip
    acts = [
        Act("motif", _("Garder"), forms.RefundFactsForm(auto_id=f"id_{order.pk}_%s"), order.reference,
            variant="secondary", folded=told(order.person, order.subject_ref, basis))
        for order, basis in list(orders.items())[:_MOST_ASKED]
    ]  # fmt: skip
    text = _("Taux à déterminer pour %(total)s. Le taux du centre se calcule à la page de la subvention.")  # fmt: skip
    return [Section(_("Ce qui manque"), text % {"total": euro(claim.unknown_total)}, acts=acts)]
