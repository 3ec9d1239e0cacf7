"""Houses and places: what is known of them, and what one prints."""

from typing import Any

from django.core.cache import cache
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from beffroi.acts.requests import queries as requests
from beffroi.directory import info_queries as info
from beffroi.directory import place_parts as parts
from beffroi.directory import place_queries as directory
from beffroi.directory.briefs import own_commune
from beffroi.directory.enums import FactKind, ServiceStatus
from beffroi.directory.queries import revision
from beffroi.web.place_maps import map_of_localities
from beffroi.web.portal.caching import public_page
from beffroi.web.portal.links import code_of, link, public_address
from beffroi.web.portal.week import calendar_of, days_of, loose

_PER_PAGE = 60
#: Signs that a card holds in its largest letters, and what a heading or half a number weighs.
_ROOM, _LINE = 360, 35
_A_DAY = 24 * 3600
_CARD_STYLES = ("beffroi/css/card.css",)
_TONES = {ServiceStatus.PLANNED: "copper", ServiceStatus.SUSPENDED: "amber"}


def _lang() -> str:
    return translation.get_language() or "fr"


def _by_locality(rows: list[parts.PlaceRow]) -> list[dict[str, Any]]:
    groups: dict[tuple[str, str], list[parts.PlaceRow]] = {}
    for row in rows:
        groups.setdefault((row.postal_code, row.locality), []).append(row)
    return [
        {"postal_code": code, "locality": locality, "rows": some}
        for (code, locality), some in groups.items()
    ]


@public_page()
@require_safe
def houses(request: HttpRequest) -> HttpResponse:
    """This function will list the neighbourhood houses by locality."""
    rows = directory.rows_of(directory.places(_lang(), houses_only=True), timezone.localdate())
    context: dict[str, Any] = {"groups": _by_locality(rows), "count": len(rows)}
    context["notes"] = directory.house_notes(_lang())
    counts = [(one["locality"], one["postal_code"], len(one["rows"])) for one in context["groups"]]
    context["map"] = map_of_localities(_("Les maisons de quartier"), counts)
    return render(request, "portal/places/houses.html", context)


@public_page("page")
@require_safe
def place_list(request: HttpRequest) -> HttpResponse:
    """This function will list every place by locality, a page at a time."""
    page = Paginator(directory.places(_lang()), _PER_PAGE).get_page(request.GET.get("page"))
    rows = directory.rows_of(page.object_list, timezone.localdate())
    drawn = map_of_localities(_("Tous les lieux"), directory.counts_by_locality())
    context = {"groups": _by_locality(rows), "page": page, "map": drawn}
    return render(request, "portal/places/places.html", context)


def _page_or_404(key: str) -> parts.PlacePage:
    page = directory.place_page(key, _lang(), timezone.localdate())
    if page is None:
        raise Http404(f"no place {key}")
    return page


@public_page()
@require_safe
def place(request: HttpRequest, key: str) -> HttpResponse:
    """This function will show a place: what is known, disputed, unknown, and whom to call."""
    page = _page_or_404(key)
    today = timezone.localdate()
    own = page.own_service
    services = [_service_row(line) for line in page.services]
    context = {
        "place": page,
        "services": services,
        "own_url": link("service", own.key) if own else "",
        "facts": [
            *_other_names(page),
            *(_fact(r) for r in page.known if r.kind not in _SHOWN_APART),
        ],
        "unknown": [str(r.label) for r in page.unknown],
        "disputes": [_dispute(d) for d in page.disputes],
        "days": days_of(page.weekly),
        "has_grid": any(w.days for w in page.weekly),
        "loose": loose(page.weekly),
        "closed_now": next((c for c in page.closings if c.holds_on(today)), None),
        "call_back": _call_back(own.key if own else ""),
        "mistake": link("mistake", own.key) if own else "",
    }
    return render(request, "portal/places/place.html", context)


_SHOWN_APART = (FactKind.HOURS, FactKind.ACTIVITY)


def _call_back(service: str) -> str:
    form = requests.form_of_service(service, "call_back") if service else None
    return link("ask", service, "call_back") if form else ""


def _service_row(line: parts.ServiceLine) -> dict[str, Any]:
    status = None
    if line.status != ServiceStatus.RUNNING:
        status = {"label": line.status.label, "tone": _TONES.get(line.status, "")}
    url = link("service", line.key) or link("service_card", line.key)
    return {"name": line.name, "summary": line.summary, "url": url, "status": status}


def _other_names(page: parts.PlacePage) -> list[dict[str, Any]]:
    if not page.other_names:
        return []
    return [{"label": FactKind.ALIAS.label, "lines": page.other_names, "state": "known"}]


def _fact(rubric: parts.Rubric) -> dict[str, Any]:
    first = rubric.said[0]
    return {
        "label": rubric.label,
        "lines": [said.text for said in rubric.said],
        "state": "known",
        "source": first.source,
        "date": _seen(first),
    }


def _seen(said: parts.Said | parts.Version) -> str:
    return date_format(said.seen_on) if said.seen_on else ""


def _dispute(dispute: parts.Dispute) -> dict[str, Any]:
    return {
        "note": dispute.note,
        "versions": [
            {
                "source": version.source,
                "dated": version.dated,
                "seen": _seen(version),
                "said": [
                    {"label": kind.label, "text": text, "is_phone": kind == FactKind.PHONE}
                    for kind, text in version.said
                ],
            }
            for version in dispute.versions
        ],
    }


# --- what is printed --------------------------------------------------------------------


