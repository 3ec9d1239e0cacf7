"""From the rows of a package to clean records: who, where, what, and under which class."""

from beffroi.directory.enums import ServiceStatus
from beffroi.directory.imports.cells import Cells, identified
from beffroi.directory.imports.details import read_details
from beffroi.directory.imports.records import (
    OrganisationRecord,
    PlaceRecord,
    Records,
    ServiceRecord,
    TermRecord,
)
from beffroi.directory.imports.rows import Package
from beffroi.directory.imports.words import folded

#: Stands for the organisation of services that name none.
NOBODY = "organisation-non-precisee"
_STATUSES = {
    "active": ServiceStatus.RUNNING,
    "inactive": ServiceStatus.SUSPENDED,
    "temporarily closed": ServiceStatus.SUSPENDED,
    "defunct": ServiceStatus.ENDED,
}


def read_records(package: Package, country: str = "BE") -> Records:
    """This function will clean the whole package; what is wrong is in `package.report`.

    `country` is taken where an address names none, and to read phone numbers.
    """
    records = Records()
    _organisations(package, records)
    _places(package, records)
    _services(package, records)
    _at(package, records)
    _taxonomies(package, records)
    _terms(package, records)
    _classed(package, records)
    read_details(package, records, country)
    return records


def _organisations(package: Package, records: Records) -> None:
    names: dict[str, int] = {}
    for cells in identified(package, "organization"):
        name = cells.text("name", 200)
        if not name:
            cells.fault("name", "missing_name")
            continue
        _compare_name(cells, names, name)
        ident = cells.row["id"]
        records.organisations[ident] = OrganisationRecord(
            ident, name, cells.text("description"), cells.url("website"), cells.row.line
        )


def _compare_name(cells: Cells, names: dict[str, int], name: str) -> None:
    plain = folded(name)
    if plain in names:
        cells.fault("name", "duplicate_name", f"{name} (ligne {names[plain]})")
    else:
        names[plain] = cells.row.line


def _places(package: Package, records: Records) -> None:
    for cells in identified(package, "location"):
        ident, organisation = cells.row["id"], cells.row["organization_id"]
        if organisation and organisation not in records.organisations:
            cells.fault("organization_id", "broken_reference", organisation)
            organisation = ""
        name = cells.text("name", 200) or cells.text("alternate_name", 200)
        records.places[ident] = PlaceRecord(ident, name, organisation, line=cells.row.line)


def _services(package: Package, records: Records) -> None:
    names: dict[str, int] = {}
    for cells in identified(package, "service"):
        name = cells.text("name", 255)
        if not name:
            cells.fault("name", "missing_name")
            continue
        _compare_name(cells, names, name)
        status, doubtful = _status(cells)
        ident = cells.row["id"]
        records.services[ident] = ServiceRecord(
            id=ident,
            name=name,
            organisation=_organisation_of(cells, records),
            status=status,
            is_doubtful=doubtful,
            description=cells.text("description"),
            for_whom=cells.text("eligibility_description"),
            line=cells.row.line,
        )


def _organisation_of(cells: Cells, records: Records) -> str:
    organisation = cells.row["organization_id"]
    if organisation in records.organisations and organisation != NOBODY:
        return organisation
    code = "broken_reference" if organisation else "missing_organization"
    cells.fault("organization_id", code, organisation)
    records.organisations.setdefault(
        NOBODY, OrganisationRecord(NOBODY, "Organisation non précisée")
    )
    return NOBODY


def _status(cells: Cells) -> tuple[str, bool]:
    """The status, and whether it is too doubtful to publish."""
    said = cells.row["status"].lower()
    if said in _STATUSES:
        return _STATUSES[said], False
    cells.fault("status", "unknown_status" if said else "empty_status", said)
    return ServiceStatus.RUNNING, bool(said)


def _at(package: Package, records: Records) -> None:
    for cells in identified(package, "service_at_location"):
        service, place = cells.row["service_id"], cells.row["location_id"]
        wrong = False
        for name, ident, known in (
            ("service_id", service, service in records.services),
            ("location_id", place, place in records.places),
        ):
            if not known:
                cells.fault(name, "broken_reference", ident)
                wrong = True
        if not wrong:
            records.at[cells.row["id"]] = (service, place)


def _taxonomies(package: Package, records: Records) -> None:
    for cells in identified(package, "taxonomy"):
        name = cells.text("name", 200)
        if not name:
            cells.fault("name", "missing_name")
            continue
        records.taxonomies[cells.row["id"]] = (name, cells.text("description"))


def _terms(package: Package, records: Records) -> None:
    for cells in identified(package, "taxonomy_term"):
        ident, name = cells.row["id"], cells.text("name", 300)
        if not name:
            cells.fault("name", "missing_name")
            continue
        taxonomy = cells.row["taxonomy_id"]
        if taxonomy not in records.taxonomies:
            if taxonomy:
                cells.fault("taxonomy_id", "broken_reference", taxonomy)
            taxonomy = cells.row["taxonomy"] or "taxonomie"
            records.taxonomies.setdefault(taxonomy, (taxonomy[:200], ""))
        records.terms[ident] = TermRecord(
            ident, taxonomy, name, cells.text("code", 100), cells.text("description"),
            cells.row["parent_id"],
        )  # fmt: skip
    _check_parents(package, records)


def _check_parents(package: Package, records: Records) -> None:
    """A parent is a term of the package, and nobody is her own ancestor."""
    for row in package.rows("taxonomy_term"):
        term = records.terms.get(row["id"])
        if term is None or not term.parent:
            continue
        seen, parent = {term.id}, term.parent
        while parent and parent not in seen and parent in records.terms:
            seen.add(parent)
            parent = records.terms[parent].parent
        if not parent:
            continue
        code = "loop" if parent in seen else "broken_reference"
        if parent == term.id or term.parent not in records.terms:
            package.fault_of(row, "parent_id", code, term.parent)
            records.terms[term.id] = TermRecord(
                term.id, term.taxonomy, term.name, term.code, term.description
            )


def _classed(package: Package, records: Records) -> None:
    """Attributes that class a service; those of other entities have no place here."""
    for cells in identified(package, "attribute"):
        if cells.row["link_entity"] not in ("service", "services", ""):
            continue
        service, term = cells.row["link_id"], cells.row["taxonomy_term_id"]
        if service not in records.services:
            cells.fault("link_id", "broken_reference", service)
        elif term not in records.terms:
            cells.fault("taxonomy_term_id", "broken_reference", term)
        else:
            records.classed[(service, term)] = None
