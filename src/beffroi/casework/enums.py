from django.db import models
from django.utils.translation import gettext_lazy as _


class FileState(models.TextChoices):
    OPEN = "open", _("Ouvert")
    CLOSED = "closed", _("Clos")


class ApplicationState(models.TextChoices):
    RECEIVED = "received", _("Reçue")
    ENQUIRY = "enquiry", _("Enquête sociale")
    REPORTED = "reported", _("Rapport signé")
    PROPOSED = "proposed", _("Proposée")
    SUBMITTED = "submitted", _("Portée à l’organe")
    DECIDED = "decided", _("Décidée")
    NOTIFIED = "notified", _("Notifiée")
    CLOSED = "closed", _("Close")


class ApplicationEnd(models.TextChoices):
    EXECUTED = "executed", _("Décision exécutée")
    REFUSED = "refused", _("Refus notifié")
    WITHDRAWN = "withdrawn", _("Demande retirée")
    TRANSFERRED = "transferred", _("Transmise au CPAS compétent")


class Organ(models.TextChoices):
    COUNCIL = "council", _("Conseil de l’action sociale")
    BUREAU = "bureau", _("Bureau permanent")
    COMMITTEE = "committee", _("Comité spécial du service social")
    PRESIDENT = "president", _("Présidence, en urgence")


class Outcome(models.TextChoices):
    GRANT = "grant", _("Octroi")
    PARTIAL = "partial", _("Octroi partiel")
    REFUSAL = "refusal", _("Refus")
    REVISION = "revision", _("Révision")
    STOP = "stop", _("Fin de l’aide")
    SANCTION = "sanction", _("Sanction")
    RECOVERY = "recovery", _("Récupération")
    WAIVER = "waiver", _("Renonciation à récupérer")
    SUSPENSION = "suspension", _("Suspension du paiement")


#: Outcomes that open or change a grant.
GRANTING = frozenset({Outcome.GRANT, Outcome.PARTIAL, Outcome.REVISION})


class Periodicity(models.TextChoices):
    MONTHLY = "monthly", _("par mois")
    FORTNIGHTLY = "fortnightly", _("par quinzaine")
    WEEKLY = "weekly", _("par semaine")
    ONCE = "once", _("en une fois")


class ProposalState(models.TextChoices):
    DRAFT = "draft", _("En préparation")
    SUBMITTED = "submitted", _("Portée à l’organe")
    DECIDED = "decided", _("Décidée")
    WITHDRAWN = "withdrawn", _("Retirée")


class VisitResult(models.TextChoices):
    SEEN = "seen", _("Personne rencontrée")
    ABSENT = "absent", _("Absente")
    REFUSED = "refused", _("Visite refusée")


class ResourceKind(models.TextChoices):
    """Kinds as the computation takes them; the words a worker uses are in the label."""

    WORK = "work", _("Revenu du travail (net)")
    UNEMPLOYMENT = "unemployment", _("Allocation de chômage")
    ALIMONY_FOR_SELF = "alimony_for_self", _("Pension alimentaire pour soi")
    FAMILY_BENEFIT_FOR_SELF = "family_benefit_for_self", _("Allocations familiales pour soi")
    OTHER = "other", _("Autre ressource")
    EXEMPT = "exempt", _("Ressource exonérée")


class Exemption(models.TextChoices):
    NONE = "none", _("Aucune")
    GENERAL = "general", _("Exonération générale (ISP)")
    STUDENT = "student", _("Étudiant")
    SHORTAGE_JOB = "shortage_job", _("Métier en pénurie")
    ARTIST = "artist", _("Artiste")


class Relation(models.TextChoices):
    PARTNER = "partner", _("Conjoint ou partenaire")
    PARENT = "parent", _("Parent")
    GRANDPARENT = "grandparent", _("Grand-parent")
    ADULT_CHILD = "adult_child", _("Enfant majeur")
    ADULT_GRANDCHILD = "adult_grandchild", _("Petit-enfant majeur")
    PARENT_IN_LAW = "parent_in_law", _("Beau-parent")
    CHILD_IN_LAW = "child_in_law", _("Gendre ou belle-fille")
    FORMER_SPOUSE = "former_spouse", _("Ex-conjoint")
    SIBLING = "sibling", _("Frère ou sœur")
    FRIEND = "friend", _("Ami ou autre personne")
    MINOR_CHILD = "minor_child", _("Enfant mineur")


