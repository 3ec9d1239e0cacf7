"""Acts of the editor: right, state, journal, revision, each in one transaction."""

from datetime import date, time, timedelta
from typing import Any

import pytest
from django.core import mail

from beffroi.accounts.enums import Role
from beffroi.audit.models import JournalEntry
from beffroi.core.errors import InvalidInput, NotAllowed, WrongState
from beffroi.directory import editor_queries, quality, services, work_to_do
from beffroi.directory.enums import AudienceLevel, FactKind, FactState, PlanKind, ServiceStatus
from beffroi.directory.models import (
    AlertPlan,
    EmergencyNumber,
    Fact,
    Service,
    ServiceTerm,
    Taxonomy,
    Term,
)
from beffroi.directory.queries import current_alert_plan, revision
from beffroi.directory.services import NewSource, Provenance, TextWords
from beffroi.directory.weekly import Slot, rules_of
from tests.factories import editors as make
from tests.factories.editors import NOW, TODAY

pytestmark = pytest.mark.django_db


def last_row() -> JournalEntry:
    return JournalEntry.objects.order_by("pk").last()


def told(**more: Any) -> Provenance:
    return Provenance(source=make.source(), as_of_date=TODAY, **more)


def test_state_fact_keeps_its_source_and_is_journalled() -> None:
    about, before, by = make.service("energie"), revision(), make.editor()
    fact = services.state_fact(
        about=about, kind=FactKind.PHONE, text="065 35 41 29",
        provenance=Provenance(source=NewSource("Appel au service", "CPAS", dated="23 novembre")),
        by=by, at=NOW,
    )  # fmt: skip
    assert (fact.source.title, fact.source.seen_on) == ("Appel au service", TODAY)
    assert fact.value == {"e164": "+3265354129", "shown": "065 35 41 29"}
    row = last_row()
    assert (row.kind, row.verb, row.object_kind, row.object_ref) == (
        "write", "state_fact", "service", "energie",
    )  # fmt: skip
    assert row.actor_ref == by.ref
    assert revision() == before + 1


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.EDITOR, Role.ADMINISTRATOR}))
def test_state_fact_is_refused_to_every_other_role(role: str) -> None:
    about = make.service()
    with pytest.raises(NotAllowed):
        services.state_fact(
            about=about, kind=FactKind.PHONE, text="065 35 41 29", provenance=told(),
            by=make.actor(role, "reception"), at=NOW,
        )  # fmt: skip
    assert not about.facts.exists()
    assert not JournalEntry.objects.exists()


@pytest.mark.parametrize(
    ("text", "provenance"),
    [
        ("", Provenance(NewSource("Appel"))),
        ("pas un numéro", Provenance(NewSource("Appel"))),
        ("065 35 41 29", Provenance(NewSource("  "))),
        ("065 35 41 29", Provenance(NewSource("Appel"), valid_from_date=date(2027, 1, 2), valid_until_date=date(2027, 1, 1))),
    ],
)  # fmt: skip
def test_state_fact_refuses_what_is_not_whole(text: str, provenance: Provenance) -> None:
    about, before = make.service(), revision()
    with pytest.raises(InvalidInput):
        services.state_fact(
            about=about, kind=FactKind.PHONE, text=text, provenance=provenance,
            by=make.editor(), at=NOW,
        )  # fmt: skip
    assert (about.facts.count(), revision()) == (0, before)


def test_confirm_fact_says_who_and_when() -> None:
    fact, by = make.fact(make.service()), make.editor()
    services.confirm_fact(fact=fact, by=by, at=NOW, review_date=date(2027, 5, 1))
    fact.refresh_from_db()
    assert (fact.state, fact.confirmed_by, fact.confirmed_at, fact.review_date) == (
        FactState.CONFIRMED, by.label, NOW, date(2027, 5, 1),
    )  # fmt: skip


