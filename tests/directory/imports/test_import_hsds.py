"""A package comes in whole, with its faults said; twice changes nothing; editors keep the last word."""

import json
import time
import zipfile
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from beffroi.audit.models import JournalEntry
from beffroi.core.actors import Actor
from beffroi.core.errors import InvalidInput, NotAllowed
from beffroi.demo.large_directory import FULL, SMALL, Shape, tables, write_folder, write_zip
from beffroi.directory import services as directory
from beffroi.directory.enums import FactKind, FactState, ServiceStatus
from beffroi.directory.imports.package import read_package
from beffroi.directory.models import (
    Fact,
    ImportRun,
    Organisation,
    Place,
    Service,
    ServicePlace,
    ServiceTerm,
    Source,
    Term,
)
from beffroi.directory.queries import revision
from tests.conftest import agent_actor

Tables = dict[str, list[dict[str, Any]]]
Take = Callable[..., ImportRun]
EDITOR = agent_actor(7, "editor")


@pytest.fixture
def take(db: None, tmp_path: Path, at: datetime) -> Take:
    """Write the tables as a folder and import it."""

    def run(content: Tables, publisher: str = "Ville voisine", **choices: Any) -> ImportRun:
        folder = write_folder(tmp_path / f"p{time.monotonic_ns()}", content)
        return directory.import_hsds(
            package=read_package(folder), publisher=publisher, by=EDITOR, at=at,
            choices=directory.ImportChoices(**choices),
        )  # fmt: skip

    return run


def _one() -> Tables:
    """One organisation, one service, one place: everything right."""
    return {
        "organizations": [{"id": "o1", "name": "Voisins", "description": "Une asbl."}],
        "services": [
            {"id": "s1", "organization_id": "o1", "name": "Café", "status": "active",
             "description": "Un café.", "url": "https://cafe.be", "email": "a@cafe.be"}
        ],
        "locations": [
            {"id": "l1", "name": "Salle", "location_type": "physical", "latitude": "50.4",
             "longitude": "3.9"}
        ],
        "service_at_location": [{"id": "a1", "service_id": "s1", "location_id": "l1"}],
        "addresses": [
            {"id": "d1", "location_id": "l1", "address_1": "Rue Haute 4/9", "city": "Mons",
             "state_province": "Hainaut", "postal_code": "7000", "country": "BE",
             "address_type": "physical"}
        ],
        "phones": [{"id": "p1", "service_id": "s1", "number": "065 34 62 89"}],
        "schedules": [
            {"id": "h1", "service_id": "s1", "freq": "WEEKLY", "byday": "MO,TU",
             "opens_at": "09:00", "closes_at": "12:00"}
        ],
        "taxonomies": [{"id": "t", "name": "Besoins", "description": "…"}],
        "taxonomy_terms": [{"id": "t1", "taxonomy_id": "t", "name": "Rencontres"}],
        "attributes": [
            {"id": "x1", "link_id": "s1", "link_entity": "service", "taxonomy_term_id": "t1"}
        ],
    }  # fmt: skip


def _codes(run: ImportRun) -> list[tuple[str, int, str, str]]:
    return [(f["file"], f["line"], f["field"], f["code"]) for f in run.faults]


def _state() -> dict[str, Any]:
    """Everything an import can write, but its own trace."""
    models = (Organisation, Place, Service, ServicePlace, Term, ServiceTerm, Fact, Source)
    rows = {m.__name__: sorted(map(str, m.objects.values_list())) for m in models}
    return {**rows, "revision": revision()}


def test_import_of_a_right_package_has_no_fault(take: Take) -> None:
    run = take(_one())
    assert run.faults == []
    service = Service.objects.get()
    assert (service.name, service.status, service.is_local, service.is_listed) == (
        "Café", ServiceStatus.RUNNING, False, False,
    )  # fmt: skip
    facts = {(f.kind, f.text) for f in Fact.objects.all()}
    assert facts == {
        (FactKind.URL, "https://cafe.be"),
        (FactKind.EMAIL, "a@cafe.be"),
        (FactKind.PHONE, "065 34 62 89"),
        (FactKind.HOURS, "Lundi et mardi de 9 h à 12 h"),
        (FactKind.ADDRESS, "Rue Haute 4/9, 7000 Mons"),
        (FactKind.COORDINATES, "50.4, 3.9"),
    }
    assert {f.source.publisher for f in Fact.objects.all()} == {"Ville voisine"}
    assert Place.objects.get().postal_code == "7000"
    assert JournalEntry.objects.filter(verb="import_directory").count() == 1


