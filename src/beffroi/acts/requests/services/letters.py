"""The messages that leave: a receipt, and a sign that there is something new to read.

A mail never says what the request is about: a shared mailbox is not a private place.
"""

from collections.abc import Callable

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import formats, timezone, translation
from django.utils.translation import gettext as _

from beffroi.acts.requests import receipt
from beffroi.acts.requests.models import Request


def send_receipt(request: Request, secret: str) -> None:
    """This function will mail the receipt, page and PDF, once the request is safely kept.

    Nothing leaves when no mail was given.
    """
    if request.email:
        _mail_later(lambda: _receipt_mail(request, secret))


def _receipt_mail(request: Request, secret: str) -> EmailMessage:
    with translation.override(request.lang):
        moment = timezone.localtime(request.received_at)
        page = receipt.receipt_page(request, secret, moment.date())
        body = _(
            "Nous avons bien reçu votre demande.\n\n"
            "Référence : %(reference)s\nCode : %(secret)s\nReçue le %(date)s à %(hour)s\n\n"
            "Votre page, que vous seul pouvez ouvrir :\n%(link)s\n\n"
            "L’accusé de réception est joint : il dit ce qui se passe maintenant, et pour quand. "
            "Il n’y a rien d’autre à faire pour l’instant : une personne va vous répondre.\n\n"
            "Gardez ce message pour vous : le lien ouvre votre demande.\n"
            "On ne répond pas à cette adresse ; pour nous écrire, ouvrez votre page."
        ) % {
            "reference": page.reference,
            "secret": page.secret,
            "date": formats.date_format(moment, "DATE_FORMAT"),
            "hour": formats.date_format(moment, "H:i"),
            "link": page.link,
        }
        subject = _("Accusé de réception %(reference)s") % {"reference": page.reference}
        mail = _mail(request.email, subject, body)
        mail.attach(f"{page.reference}.pdf", receipt.receipt_pdf(page), "application/pdf")
    return mail


def send_news(request: Request) -> None:
    """This function will mail that there is an answer to read, and nothing of what it says."""
    if request.email:
        _mail_later(lambda: _news_mail(request))


def _news_mail(request: Request) -> EmailMessage:
    with translation.override(request.lang):
        subject = _("Du nouveau pour votre demande %(reference)s") % {
            "reference": request.reference
        }
        body = _(
            "Il y a du nouveau sur votre page. Pour le lire, ouvrez le lien de votre accusé de "
            "réception, ou allez sur %(link)s avec votre référence et votre code.\n\n"
            "On ne répond pas à cette adresse ; pour nous écrire, ouvrez votre page."
        ) % {"link": settings.BEFFROI_PUBLIC_URL + receipt.follow_up_path(request.lang)}
        return _mail(request.email, subject, body)


def _mail(address: str, subject: str, body: str) -> EmailMessage:
    # Automatic mail says so: no robot answers it (RFC 3834).
    headers = {"Auto-Submitted": "auto-generated"}
    return EmailMessage(subject, body, settings.DEFAULT_FROM_EMAIL, [address], headers=headers)


def _mail_later(make: Callable[[], EmailMessage]) -> None:
    transaction.on_commit(lambda: make().send(), robust=True)
