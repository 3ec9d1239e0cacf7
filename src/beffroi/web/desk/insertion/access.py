"""Which role may open which address under /desk/insertion/; whose team it is, the room says."""

from beffroi.accounts.enums import Role

WORKERS = frozenset({Role.SOCIAL_WORKER, Role.TEAM_LEADER})

ACCESS: dict[str, frozenset[str]] = {
    "desk:insertion": WORKERS,
    "desk:insertion_work": WORKERS,
    "desk:insertion_new": WORKERS,
    "desk:insertion_partners": WORKERS,
    "desk:insertion_partner": WORKERS,
    "desk:insertion_place": WORKERS,
    "desk:insertion_agreement": WORKERS,
    "desk:insertion_act": WORKERS,
    "desk:insertion_extract": frozenset({Role.TEAM_LEADER}),
    "desk:insertion_text_pdf": WORKERS,
}
