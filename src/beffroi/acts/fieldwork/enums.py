from django.db import models
from django.utils.translation import gettext_lazy as _


class OutingKind(models.TextChoices):
    """What a team goes out for."""

    STREET = "street", _("Travail de rue")
    DRUGS = "drugs", _("Prévention des assuétudes")
    GUARDIANS = "guardians", _("Gardiens de la paix")
    MEDIATION = "mediation", _("Médiation de quartier")
    SURFACES = "surfaces", _("Nettoyage et tags")


class OutingState(models.TextChoices):
    OPEN = "open", _("En cours")
    CLOSED = "closed", _("Close")
    CANCELLED = "cancelled", _("Annulée")


class ContactKind(models.TextChoices):
    GREETING = "greeting", _("Bonjour, présence")
    TALK = "talk", _("Écoute, conversation")
    INFORMATION = "information", _("Information")
    HELP = "help", _("Aide concrète")
    CALMING = "calming", _("Tension apaisée")
    CROSSING = "crossing", _("Traversée, rang scolaire")


class Theme(models.TextChoices):
    """What was spoken of; several may be said, none must be."""

    HOUSING = "housing", _("Logement")
    INCOME = "income", _("Revenus, dettes")
    HEALTH = "health", _("Santé")
    DRUGS = "drugs", _("Consommation")
    SCHOOL = "school", _("École")
    WORK = "work", _("Emploi, formation")
    FAMILY = "family", _("Famille")
    VIOLENCE = "violence", _("Violence")
    JUSTICE = "justice", _("Justice")
    PAPERS = "papers", _("Papiers, séjour")
    NEIGHBOURS = "neighbours", _("Voisinage")
    CLEANLINESS = "cleanliness", _("Propreté")
    LEISURE = "leisure", _("Loisirs")
    LONELINESS = "loneliness", _("Solitude")


class Orientation(models.TextChoices):
    """To whom somebody was shown the way."""

    NONE = "", _("Pas d’orientation")
    CPAS = "cpas", _("CPAS")
    HEALTH = "health", _("Médecin, soins")
    DRUGS = "drugs", _("Service spécialisé en assuétudes")
    HOUSING = "housing", _("Logement, abri de nuit")
    HOUSE = "house", _("Maison de quartier")
    SCHOOL = "school", _("École, formation, emploi")
    JUSTICE = "justice", _("Aide juridique, victimes")
    MEDIATION = "mediation", _("Médiation")
    OTHER = "other", _("Autre service")


class FaultKind(models.TextChoices):
    """What is wrong in public space."""

    LIGHTING = "lighting", _("Éclairage")
    ROADWAY = "roadway", _("Chaussée, trottoir")
    SIGN = "sign", _("Panneau, signalisation")
    FURNITURE = "furniture", _("Banc, abri, poteau")
    DUMPING = "dumping", _("Dépôt de déchets")
    NEEDLES = "needles", _("Seringues abandonnées")
    GRAFFITI = "graffiti", _("Tag, graffiti")
    GREEN = "green", _("Arbre, plantation")
    BUILDING = "building", _("Bâtiment ouvert ou dangereux")
    OTHER = "other", _("Autre")


class ObservationState(models.TextChoices):
    OPEN = "open", _("À transmettre")
    SENT = "sent", _("Transmis")
    MENDED = "mended", _("Réparé")


class Owner(models.TextChoices):
    PUBLIC = "public", _("Public")
    PRIVATE = "private", _("Privé")


class OwnerConsent(models.TextChoices):
    NOT_NEEDED = "", _("Pas nécessaire")
    ASKED = "asked", _("À demander")
    GIVEN = "given", _("Donné")
    REFUSED = "refused", _("Refusé")


class Source(models.TextChoices):
    REQUEST = "request", _("Une demande")
    SIGHTING = "sighting", _("Vu sur place")


class SurfaceState(models.TextChoices):
    ASKED = "asked", _("À faire")
    DONE = "done", _("Fait")
    DROPPED = "dropped", _("Abandonné")


class Method(models.TextChoices):
    HOT_WATER = "hot_water", _("Eau chaude")
    SOLVENT = "solvent", _("Solvant")
    SANDBLAST = "sandblast", _("Sablage, hydrogommage")
    REPAINT = "repaint", _("Peinture")
    HAND = "hand", _("À la main")


class Stage(models.TextChoices):
    BEFORE = "before", _("Avant")
    AFTER = "after", _("Après")
