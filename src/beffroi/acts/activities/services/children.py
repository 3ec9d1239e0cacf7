"""Guardians, who may come for a child, and what was agreed to; a consent is taken back at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from beffroi.acts.activities import picture_queries
from beffroi.acts.activities.consenting import age_at_least, holds_on
from beffroi.acts.activities.enums import Channel, Collects, ConsentKind
from beffroi.acts.activities.models import Consent, Contact, Leaving, Participant
from beffroi.acts.activities.services.common import must_say, own_session, trace
from beffroi.acts.activities.services.people import own_participant, trace_participant
from beffroi.acts.activities.services.pictures import hide
from beffroi.core.actors import Actor
from beffroi.core.errors import InvalidInput, NotAllowed, WrongState

_MAY_LEAVE_ALONE = 12


@dataclass(frozen=True)
class ContactDraft:
    """Somebody around a participant."""

    name: str
    phone: str = ""
    relation: str = ""
    has_authority: bool = False
    is_emergency: bool = False
    collects: str = Collects.UNSAID


@transaction.atomic
def add_contact(*, participant: int, draft: ContactDraft, by: Actor, at: datetime) -> Contact:
    """This function will write who stands around a participant. Raises: NotAllowed; InvalidInput."""
    found = own_participant(participant, by)
    name = must_say(draft.name, _("Écrivez un nom."), "name")
    if draft.collects not in Collects.values:
        raise InvalidInput(_("Dites si cette personne peut venir la chercher."))
    made = Contact.objects.create(
        participant=found, name=name[:120], phone=draft.phone.strip()[:40],
        relation=draft.relation.strip()[:60], has_authority=draft.has_authority,
        is_emergency=draft.is_emergency, collects=draft.collects,
        since_date=timezone.localdate(at),
    )  # fmt: skip
    trace_participant("participant.add_contact", found, by, at)
    return made


@transaction.atomic
def end_contact(*, contact: int, by: Actor, at: datetime) -> None:
    """This function will end somebody’s part from today on; what she agreed to no longer carries.

    Pictures that stood on her word are hidden. Raises: NotAllowed.
    """
    row = Contact.objects.filter(pk=contact).first()
    if row is None:
        raise NotAllowed(_("Ce contact n’existe plus."))
    found, today = own_participant(row.participant_id, by), timezone.localdate(at)
    Contact.objects.filter(pk=row.pk).update(until_date=max(row.since_date, today))
    given = Consent.objects.filter(given_by=row, withdrawn_on__isnull=True)
    for consent in given:
        Consent.objects.filter(pk=consent.pk).update(withdrawn_on=max(today, consent.given_on))
    _hide_what_lacks(found, by, at)
    trace_participant("participant.end_contact", found, by, at)


@transaction.atomic
def set_disagreement(*, participant: int, disagree: bool, by: Actor, at: datetime) -> None:
    """This function will say whether those who decide for a child are known to disagree.

    When they are, each must agree to a picture. Raises: NotAllowed.
    """
    found = own_participant(participant, by)
    Participant.objects.filter(pk=found.pk).update(parents_disagree=disagree)
    found.refresh_from_db()
    _hide_what_lacks(found, by, at)
    trace_participant("participant.change", found, by, at)


@transaction.atomic
def give_consent(
    *, participant: int, kind: str, by: Actor, at: datetime, given_on: date,
    contact: int | None = None, channels: Sequence[str] = (), proof: str = "",
    until: date | None = None,
) -> Consent:  # fmt: skip
    """This function will write what was agreed to: by a contact with authority, or by herself.

    For pictures that are shown, where, and where the writing is kept. Raises: NotAllowed;
    InvalidInput.
    """
    found, today = own_participant(participant, by), timezone.localdate(at)
    giver = None
    if contact is not None:
        around = picture_queries.contacts_of(found.pk, today)
        giver = next((one for one in around if one.pk == contact), None)
        if giver is None or not giver.has_authority:
            words = _("Seul qui exerce l’autorité parentale donne son accord pour un enfant.")
            raise InvalidInput(words, fields={"contact": words})
    if kind not in ConsentKind.values or given_on > today or (until and until < given_on):
        words = _("Choisissez ce qui est accepté, et un jour qui est venu.")
        raise InvalidInput(words, fields={"given_on": words})
    if kind == ConsentKind.PUBLISH:
        if not channels or not set(channels) <= set(Channel.values):
            words = _("Dites où l’image peut être montrée.")
            raise InvalidInput(words, fields={"channels": words})
        proof = must_say(proof, _("Dites où se trouve l’accord écrit."), "proof")
    made = Consent.objects.create(
        participant=found, kind=kind, given_by=giver, is_her_own_voice=giver is None,
        channels=sorted(set(channels)) if kind == ConsentKind.PUBLISH else [], given_on=given_on,
        until_date=until, proof=proof.strip()[:120], at=at, by_label=by.label,
    )  # fmt: skip
    trace_participant("participant.consent", found, by, at)
    return made


@transaction.atomic
def withdraw_consent(*, consent: int, by: Actor, at: datetime) -> int:
    """This function will take a consent back from today on, and hide what stood on it; how many.

    Raises: NotAllowed; WrongState when it was taken back already.
    """
    row = Consent.objects.filter(pk=consent).first()
    if row is None:
        raise NotAllowed(_("Ce consentement n’existe pas."))
    found, today = own_participant(row.participant_id, by), timezone.localdate(at)
    rows = Consent.objects.filter(pk=row.pk, withdrawn_on__isnull=True)
    if not rows.update(withdrawn_on=max(today, row.given_on)):
        raise WrongState(_("Cet accord est déjà repris."))
    trace_participant("participant.withdraw_consent", found, by, at)
    return _hide_what_lacks(found, by, at)


def _hide_what_lacks(person: Participant, by: Actor, at: datetime) -> int:
    day, hidden = timezone.localdate(at), 0
    for picture in picture_queries.published_with(person.pk):
        if picture_queries.who_lacks(picture, picture.channel, day):
            hide(picture, _("Un accord a été repris."), by=by, at=at)
            hidden += 1
    return hidden


@transaction.atomic
def leave(
    *, session: int, participant: int, by: Actor, at: datetime, contact: int | None = None
) -> Leaving:
    """This function will note with whom a child leaves, or that she leaves alone.

    Only with who may come for her; alone only when that was agreed to, and from twelve years on.
    Raises: NotAllowed; InvalidInput; WrongState when she left already.
    """
    held = own_session(session, by, for_names=True)
    found, day = own_participant(participant, by), timezone.localdate(at)
    if found.team_id != held.activity.team_id:
        raise NotAllowed(_("Cette personne n’est pas connue de votre équipe."))
    _must_be_allowed_to_leave(found, contact, day)
    try:
        with transaction.atomic():
            made = Leaving.objects.create(
                session=held, participant=found, contact_id=contact, at=at, by_ref=by.ref,
                by_label=by.label,
            )  # fmt: skip
    except IntegrityError as error:
        raise WrongState(_("Son départ est déjà noté.")) from error
    trace("session.leave", by=by, at=at, activity=held.activity, session=held)
    return made


def _must_be_allowed_to_leave(found: Participant, contact: int | None, day: date) -> None:
    if contact is not None:
        around = {one.pk: one for one in picture_queries.contacts_of(found.pk, day)}
        one = around.get(contact)
        if one is None or one.collects != Collects.MAY:
            raise InvalidInput(
                _("Cette personne n’est pas autorisée à venir chercher l’enfant."),
                todo=_("Appelez qui exerce l’autorité parentale avant de la laisser partir."),
            )
        return
    age = age_at_least(found.birth_year, day)
    agreed = any(
        row.kind == ConsentKind.LEAVE_ALONE and row.given_by_id and holds_on(row, day)
        for row in picture_queries.consents_of(found.pk)
    )
    is_adult = age is not None and age >= 18
    if not is_adult and not (agreed and age is not None and age >= _MAY_LEAVE_ALONE):
        raise InvalidInput(
            _("Cet enfant ne part pas seul."),
            why=_("Il faut l’accord écrit d’un parent, et douze ans accomplis."),
        )
