from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from beffroi.people.enums import (
    SOCIAL_NUMBERS,
    CivilStatusKind,
    ContactKind,
    Gender,
    IdentifierKind,
    LanguageLevel,
    NameKind,
    Precision,
    Source,
)
from beffroi.people.models.common import ends_after_it_begins, known


class Person(models.Model):
    """Somebody the house knows; her reference never changes and names her in the journal."""

    reference = models.CharField(_("référence"), max_length=12, unique=True)
    last_name = models.CharField(_("nom"), max_length=120)
    first_name = models.CharField(_("prénoms"), max_length=120, blank=True)
    called_name = models.CharField(_("prénom d’usage"), max_length=60, blank=True)
    gender = models.CharField(_("genre déclaré"), max_length=1, choices=Gender.choices, blank=True)
    birth_date = models.DateField(_("date de naissance"), null=True, blank=True, db_index=True)
    birth_precision = models.CharField(
        _("ce que l’on sait de la naissance"),
        max_length=8,
        choices=Precision.choices,
        default=Precision.UNKNOWN,
    )
    birth_place = models.CharField(_("lieu de naissance"), max_length=120, blank=True)
    nationality = models.CharField(
        _("nationalité"),
        max_length=2,
        blank=True,
        help_text=_("Code ISO du pays ; XA : apatride ; XX : indéterminée."),
    )
    lang = models.CharField(_("langue"), max_length=2, default="fr")
    is_deceased = models.BooleanField(_("décédée"), default=False)
    death_date = models.DateField(_("date du décès"), null=True, blank=True)
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="absorbed"
    )
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(_("connue depuis"))
    changed_at = models.DateTimeField(_("changée le"))
    anonymised_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("personne")
        verbose_name_plural = _("personnes")
        ordering = ["last_name", "first_name", "pk"]
        indexes = [models.Index(fields=["changed_at"], name="person_changed_at")]
        constraints = [
            known("birth_precision", Precision.values, "person_birth_precision_known"),
            known("gender", ["", *Gender.values], "person_gender_known"),
            models.CheckConstraint(
                condition=Q(birth_date__isnull=True, birth_precision=Precision.UNKNOWN)
                | Q(birth_date__isnull=False) & ~Q(birth_precision=Precision.UNKNOWN),
                name="person_birth_date_with_its_precision",
            ),
            models.CheckConstraint(
                condition=Q(death_date__isnull=True) | Q(is_deceased=True),
                name="person_death_date_when_deceased",
            ),
            models.CheckConstraint(
                condition=Q(death_date__isnull=True)
                | Q(birth_date__isnull=True)
                | Q(death_date__gte=F("birth_date")),
                name="person_dies_after_birth",
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("id")),
                name="person_not_merged_into_herself",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.last_name} {self.first_name}".strip()


class PersonName(models.Model):
    """Another name of a person: of birth, of marriage, former, or spelled otherwise."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="names")
    kind = models.CharField(_("nature"), max_length=8, choices=NameKind.choices)
    last_name = models.CharField(_("nom"), max_length=120)
    first_name = models.CharField(_("prénoms"), max_length=120, blank=True)
    since_date = models.DateField(_("depuis le"), null=True, blank=True)
    until_date = models.DateField(_("jusqu’au"), null=True, blank=True)
    entered_at = models.DateTimeField()

    class Meta:
        verbose_name = _("autre nom")
        verbose_name_plural = _("autres noms")
        ordering = ["pk"]
        constraints = [
            known("kind", NameKind.values, "person_name_kind_known"),
            ends_after_it_begins("person_name"),
            models.UniqueConstraint(
                fields=["person", "kind", "last_name", "first_name"], name="person_name_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.last_name} {self.first_name}".strip()


class CivilStatus(models.Model):
    """A civil status from a day to a day; one at a time."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="civil_statuses")
    status = models.CharField(_("état civil"), max_length=20, choices=CivilStatusKind.choices)
    since_date = models.DateField(_("depuis le"), null=True, blank=True)
    until_date = models.DateField(_("jusqu’au"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=10, choices=Source.choices)

    class Meta:
        verbose_name = _("état civil")
        verbose_name_plural = _("états civils")
        ordering = ["since_date", "pk"]
        constraints = [
            known("status", CivilStatusKind.values, "civil_status_known"),
            ends_after_it_begins("civil_status"),
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(until_date__isnull=True),
                name="civil_status_one_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_status_display())


class Contact(models.Model):
    """A telephone number or a mail address, and how to use it without harm."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="contacts")
    kind = models.CharField(_("nature"), max_length=6, choices=ContactKind.choices)
    value = models.CharField(_("numéro ou adresse"), max_length=160)
    compact = models.CharField(max_length=160, db_index=True)
    note = models.CharField(
        _("comment s’en servir"),
        max_length=160,
        blank=True,
        help_text=_("Par exemple : ne pas laisser de message."),
    )

    class Meta:
        verbose_name = _("moyen de joindre la personne")
        verbose_name_plural = _("moyens de joindre la personne")
        ordering = ["pk"]
        constraints = [
            known("kind", ContactKind.values, "contact_kind_known"),
            models.UniqueConstraint(fields=["person", "compact"], name="contact_once"),
        ]

    def __str__(self) -> str:
        return self.value


class Identifier(models.Model):
    """A number that names a person somewhere, from a day to a day; it proves nothing else."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="identifiers")
    kind = models.CharField(_("nature"), max_length=10, choices=IdentifierKind.choices)
    value = models.CharField(_("numéro"), max_length=40, db_index=True)
    since_date = models.DateField(_("depuis le"), null=True, blank=True)
    until_date = models.DateField(_("jusqu’au"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=10, choices=Source.choices)

    class Meta:
        verbose_name = _("numéro")
        verbose_name_plural = _("numéros")
        ordering = ["pk"]
        constraints = [
            known("kind", IdentifierKind.values, "identifier_kind_known"),
            ends_after_it_begins("identifier"),
            models.UniqueConstraint(
                fields=["person", "kind", "value"],
                condition=Q(until_date__isnull=True),
                name="identifier_open_once",
            ),
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(until_date__isnull=True, kind__in=[str(k) for k in SOCIAL_NUMBERS]),
                name="identifier_one_social_number",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.value}"


class LanguageSpoken(models.Model):
    """A language a person speaks, and whether one needs an interpreter to speak with her in it."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="languages")
    code = models.CharField(_("langue"), max_length=3)
    level = models.CharField(_("niveau"), max_length=6, choices=LanguageLevel.choices)
    needs_interpreter = models.BooleanField(_("avec un interprète"), default=False)

    class Meta:
        verbose_name = _("langue parlée")
        verbose_name_plural = _("langues parlées")
        ordering = ["pk"]
        constraints = [
            known("level", LanguageLevel.values, "language_level_known"),
            models.UniqueConstraint(fields=["person", "code"], name="language_once"),
        ]

    def __str__(self) -> str:
        return self.code
