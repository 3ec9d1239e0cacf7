from django.db import models
from django.utils.translation import gettext_lazy as _


class Means(models.TextChoices):
    TRANSFER = "transfer", _("Virement")
    CASH = "cash", _("Au guichet")


class Periodicity(models.TextChoices):
    MONTHLY = "monthly", _("Chaque mois")
    FORTNIGHTLY = "fortnightly", _("Chaque quinzaine")
    WEEKLY = "weekly", _("Chaque semaine")
    ONCE = "once", _("Une fois")


class AccountState(models.TextChoices):
    PROPOSED = "proposed", _("À confirmer")
    CONFIRMED = "confirmed", _("En usage")
    REFUSED = "refused", _("Refusé")
    REPLACED = "replaced", _("Remplacé")


class HouseAccountKind(models.TextChoices):
    OWN = "own", _("Compte du CPAS")
    CLIENT_MONEY = "client_money", _("Argent de tiers, gardé à part")


class OrderState(models.TextChoices):
    RUNNING = "running", _("En cours")
    ENDED = "ended", _("Terminé")


class DueState(models.TextChoices):
    PAYABLE = "payable", _("À payer")
    IN_RUN = "in_run", _("Dans un paiement")
    SENT = "sent", _("Envoyé")
    PAID = "paid", _("Payé")
    CANCELLED = "cancelled", _("Annulé")


class RunState(models.TextChoices):
    DRAFT = "draft", _("Préparé")
    APPROVED = "approved", _("Approuvé")
    EXPORTED = "exported", _("Envoyé à la banque")
    BOOKED = "booked", _("Comptabilisé")
    CANCELLED = "cancelled", _("Abandonné")


class LineState(models.TextChoices):
    PLANNED = "planned", _("Prévu")
    SENT = "sent", _("Envoyé")
    PAID = "paid", _("Payé")
    REJECTED = "rejected", _("Refusé par la banque")
    RETURNED = "returned", _("Revenu après paiement")


class Block(models.TextChoices):
    """Why a due stays out of a run."""

    HOLD = "hold", _("Retenu")
    NO_ACCOUNT = "no_account", _("Sans compte bancaire")
    ACCOUNT_UNCONFIRMED = "account_unconfirmed", _("Compte à confirmer par une autre personne")
    RETURN = "return", _("Retour de la banque à traiter")


class BankFileKind(models.TextChoices):
    STATEMENT = "camt.053", _("Extrait de compte")
    STATUS = "pain.002", _("Réponse de la banque")


class EntryOutcome(models.TextChoices):
    PAID = "paid", _("Paiement confirmé")
    REJECTED = "rejected", _("Paiement refusé")
    RETURNED = "returned", _("Paiement revenu")
    RECEIVED = "received", _("Remboursement reçu")
    NOTED = "noted", _("Pris en compte, rien à faire")
    ALREADY = "already", _("Déjà connu")
    UNMATCHED = "unmatched", _("À rapprocher")


class LedgerKind(models.TextChoices):
    SENT = "sent", _("Paiement envoyé")
    PAID = "paid", _("Paiement exécuté")
    REJECTED = "rejected", _("Paiement refusé")
    RETURNED = "returned", _("Paiement revenu")
    CASH = "cash", _("Paiement au guichet")
    RETAINED = "retained", _("Retenue sur un paiement")
    UNRETAINED = "unretained", _("Retenue rendue")
    CLAIM = "claim", _("Récupération ouverte")
    RECEIPT = "receipt", _("Remboursement reçu")
    WAIVER = "waiver", _("Renonciation")
    REFUND = "refund", _("Créance sur l’État")


class AccountClass(models.TextChoices):
    ASSET = "asset", _("Actif")
    LIABILITY = "liability", _("Passif")
    EXPENSE = "expense", _("Dépense")
    INCOME = "income", _("Recette")


class ClaimState(models.TextChoices):
    OPEN = "open", _("En cours")
    SETTLED = "settled", _("Soldée")


class ClaimMeans(models.TextChoices):
    TRANSFER = "transfer", _("La personne verse")
    RETAINED = "retained", _("Retenu sur ses paiements")


class RefundState(models.TextChoices):
    DRAWN = "drawn", _("Établi")
    SENT = "sent", _("Introduit")


class EntryReason(models.TextChoices):
    """What brought the person to the CPAS, as far as the State's refund depends on it."""

    OTHER = "other", _("Autre raison qu’une exclusion du chômage")
    EXCLUDED = "excluded_unemployment", _("Elle est exclue des allocations de chômage")
    DERIVED = "derived_exclusion", _("Quelqu’un de son ménage est exclu du chômage, pas elle")


#: Whose money never enters this ledger: it belongs to the person and lies on her own account.
CLIENT_MONEY_OWNERS = ("debt_mediation", "budget_management", "client_account")
#: Kinds of aid for which the State refunds a part, month by month.
REFUNDED_AIDS = ("living_income", "equivalent")
