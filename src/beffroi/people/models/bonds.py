from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from beffroi.people.enums import MemberRole, Source, TieKind
from beffroi.people.models.common import ends_after_it_begins, known
from beffroi.people.models.persons import Person


class Household(models.Model):
    """People who live under one roof and settle their affairs together; its members change."""

    reference = models.CharField(_("référence"), max_length=12, unique=True)
    note = models.CharField(_("remarque"), max_length=300, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = _("ménage")
        verbose_name_plural = _("ménages")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.reference


class HouseholdMember(models.Model):
    """A person in a household, from a day to a day, with her part in it."""

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="members")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(_("place dans le ménage"), max_length=14, choices=MemberRole.choices)
    since_date = models.DateField(_("depuis le"), null=True, blank=True)
    until_date = models.DateField(_("jusqu’au"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=10, choices=Source.choices)

    class Meta:
        verbose_name = _("membre d’un ménage")
        verbose_name_plural = _("membres d’un ménage")
        ordering = ["pk"]
        constraints = [
            known("role", MemberRole.values, "member_role_known"),
            ends_after_it_begins("member"),
            models.UniqueConstraint(
                fields=["household", "person"],
                condition=Q(until_date__isnull=True),
                name="member_once_at_a_time",
            ),
            models.UniqueConstraint(
                fields=["household"],
                condition=Q(until_date__isnull=True, role=MemberRole.REFERENCE),
                name="member_one_reference_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.household_id} {self.person_id} {self.role}"


class Tie(models.Model):
    """What a person is to another, kept once and read both ways."""

    from_person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="ties_from")
    to_person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="ties_to")
    kind = models.CharField(_("lien"), max_length=16, choices=TieKind.choices)
    since_date = models.DateField(_("depuis le"), null=True, blank=True)
    until_date = models.DateField(_("jusqu’au"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=10, choices=Source.choices)

    class Meta:
        verbose_name = _("lien entre personnes")
        verbose_name_plural = _("liens entre personnes")
        ordering = ["pk"]
        constraints = [
            known("kind", TieKind.values, "tie_kind_known"),
            ends_after_it_begins("tie"),
            models.CheckConstraint(
                condition=~Q(from_person=F("to_person")), name="tie_between_two_persons"
            ),
            models.UniqueConstraint(
                fields=["from_person", "to_person", "kind"],
                condition=Q(until_date__isnull=True),
                name="tie_open_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.from_person_id} {self.kind} {self.to_person_id}"
