"""Facts: stated with their source, never without; confirmed, put aside, replaced, never erased."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from beffroi.core.actors import Actor
from beffroi.core.errors import InvalidInput, WrongState
from beffroi.directory.enums import ContradictionState, FactKind, FactState
from beffroi.directory.models import Fact, Organisation, Place, Service, Source
from beffroi.directory.services.writing import require_editor, written
from beffroi.directory.values import value_of

Subject = Organisation | Service | Place


@dataclass(frozen=True)
class NewSource:
    """A document or a person of a service that the directory does not know yet."""

    title: str
    publisher: str = ""
    url: str = ""
    dated: str = ""


@dataclass(frozen=True)
class Provenance:
    """Where a fact comes from, the day it was true, and how long it is held to be."""

    source: Source | NewSource
    as_of_date: date | None = None
    as_of_note: str = ""
    valid_from_date: date | None = None
    valid_until_date: date | None = None
    review_date: date | None = None


def kept_source(given: Source | NewSource, day: date) -> Source:
    """This function will give a source the directory knows, made on that day if it is new.

    Raises: InvalidInput without a title.
    """
    if isinstance(given, Source):
        return given
    new, title = given, " ".join(given.title.split())
    if not title:
        raise InvalidInput(
            "Dites d’où vient ce fait.", {"source": "Choisissez une source, ou nommez-la."}
        )
    source, _new = Source.objects.get_or_create(
        key=slugify(title)[:80] or "source",
        defaults={
            "title": title[:255], "publisher": new.publisher[:200], "url": new.url,
            "dated": new.dated[:120], "seen_on": day,
        },
    )  # fmt: skip
    return source


def _check_dates(provenance: Provenance) -> None:
    begins, ends = provenance.valid_from_date, provenance.valid_until_date
    if begins and ends and ends < begins:
        raise InvalidInput(
            "Les dates de validité se croisent.",
            {"valid_until_date": "La fin vient avant le début."},
        )


@transaction.atomic
def state_fact(
    *,
    about: Subject,
    kind: FactKind,
    text: str,
    provenance: Provenance,
    by: Actor,
    at: datetime,
    value: dict[str, Any] | None = None,
    state: FactState = FactState.STATED,
    lang: str = "",
) -> Fact:
    """This function will enter a fact with its source; the older ones stay.

    Raises: NotAllowed; InvalidInput when the text is empty, is not of its kind, when no
    source is named or when its dates cross.
    """
    require_editor(by)
    text = " ".join(text.split()) if kind != FactKind.DETAIL else text.strip()
    if not text:
        raise InvalidInput("Écrivez ce que l’on sait, ou laissez « pas encore connu ».")
    _check_dates(provenance)
    fact = Fact(
        kind=kind,
        text=text,
        value=value_of(kind, text) if value is None else value,
        lang=lang,
        state=state,
        source=kept_source(provenance.source, timezone.localdate(at)),
        as_of_date=provenance.as_of_date,
        as_of_note=provenance.as_of_note,
        valid_from_date=provenance.valid_from_date,
        valid_until_date=provenance.valid_until_date,
        review_date=provenance.review_date,
    )
    setattr(fact, type(about).__name__.lower(), about)
    if state == FactState.CONFIRMED:
        fact.confirmed_by, fact.confirmed_at = by.label, at
    fact.save()
    written(by=by, at=at, verb="state_fact", on=about, detail=_seen(fact))
    return fact


@transaction.atomic
def confirm_fact(*, fact: Fact, by: Actor, at: datetime, review_date: date | None = None) -> None:
    """This function will say who checked a fact, when, and when to check it again.

    Raises: NotAllowed; WrongState when the fact is put aside or at stake in an open
    contradiction, which is settled on its own page.
    """
    require_editor(by)
    not_at_stake(fact)
    changed = Fact.objects.filter(
        pk=fact.pk, state__in=[FactState.STATED, FactState.DISPUTED, FactState.CONFIRMED]
    ).update(
        state=FactState.CONFIRMED, confirmed_by=by.label, confirmed_at=at, review_date=review_date
    )
    if not changed:
        raise WrongState("Ce fait a été écarté.", todo="Énoncez-le à nouveau, avec sa source.")
    written(by=by, at=at, verb="confirm_fact", on=subject_of(fact), detail=_seen(fact))


@transaction.atomic
def reject_fact(*, fact: Fact, reason: str, by: Actor, at: datetime) -> None:
    """This function will put a fact aside, with the reason; it stays on record.

    Raises: NotAllowed; InvalidInput without a reason; WrongState when it is at stake in an
    open contradiction or already put aside.
    """
    require_editor(by)
    reason = " ".join(reason.split())
    if not reason:
        raise InvalidInput("Dites pourquoi ce fait est écarté.", {"reason": "Le motif manque."})
    not_at_stake(fact)
    rows = Fact.objects.filter(pk=fact.pk).exclude(state=FactState.REJECTED)
    if not rows.update(state=FactState.REJECTED):
        raise WrongState("Ce fait est déjà écarté.")
    written(
        by=by, at=at, verb="reject_fact", on=subject_of(fact), reason=reason, detail=_seen(fact)
    )


@transaction.atomic
def replace_fact(
    *,
    old: Fact,
    text: str,
    provenance: Provenance,
    by: Actor,
    at: datetime,
    value: dict[str, Any] | None = None,
    state: FactState = FactState.STATED,
) -> Fact:
    """This function will enter the fact that takes over from `old`, which ends the day before.

    Raises: NotAllowed; InvalidInput as state_fact; WrongState when `old` has ended, is put
    aside or is at stake in an open contradiction.
    """
    require_editor(by)
    not_at_stake(old)
    begins = provenance.valid_from_date or timezone.localdate(at)
    give_way(old=old, begins=begins, by=by, at=at)
    fresh = Provenance(
        source=provenance.source,
        as_of_date=provenance.as_of_date,
        as_of_note=provenance.as_of_note,
        valid_from_date=begins,
        valid_until_date=provenance.valid_until_date,
        review_date=provenance.review_date,
    )
    return state_fact(
        about=subject_of(old), kind=FactKind(old.kind), text=text, provenance=fresh, by=by, at=at,
        value=value, state=state, lang=old.lang,
    )  # fmt: skip


def give_way(*, old: Fact, begins: date, by: Actor, at: datetime) -> None:
    """This function will end `old` on the day before `begins`.

    A fact that would end before it began was a mistake: it is put aside.
    Raises: NotAllowed; WrongState when it is at stake or put aside.
    """
    if old.state == FactState.REJECTED:
        raise WrongState("Ce fait a été écarté.", todo="Énoncez un nouveau fait.")
    if old.valid_until_date and old.valid_until_date < begins:
        return
    if old.valid_from_date and old.valid_from_date >= begins:
        reject_fact(fact=old, reason="Remplacé le jour même où il commençait.", by=by, at=at)
        return
    end_fact(fact=old, last_day=begins - timedelta(days=1), by=by, at=at)


@transaction.atomic
def end_fact(*, fact: Fact, last_day: date, by: Actor, at: datetime) -> None:
    """This function will end the validity of a fact on `last_day`; it stays on record.

    Raises: NotAllowed; InvalidInput when it would end before it begins; WrongState when it is
    at stake, put aside, or ended before already.
    """
    require_editor(by)
    not_at_stake(fact)
    if fact.valid_from_date and last_day < fact.valid_from_date:
        raise InvalidInput("Ce fait finirait avant de commencer.", {"last_day": "Trop tôt."})
    rows = Fact.objects.filter(pk=fact.pk).exclude(state=FactState.REJECTED)
    if not rows.exclude(valid_until_date__lt=last_day).update(valid_until_date=last_day):
        raise WrongState("Ce fait n’est plus valable.", todo="Ouvrez la version actuelle.")
    written(
        by=by, at=at, verb="end_fact", on=subject_of(fact),
        detail={**_seen(fact), "until": last_day.isoformat()},
    )  # fmt: skip


def subject_of(fact: Fact) -> Subject:
    """This function will give what the fact is about."""
    about = fact.service or fact.place or fact.organisation
    assert about is not None  # held by the database
    return about


def not_at_stake(fact: Fact) -> None:
    """This function will let a fact pass that no open contradiction holds. Raises: WrongState."""
    contradiction = fact.contradiction
    if contradiction is not None and contradiction.state == ContradictionState.OPEN:
        raise WrongState(
            f"Ce fait est en cause dans la contradiction {contradiction.code}.",
            todo="Tranchez-la d’abord.",
        )


def _seen(fact: Fact) -> dict[str, Any]:
    """What the journal keeps of a fact: public words only, since facts are public."""
    return {
        "fact": fact.pk,
        "kind": fact.kind,
        "text": fact.text[:200],
        "source": fact.source.title,
    }
