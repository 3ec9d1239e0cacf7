"""The editor's desk, page by page: who opens it, what it says, what its forms do."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.factories import editors as make
from tests.factories.editors import NOW, TODAY

from beffroi.accounts.enums import Role
from beffroi.accounts.models import Agent
from beffroi.audit.models import JournalEntry
from beffroi.directory.models import (
    AlertPlan,
    Closure,
    Contradiction,
    EmergencyNumber,
    Fact,
    Service,
    ServiceTerm,
    Taxonomy,
    Term,
)
from beffroi.guidance import library
from beffroi.guidance.models import LostWords, Phrase, PublicQuestion, Word
from beffroi.web.desk.editor_access import EDITOR_ACCESS

pytestmark = pytest.mark.django_db
PAST = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def password_alone(settings: Any) -> None:
    settings.BEFFROI_SECOND_FACTOR = False


@pytest.fixture(autouse=True)
def own_guide(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Any) -> Iterator[None]:
    """The guide of a test knows the test's words alone, and is not built anew beside it."""
    settings.BEFFROI_CACHE = tmp_path
    monkeypatch.setattr(library, "_rebuild_beside", lambda: None)
    library.forget()
    yield
    library.forget()


def signed_in(role: str, team: str = "") -> Client:
    client = Client()
    client.force_login(make.agent(role, team), "django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def things() -> dict[str, Any]:
    """One of each thing that a page shows."""
    service, place = make.service("energie"), make.place("maison")
    service.places.add(place)
    fact = make.fact(place)
    disputed = make.fact(place, "address", "Rue Basse 1")
    make.contradiction(disputed).services.add(service)
    number = EmergencyNumber.objects.create(
        danger="medical",
        number="112",
        labels={"fr": "Urgences"},
        source=make.source(),
        review_date=TODAY,
    )
    plan = AlertPlan.objects.create(
        kind="cold", messages={"fr": "Il gèle"}, started_at=PAST, started_by="A"
    )
    plan.places.add(place)
    lost = LostWords.objects.create(
        text="plus de jus",
        lang="fr",
        fingerprint="x",
        first_date=TODAY,
        last_date=TODAY,
        guesses=["energie"],
    )
    question = PublicQuestion.objects.create(
        question="Que faire ?", answer="Madame Dupont vous le dira.", asked_on_month=date(2026, 11, 1),
        written_by="A", written_by_ref="0", written_at=NOW,
    )  # fmt: skip
    return {
        "fact": fact.pk,
        "number": number.pk,
        "plan": plan.pk,
        "lost": lost.pk,
        "question": question.pk,
    }


def shown(things: dict[str, Any]) -> dict[str, str]:
    """The address of every page that is only read."""
    args: dict[str, list[Any]] = {
        "services": [], "service": ["energie"], "texts": ["energie"], "status": ["energie"],
        "listing": ["energie"], "classing": ["energie"], "upkeep": ["energie"],
        "service_places": ["energie"], "form_offer": ["energie", "appointment"],
        "fact_new": ["lieux", "maison", "hours"], "closure": ["services", "energie"],
        "fact_replace": [things["fact"]], "places": [], "place": ["maison"], "place_new": [],
        "place_edit": ["maison"], "contradictions": [], "contradiction": ["T01"], "plan": [],
        "plan_on": ["heat"], "plan_change": [things["plan"]], "plan_sheet": [things["plan"]],
        "numbers": [], "number_change": [things["number"]], "reminders": [], "words": [],
        "lost_words": [things["lost"]], "phrases": [], "phrase_add": [], "questions": [],
        "question_new": [], "question": [things["question"]], "question_edit": [things["question"]],
        "agents": [], "agent_new": [], "team_new": [],
    }  # fmt: skip
    return {name: reverse(f"desk:editor_{name}", args=values) for name, values in args.items()}


@pytest.mark.parametrize("role", sorted(Role))
def test_editor_pages_open_to_their_roles_and_to_no_other(
    role: str, things: dict[str, Any]
) -> None:
    client = signed_in(role, "reception")
    opened = {name for name, url in shown(things).items() if client.get(url).status_code == 200}
    assert opened == {n for n in shown(things) if role in EDITOR_ACCESS[f"desk:editor_{n}"]}


def test_editor_pages_want_sign_in(things: dict[str, Any]) -> None:
    for url in shown(things).values():
        response = Client().get(url)
        assert (response.status_code, response["Location"].split("?")[0]) == (302, "/connexion/")


def test_editor_pages_hold_nothing_undefined(things: dict[str, Any]) -> None:
    client = signed_in(Role.ADMINISTRATOR)
    for name, url in shown(things).items():
        body = client.get(url).content.decode()
        assert "⟦undefined" not in body, (name, body[body.find("⟦undefined") - 200 :][:260])
        assert body.count("<h1") == 1, name


def test_every_act_refuses_to_be_done_by_a_link(things: dict[str, Any]) -> None:
    client = signed_in(Role.ADMINISTRATOR)
    acts = {
        "reviewed": ["energie"], "fact_confirm": [things["fact"]], "fact_reject": [things["fact"]],
        "plan_off": [things["plan"]], "number_confirm": [things["number"]],
        "lost_dismiss": [things["lost"]], "question_publish": [things["question"]],
        "question_erase": [things["question"]], "contradiction_reopen": ["T01"],
        "form_close": ["energie", "aid"], "agent_act": [1, "fermer"],
    }  # fmt: skip
    assert {
        name: client.get(reverse(f"desk:editor_{name}", args=args)).status_code
        for name, args in acts.items()
    } == dict.fromkeys(acts, 405)
    assert not JournalEntry.objects.exists()


@pytest.mark.parametrize(
    "page", ["services", "places", "contradictions", "words", "questions", "agents", "numbers"]
)
def test_lists_cost_the_same_queries_for_one_and_three(
    page: str, things: dict[str, Any], django_assert_max_num_queries: Any
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = signed_in(Role.ADMINISTRATOR)
    url = reverse(f"desk:editor_{page}")
    client.get(url)
    with CaptureQueriesContext(
        connection,
    ) as one:
        client.get(url)
    for number in (2, 3):
        service, place = make.service(), make.place()
        service.places.add(place)
        make.fact(place)
        make.contradiction(make.fact(service), code=f"T0{number}")
        LostWords.objects.create(
            text="x", lang="fr", fingerprint=str(number), first_date=TODAY, last_date=TODAY
        )
        PublicQuestion.objects.create(
            question="?", answer="", asked_on_month=TODAY, written_by="A", written_at=NOW
        )
        make.agent(Role.EDITOR)
        EmergencyNumber.objects.create(
            danger="medical",
            number=str(number),
            labels={"fr": "x"},
            source=make.source(),
            review_date=TODAY,
        )
    with CaptureQueriesContext(connection) as three:
        client.get(url)
    assert len(three) == len(one)


def provenance(**more: Any) -> dict[str, Any]:
    return {"new_source": "Appel au service", "as_of_date": "2026-11-23", **more}


def test_a_fact_refused_keeps_what_was_typed_and_says_where(things: dict[str, Any]) -> None:
    client = signed_in(Role.EDITOR)
    url = reverse("desk:editor_fact_new", args=["lieux", "maison", "phone"])
    response = client.post(url, provenance(text="abc"))
    body = response.content.decode()
    assert 'value="abc"' in body
    assert "n’est pas un numéro" in body
    assert "<title>Erreur" in body
    assert Fact.objects.filter(kind="phone").count() == 1
    client.post(url, provenance(text="065 88 22 21", is_confirmed="on"))
    fact = Fact.objects.get(text="065 88 22 21")
    assert (fact.state, fact.source.title) == ("confirmed", "Appel au service")


@pytest.mark.parametrize(
    ("kind", "typed", "text", "value"),
    [
        ("address", {"street": "Allée des Mélèzes", "number": "13 ¾", "postal_code": "7000", "locality": "Mons"}, "Allée des Mélèzes 13 ¾, 7000 Mons", {"street": "Allée des Mélèzes", "number": "13 ¾", "postal_code": "7000", "locality": "Mons"}),
        ("price", {"amount": "2", "per": "séance"}, "2 € par séance", {"free": False, "amount": "2.00", "per": "séance"}),
        ("price", {"is_free": "on"}, "Gratuit", {"free": True, "amount": None, "per": ""}),
        ("language", {"languages": ["fr", "ar"]}, "Français, arabe", {"languages": ["fr", "ar"]}),
        ("accessibility", {"wheelchair": "partly", "text": "Une marche"}, "Accessible en partie. Une marche", {"wheelchair": "partly"}),
        ("comfort", {"heated": "on"}, "Lieu chauffé", {"heated": True, "cooled": False}),
        ("activity", {"title": "Tricot", "day": "TU", "opens": "14:00", "closes": "16:00"}, "Tricot", {"freq": "WEEKLY", "byday": "TU", "opens_at": "14:00", "closes_at": "16:00", "title": "Tricot", "notes": ""}),
        ("email", {"text": "maison@exemple.be"}, "maison@exemple.be", {}),
        ("hours", {"MO_1_opens": "09:00", "MO_1_closes": "12:00"}, "Lundi, de 9 h à 12 h", {"freq": "WEEKLY", "byday": "MO", "opens_at": "09:00", "closes_at": "12:00"}),
    ],
)  # fmt: skip
def test_each_kind_of_fact_has_its_form(
    kind: str, typed: Any, text: str, value: Any, things: dict[str, Any]
) -> None:
    make.place("neuf")
    url = reverse("desk:editor_fact_new", args=["lieux", "neuf", kind])
    signed_in(Role.EDITOR).post(url, provenance(**typed))
    fact = Fact.objects.get(place__key="neuf")
    assert (fact.kind, fact.text, fact.value) == (kind, text, value)


def test_hours_half_typed_are_said_beside_their_box(things: dict[str, Any]) -> None:
    url = reverse("desk:editor_fact_new", args=["lieux", "maison", "hours"])
    body = signed_in(Role.EDITOR).post(url, provenance(MO_1_opens="09:00")).content.decode()
    assert "Il manque une heure." in body
    assert 'value="09:00"' in body


def test_a_fact_is_confirmed_replaced_and_put_aside_from_its_page(things: dict[str, Any]) -> None:
    client, fact = signed_in(Role.EDITOR), Fact.objects.get(pk=things["fact"])
    client.post(reverse("desk:editor_fact_confirm", args=[fact.pk]))
    fact.refresh_from_db()
    assert fact.state == "confirmed"
    client.post(
        reverse("desk:editor_fact_replace", args=[fact.pk]), provenance(text="065 88 22 21")
    )
    new = Fact.objects.get(text="065 88 22 21")
    refused = client.post(
        reverse("desk:editor_fact_reject", args=[new.pk]),
        {"reason": "", "retour": "/desk/redaction/lieux/maison/"},
        follow=True,
    )
    assert (
        "Le motif manque" in refused.content.decode()
        or "Dites pourquoi" in refused.content.decode()
    )
    client.post(reverse("desk:editor_fact_reject", args=[new.pk]), {"reason": "Faux"})
    new.refresh_from_db()
    assert new.state == "rejected"


def test_texts_are_kept_side_by_side(things: dict[str, Any]) -> None:
    client, url = signed_in(Role.EDITOR), reverse("desk:editor_texts", args=["energie"])
    client.post(
        url,
        {
            "fr-name": "Énergie",
            "fr-easy": "Une phrase.\n\nDeux phrases.",
            "nl-name": "Energie",
            "basis": "source",
        },
    )
    texts = {t.lang: t for t in Service.objects.get(key="energie").texts.all()}
    assert (set(texts), texts["fr"].easy) == ({"fr", "nl"}, ["Une phrase.", "Deux phrases."])
    body = client.post(
        url, {"nl-name": "Energie", "basis": "source", "fr-summary": "tapé"}
    ).content.decode()
    assert "tapé" in body


def test_a_contradiction_is_settled_on_its_page(things: dict[str, Any]) -> None:
    client, url = signed_in(Role.EDITOR), reverse("desk:editor_contradiction", args=["T01"])
    fact = Fact.objects.get(contradiction__code="T01")
    body = client.post(url, {"standing": [fact.pk], "decision": ""}).content.decode()
    assert "id_decision_error" in body
    client.post(url, {"standing": [fact.pk], "decision": "Appel du 23."})
    fact.refresh_from_db()
    assert (Contradiction.objects.get().state, fact.state) == ("settled", "confirmed")


def test_contradiction_opens_whatever_the_case_of_its_code(things: dict[str, Any]) -> None:
    client = signed_in(Role.EDITOR)
    paths = [reverse("desk:editor_contradiction", args=[code]) for code in ("T01", "t01", "t02")]
    assert [client.get(path).status_code for path in paths] == [200, 200, 404]


def test_a_plan_puts_its_banner_on_the_public_page_and_takes_it_off(things: dict[str, Any]) -> None:
    client = signed_in(Role.PRESIDENT)
    client.post(reverse("desk:editor_plan_off", args=[things["plan"]]))
    url = reverse("desk:editor_plan_on", args=["heat"])
    assert "Il fait très chaud" in client.get(url).content.decode()
    message = "Il fait très chaud à Mons aujourd’hui"
    client.post(url, {"message_fr": message, "phone": "0800 92 329", "places": ["maison"]})
    assert message in Client().get("/").content.decode()
    client.post(reverse("desk:editor_plan_off", args=[AlertPlan.objects.get(ended_at=None).pk]))
    assert message not in Client().get("/").content.decode()


def test_lost_words_tied_make_the_next_search_right(things: dict[str, Any]) -> None:
    client = signed_in(Role.EDITOR)
    url = reverse("desk:editor_lost_words", args=[things["lost"]])
    client.post(url, {"text": "plus de jus", "lang": "fr", "service": "energie"})
    assert Phrase.objects.get().text == "plus de jus"
    body = client.get(reverse("desk:editor_phrases"), {"q": "plus de jus"}).content.decode()
    assert reverse("desk:editor_service", args=["energie"]) in body.split("Phrases ajoutées")[0]


def test_a_question_is_published_by_somebody_else_once_warnings_are_read(
    things: dict[str, Any],
) -> None:
    client = signed_in(Role.EDITOR)
    page = reverse("desk:editor_question", args=[things["question"]])
    url = reverse("desk:editor_question_publish", args=[things["question"]])
    read = {"read": client.get(page).context["read"]}
    assert "Dites que vous l’avez relu" in client.post(url, read).content.decode()
    client.post(url, {"warnings_read": "on", **read})
    assert PublicQuestion.objects.get().state == "published"


def test_a_new_agent_must_change_the_password_handed_over() -> None:
    admin = signed_in(Role.ADMINISTRATOR)
    response = admin.post(
        reverse("desk:editor_agent_new"),
        {
            "username": "anne",
            "first_name": "Anne",
            "last_name": "Petit",
            "email": "anne@exemple.be",
        },
    )
    agent = Agent.objects.get(username="anne")
    password = response.content.decode().split("<code>")[1].split("</code>")[0]
    assert agent.check_password(password)
    assert response["Cache-Control"] == "no-store"
    url = reverse("desk:editor_agent", args=[agent.pk])
    admin.post(url, {"role": "editor", "team": "", "since_date": timezone.localdate().isoformat()})
    anne = Client()
    anne.force_login(agent, "django.contrib.auth.backends.ModelBackend")
    assert anne.get("/desk/")["Location"] == reverse("account_change_password")
    agent.set_password("a-better-one-of-mine")
    agent.save()
    anne.force_login(agent, "django.contrib.auth.backends.ModelBackend")
    assert anne.get("/desk/redaction/").status_code == 200


def test_a_closure_is_announced_and_removed(things: dict[str, Any]) -> None:
    client = signed_in(Role.EDITOR)
    url = reverse("desk:editor_closure", args=["lieux", "maison"])
    body = client.post(
        url, {"from_date": "2026-12-24", "until_date": "2026-12-01", "reason": "Congé"}
    ).content.decode()
    assert "Le dernier jour vient avant le premier." in body
    client.post(url, {"from_date": "2026-12-24", "until_date": "2027-01-02", "reason": "Congé"})
    client.post(reverse("desk:editor_closure_remove", args=[Closure.objects.get().pk]))
    assert not Closure.objects.exists()


def test_settling_a_contradiction_changes_what_the_public_reads() -> None:
    service, place = make.service("epinlieu"), make.place("epinlieu")
    service.places.add(place)
    need = Term.objects.create(
        taxonomy=Taxonomy.objects.create(key="need", name="Besoins"),
        key="near",
        labels={"fr": "Près"},
    )
    ServiceTerm.objects.create(service=service, term=need)
    old = make.fact(place, "address", "Allée des Mélèzes, 13 ¾")
    true = make.fact(place, "address", "Chemin Cense Gain 152")
    doubt = "Deux adresses sont données pour cette maison."
    make.contradiction(old, true, public_notes={"fr": doubt}).services.add(service)
    url = reverse("portal:service", args=["epinlieu"])
    before = Client().get(url).content.decode()
    assert [words in before for words in (old.text, true.text, doubt)] == [True, True, True]
    signed_in(Role.EDITOR).post(
        reverse("desk:editor_contradiction", args=["T01"]),
        {"standing": [true.pk], "decision": "Appel du 23 novembre à la maison."},
    )
    after = Client().get(url).content.decode()
    assert [words in after for words in (old.text, true.text, doubt)] == [False, True, False]


def test_an_activity_says_its_hour_to_the_editor_and_its_name_to_the_week() -> None:
    make.place("jemappes", is_house=True)
    client = signed_in(Role.EDITOR)
    client.post(
        reverse("desk:editor_fact_new", args=["lieux", "jemappes", "activity"]),
        provenance(title="Tricot", day="TU", opens="14:00", closes="16:00"),
    )
    body = client.get(reverse("desk:editor_place", args=["jemappes"])).content.decode()
    assert "Tricot – mardi, de 14 h à 16 h" in body


def test_a_question_rewritten_since_it_was_shown_is_shown_again_and_not_published(
    things: dict[str, Any],
) -> None:
    page = reverse("desk:editor_question", args=[things["question"]])
    url = reverse("desk:editor_question_publish", args=[things["question"]])
    client = signed_in(Role.EDITOR)
    mark = client.get(page).context["read"]
    PublicQuestion.objects.update(answer="Madame Durand vous le dira.")
    body = client.post(url, {"warnings_read": "on", "read": mark}).content.decode()
    assert "récrit depuis que vous l’avez lu" in body
    assert PublicQuestion.objects.get().state == "draft"


def test_a_word_of_the_lexicon_is_taken_out_from_its_service(things: dict[str, Any]) -> None:
    service = Service.objects.get(key="energie")
    kept, gone = (
        Word.objects.create(service=service, lang="fr", text=text) for text in ("jus", "watt")
    )
    client = signed_in(Role.EDITOR)
    page = reverse("desk:editor_service", args=["energie"])
    url = reverse("desk:editor_word_remove", args=[gone.pk])
    assert f'action="{url}"' in client.get(page).content.decode()
    assert signed_in(Role.SOCIAL_WORKER, "aid").post(url).status_code == 404
    assert client.get(url).status_code == 405
    assert client.post(url)["Location"] == f"{page}#mots"
    assert list(Word.objects.all()) == [kept]
    row = JournalEntry.objects.get(verb__endswith="remove_word")
    assert (row.object_ref, row.detail) == ("energie", {"lang": "fr", "word": "watt"})
    assert client.post(url).status_code == 404
