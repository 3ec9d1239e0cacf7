"""Finds the tables of an HSDS data package and reads each row with its line."""

import csv
import io
import json
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath
from typing import IO, Any

from beffroi.core.errors import InvalidInput
from beffroi.directory.imports.editions import to_today
from beffroi.directory.imports.rows import Package, Row
from beffroi.directory.imports.tables import COLUMNS, REFERRED, TABLES, UNUSED

#: No package is larger than this once unpacked; a bomb stops here.
MOST_BYTES = 300 * 1024 * 1024
_MOST_FILES = 200
csv.field_size_limit(1024 * 1024)


def read_package(path: Path) -> Package:
    """This function will read the package at `path`: a folder, a zip or a JSON file.

    Raises: InvalidInput when nothing at `path` can be read as a package.
    """
    if path.is_dir():
        return _read_files(path.name, _folder_names(path), lambda n: (path / n).read_bytes())
    if not path.is_file():
        raise InvalidInput(f"Il n’y a ni fichier ni dossier à « {path} ».")
    with path.open("rb") as stream:
        return read_stream(stream, path.name)


def read_stream(stream: IO[bytes], name: str) -> Package:
    """This function will read the package in `stream`, a zip or a JSON file called `name`.

    Raises: InvalidInput when it is neither, or too large once unpacked.
    """
    if zipfile.is_zipfile(stream):
        return _read_zip(stream, name)
    stream.seek(0)
    data = stream.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise InvalidInput("Ce fichier est trop grand.", todo="Partagez le paquet en deux.")
    package = Package(name)
    try:
        content = json.loads(data.decode("utf-8-sig"))
    except (UnicodeDecodeError, ValueError) as error:
        raise InvalidInput(
            "Ce fichier n’est ni un zip ni du JSON.",
            todo="Donnez un paquet HSDS : un zip de fichiers CSV avec datapackage.json.",
        ) from error
    if not isinstance(content, dict):
        raise InvalidInput("Ce JSON n’est pas un objet de tables HSDS.")
    _read_json(package, name, content)
    return _not_empty(package)


def _folder_names(path: Path) -> list[str]:
    return sorted(
        str(file.relative_to(path).as_posix())
        for file in path.rglob("*")
        if file.is_file() and not file.is_symlink()
    )


def _read_zip(stream: IO[bytes], name: str) -> Package:
    stream.seek(0)
    try:
        with zipfile.ZipFile(stream) as archive:
            members = [m for m in archive.infolist() if not m.is_dir()]
            if len(members) > _MOST_FILES or sum(m.file_size for m in members) > MOST_BYTES:
                raise InvalidInput("Ce zip est trop grand une fois ouvert.")
            names = [m.filename for m in members if not m.filename.startswith("__MACOSX/")]
            return _read_files(name, names, archive.read)
    # zipfile says NotImplementedError of a compression it lacks, RuntimeError of a password.
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
        raise InvalidInput("Ce zip est abîmé ou chiffré.") from error


def _read_files(name: str, names: list[str], read: Callable[[str], bytes]) -> Package:
    package = Package(name)
    described = [n for n in names if PurePosixPath(n).name == "datapackage.json"]
    if described:
        base = min(described, key=lambda n: n.count("/"))
        _read_described(package, base, names, read)
    else:
        package.report.add("datapackage.json", 0, "", "no_datapackage")
        for file in names:
            _read_file(package, _table_named(PurePosixPath(file).stem), file, read)
    return _not_empty(package)


def _read_described(
    package: Package, base: str, names: list[str], read: Callable[[str], bytes]
) -> None:
    """Follow datapackage.json; its paths stay inside the package."""
    try:
        described = json.loads(read(base).decode("utf-8-sig"))
        resources = [r for r in described.get("resources", []) if isinstance(r, dict)]
    except (UnicodeDecodeError, ValueError, AttributeError) as error:
        raise InvalidInput("datapackage.json ne se lit pas.") from error
    licence = described.get("license") or (described.get("licenses") or [{}])[0]
    package.licence = str(licence.get("name", "") if isinstance(licence, dict) else licence)
    folder = PurePosixPath(base).parent
    for resource in resources:
        path = resource.get("path", "")
        path = path[0] if isinstance(path, list) and path else path
        if not isinstance(path, str) or not path:
            continue
        if path.startswith("/") or ".." in PurePosixPath(path).parts or ":" in path:
            package.report.add("datapackage.json", 0, path, "outside_package")
            continue
        file = str(folder / path)
        table = _table_named(str(resource.get("name", ""))) or _table_named(
            PurePosixPath(path).stem
        )
        if file not in names:
            if table in TABLES and table not in UNUSED:
                package.report.add(file, 0, "", "file_missing")
            continue
        _read_file(package, table, file, read)


