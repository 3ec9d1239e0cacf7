from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from beffroi.people.models.persons import Person


class Merge(models.Model):
    """Two entries found to be one person: the absorbed one stays and points to the one kept."""

    kept = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="merges")
    absorbed = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="merged_by")
    why = models.CharField(_("motif"), max_length=300)
    chosen = models.JSONField(
        default=dict, help_text=_("Ce qui fut pris de l’entrée absorbée : avant et après.")
    )
    at = models.DateTimeField()
    by_ref = models.CharField(max_length=80)
    by_label = models.CharField(max_length=160)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.CharField(max_length=160, blank=True)
    undone_why = models.CharField(_("pourquoi les séparer"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("fusion")
        verbose_name_plural = _("fusions")
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(kept=F("absorbed")), name="merge_of_two"),
            models.CheckConstraint(condition=~Q(why=""), name="merge_with_a_reason"),
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True, undone_why="")
                | Q(undone_at__isnull=False) & ~Q(undone_why=""),
                name="merge_undone_with_a_reason",
            ),
            models.UniqueConstraint(
                fields=["absorbed"],
                condition=Q(undone_at__isnull=True),
                name="merge_absorbed_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.absorbed_id}→{self.kept_id}"


class PossibleDuplicate(models.Model):
    """Two entries that may be one person, with the reasons; somebody decides."""

    first = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    score = models.FloatField(_("ressemblance"))
    reasons = models.JSONField(default=list)
    found_at = models.DateTimeField()
    dismissed_at = models.DateTimeField(null=True, blank=True)
    dismissed_by = models.CharField(max_length=160, blank=True)
    dismissed_why = models.CharField(
        _("pourquoi ce sont deux personnes"), max_length=300, blank=True
    )

    class Meta:
        verbose_name = _("doublon possible")
        verbose_name_plural = _("doublons possibles")
        ordering = ["-score", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="duplicate_once"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="duplicate_in_order"),
            models.CheckConstraint(
                condition=Q(score__gte=0, score__lte=1), name="duplicate_score_in_range"
            ),
            models.CheckConstraint(
                condition=Q(dismissed_at__isnull=True, dismissed_why="")
                | Q(dismissed_at__isnull=False) & ~Q(dismissed_why=""),
                name="duplicate_dismissed_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_id}={self.second_id}"


class DismissedContradiction(models.Model):
    """A contradiction that an agent looked at and explained; the others are computed each time."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="dismissed")
    key = models.CharField(max_length=120)
    why = models.CharField(_("explication"), max_length=300)
    at = models.DateTimeField()
    by_label = models.CharField(max_length=160)

    class Meta:
        verbose_name = _("contradiction expliquée")
        verbose_name_plural = _("contradictions expliquées")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["person", "key"], name="dismissed_once"),
            models.CheckConstraint(condition=~Q(why=""), name="dismissed_with_a_reason"),
        ]

    def __str__(self) -> str:
        return self.key
