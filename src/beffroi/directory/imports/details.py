"""The facts of a package: phones, addresses, hours, prices, documents, languages, areas."""

from collections.abc import Collection, Iterator
from typing import Any

from beffroi.directory.enums import FactKind
from beffroi.directory.hours import hours_text
from beffroi.directory.imports.cells import Cells, identified
from beffroi.directory.imports.records import FactRecord, PlaceRecord, Records
from beffroi.directory.imports.rows import Package
from beffroi.directory.imports.words import folded

Owner = tuple[str, str]
_COUNTRIES = {
    "USA": "US", "UNITED STATES": "US", "UNITED STATES OF AMERICA": "US", "BEL": "BE",
    "BELGIQUE": "BE", "BELGIE": "BE", "BELGIEN": "BE", "BELGIUM": "BE", "FRANCE": "FR",
    "PAYS BAS": "NL", "NEDERLAND": "NL", "LUXEMBOURG": "LU", "DEUTSCHLAND": "DE",
    "ALLEMAGNE": "DE",
}  # fmt: skip


def read_details(package: Package, records: Records, country: str) -> None:
    """This function will add the facts of the package to `records`."""
    _of_services(package, records)
    _of_organisations(package, records)
    _of_places(package, records)
    countries = _addresses(package, records, country)
    _name_places(records)
    _phones(package, records, country, countries)
    _schedules(package, records)
    _prices(package, records)
    _documents(package, records)
    _languages(package, records)
    _areas(package, records)
    _accessibility(package, records)
    _urls(package, records)


def _add(
    records: Records,
    cells: Cells,
    owner: Owner,
    kind: FactKind,
    text: str,
    value: dict[str, Any] | None = None,
    part: str = "",
    **dates: Any,
) -> None:
    if text:
        ref = f"{cells.table}/{cells.row['id']}" + (f"#{part}" if part else "")
        records.facts.append(
            FactRecord(owner, kind, ref, text, value or {}, line=cells.row.line, **dates)
        )


def _owner(cells: Cells, records: Records) -> tuple[Owner, str] | None:
    """Whom the row is about, and the place where it holds; a fault when nobody."""
    row, named = cells.row, False
    known: dict[str, Collection[str]] = {
        "service": records.services,
        "location": records.places,
        "organization": records.organisations,
    }
    at = row["service_at_location_id"]
    if at in records.at:
        service, place = records.at[at]
        return ("service", service), place
    for entity in known:
        ident = row[f"{entity}_id"]
        if ident in known[entity]:
            return (entity, ident), row["location_id"] if entity == "service" else ""
        if ident:
            cells.fault(f"{entity}_id", "broken_reference", ident)
            named = True
    if at:
        cells.fault("service_at_location_id", "broken_reference", at)
    elif not named:
        cells.fault("", "about_nothing")
    return None


def _of_services(package: Package, records: Records) -> None:
    for row in package.rows("service"):
        if records.services.get(row["id"]) is None or records.services[row["id"]].line != row.line:
            continue
        cells, owner = Cells(package, "service", row), ("service", row["id"])
        url, email = cells.url("url"), cells.email("email")
        _add(records, cells, owner, FactKind.URL, url, {}, "url")
        _add(records, cells, owner, FactKind.EMAIL, email, {}, "email")
        _add(records, cells, owner, FactKind.HOW, cells.text("application_process"), {}, "how")
        fees = cells.text("fees_description") or cells.text("fees")
        _add(records, cells, owner, FactKind.PRICE, fees, {}, "fees")
        for name in ("alternate_name", "interpretation_services"):
            kind = FactKind.ALIAS if name == "alternate_name" else FactKind.LANGUAGE
            _add(records, cells, owner, kind, cells.text(name), {}, name)
        for name in ("wait_time", "alert"):
            _add(records, cells, owner, FactKind.DETAIL, cells.text(name), {"about": name}, name)
        _ages(records, cells, owner)


def _ages(records: Records, cells: Cells, owner: Owner) -> None:
    least, most = cells.age("minimum_age"), cells.age("maximum_age")
    if least is not None and most is not None and most < least:
        cells.fault("maximum_age", "bad_age", str(most))
        most = None
    value = {"minimum_age": least, "maximum_age": most}
    if least is not None and most is not None:
        text = f"De {least} à {most} ans"
    elif least is not None:
        text = f"Dès {least} ans"
    else:
        text = f"Jusqu’à {most} ans" if most is not None else ""
    value = {name: age for name, age in value.items() if age is not None}
    _add(records, cells, owner, FactKind.AUDIENCE, text, value, "ages")


