"""An agreement from its draft to its end: time to think, texts frozen, quarters, days of work."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction
from tests.factories import agreements as make
from tests.factories.agreements import NOW, TODAY
from tests.factories.mediation import person
from tests.factories.requests import agent

from beffroi.accounts.enums import Role
from beffroi.acts.agreements import queries
from beffroi.acts.agreements import services as agreements
from beffroi.acts.agreements.enums import (
    AgreementKind,
    AgreementState,
    ClauseState,
    Finding,
    PartySide,
    ProjectKind,
)
from beffroi.acts.agreements.models import Agreement, Evaluation, Seat, SignedText
from beffroi.acts.agreements.permissions import agreements_visible_to
from beffroi.acts.agreements.services import ClauseDraft
from beffroi.acts.agreements.workflow import MOVES
from beffroi.audit.models import JournalEntry
from beffroi.core.actors import person_actor
from beffroi.core.errors import InvalidInput, NotAllowed, Refusal, WrongState
from beffroi.people import services as people

pytestmark = pytest.mark.django_db


def _full(made: make.Made) -> Agreement:
    row = queries.full_agreement(Agreement.objects.all(), made.reference)
    assert row is not None
    return row


def _evaluated(made: make.Made, held: date, **more: object) -> int:
    at = NOW.replace(year=held.year, month=held.month, day=held.day)
    given = {"finding": Finding.ON_COURSE, "worker_words": "La formation avance."} | more
    return made.do(agreements.evaluate, at=at, held_date=held, **given)


def test_draft_piis_is_due_three_months_after_the_grant_with_its_subsidy_at_risk() -> None:
    made = make.drafted()
    assert made.row.piis.due_date == date(2026, 6, 3)
    [due] = queries.piis_due(on=date(2026, 6, 10), teams=["insertion"])
    assert (due.what, due.due_date, due.at_risk, due.months_lost) == (
        "signature", date(2026, 6, 3), Decimal("131.42"), 1,
    )  # fmt: skip
    assert queries.piis_due(on=date(2026, 3, 10), teams=["insertion"]) == []


def test_evaluations_follow_each_quarter_from_the_signature() -> None:
    made = make.running()
    row = _full(made)
    assert queries.next_due(row) == ("evaluation", date(2026, 6, 23))
    _evaluated(made, date(2026, 6, 20))
    assert queries.next_due(_full(made)) == ("evaluation", date(2026, 9, 20))
    _evaluated(made, date(2026, 9, 1), next_date=date(2026, 10, 1))
    assert queries.next_due(_full(made)) == ("evaluation", date(2026, 10, 1))
    rows = Evaluation.objects.values_list("number", "due_date", "next_date")
    assert list(rows) == [
        (1, date(2026, 6, 23), date(2026, 9, 20)), (2, date(2026, 9, 20), date(2026, 10, 1)),
    ]  # fmt: skip


def test_project_signed_on_its_last_day_is_evaluated_each_quarter_from_then() -> None:
    made = make.written()
    made.do(agreements.set_terms, title="Souder", starts_date=date(2026, 6, 3),
            ends_date=date(2027, 6, 2))  # fmt: skip
    made.do(agreements.propose)
    at = NOW.replace(month=6, day=3)
    made.do(agreements.sign, at=at, signed_date=date(2026, 6, 3))
    found = [queries.next_due(_full(made))]
    _evaluated(made, date(2026, 9, 3))
    found.append(queries.next_due(_full(made)))
    assert found == [("evaluation", date(2026, 9, 3)), ("evaluation", date(2026, 12, 3))]


def test_signature_waits_for_five_working_days_unless_she_wishes() -> None:
    made = make.written()
    made.do(agreements.propose)
    assert made.row.reflection_until_date == date(2026, 3, 17)
    with pytest.raises(InvalidInput, match="pas possible") as refused:
        made.do(agreements.sign, at=make.later(7), signed_date=date(2026, 3, 17))
    assert "17/03/2026" in refused.value.fields["signed_date"]
    made.do(
        agreements.sign, at=make.later(7), signed_date=date(2026, 3, 17), early_at_her_wish=True
    )
    assert made.row.moves.get(move="sign").why == "signée plus tôt, à la demande de la personne"


def test_propose_says_what_the_text_lacks() -> None:
    made = make.drafted()
    with pytest.raises(WrongState) as refused:
        made.do(agreements.propose)
    assert refused.value.why == (
        "Dites le but. Écrivez à quoi la personne s’engage. Écrivez à quoi le CPAS s’engage. "
        "Faites d’abord l’analyse des besoins. Dites quand cela commence. "
        "Dites quand le projet finit."
    )


def test_signed_text_is_frozen_and_an_amendment_is_another() -> None:
    made = make.running()
    with pytest.raises(WrongState):
        made.do(agreements.add_clauses, clauses=[ClauseDraft(PartySide.CPAS, "Une crèche")])
    made.do(agreements.amend, why="Il lui faut une crèche.")
    made.do(agreements.add_clauses, clauses=[ClauseDraft(PartySide.CPAS, "Une crèche")])
    first = made.row.clauses.first()
    made.do(agreements.drop_clause, clause=first.pk)
    with pytest.raises(WrongState, match="complet"):
        made.do(agreements.sign_amendment, at=make.later(30), signed_date=date(2026, 4, 9))
    made.do(agreements.add_clauses, clauses=[ClauseDraft(PartySide.PERSON, "Venir aux cours")])
    made.do(agreements.sign_amendment, at=make.later(30), signed_date=date(2026, 4, 9))
    texts = [[c["text"] for c in t.content["clauses"]] for t in made.row.texts.all()]
    assert texts == [
        ["Suivre la formation", "Payer le matériel jusqu’à 150 €"],
        ["Payer le matériel jusqu’à 150 €", "Une crèche", "Venir aux cours"],
    ]
    assert made.row.texts.get(version=2).why == "Il lui faut une crèche."
    assert len(set(SignedText.objects.values_list("digest", flat=True))) == 2


def test_amendment_given_up_brings_back_what_was_signed() -> None:
    made = make.running()
    made.do(agreements.amend, why="Peut-être.")
    made.do(agreements.drop_clause, clause=made.row.clauses.first().pk)
    made.do(agreements.add_clauses, clauses=[ClauseDraft(PartySide.CPAS, "Une crèche")])
    made.do(agreements.set_terms, title="Autre chose", starts_date=TODAY, ends_date=None)
    made.do(agreements.give_up_amendment)
    row = made.row
    assert (row.title, row.ends_date) == ("Une formation de soudeur", date(2027, 3, 22))
    assert [(c.text, c.state) for c in row.clauses.all()] == [
        ("Suivre la formation", ClauseState.OPEN),
        ("Payer le matériel jusqu’à 150 €", ClauseState.OPEN),
    ]


@pytest.mark.parametrize("model", [SignedText, Evaluation])
def test_database_refuses_to_change_what_was_signed_or_evaluated(model: type) -> None:
    made = make.running()
    _evaluated(made, date(2026, 6, 20))
    field = {SignedText: "digest", Evaluation: "worker_words"}[model]
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        model.objects.update(**{field: "x"})


def test_art60_days_push_the_end_and_alert_sixty_days_before() -> None:
    made = make.work(days=312)
    assert queries.days_in(_full(made)).end_without_absence == date(2027, 3, 16)
    made.do(agreements.count_month, month=date(2026, 1, 15), paid_days=20, unpaid_days=0)
    made.do(agreements.count_month, month=date(2026, 2, 1), paid_days=6, unpaid_days=13)
    made.do(agreements.count_month, month=date(2026, 2, 1), paid_days=6, unpaid_days=14)
    days = queries.days_in(_full(made))
    assert (days.paid, days.unpaid, days.left) == (26, 14, 286)
    assert days.end == date(2027, 4, 5)
    assert (days.end - days.alert).days == 60
    assert queries.next_due(_full(made)) == ("exit", days.alert)
    with pytest.raises(InvalidInput):
        made.do(agreements.count_month, month=date(2026, 2, 1), paid_days=20, unpaid_days=12)
    with pytest.raises(InvalidInput):
        made.do(agreements.count_month, month=date(2025, 12, 1), paid_days=2, unpaid_days=0)


def test_art60_without_days_takes_those_of_her_age() -> None:
    made = make.work(days=None, begun=False)
    work = made.row.work
    assert (work.target_days, work.target_is_verified) == (312, True)
    assert "art. 60 §7" in work.target_reference


def test_place_holds_no_more_people_than_it_has() -> None:
    by = make.worker()
    first, second = make.work(by), make.work(by)
    place = make.place(by, seats=1)
    first.do(agreements.take_place, place=place)
    with pytest.raises(WrongState, match="prises"):
        second.do(agreements.take_place, place=place)
    first.do(agreements.finish, how="end", why="Fin du contrat.")
    second.do(agreements.take_place, place=place)
    assert list(
        Seat.objects.filter(until_date=None).values_list("agreement__reference", flat=True)
    ) == [second.reference]
    assert queries.free_places() == []


def test_transit_is_paid_by_income_and_rooms_and_lengthened_once() -> None:
    by = make.worker(team="housing")
    reference = agreements.draft_transit(
        person_ref=person("Colin"), dwelling="Rue de la Clé 12", rooms=2, income=Decimal("1314.20"),
        first_date=date(2026, 2, 1), by=by, at=NOW,
    )  # fmt: skip
    made = make.Made(reference, by)
    row = made.row
    assert (row.transit.monthly, row.ends_date) == (Decimal("342.84"), date(2026, 7, 31))
    clauses = [ClauseDraft(PartySide.PERSON, "Chercher"), ClauseDraft(PartySide.CPAS, "Aider")]
    made.do(agreements.add_clauses, clauses=clauses)
    made.do(agreements.propose)
    made.do(agreements.sign, signed_date=TODAY, early_at_her_wish=True)
    made.do(agreements.start)
    made.do(agreements.renew_transit, why="Logement promis en octobre.")
    assert made.row.ends_date == date(2027, 1, 31)
    with pytest.raises(WrongState, match="qu’une fois"):
        made.do(agreements.renew_transit, why="Encore.")


def test_one_project_at_a_time_for_a_person_in_a_file() -> None:
    by, who = make.worker(), person("Lambert")
    given = {"subject_ref": "CPAS2600001", "granted_on": make.GRANTED, "by": by, "at": NOW}
    first = agreements.draft_piis(person_ref=who, **given)
    with pytest.raises(WrongState, match="avenant"):
        agreements.draft_piis(person_ref=who, **given)
    partner_of_hers = agreements.draft_piis(person_ref=person("Autre"), **given)
    found = queries.agreements_of("CPAS2600001")
    assert {one.reference for one in found} == {first, partner_of_hers}
    assert {one.next_due for one in found} == {date(2026, 6, 3)}
    assert queries.agreements_of("") == []


def test_agreement_is_for_its_team_and_never_for_ones_own() -> None:
    made = make.running()
    colleague, own = make.worker(), make.worker()
    people.link_staff(agent=int(own.ref), reference=made.row.person.reference, by=own, at=NOW)
    others = (
        own, agent(Role.SOCIAL_WORKER, "general_aid"), agent(Role.RECEPTION, "insertion"),
        agent(Role.DIRECTOR_GENERAL, ""), person_actor(made.reference),
    )  # fmt: skip
    assert agreements_visible_to(colleague).count() == 1
    assert [agreements_visible_to(who).count() for who in others] == [0] * 5
    before = JournalEntry.objects.count()
    for who in others:
        with pytest.raises(NotAllowed):
            agreements.read_agreement(reference=made.reference, by=who, at=NOW)
        with pytest.raises(NotAllowed):
            agreements.finish(reference=made.reference, how="end", why="x", by=who, at=NOW)
    assert JournalEntry.objects.count() == before


def _at_state(state: str) -> make.Made:
    if state in (AgreementState.DRAFTED, AgreementState.REFLECTION):
        made = make.written()
        if state == AgreementState.REFLECTION:
            made.do(agreements.propose)
        return made
    if state == AgreementState.ABANDONED:
        made = make.written()
        made.do(agreements.finish, how="abandon", why="Partie.")
        return made
    if state == AgreementState.SIGNED:
        return make.signed()
    made = make.running()
    ends = {"fulfilled": "fulfil", "broken": "break", "ended": "end"}
    if state == AgreementState.AMENDING:
        made.do(agreements.amend, why="Autre horaire.")
    if state in ends:
        made.do(agreements.finish, how=ends[state], why="Fin.")
    return made


@pytest.mark.parametrize("state", [str(s) for s in AgreementState])
def test_each_state_takes_the_moves_of_the_table_and_no_other(state: str) -> None:
    at, day = make.later(20), date(2026, 3, 28)
    for key, move in MOVES.items():
        made = _at_state(state)
        acts = {
            "take_back": lambda m=made: m.do(agreements.take_back, at=at, why="Erreur."),
            "sign": lambda m=made: m.do(agreements.sign, at=at, signed_date=day),
            "amend": lambda m=made: m.do(agreements.amend, at=at, why="Autre."),
            "sign_amendment": lambda m=made: m.do(
                agreements.sign_amendment, at=at, signed_date=day
            ),
            "propose": lambda m=made: m.do(agreements.propose, at=at),
            "start": lambda m=made: m.do(agreements.start, at=at),
            "give_up_amendment": lambda m=made: m.do(agreements.give_up_amendment, at=at),
        }
        act = acts.get(key, lambda m=made, k=key: m.do(agreements.finish, at=at, how=k, why="Fin."))
        if state in move.sources:
            act()
            assert made.row.state == move.target, key
        else:
            with pytest.raises(Refusal):
                act()
            assert made.row.state == state, key


def test_retention_empties_an_agreement_ten_years_after_its_end() -> None:
    from beffroi.acts.agreements.retention import end_due

    made = make.running()
    _evaluated(made, date(2026, 6, 20))
    made.do(agreements.finish, at=NOW.replace(month=7), how="end", why="Fin.")
    assert end_due(NOW.replace(year=2036, month=6)) == 0
    assert end_due(NOW.replace(year=2036, month=8)) == 1
    row = made.row
    assert (row.person, row.title, row.clauses.count(), row.texts.count()) == (None, "", 0, 0)
    assert row.kind == AgreementKind.PIIS
    assert (
        JournalEntry.objects.filter(verb="agreement.anonymise", object_ref=row.reference).count()
        == 1
    )


@pytest.mark.parametrize(
    ("month", "files"),
    [
        (date(2026, 2, 1), set()),
        (date(2026, 3, 1), {"D1", "D2", "D4"}),
        (date(2026, 4, 1), {"D1", "D2"}),
        (date(2027, 2, 1), {"D1", "D2"}),
        (date(2027, 3, 1), {"D2"}),
    ],
)
def test_project_is_subsidised_for_the_months_of_the_law_and_studies_to_their_end(
    month: date, files: set[str]
) -> None:
    made = {ref: make.signed(subject_ref=ref) for ref in ("D1", "D2", "D4")}
    made["D2"].row.piis.__class__.objects.filter(agreement=made["D2"].row).update(
        project_kind=ProjectKind.STUDIES
    )
    Agreement.objects.filter(reference=made["D4"].reference).update(
        state=AgreementState.ENDED, ended_date=date(2026, 3, 31)
    )
    make.drafted(subject_ref="D3")
    asked = {"D1", "D2", "D3", "D4", "D5", ""}
    assert queries.files_in_subsidised_project(asked, month) == files
