"""Loads the catalogue that comes with the house: what five public documents say of Mons.

Run again, it adds what is new and touches nothing that an editor changed.
"""

import csv
import zlib
from datetime import date, datetime
from pathlib import Path
from typing import Any

import yaml
from django.db import transaction
from django.utils.text import slugify

from beffroi.core.actors import Actor
from beffroi.directory.enums import FactKind, FactState, ServiceStatus, TextBasis
from beffroi.directory.models import (
    Commune,
    Contradiction,
    EmergencyNumber,
    Fact,
    Locality,
    Organisation,
    Place,
    PlanAxis,
    PlanLine,
    Revision,
    Service,
    ServicePlace,
    ServiceTerm,
    ServiceText,
    Source,
    Statement,
    Taxonomy,
    Term,
)
from beffroi.directory.services.catalogue_tables import CONFLICT_OF, HOUSES, PLACES, SOURCES
from beffroi.directory.services.facts import Provenance, state_fact
from beffroi.directory.services.writing import bump_revision
from beffroi.directory.values import address_value, folded

DATA = Path(__file__).resolve().parents[1] / "data"
_SEEN = date(2026, 11, 22)
_PLAN_ENDED = date(2025, 12, 31)


def _yaml(name: str) -> Any:
    return yaml.load((DATA / name).read_text(encoding="utf-8"), yaml.CSafeLoader)


def fingerprint(*folders: Path) -> int:
    """This function will give a number that changes when any data file changes."""
    total = 0
    for folder in folders:
        for path in sorted(folder.rglob("*.*")):
            total = zlib.crc32(path.read_bytes(), zlib.crc32(path.name.encode(), total))
    return total


def is_loaded(stamp: int) -> bool:
    """This function will say whether the data with this fingerprint are loaded already."""
    return Revision.objects.filter(pk="catalogue", number=stamp).exists()


@transaction.atomic
def load_catalogue(*, by: Actor, at: datetime) -> dict[str, int]:
    """This function will load the whole catalogue and say how many of each thing stand."""
    _load_communes()
    sources = _load_sources()
    _load_terms()
    catalogue = _yaml("catalogue.yaml")
    organisations = _load_organisations(catalogue)
    _load_contradictions(catalogue, sources)
    for entry in catalogue["services"]:
        _load_service(entry, organisations, sources, by, at)
    _load_texts(at)
    _tie_contradictions()
    _load_plan(catalogue)
    _load_emergency()
    stamp = fingerprint(DATA)
    Revision.objects.update_or_create(pk="catalogue", defaults={"number": stamp})
    bump_revision()
    counted = (Organisation, Service, Place, Fact, Contradiction, PlanLine, PlanAxis, Commune)
    return {model.__name__: model.objects.count() for model in counted}


def _load_communes() -> None:
    if Commune.objects.exists():
        return
    names: dict[tuple[str, str], list[str]] = {}
    with (DATA / "localities.csv").open(encoding="utf-8") as rows:
        for row in csv.DictReader(rows):
            names.setdefault((row["nis_commune"], row["postal_code"]), []).append(row["locality"])
    communes, localities = [], []
    with (DATA / "communes.csv").open(encoding="utf-8") as rows:
        for row in csv.DictReader(rows):
            own = [row["name_fr"], row["name_nl"], row["name_de"]]
            communes.append(
                Commune(
                    nis=row["nis"], name_fr=own[0], name_nl=own[1], name_de=own[2],
                    region_nis=row["region_nis"],
                    search=" | ".join(dict.fromkeys(folded(n) for n in own if n)),
                )
            )  # fmt: skip
            for code in row["postal_codes"].split():
                for name in names.get((row["nis"], code), [""]):
                    localities.append(
                        Locality(
                            commune_id=row["nis"], postal_code=code, name=name, search=folded(name)
                        )
                    )
    Commune.objects.bulk_create(communes)
    Locality.objects.bulk_create(localities, batch_size=500)


def _load_sources() -> dict[str, Source]:
    return {
        seed: Source.objects.get_or_create(
            key=key,
            defaults={
                "title": title,
                "publisher": who,
                "url": url,
                "dated": dated,
                "seen_on": _SEEN,
            },
        )[0]
        for seed, (key, title, who, url, dated) in SOURCES.items()
    }


def _load_terms() -> None:
    for key, taxonomy in _yaml("terms.yaml").items():
        row, _ = Taxonomy.objects.get_or_create(key=key, defaults={"name": taxonomy["name"]})
        for position, term in enumerate(taxonomy["terms"]):
            Term.objects.get_or_create(
                taxonomy=row, key=term["key"],
                defaults={"labels": term["labels"], "hints": term["hints"], "position": position},
            )  # fmt: skip


