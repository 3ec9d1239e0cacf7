"""Files that leave from the pages of finance: the bank's, and the claim on the State."""

import tempfile
from datetime import date
from pathlib import Path

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_POST

from beffroi.acts.payments import desk_queries, refund_files
from beffroi.acts.payments import services as payments

_REFUND = {
    "csv": (refund_files.as_csv, "text/csv; charset=utf-8"),
    "xlsx": (
        refund_files.as_xlsx,
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
    "pdf": (refund_files.as_pdf, "application/pdf"),
}


@require_POST
def run_file(request: HttpRequest, reference: str) -> HttpResponseBase:
    """This function will send the file of a run to the bank's agent; again, the same bytes."""
    folder = Path(settings.BEFFROI_PRIVATE_FILES) / "payments"
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder) as own:
        path = Path(own) / "run.xml"
        payments.export_run(
            reference=reference,
            path=path,
            by=request.actor,  # type: ignore[attr-defined]
            at=timezone.now(),
        )
        if not path.exists():
            return HttpResponse(status=204)
        opened = path.open("rb")
    return FileResponse(
        opened, as_attachment=True, filename=f"{reference}.xml", content_type="application/xml"
    )


def refund_file(request: HttpRequest, year: int, month: int, kind: str) -> HttpResponse:
    """This function will give the claim of a month as CSV, XLSX or PDF."""
    if kind not in _REFUND or not 1 <= month <= 12 or not 2000 <= year <= 2999:
        raise Http404(kind)
    claim = desk_queries.refund_claims().filter(month=date(year, month, 1)).first()
    if claim is None:
        raise Http404(f"{year}-{month}")
    write, content_type = _REFUND[kind]
    answer = HttpResponse(write(claim), content_type=content_type)
    answer["Content-Disposition"] = f'attachment; filename="subvention-{claim.month:%Y-%m}.{kind}"'
    return answer
