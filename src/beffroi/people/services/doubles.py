"""Entries that may be one person: proposed, set aside with a reason, merged, separated again."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from beffroi.core.actors import Actor
from beffroi.core.errors import InvalidInput, NotAllowed, WrongState
from beffroi.people.likeness import (
    WORTH_SHOWING,
    Likeness,
    blocks,
    candidates_for,
    compared,
    entries,
    likeness,
)
from beffroi.people.models import Merge, Person, PossibleDuplicate
from beffroi.people.permissions import can_merge, persons_visible_to
from beffroi.people.services.common import needed, opened, trace
from beffroi.people.services.index import index_person
from beffroi.people.services.staff import refresh_barred

#: What a merge may take from the absorbed entry: each stands or falls with its own choice.
TAKEN_TOGETHER = {
    "name": ("last_name", "first_name"),
    "called_name": ("called_name",),
    "gender": ("gender",),
    "birth": ("birth_date", "birth_precision"),
    "birth_place": ("birth_place",),
    "nationality": ("nationality",),
    "lang": ("lang",),
    "death": ("is_deceased", "death_date"),
}


def propose_for(person: Person, *, at: datetime) -> int:
    """This function will note the entries that may be this same person, and count them."""
    others = candidates_for(person)
    if not others:
        return 0
    mine, *rest = entries([person, *others])
    return _note((likeness(mine, other) for other in rest), at)


def _note(found: Iterable[Likeness], at: datetime) -> int:
    """Each pair once; what was set aside stays so, unless a number now says otherwise."""
    count = 0
    for pair in found:
        if pair.score < WORTH_SHOWING:
            continue
        row, is_new = PossibleDuplicate.objects.get_or_create(
            first_id=pair.first, second_id=pair.second,
            defaults={"score": pair.score, "reasons": list(pair.reasons), "found_at": at},
        )  # fmt: skip
        if not is_new and set(pair.reasons) != set(row.reasons):
            PossibleDuplicate.objects.filter(pk=row.pk).update(
                score=pair.score, reasons=list(pair.reasons), found_at=at
            )
        count += is_new
    return count


@transaction.atomic
def find_duplicates(*, at: datetime) -> int:
    """This function will look through the whole house for pairs not proposed yet, and count them."""
    return _note(compared(blocks()), at)


@transaction.atomic
def dismiss_duplicate(*, first: str, second: str, why: str, by: Actor, at: datetime) -> None:
    """This function will note that two entries are two persons, with the reason.

    Raises: UnknownPerson; InvalidInput without a reason; WrongState when nothing is proposed.
    """
    one, other = opened(first, by), opened(second, by)
    why = needed("why", why, _("Dites pourquoi ce sont deux personnes."))
    low, high = sorted((one.pk, other.pk))
    done = PossibleDuplicate.objects.filter(
        first=low, second=high, dismissed_at__isnull=True
    ).update(dismissed_at=at, dismissed_by=by.label, dismissed_why=why[:300])
    if not done:
        raise WrongState(_("Quelqu’un a déjà répondu à cette question."))
    for person in (one, other):
        trace(person, "person.duplicate_dismiss", by=by, at=at, reason=why)


@transaction.atomic
def merge(
    *,
    kept: str,
    absorbed: str,
    why: str,
    by: Actor,
    at: datetime,
    take: Iterable[str] = (),
) -> Merge:
    """This function will make one person of two entries; no row moves and none is lost.

    The absorbed entry stays whole and points to the one kept, whose number and page serve
    from then on. `take` names what is taken over from the absorbed entry (`name`, `birth`…).

    Raises: NotAllowed; UnknownPerson; InvalidInput; WrongState when one was merged meanwhile.
    """
    if not can_merge(by):
        raise NotAllowed(_("Seul le service social fusionne des personnes."))
    why = needed("why", why, _("Dites ce qui montre que c’est la même personne."))
    first, second = opened(kept, by), opened(absorbed, by)
    if first.pk == second.pk:
        raise WrongState(_("C’est déjà une seule personne."))
    values = _taken(first, second, take)
    pointed = Person.objects.filter(pk=second.pk, merged_into__isnull=True).update(
        merged_into=first, version=second.version + 1, changed_at=at
    )
    still = Person.objects.filter(pk=first.pk, merged_into__isnull=True, version=first.version)
    if not pointed or not still.update(**values, version=first.version + 1):
        raise WrongState(_("L’une des deux vient d’être fusionnée ou changée."))
    row = _record(first, second, values, why=why, by=by, at=at)
    first.refresh_from_db()
    index_person(first)
    PossibleDuplicate.objects.filter(
        first__in=(first, second), second__in=(first, second), dismissed_at__isnull=True
    ).delete()
    for person, other in ((first, second), (second, first)):
        trace(
            person, "person.merge", by=by, at=at, reason=why,
            detail={"kept": first.reference, "absorbed": other.reference}
            if person is first else {"kept": first.reference, "absorbed": second.reference},
        )  # fmt: skip
    refresh_barred()
    return row


def _taken(kept: Person, absorbed: Person, take: Iterable[str]) -> dict[str, Any]:
    wanted = list(take)
    if unknown := set(wanted) - set(TAKEN_TOGETHER):
        raise InvalidInput(_("Cela ne se reprend pas : %(what)s") % {"what": ", ".join(unknown)})
    return {name: getattr(absorbed, name) for group in wanted for name in TAKEN_TOGETHER[group]}


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _record(
    kept: Person, absorbed: Person, values: dict[str, Any], *, why: str, by: Actor, at: datetime
) -> Merge:
    chosen = {
        name: {"before": _plain(getattr(kept, name)), "after": _plain(value)}
        for name, value in values.items()
    }
    try:
        with transaction.atomic():
            return Merge.objects.create(
                kept=kept, absorbed=absorbed, why=why[:300], chosen=chosen, at=at,
                by_ref=by.ref, by_label=by.label,
            )  # fmt: skip
    except IntegrityError:
        raise WrongState(_("L’une des deux vient d’être fusionnée.")) from None


@transaction.atomic
def undo_merge(*, merge_id: int, why: str, by: Actor, at: datetime) -> None:
    """This function will make two persons again of what was merged, each as it was.

    What was taken over goes back, unless somebody wrote it anew since.

    Raises: NotAllowed; UnknownPerson; InvalidInput without a reason; WrongState when undone.
    """
    if not can_merge(by):
        raise NotAllowed(_("Seul le service social sépare des personnes."))
    why = needed("why", why, _("Dites pourquoi ce sont deux personnes."))
    row = (
        Merge.objects.select_related("kept", "absorbed")
        .filter(pk=merge_id, kept__in=persons_visible_to(by))
        .first()
    )
    if row is None:
        raise NotAllowed(_("Cette fusion n’existe pas."))
    done = Merge.objects.filter(pk=row.pk, undone_at__isnull=True).update(
        undone_at=at, undone_by=by.label, undone_why=why[:300]
    )
    if not done:
        raise WrongState(_("Cette fusion a déjà été défaite."))
    Person.objects.filter(pk=row.absorbed_id, merged_into=row.kept_id).update(
        merged_into=None, version=row.absorbed.version + 1
    )
    _give_back(row)
    row.kept.refresh_from_db()
    index_person(row.kept)
    for person in (row.kept, row.absorbed):
        trace(person, "person.merge_undo", by=by, at=at, reason=why)
    refresh_barred()


def _give_back(row: Merge) -> None:
    """Only what still is as the merge left it: a later change is somebody's word."""
    back = {
        name: date.fromisoformat(said["before"])
        if name.endswith("_date") and said["before"]
        else said["before"]
        for name, said in row.chosen.items()
        if _plain(getattr(row.kept, name)) == said["after"]
    }
    for names in TAKEN_TOGETHER.values():
        if any(name in back for name in names) and not all(name in back for name in names):
            for name in names:
                back.pop(name, None)
    Person.objects.filter(pk=row.kept_id).update(**back, version=row.kept.version + 1)
