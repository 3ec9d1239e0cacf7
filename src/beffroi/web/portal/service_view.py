"""The page of a service: each fact with where it comes from, and each gap with the next step."""

import json
from collections.abc import Sequence
from datetime import date
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from beffroi.acts.requests.enums import FormKind
from beffroi.directory.enums import AudienceLevel, FactKind, ServiceStatus
from beffroi.directory.hours import hours_text
from beffroi.directory.service_page import ServicePage, ShownFact, ShownPlace
from beffroi.web.portal.answers import direction, status_tag
from beffroi.web.portal.links import GENERAL_AID, code_of, link, public_address, reception_link

_JSON_ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


def service_context(
    page: ServicePage, kinds: Sequence[FormKind], today: date, free_number: str
) -> dict[str, Any]:
    """This function will give all that the template of a service shows on the day `today`."""
    path = reverse("portal:service", args=[page.key])
    url = public_address(path)
    forms = _forms(page, kinds)
    phones = page.of_kind(FactKind.PHONE)
    return {
        "service": page,
        "lang": page.words.lang,
        "dir": direction(page.words.lang),
        "is_translated": page.words.lang == (get_language() or "fr"),
        "warning": _warning(page),
        "aliases": list(dict.fromkeys(f.text for f in page.of_kind(FactKind.ALIAS) if not f.place)),
        "status": status_tag(page),
        "forms": forms,
        "person": _person(page, free_number),
        "audiences": [
            {
                "label": line.label,
                "level": _level_label(level),
                "url": reverse("portal:audience", args=[line.key]),
            }
            for line, level in page.audiences
        ],
        "facts": _facts(page, today, bool(phones)),
        "places": [_place(place, page, today) for place in page.places],
        "closures": [_closure(c, today) for c in page.closures],
        "sources": _sources(page.facts, today),
        "related": [_related(card) for card in page.related],
        "easy_url": f"{path}?facile=1",
        "full_url": path,
        "share_url": _mail_to(page.words.name, url),
        "code": code_of(url, _("Code à scanner : la page de ce service")),
        "public_url": url,
        "card_url": link("service_card", page.key),
        "card_pdf_url": link("service_card_pdf", page.key),
        "json_ld": _json_ld(page, url, phones) if page.exists else "",
        "estimate_url": link("estimate") if page.key == GENERAL_AID else "",
        "report_url": link("mistake", page.key),
    }


def _forms(page: ServicePage, kinds: Sequence[FormKind]) -> list[dict[str, str]]:
    """The forms of the service; reception's where it has none, or cannot be asked for yet."""
    if page.exists:
        own = [
            {"label": str(kind.label), "url": url}
            for kind in kinds
            if (url := link("ask", page.key, kind))
        ]
        if own:
            return own
    return [
        {"label": _("Poser une question à l’accueil"), "url": reception_link("question")},
        {"label": _("Être rappelé par l’accueil"), "url": reception_link("call_back")},
    ]


def _warning(page: ServicePage) -> dict[str, str] | None:
    """What must be known before reading on: it is not here, not yet, not now, or no more."""
    step = _("Dites-nous ce dont vous avez besoin : une personne cherche avec vous ce qui existe.")
    if not page.is_local:
        planned = page.status == ServiceStatus.PLANNED
        title = _("Ce service n’est pas confirmé pour cette commune.")
        text = (
            _("Un document l’annonce comme un projet, sans nommer la commune : il n’existe peut-être pas ici.")
            if planned
            else _("Le document qui en parle ne vient pas de cette commune.")
        )  # fmt: skip
        return {"title": title, "text": f"{text} {step}"}
    if page.status == ServiceStatus.PLANNED:
        title = _("Ce service est en projet. Il n’existe pas encore.")
        return {"title": title, "text": step}
    if page.status == ServiceStatus.SUSPENDED:
        title = _("Ce service est suspendu pour le moment.")
        return {
            "title": title,
            "text": _("Nous ne savons pas encore quand il reprend.") + " " + step,
        }
    if page.status == ServiceStatus.ENDED:
        return {"title": _("Ce service n’existe plus."), "text": step}
    return None


