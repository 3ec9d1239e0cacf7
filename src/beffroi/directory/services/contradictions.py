"""Contradictions between documents: settled in words, by choosing which facts stand."""

from collections.abc import Collection, Mapping
from datetime import datetime

from django.db import transaction

from beffroi.core.actors import Actor
from beffroi.core.errors import InvalidInput, WrongState
from beffroi.directory.enums import ContradictionState, FactState
from beffroi.directory.models import Contradiction, Fact
from beffroi.directory.services.writing import require_editor, written


@transaction.atomic
def settle_contradiction(
    *,
    contradiction: Contradiction,
    decision: str,
    standing: Collection[int],
    by: Actor,
    at: datetime,
) -> None:
    """This function will settle a contradiction: the facts in `standing` (their ids) are
    confirmed, the others at stake are put aside, and the decision is written.

    Raises: NotAllowed; InvalidInput without a decision or for a fact that is not at stake;
    WrongState when it is settled already.
    """
    require_editor(by)
    decision = decision.strip()
    if not decision:
        raise InvalidInput(
            "Écrivez la décision.", {"decision": "Ce qui est vrai, et comment vous le savez."}
        )
    at_stake = set(contradiction.facts.values_list("pk", flat=True))
    chosen = set(standing)
    if not chosen <= at_stake:
        raise InvalidInput(
            "Un des faits choisis n’est pas en cause ici.",
            {"standing": "Choisissez dans la liste."},
        )
    moved = Contradiction.objects.filter(pk=contradiction.pk, state=ContradictionState.OPEN).update(
        state=ContradictionState.SETTLED, decision=decision, settled_at=at, settled_by=by.label
    )
    if not moved:
        raise WrongState("Cette contradiction est déjà tranchée.", todo="Rechargez la page.")
    Fact.objects.filter(pk__in=chosen).update(
        state=FactState.CONFIRMED, confirmed_by=by.label, confirmed_at=at
    )
    Fact.objects.filter(pk__in=at_stake - chosen).update(state=FactState.REJECTED)
    written(
        by=by, at=at, verb="settle_contradiction", on=contradiction, reason=decision,
        detail={"standing": sorted(chosen), "rejected": sorted(at_stake - chosen)},
    )  # fmt: skip


@transaction.atomic
def reopen_contradiction(
    *, contradiction: Contradiction, reason: str, by: Actor, at: datetime
) -> None:
    """This function will open a settled contradiction again; its facts are disputed again.

    Raises: NotAllowed; InvalidInput without a reason; WrongState when it is open.
    """
    require_editor(by)
    reason = " ".join(reason.split())
    if not reason:
        raise InvalidInput("Dites pourquoi vous la rouvrez.", {"reason": "Le motif manque."})
    former = contradiction.decision
    moved = Contradiction.objects.filter(
        pk=contradiction.pk, state=ContradictionState.SETTLED
    ).update(state=ContradictionState.OPEN, decision="", settled_at=None, settled_by="")
    if not moved:
        raise WrongState("Cette contradiction est ouverte.")
    contradiction.facts.update(state=FactState.DISPUTED, confirmed_by="", confirmed_at=None)
    written(
        by=by, at=at, verb="reopen_contradiction", on=contradiction, reason=reason,
        detail={"former_decision": former},
    )  # fmt: skip


@transaction.atomic
def edit_public_notes(
    *, contradiction: Contradiction, notes: Mapping[str, str], note: str, by: Actor, at: datetime
) -> None:
    """This function will write what the public reads until it is settled, by language, and
    the note for editors. Raises: NotAllowed; InvalidInput when another language has words
    and French has none.
    """
    require_editor(by)
    said = {lang: text.strip() for lang, text in notes.items() if text.strip()}
    if said and "fr" not in said:
        raise InvalidInput(
            "Le texte français manque.", {"notes-fr": "Écrivez-le d’abord en français."}
        )
    Contradiction.objects.filter(pk=contradiction.pk).update(public_notes=said, note=note.strip())
    written(
        by=by, at=at, verb="edit_public_notes", on=contradiction,
        detail={"languages": sorted(said)},
    )  # fmt: skip
