"""Minutes: drafted from what happened, edited, approved by who presides, then frozen."""

import hashlib
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from beffroi.acts.bodies import queries, words
from beffroi.acts.bodies.enums import VOTING_ROLES, SittingState
from beffroi.acts.bodies.models import AgendaItem, Mandate, MinutesPart, Sitting
from beffroi.acts.bodies.permissions import can_approve, items_visible_to
from beffroi.acts.bodies.services.live import recorded
from beffroi.acts.bodies.services.moves import hold, move_sitting, trace_sitting
from beffroi.acts.bodies.services.sittings import prepared
from beffroi.core.actors import Actor
from beffroi.core.errors import InvalidInput, NotAllowed, WrongState


class StaleText(WrongState):
    """Somebody else changed this part meanwhile; `theirs` is what she wrote."""

    def __init__(self, theirs: str, revision: int) -> None:
        self.theirs, self.revision = theirs, revision
        super().__init__(
            _("Quelqu’un d’autre vient de changer ce passage."),
            todo=_("Comparez les deux textes, puis gardez celui qui convient."),
        )


@transaction.atomic
def draft_minutes(*, sitting: str, by: Actor, at: datetime) -> Sitting:
    """This function will write the first draft of the minutes from what was recorded.

    Raises: NotAllowed; WrongState before the sitting is closed, or once drafted.
    """
    row = recorded(sitting, by, at, SittingState.CLOSED)
    entries = list(queries.agenda_of(row).prefetch_related("item__recusals__mandate__agent"))
    came = set(row.presences.values_list("mandate_id", flat=True))
    parts = [MinutesPart(sitting=row, position=0, title=_("Ouverture"), text=_opening(row))]
    parts += [
        MinutesPart(
            sitting=row, agenda_item=entry, position=number, title=_title(entry),
            text=_text(entry, entries, came),
        )
        for number, entry in enumerate(entries, 1)
    ]  # fmt: skip
    closing = _("La séance est levée à %(hour)s.") % {"hour": words.hour(row.closed_at)}
    parts.append(
        MinutesPart(sitting=row, position=len(parts), title=_("Fin de la séance"), text=closing)
    )
    MinutesPart.objects.bulk_create(parts)
    move_sitting(row, "draft", by=by, at=at)
    return row


def _opening(sitting: Sitting) -> str:
    members = list(queries.in_function(sitting.body, queries.date_of(sitting)))
    came = set(sitting.presences.values_list("mandate_id", flat=True))
    absent = [m for m in members if m.pk not in came]
    lines = [
        _("La séance est ouverte à %(hour)s, à huis clos, %(place)s.")
        % {"hour": words.hour(sitting.opened_at), "place": sitting.place},
        _("Préside : %(name)s. Secrétaire : %(pen)s.")
        % {"name": _name(sitting.chair), "pen": _name(sitting.secretary)},
        _("Présents : %(names)s.") % {"names": words.names(m for m in members if m.pk in came)},
    ]
    if absent:
        lines.append(_("Absents : %(names)s.") % {"names": words.names(absent)})
    lines += _comings(sitting)
    if sitting.missed_before:
        lines.append(words.call(sitting))
    if sitting.urgency_reason:
        lines.append(_("Convocation d’urgence : %(why)s") % {"why": sitting.urgency_reason})
    return "\n".join(lines)


def _name(mandate: Mandate | None) -> str:
    return str(mandate.agent) if mandate else _("personne")


def _comings(sitting: Sitting) -> list[str]:
    """Who came after the opening, who went before the end."""
    lines = []
    moved = sitting.presences.filter(mandate__role__in=VOTING_ROLES)
    for presence in moved.select_related("mandate__agent"):
        who = {"name": presence.mandate.agent}
        if presence.arrived_at > (sitting.opened_at or presence.arrived_at):
            said = _("%(name)s arrive à %(hour)s.")
            lines.append(said % {**who, "hour": words.hour(presence.arrived_at)})
        if presence.left_at and sitting.closed_at and presence.left_at < sitting.closed_at:
            said = _("%(name)s s’en va à %(hour)s.")
            lines.append(said % {**who, "hour": words.hour(presence.left_at)})
    return lines