def test_confirm_fact_refuses_one_put_aside() -> None:
    fact = make.fact(make.service(), state=FactState.REJECTED)
    with pytest.raises(WrongState):
        services.confirm_fact(fact=fact, by=make.editor(), at=NOW)


def test_reject_fact_keeps_it_with_the_reason_in_the_journal() -> None:
    fact = make.fact(make.service())
    services.reject_fact(fact=fact, reason="Numéro coupé", by=make.editor(), at=NOW)
    fact.refresh_from_db()
    assert fact.state == FactState.REJECTED
    assert last_row().reason == "Numéro coupé"
    with pytest.raises(WrongState):
        services.reject_fact(fact=fact, reason="Encore", by=make.editor(), at=NOW)


def test_a_fact_at_stake_is_neither_confirmed_nor_rejected_nor_replaced() -> None:
    fact = make.fact(make.service())
    make.contradiction(fact)
    fact.refresh_from_db()
    by = make.editor()
    with pytest.raises(WrongState):
        services.confirm_fact(fact=fact, by=by, at=NOW)
    with pytest.raises(WrongState):
        services.reject_fact(fact=fact, reason="Faux", by=by, at=NOW)
    with pytest.raises(WrongState):
        services.replace_fact(old=fact, text="065 88 22 21", provenance=told(), by=by, at=NOW)


def test_replace_fact_ends_the_old_one_the_day_before() -> None:
    about = make.service()
    old = make.fact(about)
    new = services.replace_fact(
        old=old, text="065 88 22 21", provenance=told(), by=make.editor(), at=NOW
    )
    old.refresh_from_db()
    assert (old.valid_until_date, old.state) == (TODAY - timedelta(days=1), FactState.STATED)
    assert (new.valid_from_date, new.text) == (TODAY, "065 88 22 21")
    assert {row.verb for row in JournalEntry.objects.all()} == {"end_fact", "state_fact"}


def test_replace_fact_on_the_day_it_began_puts_the_mistake_aside() -> None:
    old = make.fact(make.service(), valid_from_date=TODAY)
    services.replace_fact(old=old, text="065 88 22 21", provenance=told(), by=make.editor(), at=NOW)
    old.refresh_from_db()
    assert old.state == FactState.REJECTED


def test_replace_fact_of_a_plan_that_ended_leaves_its_dates() -> None:
    old = make.fact(make.service(), valid_until_date=date(2025, 12, 31))
    services.replace_fact(old=old, text="065 88 22 21", provenance=told(), by=make.editor(), at=NOW)
    old.refresh_from_db()
    assert old.valid_until_date == date(2025, 12, 31)


def test_weekly_hours_become_one_fact_for_each_rule_and_replace_those_in_force() -> None:
    about = make.place()
    old = make.fact(about, FactKind.HOURS, "Le matin")
    slots = [Slot(day, time(9), time(12)) for day in ("MO", "TU", "WE", "TH", "FR")]
    slots.append(Slot("WE", time(13, 30), time(16)))
    facts = services.state_weekly_hours(
        about=about, slots=slots, note="Fermé les jours fériés", provenance=told(),
        by=make.editor(), at=NOW,
    )  # fmt: skip
    assert [(f.text, f.value) for f in facts] == [
        ("Du lundi au vendredi, de 9 h à 12 h", {"freq": "WEEKLY", "byday": "MO,TU,WE,TH,FR", "opens_at": "09:00", "closes_at": "12:00"}),
        ("Mercredi, de 13 h 30 à 16 h", {"freq": "WEEKLY", "byday": "WE", "opens_at": "13:30", "closes_at": "16:00"}),
        ("Fermé les jours fériés", {"notes": "Fermé les jours fériés"}),
    ]  # fmt: skip
    old.refresh_from_db()
    assert old.valid_until_date == TODAY - timedelta(days=1)


