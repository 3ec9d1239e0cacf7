"""Garden plots, who waits for one, who holds one; and what is lent."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from beffroi.acts.supplies.enums import DepositState, PlotState, WaitState
from beffroi.acts.supplies.models.sites import Site


class Plot(models.Model):
    """A piece of a shared garden."""

    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="plots")
    number = models.CharField(_("numéro"), max_length=10)
    surface = models.DecimalField(_("m²"), max_digits=7, decimal_places=2)
    state = models.CharField(max_length=7, choices=PlotState.choices, default=PlotState.FREE)

    class Meta:
        verbose_name = _("parcelle")
        verbose_name_plural = _("parcelles")
        ordering = ["number", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["site", "number"], name="supply_plot_once"),
            models.CheckConstraint(
                condition=Q(state__in=PlotState.values, surface__gt=0), name="supply_plot_known"
            ),
        ]

    def __str__(self) -> str:
        return self.number


class Gardener(models.Model):
    """Somebody who asked for a plot, in the order in which it was asked."""

    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="gardeners")
    rank = models.PositiveIntegerField()
    name = models.CharField(_("nom ou surnom"), max_length=120, blank=True)
    phone = models.CharField(_("téléphone"), max_length=40, blank=True)
    person = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    asked_at = models.DateTimeField()
    asked_date = models.DateField()
    state = models.CharField(max_length=7, choices=WaitState.choices, default=WaitState.WAITING)
    offered = models.ForeignKey(
        Plot, on_delete=models.PROTECT, related_name="offers", null=True, blank=True
    )
    offered_until = models.DateTimeField(null=True, blank=True)
    #: The day on which she stopped waiting: she holds a plot, or gave up.
    settled_date = models.DateField(null=True, blank=True)
    anonymised_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("jardinière ou jardinier")
        verbose_name_plural = _("jardinières et jardiniers")
        ordering = ["rank"]
        constraints = [
            models.UniqueConstraint(fields=["site", "rank"], name="supply_gardener_rank_once"),
            models.UniqueConstraint(
                fields=["offered"], condition=Q(state=WaitState.OFFERED), name="supply_plot_offered_once"
            ),
            models.CheckConstraint(
                condition=Q(state__in=WaitState.values), name="supply_gardener_state_known"
            ),
            models.CheckConstraint(
                condition=Q(state=WaitState.OFFERED, offered__isnull=False, offered_until__isnull=False)
                | (~Q(state=WaitState.OFFERED) & Q(offered__isnull=True, offered_until__isnull=True)),
                name="supply_gardener_offered_something",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name or f"n° {self.rank}"


class Holding(models.Model):
    """A plot in the hands of a gardener, from a day to a day, with its charter and its deposit."""

    plot = models.ForeignKey(Plot, on_delete=models.PROTECT, related_name="holdings")
    gardener = models.ForeignKey(Gardener, on_delete=models.PROTECT, related_name="holdings")
    charter_date = models.DateField(_("charte signée le"))
    since_date = models.DateField(_("depuis le"))
    until_date = models.DateField(_("jusqu’au"), null=True, blank=True)
    deposit = models.DecimalField(_("caution"), max_digits=7, decimal_places=2)
    deposit_state = models.CharField(
        max_length=8, choices=DepositState.choices, default=DepositState.HELD
    )
    deposit_why = models.CharField(_("pourquoi gardée"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("parcelle cultivée")
        verbose_name_plural = _("parcelles cultivées")
        ordering = ["-since_date", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["plot"], condition=Q(until_date__isnull=True), name="supply_plot_held_once"
            ),
            models.CheckConstraint(
                condition=Q(until_date__isnull=True) | Q(until_date__gte=F("since_date")),
                name="supply_holding_ends_after",
            ),
            models.CheckConstraint(
                condition=Q(deposit__gte=0, deposit_state__in=DepositState.values),
                name="supply_deposit_known",
            ),
            models.CheckConstraint(
                condition=~Q(deposit_state=DepositState.KEPT) | ~Q(deposit_why=""),
                name="supply_deposit_kept_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plot_id} {self.since_date}"


class Item(models.Model):
    """A thing that is lent and comes back."""

    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="items")
    name = models.CharField(_("matériel"), max_length=120)
    number = models.CharField(_("numéro d’inventaire"), max_length=20, blank=True)
    is_current = models.BooleanField(default=True)

    class Meta:
        verbose_name = _("matériel")
        verbose_name_plural = _("matériel")
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return f"{self.name} {self.number}".strip()


class Loan(models.Model):
    """A thing in the hands of somebody, until a day."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="loans")
    who = models.CharField(_("chez qui"), max_length=120, blank=True)
    phone = models.CharField(_("téléphone"), max_length=40, blank=True)
    out_date = models.DateField(_("sorti le"))
    due_date = models.DateField(_("attendu le"))
    back_date = models.DateField(_("rentré le"), null=True, blank=True)
    note = models.CharField(_("état au retour"), max_length=200, blank=True)
    anonymised_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("prêt")
        verbose_name_plural = _("prêts")
        ordering = ["due_date", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["item"], condition=Q(back_date__isnull=True), name="supply_item_lent_once"
            ),
            models.CheckConstraint(
                condition=Q(due_date__gte=F("out_date"))
                & (Q(back_date__isnull=True) | Q(back_date__gte=F("out_date"))),
                name="supply_loan_goes_forward",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item_id} {self.out_date}"
