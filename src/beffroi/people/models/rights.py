from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from beffroi.people.enums import (
    ConsentPurpose,
    Proof,
    RepresentativeKind,
    RepresentativeScope,
    StaffLink,
)
from beffroi.people.models.common import ends_after_it_begins, known
from beffroi.people.models.persons import Person


class Consent(models.Model):
    """What a person agreed to, when and by which proof; and when she took it back."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="consents")
    purpose = models.CharField(_("à quoi"), max_length=14, choices=ConsentPurpose.choices)
    detail = models.CharField(_("précisément"), max_length=200, blank=True)
    given_date = models.DateField(_("donné le"))
    proof = models.CharField(_("preuve"), max_length=8, choices=Proof.choices)
    withdrawn_date = models.DateField(_("retiré le"), null=True, blank=True)
    withdrawal_proof = models.CharField(
        _("preuve du retrait"), max_length=8, choices=Proof.choices, blank=True
    )

    class Meta:
        verbose_name = _("consentement")
        verbose_name_plural = _("consentements")
        ordering = ["given_date", "pk"]
        constraints = [
            known("purpose", ConsentPurpose.values, "consent_purpose_known"),
            known("proof", Proof.values, "consent_proof_known"),
            models.CheckConstraint(
                condition=Q(withdrawn_date__isnull=True, withdrawal_proof="")
                | Q(withdrawn_date__gte=F("given_date")) & ~Q(withdrawal_proof=""),
                name="consent_withdrawn_after_given_with_proof",
            ),
            models.UniqueConstraint(
                fields=["person", "purpose", "detail"],
                condition=Q(withdrawn_date__isnull=True),
                name="consent_open_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.given_date}"


class Representative(models.Model):
    """Who speaks or acts for a person, for what, from a day to a day."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="representatives")
    kind = models.CharField(_("qualité"), max_length=14, choices=RepresentativeKind.choices)
    acting = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="represents"
    )
    name = models.CharField(_("nom"), max_length=160, blank=True)
    phone = models.CharField(_("téléphone"), max_length=40, blank=True)
    email = models.EmailField(_("courriel"), blank=True)
    postal_address = models.CharField(_("adresse"), max_length=300, blank=True)
    scope = models.CharField(_("pour"), max_length=10, choices=RepresentativeScope.choices)
    detail = models.CharField(_("précisément"), max_length=300, blank=True)
    since_date = models.DateField(_("depuis le"), null=True, blank=True)
    until_date = models.DateField(_("jusqu’au"), null=True, blank=True)

    class Meta:
        verbose_name = _("représentant")
        verbose_name_plural = _("représentants")
        ordering = ["pk"]
        constraints = [
            known("kind", RepresentativeKind.values, "representative_kind_known"),
            known("scope", RepresentativeScope.values, "representative_scope_known"),
            ends_after_it_begins("representative"),
            models.CheckConstraint(
                condition=Q(acting__isnull=False) | ~Q(name=""), name="representative_is_somebody"
            ),
            models.CheckConstraint(
                condition=Q(acting__isnull=True) | ~Q(acting=F("person")),
                name="representative_is_somebody_else",
            ),
        ]

    def __str__(self) -> str:
        return self.name or str(self.acting_id)


class StaffPerson(models.Model):
    """An agent who is this person, or who declared that this person is close to her."""

    agent = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="staff_persons"
    )
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="staff_links")
    link = models.CharField(_("lien"), max_length=5, choices=StaffLink.choices)
    declared_at = models.DateTimeField()

    class Meta:
        verbose_name = _("agent connu comme personne")
        verbose_name_plural = _("agents connus comme personnes")
        ordering = ["pk"]
        constraints = [
            known("link", StaffLink.values, "staff_link_known"),
            models.UniqueConstraint(fields=["agent", "person"], name="staff_person_once"),
            models.UniqueConstraint(
                fields=["agent"], condition=Q(link=StaffLink.SELF), name="staff_person_one_self"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agent_id} {self.link} {self.person_id}"


class BarredPerson(models.Model):
    """A person whose entry and files an agent may not open: herself and those close to her.

    Worked out anew by the services whenever a tie, a household, a merge or a declaration
    changes, so that every list can leave them out in its own query.
    """

    agent = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="barred_persons"
    )
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="barred_agents")

    class Meta:
        verbose_name = _("personne fermée à un agent")
        verbose_name_plural = _("personnes fermées à un agent")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["agent", "person"], name="barred_person_once")
        ]

    def __str__(self) -> str:
        return f"{self.agent_id} {self.person_id}"