def _is_dense(context: dict[str, Any]) -> bool:
    """Whether a card says so much that its letters must be smaller to stay on one page."""
    told = [context["what"], context.get("bring", ""), *context["notes"]]
    told += [text for _label, text, _disputed in context["lines"]]
    weight = sum(map(len, told)) + _LINE * (len(context["lines"]) + 2 * len(context["phones"]))
    return weight + 2 * len(context["title"]) + len(context.get("status", "")) > _ROOM


def _sheet_page(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    looks = {"mark": static("beffroi/img/mark-ink.svg"), "card_css": static(_CARD_STYLES[0])}
    return render(request, template, {**context, **looks, "commune": own_commune()})


def _sheet_pdf(template: str, context: dict[str, Any], name: str) -> HttpResponse:
    """The same sheet as a file, drawn once for each language, day and revision."""
    from beffroi.documents.pdf import render_pdf, static_file  # heavy: read when one is drawn

    key = f"sheet:{template}:{name}:{_lang()}:{timezone.localdate()}:{revision()}"
    pdf = cache.get(key)
    if pdf is None:
        looks = {"mark": static_file("beffroi/img/mark-ink.svg").as_uri(), "for_paper": True}
        values = {**context, **looks, "commune": own_commune()}
        pdf = render_pdf(render_to_string(template, values), styles=_CARD_STYLES)
        cache.set(key, pdf, _A_DAY)
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return response


def _week(key: str) -> dict[str, Any]:
    page = _page_or_404(key)
    address = public_address(link("place", key))
    return {
        "place": page,
        "days": days_of(page.weekly),
        "loose": loose(page.weekly),
        "is_blank": not page.weekly,
        "has_grid": any(w.days for w in page.weekly),
        "blank_rows": (_("Matin"), _("Après-midi"), _("Soir")),
        "address": address,
        "pdf_url": link("week_pdf", key),
        "back_url": link("place", key),
        "today": timezone.localdate(),
    }


@public_page()
@require_safe
def week(request: HttpRequest, key: str) -> HttpResponse:
    """This function will show the sheet of the week of a place, to print or fill in by hand."""
    return _sheet_page(request, "portal/places/week.html", _week(key))


@require_safe
def week_pdf(request: HttpRequest, key: str) -> HttpResponse:
    """This function will give the sheet of the week as a PDF file."""
    return _sheet_pdf("portal/places/week.html", _week(key), f"semaine-{key}")


def _place_card(key: str) -> dict[str, Any]:
    page = _page_or_404(key)
    address = public_address(link("place", key))
    own = page.own_service
    kinds = (FactKind.ADDRESS, FactKind.ACCESS, FactKind.HOURS)
    context = {
        "title": page.name,
        "what": own.summary if own else "",
        "phones": page.phones,
        "lines": [
            (rubric.label, " / ".join(said.text for said in rubric.said), rubric.is_disputed)
            for rubric in (page.rubric(kind) for kind in kinds)
            if rubric.said
        ],
        "hours_unknown": not page.rubric(FactKind.HOURS).said,
        "notes": [d.note for d in page.disputes if d.note],
        "address": address,
        "code": code_of(address, _("Code à scanner : la page de ce lieu")),
        "pdf_url": link("place_card_pdf", key),
        "back_url": link("place", key),
        "today": timezone.localdate(),
    }
    return {**context, "is_dense": _is_dense(context)}


@public_page()
@require_safe
def place_card(request: HttpRequest, key: str) -> HttpResponse:
    """This function will show a place on a sheet in large print."""
    return _sheet_page(request, "portal/places/card.html", _place_card(key))


@require_safe
def place_card_pdf(request: HttpRequest, key: str) -> HttpResponse:
    """This function will give the large-print card of a place as a PDF file."""
    return _sheet_pdf("portal/places/card.html", _place_card(key), f"carte-{key}")


def _service_card(key: str) -> dict[str, Any]:
    card = info.service_card(key, _lang(), timezone.localdate())
    if card is None:
        raise Http404(f"no service {key}")
    path = link("service", key)
    address = public_address(path or link("service_card", key))
    context = {
        "title": card.name,
        "what": card.summary,
        "status": card.status.label if card.status != ServiceStatus.RUNNING else "",
        "not_local": not card.is_local,
        "phones": card.phones,
        "lines": [(label, text, False) for label, text in card.lines],
        "bring": card.bring,
        "hours_unknown": str(FactKind.HOURS.label) not in {label for label, _text in card.lines},
        "notes": card.notes,
        "address": address,
        "code": code_of(address, _("Code à scanner : la page de ce service")),
        "pdf_url": link("service_card_pdf", key),
        "back_url": path,
        "today": timezone.localdate(),
    }
    return {**context, "is_dense": _is_dense(context)}


@public_page()
@require_safe
def service_card(request: HttpRequest, key: str) -> HttpResponse:
    """This function will show a service on a sheet in large print."""
    return _sheet_page(request, "portal/places/card.html", _service_card(key))


@require_safe
def service_card_pdf(request: HttpRequest, key: str) -> HttpResponse:
    """This function will give the large-print card of a service as a PDF file."""
    return _sheet_pdf("portal/places/card.html", _service_card(key), f"carte-{key}")


@require_safe
def agenda(request: HttpRequest, key: str) -> HttpResponse:
    """This function will give the week of a place as a calendar file, in French."""
    with translation.override("fr"):
        page = _page_or_404(key)
        body = calendar_of(page, revision(), public_address(link("place", key)))
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'inline; filename="{key}.ics"'
    return response
