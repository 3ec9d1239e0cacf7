"""Pictures of sessions: nobody is shown who has not agreed, or whose parent has not."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from beffroi.acts.activities import picture_queries
from beffroi.acts.activities.enums import Channel, PictureState
from beffroi.acts.activities.models import Participant, Picture
from beffroi.acts.activities.permissions import can_take_attendance
from beffroi.acts.activities.services.common import must_say, own_session, trace
from beffroi.core.actors import Actor
from beffroi.core.errors import InvalidInput, NotAllowed, Refusal, WrongState
from beffroi.documents import services as documents
from beffroi.documents.enums import ScanState

_IMAGES = ("image/jpeg", "image/png", "image/webp")


class NotAgreed(Refusal):
    """Somebody on the picture has not agreed to be shown there."""

    def __init__(self, lacking: dict[str, list[str]]) -> None:
        self.lacking = lacking
        said = "; ".join(f"{name} : {', '.join(what)}" for name, what in sorted(lacking.items()))
        super().__init__(
            _("Cette image ne peut pas être publiée."), _("Il manque : %(what)s.") % {"what": said},
            _("Demandez ces accords, ou choisissez une autre image."),
        )  # fmt: skip


def _own(picture: int, by: Actor) -> Picture:
    rows = Picture.objects.select_for_update(of=("self",), no_key=True)
    found = rows.select_related("session__activity__team", "attachment").filter(pk=picture).first()
    if found is None or not can_take_attendance(by, found.session):
        raise NotAllowed(_("Cette image n’est pas de votre équipe."))
    return found


def _trace(verb: str, row: Picture, by: Actor, at: datetime) -> None:
    trace(
        verb, by=by, at=at, activity=row.session.activity, session=row.session,
        detail={"picture": row.pk},
    )  # fmt: skip


@transaction.atomic
def add_picture(
    *, session: int, name: str, content: bytes, by: Actor, at: datetime, caption: str = ""
) -> Picture:
    """This function will keep a picture of a session, cleaned and shown nowhere.

    Raises: NotAllowed; FileRefused; InvalidInput for what is no picture.
    """
    held = own_session(session, by, for_names=True)
    kept = documents.receive_file(name=name, content=content, received_from=by.label, at=at)
    if kept.content_type not in _IMAGES:
        words = _("Choisissez une image (JPEG, PNG ou WebP).")
        raise InvalidInput(words, fields={"file": words})
    made = Picture.objects.create(
        session=held, attachment=kept, caption=caption.strip()[:160], at=at, by_label=by.label
    )
    _trace("picture.add", made, by, at)
    return made


@transaction.atomic
def name_people(
    *, picture: int, people: Sequence[int], everybody: bool, by: Actor, at: datetime
) -> Picture:
    """This function will say who is on a picture, and whether that is everybody.

    A picture that was shown is hidden: it is published again with what is known now.
    Raises: NotAllowed; InvalidInput for somebody the team does not know.
    """
    found = _own(picture, by)
    team = found.session.activity.team_id
    known = Participant.objects.filter(pk__in=people, team=team, anonymised_at__isnull=True)
    if known.count() < len(set(people)):
        raise InvalidInput(_("Une de ces personnes n’est pas connue de cette équipe."))
    if found.state == PictureState.PUBLISHED:
        hide(found, _("Les personnes visibles ont changé."), by=by, at=at)
    found.people.set(known)
    Picture.objects.filter(pk=found.pk).update(everybody_named=everybody)
    found.refresh_from_db()
    _trace("picture.name_people", found, by, at)
    return found


@transaction.atomic
def publish_picture(*, picture: int, channel: str, by: Actor, at: datetime) -> Picture:
    """This function will let a picture be shown in a channel, when everybody on it agreed to that.

    Raises: NotAllowed; WrongState while people are not all named, or the file is not cleared;
    NotAgreed with, by name, what is lacking.
    """
    found = _own(picture, by)
    if channel not in Channel.values:
        raise InvalidInput(_("Dites où l’image est montrée."))
    if not found.everybody_named:
        raise WrongState(_("Dites d’abord qui est visible sur l’image, ou que personne ne l’est."))
    if found.attachment.state != ScanState.CLEAN:
        raise WrongState(_("Ce fichier n’est pas encore vérifié : réessayez plus tard."))
    people = found.people.select_for_update(no_key=True).order_by("pk")
    list(people)  # held: a consent taken back at this moment waits, and then hides the picture
    if missing := picture_queries.who_lacks(found, channel, timezone.localdate(at)):
        raise NotAgreed(missing)
    Picture.objects.filter(pk=found.pk).update(
        state=PictureState.PUBLISHED, channel=channel, why=""
    )
    found.refresh_from_db()
    _trace("picture.publish", found, by, at)
    return found


def hide(picture: Picture, why: str, *, by: Actor, at: datetime) -> None:
    """This function will take a picture away from where it is shown, in the act under way."""
    Picture.objects.filter(pk=picture.pk).update(
        state=PictureState.WITHDRAWN, channel="", why=why[:200]
    )
    row = Picture.objects.select_related("session__activity__team").get(pk=picture.pk)
    _trace("picture.hide", row, by, at)


@transaction.atomic
def withdraw_picture(*, picture: int, why: str, by: Actor, at: datetime) -> Picture:
    """This function will take a picture away. Raises: NotAllowed; InvalidInput without a reason."""
    found = _own(picture, by)
    hide(found, must_say(why, _("Dites pourquoi l’image est retirée.")), by=by, at=at)
    found.refresh_from_db()
    return found