def _said(fact: ShownFact) -> SafeString:
    """The text of a fact, in the language it was written in; hours in that of the page."""
    lang = get_language() or "fr"
    if fact.kind == FactKind.HOURS and fact.lang != lang and fact.value.get("opens_at"):
        return format_html("{}", hours_text(fact.value))
    if fact.lang == lang:
        return format_html("{}", fact.text)
    return format_html('<span lang="{}">{}</span>', fact.lang, fact.text)


def _day(day: date | None) -> str:
    return date_format(day, "DAY_FORMAT") if day else ""


def _row(
    label: str, facts: Sequence[ShownFact], today: date, unknown: str = ""
) -> list[dict[str, Any]]:
    """One line of the list of facts: known, uncertain, or not known with the next best step."""
    if not facts:
        return [{"label": label, "state": "unknown", "note": unknown}] if unknown else []
    row: dict[str, Any] = {
        "label": label,
        "lines": [_said(fact) for fact in facts],
        "state": "known",
        "source": facts[0].source,
        "date": _day(facts[0].seen_on),
    }
    if any(fact.disputed for fact in facts):
        row |= {"state": "uncertain", "note": _("Les documents ne disent pas la même chose.")}
    elif ended := next((f.held_until for f in facts if f.outdated(today)), None):
        note = _("Le document valait jusqu’au {day}.").format(day=_day(ended))
        row |= {"state": "uncertain", "note": note}
    return [row]


def _facts(page: ServicePage, today: date, can_ring: bool) -> list[dict[str, Any]]:
    own = {
        kind: [f for f in page.facts if f.kind == kind and not f.place] for kind in FactKind.values
    }
    before = _("Téléphonez avant de venir.") if can_ring else _("Posez la question avant de venir.")
    if not page.exists:
        before = ""
    ask = _("Demandez-le au premier contact ; cela ne vous engage à rien.")
    rows = _row(_("Prix"), own[FactKind.PRICE], today, ask if page.exists else "")
    rows += _row(_("Heures"), [f for f in page.facts if f.kind == FactKind.HOURS], today, before)
    rows += _row(_("Documents cités"), own[FactKind.DOCUMENT], today)
    rows += _row(_("Téléphone"), own[FactKind.PHONE], today)
    rows += _row(_("Courriel"), own[FactKind.EMAIL], today)
    rows += _row(_("Site"), own[FactKind.URL], today)
    where = [*own[FactKind.ADDRESS], *own[FactKind.ACCESS]]
    rows += _row(_("Adresse"), where, today, "" if page.places else before)
    rows += _row(_("Langues parlées"), own[FactKind.LANGUAGE], today)
    rows += _row(_("Accès en fauteuil"), own[FactKind.ACCESSIBILITY], today)
    rows += _row(_("Comment demander, d’après les documents"), own[FactKind.HOW], today)
    rows += _row(_("Publics cités"), own[FactKind.AUDIENCE], today)
    rows += _row(_("Territoire servi"), own[FactKind.AREA], today)
    rows += _row(_("Ce que disent les documents"), own[FactKind.DETAIL], today)
    rows += _row(_("Qui s’en occupe"), own[FactKind.OPERATOR], today)
    return rows


def _place(place: ShownPlace, page: ServicePage, today: date) -> dict[str, Any]:
    facts = [f for f in page.facts if f.place == place.key]
    ring = any(f.kind == FactKind.PHONE for f in facts)
    where = " ".join(part for part in (place.postal_code, place.locality) if part)
    unknown = _("Téléphonez avant de venir.") if ring else _("Posez la question avant de venir.")
    rows: list[dict[str, Any]] = []
    for label, kinds, missing in (
        (_("Adresse"), (FactKind.ADDRESS, FactKind.ACCESS), unknown),
        (_("Téléphone"), (FactKind.PHONE,), ""),
        (_("Aussi appelé"), (FactKind.ALIAS,), ""),
        (_("Accès en fauteuil"), (FactKind.ACCESSIBILITY,), ""),
    ):
        rows += _row(label, [f for f in facts if f.kind in kinds], today, missing)
    url = link("place", place.key) if place.is_house else ""
    name = page.words.name if place.is_house and place.key == page.key else place.name
    return {"place": place, "name": name, "where": where, "facts": rows, "url": url}


