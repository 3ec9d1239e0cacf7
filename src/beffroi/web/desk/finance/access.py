"""Which role may open which address under /desk/finances/."""

from beffroi.accounts.enums import Role

FINANCE = frozenset({Role.FINANCE_DIRECTOR, Role.DIRECTOR_GENERAL, Role.PRESIDENT})

ACCESS: dict[str, frozenset[str]] = {
    f"desk:finance{name}": frozenset(FINANCE)
    for name in (
        "", "_dues", "_runs", "_run", "_run_file", "_bank", "_returns", "_accounts", "_holds",
        "_claims", "_claim", "_ledger", "_refunds", "_refund", "_refund_file", "_act",
    )
}  # fmt: skip
