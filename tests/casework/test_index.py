"""An index date: shown first, applied once, taken up again where it was stopped."""

from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID

import pytest
from tests.factories import after
from tests.factories import casework as made
from tests.factories.requests import agent

from beffroi.accounts.enums import Role
from beffroi.casework import services as casework
from beffroi.casework.enums import GrantState, IndexLineState, Outcome
from beffroi.casework.models import Decision, Grant, IndexLine, IndexRun
from beffroi.casework.services.after import indexing
from beffroi.core.errors import InvalidInput, NotAllowed, WrongState
from beffroi.documents.letters import services as letters
from beffroi.documents.letters.models import Letter
from beffroi.entitlements import queries as computed
from beffroi.people import services as people
from beffroi.people.services import AddressDraft

pytestmark = pytest.mark.django_db
ON = date(2026, 3, 1)
AT = datetime(2026, 12, 3, 9, 0, tzinfo=UTC)
SINCE = {"wanted_from": date(2026, 1, 5)}


def _indexed() -> int:
    return casework.apply_index(on=ON, by=made.HOUSE, clock=lambda: AT)


def test_an_index_date_shows_then_adapts_the_amount_the_order_and_the_letter() -> None:
    one = after.granted(**SINCE)
    people.add_address(
        reference=one.person, by=made.HOUSE, at=AT,
        draft=AddressDraft(street="Rue d’Havré 13", postal_code="7000", locality="Mons"),
    )  # fmt: skip
    run = casework.prepare_index(on=ON, by=one.leader, at=AT)
    line = run.lines.get()
    # 1 314,20 € then 1 340,47 € isolated; the exemption of work follows the index too.
    assert (line.state, line.old_amount, line.new_amount) == (
        IndexLineState.READY, Decimal("1224.51"), Decimal("1256.97"),
    )  # fmt: skip
    assert Grant.objects.count() == 1
    assert casework.apply_index(on=ON, by=one.leader, clock=lambda: AT) == 1
    old, new = one.grant, one.newest
    assert (old.state, old.until_date, new.from_date, new.amount, new.order_ref) == (
        GrantState.ENDED, date(2026, 2, 28), ON, line.new_amount, old.order_ref,
    )  # fmt: skip
    decision = new.decision
    assert (decision.outcome, decision.organ, decision.item_ref, decision.facts["delegation"]) == (
        Outcome.REVISION, old.decision.organ, "", True,
    )  # fmt: skip
    frozen = computed.computation(decision.computation_ref)
    assert (frozen.on_date, frozen.monthly, frozen.regime) == (
        ON, new.amount, computed.computation(old.decision.computation_ref).regime,
    )  # fmt: skip
    owed = after.owed(one.order, date(2026, 3, 31))
    assert owed[date(2026, 2, 1)] == old.amount and owed[ON] == new.amount
    assert (
        one.file.clocks.get(what="review", met_at=None, cancelled_at=None).subject_ref
        == new.reference
    )
    run.refresh_from_db()
    batch = UUID(run.batches[0])
    assert letters.run_batch(batch=batch, by=one.leader, clock=lambda: AT) == 1
    letter = Letter.objects.get(kind="index_change")
    assert (letter.owner_ref, letter.facts["index"]["new_amount"]) == (decision.number, "1256.97")


def test_applied_twice_changes_nothing_more() -> None:
    after.granted(**SINCE)
    casework.prepare_index(on=ON, by=made.HOUSE, at=AT)
    assert (_indexed(), _indexed()) == (1, 0)
    casework.prepare_index(on=ON, by=made.HOUSE, at=AT)
    assert _indexed() == 0
    assert (Grant.objects.count(), Decision.objects.count()) == (2, 2)
    assert len(IndexRun.objects.get().batches) == 1


