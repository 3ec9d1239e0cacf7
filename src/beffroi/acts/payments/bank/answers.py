"""Reads what the bank answers: camt.053 statements and pain.002 reports, strictly.

A file with a document type, an unknown root, an amount in another currency or sums that do not
hold is refused whole: half a statement is worse than none.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from stdnum.be import ogm_vcs

from beffroi.core.later import later

if TYPE_CHECKING:
    from lxml import etree
else:
    etree = later("lxml.etree")

_SPACE = "urn:iso:std:iso:20022:tech:xsd:"
STATEMENTS = tuple(f"{_SPACE}camt.053.001.{n:02d}" for n in range(2, 14))
REPORTS = tuple(f"{_SPACE}pain.002.001.{n:02d}" for n in range(3, 15))
MOST_BYTES = 64 * 1024 * 1024


class UnreadableFile(ValueError):
    """A file that is not one of the bank's, or does not hold together; the message is French."""


@dataclass(frozen=True, slots=True)
class Movement:
    """One movement of a statement, or one answer about a payment."""

    key: str
    end_to_end_id: str = ""
    batch_id: str = ""
    amount: Decimal | None = None
    is_credit: bool = False
    booked_date: date | None = None
    structured: str = ""
    words: str = ""
    counterparty: str = ""
    status: str = ""
    reason_code: str = ""
    reason: str = ""
    is_return: bool = False
    count: int = 1


@dataclass(frozen=True)
class Answer:
    """A file read whole: its kind (`camt.053`, `pain.002`), accounts it is about, what it says."""

    kind: str
    message_id: str
    ibans: frozenset[str]
    movements: tuple[Movement, ...]


class _Node:
    """An element, walked by local names in its own namespace."""

    def __init__(self, element: "etree._Element", space: str) -> None:
        self.element, self.space = element, space

    def all(self, path: str) -> Iterator["_Node"]:
        steps = "/".join(f"{{{self.space}}}{step}" for step in path.split("/"))
        return (_Node(found, self.space) for found in self.element.findall(steps))

    def one(self, path: str) -> "_Node | None":
        return next(self.all(path), None)

    def text(self, path: str) -> str:
        found = self.one(path)
        return (found.element.text or "").strip() if found else ""

    def needed(self, path: str) -> str:
        text = self.text(path)
        if not text:
            raise UnreadableFile(f"Le fichier ne dit pas « {path} » là où il le faut.")
        return text


def read(content: bytes) -> Answer:
    """This function will read a statement or a report of the bank. Raises: UnreadableFile."""
    if len(content) > MOST_BYTES:
        raise UnreadableFile("Ce fichier est trop grand.")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False,
        huge_tree=False, remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableFile("Ce fichier n’est pas du XML bien formé.") from error
    info = root.getroottree().docinfo
    if info.doctype or info.internalDTD is not None:
        raise UnreadableFile("Ce fichier contient des définitions qu’une banque n’envoie pas.")
    name = etree.QName(root)
    space = name.namespace or ""
    if name.localname != "Document" or space not in STATEMENTS + REPORTS:
        raise UnreadableFile("Ce fichier n’est ni un extrait camt.053 ni une réponse pain.002.")
    node = _Node(root, space)
    return _statement(node) if space in STATEMENTS else _report(node)


def _amount(node: _Node, path: str = "Amt") -> Decimal:
    found = node.one(path)
    if found is None or found.element.get("Ccy") != "EUR":
        raise UnreadableFile("Un montant manque, ou n’est pas en euros.")
    try:
        amount = Decimal((found.element.text or "").strip())
    except InvalidOperation as error:
        raise UnreadableFile("Un montant n’est pas un nombre.") from error
    if not amount.is_finite() or amount < 0 or amount != amount.quantize(Decimal("0.01")):
        raise UnreadableFile("Un montant n’est pas en euros et en cents.")
    return amount


def _is_credit(node: _Node) -> bool:
    side = node.needed("CdtDbtInd")
    if side not in ("CRDT", "DBIT"):
        raise UnreadableFile("Un montant n’est ni au crédit ni au débit.")
    return side == "CRDT"


def _day(node: _Node, path: str) -> date:
    text = (node.text(f"{path}/Dt") or node.needed(f"{path}/DtTm"))[:10]
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise UnreadableFile(f"« {text} » n’est pas une date.") from error


def _statement(document: _Node) -> Answer:
    body = document.one("BkToCstmrStmt")
    if body is None:
        raise UnreadableFile("L’extrait est vide.")
    movements: list[Movement] = []
    ibans = set()
    for statement in body.all("Stmt"):
        iban = statement.needed("Acct/Id/IBAN")
        ibans.add(iban)
        ident = statement.needed("Id")
        total = Decimal(0)
        for rank, entry in enumerate(statement.all("Ntry")):
            amount = _amount(entry)
            total += amount if _is_credit(entry) else -amount
            movements += _entry(entry, f"{iban}|{ident}|{rank}", iban, amount)
        _balances(statement, total)
    if not ibans:
        raise UnreadableFile("L’extrait est vide.")
    return Answer("camt.053", body.needed("GrpHdr/MsgId"), frozenset(ibans), tuple(movements))


