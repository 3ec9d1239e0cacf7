"""Which role may open which address of strategic plans."""

from beffroi.accounts.enums import Role

READERS = frozenset({Role.PCS_LEAD, Role.DIRECTOR_GENERAL, Role.PRESIDENT, Role.FINANCE_DIRECTOR})
STEERERS = frozenset({Role.PCS_LEAD, Role.DIRECTOR_GENERAL})
_READ = (
    "strategic", "strategic_plan", "strategic_element", "strategic_gantt", "strategic_money",
    "strategic_reports", "strategic_report_file", "strategic_ecomptes", "declaration",
)  # fmt: skip
_STEER = ("strategic_new", "strategic_act", "strategic_ecomptes_file", "declaration_revise")

STRATEGIC: dict[str, frozenset[str]] = {
    **{f"board:{name}": frozenset(READERS) for name in _READ},
    **{f"board:{name}": frozenset(STEERERS) for name in _STEER},
}
