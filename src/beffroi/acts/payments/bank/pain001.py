"""Writes a pain.001.001.09: the credit transfers of a run, batch by batch, as a stream of bytes.

The same transfers always give the very same bytes: nothing here reads a clock or a database.
Whoever writes a file validates it (`schema.validate`), so what could not be read is never sent.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from xml.sax.saxutils import escape

from beffroi.acts.payments.bank.accounts import bank_text

NAMESPACE = "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"
_FLUSH = 1 << 16


@dataclass(frozen=True, slots=True)
class Initiator:
    """Who pays: name, enterprise number of ten digits, account."""

    name: str
    enterprise_number: str
    iban: str
    bic: str = ""


@dataclass(frozen=True, slots=True)
class Batch:
    """Transfers of one execution date: how many, and their sum in euros."""

    execution_date: date
    count: int
    total: Decimal


@dataclass(frozen=True, slots=True)
class Transfer:
    """One credit transfer in euros; `structured` are twelve digits, or `words` are said."""

    end_to_end_id: str
    amount: Decimal
    payee: str
    iban: str
    bic: str = ""
    structured: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Message:
    """The head of a file: its identifier, the moment it was approved, who pays, its batches."""

    message_id: str
    created_at: datetime
    initiator: Initiator
    batches: tuple[Batch, ...]


def batch_id(message_id: str, execution_date: date) -> str:
    """This function will give the identifier of the batch of a day in a file."""
    return f"{message_id}-{execution_date:%Y%m%d}"


def write(message: Message, transfers: Iterable[tuple[date, Transfer]]) -> Iterator[bytes]:
    """This function will give the file piece by piece, UTF-8; memory does not grow with it.

    Transfers come in the order of their execution dates. Raises: ValueError when they are not
    those of the batches announced.
    """
    left = list(message.batches)
    pieces, size, count, total = [_head(message)], 0, 0, Decimal(0)
    batch: Batch | None = None
    for day, transfer in transfers:
        if batch is None or day != batch.execution_date:
            pieces.append(_close(batch, count, total))
            if not left or left[0].execution_date != day:
                raise ValueError(f"a transfer on {day} was not announced")
            batch, count, total = left.pop(0), 0, Decimal(0)
            pieces.append(_open(message, batch))
        piece = _transfer(transfer)
        pieces.append(piece)
        count, total, size = count + 1, total + transfer.amount, size + len(piece)
        if size > _FLUSH:
            yield "".join(pieces).encode()
            pieces, size = [], 0
    pieces.append(_close(batch, count, total))
    if left or batch is None:
        raise ValueError("transfers are missing that were announced")
    pieces.append("</CstmrCdtTrfInitn>\n</Document>\n")
    yield "".join(pieces).encode()


def _agent(bic: str) -> str:
    inside = f"<BICFI>{bic}</BICFI>" if bic else "<Othr><Id>NOTPROVIDED</Id></Othr>"
    return f"<FinInstnId>{inside}</FinInstnId>"


def _head(message: Message) -> str:
    who = message.initiator
    count = sum(batch.count for batch in message.batches)
    total = sum((batch.total for batch in message.batches), Decimal(0))
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<Document xmlns="{NAMESPACE}">\n<CstmrCdtTrfInitn>\n<GrpHdr>'
        f"<MsgId>{escape(message.message_id)}</MsgId>"
        f"<CreDtTm>{message.created_at:%Y-%m-%dT%H:%M:%S}</CreDtTm>"
        f"<NbOfTxs>{count}</NbOfTxs><CtrlSum>{total:.2f}</CtrlSum>"
        f"<InitgPty><Nm>{escape(bank_text(who.name, 70))}</Nm><Id><OrgId><Othr>"
        f"<Id>{who.enterprise_number}</Id><Issr>KBO-BCE</Issr>"
        "</Othr></OrgId></Id></InitgPty></GrpHdr>\n"
    )


def _open(message: Message, batch: Batch) -> str:
    who = message.initiator
    return (
        f"<PmtInf><PmtInfId>{escape(batch_id(message.message_id, batch.execution_date))}</PmtInfId>"
        "<PmtMtd>TRF</PmtMtd><BtchBookg>true</BtchBookg>"
        f"<NbOfTxs>{batch.count}</NbOfTxs><CtrlSum>{batch.total:.2f}</CtrlSum>"
        "<PmtTpInf><SvcLvl><Cd>SEPA</Cd></SvcLvl></PmtTpInf>"
        f"<ReqdExctnDt><Dt>{batch.execution_date.isoformat()}</Dt></ReqdExctnDt>"
        f"<Dbtr><Nm>{escape(bank_text(who.name, 70))}</Nm></Dbtr>"
        f"<DbtrAcct><Id><IBAN>{who.iban}</IBAN></Id><Ccy>EUR</Ccy></DbtrAcct>"
        f"<DbtrAgt>{_agent(who.bic)}</DbtrAgt><ChrgBr>SLEV</ChrgBr>\n"
    )


def _close(batch: Batch | None, count: int, total: Decimal) -> str:
    if batch is None:
        return ""
    if (count, total) != (batch.count, batch.total):
        raise ValueError(f"batch of {batch.execution_date}: {count} transfers, {total} euros")
    return "</PmtInf>\n"


def _transfer(one: Transfer) -> str:
    agent = f"<CdtrAgt>{_agent(one.bic)}</CdtrAgt>" if one.bic else ""
    if one.structured:
        said = (
            "<Strd><CdtrRefInf><Tp><CdOrPrtry><Cd>SCOR</Cd></CdOrPrtry><Issr>BBA</Issr></Tp>"
            f"<Ref>{one.structured}</Ref></CdtrRefInf></Strd>"
        )
    else:
        said = f"<Ustrd>{escape(one.words)}</Ustrd>"
    return (
        f"<CdtTrfTxInf><PmtId><InstrId>{one.end_to_end_id}</InstrId>"
        f"<EndToEndId>{one.end_to_end_id}</EndToEndId></PmtId>"
        f'<Amt><InstdAmt Ccy="EUR">{one.amount:.2f}</InstdAmt></Amt>{agent}'
        f"<Cdtr><Nm>{escape(one.payee)}</Nm></Cdtr>"
        f"<CdtrAcct><Id><IBAN>{one.iban}</IBAN></Id></CdtrAcct>"
        f"<RmtInf>{said}</RmtInf></CdtTrfTxInf>\n"
    )