def test_import_publishes_only_when_asked(take: Take) -> None:
    take(_one(), publish=True)
    assert Service.objects.get().is_listed is True


def test_import_twice_changes_nothing(take: Take) -> None:
    content = tables(SMALL)
    first = take(content, country="US")
    before = _state()
    second = take(content, country="US")
    assert _state() == before
    assert second.faults == first.faults
    for table, numbers in second.counts.items():
        if table != "faults":
            assert {what for what, number in numbers.items() if number} <= {"unchanged"}, table


def test_import_brings_what_changed(take: Take) -> None:
    take(_one())
    content = _one()
    content["services"][0] |= {"name": "Café du lundi", "url": ""}
    content["phones"][0]["number"] = "065 34 62 90"
    run = take(content)
    assert Service.objects.get().name == "Café du lundi"
    assert {f.text for f in Fact.objects.filter(kind__in=["phone", "url"])} == {"065 34 62 90"}
    assert run.counts["facts"] == {"created": 0, "updated": 1, "removed": 1, "unchanged": 4}


def test_import_says_every_fault_with_its_line(take: Take) -> None:
    content = _one()
    content["organizations"] += [{"id": "", "name": "Sans id"}, {"id": "o3", "name": ""}]
    content["services"] += [
        {"id": "s2", "organization_id": "", "name": "Café", "status": ""},
        {"id": "s3", "organization_id": "o9", "name": "Trois", "status": "open", "email": "x@",
         "url": "cafe", "minimum_age": "-4"},
        {"id": "s1", "name": "Redite", "status": "active"},
        {"id": "s5", "organization_id": "o1", "name": "", "status": "active"},
    ]  # fmt: skip
    content["locations"] += [
        {"id": "l2", "name": "Sans", "location_type": "physical"},
        {"id": "l3", "name": "Loin", "latitude": "123", "longitude": "4"},
    ]
    content["addresses"] += [
        {"id": "d2", "location_id": "l2", "address_1": "Rue Basse 13 ¾", "city": "Mons",
         "postal_code": "70000", "country": "BE"},
        {"id": "d3", "location_id": "l9", "address_1": "Rue"},
    ]  # fmt: skip
    content["phones"] += [
        {"id": "p2", "service_id": "s9", "number": "1"},
        {"id": "p3", "service_id": "s1", "number": "demandez"},
        {"id": "p4", "number": "065 11 22 33"},
    ]
    content["schedules"] += [
        {"id": "h2", "service_id": "s1", "freq": "DAILY", "byday": "XX", "opens_at": "25:00"},
        {"id": "h3", "service_id": "s1", "valid_from": "2026-02-01", "valid_to": "2026-01-01",
         "byday": "FR", "opens_at": "8:00", "closes_at": "9:30", "dtstart": "demain"},
    ]  # fmt: skip
    content["attributes"] += [{"id": "x2", "link_id": "s1", "taxonomy_term_id": "t9"}]
    run = take(content, publish=True)
    assert sorted(_codes(run)) == sorted(
        [
            ("organizations.csv", 3, "id", "missing_id"),
            ("organizations.csv", 4, "name", "missing_name"),
            ("services.csv", 3, "name", "duplicate_name"),
            ("services.csv", 3, "status", "empty_status"),
            ("services.csv", 3, "organization_id", "missing_organization"),
            ("services.csv", 4, "status", "unknown_status"),
            ("services.csv", 4, "organization_id", "broken_reference"),
            ("services.csv", 4, "email", "bad_email"),
            ("services.csv", 4, "url", "bad_url"),
            ("services.csv", 4, "minimum_age", "bad_age"),
            ("services.csv", 5, "id", "duplicate_id"),
            ("services.csv", 6, "name", "missing_name"),
            ("locations.csv", 3, "latitude", "missing_coordinates"),
            ("locations.csv", 4, "latitude", "bad_coordinates"),
            ("addresses.csv", 3, "postal_code", "bad_postcode"),
            ("addresses.csv", 4, "location_id", "broken_reference"),
            ("phones.csv", 3, "service_id", "broken_reference"),
            ("phones.csv", 4, "number", "bad_phone"),
            ("phones.csv", 5, "", "about_nothing"),
            ("schedules.csv", 3, "freq", "bad_rrule"),
            ("schedules.csv", 3, "byday", "bad_rrule"),
            ("schedules.csv", 3, "opens_at", "bad_time"),
            ("schedules.csv", 3, "", "empty_schedule"),
            ("schedules.csv", 4, "dtstart", "bad_date"),
            ("schedules.csv", 4, "valid_to", "dates_reversed"),
            ("attributes.csv", 3, "taxonomy_term_id", "broken_reference"),
        ]
    )
    listed = dict(Service.objects.values_list("name", "is_listed"))
    assert listed == {"Café": True, "Trois": False}
    assert Service.objects.count() == 3
    place = Place.objects.get(name="Sans")
    assert (place.postal_code, place.facts.get().text) == ("", "Rue Basse 13 ¾, 70000 Mons")


