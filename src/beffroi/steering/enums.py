from django.db import models
from django.utils.translation import gettext_lazy as _


class Carrier(models.TextChoices):
    """Who carries a plan: its council is the one that votes."""

    COMMUNE = "commune", _("Commune")
    CPAS = "cpas", _("CPAS")
    ASSOCIATION = "association", _("Association de pouvoirs locaux")


class PlanState(models.TextChoices):
    DRAFT = "draft", _("En préparation")
    COMMISSION_SEEN = "commission_seen", _("Vu par la commission")
    ADOPTED = "adopted", _("Adopté par le conseil")
    SENT = "sent", _("Envoyé à la Région")
    APPROVED = "approved", _("Approuvé")
    APPROVED_WITH_REMARKS = "approved_remarks", _("Approuvé avec remarques")
    REFUSED = "refused", _("Refusé")
    ACTIVE = "active", _("En cours")
    CLOSING = "closing", _("En clôture")
    EVALUATED = "evaluated", _("Évalué")
    ARCHIVED = "archived", _("Archivé")


class Delivery(models.TextChoices):
    """Who does the action of a line."""

    REGIE = "regie", _("Par nos services")
    PARTNER = "partner", _("Par un partenaire")
    ART20 = "art20", _("Article 20")


class LineState(models.TextChoices):
    ACTIVE = "active", _("En cours")
    SUSPENDED = "suspended", _("Suspendue")
    COMPLETED = "completed", _("Terminée")
    REMOVED = "removed", _("Retirée du plan")


class YearStatus(models.TextChoices):
    """How a line went in one year, said by whoever answers for it."""

    NOT_STARTED = "not_started", _("Pas commencée")
    ONGOING = "ongoing", _("En cours")
    DONE = "done", _("Réalisée")
    PARTLY = "partly_done", _("Réalisée en partie")
    NOT_DONE = "not_done", _("Pas réalisée")
    POSTPONED = "postponed", _("Reportée")


#: Statuses that want a reason in words.
WANT_REASON = frozenset(
    {YearStatus.NOT_STARTED, YearStatus.PARTLY, YearStatus.NOT_DONE, YearStatus.POSTPONED}
)


class PartnerKind(models.TextChoices):
    PUBLIC = "public", _("Service public")
    ASBL = "asbl", _("ASBL")
    OTHER = "other", _("Autre")


class ConventionKind(models.TextChoices):
    PARTNERSHIP = "partnership", _("Partenariat")
    TRANSFER = "transfer", _("Transfert financier")
    ART20 = "art20", _("Article 20")


class ConventionState(models.TextChoices):
    DRAFT = "draft", _("En préparation")
    COUNCIL_APPROVED = "council_approved", _("Approuvée par le conseil")
    SIGNED = "signed", _("Signée")
    ACTIVE = "active", _("En cours")
    CLOSED = "closed", _("Close")


class TrancheKind(models.TextChoices):
    ADVANCE = "advance", _("Avance")
    BALANCE = "balance", _("Solde")


class IndicatorLevel(models.TextChoices):
    OUTPUT = "output", _("Réalisation")
    OUTCOME = "outcome", _("Résultat")
    IMPACT = "impact", _("Effet")


class ChangeKind(models.TextChoices):
    ADD = "add", _("Ajouter une ligne")
    RETITLE = "retitle", _("Changer l’intitulé ou le but")
    REPLACE = "replace", _("Remplacer par une autre action")
    PARTNER = "partner", _("Changer de partenaire")
    TO_ART20 = "to_art20", _("Passer à l’article 20")
    SUSPEND = "suspend", _("Suspendre ou reprendre")
    REMOVE = "remove", _("Retirer la ligne")


class ChangeState(models.TextChoices):
    DRAFT = "draft", _("En préparation")
    SEEN = "seen", _("Vue par la commission")
    GRANTED = "granted", _("Acceptée")
    REFUSED = "refused", _("Refusée")
    APPLIED = "applied", _("Appliquée")
    DROPPED = "dropped", _("Abandonnée")


class Nature(models.TextChoices):
    PERSONNEL = "personnel", _("Personnel")
    FONCTIONNEMENT = "fonctionnement", _("Fonctionnement")
    TRANSFERT = "transfert", _("Transferts aux associations")
    INVESTISSEMENT = "investissement", _("Investissement")


