"""Tickets by batch, to whom they were handed, and what became of them."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from beffroi.acts.supplies.enums import StubKind
from beffroi.acts.supplies.models.sites import Site


class TicketBatch(models.Model):
    """Tickets bought at once: what one is worth, who pays which part, until when it is valid."""

    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="batches")
    name = models.CharField(_("lot"), max_length=80)
    received_date = models.DateField(_("reçu le"))
    quantity = models.PositiveIntegerField(_("tickets"))
    nominal = models.DecimalField(_("valeur d’un ticket"), max_digits=6, decimal_places=2)
    user_price = models.DecimalField(_("prix pour la personne"), max_digits=6, decimal_places=2)
    own_share = models.DecimalField(_("part du CPAS"), max_digits=6, decimal_places=2)
    funding = models.CharField(_("source de financement"), max_length=80)
    valid_until = models.DateField(_("valable jusqu’au"))
    left = models.PositiveIntegerField(_("reste"))

    class Meta:
        verbose_name = _("lot de tickets")
        verbose_name_plural = _("lots de tickets")
        ordering = ["valid_until", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(left__gte=0, left__lte=F("quantity")), name="supply_batch_never_negative"
            ),
            models.CheckConstraint(
                condition=Q(
                    user_price__gte=0, own_share__gte=0,
                    nominal__gte=F("user_price") + F("own_share"),
                ),
                name="supply_batch_shares_fit",
            ),
            models.CheckConstraint(
                condition=Q(valid_until__gte=F("received_date")), name="supply_batch_is_valid"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name


class Handout(models.Model):
    """Tickets handed to one participant: known, or a number or a first name only."""

    batch = models.ForeignKey(TicketBatch, on_delete=models.PROTECT, related_name="handouts")
    mark = models.UUIDField(unique=True)
    date = models.DateField()
    at = models.DateTimeField()
    who = models.CharField(_("nom ou numéro"), max_length=80, blank=True)
    person = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    quantity = models.PositiveSmallIntegerField(_("tickets"))
    #: What came back of them, in any way.
    settled = models.PositiveSmallIntegerField(default=0)
    anonymised_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("remise de tickets")
        verbose_name_plural = _("remises de tickets")
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(quantity__gte=1, settled__gte=0, settled__lte=F("quantity")),
                name="supply_handout_settled_at_most_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.quantity} × {self.batch_id}"


class Stub(models.Model):
    """What became of tickets of a handout, on a day."""

    handout = models.ForeignKey(Handout, on_delete=models.PROTECT, related_name="stubs")
    kind = models.CharField(max_length=8, choices=StubKind.choices)
    quantity = models.PositiveSmallIntegerField()
    event = models.CharField(_("spectacle ou lieu"), max_length=120, blank=True)
    date = models.DateField()
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("souche")
        verbose_name_plural = _("souches")
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=StubKind.values, quantity__gte=1), name="supply_stub_known"
            )
        ]

    def __str__(self) -> str:
        return f"{self.quantity} {self.kind}"
