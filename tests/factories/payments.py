"""Persons with an account, orders, runs at each state: each made through the services."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import count
from pathlib import Path
from typing import Any

from beffroi.accounts.enums import Role
from beffroi.acts.payments import services as payments
from beffroi.acts.payments.models import HouseAccount, Run
from beffroi.acts.payments.run_queries import lines_hash
from beffroi.core.actors import Actor, system_actor
from beffroi.people import services as people
from tests.factories.requests import agent

#: A Tuesday morning in the last days of November, when December is prepared.
NOW = datetime(2026, 11, 24, 8, 30, tzinfo=UTC)
NOVEMBER = date(2026, 11, 30)
FRIDAY = date(2026, 11, 27)
SYSTEM = system_actor("tests")
KBO = "0207889113"
HOUSE_IBAN = "BE68539007547034"
_numbers = count(1)


def iban(rank: int = 0) -> str:
    """A Belgian account number that no bank gives out: it is of bank 999."""
    digits = f"999{rank or next(_numbers):07d}"
    bban = f"{digits}{int(digits) % 97 or 97:02d}"
    return f"BE{98 - int(f'{bban}111400') % 97:02d}{bban}"


def house() -> HouseAccount:
    """The plan of accounts and the account from which the house pays."""
    payments.load_plan()
    return payments.set_house_account(
        iban=HOUSE_IBAN, holder="CPAS de Mons", enterprise_number=KBO, label="Compte courant",
        is_default=True, by=SYSTEM, at=NOW,
    )  # fmt: skip


def person(name: str = "Haddad", account: bool = True) -> str:
    """A person with an account, unless said otherwise."""
    ref = people.add_person(last_name=name, first_name="Lina", by=SYSTEM, at=NOW)
    if account:
        payments.add_account(
            person_ref=ref, iban=iban(), holder=f"Lina {name}", since=date(2026, 1, 1), by=SYSTEM,
            at=NOW,
        )  # fmt: skip
    return ref


def order(person_ref: str = "", **more: Any) -> str:
    """A running living income of 893,65 euros a month from the first of November."""
    facts: dict[str, Any] = {
        "owner_kind": "decision", "owner_ref": "DEC-2026-1", "subject_ref": "DOS-2026-1",
        "person_ref": person_ref or person(), "article_code": "831/33301-01",
        "aid_kind": "living_income", "amount": Decimal("893.65"), "periodicity": "monthly",
        "since": date(2026, 11, 1), "label": "Revenu d’intégration", "by": SYSTEM, "at": NOW,
    }  # fmt: skip
    return payments.open_order(**{**facts, **more})


def finance() -> Actor:
    """The finance director."""
    return agent(Role.FINANCE_DIRECTOR, "")


def director() -> Actor:
    """The director general."""
    return agent(Role.DIRECTOR_GENERAL, "")


def prepared(by: Actor | None = None, **more: Any) -> Run:
    """A draft of November."""
    facts = {"through": NOVEMBER, "execution": FRIDAY, "at": NOW, **more}
    return payments.prepare_run(by=by or finance(), **facts)


def approved(by: Actor | None = None, **more: Any) -> Run:
    """A run of November that two people have looked at."""
    run = prepared(**more)
    return payments.approve_run(
        reference=run.reference, seen_hash=lines_hash(run), by=by or director(),
        at=NOW + timedelta(minutes=5),
    )  # fmt: skip


def exported(path: Path, **more: Any) -> Run:
    """A run of November that has left."""
    run = approved(**more)
    payments.export_run(
        reference=run.reference, path=path, by=SYSTEM, at=NOW + timedelta(minutes=10)
    )
    run.refresh_from_db()
    return run


def statement(
    movements: Iterable[str], total: Decimal, iban: str = HOUSE_IBAN, ident: str = "S1"
) -> bytes:
    """A camt.053.001.08 whose balances hold; `total` is what the movements add to the account."""
    opening = Decimal("1000000.00")
    closing = opening + total

    def balance(code: str, amount: Decimal) -> str:
        return (
            f"<Bal><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp>"
            f'<Amt Ccy="EUR">{amount:.2f}</Amt><CdtDbtInd>CRDT</CdtDbtInd>'
            "<Dt><Dt>2026-11-27</Dt></Dt></Bal>"
        )

    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt>'
        f"<GrpHdr><MsgId>M-{ident}</MsgId><CreDtTm>2026-11-27T20:00:00</CreDtTm></GrpHdr>"
        f"<Stmt><Id>{ident}</Id><Acct><Id><IBAN>{iban}</IBAN></Id></Acct>"
        f"{balance('OPBD', opening)}{balance('CLBD', closing)}{''.join(movements)}"
        "</Stmt></BkToCstmrStmt></Document>"
    ).encode()


def movement(
    amount: Decimal, *, end_to_end: str = "", credit: bool = False, batch: str = "",
    structured: str = "", reason: str = "", reference: str = "", returned: bool = False,
) -> str:  # fmt: skip
    """One entry of a statement with one detail, or a whole batch without details."""
    refs = f"<EndToEndId>{end_to_end}</EndToEndId>" if end_to_end else ""
    back = f"<RtrInf><Rsn><Cd>{reason}</Cd></Rsn></RtrInf>" if returned else ""
    said = (
        f"<RmtInf><Strd><CdtrRefInf><Ref>{structured}</Ref></CdtrRefInf></Strd></RmtInf>"
        if structured
        else ""
    )
    inside = (
        f"<Btch><PmtInfId>{batch}</PmtInfId></Btch>"
        if batch
        else f"<TxDtls><Refs>{refs}</Refs>{said}{back}</TxDtls>"
    )
    return (
        f'<Ntry><Amt Ccy="EUR">{amount:.2f}</Amt>'
        f"<CdtDbtInd>{'CRDT' if credit else 'DBIT'}</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts>"
        f"<BookgDt><Dt>2026-11-27</Dt></BookgDt>"
        f"{f'<AcctSvcrRef>{reference}</AcctSvcrRef>' if reference else ''}"
        f"<NtryDtls>{inside}</NtryDtls></Ntry>"
    )


def report(run: str, day: str, refused: Iterable[tuple[str, str]]) -> bytes:
    """A pain.002.001.10 that refuses some payments of a run, each with its code."""
    lines = "".join(
        f"<TxInfAndSts><OrgnlEndToEndId>{ident}</OrgnlEndToEndId><TxSts>RJCT</TxSts>"
        f"<StsRsnInf><Rsn><Cd>{code}</Cd></Rsn></StsRsnInf></TxInfAndSts>"
        for ident, code in refused
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.10"><CstmrPmtStsRpt>'
        "<GrpHdr><MsgId>R1</MsgId><CreDtTm>2026-11-27T12:00:00</CreDtTm></GrpHdr>"
        f"<OrgnlGrpInfAndSts><OrgnlMsgId>{run}</OrgnlMsgId>"
        "<OrgnlMsgNmId>pain.001.001.09</OrgnlMsgNmId></OrgnlGrpInfAndSts>"
        f"<OrgnlPmtInfAndSts><OrgnlPmtInfId>{run}-{day}</OrgnlPmtInfId>{lines}"
        "</OrgnlPmtInfAndSts></CstmrPmtStsRpt></Document>"
    ).encode()
