"""Takes contacts and kits, each once by its mark; a code leaves only what counts it once."""

import hashlib
import hmac
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from beffroi.acts.fieldwork.enums import ContactKind, Orientation, OutingKind, Theme
from beffroi.acts.fieldwork.models import CodeMark, Contact, KitKind, KitMove, Outing, Spot
from beffroi.acts.fieldwork.models.meetings import AGES, MOST_PEOPLE, SEXES
from beffroi.acts.fieldwork.services.common import must_say, own_outing, refuse, spot_of, trace
from beffroi.acts.fieldwork.services.outings import is_standing
from beffroi.core.actors import Actor
from beffroi.core.errors import InvalidInput, NotAllowed, WrongState
from beffroi.core.secrets import canonical_secret
from beffroi.core.sending import KEPT, KNOWN, REFUSED

_SHORTEST_CODE, _MOST_KITS = 4, 2000


@dataclass(frozen=True)
class KitLine:
    """So many of one kind handed over, and so many taken back."""

    kind: int
    given: int = 0
    back: int = 0


@dataclass(frozen=True)
class ContactDraft:
    """A contact as it is sent; counts by sex and age say what was seen, no more than `people`."""

    mark: UUID
    outing: int | UUID
    met_at: datetime
    kind: str = ContactKind.TALK
    people: int = 1
    spot: int | None = None
    place: str = ""
    women: int = 0
    men: int = 0
    children: int = 0
    young: int = 0
    adults: int = 0
    seniors: int = 0
    themes: tuple[str, ...] = ()
    orientation: str = Orientation.NONE
    is_refused: bool = False
    #: Chosen by the person where drugs are spoken of; never kept as it is typed.
    code: str = ""
    kits: tuple[KitLine, ...] = ()


@dataclass(frozen=True)
class KitDraft:
    """Kits that moved without a contact: at the counter, or picked up in the street."""

    mark: UUID
    outing: int | UUID
    moved_at: datetime
    kits: tuple[KitLine, ...] = ()


def _faults(draft: ContactDraft) -> dict[str, str]:
    wrong = {}
    if draft.kind not in ContactKind.values:
        wrong["kind"] = _("Choisissez le genre de contact.")
    if not 1 <= draft.people <= MOST_PEOPLE:
        wrong["people"] = _("Comptez de 1 à %(most)d personnes.") % {"most": MOST_PEOPLE}
    for names in (SEXES, AGES):
        counts = [getattr(draft, name) for name in names]
        if min(counts) < 0 or sum(counts) > draft.people:
            wrong[names[0]] = _("Ce détail compte plus de personnes que le contact.")
    if not set(draft.themes) <= set(Theme.values):
        wrong["themes"] = _("Choisissez des thèmes de la liste.")
    if draft.orientation not in Orientation.values:
        wrong["orientation"] = _("Choisissez un service de la liste.")
    if draft.is_refused and not draft.orientation:
        wrong["orientation"] = _("Dites vers quel service l’orientation est refusée.")
    return wrong


def faults_of_code(draft: ContactDraft, outing: Outing) -> dict[str, str]:
    """This function will say what is wrong with the code of a contact, in words; often nothing."""
    if not draft.code.strip():
        return {}
    if outing.area.kind != OutingKind.DRUGS:
        return {"code": _("Un code ne se note qu’en prévention des assuétudes.")}
    if draft.people != 1:
        return {"code": _("Un code est celui d’une seule personne.")}
    if len(canonical_secret(draft.code)) < _SHORTEST_CODE:
        return {"code": _("Un code a quatre lettres ou chiffres au moins.")}
    return {}


def digest_of(code: str, team: str, year: int) -> str:
    """This function will give what counts a code once in a team and a year, with no way back."""
    about = f"fieldwork.code|{team}|{year}|{canonical_secret(code)}"
    return hmac.new(settings.SECRET_KEY.encode(), about.encode(), hashlib.sha256).hexdigest()


def open_kits(outing: Outing) -> dict[int, KitKind]:
    """This function will give what the team of an outing hands over on its day, by key."""
    rows = KitKind.objects.filter(team=outing.area.team_id).filter(
        Q(until_date__isnull=True) | Q(until_date__gte=outing.date)
    )
    return {row.pk: row for row in rows}


def kit_moves(
    outing: Outing, mark: UUID, lines: Iterable[KitLine], moved_at: datetime, by: Actor,
    contact: Contact | None = None, known: Mapping[int, KitKind] | None = None,
) -> list[KitMove]:  # fmt: skip
    """This function will give the rows of kits that moved, unsaved; none for lines of zeros.

    Raises: InvalidInput.
    """
    moved = [one for one in lines if one.given or one.back]
    if not moved:
        return []
    known = open_kits(outing) if known is None else known
    if any(one.kind not in known for one in moved) or len({m.kind for m in moved}) < len(moved):
        words = _("Choisissez du matériel de cette équipe, une ligne pour chacun.")
        raise InvalidInput(words, fields={"kits": words})
    if any(not 0 <= n <= _MOST_KITS for one in moved for n in (one.given, one.back)):
        words = _("Comptez de 0 à %(most)d exemplaires.") % {"most": _MOST_KITS}
        raise InvalidInput(words, fields={"kits": words})
    return [
        KitMove(
            mark=mark, outing=outing, contact=contact, kind=known[one.kind], given=one.given,
            back=one.back, moved_at=moved_at, by_ref=by.ref, by_label=by.label,
        )
        for one in moved
    ]  # fmt: skip


