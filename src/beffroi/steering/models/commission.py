"""The commission that accompanies a plan: who sits, when it meets, what it thinks, who does what next."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from beffroi.steering.enums import MeetingState, Office, Opinion, PointKind, Presence, Seat
from beffroi.steering.models.changes import ChangeRequest
from beffroi.steering.models.plans import Plan
from beffroi.steering.models.reports import AnnualReport

_VOTES = ("votes_for", "votes_against", "votes_none")


class Commission(models.Model):
    """The commission of a plan, with what it fixed itself: its notice and its quorum, if any."""

    plan = models.OneToOneField(Plan, on_delete=models.PROTECT, related_name="commission")
    notice_days = models.PositiveSmallIntegerField(_("jours entre l’invitation et la réunion"))
    #: Share of the voting members who must be there; none where the commission wants none.
    quorum_percent = models.PositiveSmallIntegerField(
        _("quorum, en % des membres qui votent"), null=True, blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
    )  # fmt: skip
    source = models.CharField(_("où ces règles sont écrites"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("commission d’accompagnement")
        verbose_name_plural = _("commissions d’accompagnement")
        constraints = [
            models.CheckConstraint(
                condition=Q(quorum_percent__isnull=True) | Q(quorum_percent__range=(1, 100)),
                name="commission_quorum_share",
            ),
            models.CheckConstraint(
                condition=Q(quorum_percent__isnull=True) | ~Q(source=""),
                name="commission_quorum_says_where",
            ),
        ]

    def __str__(self) -> str:
        return str(self.plan)


class CommissionMember(models.Model):
    """Somebody who sits for an organisation, from a day to a day; an alternate votes in her place."""

    commission = models.ForeignKey(Commission, on_delete=models.PROTECT, related_name="members")
    name = models.CharField(_("nom"), max_length=160, blank=True)
    organisation = models.CharField(_("siège pour"), max_length=200)
    email = models.EmailField(_("courriel"), blank=True)
    seat = models.CharField(_("qualité"), max_length=12, choices=Seat.choices)
    office = models.CharField(
        _("fonction"), max_length=10, choices=Office.choices, default=Office.MEMBER
    )
    alternate_of = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="alternates",
        verbose_name=_("remplace"),
    )  # fmt: skip
    since_date = models.DateField(_("siège depuis le"))
    until_date = models.DateField(_("jusqu’au"), null=True, blank=True)

    class Meta:
        verbose_name = _("membre de la commission")
        verbose_name_plural = _("membres de la commission")
        ordering = ["seat", "organisation", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(seat__in=Seat.values), name="commission_seat"),
            models.CheckConstraint(condition=Q(office__in=Office.values), name="commission_office"),
            models.CheckConstraint(
                condition=Q(until_date__isnull=True) | Q(until_date__gte=F("since_date")),
                name="commission_member_leaves_after_she_came",
            ),
            models.CheckConstraint(
                condition=Q(alternate_of__isnull=True) | ~Q(alternate_of=F("id")),
                name="commission_member_is_not_her_own_alternate",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name or _('ancien membre')} ({self.organisation})"


class CommissionMeeting(models.Model):
    """One meeting, from its preparation to its approved minutes; its number is never given twice."""

    commission = models.ForeignKey(Commission, on_delete=models.PROTECT, related_name="meetings")
    number = models.PositiveSmallIntegerField(_("numéro"))
    on_date = models.DateField(_("réunion du"))
    start_time = models.TimeField(_("à"))
    place = models.CharField(_("où"), max_length=200)
    state = models.CharField(
        _("état"), max_length=9, choices=MeetingState.choices, default=MeetingState.DRAFT
    )
    invited_date = models.DateField(_("invitations parties le"), null=True, blank=True)
    #: Why the invitation left later than the commission's own notice.
    late_reason = models.CharField(_("pourquoi si tard"), max_length=300, blank=True)
    #: How many voters were needed and there when the meeting opened; 0 needed: no quorum is wanted.
    quorum_needed = models.PositiveSmallIntegerField(null=True, blank=True)
    voters_present = models.PositiveSmallIntegerField(null=True, blank=True)
    approved_date = models.DateField(_("procès-verbal approuvé le"), null=True, blank=True)

    class Meta:
        verbose_name = _("réunion de la commission")
        verbose_name_plural = _("réunions de la commission")
        ordering = ["-on_date", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["commission", "number"], name="commission_meeting_once"
            ),
            models.CheckConstraint(
                condition=Q(state__in=MeetingState.values), name="commission_meeting_state"
            ),
            models.CheckConstraint(
                condition=Q(state__in=(MeetingState.DRAFT, MeetingState.CANCELLED))
                | Q(invited_date__isnull=False),
                name="commission_meeting_invited_before_it_is_held",
            ),
            models.CheckConstraint(
                condition=~Q(
                    state__in=(MeetingState.HELD, MeetingState.MINUTED, MeetingState.APPROVED)
                )
                | Q(quorum_needed__isnull=False, voters_present__isnull=False),
                name="commission_meeting_held_counts_its_voters",
            ),
            models.CheckConstraint(
                condition=Q(state=MeetingState.APPROVED, approved_date__isnull=False)
                | ~Q(state=MeetingState.APPROVED) & Q(approved_date__isnull=True),
                name="commission_minutes_approved_on_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number:02d}"

    @property
    def has_quorum(self) -> bool:
        """This property says whether enough voters were there when the meeting opened."""
        return (self.voters_present or 0) >= (self.quorum_needed or 0)


class CommissionMove(models.Model):
    """One step of a meeting: who, when, from where to where."""

    meeting = models.ForeignKey(CommissionMeeting, on_delete=models.CASCADE, related_name="moves")
    move = models.CharField(max_length=12)
    source = models.CharField(max_length=9, choices=MeetingState.choices)
    target = models.CharField(max_length=9, choices=MeetingState.choices)
    at = models.DateTimeField()
    by_label = models.CharField(max_length=160)
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        verbose_name = _("étape de la réunion")
        verbose_name_plural = _("étapes de la réunion")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.move} {self.source}→{self.target}"


class CommissionPresence(models.Model):
    """Whether a member was at a meeting."""

    meeting = models.ForeignKey(
        CommissionMeeting, on_delete=models.CASCADE, related_name="presences"
    )
    member = models.ForeignKey(CommissionMember, on_delete=models.PROTECT, related_name="presences")
    presence = models.CharField(max_length=7, choices=Presence.choices)

    class Meta:
        verbose_name = _("présence à la commission")
        verbose_name_plural = _("présences à la commission")
        ordering = ["member"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "member"], name="commission_presence_once"),
            models.CheckConstraint(
                condition=Q(presence__in=Presence.values), name="commission_presence_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.member_id} {self.presence}"


class AgendaPoint(models.Model):
    """A point of an agenda; it may be a change or a report that waits for the commission's opinion."""

    meeting = models.ForeignKey(CommissionMeeting, on_delete=models.CASCADE, related_name="points")
    position = models.PositiveSmallIntegerField(_("point"))
    kind = models.CharField(_("nature"), max_length=10, choices=PointKind.choices)
    title = models.CharField(_("intitulé"), max_length=200)
    change = models.ForeignKey(
        ChangeRequest, on_delete=models.PROTECT, null=True, blank=True, related_name="points"
    )
    report = models.ForeignKey(
        AnnualReport, on_delete=models.PROTECT, null=True, blank=True, related_name="points"
    )
    minutes = models.TextField(_("ce qui s’est dit"), blank=True)
    opinion = models.CharField(_("avis"), max_length=12, choices=Opinion.choices, blank=True)
    remarks = models.CharField(_("remarques"), max_length=400, blank=True)
    votes_for = models.PositiveSmallIntegerField(_("pour"), null=True, blank=True)
    votes_against = models.PositiveSmallIntegerField(_("contre"), null=True, blank=True)
    votes_none = models.PositiveSmallIntegerField(_("abstentions"), null=True, blank=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("point de la commission")
        verbose_name_plural = _("points de la commission")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "position"], name="commission_point_place"),
            models.UniqueConstraint(fields=["meeting", "change"], name="commission_change_once"),
            models.UniqueConstraint(fields=["meeting", "report"], name="commission_report_once"),
            models.CheckConstraint(
                condition=Q(kind=PointKind.CHANGE, change__isnull=False, report__isnull=True)
                | Q(kind=PointKind.REPORT, change__isnull=True, report__isnull=False)
                | Q(
                    kind__in=(PointKind.EVALUATION, PointKind.FREE),
                    change__isnull=True,
                    report__isnull=True,
                ),
                name="commission_point_names_what_it_is_about",
            ),
            models.CheckConstraint(
                condition=Q(**{f"{name}__isnull": True for name in _VOTES})
                | Q(**{f"{name}__isnull": False for name in _VOTES}),
                name="commission_votes_whole",
            ),
            models.CheckConstraint(
                condition=Q(opinion="", votes_for__isnull=True) | Q(opinion__in=Opinion.values),
                name="commission_votes_give_an_opinion",
            ),
            models.CheckConstraint(
                condition=~Q(opinion=Opinion.REMARKS) | ~Q(remarks=""),
                name="commission_remarks_are_said",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.position}. {self.title}"


class CommissionDecision(models.Model):
    """Something the commission wants done: by which member, by which day, and whether it was."""

    meeting = models.ForeignKey(
        CommissionMeeting, on_delete=models.PROTECT, related_name="decisions"
    )
    point = models.ForeignKey(
        AgendaPoint, on_delete=models.PROTECT, null=True, blank=True, related_name="decisions"
    )
    text = models.CharField(_("ce qui est décidé"), max_length=400)
    owner = models.ForeignKey(
        CommissionMember, on_delete=models.PROTECT, related_name="decisions",
        verbose_name=_("qui s’en charge"),
    )  # fmt: skip
    due_date = models.DateField(_("pour le"))
    done_date = models.DateField(_("fait le"), null=True, blank=True)
    outcome = models.CharField(_("ce qui a été fait"), max_length=400, blank=True)

    class Meta:
        verbose_name = _("décision de la commission")
        verbose_name_plural = _("décisions de la commission")
        ordering = ["due_date", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(done_date__isnull=True, outcome="")
                | Q(done_date__isnull=False) & ~Q(outcome=""),
                name="commission_decision_done_says_what",
            )
        ]

    def __str__(self) -> str:
        return self.text[:60]
