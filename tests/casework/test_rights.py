"""Rights of the person: everything held about her, nothing of anybody else; facts corrected."""

import json
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from tests.factories import after, mediation
from tests.factories import agenda as meet
from tests.factories import agreements as promised
from tests.factories import casework as made
from tests.factories import people as persons
from tests.factories.requests import agent

from beffroi.accounts.enums import Role
from beffroi.acts.agreements import services as agreements
from beffroi.acts.agreements.enums import AgreementKind
from beffroi.audit.models import JournalEntry
from beffroi.casework import queries, rectifying
from beffroi.casework import services as casework
from beffroi.casework.enums import GrantState
from beffroi.casework.models import Decision, Grant, SocialFile
from beffroi.casework.permissions import files_visible_to
from beffroi.casework.retention import end_files
from beffroi.core.errors import NotAllowed, WrongState
from beffroi.people import checkers
from beffroi.people import queries as people_queries
from beffroi.people import services as people
from beffroi.people.models import Person

pytestmark = pytest.mark.django_db
CANARY = "Rue du Canari 77"
OTHER = "Zéphyrine Tournesol"


def _with_a_neighbour(one: after.Granted) -> None:
    """Somebody whose address is sealed lives there, and everybody writes about her."""
    other = persons.person("Tournesol", "Zéphyrine")
    persons.address(other, CANARY, sealed="Menaces d’un proche")
    application = one.application
    application.cohabitants.create(name=OTHER, relation="friend", person=other)
    application.visits.update(findings=f"Zéphyrine Tournesol habitait {CANARY} avant de venir.")
    application.resources.create(
        kind="other", label=f"Aide de {OTHER}", monthly=Decimal("333.33"),
        cohabitant=application.cohabitants.get(),
    )  # fmt: skip


def test_an_export_holds_every_room_and_nothing_of_anybody_else() -> None:
    one = after.granted()
    _with_a_neighbour(one)
    officer = agent(Role.PRIVACY_OFFICER, "")
    casework.read_file(number=one.number, by=one.worker, at=after.AFTER)
    held = people.export_everything(
        reference=one.person,
        reason="Demande de la personne",
        form="json",
        by=officer,
        at=after.AFTER,
    )
    assert set(held) == {
        "reference", "made_at", "left_out", "people", "casework", "entitlements", "letters",
        "payments", "bodies", "requests", "journal", "agenda", "activities", "stays", "supplies",
        "agreements", "budgets",
    }  # fmt: skip
    text = json.dumps(held, ensure_ascii=False)
    for hidden in (CANARY, "Canari", "Tournesol", "Zéphyrine", "333.33", one.worker.label):
        assert hidden not in text, hidden
    assert held["casework"]["files"][0]["number"] == one.number
    assert held["payments"]["orders"][0]["reference"] == one.grant.order_ref
    assert [m["fate"] for m in held["bodies"]["matters"]] == [None]
    assert {a["act"] for a in held["journal"]["acts"]} >= {"file.read", "decision.record"}
    assert held["letters"]["letters"][0]["kind"] == "grant"
    assert held["entitlements"]["computations"][0]["monthly"] == "1256.97"
    row = JournalEntry.objects.filter(verb="person.export").get()
    assert (row.kind, row.subject_ref, row.reason) == (
        "export",
        one.person,
        "Demande de la personne",
    )


def test_an_export_is_for_the_officer_and_the_leader_alone() -> None:
    one = after.granted()
    given = {"reference": one.person, "reason": "Demande", "form": "pdf", "at": after.AFTER}
    for who in (one.worker, agent(Role.RECEPTION, made.TEAM), agent(Role.DIRECTOR_GENERAL, "")):
        with pytest.raises(NotAllowed):
            people.export_everything(by=who, **given)
    other_leader = agent(Role.TEAM_LEADER, "debts")
    held = people.export_everything(by=other_leader, **given)
    # A leader of another team is given nothing of this team’s file.
    assert (held["casework"]["files"], held["payments"]["orders"], held["letters"]["letters"],
            held["entitlements"]["computations"]) == ([], [], [], [])  # fmt: skip
    assert held["left_out"] == ["journal"]
    assert set(held["left_out"]) & set(held) == set() and "who_looked" not in held["people"]
    hers = people.export_everything(by=one.leader, **given)
    assert [f["number"] for f in hers["casework"]["files"]] == [one.number]


def test_a_leader_is_given_the_appointments_agreements_and_budgets_of_her_own_team() -> None:
    mediator = mediation.mediator()
    file = mediation.opened(by=mediator)
    reference = file.row.persons.get().reference
    agreements.draft(
        kind=AgreementKind.TRAINING, person_ref=reference, by=promised.worker(),
        at=promised.NOW, title="Permis de conduire",
    )  # fmt: skip
    meet.appointment(agent(), name="", person_ref=reference)
    given = {"reference": reference, "reason": "Demande", "form": "json", "at": after.AFTER}
    leaders = {team: agent(Role.TEAM_LEADER, team) for team in ("aid", "insertion", "debts", "pcs")}
    officer = agent(Role.PRIVACY_OFFICER, "")
    held = {
        name: (
            len(part["agenda"]["appointments"]), len(part["agreements"]["agreements"]),
            len(part["budgets"]["files"]),
        )
        for name, who in {**leaders, "officer": officer}.items()
        for part in [people.export_everything(by=who, **given)]
    }  # fmt: skip
    assert held == {
        "aid": (1, 0, 0), "insertion": (0, 1, 0), "debts": (0, 0, 1), "pcs": (0, 0, 0),
        "officer": (1, 1, 1),
    }  # fmt: skip