def test_rules_refuse_hours_that_cross() -> None:
    with pytest.raises(InvalidInput) as refused:
        rules_of(
            [
                Slot("MO", time(9), time(12)),
                Slot("MO", time(11), time(13)),
                Slot("TU", time(12), time(9)),
            ]
        )
    assert set(refused.value.fields) == {"MO", "TU"}


def test_edit_texts_writes_only_what_changed_and_french_names_the_service() -> None:
    about = make.service("energie", name="Énergie")
    by = make.editor()
    words = {"fr": TextWords("Énergie et dettes", "Pour vos factures"), "nl": TextWords("")}
    assert services.edit_texts(service=about, texts=words, by=by, at=NOW) == ["fr"]
    assert services.edit_texts(service=about, texts=words, by=by, at=NOW) == []
    about.refresh_from_db()
    assert (about.name, about.texts.get().summary) == ("Énergie et dettes", "Pour vos factures")
    with pytest.raises(InvalidInput):
        services.edit_texts(service=about, texts={"fr": TextWords("")}, by=by, at=NOW)


def test_set_status_wants_a_reason_and_refuses_the_same_state() -> None:
    about, by = make.service(), make.editor()
    with pytest.raises(InvalidInput):
        services.set_status(
            service=about, status=ServiceStatus.SUSPENDED, reason=" ", by=by, at=NOW
        )
    services.set_status(
        service=about, status=ServiceStatus.SUSPENDED, reason="Travaux", by=by, at=NOW
    )
    about.refresh_from_db()
    assert about.status == ServiceStatus.SUSPENDED
    assert (last_row().reason, last_row().detail) == (
        "Travaux",
        {"from": "running", "to": "suspended"},
    )
    with pytest.raises(WrongState):
        services.set_status(
            service=about, status=ServiceStatus.SUSPENDED, reason="Encore", by=by, at=NOW
        )


def test_unpublish_takes_the_service_off_and_says_why() -> None:
    about = make.service()
    services.set_listed(service=about, listed=False, reason="En double", by=make.editor(), at=NOW)
    about.refresh_from_db()
    assert not about.is_listed
    assert (last_row().verb, last_row().reason) == ("unpublish_service", "En double")


def test_classify_replaces_needs_and_audiences_and_leaves_other_taxonomies() -> None:
    about = make.service()
    terms = {}
    for key in ("need", "audience", "imported"):
        taxonomy = Taxonomy.objects.create(key=key, name=key)
        terms[key] = Term.objects.create(taxonomy=taxonomy, key=f"{key}-1")
    ServiceTerm.objects.create(service=about, term=terms["imported"])
    services.classify(
        service=about, needs=[terms["need"]],
        audiences={terms["audience"]: AudienceLevel.ONLY}, by=make.editor(), at=NOW,
    )  # fmt: skip
    assert set(about.service_terms.values_list("term__key", "level")) == {
        ("imported-1", "open"), ("need-1", "open"), ("audience-1", "only"),
    }  # fmt: skip
    with pytest.raises(InvalidInput):
        services.classify(service=about, needs=[], audiences={}, by=make.editor(), at=NOW)


def test_mark_reviewed_moves_the_next_review() -> None:
    about = make.service(review_every_months=3)
    assert editor_queries.next_review_date(about) is None
    services.mark_reviewed(service=about, by=make.editor(), at=NOW)
    about.refresh_from_db()
    assert editor_queries.next_review_date(about) == date(2027, 2, 23)


def test_set_upkeep_refuses_a_team_that_does_not_exist() -> None:
    with pytest.raises(InvalidInput):
        services.set_upkeep(
            service=make.service(), team_key="nobody", review_every_months=6, note="",
            by=make.editor(), at=NOW,
        )  # fmt: skip


def test_edit_place_adds_one_and_refuses_its_twin() -> None:
    values = {
        "name": "Salle des fêtes",
        "locality": "Hyon",
        "postal_code": "7022",
        "is_house": False,
    }
    made = services.edit_place(**values, by=make.editor(), at=NOW)
    assert (made.key, made.postal_code) == ("salle-des-fetes", "7022")
    with pytest.raises(InvalidInput):
        services.edit_place(**values, by=make.editor(), at=NOW)
    with pytest.raises(InvalidInput):
        services.edit_place(
            **(values | {"postal_code": "70"}), place=made, by=make.editor(), at=NOW
        )


