"""Sign-in of staff: nobody signs up, accounts are made by an administrator; all is journalled."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from beffroi.accounts import services as accounts
from beffroi.web.client import client_address
from beffroi.web.fresh_sign_in import is_fresh


class StaffAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Closes every way to make an account by oneself, and journals who comes in."""

    error_messages = {  # noqa: RUF012 — allauth reads it on the class
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": _(
            "Ce nom d’utilisateur et ce mot de passe ne vont pas ensemble. Vérifiez les majuscules."
        ),
        "too_many_login_attempts": _(
            "Trop d’essais d’affilée. Attendez quelques minutes, puis recommencez."
        ),
        "account_inactive": _("Ce compte est fermé. Parlez-en à l’administration du système."),
        "incorrect_password": _("Ce n’est pas le bon mot de passe."),
        "enter_current_password": _("Ce n’est pas votre mot de passe actuel."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """Behind a proxy everybody has its address: one stranger would close sign-in to all."""
        return client_address(request)

    def is_reauthentication_required(self, *, app: str) -> bool:
        """Whoever has just signed in has shown who she is: she is not asked twice."""
        return not is_fresh(self.request)

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """Whoever has a second factor shows that one: her password alone opens neither it nor her codes."""
        methods: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        with_factor = [one for one in methods if one["id"] != "reauthenticate"]
        return with_factor or methods

    def login(self, request: HttpRequest, user: Any) -> None:
        super().login(request, user)
        accounts.note_sign_in(agent=user, at=timezone.now())

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        accounts.note_failed_sign_in(
            username=str(credentials.get("username", "")),
            locked=bool(getattr(request, "axes_locked_out", False)),
            at=timezone.now(),
        )