def _load_organisations(catalogue: dict[str, Any]) -> dict[str, Organisation]:
    named = {entry["name"]: entry for entry in catalogue["organisations"]}
    names = list(named) + [entry["org"] for entry in catalogue["services"]]
    found = {}
    for name in dict.fromkeys(names):
        shown = name.split(" (see contradictions)")[0]
        shown = shown.replace("CPAS (commune not named)", "CPAS (commune non nommée)")
        found[name], _ = Organisation.objects.get_or_create(
            key=slugify(shown)[:110],
            defaults={
                "name": shown,
                "url": named.get(name, {}).get("url", ""),
                "commune_nis": "53053" if "Mons" in shown else "",
            },
        )
    return found


def _load_contradictions(catalogue: dict[str, Any], sources: dict[str, Source]) -> None:
    notes = _yaml("notes.yaml")
    for entry in catalogue["contradictions"]:
        words = notes[entry["id"]]
        row, new = Contradiction.objects.get_or_create(
            code=entry["id"],
            defaults={
                "topic": words["topic"], "note": words["note"], "public_notes": words["notes"],
            },
        )  # fmt: skip
        if new:
            for label, says in words["statements"].items():
                source = sources[entry[label]["seed"]]
                Statement.objects.create(contradiction=row, label=label, source=source, says=says)


def _tie_contradictions() -> None:
    by_key = {service.key: service for service in Service.objects.all()}
    for code, entry in _yaml("notes.yaml").items():
        keys = list(entry["services"])
        for start in entry.get("services_starting", []):
            keys += [key for key in by_key if key.startswith(start)]
        row = Contradiction.objects.get(code=code)
        row.services.add(*[by_key[key] for key in dict.fromkeys(keys)])


def _status(entry: dict[str, Any]) -> ServiceStatus:
    """A policy declaration only plans; so does the creation of a grocery."""
    if entry["id"].startswith("dps-") or entry["id"] == "pcs-4-4-01":
        return ServiceStatus.PLANNED
    return ServiceStatus.RUNNING


def _load_service(
    entry: dict[str, Any],
    organisations: dict[str, Organisation],
    sources: dict[str, Source],
    by: Actor,
    at: datetime,
) -> None:
    service, new = Service.objects.get_or_create(
        key=entry["id"],
        defaults={
            "name": entry["name"],
            "organisation": organisations[entry["org"]],
            "status": _status(entry),
            "category": entry.get("category", ""),
            "is_local": not entry["id"].startswith("dps-"),
            "is_listed": entry["id"] != "cpas-maisons",
            "note": "\n".join(str(entry[k]) for k in ("note", "warning", "raw") if entry.get(k)),
            "modified_at": at,
        },
    )
    if not new:
        return
    source = sources[entry["seeds"][0]]
    until = _PLAN_ENDED if entry["id"].startswith("pcs-") else None
    provenance = Provenance(
        source=source, as_of_date=_SEEN, as_of_note=source.dated, valid_until_date=until
    )
    for kind, text in _facts_of(entry):
        state_fact(about=service, kind=kind, text=text, provenance=provenance, by=by, at=at)
    if entry["id"] in HOUSES:
        _load_house(entry, service, sources, by, at)
    for key, name, locality, code in PLACES.get(entry["id"], []):
        place, _ = Place.objects.get_or_create(
            key=key,
            defaults={
                "name": name, "locality": locality, "postal_code": code,
                "organisation": service.organisation,
            },
        )  # fmt: skip
        ServicePlace.objects.get_or_create(service=service, place=place)


def _facts_of(entry: dict[str, Any]) -> list[tuple[FactKind, str]]:
    kinds = {
        "phone": FactKind.PHONE, "hours": FactKind.HOURS, "price": FactKind.PRICE,
        "eligibility": FactKind.AUDIENCE, "how": FactKind.HOW, "address": FactKind.ADDRESS,
    }  # fmt: skip
    facts = [
        (kind, str(entry[key]).replace(" (no street in seed)", ""))
        for key, kind in kinds.items()
        if entry.get(key)
    ]
    facts += [(FactKind.DETAIL, detail) for detail in entry.get("details", [])]
    facts += [(FactKind.ALIAS, alias) for alias in entry.get("aliases", [])]
    return facts + [(FactKind.OPERATOR, partner) for partner in entry.get("partners", [])]