def _disputed() -> tuple[Any, Fact, Fact]:
    place = make.place("epinlieu")
    a = make.fact(place, FactKind.ADDRESS, "Chemin Cense Gain 152")
    b = make.fact(place, FactKind.ADDRESS, "Allée des Mélèzes, 13 ¾")
    return make.contradiction(a, b), a, b


def test_settle_contradiction_confirms_what_stands_and_puts_the_rest_aside() -> None:
    row, a, b = _disputed()
    before, by = revision(), make.editor()
    services.settle_contradiction(
        contradiction=row, decision="Appel du 23 novembre : Cense Gain.", standing={a.pk},
        by=by, at=NOW,
    )  # fmt: skip
    for thing in (row, a, b):
        thing.refresh_from_db()
    assert (row.state, a.state, b.state) == ("settled", "confirmed", "rejected")
    assert (a.confirmed_by, last_row().detail) == (
        by.label,
        {"standing": [a.pk], "rejected": [b.pk]},
    )
    assert revision() == before + 1
    with pytest.raises(WrongState):
        services.settle_contradiction(
            contradiction=row, decision="Encore", standing={b.pk}, by=by, at=NOW
        )


def test_settle_contradiction_refuses_no_words_or_a_fact_of_elsewhere() -> None:
    row, a, _b = _disputed()
    stranger = make.fact(make.service())
    for decision, standing in ((" ", {a.pk}), ("Oui", {stranger.pk})):
        with pytest.raises(InvalidInput):
            services.settle_contradiction(
                contradiction=row, decision=decision, standing=standing, by=make.editor(), at=NOW
            )
    with pytest.raises(NotAllowed):
        services.settle_contradiction(
            contradiction=row, decision="Oui", standing=set(), by=make.actor(Role.PRESIDENT), at=NOW
        )


def test_reopen_contradiction_disputes_its_facts_again() -> None:
    row, a, b = _disputed()
    by = make.editor()
    with pytest.raises(WrongState):
        services.reopen_contradiction(contradiction=row, reason="Doute", by=by, at=NOW)
    services.settle_contradiction(contradiction=row, decision="A", standing={a.pk}, by=by, at=NOW)
    row.refresh_from_db()
    services.reopen_contradiction(
        contradiction=row, reason="Le service dit autre chose", by=by, at=NOW
    )
    for thing in (row, a, b):
        thing.refresh_from_db()
    assert (row.state, row.decision, a.state, b.state) == ("open", "", "disputed", "disputed")
    assert last_row().detail == {"former_decision": "A"}


PLAN = {
    "kind": PlanKind.COLD,
    "messages": {"fr": "Il gèle."},
    "phone": "0800 92 329",
    "until_date": None,
}


@pytest.mark.parametrize("role", sorted(set(Role)))
def test_alert_plan_is_switched_on_by_five_roles(role: str) -> None:
    by = make.actor(role, "reception")
    allowed = {
        Role.EDITOR,
        Role.ADMINISTRATOR,
        Role.PRESIDENT,
        Role.DIRECTOR_GENERAL,
        Role.PCS_LEAD,
    }
    if role in allowed:
        services.start_alert_plan(**PLAN, places=[], by=by, at=NOW)
    else:
        with pytest.raises(NotAllowed):
            services.start_alert_plan(**PLAN, places=[], by=by, at=NOW)
    assert (current_alert_plan() is not None) == (role in allowed)


