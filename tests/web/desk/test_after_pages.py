"""At the desk: a grant and what follows it, an index date, the rights of the person."""

import json
from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO

import pikepdf
import pytest
from django.utils import timezone
from tests.factories import after
from tests.factories import casework as made
from tests.factories import people as persons
from tests.factories.requests import agent

from beffroi.accounts.enums import Role
from beffroi.audit.models import JournalEntry
from beffroi.casework import services as casework
from beffroi.casework.models import Application, Change, Grant, IndexRun, Report, Sequel

pytestmark = pytest.mark.django_db
CANARY = "Rue du Canari 77"
SINCE = {"wanted_from": date(2026, 1, 5)}


def test_a_grant_shows_its_story_and_opens_what_follows(door) -> None:
    one = after.granted()
    worker = door(one.worker)
    page = worker.get(f"/desk/dossiers/octrois/{one.grant_ref}/").content.decode()
    assert one.grant.decision.number in page and one.grant.order_ref in page
    sent = worker.post(
        f"/desk/dossiers/octrois/{one.grant_ref}/acte/stop/",
        {"on": "2027-01-01", "why": "Départ dans une autre commune."},
    )
    opened = Sequel.objects.get().application
    assert (sent.status_code, sent.url) == (302, f"/desk/dossiers/demandes/{opened.reference}/")
    asked = worker.get(sent.url).content.decode()
    assert f"/desk/dossiers/octrois/{one.grant_ref}/" in asked
    proposed = worker.post(
        f"/desk/dossiers/demandes/{opened.reference}/acte/propose_sequel/",
        {"motives": made.MOTIVES},
    )
    assert (proposed.status_code, Application.objects.get(pk=opened.pk).state) == (302, "proposed")


def test_a_refused_act_shows_the_page_again_with_what_was_typed(door) -> None:
    one = after.granted()
    page = door(one.worker).post(
        f"/desk/dossiers/octrois/{one.grant_ref}/acte/revision/",
        {"cause": "found", "why": "court", "from_date": "2027-01-01"},
    )
    assert page.status_code == 200
    text = page.content.decode()
    assert "Dites pourquoi" in text and "court" in text


@pytest.mark.parametrize(("role", "team"), [("social_worker", "debts"), ("team_leader", "debts")])
def test_a_grant_of_another_team_does_not_exist(door, role: str, team: str) -> None:
    one = after.granted()
    other = door(agent(Role(role), team))
    for path in (f"octrois/{one.grant_ref}/", f"{one.number}/suivi/"):
        assert other.get(f"/desk/dossiers/{path}").status_code == 404
    sent = other.post(f"/desk/dossiers/octrois/{one.grant_ref}/acte/stop/", {"on": "2027-01-01"})
    assert sent.status_code == 404


def test_a_grant_costs_the_same_with_a_long_story(door, queries_of) -> None:
    one = after.granted()
    worker = door(one.worker)
    path = f"/desk/dossiers/octrois/{one.grant_ref}/"
    worker.get(path)
    before = queries_of(worker, path)
    for n in range(2):
        casework.review_grant(
            grant=one.grant_ref,
            finding=f"Rien n’a changé, fois {n}.",
            by=one.worker,
            at=after.AFTER,
        )
    assert queries_of(worker, path) == before


def test_the_follow_up_of_a_file_lists_changes_and_contradictions(door) -> None:
    one = after.granted()
    one.application.cohabitants.create(name="Un ami", relation="friend")
    worker = door(one.worker)
    path = f"/desk/dossiers/{one.number}/suivi/"
    page = worker.get(path).content.decode()
    assert "Isolée, et quelqu’un vit avec elle" in page
    worker.post(f"{path}declare_change/", {"what": "Un ami emménage", "from_date": "2026-11-20",
                                           "by_person": "on"})  # fmt: skip
    change = Change.objects.get()
    worker.post(f"{path}settle_change/", {"change": change.pk, "grant": one.grant_ref})
    assert Sequel.objects.get().cause == "declared"
    key = f"isolated:{one.reference}:1"
    worker.post(f"{path}expliquer/", {"key": key, "why": "Colocation sans ménage commun."})
    assert "Isolée, et quelqu’un vit avec elle" not in worker.get(path).content.decode()


def test_a_rectified_amount_offers_the_revision_of_what_rested_on_it(door) -> None:
    one = after.granted()
    worker = door(one.worker)
    path = f"/desk/dossiers/{one.number}/suivi/"
    page = worker.post(
        f"{path}rectify/",
        {"resource": one.application.resources.get().pk, "monthly": "380,00",
         "why": "La fiche de paie portait 380 €."},
    ).content.decode()  # fmt: skip
    assert one.grant.decision.number in page
    worker.post(f"{path}reviser/", {"grant": [one.grant_ref], "why": "Salaire rectifié à 380 €."})
    assert Sequel.objects.get().cause == "rectification"