class AssetKind(models.TextChoices):
    CAPITAL = "capital", _("Compte, épargne, titres")
    BUILT = "built", _("Maison ou appartement")
    LAND = "land", _("Terrain")
    TRANSFER = "transfer", _("Bien cédé")
    HOUSING = "housing", _("Logement payé par quelqu’un d’autre")


class Question(models.TextChoices):
    """What only a human appreciates: dated, motivated, never computed."""

    CATEGORY = "category", _("Catégorie")
    COUNTED_SHARE = "counted_share", _("Part des ressources d’un cohabitant prise en compte")
    EQUITY = "equity", _("Raison d’équité")
    WORK = "work", _("Disposition à travailler")
    REGIME = "regime", _("Régime des cohabitants")
    RESIDENCE = "residence", _("Résidence effective")


class GrantState(models.TextChoices):
    RUNNING = "running", _("En cours")
    SUSPENDED = "suspended", _("Suspendue")
    ENDED = "ended", _("Terminée")


class ClockState(models.TextChoices):
    CALM = "calm", _("à temps")
    SOON = "soon", _("bientôt")
    LATE = "late", _("dépassé")
    DONE = "done", _("fait")
    OFF = "off", _("sans objet")


class AppealOutcome(models.TextChoices):
    CONFIRMED = "confirmed", _("Décision confirmée")
    REFORMED = "reformed", _("Décision réformée")
    WITHDRAWN = "withdrawn", _("Désistement")


class CardPayee(models.TextChoices):
    PHARMACY = "pharmacy", _("la pharmacie")
    PERSON = "person", _("la personne")


class GuaranteeForm(models.TextChoices):
    ADVANCE = "advance", _("Avance sur un compte bloqué")
    BANK = "bank", _("Garantie bancaire")
    LETTER = "letter", _("Lettre de caution du CPAS")


class GuaranteeState(models.TextChoices):
    ACTIVE = "active", _("En cours")
    RELEASED = "released", _("Libérée")
    CALLED = "called", _("Appelée par le bailleur")


class ReceptionPhase(models.TextChoices):
    OE = "oe", _("Office des étrangers")
    CGRA = "cgra", _("Commissariat général")
    CCE = "cce", _("Conseil du contentieux")
    POSITIVE = "positive", _("Protection accordée")
    NEGATIVE = "negative", _("Décision négative")


class SequelCause(models.TextChoices):
    """Why a grant is looked at again."""

    REVIEW = "review", _("Révision périodique")
    DECLARED = "declared", _("Changement déclaré")
    FOUND = "found", _("Changement constaté")
    CPAS_ERROR = "cpas_error", _("Erreur du CPAS")
    RECTIFICATION = "rectification", _("Fait rectifié")
    JUDGMENT = "judgment", _("Jugement")
    RENEWAL = "renewal", _("Prolongation d’une aide à terme")
    STOP = "stop", _("Fin de l’aide")
    SUSPENSION = "suspension", _("Suspension du paiement")
    SANCTION = "sanction", _("Sanction")
    RECOVERY = "recovery", _("Récupération")
    WAIVER = "waiver", _("Renonciation à récupérer")
    INTEREST = "interest", _("Intérêts de retard")


#: Causes after which the whole enquiry and the computation are made again.
ENQUIRED = frozenset({
    SequelCause.REVIEW, SequelCause.DECLARED, SequelCause.FOUND, SequelCause.CPAS_ERROR,
    SequelCause.RECTIFICATION, SequelCause.JUDGMENT, SequelCause.RENEWAL,
})  # fmt: skip


class NoticeKind(models.TextChoices):
    FORMAL_NOTICE = "formal_notice", _("Mise en demeure")
    HEARING = "hearing", _("Invitation à être entendu")


class NoticeAnswer(models.TextChoices):
    HEARD = "heard", _("La personne a été entendue")
    WROTE = "wrote", _("La personne a écrit")
    DID = "did", _("La personne a fait ce qui était attendu")
    SILENT = "silent", _("Pas de réponse")


class SuspensionGround(models.TextChoices):
    DETENTION = "detention", _("Détention ou placement")
    ABROAD = "abroad", _("Séjour à l’étranger")


class IndexRunState(models.TextChoices):
    PREVIEW = "preview", _("Aperçu")
    APPLYING = "applying", _("En cours d’application")
    DONE = "done", _("Appliquée")


class IndexLineState(models.TextChoices):
    READY = "ready", _("Prête")
    DONE = "done", _("Appliquée")
    EXCEPTION = "exception", _("À voir")
