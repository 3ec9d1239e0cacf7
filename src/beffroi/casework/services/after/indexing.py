"""An index date: every running living income computed again, shown, then applied grant by grant.

Each grant is applied in a transaction of its own, and once: stopped anywhere, the next call
goes on where it was.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from beffroi.audit import services as audit
from beffroi.audit.enums import ActKind
from beffroi.casework import aids, sequels
from beffroi.casework.enums import (
    GrantState,
    IndexLineState,
    IndexRunState,
    Outcome,
    ProposalState,
)
from beffroi.casework.models import Decision, FileClock, Grant, IndexLine, IndexRun, Proposal
from beffroi.casework.permissions import can_index
from beffroi.casework.services import clocks
from beffroi.casework.services.after import paying
from beffroi.casework.services.after.common import LIVE
from beffroi.casework.services.after.index_letters import open_letters
from beffroi.casework.services.common import new_number, trace
from beffroi.core.actors import Actor
from beffroi.core.errors import InvalidInput, NotAllowed, WrongState
from beffroi.entitlements import queries as computed
from beffroi.entitlements import services as entitlements
from beffroi.entitlements.enums import ComputationKind

if TYPE_CHECKING:
    from beffroi.entitlements.models import Computation


def _must(by: Actor) -> None:
    if not can_index(by):
        raise NotAllowed(_("L’adaptation à l’index revient à la direction et aux responsables."))


def grants_on(on: date) -> QuerySet[Grant]:
    """This function will give the running living incomes that an index date concerns."""
    kinds = [aid.key for aid in aids.aids() if aid.computation == "living_income"]
    return (
        Grant.objects.filter(kind__in=kinds, state__in=LIVE, from_date__lt=on)
        .exclude(periodicity="once")
        .filter(Q(until_date__isnull=True) | Q(until_date__gte=on))
        .select_related("decision__application", "file__team", "file__person")
        .order_by("pk")
    )


@transaction.atomic
def prepare_index(*, on: date, by: Actor, at: datetime) -> IndexRun:
    """This function will compute every running living income on an index date, to be looked at.

    Done again, it adds what is new and corrects what was not applied yet.
    Raises: NotAllowed; InvalidInput for a day on which the law changes no amount.
    """
    _must(by)
    if on not in computed.adaptation_days():
        raise InvalidInput(
            _("La loi n’adapte pas les montants ce jour-là."),
            {"on": _("Choisissez une date de l’index ; ajoutez-la d’abord aux paramètres.")},
        )
    run, is_new = IndexRun.objects.get_or_create(
        on_date=on, defaults={"prepared_at": at, "prepared_by": by.label}
    )
    added, changed = refresh(run)
    if not is_new:
        IndexRun.objects.filter(pk=run.pk).update(prepared_at=at, prepared_by=by.label)
    audit.record(
        by=by, kind=ActKind.READ, verb="index.preview", object_kind="index_run",
        object_ref=on.isoformat(), at=at, detail={"added": added, "changed": changed},
    )  # fmt: skip
    run.refresh_from_db()
    return run


def refresh(run: IndexRun) -> tuple[int, int]:
    """This function will bring the lines of a run up to date; how many are new, how many differ."""
    grants = list(grants_on(run.on_date))
    done = set(run.lines.filter(state=IndexLineState.DONE).values_list("grant_id", flat=True))
    known = {line.grant_id: line for line in run.lines.exclude(state=IndexLineState.DONE)}
    made = computed.by_reference([g.decision.computation_ref for g in grants])
    fresh: list[IndexLine] = []
    changed: list[IndexLine] = []
    for grant in grants:
        if grant.pk in done:
            continue
        line = _line(run, grant, made.get(grant.decision.computation_ref))
        before = known.pop(grant.pk, None)
        if line is None:
            if before is not None:
                before.delete()
            continue
        if before is None:
            fresh.append(line)
        elif _said(before) != _said(line):
            line.pk = before.pk
            changed.append(line)
    gone = len(known)
    run.lines.filter(pk__in=[line.pk for line in known.values()]).delete()
    IndexLine.objects.bulk_create(fresh)
    IndexLine.objects.bulk_update(changed, ["old_amount", "new_amount", "state", "why"])
    return len(fresh), len(changed) + gone


def _said(line: IndexLine) -> tuple[Any, ...]:
    return line.old_amount, line.new_amount, line.state, line.why


def _line(run: IndexRun, grant: Grant, made: "Computation | None") -> IndexLine | None:
    """What becomes of a grant; None where it was already computed on that day or after."""
    if made is not None and made.on_date >= run.on_date:
        return None
    line = IndexLine(run=run, grant=grant, old_amount=grant.amount)
    if made is None:
        return _exception(line, _("Aucun calcul gardé : montant fixé à la main."))
    found = computed.again_on(made, run.on_date)
    if found.fault == "not_entitled":
        return _exception(line, _("Le nouveau calcul ne donne plus de montant : à revoir."))
    if found.new is None:
        return _exception(line, _("Ne se calcule pas : %(why)s") % {"why": found.fault})
    line.new_amount = found.new
    if found.old != grant.amount:
        return _exception(line, _("Le montant octroyé n’est pas celui du calcul : fixé à la main."))
    if not grant.order_ref:
        return _exception(line, _("Pas encore en paiement : à adapter une fois notifié."))
    if found.new == grant.amount:
        return _exception(line, _("Le montant ne change pas."))
    return line


def _exception(line: IndexLine, why: str) -> IndexLine:
    line.state, line.why = IndexLineState.EXCEPTION, why[:300]
    return line


def apply_index(
    *, on: date, by: Actor, clock: Callable[[], datetime], most: int | None = None
) -> int:
    """This function will apply a preview that was looked at, grant by grant, and count them.

    Stopped at any moment, it goes on the next time; a grant is never adapted twice. Letters are
    opened once every line is applied. `most` stops it early.
    Raises: NotAllowed; WrongState without a preview, or when it is not true any more.
    """
    _must(by)
    run = IndexRun.objects.filter(on_date=on).first()
    if run is None:
        raise WrongState(_("Regardez d’abord l’aperçu de cette adaptation."))
    if run.state == IndexRunState.PREVIEW:
        _start(run)
    done = 0
    while most is None or done < most:
        line = run.lines.filter(state=IndexLineState.READY).order_by("pk").first()
        if line is None:
            _finish(run, by, clock())
            break
        done += _apply_one(line.pk, by, clock())
    return done


def _start(run: IndexRun) -> None:
    """Raises WrongState when the preview that was looked at is not what would be applied."""
    with transaction.atomic():
        added, changed = refresh(run)
    if added or changed:
        raise WrongState(
            _("L’aperçu a changé depuis que vous l’avez regardé."),
            _("%(n)s lignes sont nouvelles ou différentes.") % {"n": added + changed},
            _("Regardez-le encore, puis appliquez."),
        )
    IndexRun.objects.filter(pk=run.pk, state=IndexRunState.PREVIEW).update(
        state=IndexRunState.APPLYING
    )


@transaction.atomic
def _apply_one(pk: int, by: Actor, at: datetime) -> int:
    """Applies one line, or says why it cannot be; 0 when somebody else took it meanwhile."""
    line = (
        IndexLine.objects.select_for_update(of=("self",), no_key=True)
        .select_related("run", "grant__decision__application", "grant__file__team",
                        "grant__file__person")
        .filter(pk=pk, state=IndexLineState.READY)
        .first()
    )  # fmt: skip
    if line is None:
        return 0
    grant = Grant.objects.select_for_update(no_key=True).get(pk=line.grant_id)
    if grant.state not in LIVE or grant.amount != line.old_amount or not paying.order_of(grant):
        return IndexLine.objects.filter(pk=pk).update(
            state=IndexLineState.EXCEPTION, why=_("L’octroi a changé depuis l’aperçu : à revoir.")
        )
    decision = _decide(line, by, at)
    _replace(line, grant, decision, by, at)
    IndexLine.objects.filter(pk=pk).update(state=IndexLineState.DONE, decision=decision)
    return 1


def _decide(line: IndexLine, by: Actor, at: datetime) -> Decision:
    """The law indexes by itself: the organ of the decision decides by standing delegation."""
    before = line.grant.decision
    made = computed.computation(before.computation_ref)
    again = computed.again_on(made, line.run.on_date)
    texts = sequels.index_texts()
    reference = entitlements.compute_living_income(
        facts=computed.facts_on(made, line.run.on_date, again.regime),
        subject_ref=made.subject_ref, kind=ComputationKind(made.kind), by=by, at=at,
    )  # fmt: skip
    terms: dict[str, Any] = {
        "outcome": Outcome.REVISION, "organ": before.organ, "amount": line.new_amount,
        "periodicity": line.grant.periodicity, "from_date": line.run.on_date,
        "until_date": line.grant.until_date,
        "motives": texts["motives"] % {"decision": before.number},
        "legal_basis": texts["legal_basis"], "computation_ref": reference,
    }  # fmt: skip
    proposal = Proposal.objects.create(
        reference=new_number("Q", at), application=before.application, proposed_at=at,
        proposed_by_ref=by.ref, proposed_by=by.label, state=ProposalState.DECIDED, **terms,
    )  # fmt: skip
    return Decision.objects.create(
        number=new_number("C", at), application=before.application, proposal=proposal,
        sitting_date=timezone.localdate(at), decided_at=at, recorded_by=by.label,
        facts={"index": line.run.on_date.isoformat(), "decision": before.number,
               "delegation": True}, **terms,
    )  # fmt: skip


def _replace(line: IndexLine, grant: Grant, decision: Decision, by: Actor, at: datetime) -> None:
    on = line.run.on_date
    amount = line.new_amount or Decimal(0)
    new = Grant.objects.create(
        reference=new_number("G", at), file_id=grant.file_id, decision=decision, kind=grant.kind,
        amount=amount, periodicity=grant.periodicity, from_date=on, until_date=grant.until_date,
        state=grant.state, order_ref=grant.order_ref, replaces=grant,
        review_due_on=grant.review_due_on,
    )  # fmt: skip
    Grant.objects.filter(pk=grant.pk).update(
        state=GrantState.ENDED, until_date=on - timedelta(days=1), review_due_on=None
    )
    FileClock.objects.filter(
        file_id=grant.file_id, subject_ref=grant.reference, met_at=None, cancelled_at=None
    ).update(subject_ref=new.reference)
    paying.change_amount(new, new.order_ref, on, by, at)
    clocks.refresh_next(line.grant.file)
    trace(line.grant.file, "grant.index", by=by, at=at, about=new.reference,
          detail={"decision": decision.number, "on": on.isoformat()})  # fmt: skip


@transaction.atomic
def _finish(run: IndexRun, by: Actor, at: datetime) -> None:
    """Opens the letters and closes the run, both or neither, once."""
    locked = IndexRun.objects.select_for_update(no_key=True).get(pk=run.pk)
    if locked.state != IndexRunState.APPLYING:
        return
    batches = open_letters(locked, by, at)
    IndexRun.objects.filter(pk=run.pk, state=IndexRunState.APPLYING).update(
        state=IndexRunState.DONE, applied_at=at, applied_by=by.label,
        batches=[*locked.batches, *batches],
    )  # fmt: skip
    audit.record(
        by=by, kind=ActKind.WRITE, verb="index.apply", object_kind="index_run",
        object_ref=run.on_date.isoformat(), at=at,
        detail={"lines": run.lines.filter(state=IndexLineState.DONE).count()},
    )  # fmt: skip


@transaction.atomic
def reopen_index(*, on: date, by: Actor, at: datetime) -> int:
    """This function will look again for grants an applied index date missed; how many there are.

    Raises: NotAllowed; WrongState unless it was applied.
    """
    _must(by)
    run = (
        IndexRun.objects.select_for_update(no_key=True)
        .filter(on_date=on, state=IndexRunState.DONE)
        .first()
    )
    if run is None:
        raise WrongState(_("Cette adaptation n’est pas encore appliquée."))
    refresh(run)
    late = run.lines.filter(state=IndexLineState.READY).count()
    if late:
        IndexRun.objects.filter(pk=run.pk).update(state=IndexRunState.PREVIEW, prepared_at=at)
        trace_run(run, "index.reopen", by, at, late)
    return late


def trace_run(run: IndexRun, verb: str, by: Actor, at: datetime, lines: int) -> None:
    """This function will journal an act on a whole index date."""
    audit.record(
        by=by, kind=ActKind.WRITE, verb=verb, object_kind="index_run",
        object_ref=run.on_date.isoformat(), at=at, detail={"lines": lines},
    )  # fmt: skip
