"""After a decision: revisions from the right day, suspensions, sanctions, recoveries, appeals."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from tests.factories import after
from tests.factories import casework as made
from tests.factories.requests import agent

from beffroi.acts.payments.models import Claim
from beffroi.acts.payments.paid import is_held
from beffroi.casework import services as casework
from beffroi.casework.enums import (
    AppealOutcome,
    GrantState,
    NoticeAnswer,
    Outcome,
    SequelCause,
    SuspensionGround,
)
from beffroi.casework.models import (
    Appeal,
    Application,
    Decision,
    Grant,
    Notice,
    Recovery,
    Review,
    Sanction,
    SocialFile,
    Suspension,
)
from beffroi.casework.services.after import paying
from beffroi.core.errors import InvalidInput, NotAllowed, WrongState
from beffroi.documents.letters.models import Letter

pytestmark = pytest.mark.django_db
MOTIVES = "La personne a repris un travail à temps partiel depuis le premier décembre 2026."
WHY = "La personne a repris un travail à temps partiel."


def _clocks(number: str) -> dict[str, str]:
    file = SocialFile.objects.get(number=number)
    return {
        f"{clock.what} {clock.subject_ref}": "done" if clock.met_at else "off" if clock.cancelled_at else "runs"
        for clock in file.clocks.all()
    }  # fmt: skip


def test_a_declared_change_revises_the_same_order_from_its_day() -> None:
    one = after.granted()
    change = casework.declare_change(
        number=one.number, what="Nouveau contrat", from_date=date(2027, 1, 1), by=one.worker,
        at=after.AFTER,
    )  # fmt: skip
    opened = casework.settle_change(
        number=one.number, change=change, grant=one.grant_ref, by=one.worker, at=after.AFTER
    )
    copied = Application.objects.get(reference=opened)
    assert [(r.label, r.monthly) for r in copied.resources.all()] == [
        ("Salaire net", Decimal("420.00"))
    ]
    after.revised(opened, one.worker, "800.00")
    after.carried_out(opened, one.leader)
    old, new = one.grant, one.newest
    assert (old.state, old.until_date) == (GrantState.ENDED, date(2026, 12, 31))
    assert (new.replaces, new.from_date, new.order_ref) == (old, date(2027, 1, 1), old.order_ref)
    assert new.amount < old.amount
    assert after.owed(one.order, date(2027, 1, 31))[date(2027, 1, 1)] == new.amount
    letter = Letter.objects.get(reference=new.decision.notification.letter_ref)
    assert letter.kind == "revision"
    states = _clocks(one.number)
    assert states[f"review {old.reference}"] == "off"
    assert states[f"review {new.reference}"] == "runs"


def test_a_change_is_settled_once() -> None:
    one = after.granted()
    given = {"number": one.number, "by": one.worker, "at": after.AFTER}
    change = casework.declare_change(what="Déménagement", from_date=after.SITTING, **given)
    casework.settle_change(change=change, nothing_why="Même commune, même ménage", **given)
    with pytest.raises(WrongState, match="déjà sa suite"):
        casework.settle_change(change=change, nothing_why="Encore", **given)


@pytest.mark.parametrize(
    ("could_know", "starts"), [(False, date(2027, 2, 1)), (True, date(2026, 12, 15))]
)
def test_an_error_of_the_cpas_waits_for_the_month_after_the_letter(
    could_know: bool, starts: date
) -> None:
    one = after.granted()
    opened = casework.open_revision(
        grant=one.grant_ref, cause=SequelCause.CPAS_ERROR, why="Une ressource connue a été oubliée.",
        from_date=date(2026, 12, 15), could_know=could_know, by=one.worker, at=after.AFTER,
    )  # fmt: skip
    january = datetime(2027, 1, 12, 9, 0, tzinfo=UTC)
    after.revised(opened, one.worker, "900.00", at=january)
    number = after.carried_out(opened, one.leader, january, on=date(2027, 1, 11))
    assert (one.newest.from_date, one.grant.until_date) == (starts, starts - timedelta(days=1))
    letter = Letter.objects.get(
        reference=Decision.objects.get(number=number).notification.letter_ref
    )
    assert letter.facts["aid"]["from_date"] == starts.isoformat()


def test_a_review_that_changes_nothing_plans_the_next_one() -> None:
    one = after.granted()
    at = datetime(2027, 10, 4, 9, 0, tzinfo=UTC)
    casework.review_grant(
        grant=one.grant_ref,
        finding="Rien n’a changé, les extraits le montrent.",
        by=one.worker,
        at=at,
    )
    assert one.grant.review_due_on == date(2028, 10, 4)
    assert [(r.due_on, r.leads_to) for r in Review.objects.all()] == [
        (made.TODAY.replace(year=2027), "")
    ]


def test_one_enquiry_at_a_time_on_a_grant() -> None:
    one = after.granted()
    given = {"grant": one.grant_ref, "by": one.worker, "at": after.AFTER, "why": WHY}
    casework.open_revision(cause=SequelCause.FOUND, from_date=after.SITTING, **given)
    with pytest.raises(WrongState, match="déjà ouverte"):
        casework.open_revision(cause=SequelCause.DECLARED, from_date=after.SITTING, **given)


def test_a_stop_ends_the_grant_and_its_order_the_day_before() -> None:
    one = after.granted()
    opened = casework.open_stop(
        grant=one.grant_ref, on=date(2027, 1, 1), why="Départ dans une autre commune.", by=one.worker,
        at=after.AFTER,
    )  # fmt: skip
    casework.propose_sequel(reference=opened, motives=MOTIVES, by=one.worker, at=after.AFTER)
    after.carried_out(opened, one.leader)
    assert (one.grant.state, one.grant.until_date) == (GrantState.ENDED, date(2026, 12, 31))
    assert (one.order.state, one.order.until_date) == ("ended", date(2026, 12, 31))
    assert Application.objects.get(reference=opened).end == "executed"


def test_a_refused_stop_leaves_the_grant_running() -> None:
    one = after.granted()
    opened = casework.open_stop(
        grant=one.grant_ref, on=date(2027, 1, 1), why="Départ dans une autre commune.", by=one.worker,
        at=after.AFTER,
    )  # fmt: skip
    casework.propose_sequel(reference=opened, motives=MOTIVES, by=one.worker, at=after.AFTER)
    after.carried_out(
        opened, one.leader, state="rejected",
        terms=casework.DecidedTerms(Outcome.REFUSAL, "La personne réside toujours effectivement ici."),
    )  # fmt: skip
    assert one.grant.state == GrantState.RUNNING


def test_a_detention_is_kept_back_at_once_and_never_paid_once_decided() -> None:
    one = after.granted()
    opened = casework.suspend_grant(
        grant=one.grant_ref, ground=SuspensionGround.DETENTION, from_date=date(2027, 1, 1),
        until_date=date(2027, 3, 31), why="Incarcération attestée.", by=one.worker, at=after.AFTER,
    )  # fmt: skip
    assert (one.grant.state, is_held(one.grant.order_ref)) == (GrantState.SUSPENDED, True)
    casework.propose_sequel(reference=opened, motives=MOTIVES, by=one.worker, at=after.AFTER)
    after.carried_out(opened, one.leader)
    assert not is_held(one.grant.order_ref)
    owed = after.owed(one.order, date(2027, 4, 30))
    assert set(owed) == {date(2026, 11, 1), date(2026, 12, 1), date(2027, 4, 1)}
    casework.end_suspension(
        grant=one.grant_ref, on=date(2027, 1, 31), why="Libération", by=one.worker, at=after.AFTER
    )
    assert one.grant.state == GrantState.RUNNING
    assert set(after.owed(one.order, date(2027, 4, 30))) == set(owed) | {
        date(2027, 2, 1), date(2027, 3, 1)
    }  # fmt: skip


def test_stays_abroad_use_the_credit_of_the_year_first() -> None:
    one = after.granted()
    given = {"grant": one.grant_ref, "ground": SuspensionGround.ABROAD, "by": one.worker,
             "at": after.AFTER, "why": "Visite à la famille."}  # fmt: skip
    first = casework.suspend_grant(
        from_date=date(2027, 1, 4), until_date=date(2027, 1, 24), **given
    )
    assert first == ""
    second = casework.suspend_grant(
        from_date=date(2027, 6, 1), until_date=date(2027, 6, 21), **given
    )
    held = Suspension.objects.get(application__reference=second)
    # 21 days take three weeks; one of the four is left, so fourteen days are not paid.
    assert held.unpaid == [["2027-06-08", "2027-06-21"]]
    with pytest.raises(InvalidInput, match="recouvre"):
        casework.suspend_grant(from_date=date(2027, 1, 20), until_date=date(2027, 1, 30), **given)


def _sanctioned(one: after.Granted, **more: object) -> str:
    return casework.open_sanction(
        **{"grant": one.grant_ref, "ground": "piis", "why": "Deux rendez-vous manqués sans motif.",
           "months": 1, "legitimate_reason": False, "by": one.worker, "at": made.NOW, **more}  # type: ignore[arg-type]
    )  # fmt: skip


def test_a_sanction_of_a_project_wants_notice_hearing_and_opinion() -> None:
    one = after.granted()
    opened = _sanctioned(one)
    given = {"reference": opened, "by": one.worker}
    with pytest.raises(InvalidInput) as refused:
        casework.propose_sequel(motives=MOTIVES, at=after.AFTER, **given)
    said = refused.value.fields["motives"]
    assert [word in said for word in ("mise en demeure", "entendue", "avis")] == [True] * 3


def test_a_sanction_stops_the_days_of_the_law_and_never_pays_them_later() -> None:
    one = after.granted()
    opened = _sanctioned(one)
    given = {"reference": opened, "by": one.worker}
    casework.send_formal_notice(
        breach="Deux rendez-vous manqués", expected="Prendre contact", until_date=date(2026, 11, 27),
        delivery="hand", at=made.NOW, **given,
    )  # fmt: skip
    casework.invite_to_hearing(
        meeting_on=date(2026, 11, 30), time="10 h", place="CPAS, bureau 3", delivery="hand",
        at=made.NOW, **given,
    )  # fmt: skip
    notices = {n.kind: n for n in Notice.objects.all()}
    assert {n.letter_ref for n in notices.values()} == set(
        Letter.objects.filter(kind__in=("formal_notice", "hearing")).values_list(
            "reference", flat=True
        )
    )
    casework.record_answer(
        notice=notices["hearing"].pk, answer=NoticeAnswer.HEARD, said="Elle était malade, sans certificat.",
        at=after.AFTER, **given,
    )  # fmt: skip
    casework.start_enquiry(at=after.AFTER, **given)
    casework.write_report(
        situation="Projet en cours.", needs="Inchangés.", other_rights="", opinion="Un mois.",
        sign=True, at=after.AFTER, **given,
    )  # fmt: skip
    casework.propose_sequel(motives=MOTIVES, at=after.AFTER, **given)
    number = after.carried_out(opened, one.leader)
    # Decided on 1 December 2026: the first day of the second month after.
    sanction = Sanction.objects.get(decision__number=number)
    assert (sanction.from_date, sanction.until_date, sanction.suspended_execution) == (
        date(2027, 2, 1), date(2027, 2, 28), False,
    )  # fmt: skip
    owed = after.owed(one.order, date(2027, 3, 31))
    assert set(owed) == {date(2026, 11, 1), date(2026, 12, 1), date(2027, 1, 1), date(2027, 3, 1)}
    assert one.grant.state == GrantState.RUNNING


def test_a_sanction_in_part_survives_a_change_of_the_amount() -> None:
    one = after.granted()
    grant = one.grant
    Sanction.objects.create(
        grant=grant, decision=grant.decision, ground="piis", from_date=date(2027, 2, 1),
        until_date=date(2027, 2, 28), share=Decimal("0.5"),
    )  # fmt: skip
    paying.pause(
        grant, date(2027, 2, 1), date(2027, 2, 28), Decimal("0.5"), "C1", one.leader, after.AFTER
    )
    half = after.owed(one.order, date(2027, 3, 31))
    assert half[date(2027, 2, 1)] == Decimal("628.49")
    grant.amount = Decimal("1300.00")
    paying.change_amount(grant, grant.order_ref, date(2027, 2, 1), one.leader, after.AFTER)
    owed = after.owed(one.order, date(2027, 3, 31))
    assert (owed[date(2027, 2, 1)], owed[date(2027, 3, 1)]) == (
        Decimal("650.00"), Decimal("1300.00"),
    )  # fmt: skip


@pytest.mark.parametrize("months", [0, 2])
def test_months_beyond_the_law_are_refused(months: int) -> None:
    one = after.granted()
    with pytest.raises(InvalidInput, match="de 1 à 1 mois"):
        _sanctioned(one, months=months)


def test_a_reprieve_stops_nothing_and_is_told() -> None:
    one = after.granted()
    opened = _sanctioned(one, ground="omission", months=2, months_suspended=2, legitimate_reason=None,
                         begins=date(2027, 1, 1))  # fmt: skip
    given = {"reference": opened, "by": one.worker}
    casework.invite_to_hearing(
        meeting_on=date(2026, 11, 30),
        time="10 h",
        place="CPAS",
        delivery="hand",
        at=made.NOW,
        **given,
    )
    notice = Notice.objects.get()
    with pytest.raises(WrongState, match="temps de répondre"):
        casework.record_answer(notice=notice.pk, answer=NoticeAnswer.SILENT, at=made.NOW, **given)
    casework.record_answer(notice=notice.pk, answer=NoticeAnswer.SILENT, at=after.AFTER, **given)
    casework.start_enquiry(at=after.AFTER, **given)
    casework.write_report(situation="x", needs="x", other_rights="", opinion="x", sign=True,
                          at=after.AFTER, **given)  # fmt: skip
    casework.propose_sequel(motives=MOTIVES, at=after.AFTER, **given)
    number = after.carried_out(opened, one.leader)
    assert Sanction.objects.get().suspended_execution
    assert date(2027, 1, 1) in after.owed(one.order, date(2027, 1, 31))
    letter = Letter.objects.get(owner_ref=number)
    assert "2 mois de sursis" in letter.facts["sanction"]["reprieve"]


def _recovered(one: after.Granted) -> tuple[str, str]:
    after.paid(one.order, [date(2026, 11, 1), date(2026, 12, 1), date(2027, 1, 1)])
    at = datetime(2027, 2, 2, 9, 0, tzinfo=UTC)
    opened = casework.open_recovery(
        grant=one.grant_ref, cause="Un salaire n’a pas été déclaré.", since=date(2026, 12, 16),
        until=date(2027, 1, 31), right=Decimal("1000.00"), monthly=Decimal("100.00"), by=one.worker,
        at=at,
    )  # fmt: skip
    casework.propose_sequel(reference=opened, motives=MOTIVES, by=one.worker, at=at)
    return opened, after.carried_out(opened, one.leader, at, on=date(2027, 2, 1))


def test_a_recovery_counts_by_month_what_left_and_opens_its_claim() -> None:
    one = after.granted()
    _opened, number = _recovered(one)
    recovery = Recovery.objects.get(decision__number=number)
    claim = Claim.objects.get(reference=recovery.claim_ref)
    # 1 256,97 € paid, 1 000,00 € owed: 16 days of 31 in December, January whole.
    was, owed = Decimal("648.76"), Decimal("516.13")
    assert recovery.amount == (was - owed) + Decimal("256.97") == claim.amount
    assert [i.amount for i in claim.instalments.all()] == [100, 100, 100, Decimal("89.60")]
    letter = Letter.objects.get(owner_ref=number)
    assert letter.kind == "recovery"
    assert [row["label"] for row in letter.facts["undue"]["periods"]] == [
        "décembre 2026",
        "janvier 2027",
    ]


def test_what_never_left_is_not_asked_back() -> None:
    one = after.granted()
    with pytest.raises(InvalidInput, match="Rien n’a été payé en trop"):
        casework.open_recovery(
            grant=one.grant_ref, cause="Un salaire n’a pas été déclaré.", since=made.TODAY,
            until=date(2027, 1, 31), right=Decimal(0), monthly=Decimal(50), by=one.worker, at=after.AFTER,
        )  # fmt: skip


def test_what_is_time_barred_is_not_asked_back() -> None:
    one = after.granted()
    with pytest.raises(InvalidInput, match="prescrite"):
        casework.open_recovery(
            grant=one.grant_ref, cause="Un salaire n’a pas été déclaré.", since=date(2026, 12, 1),
            until=date(2027, 1, 31), right=Decimal(0), monthly=Decimal(50), by=one.worker,
            at=datetime(2032, 1, 5, tzinfo=UTC),
        )  # fmt: skip


def test_a_waiver_gives_up_part_of_the_claim() -> None:
    one = after.granted()
    _opened, number = _recovered(one)
    at = datetime(2027, 3, 2, 9, 0, tzinfo=UTC)
    opened = casework.open_waiver(
        recovery=number, amount=Decimal("200.00"), why="Ses dettes de loyer l’empêchent.", by=one.worker,
        at=at,
    )  # fmt: skip
    casework.propose_sequel(reference=opened, motives=MOTIVES, by=one.worker, at=at)
    after.carried_out(opened, one.leader, at, on=date(2027, 3, 1))
    claim = Claim.objects.get()
    assert claim.balance == claim.amount - 200


def test_an_appeal_freezes_the_file_until_it_is_judged() -> None:
    one = after.granted()
    number = one.grant.decision.number
    given = {"by": one.worker, "at": datetime(2027, 6, 1, tzinfo=UTC)}
    appeal = casework.lodge_appeal(
        number=number, lodged_on=date(2027, 1, 4), court="Tribunal du travail du Hainaut", **given
    )
    assert one.file.legal_hold == f"Recours au tribunal du travail ({number})"
    casework.plan_court_hearing(appeal=appeal, on=date(2027, 5, 3), **given)
    casework.record_judgment(
        appeal=appeal, outcome=AppealOutcome.CONFIRMED, judged_on=date(2027, 5, 20), **given
    )
    assert one.file.legal_hold == ""
    with pytest.raises(WrongState, match="déjà jugé"):
        casework.record_judgment(
            appeal=appeal, outcome=AppealOutcome.REFORMED, judged_on=date(2027, 5, 20), **given
        )


def test_a_judgment_that_reforms_opens_a_new_decision_and_keeps_the_hold() -> None:
    one = after.granted()
    at = datetime(2027, 6, 1, 9, 0, tzinfo=UTC)
    given = {"by": one.worker, "at": at}
    appeal = casework.lodge_appeal(
        number=one.grant.decision.number,
        lodged_on=date(2027, 1, 4),
        court="Tribunal du travail",
        **given,
    )
    opened = casework.record_judgment(
        appeal=appeal, outcome=AppealOutcome.REFORMED, judged_on=date(2027, 5, 20),
        what="Le salaire n’est pas compté.", **given,
    )  # fmt: skip
    assert one.file.legal_hold != ""
    after.revised(opened, one.worker, None, at=at)
    after.carried_out(opened, one.leader, at, on=date(2027, 5, 31))
    assert (one.newest.amount > one.grant.amount, one.file.legal_hold) == (True, "")
    assert Appeal.objects.get().outcome == AppealOutcome.REFORMED


def test_interest_is_proposed_on_what_left_late_and_paid_once() -> None:
    one = after.granted()
    after.paid(one.order, [date(2026, 11, 1)], on=date(2026, 12, 30))
    at = datetime(2026, 12, 31, 9, 0, tzinfo=UTC)
    number = one.grant.decision.number
    opened = casework.propose_interest(number=number, by=one.worker, at=at)
    casework.propose_sequel(reference=opened, motives=MOTIVES, by=one.worker, at=at)
    late = after.carried_out(opened, one.leader, at, on=date(2026, 12, 31))
    assert Letter.objects.get(owner_ref=late).kind == "late_interest"
    paid = Grant.objects.get(decision__number=late)
    # 7 days of 30 of 1 256,97 € at 4,5 %, for 13 days: from 17 to 29 December.
    assert (paid.periodicity, paid.amount) == ("once", Decimal("0.47"))
    with pytest.raises(WrongState, match="déjà proposés"):
        casework.propose_interest(number=number, by=one.worker, at=at)


def test_paid_in_time_bears_no_interest() -> None:
    one = after.granted()
    after.paid(one.order, [date(2026, 11, 1)], on=date(2026, 12, 4))
    with pytest.raises(WrongState, match="Rien n’a été payé en retard"):
        casework.propose_interest(number=one.grant.decision.number, by=one.worker, at=after.AFTER)


def test_a_fixed_term_warns_and_is_prolonged() -> None:
    one = after.granted(terms={"until_date": date(2027, 5, 31)})
    clock = one.file.clocks.get(what="renewal")
    assert clock.due_date == date(2027, 5, 1)
    opened = casework.open_renewal(
        grant=one.grant_ref,
        why="La formation dure encore un semestre.",
        by=one.worker,
        at=after.AFTER,
    )
    after.revised(opened, one.worker, "420.00", Outcome.GRANT)
    after.carried_out(opened, one.leader)
    assert (one.newest.from_date, one.newest.replaces) == (date(2027, 6, 1), None)


@pytest.mark.parametrize(("role", "team"), [("social_worker", "debts"), ("reception", made.TEAM)])
def test_whoever_does_not_work_on_the_file_touches_nothing(role: str, team: str) -> None:
    one = after.granted()
    with pytest.raises(NotAllowed):
        casework.open_stop(
            grant=one.grant_ref, on=date(2027, 1, 1), why=WHY, by=agent(made.Role(role), team),
            at=after.AFTER,
        )  # fmt: skip