def test_each_kind_of_fact_is_rectified_from_the_follow_up_of_a_file(door) -> None:
    one = after.granted()
    application, number = one.application, one.grant.decision.number
    application.assets.create(kind="capital", label="Livret", amount=Decimal("900.00"))
    application.appreciations.update(at=timezone.now() - timedelta(days=9))
    worker = door(one.worker)
    path = f"/desk/dossiers/{one.number}/suivi/"
    page = worker.get(path).content.decode()
    acts = ("rectify", "rectify_asset", "rectify_household", "rectify_category", "rectify_date")
    assert [act for act in acts if f'action="{path}{act}/"' not in page] == []
    why = {"why": "Le registre national dit autre chose."}
    household = {"who": f"{one.reference}:", "name": "Zoé", "lives_there": "yes",
                 "relation": "adult_child"}  # fmt: skip
    given = {
        "rectify_category": {"application": one.reference, "value": "cohabitant"},
        "rectify_household": household,
        "rectify_date": {"fact": f"application:{one.reference}", "day": "2026-11-01"},
        "rectify_asset": {"asset": application.assets.get().pk, "amount": "950,00"},
    }
    for act, said in given.items():
        html = worker.post(f"{path}{act}/", {**said, **why}).content.decode()
        assert "C’est rectifié" in html, act
        assert (f'id="g-{number}"' in html) == (act != "rectify_asset"), act
    who = application.cohabitants.get()
    gone = {"who": f"{one.reference}:{who.pk}", "lives_there": "no", "relation": "adult_child"}
    worker.post(f"{path}rectify_household/", {**gone, **why})
    assert application.cohabitants.count() == 0
    bare = worker.post(
        f"{path}rectify_category/", {"application": one.reference, "value": "family"}
    )
    assert "Il manque ceci." in bare.content.decode()


def test_the_second_of_two_browsers_is_shown_both_versions(door) -> None:
    one = made.held()
    casework.start_enquiry(reference=one.reference, by=one.worker, at=made.NOW)
    first, second = door(one.worker), door(agent(Role.TEAM_LEADER, made.TEAM))
    path = f"/desk/dossiers/demandes/{one.reference}/acte/write_report/"
    texts = {"needs": "x", "other_rights": "", "opinion": "x", "seen": "0.0"}
    assert first.post(path, {**texts, "situation": "Vit seule."}).status_code == 302
    page = second.post(path, {**texts, "situation": "Vit avec sa mère."})
    text = page.content.decode()
    assert page.status_code == 200
    assert "both-versions" in text and "Vit seule." in text and "Vit avec sa mère." in text
    assert Report.objects.get().situation == "Vit seule."
    seen = page.context["bound"]["seen"].value()
    again = second.post(path, {**texts, "situation": "Vit avec sa mère.", "seen": seen})
    assert (again.status_code, Report.objects.get().situation) == (302, "Vit avec sa mère.")


def test_an_index_date_is_shown_and_applied_and_another_team_has_no_name(door) -> None:
    one = after.granted(**SINCE)
    director = door(agent(Role.DIRECTOR_GENERAL, ""))
    sent = director.post("/desk/dossiers/index/", {"on": "2026-03-01"})
    assert sent.url == "/desk/dossiers/index/2026-03-01/"
    name = one.file.person.last_name
    page = director.get(sent.url).content.decode()
    assert name not in page and one.number not in page and "Dossier d’une autre équipe" in page
    assert name in door(one.leader).get(sent.url).content.decode()
    director.post(f"{sent.url}appliquer/")
    assert (IndexRun.objects.get().state, Grant.objects.count()) == ("done", 2)
    director.post(f"{sent.url}appliquer/")
    assert Grant.objects.count() == 2
    assert door(one.worker).get(sent.url).status_code in (403, 404)


def test_an_index_page_costs_the_same_for_one_and_three(door, queries_of) -> None:
    after.granted(**SINCE)
    director = door(agent(Role.DIRECTOR_GENERAL, ""))
    path = "/desk/dossiers/index/2026-03-01/"
    director.post("/desk/dossiers/index/", {"on": "2026-03-01"})
    director.get(path)
    before = queries_of(director, path)
    after.granted(**SINCE)
    after.granted(**SINCE)
    director.post("/desk/dossiers/index/", {"on": "2026-03-01"})
    assert queries_of(director, path) == before


@pytest.mark.parametrize("form", ["json", "pdf"])
def test_everything_held_is_handed_out_without_anybody_else(door, form: str) -> None:
    one = after.granted()
    other = persons.person("Tournesol", "Zéphyrine")
    persons.address(other, CANARY, sealed="Menaces d’un proche")
    one.application.cohabitants.create(name="Zéphyrine Tournesol", relation="friend", person=other)
    one.application.visits.update(findings=f"Zéphyrine Tournesol vivait {CANARY}.")
    path = f"/desk/personnes/{one.person}/export/"
    officer = door(agent(Role.PRIVACY_OFFICER, ""))
    assert officer.get(path).status_code == 200
    sent = officer.post(path, {"reason": "Demande écrite de la personne", "form": form})
    assert (sent.status_code, sent["Cache-Control"]) == (200, "no-store")
    if form == "json":
        text = json.loads(sent.content)
        said = sent.content.decode()
        assert text["casework"]["files"][0]["number"] == one.number
    else:
        with pikepdf.open(BytesIO(sent.content)) as pdf:
            assert pdf.Root.MarkInfo.Marked
        import pypdf

        said = "".join(p.extract_text() for p in pypdf.PdfReader(BytesIO(sent.content)).pages)
        assert one.number in said
    for hidden in ("Canari", "Tournesol", "Zéphyrine"):
        assert hidden not in said
    assert JournalEntry.objects.filter(verb="person.export", kind="export").count() == 1


def test_an_export_wants_a_reason_and_the_right(door) -> None:
    one = after.granted()
    path = f"/desk/personnes/{one.person}/export/"
    officer = door(agent(Role.PRIVACY_OFFICER, ""))
    assert officer.post(path, {"reason": "", "form": "json"}).status_code == 200
    assert JournalEntry.objects.filter(verb="person.export").count() == 0
    for who in (one.worker, agent(Role.RECEPTION, made.TEAM)):
        assert door(who).post(path, {"reason": "Je voudrais", "form": "json"}).status_code in (
            403,
            404,
        )
