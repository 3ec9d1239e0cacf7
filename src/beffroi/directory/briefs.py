"""A service in a few words, and whom to call: what a form, a receipt and a letter say of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import Coalesce
from django.utils.translation import get_language

from beffroi.directory.enums import Danger, FactKind, FactState, ServiceStatus
from beffroi.directory.models import Commune, EmergencyNumber, Fact, Service


@dataclass(frozen=True)
class ServiceBrief:
    """A service in the language of the page, or in French where a text has no other."""

    key: str
    name: str
    summary: str
    bring: str
    status: ServiceStatus
    organisation: str
    phone: str
    phone_is_disputed: bool

    @property
    def runs(self) -> bool:
        return self.status == ServiceStatus.RUNNING


@dataclass(frozen=True)
class Number:
    """A number to call and who answers, in the language of the page."""

    number: str
    label: str


def service_brief(key: str, lang: str) -> ServiceBrief | None:
    """This function will give a published service in a few words, in three queries."""
    service = _services().filter(key=key, is_listed=True).first()
    return _brief(service, lang) if service else None


def asked_service_brief(key: str, lang: str) -> ServiceBrief:
    """This function will give a service in a few words, even when it is no longer published.

    Raises: Service.DoesNotExist.
    """
    return _brief(_services().get(key=key), lang)


def _services() -> QuerySet[Service]:
    return Service.objects.select_related("organisation").prefetch_related("texts")


def _brief(service: Service, lang: str) -> ServiceBrief:
    texts = {text.lang: text for text in service.texts.all()}
    text = texts.get(lang) or texts.get("fr")
    phone, disputed = _phone_of(service)
    return ServiceBrief(
        key=service.key,
        name=text.name if text else service.name,
        summary=text.summary if text else "",
        bring=text.bring if text else "",
        status=ServiceStatus(service.status),
        organisation=service.organisation.name,
        phone=phone,
        phone_is_disputed=disputed,
    )


def _phone_of(service: Service) -> tuple[str, bool]:
    """The service's own number before that of its place; one that documents dispute comes last."""
    rows = (
        Fact.objects.filter(
            Q(service=service) | Q(place__service_places__service=service), kind=FactKind.PHONE
        )
        .exclude(state=FactState.REJECTED)
        .annotate(own=Coalesce(F("service__key"), Value("")))
        .order_by("pk")
        .values_list("own", "state", "value__shown", "text")
        .distinct()
    )
    best = min(
        rows,
        key=lambda row: (row[1] == FactState.DISPUTED, not row[0], row[1] != FactState.CONFIRMED),
        default=None,
    )
    return (str(best[2] or best[3]), best[1] == FactState.DISPUTED) if best else ("", False)


def emergency_numbers(dangers: Iterable[str], lang: str) -> list[Number]:
    """This function will give the numbers for these dangers, each once, the gravest first."""
    rows = list(EmergencyNumber.objects.filter(danger__in=list(dangers)))
    order = list(dangers)
    rows.sort(key=lambda row: (order.index(row.danger), row.position))
    shown: dict[str, Number] = {}
    for row in rows:
        if row.only_lang in ("", lang):
            label = row.labels.get(lang) or row.labels.get("fr", "")
            shown.setdefault(row.number, Number(row.number, label))
    return list(shown.values())


def town_number(lang: str) -> Number | None:
    """This function will give the number of the town itself, for whoever has no other to call."""
    row = EmergencyNumber.objects.filter(danger=Danger.NO_SHELTER).order_by("position").first()
    if row is None:
        return None
    return Number(row.number, row.labels.get(lang) or row.labels.get("fr", ""))


def own_commune() -> dict[str, Any]:
    """This function will give this commune as the settings say it, named in the active language."""
    own: dict[str, Any] = settings.BEFFROI_COMMUNE
    return {**own, "name": own.get("names", {}).get(get_language()) or own["name"]}


def commune_name(nis: str, lang: str) -> str:
    """This function will give the name of a commune in this language, or in its own."""
    commune = Commune.objects.filter(pk=nis).first()
    if commune is None:
        return ""
    return str(getattr(commune, f"name_{lang}", "") or commune)
