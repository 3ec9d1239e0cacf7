from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from beffroi.casework.models.deciding import Grant


class HomePlacement(models.Model):
    """A person’s stay in a rest home that the house pays in part."""

    number = models.CharField(_("numéro"), max_length=12, unique=True)
    grant = models.OneToOneField(Grant, on_delete=models.PROTECT, related_name="placement")
    home = models.CharField(_("maison de repos"), max_length=160)
    third_party_ref = models.CharField(_("tiers payé"), max_length=12, blank=True)
    day_price = models.DecimalField(_("prix de la journée"), max_digits=7, decimal_places=2)
    pocket_money = models.DecimalField(
        _("argent de poche par mois"), max_digits=7, decimal_places=2
    )
    entered_on = models.DateField(_("entrée le"))
    left_on = models.DateField(_("sortie le"), null=True, blank=True)
    left_why = models.CharField(_("fin du séjour"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("séjour en maison de repos")
        verbose_name_plural = _("séjours en maison de repos")
        ordering = ["entered_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(day_price__gt=0, pocket_money__gte=0), name="placement_has_prices"
            ),
            models.CheckConstraint(
                condition=Q(left_on__isnull=True, left_why="")
                | Q(left_on__gte=F("entered_on")) & ~Q(left_why=""),
                name="placement_left_after_and_why",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class Contributor(models.Model):
    """A child of the resident, and the part of her share the council asks, or waives and why."""

    placement = models.ForeignKey(
        HomePlacement, on_delete=models.PROTECT, related_name="contributors"
    )
    name = models.CharField(_("nom"), max_length=160)
    person = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    asked = models.DecimalField(
        _("part demandée"), max_digits=5, decimal_places=4, null=True, blank=True,
        help_text=_("De 0 à 1 de sa propre part. Vide tant que le Conseil n’a pas décidé."),
    )  # fmt: skip
    waiver = models.CharField(_("motif de la renonciation"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("débiteur d’aliments")
        verbose_name_plural = _("débiteurs d’aliments")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["placement", "name"], name="contributor_once"),
            models.CheckConstraint(
                condition=Q(asked__isnull=True) | Q(asked__gte=0, asked__lte=1),
                name="contributor_part_from_0_to_1",
            ),
            models.CheckConstraint(
                condition=Q(asked__isnull=True) | Q(asked=1) | ~Q(waiver=""),
                name="contributor_waiver_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class PlacementMonth(models.Model):
    """The state of charges of one month: what the stay costs, what is paid, what each child owes."""

    placement = models.ForeignKey(HomePlacement, on_delete=models.PROTECT, related_name="months")
    month = models.DateField(_("mois"))
    days = models.PositiveSmallIntegerField(_("journées"))
    resources = models.DecimalField(_("ressources"), max_digits=9, decimal_places=2)
    other_costs = models.DecimalField(_("autres frais"), max_digits=8, decimal_places=2)
    cost = models.DecimalField(_("à charge du CPAS"), max_digits=9, decimal_places=2)
    shares = models.JSONField(_("parts des enfants"), default=list)
    left_to_cpas = models.DecimalField(_("reste au CPAS"), max_digits=9, decimal_places=2)
    computation_ref = models.CharField(_("calcul"), max_length=12)
    order_ref = models.CharField(_("ordre de paiement"), max_length=20, blank=True)
    settled_at = models.DateTimeField(_("réglé le"))
    settled_by = models.CharField(_("par"), max_length=160)

    class Meta:
        verbose_name = _("état de frais d’un mois")
        verbose_name_plural = _("états de frais")
        ordering = ["month", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["placement", "month"], name="placement_month_once"),
            models.CheckConstraint(
                condition=Q(cost__gte=0, left_to_cpas__gte=0, left_to_cpas__lte=F("cost"))
                & Q(days__lte=31),
                name="placement_month_adds_up",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.placement_id} {self.month:%Y-%m}"
