from django.db import models
from django.utils.translation import gettext_lazy as _


class BodyKind(models.TextChoices):
    COUNCIL = "council", _("Conseil de l’action sociale")
    BUREAU = "bureau", _("Bureau permanent")
    COMMITTEE = "committee", _("Comité spécial du service social")


class MandateRole(models.TextChoices):
    PRESIDENT = "president", _("Présidence")
    MEMBER = "member", _("Membre")
    SECRETARY = "secretary", _("Secrétariat, sans voix")


#: Who votes; the secretary is in the room and has no voice.
VOTING_ROLES = frozenset({MandateRole.PRESIDENT, MandateRole.MEMBER})


class SittingState(models.TextChoices):
    PLANNED = "planned", _("En préparation")
    CONVENED = "convened", _("Convoquée")
    OPEN = "open", _("Ouverte")
    CLOSED = "closed", _("Levée")
    DRAFTED = "drafted", _("Procès-verbal rédigé")
    APPROVED = "approved", _("Procès-verbal approuvé")
    NO_QUORUM = "no_quorum", _("Sans quorum")
    CANCELLED = "cancelled", _("Annulée")


class ItemState(models.TextChoices):
    READY = "ready", _("Prêt pour une séance")
    SCHEDULED = "scheduled", _("À l’ordre du jour")
    DECIDED = "decided", _("Décidé")
    WITHDRAWN = "withdrawn", _("Retiré")


class OutcomeState(models.TextChoices):
    ADOPTED = "adopted", _("Adopté")
    AMENDED = "amended", _("Adopté avec modification")
    REJECTED = "rejected", _("Non adopté")
    POSTPONED = "postponed", _("Reporté")


#: What ends an item; a postponed one comes back.
FINAL_OUTCOMES = frozenset({OutcomeState.ADOPTED, OutcomeState.AMENDED, OutcomeState.REJECTED})


class Choice(models.TextChoices):
    FOR = "for", _("Pour")
    AGAINST = "against", _("Contre")
    ABSTAIN = "abstain", _("Abstention")


class RecusalOrigin(models.TextChoices):
    DECLARED = "declared", _("Déclaré")
    DETECTED = "detected", _("Lien connu")