def test_a_fact_shows_the_decisions_that_rested_on_it_and_opens_their_revision() -> None:
    one = after.granted()
    rested = casework.find_rested(number=one.number, words="420,00", by=one.worker, at=after.AFTER)
    assert [(r.number, r.grant, r.is_running) for r in rested] == [
        (one.grant.decision.number, one.grant_ref, True)
    ]
    assert (
        casework.find_rested(number=one.number, words="421,00", by=one.worker, at=after.AFTER) == []
    )
    resource = one.application.resources.get()
    again = casework.rectify_resource(
        number=one.number, resource=resource.pk, monthly=Decimal("380.00"),
        why="La fiche de paie portait un autre montant.", by=one.worker, at=after.AFTER,
    )  # fmt: skip
    assert [r.number for r in again] == [one.grant.decision.number]
    frozen = Decision.objects.get(number=one.grant.decision.number).facts["resources"]
    assert [row["monthly"] for row in frozen] == ["420.00"]
    assert [(g.reference, words) for g, words in rectifying.stale_decisions(one.file)] == [
        (one.grant_ref, ["les ressources"])
    ]
    opened = casework.revise_what_rested(
        number=one.number, grants=[one.grant_ref], why="Montant du salaire rectifié.", by=one.worker,
        at=after.AFTER,
    )  # fmt: skip
    copied = SocialFile.objects.get(number=one.number).applications.get(reference=opened[0])
    assert [r.monthly for r in copied.resources.all()] == [Decimal("380.00")]
    with pytest.raises(WrongState, match="déjà ouverte"):
        casework.revise_what_rested(
            number=one.number, grants=[one.grant_ref], why="Encore une fois pareil.", by=one.worker,
            at=after.AFTER,
        )  # fmt: skip


def test_files_of_an_absorbed_entry_are_found_under_the_kept_one() -> None:
    one = made.held()
    kept = made.person()
    people.merge(
        kept=kept, absorbed=one.person, why="Même carte d’identité.", by=one.worker, at=made.NOW
    )
    pk = people_queries.id_of(one.person)
    assert people_queries.reference_of(pk) == kept
    found = queries.files_about(files_visible_to(one.worker), people_queries.same_ids(pk))
    assert [file.number for file in found] == [one.number]
    assert (
        casework.open_file(person_ref=kept, team=made.TEAM, by=one.worker, at=made.NOW)
        == one.number
    )


def test_a_closed_file_ends_after_ten_years_unless_an_appeal_holds_it() -> None:
    one = after.granted()
    opened = casework.open_stop(
        grant=one.grant_ref, on=date(2027, 1, 1), why="Départ dans une autre commune.", by=one.worker,
        at=after.AFTER,
    )  # fmt: skip
    casework.propose_sequel(reference=opened, motives=made.MOTIVES, by=one.worker, at=after.AFTER)
    number = after.carried_out(opened, one.leader)
    casework.lodge_appeal(
        number=number, lodged_on=after.AFTER.date(), court="Tribunal du travail", by=one.worker,
        at=after.AFTER,
    )  # fmt: skip
    casework.close_file(number=one.number, by=one.worker, at=after.AFTER)
    late = after.AFTER + timedelta(days=3653 + 30)
    assert end_files(late) == 0
    SocialFile.objects.update(legal_hold="")
    assert end_files(late - timedelta(days=60)) == 0


@pytest.mark.parametrize(
    ("change", "keys"),
    [
        ("death", {"dead_grant"}),
        ("amount", {"amount"}),
        ("twice", {"two_incomes"}),
        ("friend", {"isolated"}),
        ("closed", {"closed_grant"}),
        ("none", set()),
    ],
)
def test_a_contradiction_is_seen_on_the_file(change: str, keys: set[str]) -> None:
    one = after.granted()
    grant = one.grant
    if change == "death":
        Person.objects.filter(reference=one.person).update(is_deceased=True)
    if change == "amount":
        Grant.objects.filter(pk=grant.pk).update(amount=Decimal("900.00"))
    if change == "twice":
        second = after.granted(person_ref=one.person, worker=one.worker)
        assert second.grant.state == GrantState.RUNNING
    if change == "friend":
        one.application.cohabitants.create(name="Un ami", relation="friend")
    if change == "closed":
        SocialFile.objects.update(state="closed", closed_at=datetime(2026, 12, 3, tzinfo=UTC))
    person = Person.objects.get(reference=one.person)
    found = checkers.contradictions(person, made.TODAY, ("casework",))
    assert {c.key.split(":")[0] for c in found} == keys
    assert checkers.contradictions(person, made.TODAY) == []
