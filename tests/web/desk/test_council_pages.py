"""The council at the desk: a whole sitting by its forms, what each reader meets, what leaks to none."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
from django.utils import timezone
from pypdf import PdfReader
from tests.factories.council import HOUSE, Council, council, item, submit, tied
from tests.factories.requests import agent

from beffroi.accounts.enums import Role
from beffroi.acts.bodies import queries
from beffroi.acts.bodies import services as bodies
from beffroi.acts.bodies.models import Mandate, Sitting
from beffroi.audit.models import JournalEntry

pytestmark = pytest.mark.django_db
CANARY = "CANARI-Dupont"


def _now():
    return timezone.now()


def _convened(house: Council, *references: str, days: int = 10) -> Sitting:
    """A sitting convened by its services, to come in so many days."""
    key = {"by": house.secretary, "at": _now()}
    row = bodies.plan_sitting(
        body_key="conseil", starts_at=_now() + timedelta(days=days), place="salle", **key
    )
    bodies.schedule_items(sitting=row.reference, items=references, **key)
    return bodies.convene(sitting=row.reference, **key)


def _today(row: Sitting) -> None:
    """The day of the sitting has come."""
    Sitting.objects.filter(pk=row.pk).update(starts_at=_now() - timedelta(minutes=5))


def _pdf(answer) -> str:
    pages = PdfReader(BytesIO(answer.content)).pages
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pages))


def test_whole_sitting_goes_through_the_forms(door) -> None:
    house = council()
    first, second = submit(at=_now()), submit(at=_now(), person_ref="")
    pen, chair = door(house.secretary), door(house.president)
    day = timezone.localdate() + timedelta(days=9)
    answer = pen.post("/desk/conseil/seances/nouvelle/", {
        "body": "conseil", "day": day.isoformat(), "hour": "18:00", "place": "salle du Conseil",
    })  # fmt: skip
    row = Sitting.objects.get()
    base = f"/desk/conseil/seances/{row.reference}/"
    assert answer["Location"] == base + "ordre-du-jour/"
    pen.post(base + "acte/add/", {"items": [first, second]})
    pen.post(base + "acte/down/", {"item": first})
    assert [a.item.reference for a in row.agenda.all()] == [second, first]
    assert pen.post(base + "acte/convene/", {"urgency_reason": ""})["Location"] == base
    _today(row)
    live = base + "direct/"
    few = {"present": house.everybody[:3], "chair": house.everybody[0]}
    refused = pen.post(live + "open/", few)
    assert "3 présents, il en faut 5" in refused.content.decode()
    pen.post(live + "open/", {"present": house.everybody[:7], "chair": house.everybody[0]})
    voices = {f"voice_{pk}": "for" for pk in house.everybody[:7]}
    pen.post(live + "vote/", {"item": second, "amendment": "Dès mardi", **voices})
    wrong = {"item": first, "in_favour": 8, "against": 0, "abstained": 0, "amendment": ""}
    assert "7 membres votent" in pen.post(live + "vote/", wrong).content.decode()
    pen.post(live + "unanimous/", {"item": first})
    assert [queries.outcome_of(r).state for r in (first, second)] == ["adopted", "amended"]
    pen.post(live + "close/")
    pen.post(base + "acte/draft/")
    assert pen.post(base + "acte/approve/").status_code == 404
    chair.post(base + "acte/approve/")
    row.refresh_from_db()
    assert (row.state, len(row.digest)) == ("approved", 64)


def test_convening_too_late_says_why_and_keeps_what_was_typed(door) -> None:
    house = council()
    key = {"by": house.secretary, "at": _now()}
    row = bodies.plan_sitting(
        body_key="conseil", starts_at=_now() + timedelta(days=3), place="salle", **key
    )
    bodies.schedule_items(sitting=row.reference, items=[submit(at=_now())], **key)
    path = f"/desk/conseil/seances/{row.reference}/acte/convene/"
    html = door(house.secretary).post(path, {"urgency_reason": ""}).content.decode()
    assert "5 jours francs" in html
    assert "error-summary" in html
    door(house.secretary).post(path, {"urgency_reason": "Expulsion jeudi"})
    row.refresh_from_db()
    assert (row.state, row.urgency_reason) == ("convened", "Expulsion jeudi")


def test_member_reads_what_she_decides_and_the_reading_is_journalled(door) -> None:
    house = council()
    ref = submit(at=_now(), title="Lina Haddad")
    _convened(house, ref)
    member = door(house.members[0])
    assert "Lina Haddad" in member.get("/desk/conseil/").content.decode()
    html = member.get(f"/desk/conseil/points/{ref}/").content.decode()
    assert ("1 340,47 €" in html, "Je déclare un intérêt" in html) == (True, True)
    rows = JournalEntry.objects.filter(actor_ref=house.members[0].ref, verb="council_item.read")
    assert [r.subject_ref for r in rows] == [item(ref).person_ref]


def test_nothing_of_a_masked_item_reaches_a_member_tied_to_the_person(door) -> None:
    house = council()
    ref, other = submit(at=_now(), title=CANARY), submit(at=_now(), title="Un autre point")
    row = _convened(house, ref, other)
    kin = house.members[0]
    with tied(kin, item(ref).person_ref):
        client = door(kin)
        paths = ["/desk/conseil/", f"/desk/conseil/seances/{row.reference}/"]
        found = {path: client.get(path).content.decode() for path in paths}
        assert {
            path: (CANARY in html, ref in html) for path, html in found.items()
        } == dict.fromkeys(paths, (False, False))
        assert all("Un autre point" in html for html in found.values())
        assert client.get(f"/desk/conseil/points/{ref}/").status_code == 404


@pytest.mark.parametrize(
    ("who", "status"), [("member", 200), ("tied", 404), ("former", 404), ("other body", 404)]
)
def test_item_page_answers(door, who: str, status: int) -> None:
    house = council()
    ref = submit(at=_now())
    _convened(house, ref)
    actor = {
        "member": house.members[0], "tied": house.members[1], "former": house.members[2],
        "other body": agent(Role.COUNCIL_MEMBER, ""),
    }[who]  # fmt: skip
    if who == "former":
        bodies.end_mandate(
            mandate=house.mandates[actor.ref], by=HOUSE, at=_now(),
            until_date=timezone.localdate() - timedelta(days=1),
        )  # fmt: skip
    with tied(house.members[1], item(ref).person_ref):
        client = door(actor)
        assert client.get(f"/desk/conseil/points/{ref}/").status_code == status
        recused = client.post(f"/desk/conseil/points/{ref}/interet/").status_code
        assert recused == (302 if status == 200 else 404)


def test_declared_interest_closes_the_page(door) -> None:
    house = council()
    ref = submit(at=_now())
    _convened(house, ref)
    client = door(house.members[0])
    client.post(f"/desk/conseil/points/{ref}/interet/")
    assert client.get(f"/desk/conseil/points/{ref}/").status_code == 404


def _decided(house: Council) -> tuple[Sitting, str]:
    ref = submit(at=_now(), title=CANARY)
    row = _convened(house, ref)
    _today(row)
    key = {"sitting": row.reference, "by": house.secretary, "at": _now()}
    bodies.open_sitting(present=house.everybody, chair=house.everybody[0], **key)
    bodies.vote_unanimously(item=ref, **key)
    bodies.close_sitting(**key)
    bodies.draft_minutes(**key)
    row.refresh_from_db()
    return row, ref


def test_papers_say_what_they_must_and_the_convocation_names_nobody(door) -> None:
    house = council()
    row, ref = _decided(house)
    pen, base = door(house.secretary), f"/desk/conseil/seances/{row.reference}"
    call = _pdf(pen.get(f"{base}/convocation.pdf"))
    assert (CANARY in call, ref in call, "il faut 5 présents" in call) == (False, True, True)
    minutes = _pdf(pen.get(f"{base}/proces-verbal.pdf"))
    assert ("projet, pas encore approuvé" in minutes, CANARY in minutes) == (True, True)
    extract = _pdf(pen.get(f"/desk/conseil/points/{ref}/extrait.pdf"))
    assert "au scrutin secret, par 9 voix pour, aucune contre et aucune abstention" in extract
    assert "1 340,47 €" in extract
    exported = JournalEntry.objects.filter(kind="export", actor_ref=house.secretary.ref)
    assert set(exported.values_list("verb", flat=True)) == {
        "sitting.convocation", "council_item.extract",
    }  # fmt: skip


def test_minutes_of_a_tied_member_leave_the_matter_out(door) -> None:
    house = council()
    row, ref = _decided(house)
    kin = house.members[0]
    base = f"/desk/conseil/seances/{row.reference}"
    with tied(kin, item(ref).person_ref):
        page = door(kin).get(f"{base}/proces-verbal/").content.decode()
        paper = _pdf(door(kin).get(f"{base}/proces-verbal.pdf"))
    assert (CANARY in page, CANARY in paper) == (False, False)
    assert "sans les points où vous ne siégez pas" in paper


def test_two_editors_of_the_minutes_see_both_versions(door) -> None:
    house = council()
    row, _ref = _decided(house)
    part = row.minutes.get(position=1)
    path = f"/desk/conseil/seances/{row.reference}/proces-verbal/{part.pk}/"
    one, two = door(house.secretary), door(house.secretary)
    one.post(path, {"text": "Version une", "revision": 0})
    html = two.post(path, {"text": "Version deux", "revision": 0}).content.decode()
    assert ("Version une" in html, "Version deux" in html) == (True, True)
    part.refresh_from_db()
    assert part.text == "Version une"


def test_leader_meets_the_fate_of_her_items(door) -> None:
    house = council()
    _row, _ref = _decided(house)
    submit(at=_now(), title="Autre équipe", file_team="debts")
    html = door(agent(Role.TEAM_LEADER, "general_aid")).get("/desk/conseil/propositions/")
    text = html.content.decode()
    assert (CANARY in text, "Adopté" in text, "Autre équipe" in text) == (True, True, False)


def test_mandates_are_kept_by_the_director_general(door) -> None:
    house = council(size=8)
    newcomer = agent(Role.COUNCIL_MEMBER, "")
    client, today = door(house.secretary), timezone.localdate()
    full = {"agent": newcomer.ref, "role": "member", "party": "", "from_date": today.isoformat()}
    client.post("/desk/conseil/mandats/organe/conseil/", full)
    made = Mandate.objects.get(agent_id=newcomer.ref)
    assert made.oath_date is None
    path = f"/desk/conseil/mandats/{made.pk}/"
    client.post(path, {"what": "oath", "day": today.isoformat()})
    made.refresh_from_db()
    assert made.oath_date == today
    client.post(path, {"what": "end", "day": today.isoformat()})
    made.refresh_from_db()
    assert made.until_date == today
    refused = client.post("/desk/conseil/mandats/organe/conseil/", {
        **full, "agent": agent(Role.PRESIDENT, "").ref, "role": "president",
    })  # fmt: skip
    assert "préside déjà" in refused.content.decode()
    client.post("/desk/conseil/mandats/matieres/", {
        "label": "Carte médicale", "kind": "medical_card", "body_key": "conseil",
    })  # fmt: skip
    assert "Carte médicale" in client.get("/desk/conseil/mandats/").content.decode()


def _paths(row: Sitting) -> dict[str, str]:
    base = f"/desk/conseil/seances/{row.reference}/"
    return {"home": "/desk/conseil/", "sitting": base}


def test_pages_cost_the_same_for_one_row_and_for_three(door, queries_of) -> None:
    house = council()
    one = _convened(house, submit(at=_now()))
    member, pen = door(house.members[0]), door(house.secretary)
    few = {
        (name, who): queries_of(client, path)
        for name, path in _paths(one).items()
        for who, client in (("member", member), ("pen", pen))
    }
    three = _convened(house, *(submit(at=_now()) for _ in range(3)), days=11)
    _convened(house, submit(at=_now()), days=12)
    many = {
        (name, who): queries_of(client, path)
        for name, path in _paths(three).items()
        for who, client in (("member", member), ("pen", pen))
    }
    assert many == few
    assert {name: many[name, "member"] for name in _paths(one)} == {"home": 9, "sitting": 10}


def test_agenda_and_live_pages_cost_the_same_for_one_row_and_for_three(door, queries_of) -> None:
    house = council()
    key = {"by": house.secretary, "at": _now()}
    pen, costs = door(house.secretary), []
    for count in (1, 3):
        items = [submit(at=_now()) for _ in range(count)]
        row = bodies.plan_sitting(
            body_key="conseil", starts_at=_now() + timedelta(days=10), place="salle", **key
        )
        bodies.schedule_items(sitting=row.reference, items=items, **key)
        waiting = [submit(at=_now()) for _ in range(count)]
        build = queries_of(pen, f"/desk/conseil/seances/{row.reference}/ordre-du-jour/")
        bodies.convene(sitting=row.reference, **key)
        _today(row)
        bodies.open_sitting(
            sitting=row.reference, present=house.everybody, chair=house.everybody[0],
            by=house.secretary, at=_now(),
        )  # fmt: skip
        costs.append((build, queries_of(pen, f"/desk/conseil/seances/{row.reference}/direct/")))
        for ref in waiting:
            bodies.withdraw_item(item_ref=ref, reason="Fin", by=HOUSE, at=_now())
    assert costs[0] == costs[1]
    assert costs[0] == (14, 16)


def test_block_goes_through_its_page_and_says_who_is_out_of_it(door) -> None:
    house = council()
    hers, *others = [submit(at=_now(), person_ref=f"P2699999{n}") for n in range(3)]
    row = _convened(house, hers, *others)
    _today(row)
    key = {"sitting": row.reference, "by": house.secretary, "at": _now()}
    bodies.open_sitting(present=house.everybody, chair=house.everybody[0], **key)
    pen, member = door(house.secretary), house.members[2]
    bodies.recuse_member(item=hers, mandate=house.mandates[member.ref], **key)
    base = f"/desk/conseil/seances/{row.reference}/"
    assert f'href="{base}vote-groupe/"' in pen.get(base + "direct/").content.decode()
    first = pen.get(base + "vote-groupe/").content.decode()
    assert (first.count('name="items"'), "Noter le résultat" in first) == (3, False)
    one = pen.get(base + "vote-groupe/", {"items": [hers]}).content.decode()
    assert "Cochez au moins deux points." in one
    both = pen.get(base + "vote-groupe/", {"items": [hers, others[0]]}).content.decode()
    assert "8 membres votent ce bloc" in both
    assert f"{member.label} est hors de ce vote" in both
    given = {"items": [hers, others[0]], "in_favour": "9", "against": "0", "abstained": "0"}
    wrong = pen.post(base + "vote-groupe/", given).content.decode()
    assert "8 membres votent ce point" in wrong
    done = pen.post(base + "vote-groupe/", {**given, "in_favour": "8"})
    assert done["Location"] == base + "direct/"
    assert [queries.outcome_of(r) is not None for r in (hers, *others)] == [True, True, False]
    assert "vote-groupe" not in pen.get(base + "direct/").content.decode()
    assert door(house.members[0]).get(base + "vote-groupe/").status_code == 404


def test_block_is_adopted_at_once_by_its_button(door) -> None:
    house = council()
    refs = [submit(at=_now()), submit(at=_now())]
    row = _convened(house, *refs)
    _today(row)
    key = {"sitting": row.reference, "by": house.secretary, "at": _now()}
    bodies.open_sitting(present=house.everybody, chair=house.everybody[0], **key)
    path = f"/desk/conseil/seances/{row.reference}/vote-groupe/"
    door(house.secretary).post(path, {"items": refs, "unanimous": "1"})
    assert [queries.outcome_of(r).votes for r in refs] == [(9, 0, 0)] * 2
