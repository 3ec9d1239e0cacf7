from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    RECEPTION = "reception", _("Accueil")
    SOCIAL_WORKER = "social_worker", _("Assistance sociale")
    TEAM_LEADER = "team_leader", _("Responsable d’équipe")
    COUNCIL_MEMBER = "council_member", _("Membre du Conseil")
    PRESIDENT = "president", _("Présidence du CPAS")
    DIRECTOR_GENERAL = "director_general", _("Direction générale")
    FINANCE_DIRECTOR = "finance_director", _("Direction financière")
    PCS_LEAD = "pcs_lead", _("Chef de projet PCS")
    ANIMATOR = "animator", _("Animation en maison de quartier")
    PREVENTION_WORKER = "prevention_worker", _("Service de prévention")
    EDITOR = "editor", _("Rédaction de l’annuaire")
    PRIVACY_OFFICER = "privacy_officer", _("Protection des données")
    ADMINISTRATOR = "administrator", _("Administration du système")


#: Roles that deal with people's requests, in the teams where they hold a post.
CASE_ROLES = frozenset(
    {
        Role.RECEPTION,
        Role.SOCIAL_WORKER,
        Role.TEAM_LEADER,
        Role.ANIMATOR,
        Role.PREVENTION_WORKER,
        Role.PCS_LEAD,
    }
)
