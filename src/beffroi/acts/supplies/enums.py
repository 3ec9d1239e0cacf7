from django.db import models
from django.utils.translation import gettext_lazy as _


class SiteKind(models.TextChoices):
    GROCERY = "grocery", _("Épicerie sociale")
    STORE = "store", _("Réserve")
    GIVEAWAY = "giveaway", _("Donnerie")
    TICKETS = "tickets", _("Guichet de tickets")
    GIFTS = "gifts", _("Campagne de cadeaux")
    GARDEN = "garden", _("Potager partagé")
    LOANS = "loans", _("Prêt de matériel")


#: Sites that keep articles by lots.
KEEPS_STOCK = frozenset({SiteKind.GROCERY, SiteKind.STORE})


class Source(models.TextChoices):
    """Where a lot comes from; a donor is an organisation or nobody, never a person by name."""

    PURCHASE = "purchase", _("Achat")
    FOOD_BANK = "food_bank", _("Banque alimentaire")
    GIFT = "gift", _("Don")


class MoveKind(models.TextChoices):
    RECEIVED = "received", _("Reçu")
    OUT = "out", _("Sorti")
    BACK = "back", _("Revenu")
    LOST = "lost", _("Perdu ou abîmé")
    EXPIRED = "expired", _("Périmé, retiré")
    MOVED = "moved", _("Passé à un autre site")
    CORRECTED = "corrected", _("Corrigé")


#: Movements that only put in, and that only take out; a correction does either.
PUTS_IN = (MoveKind.RECEIVED, MoveKind.BACK)
TAKES_OUT = (MoveKind.OUT, MoveKind.LOST, MoveKind.EXPIRED, MoveKind.MOVED)


class StubKind(models.TextChoices):
    """What became of a ticket that was handed over."""

    USED = "used", _("Utilisé")
    RETURNED = "returned", _("Rendu, non utilisé")
    LOST = "lost", _("Perdu")


class PlotState(models.TextChoices):
    FREE = "free", _("Libre")
    HELD = "held", _("Cultivée")
    RESTING = "resting", _("Au repos")


class WaitState(models.TextChoices):
    """Where somebody stands who asked for a plot."""

    WAITING = "waiting", _("Sur la liste d’attente")
    OFFERED = "offered", _("Une parcelle lui est proposée")
    GARDENS = "gardens", _("Cultive une parcelle")
    LAPSED = "lapsed", _("N’a pas répondu à temps")
    LEFT = "left", _("S’est retirée")


class DepositState(models.TextChoices):
    HELD = "held", _("En dépôt")
    RETURNED = "returned", _("Rendue")
    KEPT = "kept", _("Gardée")
