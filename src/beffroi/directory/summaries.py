"""What the guidance room reads of the directory: names, short texts, status."""

from dataclasses import dataclass

from beffroi.directory.models import Fact, Service, ServiceText


@dataclass(frozen=True)
class ServiceSummary:
    """A published service with its names and texts by language: ((lang, text), …)."""

    key: str
    name: str
    status: str
    names: tuple[tuple[str, str], ...]
    texts: tuple[tuple[str, str], ...]
    is_house: bool


def service_summaries() -> list[ServiceSummary]:
    """This function will give every published service of this commune's pages, in three queries."""
    names: dict[object, list[tuple[str, str]]] = {}
    texts: dict[object, list[tuple[str, str]]] = {}
    parts = ("summary", "for_whom", "what_happens")
    rows = ServiceText.objects.filter(service__is_listed=True).order_by("service_id", "lang")
    for service_id, lang, name, *body in rows.values_list("service_id", "lang", "name", *parts):
        names.setdefault(service_id, []).append((lang, name))
        texts.setdefault(service_id, []).extend((lang, text) for text in body if text)
    aliases = Fact.objects.filter(kind="alias", service__is_listed=True).exclude(state="rejected")
    for service_id, text in aliases.order_by("pk").values_list("service_id", "text"):
        names.setdefault(service_id, []).append(("fr", text))
    return [
        ServiceSummary(
            key, name, status, tuple(names.get(pk, ())), tuple(texts.get(pk, ())),
            category == "Maisons de quartier",
        )
        for pk, key, name, status, category in Service.objects.filter(is_listed=True)
        .order_by("key")
        .values_list("pk", "key", "name", "status", "category")
    ]  # fmt: skip
