"""What stands before every view: sign-in, second factor, role; and refusals said in words."""

from collections.abc import Callable
from contextlib import nullcontext
from functools import lru_cache
from typing import Any

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.db import DataError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import get_resolver
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from beffroi.accounts import queries as accounts
from beffroi.core.errors import NotAllowed, Refusal
from beffroi.core.once import reading_a_page
from beffroi.web.access import PUBLIC, access_table

GetResponse = Callable[[HttpRequest], HttpResponse]
_SECOND_FACTOR_SEEN = "second_factor_seen"
#: Where an agent without a second factor may still go: to set one up, or to leave.
_BEFORE_SECOND_FACTOR = ("mfa_", "account_")
#: After these, whether she still has a second factor is asked again.
_CHANGES_SECOND_FACTOR = ("mfa_deactivate_totp", "mfa_activate_totp")


@lru_cache(maxsize=1)
def access_by_name() -> dict[str, frozenset[str]]:
    """This function will give the access table with every page read, once for the process."""
    get_resolver().url_patterns  # noqa: B018 — reads every view
    return access_table()


class sign_in_required:  # noqa: N801 — a middleware reads as the sentence it enforces
    """Opens an address to whom the access table says, and to nobody else."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with reading_a_page() if request.method in ("GET", "HEAD") else nullcontext():
            response = self.get_response(request)
        if hasattr(request, "actor"):  # whoever takes the seat finds nothing by going back
            response.headers.setdefault("Cache-Control", "no-store, private")
        return response

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        name = request.resolver_match.view_name if request.resolver_match else ""
        if "\x00" in request.path_info or _asks_for_null(request, name):
            raise Http404("PostgreSQL keeps no null character: nothing has such an address")
        roles = access_by_name().get(name)
        if roles is None:
            raise Http404(f"{name} has no row in the access table")
        if roles == PUBLIC:
            return None
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if lacking := self._second_factor_lacks(request, name):
            return lacking
        if request.user.password_is_temporary and not name.startswith(_BEFORE_SECOND_FACTOR):
            return redirect("account_change_password")
        day = timezone.localdate()
        agent = request.user
        request.actor = SimpleLazyObject(lambda: accounts.actor_for(agent, day))  # type: ignore[attr-defined]
        if not (request.actor.roles & roles):  # type: ignore[attr-defined]
            raise Http404(f"{name} is not for these roles")
        return None

    def _second_factor_lacks(self, request: HttpRequest, name: str) -> HttpResponse | None:
        if not settings.BEFFROI_SECOND_FACTOR:
            return None
        if name in _CHANGES_SECOND_FACTOR:
            request.session.pop(_SECOND_FACTOR_SEEN, None)
        if name.startswith(_BEFORE_SECOND_FACTOR):
            return None
        if not request.session.get(_SECOND_FACTOR_SEEN):
            if not is_mfa_enabled(request.user):
                return redirect("mfa_activate_totp")
            request.session[_SECOND_FACTOR_SEEN] = True
        return None


def _asks_for_null(request: HttpRequest, name: str) -> bool:
    """HSDS reads its parameters strictly and says itself, in JSON, what is wrong with them."""
    return "%00" in request.META.get("QUERY_STRING", "") and not name.startswith("hsds:")


class refusals_in_words:  # noqa: N801
    """Turns a refusal that no view caught into a message on the page the agent came from.

    A right that is not held is answered as a thing that does not exist.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, NotAllowed):
            from beffroi.web.errors import not_found

            return not_found(request, error)
        if isinstance(error, Refusal) and request.method == "POST":
            messages.error(request, str(error))
            return HttpResponseRedirect(request.path if request.GET.get("ici") else _back(request))
        if isinstance(error, ValueError | DataError) and _holds_null(request):
            messages.error(
                request, _("Ce texte contient un signe invisible que rien ne garde : retapez-le.")
            )
            return HttpResponseRedirect(_back(request))
        return None


def _holds_null(request: HttpRequest) -> bool:
    """PostgreSQL keeps no null character; only a field that no form checked brings one so far."""
    return any("\x00" in one for _name, values in request.POST.lists() for one in values)


def _back(request: HttpRequest) -> str:
    """The page the form was on: forms say it in the field `retour`, a path of this house."""
    path = str(request.POST.get("retour", ""))
    return path if path.startswith("/") and not path.startswith("//") else request.path
