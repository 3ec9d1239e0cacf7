"""Facts with their provenance, and the contradictions between them."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from beffroi.directory.enums import ContradictionState, FactKind, FactState
from beffroi.directory.models.entries import Organisation, Place, Service


class Source(models.Model):
    """A document or a person of a service that states facts."""

    key = models.CharField(_("clé"), max_length=80, unique=True)
    title = models.CharField(_("titre"), max_length=255)
    publisher = models.CharField(_("éditeur"), max_length=200, blank=True)
    url = models.URLField(_("adresse"), blank=True)
    seen_on = models.DateField(_("vu le"), null=True, blank=True)
    dated = models.CharField(_("date du document"), max_length=120, blank=True)
    licence = models.CharField(_("licence"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ["key"]

    def __str__(self) -> str:
        return self.title


class Contradiction(models.Model):
    """Two documents that do not say the same; open until an editor settles it, in words."""

    code = models.CharField(_("code"), max_length=10, unique=True)
    topic = models.CharField(_("sujet"), max_length=255)
    note = models.TextField(_("note"), blank=True)
    public_notes = models.JSONField(_("ce que le public lit"), default=dict, blank=True)
    state = models.CharField(
        _("état"),
        max_length=10,
        choices=ContradictionState.choices,
        default=ContradictionState.OPEN,
    )
    decision = models.TextField(_("décision"), blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.CharField(max_length=160, blank=True)
    services = models.ManyToManyField(Service, related_name="contradictions", blank=True)

    class Meta:
        verbose_name = _("contradiction")
        verbose_name_plural = _("contradictions")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=ContradictionState.OPEN, settled_at__isnull=True)
                | Q(state=ContradictionState.SETTLED, settled_at__isnull=False) & ~Q(decision=""),
                name="contradiction_settled_with_words",
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.topic}"


class Statement(models.Model):
    """What one document says in a contradiction."""

    contradiction = models.ForeignKey(
        Contradiction, on_delete=models.CASCADE, related_name="statements"
    )
    label = models.CharField(max_length=2)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, null=True, related_name="+")
    says = models.TextField(_("dit"))

    class Meta:
        verbose_name = _("version d’un document")
        verbose_name_plural = _("versions des documents")
        ordering = ["label"]
        constraints = [
            models.UniqueConstraint(fields=["contradiction", "label"], name="statement_label_once")
        ]

    def __str__(self) -> str:
        return f"{self.label}: {self.says[:60]}"


class Fact(models.Model):
    """One fact about one organisation, service or place, and all we know of its truth.

    `value` holds the typed parts (see `directory.values`); `text` is what a person reads.
    """

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, null=True, blank=True, related_name="facts"
    )
    service = models.ForeignKey(
        Service, on_delete=models.CASCADE, null=True, blank=True, related_name="facts"
    )
    place = models.ForeignKey(
        Place, on_delete=models.CASCADE, null=True, blank=True, related_name="facts"
    )
    kind = models.CharField(_("nature"), max_length=20, choices=FactKind.choices)
    lang = models.CharField(_("langue"), max_length=2, blank=True)
    text = models.TextField(_("ce que l’on lit"))
    value = models.JSONField(_("valeur"), default=dict)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="facts")
    as_of_date = models.DateField(_("vrai le"), null=True, blank=True)
    as_of_note = models.CharField(_("date dite par le document"), max_length=160, blank=True)
    valid_from_date = models.DateField(_("valable dès le"), null=True, blank=True)
    valid_until_date = models.DateField(_("valable jusqu’au"), null=True, blank=True)
    review_date = models.DateField(_("à revoir le"), null=True, blank=True)
    state = models.CharField(
        _("état"), max_length=10, choices=FactState.choices, default=FactState.STATED
    )
    contradiction = models.ForeignKey(
        Contradiction, on_delete=models.PROTECT, null=True, blank=True, related_name="facts"
    )
    confirmed_by = models.CharField(_("confirmé par"), max_length=160, blank=True)
    confirmed_at = models.DateTimeField(_("confirmé le"), null=True, blank=True)

    class Meta:
        verbose_name = _("fait")
        verbose_name_plural = _("faits")
        ordering = ["kind", "pk"]
        indexes = [
            models.Index(fields=["service", "kind"], name="fact_service_kind"),
            models.Index(fields=["place", "kind"], name="fact_place_kind"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(organisation__isnull=False, service__isnull=True, place__isnull=True)
                | Q(organisation__isnull=True, service__isnull=False, place__isnull=True)
                | Q(organisation__isnull=True, service__isnull=True, place__isnull=False),
                name="fact_about_one_thing",
            ),
            models.CheckConstraint(condition=Q(kind__in=FactKind.values), name="fact_kind_known"),
            models.CheckConstraint(
                condition=Q(state__in=FactState.values), name="fact_state_known"
            ),
            models.CheckConstraint(
                condition=Q(valid_from_date__isnull=True)
                | Q(valid_until_date__isnull=True)
                | Q(valid_until_date__gte=F("valid_from_date")),
                name="fact_valid_in_order",
            ),
            models.CheckConstraint(
                condition=~Q(state=FactState.CONFIRMED)
                | Q(confirmed_at__isnull=False) & ~Q(confirmed_by=""),
                name="fact_confirmed_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.text[:60]}"
