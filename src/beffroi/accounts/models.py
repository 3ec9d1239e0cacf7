from typing import ClassVar

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from beffroi.accounts.enums import Role


class Team(models.Model):
    """A group of agents who share an inbox: the reception desk, debt mediation, a house."""

    key = models.SlugField(_("clé"), max_length=40, unique=True)
    name = models.CharField(_("nom"), max_length=120)
    phone = models.CharField(_("téléphone"), max_length=40, blank=True)
    is_active = models.BooleanField(_("en activité"), default=True)

    class Meta:
        verbose_name = _("équipe")
        verbose_name_plural = _("équipes")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Agent(AbstractUser):
    """Somebody who works for the commune, its CPAS or a partner, and may sign in."""

    REQUIRED_FIELDS: ClassVar[list[str]] = ["email"]

    temporary_password = models.CharField(
        max_length=128,
        blank=True,
        help_text=_("Ce que donne un mot de passe remis par l’administration, à changer aussitôt."),
    )

    class Meta:
        verbose_name = _("agent")
        verbose_name_plural = _("agents")
        ordering = ["last_name", "first_name", "username"]

    def __str__(self) -> str:
        return self.get_full_name() or self.username

    @property
    def password_is_temporary(self) -> bool:
        """This property says whether the password is still the one that was handed over."""
        return bool(self.temporary_password) and self.password == self.temporary_password


class Post(models.Model):
    """A role held by an agent, in a team or for the whole house, from a day to a day."""

    agent = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="posts")
    team = models.ForeignKey(
        Team, on_delete=models.PROTECT, related_name="posts", null=True, blank=True
    )
    role = models.CharField(_("rôle"), max_length=30, choices=Role.choices)
    since_date = models.DateField(_("depuis le"))
    until_date = models.DateField(_("jusqu’au"), null=True, blank=True)

    class Meta:
        verbose_name = _("poste")
        verbose_name_plural = _("postes")
        ordering = ["agent", "role"]
        constraints = [
            models.CheckConstraint(condition=Q(role__in=Role.values), name="post_role_known"),
            models.CheckConstraint(
                condition=Q(until_date__isnull=True) | Q(until_date__gte=models.F("since_date")),
                name="post_ends_after_it_begins",
            ),
            models.UniqueConstraint(
                fields=["agent", "team", "role"],
                condition=Q(until_date__isnull=True, team__isnull=False),
                name="post_held_once_in_team",
            ),
            models.UniqueConstraint(
                fields=["agent", "role"],
                condition=Q(until_date__isnull=True, team__isnull=True),
                name="post_held_once_in_house",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agent}: {self.get_role_display()}"
