from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from beffroi.people.enums import AddressKind, Source
from beffroi.people.models.common import ends_after_it_begins, known
from beffroi.people.models.persons import Person


class Address(models.Model):
    """Where a person lives, is reached or is registered, from a day to a day; it may be sealed."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="addresses")
    kind = models.CharField(_("nature"), max_length=14, choices=AddressKind.choices)
    street = models.CharField(_("rue et numéro"), max_length=160, blank=True)
    box = models.CharField(_("boîte"), max_length=20, blank=True)
    care_of = models.CharField(_("chez"), max_length=120, blank=True)
    postal_code = models.CharField(_("code postal"), max_length=12, blank=True)
    locality = models.CharField(_("localité"), max_length=120)
    country = models.CharField(_("pays"), max_length=2, default="BE")
    since_date = models.DateField(_("depuis le"), null=True, blank=True)
    until_date = models.DateField(_("jusqu’au"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=10, choices=Source.choices)
    is_sealed = models.BooleanField(_("protégée"), default=False)
    sealed_at = models.DateTimeField(_("protégée depuis"), null=True, blank=True)
    seal_reason = models.CharField(_("motif de la protection"), max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("adresse")
        verbose_name_plural = _("adresses")
        ordering = ["pk"]
        constraints = [
            known("kind", AddressKind.values, "address_kind_known"),
            ends_after_it_begins("address"),
            models.CheckConstraint(
                condition=Q(is_sealed=False, sealed_at__isnull=True, seal_reason="")
                | Q(is_sealed=True, sealed_at__isnull=False) & ~Q(seal_reason=""),
                name="address_sealed_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        """An address says nothing of itself: it may be sealed."""
        return f"{self.kind} {self.pk}"


class AddressKeeper(models.Model):
    """An agent who may read a sealed address, named by somebody who already could.

    Whoever sealed it reads it as long as it is sealed; whoever was named later, until a day, for
    a reason.
    """

    address = models.ForeignKey(Address, on_delete=models.CASCADE, related_name="keepers")
    agent = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="kept_addresses"
    )
    named_at = models.DateTimeField()
    named_by = models.CharField(max_length=160)
    reason = models.CharField(_("pourquoi"), max_length=300, blank=True)
    until_date = models.DateField(_("jusqu’au"), null=True, blank=True)

    class Meta:
        verbose_name = _("agent qui lit une adresse protégée")
        verbose_name_plural = _("agents qui lisent une adresse protégée")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["address", "agent"], name="address_keeper_once"),
            models.CheckConstraint(
                condition=Q(until_date__isnull=True) | ~Q(reason=""),
                name="address_keeper_until_a_day_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.address_id} {self.agent_id}"
