"""The choices of this room; each word is the one an agent reads."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Gender(models.TextChoices):
    """What the person declares; empty when she declares nothing. No number tells it."""

    FEMALE = "f", _("Femme")
    MALE = "m", _("Homme")
    OTHER = "x", _("Autre")


class Precision(models.TextChoices):
    """How much of a birth date is known; what is not known stands as the first."""

    DAY = "day", _("jour exact")
    MONTH = "month", _("mois et année")
    YEAR = "year", _("année seulement")
    UNKNOWN = "unknown", _("inconnue")


class Source(models.TextChoices):
    """Where a fact about a person comes from."""

    DECLARED = "declared", _("déclaré par la personne")
    EID = "eid", _("lu sur la carte d’identité")
    REGISTER = "register", _("registre national ou BCSS")
    DOCUMENT = "document", _("vu sur un document")
    THIRD = "third", _("dit par un tiers")


class NameKind(models.TextChoices):
    BIRTH = "birth", _("nom de naissance")
    MARRIED = "married", _("nom de mariage")
    FORMER = "former", _("ancien nom")
    VARIANT = "variant", _("autre orthographe")


class CivilStatusKind(models.TextChoices):
    SINGLE = "single", _("célibataire")
    MARRIED = "married", _("marié·e")
    LEGAL_COHABITANT = "legal_cohabitant", _("cohabitant·e légal·e")
    SEPARATED = "separated", _("séparé·e de fait")
    DIVORCED = "divorced", _("divorcé·e")
    WIDOWED = "widowed", _("veuf ou veuve")


class ContactKind(models.TextChoices):
    MOBILE = "mobile", _("GSM")
    PHONE = "phone", _("téléphone fixe")
    EMAIL = "email", _("courriel")


class IdentifierKind(models.TextChoices):
    NISS = "niss", _("numéro national (NISS)")
    BIS = "bis", _("numéro BIS")
    FOREIGNER = "foreigner", _("numéro de sûreté publique")
    DOCUMENT = "document", _("numéro d’un document d’identité")
    FILE = "file", _("numéro de dossier")
    OTHER = "other", _("autre numéro")


#: Numbers of social security: a person holds one at a time.
SOCIAL_NUMBERS = (IdentifierKind.NISS, IdentifierKind.BIS)


class AddressKind(models.TextChoices):
    MAIN = "main", _("domicile")
    FACTUAL = "factual", _("là où elle vit vraiment")
    REFERENCE = "reference", _("adresse de référence")
    CORRESPONDENCE = "correspondence", _("adresse pour le courrier")


class MemberRole(models.TextChoices):
    REFERENCE = "reference", _("personne de référence")
    PARTNER = "partner", _("partenaire")
    CHILD = "child", _("enfant")
    SHARED_CHILD = "shared_child", _("enfant en hébergement alterné")
    PARENT = "parent", _("parent")
    OTHER_RELATIVE = "other_relative", _("autre membre de la famille")
    UNRELATED = "unrelated", _("sans lien de famille")


class TieKind(models.TextChoices):
    """A tie as it is kept: read from the first person to the second (« A est parent de B »)."""

    SPOUSE = "spouse", _("époux ou épouse")
    LEGAL_COHABITANT = "legal_cohabitant", _("cohabitant·e légal·e")
    PARTNER = "partner", _("partenaire")
    FORMER_PARTNER = "former_partner", _("ancien·ne partenaire")
    PARENT = "parent", _("parent")
    STEP_PARENT = "step_parent", _("beau-parent (parent du couple)")
    FOSTER_PARENT = "foster_parent", _("parent d’accueil")
    GUARDIAN = "guardian", _("tuteur ou tutrice")
    GRANDPARENT = "grandparent", _("grand-parent")
    SIBLING = "sibling", _("frère ou sœur")
    PARENT_IN_LAW = "parent_in_law", _("beau-parent (parent du conjoint)")
    SIBLING_IN_LAW = "sibling_in_law", _("beau-frère ou belle-sœur")
    UNCLE_AUNT = "uncle_aunt", _("oncle ou tante")
    COUSIN = "cousin", _("cousin·e")
    FRIEND = "friend", _("proche sans parenté")


#: The same tie read from the second person to the first, where the word changes.
INVERSE_WORDS = {
    TieKind.PARENT: ("child", _("enfant")),
    TieKind.STEP_PARENT: ("step_child", _("bel-enfant (enfant du couple)")),
    TieKind.FOSTER_PARENT: ("foster_child", _("enfant accueilli")),
    TieKind.GUARDIAN: ("ward", _("pupille")),
    TieKind.GRANDPARENT: ("grandchild", _("petit-enfant")),
    TieKind.PARENT_IN_LAW: ("child_in_law", _("gendre ou belle-fille")),
    TieKind.UNCLE_AUNT: ("nephew_niece", _("neveu ou nièce")),
}
#: Each word with which a tie may be said: kind kept, and whether the two persons are turned.
TIE_WORDS = {kind.value: (kind, False) for kind in TieKind} | {
    word: (kind, True) for kind, (word, _label) in INVERSE_WORDS.items()
}
#: Ties of a couple: one at a time.
COUPLE = (TieKind.SPOUSE, TieKind.LEGAL_COHABITANT, TieKind.PARTNER)


class LanguageLevel(models.TextChoices):
    MOTHER = "mother", _("langue maternelle")
    FLUENT = "fluent", _("couramment")
    SOME = "some", _("un peu")


class ConsentPurpose(models.TextChoices):
    CONTACT_THIRD = "contact_third", _("parler d’elle avec un tiers nommé")
    MEDICAL = "medical", _("échanger avec un soignant")
    CREDITORS = "creditors", _("écrire à ses créanciers")
    EMAIL = "email", _("recevoir ses courriers par courriel")
    SMS = "sms", _("recevoir des rappels par SMS")
    PHOTO = "photo", _("utiliser une photo d’elle")
    OTHER = "other", _("autre")


class Proof(models.TextChoices):
    SIGNED = "signed", _("document signé")
    ORAL = "oral", _("de vive voix, noté par l’agent")
    WRITTEN = "written", _("courriel, lettre ou message")


class RepresentativeKind(models.TextChoices):
    ADMINISTRATOR = "administrator", _("administrateur ou administratrice")
    LAWYER = "lawyer", _("avocat ou avocate")
    PARENT = "parent", _("parent")
    GUARDIAN = "guardian", _("tuteur ou tutrice")
    MEDIATOR = "mediator", _("médiateur de dettes")
    TRUSTED = "trusted", _("personne de confiance")
    MANDATE = "mandate", _("mandataire désigné par écrit")


class RepresentativeScope(models.TextChoices):
    GOODS = "goods", _("ses biens")
    PERSON = "person", _("sa personne")
    BOTH = "both", _("ses biens et sa personne")
    PROCEDURE = "procedure", _("une démarche précise")


class StaffLink(models.TextChoices):
    SELF = "self", _("c’est elle ou lui")
    CLOSE = "close", _("c’est un proche")
