"""Every write on what is received, kept and handed over."""

from beffroi.acts.supplies.services.access import (
    AccessDraft,
    RuleDraft,
    change_card,
    end_access,
    grant_access,
    open_card,
    set_rule,
)
from beffroi.acts.supplies.services.garden import (
    Terms,
    add_plot,
    ask_plot,
    leave_garden,
    set_plot,
    settle_garden,
    settle_gardens,
    take_plot,
)
from beffroi.acts.supplies.services.gifts import (
    OpeningDraft,
    enrol_child,
    hand_gift,
    open_campaign,
    prepare_gifts,
    take_back_opening,
    write_opening,
)
from beffroi.acts.supplies.services.loans import (
    add_item,
    bring_back,
    lend,
)
from beffroi.acts.supplies.services.reading import (
    find_cards,
    read_card,
)
from beffroi.acts.supplies.services.recalling import (
    ToCall,
    read_recall,
    recall_lot,
)
from beffroi.acts.supplies.services.sites import (
    ArticleDraft,
    SiteDraft,
    change_article,
    change_site,
    create_article,
    create_site,
)
from beffroi.acts.supplies.services.stock import (
    LotDraft,
    NotEnough,
    count_stock,
    discard,
    lose,
    pass_on,
    receive,
)
from beffroi.acts.supplies.services.tickets import (
    BatchDraft,
    NoTicketLeft,
    hand_tickets,
    receive_batch,
    settle_tickets,
)
from beffroi.acts.supplies.services.till import (
    AccessOver,
    CapReached,
    cancel_passage,
    hand_over,
)

__all__ = [
    "AccessDraft",
    "AccessOver",
    "ArticleDraft",
    "BatchDraft",
    "CapReached",
    "LotDraft",
    "NoTicketLeft",
    "NotEnough",
    "OpeningDraft",
    "RuleDraft",
    "SiteDraft",
    "Terms",
    "ToCall",
    "add_item",
    "add_plot",
    "ask_plot",
    "bring_back",
    "cancel_passage",
    "change_article",
    "change_card",
    "change_site",
    "count_stock",
    "create_article",
    "create_site",
    "discard",
    "end_access",
    "enrol_child",
    "find_cards",
    "grant_access",
    "hand_gift",
    "hand_over",
    "hand_tickets",
    "leave_garden",
    "lend",
    "lose",
    "open_campaign",
    "open_card",
    "pass_on",
    "prepare_gifts",
    "read_card",
    "read_recall",
    "recall_lot",
    "receive",
    "receive_batch",
    "set_plot",
    "set_rule",
    "settle_garden",
    "settle_gardens",
    "settle_tickets",
    "take_back_opening",
    "take_plot",
    "write_opening",
]
