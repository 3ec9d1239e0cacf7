"""The few addresses of sign-in that staff need; signing up has none."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from django.urls import path

from beffroi.web.access import PUBLIC, STAFF
from beffroi.web.second_factor_pages import set_up

urlpatterns = [
    path("", account.login, name="account_login"),
    path("sortir/", account.logout, name="account_logout"),
    path("confirmer/", account.reauthenticate, name="account_reauthenticate"),
    path("mot-de-passe/", account.password_change, name="account_change_password"),
    path("deuxieme-facteur/", mfa.authenticate, name="mfa_authenticate"),
    path("deuxieme-facteur/confirmer/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("deuxieme-facteur/gerer/", mfa.index, name="mfa_index"),
    path("deuxieme-facteur/application/", set_up, name="mfa_activate_totp"),
    path("deuxieme-facteur/application/retirer/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("deuxieme-facteur/codes/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "deuxieme-facteur/codes/nouveaux/",
        codes.generate_recovery_codes,
        name="mfa_generate_recovery_codes",
    ),
    path(
        "deuxieme-facteur/codes/fichier/",
        codes.download_recovery_codes,
        name="mfa_download_recovery_codes",
    ),
]

ACCESS = {
    "account_login": PUBLIC,
    "account_logout": PUBLIC,
    "mfa_authenticate": PUBLIC,
    **{
        name: STAFF
        for name in (
            "account_reauthenticate",
            "account_change_password",
            "mfa_reauthenticate",
            "mfa_index",
            "mfa_activate_totp",
            "mfa_deactivate_totp",
            "mfa_view_recovery_codes",
            "mfa_generate_recovery_codes",
            "mfa_download_recovery_codes",
        )
    },
}