def test_broken_utf8_is_said_and_read_as_windows_1252(
    tmp_path: Path, take: Take, at: datetime
) -> None:
    folder = write_folder(tmp_path / "latin", _one())
    file = folder / "services.csv"
    file.write_bytes(file.read_bytes().replace("Un café".encode(), "Un café".encode("cp1252")))
    run = directory.import_hsds(package=read_package(folder), publisher="Latin", by=EDITOR, at=at)
    assert _codes(run) == [("services.csv", 2, "", "broken_utf8")]
    assert Service.objects.get().texts.get().summary == "Un café."


def test_json_and_zip_give_the_same_as_csv(tmp_path: Path, take: Take, at: datetime) -> None:
    take(_one())
    before = _state()
    plain = tmp_path / "tabular.json"
    plain.write_text(json.dumps({f"{name}.csv": rows for name, rows in _one().items()}))
    packed = write_zip(tmp_path / "p.zip", write_folder(tmp_path / "p", _one()))
    for path in (plain, packed):
        run = directory.import_hsds(
            package=read_package(path), publisher="Ville voisine", by=EDITOR, at=at
        )
        assert (run.faults, _state()) == ([], before)


def test_confirmed_fact_is_never_overwritten(take: Take, at: datetime) -> None:
    take(_one())
    Fact.objects.filter(kind=FactKind.PHONE).update(
        state=FactState.CONFIRMED, confirmed_by="Rédaction", confirmed_at=at
    )
    own = Source.objects.create(key="call", title="Appel")
    Fact.objects.filter(kind=FactKind.URL).update(state=FactState.REJECTED)
    Fact.objects.create(
        service=Service.objects.get(), kind=FactKind.EMAIL, text="vrai@cafe.be", source=own,
        state=FactState.CONFIRMED, confirmed_by="Rédaction", confirmed_at=at,
    )  # fmt: skip
    content = _one()
    content["services"][0] |= {"url": "https://autre.be", "email": "faux@cafe.be"}
    content["phones"][0]["number"] = "065 99 99 99"
    run = take(content)
    kept = {(f.kind, f.text, f.state) for f in Fact.objects.filter(service__isnull=False)}
    assert kept == {
        (FactKind.PHONE, "065 34 62 89", FactState.CONFIRMED),
        (FactKind.URL, "https://cafe.be", FactState.REJECTED),
        (FactKind.EMAIL, "a@cafe.be", FactState.STATED),
        (FactKind.EMAIL, "vrai@cafe.be", FactState.CONFIRMED),
        (FactKind.HOURS, "Lundi et mardi de 9 h à 12 h", FactState.STATED),
    }
    assert _codes(run) == [
        ("services.csv", 2, "email", "kept_confirmed"),
        ("phones.csv", 2, "phone", "kept_confirmed"),
    ]


def test_reviewed_service_keeps_name_state_and_publication(take: Take, at: datetime) -> None:
    take(_one(), publish=True)
    Service.objects.update(name="Café revu", reviewed_on=at.date(), is_listed=False)
    content = _one()
    content["services"][0] |= {"name": "Autre nom", "status": "defunct"}
    run = take(content, publish=True)
    service = Service.objects.get()
    assert (service.name, service.status, service.is_listed) == ("Café revu", "running", False)
    assert _codes(run) == [
        ("services.csv", 2, "name", "kept_reviewed"),
        ("services.csv", 2, "description", "kept_reviewed"),
    ]


