"""Sign-in of staff: nobody signs up, accounts are made by an administrator."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class NoSignUpAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Closes every way to make an account by oneself."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
