"""Activities, what they are counted to, their weekly slots, their sessions and their counts."""

from datetime import timedelta

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from beffroi.acts.activities.enums import CountMode, Enrolment, SessionState, Weekday
from beffroi.acts.activities.models.fields import place_key, team_key
from beffroi.core.counting import CountsTo


class Activity(models.Model):
    """Something that happens with people, once or every week, in one place, led by one team."""

    name = models.CharField(_("nom"), max_length=120)
    purpose = models.TextField(_("pour qui et pour quoi"), blank=True)
    team = team_key("activities")
    place = place_key()
    room = models.CharField(_("salle"), max_length=80, blank=True)
    count_mode = models.CharField(
        _("comptage"), max_length=9, choices=CountMode.choices, default=CountMode.MIXED
    )
    capacity = models.PositiveSmallIntegerField(_("places"), null=True, blank=True)
    enrolment = models.CharField(
        _("inscription"), max_length=7, choices=Enrolment.choices, default=Enrolment.NONE
    )
    is_public = models.BooleanField(_("annoncée au public"), default=False)
    offer_hours = models.PositiveSmallIntegerField(
        _("heures pour répondre à une place proposée"), default=12
    )
    starts_on = models.DateField(_("depuis le"))
    ends_on = models.DateField(_("jusqu’au"), null=True, blank=True)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=160)

    class Meta:
        verbose_name = _("activité")
        verbose_name_plural = _("activités")
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(count_mode__in=CountMode.values), name="activity_count_mode_known"
            ),
            models.CheckConstraint(
                condition=Q(capacity__isnull=True) | Q(capacity__gte=1),
                name="activity_has_a_place",
            ),
            models.CheckConstraint(
                condition=Q(enrolment__in=Enrolment.values), name="activity_enrolment_known"
            ),
            models.CheckConstraint(
                condition=Q(offer_hours__gte=1, offer_hours__lte=336),
                name="activity_offer_has_time",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="activity_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ActivityKey(CountsTo):
    """A line of the plan or an action of the catalogue to which the acts count, from day to day."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="keys")

    class Meta(CountsTo.Meta):
        verbose_name = _("rattachement")
        verbose_name_plural = _("rattachements")
        constraints = [
            *CountsTo.Meta.constraints,
            models.UniqueConstraint(
                fields=["activity", "kind", "key"],
                condition=Q(until_date__isnull=True),
                name="activity_key_open_once",
            ),
        ]


class Slot(models.Model):
    """A weekly moment of a series, from a day to a day."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="slots")
    weekday = models.PositiveSmallIntegerField(_("jour"), choices=Weekday.choices)
    from_time = models.TimeField(_("de"))
    until_time = models.TimeField(_("à"))
    since_date = models.DateField(_("depuis le"))
    until_date = models.DateField(_("jusqu’au"), null=True, blank=True)

    class Meta:
        verbose_name = _("moment de la semaine")
        verbose_name_plural = _("moments de la semaine")
        ordering = ["weekday", "from_time", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(weekday__lte=6), name="slot_weekday"),
            models.CheckConstraint(condition=Q(until_time__gt=F("from_time")), name="slot_lasts"),
            models.CheckConstraint(
                condition=Q(until_date__isnull=True) | Q(until_date__gte=F("since_date")),
                name="slot_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_weekday_display()} {self.from_time:%H:%M}–{self.until_time:%H:%M}"


class Session(models.Model):
    """One time of an activity; closed, it keeps what it counted, and each count before."""

    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="sessions")
    slot = models.ForeignKey(
        Slot, on_delete=models.SET_NULL, related_name="sessions", null=True, blank=True
    )
    date = models.DateField(_("jour"))
    starts_at = models.DateTimeField(_("de"))
    ends_at = models.DateTimeField(_("à"))
    place = place_key()
    room = models.CharField(_("salle"), max_length=80, blank=True)
    capacity = models.PositiveSmallIntegerField(_("places"), null=True, blank=True)
    state = models.CharField(
        max_length=9, choices=SessionState.choices, default=SessionState.PLANNED
    )
    cancel_reason = models.CharField(_("pourquoi annulée"), max_length=200, blank=True)
    #: At somebody’s home: only that is kept, never where; `place` stays the house she comes from.
    is_home = models.BooleanField(_("à domicile"), default=False)
    #: What the last row of the counts says, so that a figure of a year is one sum.
    named_count = models.PositiveIntegerField(null=True, blank=True)
    anonymous_count = models.PositiveIntegerField(null=True, blank=True)
    minutes = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        verbose_name = _("séance")
        verbose_name_plural = _("séances")
        ordering = ["starts_at", "pk"]
        indexes = [
            models.Index(fields=["activity", "date"], name="session_of_activity"),
            models.Index(fields=["date", "state"], name="session_by_date"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "starts_at"], name="session_once_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(state__in=SessionState.values), name="session_state_known"
            ),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="session_lasts"),
            models.CheckConstraint(
                condition=Q(
                    state=SessionState.HELD,
                    named_count__isnull=False,
                    anonymous_count__isnull=False,
                    minutes__isnull=False,
                )
                | (~Q(state=SessionState.HELD) & Q(
                    named_count__isnull=True, anonymous_count__isnull=True, minutes__isnull=True
                )),
                name="session_counted_when_held",
            ),
            models.CheckConstraint(
                condition=(Q(state=SessionState.CANCELLED) & ~Q(cancel_reason=""))
                | (~Q(state=SessionState.CANCELLED) & Q(cancel_reason="")),
                name="session_cancelled_for_a_reason",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.activity_id} {self.date}"

    @property
    def lasts(self) -> timedelta:
        """This property gives how long the session lasts."""
        return self.ends_at - self.starts_at

    @property
    def presences(self) -> int:
        """This property gives the presences that the session counted, named and not."""
        return (self.named_count or 0) + (self.anonymous_count or 0)


class SessionCount(models.Model):
    """What a session counted, at a moment; a correction is a new row, with its reason."""

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="counts")
    revision = models.PositiveSmallIntegerField()
    named = models.PositiveIntegerField(_("personnes pointées"))
    anonymous = models.PositiveIntegerField(_("sans nom"))
    minutes = models.PositiveIntegerField(_("minutes"))
    why = models.CharField(_("pourquoi"), max_length=300, blank=True)
    at = models.DateTimeField()
    by_ref = models.CharField(max_length=80)
    by_label = models.CharField(max_length=160)

    class Meta:
        verbose_name = _("compte d’une séance")
        verbose_name_plural = _("comptes des séances")
        ordering = ["session", "revision"]
        constraints = [
            models.UniqueConstraint(fields=["session", "revision"], name="count_revision_once"),
            models.CheckConstraint(
                condition=Q(revision=1) | ~Q(why=""), name="count_corrected_for_a_reason"
            ),
            models.CheckConstraint(condition=Q(revision__gte=1), name="count_revision_begins"),
        ]

    def __str__(self) -> str:
        return f"{self.session_id} n° {self.revision}"
