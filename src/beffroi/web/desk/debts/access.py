"""Which role may open which address under /desk/dettes/; that she is a mediator, the room says."""

from beffroi.accounts.enums import Role

MEDIATORS = frozenset({Role.SOCIAL_WORKER, Role.TEAM_LEADER})
COUNTERS = frozenset({Role.TEAM_LEADER, Role.DIRECTOR_GENERAL, Role.PRESIDENT})

ACCESS: dict[str, frozenset[str]] = {
    "desk:debts": MEDIATORS,
    "desk:debts_new": MEDIATORS,
    "desk:debts_creditors": MEDIATORS,
    "desk:debts_creditor": MEDIATORS,
    "desk:debts_figures": COUNTERS,
    "desk:debts_file": MEDIATORS,
    "desk:debts_act": MEDIATORS,
    "desk:debts_inventory": MEDIATORS,
    "desk:debts_debt": MEDIATORS,
    "desk:debts_budget": MEDIATORS,
    "desk:debts_simulate": MEDIATORS,
    "desk:debts_plan": MEDIATORS,
    "desk:debts_plan_act": MEDIATORS,
    "desk:debts_plan_pdf": MEDIATORS,
    "desk:debts_letters": MEDIATORS,
    "desk:debts_letter_act": MEDIATORS,
    "desk:debts_account": MEDIATORS,
    "desk:debts_extract": frozenset({Role.TEAM_LEADER}),
    "desk:debts_account_act": MEDIATORS,
}
