"""What a person agrees to, and who speaks for her."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from beffroi.core.actors import Actor
from beffroi.core.errors import InvalidInput, WrongState
from beffroi.people.enums import (
    ConsentPurpose,
    Proof,
    RepresentativeKind,
    RepresentativeScope,
)
from beffroi.people.models import Consent, Representative
from beffroi.people.same import same_ids
from beffroi.people.services.common import chosen, in_order, needed, opened, trace


@transaction.atomic
def give_consent(
    *,
    reference: str,
    purpose: str,
    given: date,
    proof: str,
    by: Actor,
    at: datetime,
    detail: str = "",
) -> int:
    """This function will note what a person agrees to, since when and by which proof.

    Raises: UnknownPerson; InvalidInput for a day to come; WrongState when it holds already.
    """
    person = opened(reference, by)
    if given > timezone.localdate(at):
        words = _("Un consentement ne se donne pas d’avance.")
        raise InvalidInput(words, fields={"given_date": words})
    try:
        with transaction.atomic():
            row = Consent.objects.create(
                person=person, given_date=given, detail=detail.strip(),
                purpose=chosen("purpose", purpose, ConsentPurpose.values),
                proof=chosen("proof", proof, Proof.values),
            )  # fmt: skip
    except IntegrityError:
        raise WrongState(_("Ce consentement est déjà noté et tient toujours.")) from None
    trace(person, "person.consent", by=by, at=at, detail={"purpose": purpose})
    return row.pk


@transaction.atomic
def withdraw_consent(
    *, reference: str, consent: int, on: date, proof: str, by: Actor, at: datetime
) -> None:
    """This function will note that a person took back what she agreed to.

    Raises: UnknownPerson; WrongState when it was taken back before; InvalidInput.
    """
    person = opened(reference, by)
    row = Consent.objects.filter(pk=consent, person_id__in=same_ids(person.pk)).first()
    if row is None or row.withdrawn_date is not None:
        raise WrongState(_("Ce consentement n’est plus en cours."))
    in_order(row.given_date, on)
    done = Consent.objects.filter(pk=row.pk, withdrawn_date__isnull=True).update(
        withdrawn_date=on, withdrawal_proof=chosen("withdrawal_proof", proof, Proof.values)
    )
    if not done:
        raise WrongState(_("Ce consentement n’est plus en cours."))
    trace(person, "person.consent_withdraw", by=by, at=at, detail={"purpose": row.purpose})


@dataclass(frozen=True)
class RepresentativeDraft:
    """Who speaks for a person: another person the house knows, or a name."""

    kind: str
    scope: str
    acting: str = ""
    name: str = ""
    phone: str = ""
    email: str = ""
    postal_address: str = ""
    detail: str = ""
    since: date | None = None
    until: date | None = None


@transaction.atomic
def add_representative(
    *, reference: str, draft: RepresentativeDraft, by: Actor, at: datetime
) -> int:
    """This function will note who speaks or acts for a person, for what and since when.

    Raises: UnknownPerson for either; InvalidInput.
    """
    person = opened(reference, by)
    acting = opened(draft.acting, by) if draft.acting else None
    name = (
        draft.name.strip() if acting else needed("name", draft.name, _("Dites de qui il s’agit."))
    )
    if acting is not None and acting.pk == person.pk:
        raise InvalidInput(_("Une personne ne se représente pas elle-même."))
    in_order(draft.since, draft.until)
    row = Representative.objects.create(
        person=person, acting=acting, name=name,
        kind=chosen("kind", draft.kind, RepresentativeKind.values),
        scope=chosen("scope", draft.scope, RepresentativeScope.values),
        phone=draft.phone.strip(), email=draft.email.strip(), detail=draft.detail.strip(),
        postal_address=draft.postal_address.strip(),
        since_date=draft.since, until_date=draft.until,
    )  # fmt: skip
    trace(person, "person.representative", by=by, at=at, detail={"kind": draft.kind})
    return row.pk


@transaction.atomic
def end_representative(
    *, reference: str, representative: int, until: date, by: Actor, at: datetime
) -> None:
    """This function will note that somebody no longer speaks for the person.

    Raises: UnknownPerson; WrongState; InvalidInput.
    """
    person = opened(reference, by)
    row = Representative.objects.filter(
        pk=representative, person_id__in=same_ids(person.pk), until_date__isnull=True
    ).first()
    if row is None:
        raise WrongState(_("Cette représentation est déjà finie."))
    in_order(row.since_date, until)
    Representative.objects.filter(pk=row.pk).update(until_date=until)
    trace(person, "person.representative_end", by=by, at=at, detail={"kind": row.kind})
