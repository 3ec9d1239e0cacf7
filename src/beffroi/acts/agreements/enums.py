from django.db import models
from django.utils.translation import gettext_lazy as _

#: The team that follows integration projects and employment.
INSERTION_TEAM = "insertion"
#: Under this name the letters keep the papers of agreements.
LETTERS_OF = "agreement"


class AgreementKind(models.TextChoices):
    PIIS = "piis", _("Projet individualisé d’intégration sociale")
    ART60 = "art60", _("Emploi article 60 §7")
    ART61 = "art61", _("Emploi article 61")
    TRANSIT = "transit", _("Convention de logement de transit")
    INSERTION_HOUSING = "insertion_housing", _("Accompagnement en logement d’insertion")
    TRAINING = "training", _("Convention de formation")
    OTHER = "other", _("Autre convention")


#: The register of each kind, which numbers it year by year.
REGISTERS = {
    AgreementKind.PIIS: "PIIS",
    AgreementKind.ART60: "A60",
    AgreementKind.ART61: "A61",
    AgreementKind.TRANSIT: "TRA",
    AgreementKind.INSERTION_HOUSING: "LIN",
    AgreementKind.TRAINING: "FOR",
    AgreementKind.OTHER: "CNV",
}


class AgreementState(models.TextChoices):
    DRAFTED = "drafted", _("En préparation")
    REFLECTION = "reflection", _("Réflexion")
    SIGNED = "signed", _("Signée")
    RUNNING = "running", _("En cours")
    AMENDING = "amending", _("Avenant en préparation")
    FULFILLED = "fulfilled", _("Menée à bien")
    BROKEN = "broken", _("Rompue")
    ENDED = "ended", _("Terminée")
    ABANDONED = "abandoned", _("Sans suite")


class PartySide(models.TextChoices):
    PERSON = "person", _("La personne")
    CPAS = "cpas", _("Le CPAS")
    PARTNER = "partner", _("Le partenaire")


class ClauseKind(models.TextChoices):
    OBJECTIVE = "objective", _("Objectif")
    OBLIGATION = "obligation", _("Engagement")


class ClauseState(models.TextChoices):
    OPEN = "open", _("En cours")
    DONE = "done", _("Atteint")
    DROPPED = "dropped", _("Abandonné")


class ProjectKind(models.TextChoices):
    STUDIES = "studies", _("Études de plein exercice")
    TRAINING = "training", _("Formation")
    WORK = "work", _("Mise à l’emploi")
    COMMUNITY = "community", _("Service communautaire")
    SOCIAL = "social", _("Insertion sociale")


class Finding(models.TextChoices):
    ON_COURSE = "on_course", _("Le projet avance")
    HELP_NEEDED = "help_needed", _("Un appui de plus est nécessaire")
    TO_AMEND = "to_amend", _("À adapter")
    NOT_KEPT = "not_kept", _("Des engagements ne sont pas tenus")
    REACHED = "reached", _("Le but est atteint")


class PartnerKind(models.TextChoices):
    CPAS = "cpas", _("Service du CPAS")
    COMMUNE = "commune", _("Commune")
    ASBL = "asbl", _("ASBL")
    SOCIAL_ECONOMY = "social_economy", _("Économie sociale")
    PRIVATE = "private", _("Entreprise")
    TRAINER = "trainer", _("Opérateur de formation")


class PlaceKind(models.TextChoices):
    WORK = "work", _("Poste de travail")
    TRAINING = "training", _("Place de formation")
    INTERNSHIP = "internship", _("Place de stage")