def test_what_an_editor_changed_is_not_put_back(take: Take, at: datetime) -> None:
    take(_one())
    service, place = Service.objects.get(), Place.objects.get()
    directory.set_status(
        service=service, status=ServiceStatus.SUSPENDED, reason="Travaux", by=EDITOR, at=at
    )
    Place.objects.filter(pk=place.pk).update(name="Salle bleue")
    ServiceTerm.objects.all().delete()
    phone = Fact.objects.get(kind=FactKind.PHONE)
    Fact.objects.filter(pk=phone.pk).update(valid_until_date=at.date() - timedelta(days=1))
    before = _state()
    assert take(_one()).faults == []
    assert _state() == before
    content = _one()
    content["services"][0] |= {"name": "Autre", "description": "Autre."}
    content["locations"][0]["name"] = "Salle rouge"
    content["phones"][0]["number"] = "065 99 99 99"
    run = take(content)
    service.refresh_from_db()
    assert (service.name, service.status) == ("Café", ServiceStatus.SUSPENDED)
    assert service.texts.get().summary == "Autre."
    assert Place.objects.get().name == "Salle bleue"
    assert Fact.objects.get(kind=FactKind.PHONE).text == phone.text
    assert _codes(run) == [
        ("locations.csv", 2, "name", "kept_edited"),
        ("services.csv", 2, "name", "kept_edited"),
        ("phones.csv", 2, "phone", "kept_confirmed"),
    ]


def test_service_that_is_gone_stays_and_is_said(take: Take) -> None:
    take(_one())
    content = _one()
    content["services"][0]["id"] = "s2"
    content["service_at_location"], content["phones"] = [], []
    content["schedules"], content["attributes"] = [], []
    run = take(content)
    assert ("services.csv", 0, "id", "gone") in _codes(run)
    assert Service.objects.count() == 2


def test_publishers_never_reach_each_other(take: Take) -> None:
    take(_one(), "Un")
    before = set(Service.objects.filter(key__startswith="un--").values_list("pk", "name"))
    content = _one()
    content["services"][0]["name"] = "Pris"
    take(content, "Un autre")
    assert set(Service.objects.filter(key__startswith="un--").values_list("pk", "name")) == before
    assert Service.objects.count() == 2


@pytest.mark.usefixtures("own_catalogue")
def test_import_cannot_take_the_id_of_a_service_of_the_house(take: Take) -> None:
    own = Service.objects.get(key="prev-epn")
    content = _one()
    content["services"][0] |= {"id": str(own.pk)}
    take(content)
    own.refresh_from_db()
    assert (own.key, own.is_local) == ("prev-epn", True)
    assert Service.objects.filter(is_local=False, name="Café").count() == 1


def test_import_is_for_editors(tmp_path: Path, db: None, at: datetime, house: Actor) -> None:
    package = read_package(write_folder(tmp_path / "p", _one()))
    for role in ("reception", "social_worker", "team_leader", "privacy_officer"):
        with pytest.raises(NotAllowed):
            directory.import_hsds(package=package, publisher="X", by=agent_actor(1, role), at=at)
    assert ImportRun.objects.count() == 0
    directory.import_hsds(package=package, publisher="X", by=house, at=at)
    assert ImportRun.objects.count() == 1


