"""The proposal of what follows a grant: its terms come from what was opened, never typed again."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from beffroi.acts.bodies import queries as bodies
from beffroi.casework import sequels
from beffroi.casework.enums import ENQUIRED, Outcome, Periodicity, SequelCause
from beffroi.casework.models import Proposal, Sequel
from beffroi.casework.services.after import sanctioning
from beffroi.casework.services.after.common import said, sequel_for
from beffroi.casework.services.common import AlreadyMoved, move, new_number
from beffroi.core.actors import Actor
from beffroi.core.errors import WrongState


@dataclass(frozen=True)
class _Terms:
    from_date: date
    until_date: date | None = None
    amount: Decimal | None = None


@transaction.atomic
def propose_sequel(*, reference: str, motives: str, by: Actor, at: datetime) -> str:
    """This function will propose what follows a grant, on the terms it was opened with.

    Raises: NotAllowed; InvalidInput without motives, or beyond what the law allows; AlreadyMoved.
    """
    sequel = sequel_for(reference, by, at)
    application = sequel.application
    if SequelCause(sequel.cause) in ENQUIRED:
        raise WrongState(
            _("Une révision se propose après l’enquête et le calcul."),
            todo=_("Ouvrez l’enquête, signez le rapport, puis proposez."),
        )
    motives = said(
        motives, "motives", _("Motivez en fait et en droit : sans motifs, la décision est nulle."),
        least=20,
    )  # fmt: skip
    if application.state not in ("received", "enquiry", "reported"):
        raise AlreadyMoved(application, str(_("Proposer une décision")))
    terms = _terms(sequel, timezone.localdate(at))
    kind = sequels.kind(sequel.cause)
    proposal = Proposal.objects.create(
        reference=new_number("Q", at), application=application, outcome=kind.outcome,
        organ=bodies.body_for(application.kind).kind, amount=terms.amount,
        periodicity=Periodicity.ONCE if terms.amount is not None else "",
        from_date=terms.from_date, until_date=terms.until_date, motives=motives,
        legal_basis=_law(sequel, kind.legal_basis), proposed_at=at, proposed_by_ref=by.ref,
        proposed_by=by.label,
    )  # fmt: skip
    move(application, "propose_sequel", by=by, at=at, detail={"proposal": proposal.reference})
    return proposal.reference


def _law(sequel: Sequel, basis: str) -> str:
    if sequel.cause == SequelCause.SANCTION:
        return f"{basis} ; {sequels.ground(sequel.facts['ground'])['article']}"
    return basis


def _terms(sequel: Sequel, today: date) -> _Terms:
    facts = sequel.facts
    first = sequel.application.wanted_from
    if sequel.cause == SequelCause.SANCTION:
        found = sanctioning.checked(sequel, today)
        return _Terms(found.begins or first, found.ends)
    if sequel.cause == SequelCause.SUSPENSION:
        return _Terms(first, date.fromisoformat(facts["until"]))
    if sequel.cause == SequelCause.RECOVERY:
        return _Terms(date.fromisoformat(facts["since"]), date.fromisoformat(facts["until"]),
                      Decimal(facts["total"]))  # fmt: skip
    if sequel.cause in (SequelCause.WAIVER, SequelCause.INTEREST):
        return _Terms(first, None, Decimal(facts["amount"]))
    return _Terms(first)


def legal_basis_of(sequel: Sequel | None, basis: str) -> str:
    """This function will give the law of a proposal: that of the aid, and of what follows it."""
    more = sequels.kind(sequel.cause).legal_basis if sequel is not None else ""
    return f"{basis} ; {more}"[:300] if more else basis


def outcome_fits(sequel: Sequel, outcome: Outcome) -> bool:
    """This function will say whether an outcome may close what follows a grant."""
    if SequelCause(sequel.cause) in ENQUIRED:
        return outcome in (Outcome.REVISION, Outcome.STOP, Outcome.REFUSAL) or (
            sequel.cause == SequelCause.RENEWAL and outcome in (Outcome.GRANT, Outcome.PARTIAL)
        )
    return outcome in (sequels.kind(sequel.cause).outcome, Outcome.REFUSAL)
