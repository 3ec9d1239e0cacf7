"""Where and when people can be received: rooms, hours, absences, permanences and duties."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from beffroi.acts.agenda.enums import AbsenceKind, Weekday
from beffroi.acts.agenda.models.fields import team_key, worker_key


class MeetingRoom(models.Model):
    """A room where people are received, and the team whose desk is at its door."""

    name = models.CharField(_("nom"), max_length=80)
    place = models.ForeignKey("directory.Place", on_delete=models.PROTECT, related_name="+")
    desk = team_key("desk_rooms")
    capacity = models.PositiveSmallIntegerField(_("places assises"), default=3)
    is_accessible = models.BooleanField(_("accessible en fauteuil roulant"), default=False)
    is_active = models.BooleanField(_("en usage"), default=True)

    class Meta:
        verbose_name = _("local")
        verbose_name_plural = _("locaux")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["place", "name"], name="room_named_once"),
            models.CheckConstraint(condition=Q(capacity__gte=1), name="room_has_a_seat"),
        ]

    def __str__(self) -> str:
        return self.name


class WeeklyHours(models.Model):
    """Hours at which a worker is there every week, from a day to a day."""

    worker = worker_key("weekly_hours")
    weekday = models.PositiveSmallIntegerField(_("jour"), choices=Weekday.choices)
    from_time = models.TimeField(_("de"))
    until_time = models.TimeField(_("à"))
    since_date = models.DateField(_("depuis le"))
    until_date = models.DateField(_("jusqu’au"), null=True, blank=True)

    class Meta:
        verbose_name = _("heures de présence")
        verbose_name_plural = _("heures de présence")
        ordering = ["weekday", "from_time"]
        constraints = [
            models.CheckConstraint(condition=Q(weekday__lte=6), name="hours_weekday"),
            models.CheckConstraint(condition=Q(until_time__gt=F("from_time")), name="hours_last"),
            models.CheckConstraint(
                condition=Q(until_date__isnull=True) | Q(until_date__gte=F("since_date")),
                name="hours_end_after_they_begin",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_weekday_display()} {self.from_time:%H:%M}–{self.until_time:%H:%M}"


class Absence(models.Model):
    """A time at which a worker is away, or there though it is not her hour; never why."""

    worker = worker_key("absences")
    kind = models.CharField(max_length=5, choices=AbsenceKind.choices, default=AbsenceKind.AWAY)
    starts_at = models.DateTimeField(_("du"))
    ends_at = models.DateTimeField(_("au"))

    class Meta:
        verbose_name = _("exception")
        verbose_name_plural = _("exceptions")
        ordering = ["starts_at"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=AbsenceKind.values), name="absence_kind"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="absence_lasts"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.starts_at:%Y-%m-%d %H:%M}"


class Permanence(models.Model):
    """A weekly moment at which a team receives without appointment; the law wants it posted."""

    team = team_key("permanences")
    room = models.ForeignKey(MeetingRoom, on_delete=models.PROTECT, related_name="permanences")
    weekday = models.PositiveSmallIntegerField(_("jour"), choices=Weekday.choices)
    from_time = models.TimeField(_("de"))
    until_time = models.TimeField(_("à"))
    since_date = models.DateField(_("depuis le"))
    until_date = models.DateField(_("jusqu’au"), null=True, blank=True)

    class Meta:
        verbose_name = _("permanence")
        verbose_name_plural = _("permanences")
        ordering = ["weekday", "from_time"]
        constraints = [
            models.CheckConstraint(condition=Q(weekday__lte=6), name="permanence_weekday"),
            models.CheckConstraint(
                condition=Q(until_time__gt=F("from_time")), name="permanence_lasts"
            ),
            models.CheckConstraint(
                condition=Q(until_date__isnull=True) | Q(until_date__gte=F("since_date")),
                name="permanence_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_weekday_display()} {self.from_time:%H:%M}–{self.until_time:%H:%M}"


class Duty(models.Model):
    """Who holds a permanence on a day; its time is held like an appointment's."""

    permanence = models.ForeignKey(Permanence, on_delete=models.PROTECT, related_name="duties")
    worker = worker_key("duties")
    date = models.DateField(_("date"))
    given_at = models.DateTimeField()
    given_by = models.CharField(max_length=160)

    class Meta:
        verbose_name = _("tour de permanence")
        verbose_name_plural = _("tours de permanence")
        ordering = ["date", "permanence"]
        constraints = [
            models.UniqueConstraint(fields=["permanence", "date"], name="duty_held_by_one")
        ]

    def __str__(self) -> str:
        return f"{self.date} {self.permanence_id} {self.worker_id}"