def hour_of(said: datetime, outing: Outing, at: datetime) -> datetime:
    """This function will give the hour of an act of an outing: not after `at`, nor before it began."""
    return max(min(said, at), min(outing.starts_at, at))


def contact_row(
    draft: ContactDraft, outing: Outing, *, by: Actor, at: datetime,
    spots: Mapping[int, Spot] | None = None,
) -> Contact:  # fmt: skip
    """This function will give the row of a contact, unsaved, after looking at all it says.

    `spots` are those of its area when they are read already. Raises: InvalidInput.
    """
    refuse(_faults(draft) | faults_of_code(draft, outing))
    return Contact(
        mark=draft.mark, outing=outing, kind=draft.kind, people=draft.people,
        spot=spot_of(outing.area, draft.spot, outing.date, spots),
        place=draft.place.strip()[:120], themes=sorted(set(draft.themes)),
        orientation=draft.orientation, is_refused=draft.is_refused,
        met_at=hour_of(draft.met_at, outing, at), received_at=at, by_ref=by.ref, by_label=by.label,
        **{name: getattr(draft, name) for name in (*SEXES, *AGES)},
    )  # fmt: skip


def _standing(pk: int | UUID, by: Actor) -> Outing:
    found = own_outing(pk, by)
    if not is_standing(found):
        raise WrongState(_("Cette sortie est annulée : rien ne s’y ajoute."))
    return found


@transaction.atomic
def meet(*, draft: ContactDraft, by: Actor, at: datetime) -> str:
    """This function will count a contact once, with its kits; a mark known counts nothing more.

    An outing that is closed takes it still: a phone may come back late.
    Raises: NotAllowed; InvalidInput; WrongState.
    """
    outing = _standing(draft.outing, by)  # held: a second sending waits for the first
    known = Contact.objects.filter(mark=draft.mark).values_list("outing_id", flat=True).first()
    if known is not None:
        return KNOWN if known == outing.pk else REFUSED
    row = contact_row(draft, outing, by=by, at=at)
    row.save(force_insert=True)
    KitMove.objects.bulk_create(
        kit_moves(outing, draft.mark, draft.kits, row.met_at, by, contact=row)
    )
    if draft.code.strip():
        digest = digest_of(draft.code, outing.area.team.key, outing.date.year)
        CodeMark.objects.create(contact=row, digest=digest, year=outing.date.year)
    _trace(outing, "outing.meet", row, by, at)
    return KEPT


def _trace(outing: Outing, verb: str, row: Contact, by: Actor, at: datetime) -> None:
    trace(
        verb, outing, by=by, at=at, team=outing.area.team.key,
        detail={"contact": row.pk, "people": row.people, "late": outing.state == "closed"},
    )  # fmt: skip


@transaction.atomic
def hand_over(*, draft: KitDraft, by: Actor, at: datetime) -> str:
    """This function will count kits that moved without a contact, once by their mark.

    Raises: NotAllowed; InvalidInput; WrongState.
    """
    outing = _standing(draft.outing, by)
    known = KitMove.objects.filter(mark=draft.mark).values_list("outing_id", flat=True).first()
    if known is not None:
        return KNOWN if known == outing.pk else REFUSED
    rows = kit_moves(outing, draft.mark, draft.kits, hour_of(draft.moved_at, outing, at), by)
    if not rows:
        words = _("Dites combien sont remis ou repris.")
        raise InvalidInput(words, fields={"kits": words})
    KitMove.objects.bulk_create(rows)
    trace("outing.kits", outing, by=by, at=at, team=outing.area.team.key)
    return KEPT


@transaction.atomic
def take_back_contact(*, contact: int, why: str, by: Actor, at: datetime) -> Contact:
    """This function will take a contact back, with its kits and what counted its code.

    Raises: NotAllowed; InvalidInput; WrongState when it was taken back already.
    """
    said = must_say(why, _("Dites pourquoi ce contact ne compte pas."))
    row = Contact.objects.filter(pk=contact).first()
    if row is None:
        raise NotAllowed(_("Ce contact n’existe pas."))
    outing = own_outing(row.outing_id, by)
    rows = Contact.objects.filter(pk=row.pk, taken_back_at__isnull=True)
    if not rows.update(taken_back_at=at, why=said[:200]):
        raise WrongState(_("Ce contact est déjà repris."))
    KitMove.objects.filter(contact=row).update(taken_back_at=at)
    CodeMark.objects.filter(contact=row).delete()
    _trace(outing, "outing.take_back_contact", row, by, at)
    row.refresh_from_db()
    return row
