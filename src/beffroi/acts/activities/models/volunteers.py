"""Who helps without pay, and for how long."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from beffroi.acts.activities.models.fields import team_key
from beffroi.acts.activities.models.gatherings import Activity


class Volunteer(models.Model):
    """Somebody who helps a team without pay, from a day to a day."""

    team = team_key("volunteers")
    name = models.CharField(_("nom"), max_length=120, blank=True)
    phone = models.CharField(_("téléphone"), max_length=40, blank=True)
    since_date = models.DateField(_("depuis le"))
    until_date = models.DateField(_("jusqu’au"), null=True, blank=True)
    anonymised_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("bénévole")
        verbose_name_plural = _("bénévoles")
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until_date__isnull=True) | Q(until_date__gte=F("since_date")),
                name="volunteer_ends_after_she_begins",
            ),
            models.CheckConstraint(
                condition=~Q(name="") | Q(anonymised_at__isnull=False), name="volunteer_is_called"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class VolunteerTime(models.Model):
    """Minutes given to an activity on a day; a mistake is taken back, with its reason."""

    volunteer = models.ForeignKey(Volunteer, on_delete=models.PROTECT, related_name="times")
    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="volunteer_times")
    date = models.DateField(_("jour"))
    minutes = models.PositiveSmallIntegerField(_("minutes"))
    at = models.DateTimeField()
    by_ref = models.CharField(max_length=80, blank=True)
    by_label = models.CharField(max_length=160, blank=True)
    taken_back_at = models.DateTimeField(null=True, blank=True)
    why = models.CharField(_("pourquoi reprises"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("heures bénévoles")
        verbose_name_plural = _("heures bénévoles")
        ordering = ["-date", "-pk"]
        indexes = [models.Index(fields=["activity", "date"], name="volunteer_time_of_activity")]
        constraints = [
            models.CheckConstraint(
                condition=Q(minutes__gte=1, minutes__lte=1440), name="volunteer_time_of_a_day"
            ),
            models.CheckConstraint(
                condition=Q(taken_back_at__isnull=True, why="")
                | (Q(taken_back_at__isnull=False) & ~Q(why="")),
                name="volunteer_time_taken_back_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.date} {self.minutes}"
