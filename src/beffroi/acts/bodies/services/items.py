"""Matters put forward to a body, taken back, and declared interests."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from beffroi.accounts import queries as accounts
from beffroi.acts.bodies import queries
from beffroi.acts.bodies.conflicts import barred_persons
from beffroi.acts.bodies.enums import FINAL_OUTCOMES, BodyKind, RecusalOrigin, SittingState
from beffroi.acts.bodies.models import Body, ConcernedPerson, Item, Mandate, Recusal
from beffroi.acts.bodies.permissions import can_submit, items_visible_to, mandates_of
from beffroi.acts.bodies.services.moves import move_item, trace_item
from beffroi.acts.bodies.workflow import LIVE_ITEMS
from beffroi.core.actors import Actor
from beffroi.core.errors import InvalidInput, NotAllowed, WrongState
from beffroi.documents import services as documents
from beffroi.rules import council as rules

#: A section of the facts presented: a title, then a text, or lines of a label and a value.
Section = Mapping[str, Any]


@transaction.atomic
def submit_item(
    *,
    subject_kind: str,
    subject_ref: str,
    title: str,
    person_ref: str,
    kind: str,
    by: Actor,
    at: datetime,
    body_key: str | None = None,
    urgent: bool = False,
    conflict_refs: Iterable[str] = (),
    file_team: str = "",
    summary: Sequence[Section] = (),
    corrects: str | None = None,
) -> str:
    """This function will put a matter forward to who decides it and give its reference.

    `summary` is the facts a member reads, frozen as they are now: sections of {"title", "text"}
    or {"title", "lines": [{"label", "value"}]}. Without `body_key`, the attributions say which
    body decides. A correction names the decided item it `corrects`.
    Raises: NotAllowed; InvalidInput; WrongState when the subject waits already.
    """
    if not can_submit(by, file_team, timezone.localdate(at)):
        raise NotAllowed(_("Seule l’équipe du dossier peut le présenter."))
    return put_forward(
        subject_kind=subject_kind, subject_ref=subject_ref, title=title, person_ref=person_ref,
        kind=kind, by=by, at=at, body_key=body_key, urgent=urgent, conflict_refs=conflict_refs,
        file_team=file_team, summary=summary, corrects=corrects,
    ).reference  # fmt: skip


def put_forward(
    *, subject_kind: str, subject_ref: str, title: str, person_ref: str, kind: str,
    by: Actor, at: datetime, body_key: str | None, urgent: bool, conflict_refs: Iterable[str],
    file_team: str, summary: Sequence[Section], corrects: str | None,
) -> Item:  # fmt: skip
    """This function will write an item; the caller has checked the right to put it forward."""
    if not (title.strip() and subject_ref.strip() and kind.strip()):
        raise InvalidInput(_("Il manque l’objet, la matière ou le dossier de ce point."))
    _check_not_waiting(subject_kind, subject_ref)
    day = timezone.localdate(at)
    body = _body(body_key, kind, day)
    number = documents.next_number(register="point", year=day.year)
    item = Item.objects.create(
        reference=f"PT-{day.year}-{number:05d}", body=body, subject_kind=subject_kind,
        subject_ref=subject_ref, person_ref=person_ref, title=title.strip()[:200], kind=kind,
        kind_label=queries.label_of_kind(kind)[:120], summary=_sections(summary),
        file_team=file_team, is_urgent=urgent,
        is_secret=rules.is_secret(concerns_person=bool(person_ref), day=day),
        corrects=_corrected(corrects), submitted_at=at, submitted_by=by.label,
    )  # fmt: skip
    refs = {ref for ref in (person_ref, *conflict_refs) if ref}
    ConcernedPerson.objects.bulk_create(ConcernedPerson(item=item, person_ref=r) for r in refs)
    trace_item(item, "council_item.submit", by=by, at=at, detail={"body": body.key, "kind": kind})
    return item


def _check_not_waiting(subject_kind: str, subject_ref: str) -> None:
    waiting = Item.objects.filter(
        subject_kind=subject_kind, subject_ref=subject_ref, state__in=LIVE_ITEMS
    ).first()
    if waiting:
        raise WrongState(
            _("Ce dossier attend déjà une décision (%(item)s).") % {"item": waiting.reference},
            todo=_("Retirez d’abord ce point, ou attendez la décision."),
        )


def _body(body_key: str | None, kind: str, day: Any) -> Body:
    body = Body.objects.get(key=body_key) if body_key else queries.body_for(kind)
    if kind in rules.reserved_to_council(day) and body.kind != BodyKind.COUNCIL:
        raise InvalidInput(_("La loi réserve cette matière au Conseil."))
    return body


def _sections(summary: Sequence[Section]) -> list[dict[str, Any]]:
    """The facts as they are kept: nothing but titles, texts, labels and values."""
    return [
        {
            "title": str(section.get("title", "")),
            "text": str(section.get("text", "")),
            "lines": [
                {"label": str(line["label"]), "value": str(line["value"])}
                for line in section.get("lines", ())
            ],
        }
        for section in summary
    ]


def _corrected(reference: str | None) -> Item | None:
    if reference is None:
        return None
    result = queries.result_of(reference)
    if result is None or result.outcome not in FINAL_OUTCOMES:
        raise InvalidInput(_("Seul un point décidé se corrige, par un nouveau point."))
    return result.agenda_item.item


@transaction.atomic
def withdraw_item(*, item_ref: str, reason: str, by: Actor, at: datetime) -> None:
    """This function will take a matter back before the sitting that decides it opens.

    Raises: NotAllowed; InvalidInput without a reason; WrongState once the sitting is open.
    """
    item = Item.objects.filter(reference=item_ref).first()
    if item is None or not can_submit(by, item.file_team, timezone.localdate(at)):
        raise NotAllowed(_("Ce point n’existe pas, ou n’est pas dans votre équipe."))
    if not reason.strip():
        raise InvalidInput(_("Dites pourquoi vous le retirez."), {"reason": _("Dites pourquoi.")})
    planned = item.agenda.filter(
        result__isnull=True, sitting__state__in=(SittingState.PLANNED, SittingState.CONVENED)
    )
    opened = item.agenda.filter(result__isnull=True, sitting__state=SittingState.OPEN)
    if opened.exists():
        raise WrongState(
            _("La séance est ouverte : ce point ne se retire plus."),
            todo=_("Demandez au secrétariat de le reporter."),
        )
    planned.delete()
    move_item(item, "withdraw", by=by, at=at, detail={"reason": reason[:200]}, ended_at=at)


@transaction.atomic
def declare_conflict(*, item_ref: str, by: Actor, at: datetime) -> None:
    """This function will note that a member has an interest in a matter: she leaves it at once.

    Raises: NotAllowed when it is not hers to decide; WrongState once it is decided.
    """
    day = timezone.localdate(at)
    item = items_visible_to(by, day).filter(reference=item_ref).first()
    mandate = mandates_of(by, day).filter(body=item.body).first() if item else None
    if item is None or mandate is None:
        raise NotAllowed(_("Ce point n’existe pas, ou n’est pas de votre organe."))
    recuse(item, mandate, RecusalOrigin.DECLARED, by=by, at=at)


def recuse(item: Item, mandate: Mandate, origin: RecusalOrigin, *, by: Actor, at: datetime) -> bool:
    """This function will bar a mandate from an item; it says whether it was not so before.

    Raises: WrongState once the item is decided.
    """
    if item.state not in LIVE_ITEMS:
        raise WrongState(_("Ce point est déjà décidé."))
    _row, created = Recusal.objects.get_or_create(
        item=item, mandate=mandate, defaults={"origin": origin, "at": at, "by_label": by.label}
    )
    if created:
        detail = {"mandate": mandate.pk, "origin": str(origin)}
        trace_item(item, "council_item.recuse", by=by, at=at, detail=detail)
    return created


def note_ties(
    items: Iterable[Item], mandates: Iterable[Mandate], *, by: Actor, at: datetime
) -> int:
    """This function will bar each mandate from the items that concern somebody tied to it.

    It says how many recusals are new.
    """
    concerned: dict[int, set[str]] = {}
    by_pk = {item.pk: item for item in items}
    for row in ConcernedPerson.objects.filter(item_id__in=by_pk):
        concerned.setdefault(row.item_id, set()).add(row.person_ref)
    day, found = timezone.localdate(at), 0
    for mandate in mandates:
        barred = barred_persons(accounts.actor_for(mandate.agent, day))
        for pk, refs in concerned.items() if barred else ():
            if refs & barred:
                found += recuse(by_pk[pk], mandate, RecusalOrigin.DETECTED, by=by, at=at)
    return found
