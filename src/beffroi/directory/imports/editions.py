"""Makes the tables of the first editions of HSDS (1.0 to 2.0) into those of today."""

from collections.abc import Callable

from beffroi.directory.imports.rows import Package, Row

Change = Callable[[dict[str, str]], dict[str, str]]

_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_NAMES = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def to_today(package: Package) -> None:
    """This function will move each table of a first edition to the one that took its place."""
    _move(package, "regular_schedule", "schedule", _schedule)
    _move(package, "physical_address", "address", _physical)
    _move(package, "postal_address", "address", _postal)
    _move(package, "service_taxonomy", "attribute", _class)
    _move(package, "accessibility_for_disabilities", "accessibility", _access)
    if any(row["vocabulary"] or row["parent_id"] for row in package.rows("taxonomy")):
        _move(package, "taxonomy", "taxonomy_term", _term)
    _eligibility(package)
    for row in package.rows("organization"):
        _rename(row.cells, "url", "website")
    for row in package.rows("language"):
        _rename(row.cells, "language", "name")
    for row in package.rows("service_area"):
        _rename(row.cells, "service_area", "name")


def _move(package: Package, old: str, new: str, change: Change) -> None:
    rows = package.tables.pop(old, None)
    if rows is None:
        return
    package.report.add(package.files[old], 0, "", "first_edition")
    package.files.setdefault(new, package.files[old])
    moved = [Row(row.line, change(row.cells), row.file) for row in rows]
    package.tables.setdefault(new, []).extend(moved)


def _rename(cells: dict[str, str], old: str, new: str) -> None:
    if old in cells and new not in cells:
        cells[new] = cells.pop(old)


def _schedule(cells: dict[str, str]) -> dict[str, str]:
    """Each row is one day; the words it was read from are kept where it says nothing else."""
    day = cells.get("weekday", "").strip().lower()
    found = {key: cell for key, cell in cells.items() if key not in ("weekday", "original_text")}
    if day.isdecimal() and 1 <= int(day) <= 7:
        found |= {"freq": "WEEKLY", "byday": _DAYS[int(day) - 1]}
    elif day[:3] in _NAMES:
        found |= {"freq": "WEEKLY", "byday": _DAYS[_NAMES.index(day[:3])]}
    elif day:
        found |= {"byday": day}
    if not (found.get("byday") and cells.get("opens_at") and cells.get("closes_at")):
        found["description"] = cells.get("original_text", "")
    return found


def _physical(cells: dict[str, str]) -> dict[str, str]:
    return cells | {"address_type": "physical"}


def _postal(cells: dict[str, str]) -> dict[str, str]:
    return cells | {"address_type": "postal"}


def _class(cells: dict[str, str]) -> dict[str, str]:
    return {
        "id": cells.get("id", ""),
        "link_id": cells.get("service_id", ""),
        "link_entity": "service",
        "taxonomy_term_id": cells.get("taxonomy_id", ""),
        "value": cells.get("taxonomy_detail", ""),
    }


def _access(cells: dict[str, str]) -> dict[str, str]:
    _rename(cells, "accessibility", "description")
    return cells


def _term(cells: dict[str, str]) -> dict[str, str]:
    return cells | {"taxonomy": cells.get("vocabulary") or "taxonomie"}


def _eligibility(package: Package) -> None:
    """For whom a service is stood in a table of its own."""
    rows = package.tables.pop("eligibility", None)
    if rows is None:
        return
    package.report.add(package.files["eligibility"], 0, "", "first_edition")
    services = {row["id"]: row for row in package.rows("service")}
    for row in rows:
        service = services.get(row["service_id"])
        if service is None:
            package.fault_of(row, "service_id", "broken_reference", row["service_id"])
            continue
        said = [service["eligibility_description"], row["eligibility"]]
        service.cells["eligibility_description"] = " ".join(part for part in said if part)
