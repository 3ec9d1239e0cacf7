"""The insertion desk: what is due first, the page of a project, counters, partners and places."""

import csv
import io
import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader
from tests.factories import agreements as make
from tests.factories.mediation import person
from tests.factories.requests import agent

from beffroi.accounts.enums import Role
from beffroi.acts.agreements import services as agreements
from beffroi.acts.agreements.enums import AgreementState, Finding
from beffroi.acts.agreements.models import Agreement, Partner, Place
from beffroi.audit.models import JournalEntry
from beffroi.documents.letters.models import Letter
from beffroi.web.desk.insertion.act_forms import ACTS, acts_open_to
from beffroi.web.desk.insertion.new import KINDS

pytestmark = pytest.mark.django_db


def _url(made: make.Made, name: str = "agreement", *more: object) -> str:
    return reverse(f"desk:insertion_{name}", args=[made.reference, *more])


def _evaluated(made: make.Made) -> make.Made:
    made.do(
        agreements.evaluate, at=make.later(90), held_date=make.later(90).date(),
        finding=Finding.ON_COURSE, worker_words="Deux absences, toutes justifiées.",
    )  # fmt: skip
    return made


def test_pages_are_for_the_team_that_holds_them(door, client) -> None:
    made = _evaluated(make.running())
    letter = made.do(agreements.write_paper, what="evaluation-1")
    draft, kept = make.written(made.by), reverse("desk:letter_pdf", args=[letter])
    paths = [_url(made), _url(draft, "text_pdf"), kept]
    others = (agent(Role.SOCIAL_WORKER, "general_aid"), agent(Role.TEAM_LEADER, "debts"),
              agent(Role.DIRECTOR_GENERAL, ""))  # fmt: skip
    for who in others:
        seen = door(who)
        assert [seen.get(path).status_code for path in paths] == [404] * 3
    assert made.reference not in door(others[0]).get(reverse("desk:insertion")).content.decode()
    assert [client.get(path).status_code for path in paths] == [302] * 3
    assert JournalEntry.objects.filter(verb="agreement.read").count() == 0
    mine = door(make.worker())
    assert [mine.get(path).status_code for path in paths] == [200] * 3
    rows = JournalEntry.objects.filter(verb="agreement.read")
    persons = {one.row.person.reference for one in (made, draft)}
    assert set(rows.values_list("subject_ref", flat=True)) == persons


def test_list_puts_the_nearest_legal_date_first_and_counts_what_is_lost(door) -> None:
    by, today = make.worker(), timezone.localdate()
    late = make.drafted(by, granted_on=today - timedelta(days=150))
    soon = make.drafted(by, granted_on=today - timedelta(days=60))
    html = door(by).get(reverse("desk:insertion")).content.decode()
    assert re.findall(r"<small>(PIIS-[\d-]+)</small>", html) == [late.reference, soon.reference]
    assert "131,42" in html
    assert "jours de retard" in html


def test_list_costs_the_same_for_one_and_three(door, queries_of) -> None:
    by = make.worker()
    make.running(by)
    mine = door(by)
    one = queries_of(mine, reverse("desk:insertion"))
    make.work(by)
    make.drafted(by)
    assert queries_of(mine, reverse("desk:insertion")) == one
    assert one <= 14


def test_pages_say_nothing_undefined(door) -> None:
    by = make.worker()
    for made in (make.drafted(by), _evaluated(make.running(by)), make.work(by)):
        html = door(by).get(_url(made)).content.decode()
        assert "⟦undefined" not in html
        assert html.count("<h1") == 1
    for name in ("insertion", "insertion_work", "insertion_partners"):
        assert "⟦undefined" not in door(by).get(reverse(f"desk:{name}")).content.decode()
    for kind in ("projet", "emploi", "transit", "autre"):
        assert door(by).get(reverse("desk:insertion_new", args=[kind])).status_code == 200