def _person(page: ServicePage, free_number: str) -> dict[str, Any]:
    """Who to talk to: the service where it has a sure number, reception everywhere else."""
    sure = [fact for fact in page.of_kind(FactKind.PHONE) if not fact.disputed]
    if page.exists and sure:
        hours = [fact.text for fact in page.of_kind(FactKind.HOURS) if not fact.disputed]
        return {
            "name": page.words.name,
            "role": page.organisation,
            "phone": sure[0].text,
            "hours": ", ".join(hours),
            "url": "",
        }
    return {
        "name": _("Accueil du CPAS"),
        "role": _("Le numéro vert est celui de la Ville.") if free_number else "",
        "phone": free_number,
        "hours": "",
        "url": reception_link("call_back"),
    }


def _closure(closure: Any, today: date) -> dict[str, Any]:
    now = closure.from_date <= today
    if closure.from_date == closure.until_date:
        when = date_format(closure.from_date, "DATE_FORMAT")
    else:
        when = _("du {first} au {last}").format(
            first=_day(closure.from_date), last=_day(closure.until_date)
        )
    about = closure.place or _("Ce service")
    title = _("Fermé aujourd’hui : {about}") if now else _("Fermeture annoncée : {about}")
    return {
        "title": title.format(about=about),
        "text": f"{when[:1].upper()}{when[1:]}. {closure.reason}",
        "kind": "warning" if now else "info",
    }


def _sources(facts: Sequence[ShownFact], today: date) -> list[dict[str, Any]]:
    """Each document once, with the latest day it was seen."""
    found: dict[str, dict[str, Any]] = {}
    for fact in facts:
        known = found.get(fact.source)
        if known is None or (fact.seen_on and known["day"] and fact.seen_on > known["day"]):
            found[fact.source] = {
                "source": fact.source,
                "url": fact.source_url,
                "day": fact.seen_on,
            }
    return [{**row, "date": _day(row["day"])} for row in found.values()]


def _related(card: Any) -> dict[str, Any]:
    return {"card": card, "url": reverse("portal:service", args=[card.key])}


def _mail_to(name: str, url: str) -> str:
    body = _("Voici un service qui peut aider :") + f"\n\n{name}\n{url}\n"
    return f"mailto:?subject={quote(name)}&body={quote(body)}"


def _level_label(level: str) -> str:
    """This function will say how open a service is to an audience, when it is more than open."""
    return {AudienceLevel.PREFERRED: _("en priorité"), AudienceLevel.ONLY: _("uniquement")}.get(
        AudienceLevel(level), ""
    )


def _json_ld(page: ServicePage, url: str, phones: Sequence[ShownFact]) -> SafeString:
    """The service as schema.org describes it, for search engines; only what exists here."""
    commune = {"@type": "City", "name": settings.BEFFROI_COMMUNE["name"]}
    channel: dict[str, Any] = {"@type": "ServiceChannel", "serviceUrl": url}
    if sure := [p for p in phones if not p.disputed]:
        number = str(sure[0].value.get("e164") or sure[0].text)
        channel["servicePhone"] = {"@type": "ContactPoint", "telephone": number}
    described: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "GovernmentService",
        "name": page.words.name,
        "description": page.words.summary,
        "url": url,
        "inLanguage": page.words.lang,
        "serviceOperator": {"@type": "GovernmentOrganization", "name": page.organisation},
        "areaServed": commune,
        "availableChannel": channel,
    }
    if page.audiences:
        described["audience"] = [
            {"@type": "Audience", "audienceType": line.label} for line, _level in page.audiences
        ]
    text = json.dumps(described, ensure_ascii=False).translate(_JSON_ESCAPES)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(text))  # noqa: S308