def test_alert_plan_is_one_at_a_time_and_its_switch_moves_the_revision() -> None:
    by, before = make.editor(), revision()
    plan = services.start_alert_plan(**PLAN, places=[make.place("escale")], by=by, at=NOW)
    with pytest.raises(WrongState):
        services.start_alert_plan(**(PLAN | {"kind": PlanKind.HEAT}), places=[], by=by, at=NOW)
    assert AlertPlan.objects.count() == 1
    services.end_alert_plan(plan=plan, by=by, at=NOW)
    assert current_alert_plan() is None
    assert revision() == before + 2
    with pytest.raises(WrongState):
        services.end_alert_plan(plan=plan, by=by, at=NOW)
    with pytest.raises(WrongState):
        services.change_alert_plan(
            plan=plan, messages={"fr": "x"}, phone="", places=[], until_date=None, by=by, at=NOW
        )


def test_alert_plan_refuses_an_empty_message_and_a_number_that_is_none() -> None:
    for change in ({"messages": {"nl": "Koud"}}, {"phone": "appelez-nous"}):
        with pytest.raises(InvalidInput):
            services.start_alert_plan(**(PLAN | change), places=[], by=make.editor(), at=NOW)


def test_closure_is_announced_and_taken_away() -> None:
    about, by = make.place(), make.editor()
    with pytest.raises(InvalidInput) as refused:
        services.add_closure(
            about=about, from_date=TODAY, until_date=date(2026, 1, 1), reason=" ", by=by, at=NOW
        )
    assert set(refused.value.fields) == {"until_date", "reason"}
    row = services.add_closure(
        about=about, from_date=TODAY, until_date=TODAY, reason="Inventaire", by=by, at=NOW
    )
    assert editor_queries.closures_of(about, TODAY) == [row]
    services.remove_closure(closure=row, by=by, at=NOW)
    assert editor_queries.closures_of(about, TODAY) == []
    assert [e.verb for e in JournalEntry.objects.order_by("pk")] == [
        "add_closure",
        "remove_closure",
    ]


def _number(**more: Any) -> EmergencyNumber:
    values = {
        "danger": "suicide",
        "number": "107",
        "labels": {"fr": "Télé-Accueil"},
        "review_date": TODAY,
    }
    return EmergencyNumber.objects.create(source=make.source(), **(values | more))


def test_confirm_emergency_number_moves_its_review_day() -> None:
    row, by = _number(), make.editor()
    services.confirm_emergency_number(number=row, review_date=date(2027, 3, 1), by=by, at=NOW)
    row.refresh_from_db()
    assert (row.confirmed_by, row.review_date) == (by.label, date(2027, 3, 1))
    with pytest.raises(InvalidInput):
        services.confirm_emergency_number(number=row, review_date=TODAY, by=by, at=NOW)


def test_change_emergency_number_asks_for_a_new_confirmation() -> None:
    row, by = _number(confirmed_by="Anne", confirmed_at=NOW), make.editor()
    _number(number="112")
    change = {
        "labels": {"fr": "Écoute"},
        "source": make.source("appel"),
        "review_date": date(2027, 3, 1),
    }
    with pytest.raises(InvalidInput):
        services.change_emergency_number(number=row, new_number="112", **change, by=by, at=NOW)
    services.change_emergency_number(number=row, new_number="0800 32 123", **change, by=by, at=NOW)
    row.refresh_from_db()
    assert (row.number, row.confirmed_by, row.confirmed_at) == ("0800 32 123", "", None)


def test_emergency_number_may_have_a_source_of_its_own() -> None:
    row, by = _number(), make.editor()
    services.change_emergency_number(
        number=row, new_number="0800 32 123", labels={"fr": "Écoute"},
        source=services.NewSource("Appel du matin"), review_date=date(2027, 3, 1), by=by, at=NOW,
    )  # fmt: skip
    row.refresh_from_db()
    assert (row.number, row.source.title) == ("0800 32 123", "Appel du matin")