def _title(entry: AgendaItem) -> str:
    return f"{entry.position}. {entry.item.title} ({entry.item.reference})"


def _text(entry: AgendaItem, entries: list[AgendaItem], came: set[int]) -> str:
    lines = [entry.item.kind_label + "."]
    if entry.is_addition:
        lines.append(_("Point ajouté en urgence. Motif : %(why)s") % {"why": entry.addition_reason})
    lines += words.recusals(entry.item.recusals.all())
    lines.append(words.decision(entry.result))
    return "\n".join([*lines, *_block(entry, entries, came)])


def _block(entry: AgendaItem, entries: list[AgendaItem], came: set[int]) -> list[str]:
    """With which places it was voted, and who was out of that vote because of another of them."""
    if entry.result.block is None:
        return []
    with_it = [e for e in entries if e.result.block == entry.result.block and e.pk != entry.pk]
    own = {recusal.mandate_id for recusal in entry.item.recusals.all()}
    out = {
        recusal.mandate_id: recusal.mandate
        for other in with_it for recusal in other.item.recusals.all()
        if recusal.mandate_id in came - own
    }  # fmt: skip
    places = ", ".join(str(other.position) for other in with_it)
    lines = [_("Ce scrutin vaut aussi pour : point %(places)s.") % {"places": places}]
    if out:
        said = _("Hors de ce scrutin groupé : %(names)s.")
        lines.append(said % {"names": words.names(out.values())})
    return lines


@transaction.atomic
def edit_minutes(*, part: int, text: str, revision: int, by: Actor, at: datetime) -> MinutesPart:
    """This function will keep the text of a part, if nobody changed it since `revision`.

    Raises: NotAllowed; StaleText with the other text; InvalidInput when empty; WrongState once
    the minutes are approved.
    """
    row = MinutesPart.objects.select_related("sitting", "agenda_item").filter(pk=part).first()
    if row is None:
        raise NotAllowed(_("Ce passage n’existe pas."))
    sitting = recorded(row.sitting.reference, by, at, SittingState.DRAFTED)
    seen = items_visible_to(by, timezone.localdate(at))
    if row.agenda_item and not seen.filter(pk=row.agenda_item.item_id).exists():
        raise NotAllowed(_("Ce passage n’existe pas."))
    if not text.strip():
        raise InvalidInput(
            _("Un passage ne peut pas être vide."), {"text": _("Écrivez le passage.")}
        )
    kept = MinutesPart.objects.filter(pk=part, revision=revision).update(
        text=text.strip(), revision=F("revision") + 1
    )
    row.refresh_from_db()
    if not kept:
        raise StaleText(row.text, row.revision)
    trace_sitting(sitting, "minutes.edit", by=by, at=at, detail={"part": row.position})
    return row


@transaction.atomic
def approve_minutes(*, sitting: str, by: Actor, at: datetime) -> Sitting:
    """This function will approve the minutes: from then on nobody changes them.

    Raises: NotAllowed unless the actor presides the body; WrongState.
    """
    row = prepared(sitting, by, at)
    if not can_approve(by, row.body, timezone.localdate(at)):
        raise NotAllowed(_("Le procès-verbal est approuvé par qui préside."))
    hold(row, SittingState.DRAFTED)
    move_sitting(row, "approve", by=by, at=at, approved_at=at, digest=digest_of(row))
    return row


def digest_of(sitting: Sitting) -> str:
    """This function will give the fingerprint of the minutes as they stand."""
    said = hashlib.sha256()
    for part in sitting.minutes.order_by("position"):
        said.update(f"{part.position}\x1f{part.title}\x1f{part.text}\x1e".encode())
    return said.hexdigest()
