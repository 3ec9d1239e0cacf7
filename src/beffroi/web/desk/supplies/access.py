"""Which role may open which address under /desk/distributions/; what is hers, the room says."""

from beffroi.accounts.enums import Role

KEEP = frozenset({Role.ANIMATOR, Role.PREVENTION_WORKER, Role.TEAM_LEADER, Role.PCS_LEAD})
SET_UP = frozenset({Role.TEAM_LEADER, Role.PCS_LEAD})
#: Who brings the decisions of the CPAS.
GRANT = frozenset({Role.SOCIAL_WORKER, Role.TEAM_LEADER})
CARDS = KEEP | {Role.SOCIAL_WORKER}

ACCESS: dict[str, frozenset[str]] = {
    "desk:supplies": CARDS,
    "desk:supplies_site_new": SET_UP,
    "desk:supplies_site": KEEP,
    "desk:supplies_site_edit": SET_UP,
    "desk:supplies_act": KEEP,
    "desk:supplies_count": KEEP,
    "desk:supplies_articles": KEEP,
    "desk:supplies_article_new": SET_UP,
    "desk:supplies_article": SET_UP,
    "desk:supplies_recalls": KEEP,
    "desk:supplies_recall": KEEP,
    "desk:supplies_cards": CARDS,
    "desk:supplies_card_new": GRANT,
    "desk:supplies_card": CARDS,
    "desk:supplies_card_act": GRANT,
    "desk:supplies_till": KEEP,
    "desk:supplies_till_card": KEEP,
    "desk:supplies_passage": KEEP,
    "desk:supplies_passage_act": KEEP,
}
