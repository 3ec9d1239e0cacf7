"""What one takes away of a plan: its published figures, its report, its next dates, its pictures."""

from typing import Any

from django.core.cache import caches
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone, translation
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from beffroi.acts.activities import picture_queries
from beffroi.acts.activities.enums import Channel
from beffroi.steering import public_queries as steering
from beffroi.steering import services
from beffroi.steering.enums import ReportKind
from beffroi.steering.telling.rows import HEADS, rows_of
from beffroi.web.portal import plan_parts as parts
from beffroi.web.portal.links import link, public_address
from beffroi.web.portal.plan_views import published_or_404

_A_DAY = 24 * 3600
_DATES = 40


def _plan_or_404(key: str) -> Any:
    plan = steering.public_plan(key)
    if plan is None:
        raise Http404(key)
    return plan


@require_safe
def figures(request: HttpRequest, key: str, form: str) -> HttpResponse:
    """This function will give every published figure of a plan as a sheet: csv, xlsx or ods."""
    from beffroi.steering.reports.sheets import FORMS, write_sheet  # heavy: read when one is asked

    plan = _plan_or_404(key)
    told = steering.years_told(plan, [ReportKind.ACTIVITY])
    if form not in FORMS or not told:
        raise Http404(form)
    name = f"plan-figures:{key}:{form}:{max(one.pk for one in told)}"
    body = caches["pages"].get(name)
    if body is None:
        rows: list[Any] = [HEADS]
        for one in told:
            rows += rows_of(one.page, one.revision, one.voted.isoformat())
        made = max(one.published_at for one in told)
        body = write_sheet(form, _("Chiffres publiés"), rows, made)
        caches["pages"].set(name, body, _A_DAY)
    answer = HttpResponse(body, content_type=FORMS[form])
    answer["Content-Disposition"] = f'attachment; filename="{key}-chiffres.{form}"'
    return answer


@require_safe
def report(request: HttpRequest, key: str, year: int) -> HttpResponse:
    """This function will give the readable report of a published year as PDF."""
    snapshot, page = published_or_404(key, year)
    name = f"plan-report:{page.pk}"
    body = caches["pages"].get(name)
    if body is None:
        with translation.override("fr"):
            body = services.readable_bytes(snapshot)
        caches["pages"].set(name, body, _A_DAY)
    answer = HttpResponse(body, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{services.readable_name(snapshot)}"'
    return answer


@require_safe
def dates(request: HttpRequest, key: str) -> HttpResponse:
    """This function will give the next sessions of a plan as an Atom feed."""
    plan, now = _plan_or_404(key), timezone.now()
    found = parts.next_dates(steering.lines_on(plan, timezone.localdate(now)), now, _DATES)
    own = public_address(link("plan_dates", key))
    title = _("Prochaines dates : %(plan)s") % {"plan": plan.name}
    body = (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{translation.get_language()}">'
        f"<id>{escape(own)}</id><title>{escape(title)}</title><updated>{now:%Y-%m-%dT00:00:00Z}</updated>"
        f'<link rel="self" href="{escape(own)}"/><author><name>{escape(plan.lead_authority)}</name></author>\n'
        + "".join(_entry(own, one) for one in found)
        + "</feed>\n"
    )
    return HttpResponse(body, content_type="application/atom+xml; charset=utf-8")


def _entry(own: str, one: dict[str, Any]) -> str:
    where = public_address(one["how_url"] or one["place_url"])
    said = f"{one['day']}, {one['hours']}, {one['place']}. {one['purpose']}".strip()
    return (
        f"<entry><id>{escape(own)}#{one['key']}</id><title>{escape(one['name'])} – {escape(one['day'])}</title>"
        f'<updated>{one["starts"].isoformat()}</updated><link href="{escape(where)}"/>'
        f"<summary>{escape(said)}</summary></entry>\n"
    )


@require_safe
def picture(request: HttpRequest, key: str, pk: int) -> HttpResponseBase:
    """This function will give a picture as long as everybody on it agrees: asked each time."""
    _plan_or_404(key)
    found = picture_queries.shown_picture(pk, Channel.WEB, timezone.localdate())
    if found is None:
        raise Http404(str(pk))
    answer = FileResponse(found.attachment.file.open("rb"), content_type=found.attachment.content_type)  # fmt: skip
    answer["Cache-Control"] = "no-store"
    return answer
