"""What a bank would answer to a run of the demo: each batch left, some transfers came back."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from beffroi.acts.payments import run_queries
from beffroi.acts.payments.bank.pain001 import batch_id


def statement_of(run: Any, iban: str, returned: int = 0) -> bytes:
    """This function will write the camt.053 of a run that left, its first transfers returned."""
    entries, total, day = [], Decimal(0), run.execution_date
    for batch in run_queries.message_of(run).batches:
        ident = batch_id(run.reference, batch.execution_date)
        inside = f"<Btch><PmtInfId>{ident}</PmtInfId></Btch>"
        entries.append(_entry(batch.total, "DBIT", batch.execution_date, inside))
        total -= batch.total
    for _day, one in [*run_queries.transfers_of(run)][:returned]:
        inside = (
            f"<TxDtls><Refs><EndToEndId>{one.end_to_end_id}</EndToEndId></Refs>"
            "<RtrInf><Rsn><Cd>AC04</Cd></Rsn><AddtlInf>Compte clos</AddtlInf></RtrInf></TxDtls>"
        )
        entries.append(_entry(one.amount, "CRDT", day + timedelta(days=1), inside))
        total += one.amount
    opening = Decimal("2500000.00")
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt>'
        f"<GrpHdr><MsgId>EXT-{run.reference}</MsgId><CreDtTm>{day}T20:00:00</CreDtTm></GrpHdr>"
        f"<Stmt><Id>{run.reference}</Id><Acct><Id><IBAN>{iban}</IBAN></Id></Acct>"
        f"{_balance('OPBD', opening, day)}{_balance('CLBD', opening + total, day)}"
        f"{''.join(entries)}</Stmt></BkToCstmrStmt></Document>"
    ).encode()


def _entry(amount: Decimal, side: str, day: date, inside: str) -> str:
    return (
        f'<Ntry><Amt Ccy="EUR">{amount:.2f}</Amt><CdtDbtInd>{side}</CdtDbtInd>'
        f"<Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>{day}</Dt></BookgDt>"
        f"<NtryDtls>{inside}</NtryDtls></Ntry>"
    )


def _balance(code: str, amount: Decimal, day: date) -> str:
    return (
        f"<Bal><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp>"
        f'<Amt Ccy="EUR">{amount:.2f}</Amt><CdtDbtInd>CRDT</CdtDbtInd>'
        f"<Dt><Dt>{day}</Dt></Dt></Bal>"
    )
