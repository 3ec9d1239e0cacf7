"""The monthly claim on the State as files: CSV, XLSX, and a page to print."""

import csv
import io
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from beffroi.acts.payments.desk_queries import refund_lines
from beffroi.acts.payments.models import RefundClaim
from beffroi.core.text import fit_for_files, harmless_cell
from beffroi.documents.letters import letter_pdf


def _heads() -> list[str]:
    return [
        _("Dossier"), _("Ordre"), _("Du"), _("Au"), _("Payé"), _("Taux"), _("Base"),
        _("Article"), _("Vérifié"), _("Frais de dossier"), _("Remboursé"),
    ]  # fmt: skip


def _rows(claim: RefundClaim) -> Iterator[list[Any]]:
    for row in refund_lines(claim):
        due = row.line.due
        yield [
            due.order.subject_ref, due.order.reference, due.period_start, due.period_end, row.amount,
            row.rate, row.basis, row.reference, _("oui") if row.is_verified else _("non"), row.file_cost, row.refund,
        ]  # fmt: skip


def _safe(value: Any) -> Any:
    """A text as a file holds it, that no spreadsheet takes for a formula; amounts as they are."""
    return harmless_cell(fit_for_files(value)) if isinstance(value, str) else value


def as_csv(claim: RefundClaim) -> bytes:
    """This function will write a claim as CSV, UTF-8 with a mark, for a spreadsheet."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";")
    writer.writerow(_heads())
    writer.writerows([_safe(value) for value in row] for row in _rows(claim))
    return out.getvalue().encode("utf-8-sig")


def as_xlsx(claim: RefundClaim) -> bytes:
    """This function will write a claim as a workbook, amounts as numbers, the total last."""
    from openpyxl import Workbook  # heavy: read when a workbook is written

    book = Workbook(write_only=True)
    sheet = book.create_sheet(f"{claim.month:%Y-%m}")
    sheet.append(_heads())
    for row in _rows(claim):
        sheet.append([_safe(value) for value in row])
    refunded = claim.claimed_total - claim.costs_total
    sums = ["", "", "", claim.paid_total, "", "", "", "", claim.costs_total, refunded]
    sheet.append([_("Total"), *sums])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def as_pdf(claim: RefundClaim) -> bytes:
    """This function will write a claim as a PDF: the total by rate, and what is not known."""
    rates: dict[tuple[Any, ...], list[Decimal]] = {}
    for row in refund_lines(claim):
        sums = rates.setdefault(
            (row.rate, row.basis, row.reference, row.is_verified),
            [Decimal(0), Decimal(0), Decimal(0)],
        )
        sums[0] += 1
        sums[1] += row.amount
        sums[2] += row.refund or Decimal(0)
    rows = [
        {"share": share * 100 if share is not None else None, "basis": basis, "reference": reference, "is_verified": verified, "count": sums[0],
         "paid": sums[1], "claimed": sums[2]}
        for (share, basis, reference, verified), sums in rates.items()
    ]  # fmt: skip
    return letter_pdf("payments/refund.html", {"claim": claim, "rows": rows})
