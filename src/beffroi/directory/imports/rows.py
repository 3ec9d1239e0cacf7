"""A package as it was written: tables of rows, each with its file and line."""

from dataclasses import dataclass, field

from beffroi.directory.imports.faults import Report


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table, as text, with the line where it begins."""

    line: int
    cells: dict[str, str]
    file: str = ""

    def __getitem__(self, name: str) -> str:
        return self.cells.get(name, "")


@dataclass
class Package:
    """The tables of a package, as they were written, and what is wrong so far."""

    name: str
    tables: dict[str, list[Row]] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)
    report: Report = field(default_factory=Report)
    licence: str = ""

    def rows(self, table: str) -> list[Row]:
        """This function will give the rows of `table`, or none."""
        return self.tables.get(table, [])

    def fault(self, table: str, line: int, name: str, code: str, value: str = "") -> None:
        """This function will note a fault in the file of `table`."""
        self.report.add(self.files.get(table, table), line, name, code, value)

    def fault_of(self, row: Row, name: str, code: str, value: str = "") -> None:
        """This function will note a fault of a row, in the file where it stands."""
        self.report.add(row.file, row.line, name, code, value)
