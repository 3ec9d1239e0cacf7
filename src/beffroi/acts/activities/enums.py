from django.db import models
from django.utils.translation import gettext_lazy as _


class CountMode(models.TextChoices):
    NAMED = "named", _("On pointe les personnes")
    ANONYMOUS = "anonymous", _("On compte sans noms")
    MIXED = "mixed", _("Les deux")


class Enrolment(models.TextChoices):
    NONE = "none", _("On vient sans s’inscrire")
    SERIES = "series", _("On s’inscrit une fois pour toutes")
    SESSION = "session", _("On s’inscrit à chaque séance")


class PlaceState(models.TextChoices):
    """Where somebody stands who asked for a place."""

    CONFIRMED = "confirmed", _("A une place")
    OFFERED = "offered", _("Une place lui est proposée")
    WAITING = "waiting", _("Sur la liste d’attente")
    LAPSED = "lapsed", _("N’a pas répondu à temps")
    CANCELLED = "cancelled", _("S’est retirée")


class SessionState(models.TextChoices):
    PLANNED = "planned", _("Prévue")
    HELD = "held", _("Clôturée")
    CANCELLED = "cancelled", _("Annulée")


class TapKind(models.TextChoices):
    PRESENT = "present", _("Présente")
    ABSENT = "absent", _("Pas là")
    EXCUSED = "excused", _("Excusée")
    ANONYMOUS = "anonymous", _("Sans nom")


class Presence(models.TextChoices):
    PRESENT = "present", _("Présente")
    ABSENT = "absent", _("Pas là")
    EXCUSED = "excused", _("Excusée")


class AgeBand(models.TextChoices):
    """Ages of those who are counted without a name; nobody is asked."""

    UNSAID = "unsaid", _("Âge non compté")
    CHILD = "child", _("Moins de 12 ans")
    YOUNG = "young", _("12 à 25 ans")
    ADULT = "adult", _("26 à 64 ans")
    SENIOR = "senior", _("65 ans et plus")


class Gender(models.TextChoices):
    UNSAID = "", _("Non communiqué")
    WOMAN = "f", _("Femme")
    MAN = "m", _("Homme")
    OTHER = "x", _("Autre")


class Weekday(models.IntegerChoices):
    MONDAY = 0, _("lundi")
    TUESDAY = 1, _("mardi")
    WEDNESDAY = 2, _("mercredi")
    THURSDAY = 3, _("jeudi")
    FRIDAY = 4, _("vendredi")
    SATURDAY = 5, _("samedi")
    SUNDAY = 6, _("dimanche")


class Collects(models.TextChoices):
    UNSAID = "", _("On ne sait pas")
    MAY = "may", _("Peut venir la chercher")
    MUST_NOT = "must_not", _("Ne peut pas venir la chercher")


class ConsentKind(models.TextChoices):
    TAKE = "take", _("Être photographiée")
    PUBLISH = "publish", _("Que l’image soit montrée")
    OUTING = "outing", _("Sortir avec le groupe")
    LEAVE_ALONE = "leave_alone", _("Repartir seule")


class Channel(models.TextChoices):
    HOUSE = "house", _("Aux murs de la maison")
    PRINT = "print", _("Sur papier : rapport, folder, bulletin")
    WEB = "web", _("Sur les pages publiques")


class PictureState(models.TextChoices):
    DRAFT = "draft", _("Gardée, montrée nulle part")
    PUBLISHED = "published", _("Publiée")
    WITHDRAWN = "withdrawn", _("Retirée")


class PriceBasis(models.TextChoices):
    SESSION = "session", _("À chaque séance")
    SERIES = "series", _("Une fois pour toutes")


class ReductionKind(models.TextChoices):
    """Why somebody pays less; the reason is never more precise than that."""

    SIBLING = "sibling", _("Fratrie")
    CPAS = "cpas", _("Gratuit, sur l’avis du CPAS")
    HOUSE = "house", _("Décision de la maison")


class FeeState(models.TextChoices):
    OWED = "owed", _("À payer")
    PAID = "paid", _("Payé")
    FREE = "free", _("Gratuit")
    WAIVED = "waived", _("Remis")
    REFUNDED = "refunded", _("Remboursé")


class PayMethod(models.TextChoices):
    CASH = "cash", _("Espèces")
    CARD = "card", _("Carte")


class Severity(models.TextChoices):
    LIGHT = "light", _("Léger : réglé sur place")
    SERIOUS = "serious", _("Sérieux : soins ou suite nécessaires")
    GRAVE = "grave", _("Grave : secours, police ou danger")


class Told(models.TextChoices):
    LEADER = "leader", _("Responsable")
    EMERGENCY = "emergency", _("Secours (112)")
    POLICE = "police", _("Police")
    DOCTOR = "doctor", _("Médecin")
    INSURER = "insurer", _("Assurance")
    SCHOOL = "school", _("École")


class ParentsTold(models.TextChoices):
    NO_CHILD = "no_child", _("Aucun enfant n’est concerné")
    NOT_YET = "not_yet", _("Pas encore prévenus")
    TOLD = "told", _("Prévenus")
    DANGER = "danger", _("Pas prévenus : ce serait dangereux pour l’enfant")