def test_project_goes_through_its_forms(door) -> None:
    by, who, today = make.worker(), person("Lambert"), timezone.localdate()
    mine = door(by)
    found = mine.post(reverse("desk:insertion_new", args=["projet"]), {"words": "lambret"})
    assert who in found.content.decode()
    given = {
        "open": "1", "person": who, "subject_ref": "", "team": "insertion",
        "granted_on": today.isoformat(), "project_kind": "training", "monthly_amount": "1 340,47",
    }  # fmt: skip
    made = mine.post(reverse("desk:insertion_new", args=["projet"]), given)
    row = Agreement.objects.get()
    assert made["Location"] == reverse("desk:insertion_agreement", args=[row.reference])

    def act(key: str, **data: str):
        return mine.post(reverse("desk:insertion_act", args=[row.reference, key]), data)

    refused = act("propose")
    assert refused.status_code == 200
    assert "Faites d’abord l’analyse des besoins." in refused.content.decode()
    assert act("needs", needs="Souder.", project_kind="training").status_code == 302
    days = {
        "starts_date": today.isoformat(),
        "ends_date": (today + timedelta(days=364)).isoformat(),
    }
    assert act("terms", title="Soudeur", **days).status_code == 302
    assert (
        act("clauses", kind="obligation", side="person", text="Venir\nPrévenir").status_code == 302
    )
    assert act("clauses", kind="obligation", side="cpas", text="Payer").status_code == 302
    assert act("propose").status_code == 302
    early = act("sign", signed_date=today.isoformat())
    assert "peut réfléchir jusqu’au" in early.content.decode()
    assert act("sign", signed_date=today.isoformat(), early_at_her_wish="on").status_code == 302
    assert act("start").status_code == 302
    row.refresh_from_db()
    assert (row.state, row.clauses.count()) == (AgreementState.RUNNING, 3)


def test_each_kind_is_prepared_by_its_own_form(door) -> None:
    by, today = make.worker(), timezone.localdate().isoformat()
    common = {"open": "1", "subject_ref": "", "team": "insertion"}
    given = {
        "projet": {"granted_on": today, "project_kind": "training"},
        "emploi": {
            "kind": "art60", "partner": make.partner(by), "job": "Cuisine", "first_date": today,
            "days": "312",
        },
        "transit": {"dwelling": "Rue Haute 1", "rooms": "1", "income": "900", "first_date": today},
        "autre": {"kind": "training", "title": "Permis de conduire"},
    }  # fmt: skip
    for kind, said in given.items():
        data = {**common, "person": person("Lambert"), **said}
        answer = door(by).post(reverse("desk:insertion_new", args=[kind]), data)
        assert answer.status_code == 302, answer.content.decode()
    made = Agreement.objects.order_by("pk").values_list("kind", flat=True)
    assert list(made) == ["piis", "art60", "transit", "training"]
    assert set(KINDS) == set(given)


def _said(content: bytes) -> str:
    pages = PdfReader(io.BytesIO(content)).pages
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pages))


def test_draft_prints_as_not_signed_and_a_signed_text_does_not(door) -> None:
    made = make.written()
    mine = door(made.by)
    assert "rien n’est signé" in _said(mine.get(_url(made, "text_pdf")).content)
    signed = make.running(made.by)
    assert mine.get(_url(signed, "text_pdf")).status_code == 404
    assert _url(signed, "text_pdf") not in mine.get(_url(signed)).content.decode()


