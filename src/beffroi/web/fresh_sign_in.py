"""Acts that want a fresh proof of who is at the keyboard: the session alone is not enough."""

import time
from urllib.parse import urlencode

from allauth.account import app_settings
from allauth.account.authentication import get_authentication_records
from allauth.mfa.utils import is_mfa_enabled
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse


def is_fresh(request: HttpRequest) -> bool:
    """This function will say whether the agent proved who she is in the last minutes.

    Whoever has a second factor proves it with that factor: a colleague may know a password.
    """
    wanted = "mfa" if is_mfa_enabled(request.user) else "password"
    limit = time.time() - app_settings.REAUTHENTICATION_TIMEOUT
    records = get_authentication_records(request, request.user)
    return any(one.get("method") == wanted and one["at"] > limit for one in records)


def ask_again(request: HttpRequest, back: str) -> HttpResponse:
    """This function will lead to the page where she proves who she is, and then to `back`."""
    has_factor = is_mfa_enabled(request.user)
    page = reverse("mfa_reauthenticate" if has_factor else "account_reauthenticate")
    return redirect(f"{page}?{urlencode({'next': back})}")