@pytest.mark.parametrize("content", [b"", b"not a package", b"[1, 2]", b'{"services": 3}'])
def test_what_is_no_package_is_refused(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "thing.json"
    file.write_bytes(content)
    with pytest.raises(InvalidInput):
        read_package(file)


def test_package_cannot_read_outside_itself(tmp_path: Path) -> None:
    secret = tmp_path / "secret.csv"
    secret.write_text("id,name\n1,Secret\n")
    folder = write_folder(tmp_path / "p", _one())
    described = {"resources": [
        {"name": "organization", "path": "../secret.csv"},
        {"name": "location", "path": str(secret)},
        {"name": "service", "path": "services.csv"},
    ]}  # fmt: skip
    (folder / "datapackage.json").write_text(json.dumps(described))
    package = read_package(folder)
    assert set(package.tables) == {"service"}
    assert [f.code for f in package.report.faults] == ["outside_package", "outside_package"]


def test_zip_too_large_once_open_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("beffroi.directory.imports.package.MOST_BYTES", 1000)
    bomb = tmp_path / "bomb.zip"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("services.csv", "id,name\n" + "a" * 5000)
    with pytest.raises(InvalidInput):
        read_package(bomb)


def test_small_city_directory_comes_in_with_its_counts(take: Take) -> None:
    _is_whole(take(tables(SMALL), country="US"), SMALL)


@pytest.mark.long
def test_directory_of_a_big_city_comes_in_within_a_minute(take: Take) -> None:
    content = tables(FULL)
    start = time.process_time()
    _is_whole(take(content, country="US", lang="en"), FULL)
    assert time.process_time() - start < 60


def _first_edition(content: Tables) -> Tables:
    """The same tables as HSDS 1.1 wrote them: a row a day, times in halves, ids left out."""
    days = dict(zip(["MO", "TU", "WE", "TH", "FR", "SA", "SU"], DAY_NAMES, strict=True))
    hours = [
        {"service_id": row["service_id"], "weekday": days[day], "opens_at": "9am",
         "closes_at": "5:30pm", "original_text": "9am-5:30pm"}
        for row in content["schedules"] for day in row["byday"].split(",")
    ]  # fmt: skip
    services = [
        {k: v for k, v in row.items() if k not in ("eligibility_description", "minimum_age")}
        for row in content["services"]
    ]
    return {
        "organizations": content["organizations"],
        "services": services,
        "locations": content["locations"],
        "services_at_location": content["service_at_location"],
        "physical_addresses": [
            {k: v for k, v in row.items() if k != "address_type"} for row in content["addresses"]
        ],
        "regular_schedules": hours,
        "eligibility": [
            {"id": row["id"], "service_id": row["id"], "eligibility": "Open to all."}
            for row in content["services"]
        ],
        "taxonomy": [
            {"id": row["id"], "name": row["name"], "parent_id": row.get("parent_id", ""),
             "vocabulary": "City"}
            for row in content["taxonomy_terms"]
        ],
        "services_taxonomy": [
            {"id": n, "service_id": row["link_id"], "taxonomy_id": row["taxonomy_term_id"]}
            for n, row in enumerate(content["attributes"], start=1)
        ],
    }  # fmt: skip


DAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def test_package_of_the_first_edition_comes_in(take: Take) -> None:
    content = tables(SMALL)
    run = take(_first_edition(content), country="US")
    before = _state()
    days = {(r["service_id"], d) for r in content["schedules"] for d in r["byday"].split(",")}
    texts = Fact.objects.filter(kind=FactKind.HOURS).values_list("text", flat=True)
    assert len(texts) == len(days)
    assert {text.split(" ", 1)[1] for text in texts} == {"de 9 h à 17 h 30"}
    assert ServiceTerm.objects.count() == SMALL.term_links
    assert Term.objects.filter(taxonomy__name="City").count() == SMALL.terms
    assert {t.for_whom for s in Service.objects.all() for t in s.texts.all()} == {"Open to all."}
    repeated = sum(len(r["byday"].split(",")) for r in content["schedules"]) - len(days)
    assert {c: n for c, n in run.counts["faults"].items() if c in ("no_id", "same_row", "first_edition")} == {
        "no_id": 1, "same_row": repeated, "first_edition": 5,
    }  # fmt: skip
    take(_first_edition(content), country="US")
    assert _state() == before


def _is_whole(run: ImportRun, shape: Shape) -> None:
    faults = run.counts["faults"]
    assert faults == {
        "empty_status": shape.services,
        "duplicate_name": shape.duplicate_names,
        "missing_organization": shape.without_organisation,
        "missing_coordinates": shape.without_coordinates,
    }
    assert len(run.faults) == sum(faults.values())
    assert Service.objects.count() == shape.services
    assert Organisation.objects.count() == shape.organisations + 1
    assert Fact.objects.filter(kind=FactKind.HOURS).count() == shape.hours
    assert ServiceTerm.objects.count() == shape.term_links
