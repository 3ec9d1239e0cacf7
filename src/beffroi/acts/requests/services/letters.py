"""The messages that leave: a receipt, and a sign that there is something new to read.

A mail never says what the request is about: a shared mailbox is not a private place.
"""

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.utils import formats, timezone, translation
from django.utils.translation import gettext as _

from beffroi.acts.requests.models import Request


def own_page_path(reference: str, secret: str, lang: str) -> str:
    """This function will give the path of the person's page, in her language."""
    prefix = "" if lang == "fr" or lang not in dict(settings.LANGUAGES) else f"/{lang}"
    return f"{prefix}/suivi/{reference}/{secret}/"


def send_receipt(request: Request, secret: str) -> None:
    """This function will mail the receipt once the request is safely kept, if a mail was given."""
    if not request.email:
        return
    with translation.override(request.lang):
        moment = timezone.localtime(request.received_at)
        body = _(
            "Nous avons bien reçu votre demande.\n\n"
            "Référence : %(reference)s\nDate : %(date)s\n\n"
            "Votre page, que vous seul pouvez ouvrir :\n%(link)s\n\n"
            "Gardez ce message. Il n’y a rien d’autre à faire pour l’instant : "
            "une personne va vous répondre."
        ) % {
            "reference": request.reference,
            "date": formats.date_format(moment, "DATETIME_FORMAT"),
            "link": settings.BEFFROI_PUBLIC_URL
            + own_page_path(request.reference, secret, request.lang),
        }
        subject = _("Accusé de réception %(reference)s") % {"reference": request.reference}
    _mail_later(request.email, subject, body)


def send_news(request: Request) -> None:
    """This function will mail that there is an answer to read, and nothing of what it says."""
    if not request.email:
        return
    with translation.override(request.lang):
        subject = _("Du nouveau pour votre demande %(reference)s") % {
            "reference": request.reference
        }
        body = _(
            "Une réponse vous attend. Pour la lire, ouvrez le lien de votre accusé de réception, "
            "ou allez sur %(link)s avec votre référence et votre code."
        ) % {"link": f"{settings.BEFFROI_PUBLIC_URL}/suivi/"}
    _mail_later(request.email, subject, body)


def _mail_later(address: str, subject: str, body: str) -> None:
    transaction.on_commit(
        lambda: send_mail(subject, body, settings.DEFAULT_FROM_EMAIL, [address]), robust=True
    )
