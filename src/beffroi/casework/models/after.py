from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from beffroi.casework.enums import AppealOutcome
from beffroi.casework.models.deciding import Decision, Grant
from beffroi.casework.models.files import SocialFile


class Review(models.Model):
    """The review of a grant, at least once a year and on any change."""

    grant = models.ForeignKey(Grant, on_delete=models.CASCADE, related_name="reviews")
    due_on = models.DateField(_("pour le"))
    done_at = models.DateTimeField(_("faite le"), null=True, blank=True)
    by_label = models.CharField(_("par"), max_length=160, blank=True)
    finding = models.TextField(_("constat"), blank=True)
    leads_to = models.CharField(
        _("nouvelle demande"), max_length=12, blank=True,
        help_text=_("Référence de la demande de révision, s’il en faut une."),
    )  # fmt: skip

    class Meta:
        verbose_name = _("révision")
        verbose_name_plural = _("révisions")
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(done_at__isnull=True) | ~Q(finding="") & ~Q(by_label=""),
                name="review_done_with_finding",
            )
        ]

    def __str__(self) -> str:
        return f"{self.grant_id} {self.due_on}"


class Change(models.Model):
    """A change the person declared or the enquiry found, and what became of it."""

    file = models.ForeignKey(SocialFile, on_delete=models.CASCADE, related_name="changes")
    what = models.CharField(_("changement"), max_length=300)
    from_date = models.DateField(_("depuis le"))
    declared_at = models.DateTimeField(_("connu le"))
    by_person = models.BooleanField(_("déclaré par la personne"), default=True)
    dealt_with_at = models.DateTimeField(_("traité le"), null=True, blank=True)
    leads_to = models.CharField(_("suite"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("changement")
        verbose_name_plural = _("changements")
        ordering = ["declared_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(dealt_with_at__isnull=True) | ~Q(leads_to=""),
                name="change_dealt_with_says_how",
            )
        ]

    def __str__(self) -> str:
        return self.what[:60]


class Sanction(models.Model):
    """A suspension of payment decided as a sanction: the right stays, the payment stops."""

    grant = models.ForeignKey(Grant, on_delete=models.PROTECT, related_name="sanctions")
    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="sanction")
    ground = models.CharField(_("motif"), max_length=30)
    notice_on = models.DateField(_("mise en demeure du"), null=True, blank=True)
    from_date = models.DateField(_("du"))
    until_date = models.DateField(_("au"))
    share = models.DecimalField(_("part suspendue"), max_digits=5, decimal_places=4, default=1)
    suspended_execution = models.BooleanField(_("avec sursis"), default=False)
    hold_ref = models.CharField(max_length=20, blank=True)

    class Meta:
        verbose_name = _("sanction")
        verbose_name_plural = _("sanctions")
        ordering = ["from_date", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until_date__gte=models.F("from_date")), name="sanction_lasts"
            ),
            models.CheckConstraint(
                condition=Q(share__gt=0, share__lte=1), name="sanction_share_from_0_to_1"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ground} {self.from_date}"


class Recovery(models.Model):
    """What is asked back: why, how much, on which decision, and the claim that follows it."""

    file = models.ForeignKey(SocialFile, on_delete=models.PROTECT, related_name="recoveries")
    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="recovery")
    cause = models.CharField(_("cause"), max_length=300)
    since = models.DateField(_("période du"))
    until = models.DateField(_("au"))
    amount = models.DecimalField(_("montant"), max_digits=10, decimal_places=2)
    claim_ref = models.CharField(_("créance"), max_length=20, blank=True)

    class Meta:
        verbose_name = _("récupération")
        verbose_name_plural = _("récupérations")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="recovery_of_something"),
            models.CheckConstraint(
                condition=Q(until__gte=models.F("since")), name="recovery_period"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.file_id} {self.amount}"


class Appeal(models.Model):
    """An appeal to the labour tribunal against a decision."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="appeals")
    lodged_on = models.DateField(_("introduit le"))
    court = models.CharField(_("tribunal"), max_length=200)
    roll_number = models.CharField(_("numéro de rôle"), max_length=40, blank=True)
    hearing_on = models.DateField(_("audience du"), null=True, blank=True)
    judged_on = models.DateField(_("jugement du"), null=True, blank=True)
    outcome = models.CharField(_("issue"), max_length=10, choices=AppealOutcome.choices, blank=True)

    class Meta:
        verbose_name = _("recours")
        verbose_name_plural = _("recours")
        ordering = ["lodged_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="", judged_on__isnull=True)
                | ~Q(outcome="") & Q(judged_on__isnull=False),
                name="appeal_judged_with_outcome",
            )
        ]

    def __str__(self) -> str:
        return f"{self.decision_id} {self.lodged_on}"
