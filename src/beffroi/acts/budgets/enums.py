from django.db import models
from django.utils.translation import gettext_lazy as _

#: The one team that opens mediation files: no other team knows that they exist.
MEDIATION_TEAM = "debts"
#: The register that numbers mediation files.
REGISTER = "MED"
#: Under this name the letters keep what the mediation has written.
LETTERS_OF = "mediation_file"


class FileState(models.TextChoices):
    INTAKE = "intake", _("Accueil")
    DOCUMENTS = "documents", _("Documents")
    BUDGET = "budget", _("Budget")
    NEGOTIATION = "negotiation", _("Négociation")
    PLAN_RUNNING = "plan_running", _("Plan en cours")
    EVALUATION = "evaluation", _("Évaluation")
    CLOSED = "closed", _("Clôturé")


class Outcome(models.TextChoices):
    SUCCESS = "success", _("Dettes apurées")
    BREAK = "break", _("Plan rompu")
    RCD = "rcd", _("Règlement collectif de dettes")
    ABANDON = "abandon", _("Abandon par la personne")


class PersonRole(models.TextChoices):
    HOLDER = "holder", _("Titulaire")
    PARTNER = "partner", _("Conjoint ou partenaire")
    CO_DEBTOR = "co_debtor", _("Codébiteur ou caution")


class Language(models.TextChoices):
    """In which language a letter to a creditor opens; its French text always follows."""

    FRENCH = "fr", _("Français")
    DUTCH = "nl", _("Néerlandais")
    GERMAN = "de", _("Allemand")
    ENGLISH = "en", _("Anglais")


class CreditorKind(models.TextChoices):
    ENERGY = "energy", _("Énergie et eau")
    TELECOM = "telecom", _("Télécommunications")
    BANK = "bank", _("Banque ou crédit")
    HEALTH = "health", _("Hôpital ou soins")
    TAX = "tax", _("Impôts et taxes")
    LANDLORD = "landlord", _("Bailleur")
    PRIVATE = "private", _("Particulier")
    PUBLIC = "public", _("Service public")
    SHOP = "shop", _("Commerce ou vente à distance")
    BAILIFF = "bailiff", _("Huissier de justice")
    COLLECTOR = "collector", _("Société de recouvrement")
    OTHER = "other", _("Autre")


class DebtKind(models.TextChoices):
    RENT = "rent", _("Loyer")
    ENERGY = "energy", _("Gaz, électricité, eau")
    ALIMONY = "alimony", _("Pension alimentaire")
    HEALTH = "health", _("Soins et hôpital")
    TELECOM = "telecom", _("Téléphone, internet")
    CREDIT = "credit", _("Crédit ou carte")
    MORTGAGE = "mortgage", _("Crédit hypothécaire")
    OVERDRAFT = "overdraft", _("Découvert de compte")
    TAX = "tax", _("Impôts")
    FINE = "fine", _("Amende")
    SCHOOL = "school", _("École, crèche")
    INSURANCE = "insurance", _("Assurance")
    BENEFIT = "benefit", _("Indu social")
    PURCHASE = "purchase", _("Achat impayé")
    FAMILY = "family", _("Proches")
    OTHER = "other", _("Autre")


class Title(models.TextChoices):
    """What the creditor holds to have the debt paid."""

    NONE = "none", _("Rien d’écrit")
    INVOICE = "invoice", _("Facture ou contrat")
    NOTICE = "notice", _("Mise en demeure")
    WRIT = "writ", _("Citation")
    JUDGMENT = "judgment", _("Jugement")
    CONSTRAINT = "constraint", _("Contrainte ou titre exécutoire")
    SEIZURE = "seizure", _("Saisie en cours")


class Prescription(models.TextChoices):
    """Which time limit extinguishes the debt; the rule itself lies with the law."""

    GENERAL = "general", _("Droit commun")
    PERIODIC = "periodic", _("Dettes périodiques")
    MEDICAL = "medical", _("Soins de santé")
    UNKNOWN = "unknown", _("À qualifier")


class DebtState(models.TextChoices):
    ANNOUNCED = "announced", _("Annoncée")
    CONFIRMED = "confirmed", _("Décompte reçu")
    PAID = "paid", _("Payée")
    STRUCK = "struck", _("Retirée")


class Side(models.TextChoices):
    INCOME = "income", _("Revenu")
    EXPENSE = "expense", _("Dépense")


class Every(models.TextChoices):
    """How often an amount comes back."""

    WEEK = "week", _("par semaine")
    FORTNIGHT = "fortnight", _("par quinzaine")
    MONTH = "month", _("par mois")
    TWO_MONTHS = "two_months", _("tous les deux mois")
    QUARTER = "quarter", _("par trimestre")
    HALF_YEAR = "half_year", _("par semestre")
    YEAR = "year", _("par an")


class PlanState(models.TextChoices):
    DRAFT = "draft", _("Simulation")
    PROPOSED = "proposed", _("Proposé aux créanciers")
    RUNNING = "running", _("En cours")
    DONE = "done", _("Mené à terme")
    BROKEN = "broken", _("Rompu")
    REPLACED = "replaced", _("Remplacé")


class Answer(models.TextChoices):
    WAITING = "waiting", _("Attend une réponse")
    ACCEPTED = "accepted", _("Accepté")
    REFUSED = "refused", _("Refusé")


class InstalmentState(models.TextChoices):
    DUE = "due", _("À venir")
    PAID = "paid", _("Payée")
    MISSED = "missed", _("Manquée")


class NoticeKind(models.TextChoices):
    OPENING = "opening", _("Avis d’ouverture")
    CLOSING = "closing", _("Avis de clôture")


class LetterKind(models.TextChoices):
    STATEMENT = "statement", _("Demande de décompte")
    PROPOSAL = "proposal", _("Proposition de plan")
    CONTEST = "contest", _("Contestation")
    RECALL = "recall", _("Rappel")
    CLOSING = "closing", _("Fin de la médiation")


class LetterState(models.TextChoices):
    SENT = "sent", _("Envoyée")
    ANSWERED = "answered", _("Répondue")
    RECALLED = "recalled", _("Rappelée")


class MovementKind(models.TextChoices):
    RECEIVED = "received", _("Reçu pour la personne")
    TO_CREDITOR = "to_creditor", _("Versé à un créancier")
    TO_PERSON = "to_person", _("Remis à la personne")
    REVERSAL = "reversal", _("Contre-écriture")