def _of_organisations(package: Package, records: Records) -> None:
    for row in package.rows("organization"):
        known = records.organisations.get(row["id"])
        if known is None or known.line != row.line:
            continue
        cells, owner = Cells(package, "organization", row), ("organization", row["id"])
        _add(records, cells, owner, FactKind.EMAIL, cells.email("email"), {}, "email")
        _add(records, cells, owner, FactKind.ALIAS, cells.text("alternate_name"), {}, "alias")


def _of_places(package: Package, records: Records) -> None:
    for row in package.rows("location"):
        known = records.places.get(row["id"])
        if known is None or known.line != row.line:
            continue
        cells, owner = Cells(package, "location", row), ("location", row["id"])
        if row["location_type"].lower() == "virtual":
            _add(records, cells, owner, FactKind.ACCESS, "En ligne", {"type": "virtual"}, "type")
        else:
            _coordinates(records, cells, owner)
        _add(records, cells, owner, FactKind.ACCESS, cells.text("transportation"), {}, "access")
        _add(records, cells, owner, FactKind.URL, cells.url("url"), {}, "url")


def _coordinates(records: Records, cells: Cells, owner: Owner) -> None:
    written = cells.row["latitude"], cells.row["longitude"]
    if not all(written):
        cells.fault("latitude", "missing_coordinates")
        return
    try:
        latitude, longitude = (float(part.replace(",", ".")) for part in written)
    except ValueError:
        latitude = longitude = float("nan")
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180) or (latitude, longitude) == (0, 0):
        cells.fault("latitude", "bad_coordinates", " ".join(written))
        return
    value = {"latitude": round(latitude, 6), "longitude": round(longitude, 6)}
    text = f"{value['latitude']}, {value['longitude']}"
    _add(records, cells, owner, FactKind.COORDINATES, text, value, "coordinates")


def _addresses(package: Package, records: Records, country: str) -> dict[str, str]:
    """Adds the addresses; gives the country of each place."""
    countries: dict[str, str] = {}
    for cells in identified(package, "address"):
        place = cells.row["location_id"]
        if place not in records.places:
            cells.fault("location_id", "broken_reference", place)
            continue
        street = cells.text("address_1", 300)
        if not street:
            cells.fault("address_1", "missing_street")
            continue
        own = _country(cells.row["country"], country)
        code = cells.postcode("postal_code", own)
        city = cells.text("city", 80)
        countries.setdefault(place, own)
        value = {
            "street": street, "number": "", "postal_code": cells.row["postal_code"][:20],
            "locality": city, "country": own, "extra": cells.text("address_2", 300),
            "state_province": cells.text("state_province", 80),
            "region": cells.text("region", 80),
            "type": cells.row["address_type"].lower() or "physical",
        }  # fmt: skip
        value = {key: part for key, part in value.items() if part or key in ("number", "street")}
        line = f"{cells.row['postal_code']} {city}".strip()
        text = ", ".join(part for part in (street, value.get("extra", ""), line) if part)
        _add(records, cells, ("location", place), FactKind.ADDRESS, text, value)
        known = records.places[place]
        if not known.postal_code and not known.locality:
            records.places[place] = PlaceRecord(
                known.id, known.name or street[:200], known.organisation, city, code, known.line
            )
    return countries


def _country(said: str, otherwise: str) -> str:
    """The two letters of a country, from the ways it is written."""
    plain = folded(said).upper()
    return plain if len(plain) == 2 else _COUNTRIES.get(plain, otherwise)


def _name_places(records: Records) -> None:
    """A place without a name or an address bears its organisation's name."""
    for ident, place in records.places.items():
        if not place.name:
            organisation = records.organisations.get(place.organisation)
            name = organisation.name if organisation else "Lieu sans nom"
            records.places[ident] = PlaceRecord(
                ident, name, place.organisation, place.locality, place.postal_code, place.line
            )


def _phones(package: Package, records: Records, country: str, countries: dict[str, str]) -> None:
    contacts = {row["id"]: row for row in package.rows("contact")}
    for cells in identified(package, "phone"):
        contact = contacts.get(cells.row["contact_id"])
        own = ("service_id", "location_id", "organization_id", "service_at_location_id")
        if contact is not None and not any(cells.row[name] for name in own):
            cells.row.cells.update({name: contact[name] for name in own if contact[name]})
        found = _owner(cells, records)
        if found is None:
            continue
        owner, place = found
        value: dict[str, Any] = dict(
            cells.phone("number", countries.get(place or owner[1], country))
        )
        if not value:
            continue
        note = cells.text("description", 500)
        extra = {
            "extension": cells.row["extension"][:12], "type": cells.row["type"][:40],
            "note": note, "place": place,
        }  # fmt: skip
        value |= {key: part for key, part in extra.items() if part}
        _add(records, cells, owner, FactKind.PHONE, str(value["shown"]), value)