def test_unknowns_are_counted_for_running_services_through_their_places() -> None:
    here, house = make.service("a"), make.place()
    make.service("b", status=ServiceStatus.PLANNED)
    here.places.add(house)
    make.fact(house, FactKind.ADDRESS, "Rue du Tournesol 39")
    make.fact(here, FactKind.PRICE, "Gratuit", valid_until_date=date(2025, 12, 31))
    make.fact(here, FactKind.PHONE, state=FactState.REJECTED)
    found = work_to_do.unknowns_of_services(Service.objects.all(), TODAY)
    assert set(found.by_service[here.pk]) == set(work_to_do.OF_SERVICE) - {FactKind.ADDRESS}
    assert list(found.by_service) == [here.pk]
    assert (found.totals[FactKind.ADDRESS], found.totals[FactKind.PRICE], found.total) == (0, 1, 7)


def test_completeness_rises_with_what_is_known_and_names_what_lacks() -> None:
    about = make.service()
    before = quality.completeness(about, TODAY)
    make.fact(
        about, FactKind.PRICE, "Gratuit", state="confirmed", confirmed_by="A", confirmed_at=NOW
    )
    after = quality.completeness(about, TODAY)
    assert before.score == 0
    assert after.score == round(100 * 2 / 13)
    assert {str(w) for w in before.lacks} - {str(w) for w in after.lacks} == {
        "le prix", "une relecture récente",
    }  # fmt: skip


@pytest.mark.parametrize(("days", "share"), [(0, 1.0), (183, 1.0), (730, 0.0), (900, 0.0)])
def test_freshness_falls_from_six_months_to_two_years(days: int, share: float) -> None:
    assert quality.freshness(TODAY - timedelta(days=days), TODAY) == share


def test_service_rows_cost_the_same_queries_for_one_and_three(
    django_assert_num_queries: Any,
) -> None:
    for size in (1, 2):
        for _ in range(size):
            here = make.service()
            here.places.add(make.place())
            make.fact(here, FactKind.HOURS, "Le matin")
        with django_assert_num_queries(9):
            rows = editor_queries.service_rows(Service.objects.all(), TODAY, sort="unknown")
    assert len(rows) == 3


def test_service_rows_filter_and_sort() -> None:
    a = make.service("a", name="Aide", reviewed_on=TODAY)
    b = make.service("b", name="Bains", is_listed=False)
    c = make.service("c", name="Cuisine", status=ServiceStatus.PLANNED)
    make.contradiction().services.add(b)
    for key in work_to_do.OF_SERVICE:
        make.fact(a, key, "065 35 41 29")

    def keys(**filters: str) -> list[str]:
        return [
            row.service.key
            for row in editor_queries.service_rows(Service.objects.all(), TODAY, **filters)
        ]

    assert keys() == ["a", "b", "c"]
    assert keys(words="bain") == ["b"]
    assert keys(status="planned") == [c.key]
    assert keys(published="no") == ["b"]
    assert keys(lacking="contradiction") == ["b"]
    assert keys(lacking="hours") == ["b"]
    assert keys(lacking="review") == ["b", "c"]
    assert keys(sort="completeness")[-1] == "a"
    assert keys(sort="freshness") == ["b", "c", "a"]


def test_reminders_reach_each_editor_once_the_transaction_ends(
    django_capture_on_commit_callbacks: Any,
) -> None:
    make.service(name="Repas")
    first, second = make.agent(Role.EDITOR), make.agent(Role.EDITOR)
    make.agent(Role.ADMINISTRATOR)
    with django_capture_on_commit_callbacks(execute=True):
        sent = services.send_reminders(by=make.editor(), at=NOW)
    assert {first.email, second.email} < set(sent)
    assert sorted(to for message in mail.outbox for to in message.to) == sorted(sent)
    assert "- Repas (jamais relu)" in mail.outbox[0].body


def test_reminders_say_nothing_when_nothing_is_due() -> None:
    make.service(reviewed_on=TODAY)
    assert services.send_reminders(by=make.editor(), at=NOW) == []
    assert mail.outbox == []
