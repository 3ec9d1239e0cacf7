from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from beffroi.acts.payments.enums import AccountState, HouseAccountKind


class HouseAccount(models.Model):
    """An account of the CPAS; those of other people’s money are known so as to be refused."""

    iban = models.CharField(_("IBAN"), max_length=34, unique=True)
    bic = models.CharField(_("BIC"), max_length=11, blank=True)
    holder = models.CharField(_("titulaire"), max_length=70)
    enterprise_number = models.CharField(_("numéro d’entreprise"), max_length=10)
    kind = models.CharField(max_length=12, choices=HouseAccountKind.choices)
    label = models.CharField(_("nom du compte"), max_length=80)
    is_default = models.BooleanField(_("compte des paiements"), default=False)

    class Meta:
        verbose_name = _("compte de la maison")
        verbose_name_plural = _("comptes de la maison")
        ordering = ["-is_default", "label"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=HouseAccountKind.values), name="house_account_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(is_default=False) | Q(kind=HouseAccountKind.OWN),
                name="house_account_pays_from_its_own",
            ),
            models.UniqueConstraint(
                fields=["is_default"],
                condition=Q(is_default=True),
                name="house_account_one_default",
            ),
        ]

    def __str__(self) -> str:
        return self.label


class ThirdParty(models.Model):
    """Somebody other than the person who is paid for her: a landlord, a supplier, a home."""

    reference = models.CharField(_("référence"), max_length=16, unique=True)
    name = models.CharField(_("nom"), max_length=120)
    enterprise_number = models.CharField(_("numéro d’entreprise"), max_length=10, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = _("tiers payé")
        verbose_name_plural = _("tiers payés")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["enterprise_number"],
                condition=~Q(enterprise_number=""),
                name="third_party_number_once",
            )
        ]

    def __str__(self) -> str:
        return self.name


class PayeeAccount(models.Model):
    """A bank account on which a person or a third party is paid, from a day."""

    person = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    third_party = models.ForeignKey(
        ThirdParty, on_delete=models.PROTECT, null=True, blank=True, related_name="accounts"
    )
    iban = models.CharField(_("IBAN"), max_length=34)
    bic = models.CharField(_("BIC"), max_length=11, blank=True)
    holder = models.CharField(_("titulaire"), max_length=70)
    since_date = models.DateField(_("depuis le"))
    until_date = models.DateField(_("jusqu’au"), null=True, blank=True)
    state = models.CharField(max_length=10, choices=AccountState.choices)
    added_at = models.DateTimeField()
    added_by_ref = models.CharField(max_length=80)
    added_by_label = models.CharField(max_length=160)
    looked_at = models.DateTimeField(_("revu le"), null=True, blank=True)
    looked_by_ref = models.CharField(max_length=80, blank=True)
    looked_by_label = models.CharField(max_length=160, blank=True)
    why = models.CharField(_("motif"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("compte bancaire")
        verbose_name_plural = _("comptes bancaires")
        ordering = ["-since_date", "-pk"]
        indexes = [models.Index(fields=["iban"], name="payee_account_iban")]
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False, third_party__isnull=True)
                | Q(person__isnull=True, third_party__isnull=False),
                name="payee_account_of_one",
            ),
            models.CheckConstraint(
                condition=Q(state__in=AccountState.values), name="payee_account_state_known"
            ),
            models.CheckConstraint(
                condition=Q(until_date__isnull=True)
                | Q(until_date__gte=models.F("since_date"))
                | Q(state=AccountState.REPLACED),
                name="payee_account_ends_after",
            ),
            models.CheckConstraint(
                condition=Q(looked_by_ref="") | ~Q(looked_by_ref=models.F("added_by_ref")),
                name="payee_account_second_look_by_another",
            ),
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(state=AccountState.CONFIRMED, person__isnull=False),
                name="payee_account_one_of_person",
            ),
            models.UniqueConstraint(
                fields=["third_party"],
                condition=Q(state=AccountState.CONFIRMED, third_party__isnull=False),
                name="payee_account_one_of_third_party",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.iban[:4]} … {self.iban[-4:]}"