def _schedules(package: Package, records: Records) -> None:
    for cells in identified(package, "schedule"):
        found = _owner(cells, records)
        if found is None:
            continue
        owner, place = found
        value: dict[str, Any] = dict(cells.rule())
        value |= {name: cells.clock(name) for name in ("opens_at", "closes_at")}
        start, until = cells.day("dtstart"), cells.day("until")
        value |= {"dtstart": start.isoformat() if start else ""}
        value |= {"until": until.isoformat() if until else ""}
        value |= {
            "description": cells.text("description", 2000),
            "notes": cells.text("notes", 2000),
        }
        value |= {"attending_type": cells.text("attending_type", 300), "place": place}
        value |= {"schedule_link": cells.url("schedule_link")}
        value = {name: part for name, part in value.items() if part != ""}
        text = hours_text(value)
        if not text:
            cells.fault("", "empty_schedule")
            continue
        first, last = cells.span("valid_from", "valid_to")
        _add(records, cells, owner, FactKind.HOURS, text, value, valid_from=first, valid_until=last)


def _service_rows(package: Package, records: Records, table: str) -> Iterator[tuple[Cells, Owner]]:
    """The rows of a table that speaks of services only."""
    for cells in identified(package, table):
        service = cells.row["service_id"]
        if service in records.services:
            yield cells, ("service", service)
        else:
            cells.fault("service_id", "broken_reference" if service else "about_nothing", service)


def _prices(package: Package, records: Records) -> None:
    for cells, owner in _service_rows(package, records, "cost_option"):
        amount, currency = cells.amount("amount"), cells.row["currency"].upper()[:3]
        option, per = cells.text("option", 500), cells.text("amount_description", 500)
        said = f"{amount.replace('.', ',')} {currency}".strip() if amount else cells.row["amount"]
        text = " : ".join(part for part in (option, f"{said} {per}".strip()) if part)
        if not text:
            cells.fault("", "empty_row")
            continue
        value = {"amount": amount, "currency": currency, "option": option, "per": per}
        value = {key: part for key, part in value.items() if part}
        first, last = cells.span("valid_from", "valid_to")
        _add(records, cells, owner, FactKind.PRICE, text, value, valid_from=first, valid_until=last)


def _documents(package: Package, records: Records) -> None:
    for cells, owner in _service_rows(package, records, "required_document"):
        text, uri = cells.text("document"), cells.url("uri")
        if not text:
            cells.fault("document", "empty_row")
        _add(records, cells, owner, FactKind.DOCUMENT, text, {"uri": uri} if uri else {})


def _languages(package: Package, records: Records) -> None:
    phones = {row["id"]: row for row in package.rows("phone")}
    for cells in identified(package, "language"):
        phone = phones.get(cells.row["phone_id"])
        own = ("service_id", "location_id", "organization_id", "service_at_location_id")
        if phone is not None and not any(cells.row[name] for name in own):
            cells.row.cells.update({name: phone[name] for name in own if phone[name]})
        found = _owner(cells, records)
        if found is None:
            continue
        value = {name: cells.text(name, 500) for name in ("code", "name", "note")}
        value = {name: part for name, part in value.items() if part}
        text = value.get("name") or value.get("code") or value.get("note", "")
        if not text:
            cells.fault("name", "empty_row")
        _add(records, cells, found[0], FactKind.LANGUAGE, text, value)


def _areas(package: Package, records: Records) -> None:
    for cells in identified(package, "service_area"):
        found = _owner(cells, records)
        if found is None:
            continue
        name, said = cells.text("name", 500), cells.text("description", 2000)
        extent = {"extent": cells.text("extent"), "extent_type": cells.row["extent_type"][:40]}
        value = {"name": name, "description": said} | extent
        if not (name or said):
            cells.fault("name", "empty_row")
        value = {key: part for key, part in value.items() if part}
        _add(records, cells, found[0], FactKind.AREA, name or said, value)


def _accessibility(package: Package, records: Records) -> None:
    for cells in identified(package, "accessibility"):
        place = cells.row["location_id"]
        if place not in records.places:
            cells.fault("location_id", "broken_reference" if place else "about_nothing", place)
            continue
        said, more = cells.text("description"), cells.text("details")
        if not (said or more):
            cells.fault("description", "empty_row")
        value = {"details": more} if more and said else {}
        _add(records, cells, ("location", place), FactKind.ACCESSIBILITY, said or more, value)


def _urls(package: Package, records: Records) -> None:
    for cells in identified(package, "url"):
        found = _owner(cells, records)
        if found is None:
            continue
        label = cells.text("label", 200)
        _add(
            records,
            cells,
            found[0],
            FactKind.URL,
            cells.url("url"),
            {"label": label} if label else {},
        )
