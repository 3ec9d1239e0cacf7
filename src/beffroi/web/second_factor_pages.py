"""The page where a second factor is set up: a code was shown there, and is not asked again at once."""

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.totp.views import ActivateTOTPView
from django.http import HttpResponse


class SetUpView(ActivateTOTPView):  # type: ignore[misc]
    """Sets up the application that gives codes, and keeps that one of its codes was right."""

    def form_valid(self, form: Any) -> HttpResponse:
        """This method will set the factor up, then note that the agent has just shown it."""
        answer: HttpResponse = super().form_valid(form)
        record_authentication(self.request, self.request.user, method="mfa", type="totp")
        return answer


set_up = SetUpView.as_view()
