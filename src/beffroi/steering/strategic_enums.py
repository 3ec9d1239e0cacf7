"""The words of strategic plans: kinds, levels, states, health, origins of money, civilities."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class StrategicKind(models.TextChoices):
    PST = "pst", _("Programme stratégique transversal")
    PSSP = "pssp", _("Plan stratégique de sécurité et de prévention")


class Organisation(models.TextChoices):
    """Who carries a strategic plan, in the words of eComptes."""

    AC = "AC", _("Commune")
    CPAS = "CPAS", _("CPAS")


class Part(models.TextChoices):
    """The two parts of a PST: the house itself, and what it does for people."""

    INTERNAL = "internal", _("Volet interne : l’administration")
    EXTERNAL = "external", _("Volet externe : les politiques")


class Level(models.TextChoices):
    STRATEGIC = "strategic", _("Objectif stratégique")
    OPERATIONAL = "operational", _("Objectif opérationnel")
    ACTION = "action", _("Action")
    SUBACTION = "subaction", _("Sous-action")


#: What stands right above each level.
ABOVE = {
    Level.OPERATIONAL: Level.STRATEGIC, Level.ACTION: Level.OPERATIONAL,
    Level.SUBACTION: Level.ACTION,
}  # fmt: skip
BELOW = {above: level for level, above in ABOVE.items()}
#: How each level is numbered: « OS.1 », « OO.4 », « A.12 », « SA.3 ».
LETTERS = {
    Level.STRATEGIC: "OS", Level.OPERATIONAL: "OO", Level.ACTION: "A", Level.SUBACTION: "SA",
}  # fmt: skip
OBJECTIVES = frozenset({Level.STRATEGIC, Level.OPERATIONAL})


class ElementState(models.TextChoices):
    TO_SCHEDULE = "to_schedule", _("À planifier")
    PLANNED = "planned", _("Planifié")
    ONGOING = "ongoing", _("En cours")
    STOPPED = "stopped", _("Arrêté")
    DONE = "done", _("Terminé")
    CANCELLED = "cancelled", _("Abandonné")


#: Neither finished nor given up.
OPEN = frozenset(
    {ElementState.TO_SCHEDULE, ElementState.PLANNED, ElementState.ONGOING, ElementState.STOPPED}
)
#: Kept apart from the progress of what is above: stopped or given up is not done.
APART = frozenset({ElementState.STOPPED, ElementState.CANCELLED})
#: What has its dates, or cannot be told to eComptes.
DATED = frozenset({ElementState.PLANNED, ElementState.ONGOING, ElementState.DONE})


class Health(models.TextChoices):
    GOOD = "good", _("Bonne")
    WATCH = "watch", _("À surveiller")
    BAD = "bad", _("En difficulté")
    PAUSED = "paused", _("En pause")


class Civility(models.TextChoices):
    """As the person says it; empty until she does, never guessed from a first name."""

    MADAME = "madame", _("Madame")
    MONSIEUR = "monsieur", _("Monsieur")
    MX = "mx", _("Mx")


class Quality(models.TextChoices):
    AGENT = "agent", _("Agent")
    MANDATARY = "mandatary", _("Mandataire")


class SynergyKind(models.TextChoices):
    POOLING = "pooling", _("Mutualisation de moyens")
    SHARED_SERVICE = "shared_service", _("Service commun")
    CONVENTION = "convention", _("Convention")
    PURCHASE = "purchase", _("Achat groupé")


class DecidingBody(models.TextChoices):
    COMMUNAL_COUNCIL = "communal_council", _("Conseil communal")
    CPAS_COUNCIL = "cpas_council", _("Conseil de l’action sociale")
    COLLEGE = "college", _("Collège")
    BUREAU = "bureau", _("Bureau permanent")
    JOINT = "joint", _("Réunion conjointe")


#: Who adopts the plan of each organisation.
ADOPTS = {
    Organisation.AC: DecidingBody.COMMUNAL_COUNCIL, Organisation.CPAS: DecidingBody.CPAS_COUNCIL,
}  # fmt: skip

#: Where money comes from: the columns of a split, in their order.
ORIGINS = {
    "europe": _("Europe"), "federal": _("Fédéral"), "wallonia": _("Wallonie"),
    "fwb": _("Fédération Wallonie-Bruxelles"), "province": _("Province"),
    "commune": _("Commune"), "cpas": _("CPAS"), "others": _("Autres"),
}  # fmt: skip
#: The whole of a split, in hundredths of a percent: whole numbers add up the same everywhere.
WHOLE = 10_000
