"""The lists of an agent: what is in them, in which order, for whom, and the trace they leave."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from tests.factories.requests import agent, ask, brought_to

from beffroi.accounts.enums import Role
from beffroi.acts.requests import inbox_queries as inbox
from beffroi.acts.requests import services as requests
from beffroi.acts.requests.figures_queries import TeamFigures
from beffroi.audit.models import JournalEntry
from beffroi.web.desk.requests.figures import row
from beffroi.web.desk.requests.pressing import pressing

pytestmark = pytest.mark.django_db


def _ago(days: float):
    return timezone.now() - timedelta(days=days)


def _references(html: str) -> list[str]:
    table = html.partition("<tbody>")[2].partition("</tbody>")[0]
    return re.findall(r"/desk/demandes/([A-Z]+-\d{4}-\d{5})/", table)


def test_list_puts_what_is_late_first_then_what_has_no_limit_by_age(door) -> None:
    mine = agent()
    young, old = ask(at=_ago(1)), ask(at=_ago(9))
    late, soon = ask("aid", at=_ago(40)), ask("aid", at=_ago(2))
    ask(team_key="debts")
    html = door(mine).get("/desk/").content.decode()
    assert _references(html) == [a.reference for a in (late, soon, old, young)]
    assert "10 jours de retard" in html


@pytest.mark.parametrize(
    ("name", "state"),
    [("miennes", "in_hand"), ("attente", "waiting"), ("cloturees", "closed"), ("aid", "received")],
)
def test_each_list_holds_its_own_alone(door, name, state) -> None:
    mine, other = agent(), agent(Role.SOCIAL_WORKER, "debts")
    made = {s: brought_to(s, mine, other) for s in ("received", "in_hand", "waiting", "closed")}
    held = {
        "miennes": {made["in_hand"].reference, made["waiting"].reference},
        "attente": {made["waiting"].reference},
        "cloturees": {made["closed"].reference},
        "aid": {made[s].reference for s in ("received", "in_hand", "waiting")},
    }
    html = door(mine).get(f"/desk/demandes/?liste={name}").content.decode()
    assert set(_references(html)) == held[name]
    assert made[state].reference in held[name]
    assert _references(door(other).get(f"/desk/demandes/?liste={name}").content.decode()) == []


def test_proposed_request_is_in_the_list_of_the_team_that_must_answer(door) -> None:
    mine, other = agent(), agent(Role.SOCIAL_WORKER, "debts")
    asked = brought_to("passed", mine, other)
    html = door(other).get("/desk/demandes/?liste=proposees").content.decode()
    assert _references(html) == [asked.reference]
    assert "par Équipe aid à Équipe debts" in html
    assert _references(door(mine).get("/desk/demandes/?liste=proposees").content.decode()) == []


def test_filters_narrow_and_say_when_nothing_is_left(door) -> None:
    mine = agent()
    aid, question = ask("aid", at=_ago(40)), ask(at=_ago(3))
    requests.take(reference=question.reference, by=mine, at=timezone.now())
    client = door(mine)

    def found(query: str) -> set[str]:
        return set(_references(client.get(f"/desk/demandes/?{query}").content.decode()))

    assert found("nature=aid") == {aid.reference}
    assert found("etat=in_hand") == {question.reference}
    assert found("agent=none") == {aid.reference}
    assert found(f"agent={mine.ref}") == {question.reference}
    assert found("retard=on") == {aid.reference}
    assert found("nature=nothing-known") == {aid.reference, question.reference}
    empty = client.get("/desk/demandes/?nature=ride").content.decode()
    assert "Aucune demande ne répond à ces filtres." in empty


def test_list_leaves_one_row_with_what_it_showed(door) -> None:
    mine = agent()
    shown = [ask(at=_ago(3)), ask(at=_ago(2))]
    ask(team_key="debts")
    before = JournalEntry.objects.count()
    door(mine).get("/desk/demandes/?liste=aid")
    rows = JournalEntry.objects.order_by("pk")[before:]
    assert [(r.verb, r.kind, r.object_ref, r.actor_ref, r.subject_ref) for r in rows] == [
        ("list.read", "read", "aid", mine.ref, "")
    ]
    assert rows[0].detail == {"references": [a.reference for a in shown]}


def test_list_that_shows_nobody_leaves_no_row(door) -> None:
    mine = agent()
    before = JournalEntry.objects.count()
    door(mine).get("/desk/")
    assert JournalEntry.objects.count() == before


@pytest.mark.parametrize(
    "path", ["/desk/", "/desk/demandes/?liste=aid", "/desk/recherche/?q=Lucie"]
)
def test_list_costs_the_same_for_one_and_three_rows(door, queries_of, path) -> None:
    client = door(agent())
    ask("aid", at=_ago(40))
    one = queries_of(client, path)
    ask("aid", at=_ago(3))
    ask("aid", at=_ago(2))
    assert queries_of(client, path) == one
    # The first page asks who waits, and whom she sees today.
    assert one <= (15 if path == "/desk/" else 12)


def test_paging_shows_the_rest(door) -> None:
    mine = agent()
    for _one in range(26):
        ask()
    client = door(mine)
    assert len(_references(client.get("/desk/").content.decode())) == 25
    assert len(_references(client.get("/desk/?page=2").content.decode())) == 1


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("lienard", {"a"}), ("LIÉNARD", {"a"}), ("0470 12", {"a", "b"}), ("+32 470 12 34 99", {"b"}),
        ("0470/12.34.99", {"b"}), ("voisin", {"b"}), ("personne d’ici", set()), ("%", set()),
    ],
)  # fmt: skip
def test_search_finds_by_name_phone_and_the_other_person(door, typed, found) -> None:
    mine = agent()
    made = {
        "a": ask(name="Sabrina Liénard", phone="0470 12 34 56"),
        "b": ask(
            name="Marc D’Hondt", phone="0470/12 34 99", for_other=True, other_name="un voisin"
        ),
    }
    ask(name="Liénard aussi", phone="0470 12 34 56", team_key="debts")
    html = door(mine).post("/desk/recherche/", {"q": typed}).content.decode()
    assert set(_references(html)) == {made[key].reference for key in found}


def test_search_by_whole_reference_leads_to_the_request(door) -> None:
    mine, asked, elsewhere = agent(), ask(), ask(team_key="debts")
    client = door(mine)
    answer = client.post("/desk/recherche/", {"q": asked.reference.lower()})
    assert answer["Location"] == f"/desk/demandes/{asked.reference}/"
    hidden = client.post("/desk/recherche/", {"q": elsewhere.reference})
    assert hidden.status_code == 200
    assert elsewhere.reference not in hidden.content.decode().partition("<tbody>")[2]


def test_search_says_the_legal_delay_of_what_it_finds(door) -> None:
    mine = agent()
    ask("aid", at=_ago(40), name="Lucie Baudour")
    html = door(mine).post("/desk/recherche/", {"q": "baudour"}).content.decode()
    assert ("10 jours de retard" in html, "sans délai légal" in html) == (True, False)


def test_search_ignores_words_in_the_address(door) -> None:
    mine, asked = agent(), ask(name="Lucie Baudour")
    html = door(mine).get("/desk/recherche/", {"q": "baudour"}).content.decode()
    assert (asked.reference in html, "baudour" in html) == (False, False)
    typed = door(mine).post("/desk/recherche/", {"q": "baudour"})
    assert _references(typed.content.decode()) == [asked.reference]
    assert "baudour" not in typed.request["QUERY_STRING"]
    assert 'action="/desk/recherche/" method="post"' in html


def test_search_of_many_goes_on_by_the_body_too(door) -> None:
    mine = agent()
    for _one in range(26):
        ask(name="Lucie Baudour")
    client = door(mine)
    first = client.post("/desk/recherche/", {"q": "baudour"}).content.decode()
    last = client.post("/desk/recherche/", {"q": "baudour", "page": "2"}).content.decode()
    assert (len(_references(first)), len(_references(last))) == (25, 1)
    assert ('name="page" value="2"' in first, "?q=" in first) == (True, False)


def test_search_keeps_what_was_found_and_not_what_was_typed(door) -> None:
    mine, asked = agent(), ask(name="Lucie Baudour")
    before = JournalEntry.objects.count()
    door(mine).post("/desk/recherche/", {"q": "baudour"})
    row = JournalEntry.objects.order_by("pk")[before]
    assert (row.verb, row.object_ref) == ("list.read", "recherche")
    assert row.detail == {"references": [asked.reference]}


def test_most_pressing_is_late_then_urgent_then_proposed_then_answered_then_free() -> None:
    mine, other = agent(), agent(Role.SOCIAL_WORKER, "debts")
    today = timezone.localdate()
    order = []
    assert inbox.most_pressing(mine, today) is None
    free = ask(at=_ago(1))
    order.append(inbox.most_pressing(mine, today).reference)
    proposed = ask(team_key="debts", at=_ago(1))
    requests.pass_on(
        reference=proposed.reference, to_team="aid", reason="Pour vous", by=other, at=timezone.now()
    )
    order.append(inbox.most_pressing(mine, today).reference)
    urgent = ask("aid", at=_ago(1), answers={"situation": "Rien à manger", "urgency": "today"})
    order.append(inbox.most_pressing(mine, today).reference)
    late = ask("aid", at=_ago(40))
    order.append(inbox.most_pressing(mine, today).reference)
    assert order == [a.reference for a in (free, proposed, urgent, late)]


def test_what_a_colleague_holds_is_not_pressing_for_me() -> None:
    mine, colleague = agent(), agent()
    asked = ask("aid", at=_ago(40))
    requests.take(reference=asked.reference, by=colleague, at=timezone.now())
    today = timezone.localdate()
    assert inbox.most_pressing(mine, today) is None
    assert inbox.most_pressing(colleague, today).reference == asked.reference


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Lucie Baudour", "Personne ne s’occupe encore de la demande de Lucie Baudour."),
        ("", "Personne ne s’occupe encore d’une demande sans nom."),
    ],
)
def test_pressing_request_is_named_only_when_it_has_a_name(name, said) -> None:
    mine = agent()
    ask(name=name)
    now = timezone.now()
    assert pressing(mine, now).title == said


@pytest.mark.parametrize(("days", "said"), [(0, "aujourd’hui"), (1, "1 jour"), (2, "2 jours")])
def test_oldest_request_of_a_team_counts_its_days_in_french(days, said) -> None:
    team = TeamFigures("aid", "Aide", oldest_at=timezone.now() - timedelta(days=days))
    assert row(team, timezone.localdate())[-1]["text"] == said
