"""One application on its road, entered as its worker would: opened, enquired, proposed, paid."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from beffroi.acts.payments.enums import EntryReason
from beffroi.casework import aids, motives, queries
from beffroi.casework import services as casework
from beffroi.casework.enums import Outcome, Question, VisitResult
from beffroi.core.errors import InvalidInput
from beffroi.demo.many_payments import fictional_iban
from beffroi.demo.other_aids import ASKED, Asked
from beffroi.demo.situations import REFUSAL, Situation
from beffroi.demo.stage import Case, Stage
from beffroi.demo.timeline import days_after


def opened(stage: Stage, case: Case, at: datetime, details: dict[str, Any]) -> str:
    """This function will open the file and the application of a case, and give its reference."""
    by = case.worker
    number = casework.open_file(
        person_ref=case.person.reference, team=case.team, by=by, at=at,
        worker=None if case.stops == "free" else int(by.ref),
    )  # fmt: skip
    return casework.open_application(
        number=number, kind=case.kind, asked_on=timezone.localdate(case.asked_at), details=details,
        is_urgent=case.kind == "urgent_aid", request_ref=case.request_ref, by=by, at=at,
        entry_reason=_entry(case),
    )  # fmt: skip


def _entry(case: Case) -> str:
    """One in seven was shut out of unemployment benefits; of one in twelve it is not asked yet."""
    if case.kind != "living_income" or case.person.id % 12 == 5:
        return ""
    return EntryReason.EXCLUDED if case.person.id % 7 == 3 else EntryReason.OTHER


def living_income(stage: Stage, case: Case, lives: Situation) -> Iterator[datetime]:
    """This function will play an application for a living income from its first day."""
    yield case.asked_at
    reference = opened(stage, case, case.asked_at, {})
    if case.request_ref:
        stage.followed.add(reference)
    given: dict[str, Any] = {"reference": reference, "by": case.worker}
    if case.stops in ("free", "received"):
        return
    yield (at := days_after(case.asked_at, 1 + case.slow, 9))
    casework.start_enquiry(at=at, **given)
    casework.declare_competent(
        basis="Réside effectivement à Mons : bail et visite.", at=at, **given
    )
    if case.stops == "withdrawn":
        yield (at := days_after(at, 4))
        casework.withdraw(why="Elle a trouvé un emploi à temps plein.", at=at, **given)
        return
    visit = casework.plan_visit(planned_at=days_after(at, 4, 14), is_announced=True, at=at, **given)
    yield (at := days_after(at, 2, 11))
    _means(given, at, lives, case)
    yield (at := days_after(at, 3 + case.slow, 15))
    casework.record_visit(
        visit=visit, result=VisitResult.SEEN, done_at=at - timedelta(minutes=40),
        present=str(case.person.polite_name), findings=lives.seen, at=at, **given,
    )  # fmt: skip
    if case.stops == "waits":
        return
    yield (at := days_after(at, 2, 9))
    _settle_documents(given, at)
    casework.appreciate(
        question=Question.CATEGORY, value=lives.category, why=lives.why, at=at, **given
    )
    casework.write_report(
        situation=lives.seen, needs=lives.needs, opinion=lives.opinion, sign=True,
        other_rights="Chômage, allocations familiales et pension examinés.", at=at, **given,
    )  # fmt: skip
    yield (at := days_after(at, 1, 11))
    refused = lives.refused
    said = REFUSAL if refused else motives.prepared(case.kind, {}, Outcome.GRANT)
    outcome = Outcome.REFUSAL if refused else Outcome.GRANT
    try:
        casework.propose(outcome=outcome, motives=said, at=at, **given)
    except InvalidInput:  # the computation gives nothing: so does the proposal
        casework.propose(outcome=Outcome.REFUSAL, motives=REFUSAL, at=at, **given)
    yield from to_the_end(stage, case, reference, at)


def other_aid(stage: Stage, case: Case) -> Iterator[datetime]:
    """This function will play an application for another aid, shorter but by the same road."""
    yield case.asked_at
    asked = ASKED[case.kind]
    answers = asked.details(timezone.localdate(case.asked_at))
    reference = opened(stage, case, case.asked_at, answers)
    details = queries.answers_of(reference)
    given: dict[str, Any] = {"reference": reference, "by": case.worker}
    if case.stops in ("free", "received"):
        return
    yield (at := days_after(case.asked_at, 1 + case.slow, 9))
    casework.start_enquiry(at=at, **given)
    casework.declare_competent(basis="Réside effectivement à Mons.", at=at, **given)
    if case.stops == "waits":
        return
    yield (at := days_after(at, 3, 14))
    _enquire_briefly(asked, case, given, at)
    yield (at := days_after(at, 1, 10))
    prepared = motives.prepared(case.kind, details, Outcome.GRANT)
    text = f"{prepared}\n{asked.needs}"
    try:
        casework.propose(outcome=Outcome.GRANT, motives=text, amount=asked.proposed, at=at, **given)
    except InvalidInput:  # the rule gives nothing: so does the proposal
        text = motives.prepared(case.kind, details, Outcome.REFUSAL)
        casework.propose(outcome=Outcome.REFUSAL, motives=text, at=at, **given)
    yield from to_the_end(stage, case, reference, at)


def _enquire_briefly(asked: Asked, case: Case, given: dict[str, Any], at: datetime) -> None:
    visit = casework.plan_visit(planned_at=at, is_announced=True, at=at, **given)
    casework.record_visit(
        visit=visit, result=VisitResult.SEEN, done_at=at, findings=asked.situation, at=at, **given
    )
    if aids.aid(case.kind).computation == "living_income":
        casework.appreciate(
            question=Question.CATEGORY, value="isolated", at=at,
            why="Vit seule dans le logement visité.", **given,
        )  # fmt: skip
    if asked.income and Decimal(asked.income):
        casework.add_resource(
            kind="other", label="Pension ou allocation", monthly=Decimal(asked.income),
            proof="Fiche de pension", at=at, **given,
        )  # fmt: skip
    _settle_documents(given, at)
    casework.write_report(
        situation=asked.situation, needs=asked.needs, other_rights="", opinion="Favorable.",
        sign=True, at=at, **given,
    )  # fmt: skip


def urgent(stage: Stage, case: Case, amount: str, purpose: str) -> Iterator[datetime]:
    """This function will play an urgent aid: the president grants it the same day."""
    yield case.asked_at
    reference = opened(stage, case, case.asked_at, {"purpose": purpose})
    at = case.asked_at + timedelta(hours=1)
    yield at
    number = casework.decide_urgently(
        reference=reference, amount=Decimal(amount), by=stage.staff["presidente"], at=at,
        motives=f"{purpose}. L’état de besoin ne permet pas d’attendre la prochaine séance.",
    )  # fmt: skip
    stage.decided[reference] = number
    item = queries.decision(number).item_ref  # type: ignore[union-attr]
    stage.carry(item, "", "conseil")
    yield from _after_decision(stage, case, reference, at + timedelta(hours=1), in_cash=True)


def to_the_end(stage: Stage, case: Case, reference: str, at: datetime) -> Iterator[datetime]:
    """This function will carry a proposal to the committee, then send and pay what it decides."""
    given: dict[str, Any] = {"reference": reference, "by": case.worker}
    if case.stops == "proposed":
        return
    yield (at := days_after(at, 1, 9))
    stage.carry(casework.submit(at=at, **given), reference)
    while reference not in stage.decided:
        yield (at := days_after(at, 1, 12))
    yield (at := days_after(at, 1, 11))
    yield from _after_decision(stage, case, reference, at)


def _after_decision(
    stage: Stage, case: Case, reference: str, at: datetime, in_cash: bool = False
) -> Iterator[datetime]:
    number, by = stage.decided[reference], case.worker
    if case.stops == "unsent":
        return
    by_hand = in_cash or case.stops == "by_hand"
    delivery = "hand" if by_hand else "registered"
    casework.write_decision_letter(number=number, delivery=delivery, by=by, at=at)
    yield (at := at + timedelta(minutes=20) if by_hand else days_after(at, 1, 15))
    casework.notify(
        number=number, delivery=delivery, by=by, at=at,
        registered_number="" if by_hand else stage.registered(),
    )  # fmt: skip
    sent = at
    yield (at := at + timedelta(minutes=30) if by_hand else days_after(at, 1, 9))
    _execute(stage, case, reference, at, in_cash)
    if not by_hand:
        yield (at := days_after(sent, 2, 10))
        casework.record_presentation(
            number=number, on=timezone.localdate(at - timedelta(days=1)), by=by, at=at
        )
    yield from _project(case, reference, at)


def _execute(stage: Stage, case: Case, reference: str, at: datetime, in_cash: bool) -> None:
    """Opens the payment: to the person, to whom she owes, or to nobody where nothing is paid."""
    details = ASKED[case.kind].answers if case.kind in ASKED else {}
    kind = aids.aid(case.kind)
    name = details.get("payee_name", "") if kind.payees[0] == "third_party" else ""
    account = account_of(case.person.id)
    if name:
        account = fictional_iban(30_000 + sum(name.encode()))
    casework.execute(
        reference=reference, by=case.worker, at=at, third_party=name,
        account="" if in_cash else account,
        in_cash_why="La personne n’a plus accès à son compte." if in_cash else "",
    )  # fmt: skip


def account_of(person: int) -> str:
    """This function will give the account of a fictional person: bank 999, which no bank has."""
    return fictional_iban(40_000 + person)


def _project(case: Case, reference: str, at: datetime) -> Iterator[datetime]:
    """Six weeks later the individual project is signed, and its delay is met."""
    yield (at := days_after(at, 40 + case.person.id % 35, 14))
    clock = queries.running_clock(reference, "piis")
    if clock is not None and case.person.id % 11:
        casework.settle(
            number=clock.file.number, clock=clock.pk, by=case.worker, at=at,
            how="Projet individualisé signé à deux, exemplaire remis.",
        )  # fmt: skip


def _settle_documents(given: dict[str, Any], at: datetime) -> None:
    for rank, document in enumerate(queries.documents_awaited(given["reference"])):
        waived = "Établi par la visite et le registre." if rank == 3 else ""
        casework.settle_document(document=document, waived_why=waived, at=at, **given)


def _means(given: dict[str, Any], at: datetime, lives: Situation, case: Case) -> None:
    beside = None
    if lives.beside:
        relation, earns = lives.beside
        mate = case.mate
        beside = casework.add_cohabitant(
            name=mate.name if mate else "Compagnon", person=mate.id if mate else None,
            relation=relation, at=at, **given,
        )  # fmt: skip
        casework.add_resource(
            kind="other", label="Revenu de la personne qui vit là", monthly=Decimal(earns),
            cohabitant=beside, proof="Fiche de paie ou de pension", at=at, **given,
        )  # fmt: skip
    for income in lives.incomes:
        casework.add_resource(
            kind=income.kind, label=income.label, monthly=income.amount, at=at,
            exemption=income.exemption, proof="Trois derniers mois", **given,
        )  # fmt: skip
    if lives.capital:
        casework.add_asset(
            kind="capital", label="Livret d’épargne", amount=Decimal(lives.capital), at=at, **given
        )
    for rank, (label, monthly) in enumerate(lives.charges):
        late = rank == 1 and case.person.id % 4 == 0
        casework.add_budget_line(
            label=label, monthly=Decimal(monthly), is_arrears=late, at=at, **given
        )