def test_signed_text_and_evaluation_are_written_from_the_page_and_kept_on_it(door) -> None:
    made = _evaluated(make.running())
    mine = door(made.by)
    assert mine.get(_url(made)).content.decode().count("à écrire") == 2
    for what, words in (
        ("text-1", ("version 1", "18 mars 2026", "Payer le matériel", "Veut devenir soudeur")),
        ("evaluation-1", ("Deux absences, toutes justifiées.", "Suivre la formation (en cours)")),
    ):
        given = {"what": what, "how": "hand"}
        assert mine.post(_url(made, "act", "paper"), given).status_code == 302
        letter = Letter.objects.latest("pk")
        html = mine.get(_url(made)).content.decode()
        for name in ("letter", "letter_pdf", "letter_docx"):
            path = reverse(f"desk:{name}", args=[letter.reference])
            assert f'href="{path}"' in html
        said = _said(mine.get(reverse("desk:letter_pdf", args=[letter.reference])).content)
        assert [one for one in words if one not in said] == []
    assert "à écrire" not in html
    again = mine.post(_url(made, "act", "paper"), {"what": "text-1", "how": "hand"})
    assert (again.status_code, Letter.objects.count()) == (200, 2)


def test_month_of_work_is_counted_from_the_page(door) -> None:
    made = make.work()
    mine = door(made.by)
    html = mine.get(_url(made)).content.decode()
    assert "0 jours sur 312" in html
    given = {"month": "2026-02-01", "paid_days": "6", "unpaid_days": "14", "note": ""}
    assert mine.post(_url(made, "act", "month"), given).status_code == 302
    html = mine.get(_url(made)).content.decode()
    assert "6 jours sur 312" in html
    assert "14 jours ni payés ni assimilés" in html


def test_partners_and_places_are_for_the_insertion_team(door) -> None:
    housing = agent(Role.SOCIAL_WORKER, "housing")
    assert door(housing).get(reverse("desk:insertion_partners")).status_code == 404
    mine, path = door(make.worker()), reverse("desk:insertion_partners")
    given = {
        "what": "partner",
        "name": "La Recyclerie",
        "kind": "social_economy",
        "is_active": "on",
    }
    assert mine.post(path, given).status_code == 302
    again = mine.post(path, given)
    assert "déjà connu" in again.content.decode()
    partner = Partner.objects.get()
    given = {
        "what": "place",
        "partner": str(partner.pk),
        "kind": "work",
        "title": "Tri",
        "seats": "3",
        "is_open": "on",
    }
    assert mine.post(path, given).status_code == 302
    assert Place.objects.get().seats == 3


@pytest.mark.parametrize(
    "state", ["drafted", "reflection", "signed", "running", "amending", "ended"]
)
def test_acts_offered_exist_and_over_offers_papers_alone(state: str) -> None:
    made = {
        "drafted": make.drafted, "signed": make.signed, "running": make.running,
    }.get(state, make.written if state == "reflection" else make.running)()  # fmt: skip
    if state == "reflection":
        made.do(agreements.propose)
    if state == "amending":
        made.do(agreements.amend, why="x")
    if state == "ended":
        made.do(agreements.finish, how="end", why="x")
    offered = acts_open_to(made.by, made.row)
    assert set(offered) <= set(ACTS)
    assert (set(offered) - {"paper"} == set()) == (state == "ended")
    assert acts_open_to(agent(Role.SOCIAL_WORKER, "general_aid"), made.row) == []


def test_extract_is_of_the_teams_she_leads(door) -> None:
    by, chief = make.worker(), make.worker(Role.TEAM_LEADER)
    mine = make.drafted(by)
    housing = make.worker(Role.TEAM_LEADER, "housing")
    client = door(chief)
    answer = client.post(reverse("desk:insertion_extract"))
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    assert [(r["référence"], r["personne"]) for r in rows] == [
        (mine.reference, str(mine.row.person))
    ]
    row = JournalEntry.objects.get(verb="agreements.export")
    assert (row.kind, row.detail) == ("export", {"references": [mine.reference]})
    other = door(housing).post(reverse("desk:insertion_extract")).content.decode("utf-8-sig")
    assert other.count("\n") == 1
    assert door(by).post(reverse("desk:insertion_extract")).status_code == 404
    assert "extrait.csv" in client.get(reverse("desk:insertion")).content.decode()
    assert "extrait.csv" not in door(by).get(reverse("desk:insertion")).content.decode()