class Funding(models.TextChoices):
    """Who pays a part of a cost."""

    PCS = "pcs", _("Plan de cohésion sociale")
    ART20 = "art20", _("Article 20")
    APE = "ape", _("Aides à la promotion de l’emploi")
    PSSP = "pssp", _("Plan stratégique de sécurité et de prévention")
    OWN = "own", _("Moyens propres hors plan")
    OTHER = "other", _("Autre subvention")


class StaffFunction(models.TextChoices):
    PROJECT_LEAD = "project_lead", _("Chef de projet")
    ANIMATOR = "animator", _("Animation")
    SOCIAL_WORKER = "social_worker", _("Travail social")
    OTHER = "other", _("Autre")


class ReportKind(models.TextChoices):
    ACTIVITY = "activity", _("Rapport d’activité")
    FINANCIAL = "financial", _("Rapport financier")


class ReportState(models.TextChoices):
    COLLECTING = "collecting", _("En collecte")
    FROZEN = "frozen", _("Figé")
    COMMISSION_SEEN = "commission_seen", _("Vu par la commission")
    COLLEGE_SEEN = "college_seen", _("Vu par le collège ou le bureau")
    APPROVED = "approved", _("Approuvé par le conseil")
    SENT = "sent", _("Envoyé")
    RECEIVED = "received", _("Reçu par la Région")
    ACCEPTED = "accepted", _("Accepté")
    TO_CORRECT = "to_correct", _("À corriger")


#: From the vote on, a correction says why.
VOTED = frozenset(
    {
        ReportState.APPROVED, ReportState.SENT, ReportState.RECEIVED, ReportState.ACCEPTED,
        ReportState.TO_CORRECT,
    }
)  # fmt: skip


class TextSection(models.TextChoices):
    """Parts of the activity report that a person writes."""

    LINKS = "links", _("Liens avec le PST, le PSSP et le CPAS")
    COMMUNICATION = "communication", _("Communication")
    CITIZENS = "citizens", _("La voix des citoyens")
    CHILDREN = "children", _("Droits de l’enfant")
    POVERTY = "poverty", _("Lutte contre la pauvreté")
    PROSPECTS = "prospects", _("Perspectives")


class Seat(models.TextChoices):
    """For whom a member sits at the commission of a plan."""

    COMMUNE = "commune", _("Commune")
    CPAS = "cpas", _("CPAS")
    PROJECT_LEAD = "project_lead", _("Chef de projet")
    PARTNER = "partner", _("Service ou association partenaire")
    CITIZEN = "citizen", _("Habitant ou habitante")
    REGION = "region", _("Région, voix consultative")


class Office(models.TextChoices):
    CHAIR = "chair", _("Présidence")
    VICE_CHAIR = "vice_chair", _("Vice-présidence")
    SECRETARY = "secretary", _("Secrétariat")
    MEMBER = "member", _("Membre")


class MeetingState(models.TextChoices):
    DRAFT = "draft", _("En préparation")
    INVITED = "invited", _("Invitations parties")
    HELD = "held", _("Tenue")
    MINUTED = "minuted", _("Procès-verbal rédigé")
    APPROVED = "approved", _("Procès-verbal approuvé")
    CANCELLED = "cancelled", _("Annulée")


class PointKind(models.TextChoices):
    CHANGE = "change", _("Demande de modification")
    REPORT = "report", _("Rapport annuel")
    EVALUATION = "evaluation", _("Évaluation")
    FREE = "free", _("Autre point")


class Opinion(models.TextChoices):
    FAVOURABLE = "favourable", _("Favorable")
    REMARKS = "remarks", _("Favorable avec remarques")
    UNFAVOURABLE = "unfavourable", _("Défavorable")


class Presence(models.TextChoices):
    PRESENT = "present", _("Présent")
    EXCUSED = "excused", _("Excusé")
    ABSENT = "absent", _("Absent")


class Priority(models.IntegerChoices):
    FIRST = 1, _("D’abord")
    NEXT = 2, _("Ensuite")
    LATER = 3, _("Plus tard")
