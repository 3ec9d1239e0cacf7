"""The editors' digest: what is to be read again, by mail."""

from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from beffroi.accounts import queries as accounts
from beffroi.accounts.enums import Role
from beffroi.audit.enums import ActKind
from beffroi.audit.services import record
from beffroi.core.actors import Actor
from beffroi.directory.editor_queries import due_for_review
from beffroi.directory.services.writing import require_editor


@transaction.atomic
def send_reminders(*, by: Actor, at: datetime) -> list[str]:
    """This function will write to each editor what is due, and say to which addresses.

    Nothing leaves when nothing is due, nor to an editor without an address. Raises: NotAllowed.
    """
    require_editor(by)
    day = timezone.localdate(at)
    due = due_for_review(day)
    if not due.total:
        return []
    editors = [a for a in accounts.agents_in_role(Role.EDITOR, day) if a.email]
    for editor in editors:
        message = EmailMessage(
            _("Annuaire : %(count)s choses à revoir") % {"count": due.total},
            render_to_string(
                "directory/reminder.txt",
                {"editor": editor, "due": due, "day": day, "address": settings.BEFFROI_PUBLIC_URL},
            ),
            to=[editor.email],
        )
        transaction.on_commit(message.send)
    addresses = [editor.email for editor in editors]
    record(
        by=by, kind=ActKind.WRITE, verb="send_reminders", object_kind="directory",
        object_ref="reminders", at=at, detail={"due": due.total, "editors": len(addresses)},
    )  # fmt: skip
    return addresses
