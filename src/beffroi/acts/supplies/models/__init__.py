"""What is received, kept and handed over."""

from beffroi.acts.supplies.models.garden import Gardener, Holding, Item, Loan, Plot
from beffroi.acts.supplies.models.gifts import Campaign, GiftBand, GiftCard, Opening
from beffroi.acts.supplies.models.grocery import Access, Card, Passage, PassageLine, PointRule
from beffroi.acts.supplies.models.sites import Article, Site, SupplyKey
from beffroi.acts.supplies.models.stock import CountedLot, Lot, Movement, Recall, StockCount
from beffroi.acts.supplies.models.tickets import Handout, Stub, TicketBatch

__all__ = [
    "Access",
    "Article",
    "Campaign",
    "Card",
    "CountedLot",
    "Gardener",
    "GiftBand",
    "GiftCard",
    "Handout",
    "Holding",
    "Item",
    "Loan",
    "Lot",
    "Movement",
    "Opening",
    "Passage",
    "PassageLine",
    "Plot",
    "PointRule",
    "Recall",
    "Site",
    "SupplyKey",
    "StockCount",
    "Stub",
    "TicketBatch",
]