def _load_house(
    entry: dict[str, Any], service: Service, sources: dict[str, Source], by: Actor, at: datetime
) -> None:
    locality, code = HOUSES[entry["id"]]
    place, _ = Place.objects.get_or_create(
        key=entry["id"],
        defaults={
            "name": entry["name"], "organisation": service.organisation, "is_house": True,
            "locality": locality, "postal_code": code,
        },
    )  # fmt: skip
    ServicePlace.objects.get_or_create(service=service, place=place)
    conflict = set(entry["conflict"])
    contradiction = Contradiction.objects.filter(code=CONFLICT_OF.get(entry["id"], "")).first()
    seen: set[tuple[FactKind, str]] = set()
    for version in entry["versions"]:
        source = sources[version["seed"]]
        provenance = Provenance(source=source, as_of_date=_SEEN, as_of_note=source.dated)
        for key, kind in (
            ("phone", FactKind.PHONE),
            ("address", FactKind.ADDRESS),
            ("access", FactKind.ACCESS),
        ):
            text = version.get(key)
            sameness = (kind, _core(kind, text or ""))
            if not text or sameness in seen:
                continue
            seen.add(sameness)
            disputed = contradiction is not None and (
                key in conflict or entry["id"] == "mq-ghlin" and key != "phone"
            )
            fact = state_fact(
                about=place, kind=kind, text=text, provenance=provenance, by=by, at=at,
                state=FactState.DISPUTED if disputed else FactState.STATED,
            )  # fmt: skip
            if disputed:
                Fact.objects.filter(pk=fact.pk).update(contradiction=contradiction)
        if version["label"] not in entry["name"]:
            state_fact(
                about=place, kind=FactKind.ALIAS, text=version["label"], provenance=provenance,
                by=by, at=at,
            )  # fmt: skip


def _core(kind: FactKind, text: str) -> str:
    """Two prints of one fact have the same core: « Avenue du coq 82 à 7012 Jemappes »."""
    if kind == FactKind.ADDRESS:
        value = address_value(text)
        text = f"{value['street']} {value['number']}"
    return "".join(filter(str.isalnum, folded(text)))


def _load_texts(at: datetime) -> None:
    terms = {(t.taxonomy.key, t.key): t for t in Term.objects.select_related("taxonomy")}
    services = {service.key: service for service in Service.objects.all()}
    for path in sorted((DATA / "services").glob("*.yaml")):
        content = _yaml(f"services/{path.name}")
        service = services[content["id"]]
        if not service.texts.exists():
            _load_text(service, content)
        if not service.service_terms.exists():
            for position, key in enumerate(content["needs"]):
                term = terms[("need", key)]
                ServiceTerm.objects.create(service=service, term=term, position=position)
            for key, level in (content.get("audiences") or {}).items():
                term = terms[("audience", key)]
                ServiceTerm.objects.create(service=service, term=term, level=level)
        Service.objects.filter(pk=service.pk, team_key="").update(team_key=content["team"])


def _load_text(service: Service, content: dict[str, Any]) -> None:
    for lang, text in content["texts"].items():
        ServiceText.objects.create(
            service=service,
            lang=lang,
            name=service.name if lang == "fr" else text["name"],
            summary=text["summary"],
            for_whom=text["for_whom"],
            what_happens=text["what_happens"],
            bring=text.get("bring") or "",
            easy=text["easy"],
            basis=TextBasis(content["basis"]),
        )


def _load_plan(catalogue: dict[str, Any]) -> None:
    for number, title in catalogue["pcs_axes"].items():
        PlanAxis.objects.get_or_create(number=int(number), defaults={"title": title})
    by_line = {
        line: entry["id"]
        for entry in catalogue["services"]
        for line in entry.get("pcs_actions", [])
    }
    services = dict(Service.objects.values_list("key", "pk"))
    for line in catalogue["pcs_actions"]:
        PlanLine.objects.get_or_create(
            line_no=line["no"],
            defaults={
                "code": line["code"], "title": line["name"], "axis_id": line["axis"],
                "partner": line.get("partner", "").removeprefix("ART 20 "),
                "service_id": services[by_line[line["no"]]],
            },
        )  # fmt: skip


def _load_emergency() -> None:
    content = _yaml("emergency.yaml")
    seen = content["source"]
    source, _ = Source.objects.get_or_create(
        key=seen["key"],
        defaults={k: seen[k] for k in ("title", "publisher", "seen_on")},
    )
    for danger, numbers in content["dangers"].items():
        for position, entry in enumerate(numbers):
            EmergencyNumber.objects.get_or_create(
                danger=danger,
                number=entry["number"],
                defaults={
                    "labels": content["labels"][entry["number"]],
                    "only_lang": entry.get("only_lang", ""),
                    "position": position,
                    "source": source,
                    "review_date": content["review_date"],
                },
            )
