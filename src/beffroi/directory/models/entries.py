"""Organisations, services, places and their classification."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from beffroi.directory.enums import AudienceLevel, ServiceStatus, TextBasis

LANGUAGES = [("fr", "Français"), ("nl", "Nederlands"), ("de", "Deutsch"), ("en", "English")]


class Organisation(models.Model):
    """Who runs services: the CPAS, the Ville, an association."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.SlugField(_("clé"), max_length=120, unique=True)
    name = models.CharField(_("nom"), max_length=200)
    description = models.TextField(_("description"), blank=True)
    url = models.URLField(_("site"), blank=True)
    commune_nis = models.CharField(_("commune"), max_length=5, blank=True)

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Place(models.Model):
    """Where something happens; its address and phones are facts, since documents disagree."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.SlugField(_("clé"), max_length=120, unique=True)
    name = models.CharField(_("nom"), max_length=200)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="places", null=True, blank=True
    )
    is_house = models.BooleanField(_("maison de quartier"), default=False)
    locality = models.CharField(_("localité"), max_length=80, blank=True)
    postal_code = models.CharField(_("code postal"), max_length=10, blank=True)

    class Meta:
        verbose_name = _("lieu")
        verbose_name_plural = _("lieux")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Service(models.Model):
    """What is offered; running, planned, suspended or ended, never shown as other than it is."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.SlugField(_("clé"), max_length=120, unique=True)
    name = models.CharField(_("nom"), max_length=255)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="services"
    )
    status = models.CharField(_("état"), max_length=10, choices=ServiceStatus.choices)
    category = models.CharField(_("rubrique"), max_length=120, blank=True)
    team_key = models.SlugField(_("équipe qui répond"), max_length=40, blank=True)
    is_listed = models.BooleanField(_("publié"), default=True)
    is_local = models.BooleanField(
        _("de cette commune"),
        default=True,
        help_text=_("Faux quand le document qui en parle n’est pas de cette commune."),
    )
    note = models.TextField(_("note pour la rédaction"), blank=True)
    review_every_months = models.PositiveSmallIntegerField(_("à revoir tous les"), default=6)
    reviewed_on = models.DateField(_("revu le"), null=True, blank=True)
    modified_at = models.DateTimeField(_("modifié le"))
    places = models.ManyToManyField(Place, through="ServicePlace", related_name="services")

    class Meta:
        verbose_name = _("service")
        verbose_name_plural = _("services")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=ServiceStatus.values), name="service_status_known"
            ),
            models.CheckConstraint(
                condition=Q(review_every_months__gte=1, review_every_months__lte=24),
                name="service_review_period",
            ),
        ]
        indexes = [models.Index(fields=["is_listed", "name"], name="service_listed_name")]

    def __str__(self) -> str:
        return self.name


class ServicePlace(models.Model):
    """A service offered at a place."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="service_places")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="service_places")

    class Meta:
        verbose_name = _("service en un lieu")
        verbose_name_plural = _("services en un lieu")
        constraints = [
            models.UniqueConstraint(fields=["service", "place"], name="service_at_place_once")
        ]

    def __str__(self) -> str:
        return f"{self.service_id} @ {self.place_id}"


class ServiceText(models.Model):
    """What the service is, said to the person in one language."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="texts")
    lang = models.CharField(_("langue"), max_length=2, choices=LANGUAGES)
    name = models.CharField(_("nom"), max_length=255)
    summary = models.CharField(_("en une phrase"), max_length=400, blank=True)
    for_whom = models.TextField(_("pour qui"), blank=True)
    what_happens = models.TextField(_("ce qui se passe"), blank=True)
    bring = models.TextField(_("à apporter"), blank=True)
    easy = models.JSONField(_("facile à lire"), default=list, blank=True)
    basis = models.CharField(_("fondement"), max_length=10, choices=TextBasis.choices)

    class Meta:
        verbose_name = _("texte de service")
        verbose_name_plural = _("textes de service")
        constraints = [
            models.UniqueConstraint(fields=["service", "lang"], name="service_text_once"),
            models.CheckConstraint(
                condition=Q(lang__in=["fr", "nl", "de", "en"]), name="service_text_lang"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.service_id} {self.lang}"


class Taxonomy(models.Model):
    """A way to class services: by need, by audience, by axis, or one that was imported."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.SlugField(_("clé"), max_length=80, unique=True)
    name = models.CharField(_("nom"), max_length=200)
    description = models.TextField(_("description"), blank=True)

    class Meta:
        verbose_name = _("taxonomie")
        verbose_name_plural = _("taxonomies")
        ordering = ["key"]

    def __str__(self) -> str:
        return self.name


class Term(models.Model):
    """A class of a taxonomy, with its label in each language."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    taxonomy = models.ForeignKey(Taxonomy, on_delete=models.CASCADE, related_name="terms")
    key = models.CharField(_("clé"), max_length=120)
    labels = models.JSONField(_("libellés"), default=dict)
    hints = models.JSONField(_("aides"), default=dict, blank=True)
    position = models.PositiveSmallIntegerField(_("rang"), default=0)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )

    class Meta:
        verbose_name = _("terme")
        verbose_name_plural = _("termes")
        ordering = ["taxonomy", "position", "key"]
        constraints = [
            models.UniqueConstraint(fields=["taxonomy", "key"], name="term_once_in_taxonomy")
        ]

    def __str__(self) -> str:
        return str(self.labels.get("fr") or self.key)


class ServiceTerm(models.Model):
    """A service classed under a term; for an audience, how open it is to them."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="service_terms")
    term = models.ForeignKey(Term, on_delete=models.CASCADE, related_name="service_terms")
    level = models.CharField(
        _("ouverture"), max_length=10, choices=AudienceLevel.choices, default=AudienceLevel.OPEN
    )
    position = models.PositiveSmallIntegerField(_("rang"), default=0)

    class Meta:
        verbose_name = _("classement")
        verbose_name_plural = _("classements")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["service", "term"], name="service_under_term_once"),
            models.CheckConstraint(
                condition=Q(level__in=AudienceLevel.values), name="service_term_level_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.service_id} {self.term_id}"
