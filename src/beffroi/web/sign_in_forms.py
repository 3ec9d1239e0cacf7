"""The forms of sign-in, in the words of the house."""

from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from django.utils.translation import gettext_lazy as _

_CODE_HELP = _("Six chiffres de votre application, ou un de vos codes de secours.")


def _plain(form: Any, labels: dict[str, Any]) -> None:
    """Our labels, no placeholder, no link to a page that does not exist."""
    for name, label in labels.items():
        field = form.fields[name]
        field.label = label
        field.help_text = ""
        field.widget.attrs.pop("placeholder", None)


def _code(form: Any, help_text: Any) -> None:
    _plain(form, {"code": _("Code")})
    form.fields["code"].help_text = help_text
    form.fields["code"].widget.attrs["autofocus"] = True


class SignInForm(account.LoginForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self, {"login": _("Nom d’utilisateur"), "password": _("Mot de passe")})
        self.fields["login"].widget.attrs.update(autocapitalize="none", spellcheck="false")


class PasswordAgainForm(account.ReauthenticateForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self, {"password": _("Mot de passe")})


class NewPasswordForm(account.ChangePasswordForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = {
            "oldpassword": _("Mot de passe actuel"),
            "password1": _("Nouveau mot de passe"),
            "password2": _("Nouveau mot de passe, encore une fois"),
        }
        _plain(self, labels)
        self.fields["password1"].help_text = _(
            "Douze caractères au moins. Trois ou quatre mots sans lien entre eux font l’affaire."
        )

    def clean(self) -> dict[str, Any]:
        """Refuses the password in use: who handed it over still knows it."""
        given: dict[str, Any] = super().clean()
        if given.get("password1") and self.user.check_password(given["password1"]):
            self.add_error(
                "password1", _("C’est votre mot de passe actuel : choisissez-en un autre.")
            )
        return given


class CodeForm(mfa.AuthenticateForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _code(self, _CODE_HELP)


class CodeAgainForm(mfa.ReauthenticateForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _code(self, _CODE_HELP)


class FirstCodeForm(totp.ActivateTOTPForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _code(self, _("Les six chiffres que l’application montre maintenant."))
        self.fields["code"].widget.attrs["inputmode"] = "numeric"