def _table_named(name: str) -> str:
    """The HSDS table meant by a file or resource name, singular or plural; empty if none."""
    plain = name.removesuffix(".csv").removesuffix(".json").strip().lower()
    return TABLES.get(plain, "")


def _read_file(package: Package, table: str, file: str, read: Callable[[str], bytes]) -> None:
    if not table or not file.endswith((".csv", ".json")):
        if file.endswith(".csv"):
            package.report.add(file, 0, "", "unknown_table")
        return
    if table in UNUSED:
        package.report.add(file, 0, "", "unused_table")
        return
    try:
        data = read(file)
    except (OSError, zipfile.BadZipFile):
        package.report.add(file, 0, "", "unreadable_file")
        return
    package.files[table] = file
    if file.endswith(".json"):
        _read_json_table(package, table, file, data)
    else:
        package.tables.setdefault(table, []).extend(_csv_rows(package, table, file, data))


def _decoded_lines(package: Package, file: str, data: bytes) -> Iterator[str]:
    """Each line as text; a line that is not UTF-8 is read as Windows-1252 and said so."""
    data = data.removeprefix(b"\xef\xbb\xbf")
    for number, raw in enumerate(data.splitlines(keepends=True), start=1):
        try:
            line = raw.decode("utf-8")
        except UnicodeDecodeError as error:
            line = raw.decode("cp1252", errors="replace")
            around = raw[max(0, error.start - 10) : error.start + 10]
            package.report.add(file, number, "", "broken_utf8", around.decode("cp1252", "replace"))
        if "\x00" in line:
            package.report.add(file, number, "", "nul_byte")
            line = line.replace("\x00", "")
        yield line


def _csv_rows(package: Package, table: str, file: str, data: bytes) -> list[Row]:
    reader = csv.reader(_decoded_lines(package, file, data))
    rows: list[Row] = []
    try:
        header = [name.strip().lower() for name in next(reader, [])]
        if not _header_holds(package, table, file, header):
            return rows
        line = reader.line_num + 1
        for cells in reader:
            if any(cells):
                if len(cells) > len(header):
                    package.report.add(file, line, "", "too_many_cells")
                pairs = zip(header, (cell.strip() for cell in cells), strict=False)
                rows.append(Row(line, {name: cell for name, cell in pairs if cell}, file))
            line = reader.line_num + 1
    except csv.Error as error:
        package.report.add(file, reader.line_num, "", "bad_csv", str(error))
    return rows


def _header_holds(package: Package, table: str, file: str, header: list[str]) -> bool:
    if "id" not in header and table in REFERRED:
        package.report.add(file, 1, "id", "no_id_column")
        return False
    for name in header:
        if name and name not in COLUMNS[table]:
            package.report.add(file, 1, name, "unknown_column")
    return True


def _read_json_table(package: Package, table: str, file: str, data: bytes) -> None:
    try:
        content = json.load(io.BytesIO(data))
    except ValueError:
        package.report.add(file, 0, "", "unreadable_file")
        return
    if isinstance(content, dict):
        _read_json(package, file, content)
    elif isinstance(content, list):
        _json_rows(package, table, file, content)


def _read_json(package: Package, file: str, content: dict[str, Any]) -> None:
    """JSON tabular: an object of tables, each a list of flat objects."""
    for name, items in content.items():
        table = _table_named(name)
        if not table:
            package.report.add(file, 0, name, "unknown_table")
        elif table in UNUSED:
            package.report.add(file, 0, name, "unused_table")
        elif isinstance(items, list):
            _json_rows(package, table, f"{file}#{name}", items)


def _json_rows(package: Package, table: str, file: str, items: list[Any]) -> None:
    """A list of flat objects; the line is the place in the list, from 1."""
    package.files[table] = file
    rows = package.tables.setdefault(table, [])
    for line, item in enumerate(items, start=1):
        if not isinstance(item, dict):
            package.report.add(file, line, "", "empty_row")
            continue
        cells = {
            str(k): _plain(v)
            for k, v in item.items()
            if v is not None and not isinstance(v, list | dict)
        }
        rows.append(Row(line, {k: v for k, v in cells.items() if v}, file))


def _plain(value: Any) -> str:
    return (
        ("true" if value else "false")
        if isinstance(value, bool)
        else str(value).replace("\x00", "").strip()
    )


def _not_empty(package: Package) -> Package:
    to_today(package)
    if "service" not in package.tables:
        raise InvalidInput(
            "Ce paquet ne contient pas de services.",
            todo="Un paquet HSDS a au moins services.csv et organizations.csv.",
        )
    return package


__all__ = ["MOST_BYTES", "Package", "Row", "read_package", "read_stream"]
