from django.db import models
from django.utils.translation import gettext_lazy as _


class FormKind(models.TextChoices):
    AID = "aid", _("Demander une aide")
    CALL_BACK = "call_back", _("Être rappelé")
    APPOINTMENT = "appointment", _("Demander un rendez-vous")
    HOME_VISIT = "home_visit", _("Demander une visite à domicile")
    RIDE = "ride", _("Demander un transport")
    ACTIVITY_PLACE = "activity_place", _("Demander une place dans une activité")
    GRAFFITI = "graffiti", _("Signaler un tag")
    MEDIATION = "mediation", _("Demander une médiation")
    QUESTION = "question", _("Poser une question")


class Channel(models.TextChoices):
    PORTAL = "portal", _("Portail")
    DESK = "desk", _("Au guichet")
    PHONE = "phone", _("Par téléphone")
    LETTER = "letter", _("Par courrier")
    EMAIL = "email", _("Par courriel")
    FIELD = "field", _("En rue")


class RequestState(models.TextChoices):
    RECEIVED = "received", _("Reçue")
    IN_HAND = "in_hand", _("Prise en charge")
    WAITING = "waiting", _("En attente de la personne")
    PASSED = "passed", _("Proposée à un autre service")
    CLOSED = "closed", _("Clôturée")


class Outcome(models.TextChoices):
    ANSWERED = "answered", _("Réponse donnée")
    HELPED = "helped", _("Aide ou service rendu")
    FILE_OPENED = "file_opened", _("Dossier social ouvert")
    REFERRED = "referred", _("Orientée vers un autre organisme")
    TRANSFERRED = "transferred", _("Transmise au CPAS compétent")
    NOT_POSSIBLE = "not_possible", _("Pas possible ici")
    NO_REPLY = "no_reply", _("La personne n’a plus répondu")
    WITHDRAWN = "withdrawn", _("Retirée par la personne")
    DUPLICATE = "duplicate", _("Double d’une autre demande")


class Side(models.TextChoices):
    PERSON = "person", _("La personne")
    TEAM = "team", _("L’équipe")


class HandoverState(models.TextChoices):
    PROPOSED = "proposed", _("Proposée")
    ACCEPTED = "accepted", _("Acceptée")
    DECLINED = "declined", _("Refusée")


class SlotState(models.TextChoices):
    OFFERED = "offered", _("Proposé")
    CHOSEN = "chosen", _("Choisi")
    RELEASED = "released", _("Libéré")
