"""The second factor, in the words of the house."""

from allauth.mfa.adapter import DefaultMFAAdapter
from django.utils.translation import gettext_lazy as _


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Says what went wrong with a code, and what to do."""

    error_messages = {  # noqa: RUF012 — allauth reads it on the class
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _(
            "Ce code n’est pas le bon, ou il vient de changer. Regardez le suivant."
        ),
        "rate_limited": _("Trop d’essais d’affilée. Attendez quelques minutes, puis recommencez."),
    }
