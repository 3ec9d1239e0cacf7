from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from beffroi.acts.payments.enums import LineState, Means, RunState
from beffroi.acts.payments.workflow import LIVE_LINES, SENT_STATES


class Run(models.Model):
    """Payments that leave together: prepared by one, approved by another, sent once."""

    reference = models.CharField(_("référence"), max_length=16, unique=True)
    house_account = models.ForeignKey(
        "payments.HouseAccount", on_delete=models.PROTECT, related_name="runs"
    )
    through_date = models.DateField(_("échéances jusqu’au"))
    execution_date = models.DateField(_("date d’exécution"))
    state = models.CharField(max_length=10, choices=RunState.choices, default=RunState.DRAFT)
    is_stale = models.BooleanField(_("à refaire"), default=False)
    prepared_at = models.DateTimeField(_("préparé le"))
    prepared_by_ref = models.CharField(max_length=80)
    prepared_by_label = models.CharField(max_length=160)
    prepared_role = models.CharField(max_length=30, blank=True)
    approved_at = models.DateTimeField(_("approuvé le"), null=True, blank=True)
    approved_by_ref = models.CharField(max_length=80, blank=True)
    approved_by_label = models.CharField(max_length=160, blank=True)
    approved_hash = models.CharField(max_length=64, blank=True)
    exported_at = models.DateTimeField(_("envoyé le"), null=True, blank=True)
    file_sha256 = models.CharField(max_length=64, blank=True)
    line_count = models.PositiveIntegerField(default=0)
    total = models.DecimalField(max_digits=14, decimal_places=2, default=0)

    class Meta:
        verbose_name = _("paiement")
        verbose_name_plural = _("paiements")
        ordering = ["-prepared_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=RunState.values), name="run_state_known"),
            models.CheckConstraint(
                condition=Q(approved_by_ref="") | ~Q(approved_by_ref=F("prepared_by_ref")),
                name="run_four_eyes",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[RunState.APPROVED, *SENT_STATES])
                & Q(approved_at__isnull=False)
                & ~Q(approved_by_ref="")
                & ~Q(approved_hash="")
                & Q(is_stale=False)
                | Q(state__in=[RunState.DRAFT, RunState.CANCELLED])
                & Q(approved_at__isnull=True, approved_by_ref="", approved_hash=""),
                name="run_approved_whole",
            ),
            models.CheckConstraint(
                condition=Q(state__in=SENT_STATES) & Q(exported_at__isnull=False) & ~Q(file_sha256="")
                | ~Q(state__in=SENT_STATES) & Q(exported_at__isnull=True, file_sha256=""),
                name="run_exported_whole",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.reference


class RunMove(models.Model):
    """One move of a run: who, when, from where to where, and why."""

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="moves")
    move = models.CharField(max_length=10)
    source = models.CharField(max_length=10, blank=True)
    target = models.CharField(max_length=10, choices=RunState.choices)
    at = models.DateTimeField()
    by_ref = models.CharField(max_length=80)
    by_label = models.CharField(max_length=160)
    why = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("étape d’un paiement")
        verbose_name_plural = _("étapes d’un paiement")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.move} {self.source}→{self.target}"


class RunLine(models.Model):
    """One payment of one due, with the account and words that leave, frozen.

    A due has one line at most that lives: the database itself refuses to pay it twice.
    """

    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="lines")
    due = models.ForeignKey("payments.Due", on_delete=models.PROTECT, related_name="lines")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    article = models.ForeignKey(
        "payments.BudgetArticle", on_delete=models.PROTECT, related_name="+"
    )
    means = models.CharField(max_length=10, choices=Means.choices)
    execution_date = models.DateField()
    amount = models.DecimalField(_("à verser"), max_digits=10, decimal_places=2)
    #: What is owed: what is paid and what is kept back.
    gross = models.DecimalField(_("dû"), max_digits=10, decimal_places=2)
    retained = models.DecimalField(_("retenu"), max_digits=10, decimal_places=2, default=0)
    claim = models.ForeignKey(
        "payments.Claim", on_delete=models.PROTECT, null=True, blank=True, related_name="retentions"
    )
    account = models.ForeignKey(
        "payments.PayeeAccount", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    payee = models.CharField(_("bénéficiaire"), max_length=70)
    iban = models.CharField(max_length=34, blank=True)
    bic = models.CharField(max_length=11, blank=True)
    end_to_end_id = models.CharField(max_length=35, unique=True)
    structured = models.CharField(max_length=12, blank=True)
    words = models.CharField(max_length=140, blank=True)
    state = models.CharField(max_length=10, choices=LineState.choices, default=LineState.PLANNED)
    settled_date = models.DateField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("ligne d’un paiement")
        verbose_name_plural = _("lignes d’un paiement")
        ordering = ["execution_date", "end_to_end_id"]
        indexes = [
            models.Index(fields=["run", "execution_date", "end_to_end_id"], name="run_line_order")
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["due"], condition=Q(state__in=LIVE_LINES), name="run_line_due_paid_once"
            ),
            models.CheckConstraint(condition=Q(amount__gt=0), name="run_line_pays"),
            models.CheckConstraint(
                condition=Q(retained=0, claim__isnull=True) | Q(retained__gt=0, claim__isnull=False),
                name="run_line_retains_for_a_claim",
            ),
            models.CheckConstraint(
                condition=Q(means=Means.CASH, iban="") | Q(means=Means.TRANSFER) & ~Q(iban=""),
                name="run_line_transfer_has_account",
            ),
            models.CheckConstraint(
                condition=Q(state__in=LineState.values), name="run_line_state_known"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.end_to_end_id