def test_killed_half_way_it_goes_on_and_nobody_is_adapted_twice(monkeypatch) -> None:
    for _ in range(3):
        after.granted(**SINCE)
    casework.prepare_index(on=ON, by=made.HOUSE, at=AT)
    real, seen = indexing._replace, []

    def dies(*args: object) -> None:
        seen.append(1)
        real(*args)  # type: ignore[arg-type]
        if len(seen) == 2:
            raise KeyboardInterrupt

    monkeypatch.setattr(indexing, "_replace", dies)
    with pytest.raises(KeyboardInterrupt):
        _indexed()
    states = sorted(IndexLine.objects.values_list("state", flat=True))
    assert states == ["done", "ready", "ready"]
    assert (Grant.objects.count(), IndexRun.objects.get().batches) == (4, [])
    monkeypatch.setattr(indexing, "_replace", real)
    assert _indexed() == 2
    assert Grant.objects.filter(state=GrantState.RUNNING).count() == 3
    assert Grant.objects.count() == 6


def test_what_cannot_be_adapted_is_listed_with_its_reason() -> None:
    hand = after.granted(**SINCE)
    Grant.objects.filter(reference=hand.grant_ref).update(amount=Decimal("900.00"))
    waiting = after.granted(**SINCE)
    Grant.objects.filter(reference=waiting.grant_ref).update(order_ref="")
    run = casework.prepare_index(on=ON, by=made.HOUSE, at=AT)
    said = {line.grant.reference: (line.state, line.why) for line in run.lines.all()}
    assert said == {
        hand.grant_ref: (
            "exception", "Le montant octroyé n’est pas celui du calcul : fixé à la main.",
        ),
        waiting.grant_ref: ("exception", "Pas encore en paiement : à adapter une fois notifié."),
    }  # fmt: skip
    assert _indexed() == 0


def test_a_preview_that_is_no_longer_true_is_not_applied() -> None:
    after.granted(**SINCE)
    casework.prepare_index(on=ON, by=made.HOUSE, at=AT)
    after.granted(**SINCE)
    with pytest.raises(WrongState, match="a changé"):
        _indexed()
    assert Grant.objects.count() == 2


def test_a_grant_put_in_payment_later_is_adapted_when_looked_for_again() -> None:
    one = after.granted(**SINCE)
    order = one.grant.order_ref
    Grant.objects.filter(reference=one.grant_ref).update(order_ref="")
    casework.prepare_index(on=ON, by=made.HOUSE, at=AT)
    assert _indexed() == 0
    Grant.objects.filter(reference=one.grant_ref).update(order_ref=order)
    assert casework.reopen_index(on=ON, by=made.HOUSE, at=AT) == 1
    assert _indexed() == 1


def test_a_grant_of_after_the_index_is_left_alone() -> None:
    after.granted()
    assert list(casework.prepare_index(on=ON, by=made.HOUSE, at=AT).lines.all()) == []


def test_a_suspended_grant_is_adapted_and_stays_unpaid() -> None:
    one = after.granted(**SINCE)
    opened = casework.suspend_grant(
        grant=one.grant_ref, ground="detention", from_date=date(2026, 2, 1),
        until_date=date(2026, 4, 30), why="Incarcération attestée.", by=one.worker, at=after.AFTER,
    )  # fmt: skip
    casework.propose_sequel(reference=opened, motives=made.MOTIVES, by=one.worker, at=after.AFTER)
    after.carried_out(opened, one.leader)
    casework.prepare_index(on=ON, by=made.HOUSE, at=AT)
    assert _indexed() == 1
    owed = after.owed(one.order, date(2026, 5, 31))
    assert set(owed) == {date(2026, 1, 1), date(2026, 5, 1)}
    assert (owed[date(2026, 5, 1)], one.newest.state) == (Decimal("1256.97"), GrantState.SUSPENDED)


def test_only_leaders_and_the_director_adapt() -> None:
    worker, reception = agent(Role.SOCIAL_WORKER, made.TEAM), agent(Role.RECEPTION, made.TEAM)
    for who in (worker, reception):
        with pytest.raises(NotAllowed):
            casework.prepare_index(on=ON, by=who, at=AT)
        with pytest.raises(NotAllowed):
            casework.apply_index(on=ON, by=who, clock=lambda: AT)
    with pytest.raises(InvalidInput, match="n’adapte pas"):
        casework.prepare_index(on=date(2026, 4, 1), by=agent(Role.DIRECTOR_GENERAL, ""), at=AT)