def _balances(statement: _Node, total: Decimal) -> None:
    """Opening balance and movements make the closing balance, or the statement is not whole."""
    held: dict[str, Decimal] = {}
    for balance in statement.all("Bal"):
        code = balance.text("Tp/CdOrPrtry/Cd")
        amount = _amount(balance)
        held[code] = amount if _is_credit(balance) else -amount
    opening = held.get("OPBD", held.get("PRCD"))
    if opening is None or "CLBD" not in held:
        raise UnreadableFile("L’extrait ne donne pas ses soldes d’ouverture et de clôture.")
    if opening + total != held["CLBD"]:
        raise UnreadableFile("Les mouvements de l’extrait ne font pas la différence des soldes.")


def _entry(entry: _Node, place: str, iban: str, amount: Decimal) -> list[Movement]:
    status = entry.text("Sts/Cd") or entry.text("Sts")
    if status and status != "BOOK":
        return []
    reference = entry.text("AcctSvcrRef")
    key = f"{iban}|{reference}" if reference else place
    whole = Movement(
        key, amount=amount, is_credit=_is_credit(entry), booked_date=_day(entry, "BookgDt"),
        words=entry.text("AddtlNtryInf")[:300], is_return=entry.text("RvslInd") == "true",
    )  # fmt: skip
    details = list(entry.all("NtryDtls/TxDtls"))
    batch = entry.text("NtryDtls/Btch/PmtInfId") or (
        details[0].text("Refs/PmtInfId") if len(details) == 1 else ""
    )
    if not details:
        count = entry.text("NtryDtls/Btch/NbOfTxs")
        return [replace(whole, batch_id=batch, count=int(count) if count.isdigit() else 1)]
    found = [_detail(one, whole, rank) for rank, one in enumerate(details)]
    if sum((one.amount or Decimal(0) for one in found), Decimal(0)) != amount:
        raise UnreadableFile("Les détails d’une opération ne font pas son montant.")
    if len(found) == 1 and not found[0].end_to_end_id:
        return [replace(found[0], batch_id=batch)]
    return found


def _detail(detail: _Node, whole: Movement, rank: int) -> Movement:
    amount = whole.amount
    if detail.one("Amt") is not None:
        amount = _amount(detail)
    elif detail.one("AmtDtls/TxAmt/Amt") is not None:
        amount = _amount(detail, "AmtDtls/TxAmt/Amt")
    end_to_end = detail.text("Refs/EndToEndId")
    reason = detail.one("RtrInf")
    other = "Dbtr" if whole.is_credit else "Cdtr"
    party = detail.text(f"RltdPties/{other}/Pty/Nm") or detail.text(f"RltdPties/{other}/Nm")
    structured = detail.text("RmtInf/Strd/CdtrRefInf/Ref")
    words = " ".join(one.element.text or "" for one in detail.all("RmtInf/Ustrd"))
    return replace(
        whole, key=f"{whole.key}|{rank}", amount=amount,
        end_to_end_id="" if end_to_end == "NOTPROVIDED" else end_to_end[:35],
        structured=_digits(structured) or _digits(words), words=words[:300] or whole.words,
        counterparty=party[:140], is_return=whole.is_return or reason is not None,
        reason_code=reason.text("Rsn/Cd")[:10] if reason else "",
        reason=reason.text("AddtlInf")[:120] if reason else "",
    )  # fmt: skip


def _digits(text: str) -> str:
    return str(ogm_vcs.compact(text)) if text and ogm_vcs.is_valid(text) else ""


def _report(document: _Node) -> Answer:
    body = document.one("CstmrPmtStsRpt")
    if body is None:
        raise UnreadableFile("La réponse est vide.")
    ident = body.needed("GrpHdr/MsgId")
    original = body.needed("OrgnlGrpInfAndSts/OrgnlMsgId")
    found = []
    group = body.text("OrgnlGrpInfAndSts/GrpSts")
    if group:
        found.append(_status(body.one("OrgnlGrpInfAndSts"), f"{ident}|group", original, group))
    for rank, payment in enumerate(body.all("OrgnlPmtInfAndSts")):
        batch = payment.needed("OrgnlPmtInfId")
        status = payment.text("PmtInfSts")
        if status:
            found.append(_status(payment, f"{ident}|batch|{rank}", batch, status))
        for place, line in enumerate(payment.all("TxInfAndSts")):
            one = _status(line, f"{ident}|line|{rank}|{place}", batch, line.needed("TxSts"))
            found.append(replace(one, end_to_end_id=line.needed("OrgnlEndToEndId")[:35]))
    return Answer("pain.002", ident, frozenset(), tuple(found))


def _status(node: "_Node | None", key: str, batch: str, status: str) -> Movement:
    if node is None:
        raise UnreadableFile("La réponse est incomplète.")
    code = node.text("StsRsnInf/Rsn/Cd") or node.text("StsRsnInf/Rsn/Prtry")
    return Movement(
        key, batch_id=batch[:35], status=status, reason_code=code[:10],
        reason=node.text("StsRsnInf/AddtlInf")[:120],
    )  # fmt: skip
