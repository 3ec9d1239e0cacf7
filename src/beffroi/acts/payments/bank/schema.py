"""Validates a file for the bank against its schema, as it is read: memory stays flat."""

from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from beffroi.acts.payments.bank.pain001 import NAMESPACE
from beffroi.core.later import later

if TYPE_CHECKING:
    from lxml import etree
else:
    etree = later("lxml.etree")


_SCHEMA = Path(__file__).parent / "schemas" / "pain.001.001.09.xsd"
_CHUNK = 1 << 18


class InvalidFile(ValueError):
    """A file that the schema, or its own sums, refuse; the message says where."""


@lru_cache(maxsize=1)
def _schema() -> "etree.XMLSchema":
    return etree.XMLSchema(etree.parse(str(_SCHEMA)))


class _Nothing:
    """A target that keeps nothing: libxml2 validates while it reads, and builds no tree."""

    def close(self) -> None:
        return None


def validate(path: Path) -> None:
    """This function will read the whole file against the schema. Raises: InvalidFile."""
    parser = etree.XMLParser(
        schema=_schema(), target=_Nothing(), resolve_entities=False, no_network=True,
        load_dtd=False, huge_tree=False,
    )  # fmt: skip
    try:
        with path.open("rb") as opened:
            while piece := opened.read(_CHUNK):
                parser.feed(piece)
        parser.close()
    except etree.LxmlError as error:
        raise InvalidFile(str(error)) from error
    # With a target, lxml keeps what the schema refuses in the log and raises nothing.
    if len(parser.error_log):
        raise InvalidFile(parser.error_log[0].message)


@dataclass(frozen=True)
class Counted:
    """What a file says of itself and what is in it."""

    message_id: str
    count: int
    total: Decimal
    duplicates: tuple[str, ...]


def count(path: Path) -> Counted:
    """This function will add up the transfers of a valid file and compare with what it announces.

    Raises: InvalidFile when the count or the sum announced is not the one found.
    """
    found, total = 0, Decimal(0)
    said: dict[str, str] = {}
    seen: set[str] = set()
    twice: list[str] = []
    one, head = f"{{{NAMESPACE}}}CdtTrfTxInf", f"{{{NAMESPACE}}}GrpHdr"
    names = {"m": NAMESPACE}
    events = etree.iterparse(
        str(path), events=("end",), tag=(one, head), resolve_entities=False, no_network=True,
        load_dtd=False,
    )  # fmt: skip
    for _event, element in events:
        if element.tag == head:
            said = {etree.QName(child).localname: child.text or "" for child in element}
            continue
        found += 1
        total += Decimal(element.findtext("m:Amt/m:InstdAmt", namespaces=names) or "0")
        key = element.findtext("m:PmtId/m:EndToEndId", namespaces=names) or ""
        if key in seen:
            twice.append(key)
        seen.add(key)
        element.getparent().remove(element)
    if said.get("NbOfTxs") != str(found) or Decimal(said.get("CtrlSum", "-1")) != total:
        raise InvalidFile(f"{found} transfers for {total} euros, not what the head announces")
    return Counted(said["MsgId"], found, total, tuple(twice))
