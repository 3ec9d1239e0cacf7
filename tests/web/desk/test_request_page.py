"""The page of a request: who opens it, what it shows, each act, and refusals that lose nothing."""

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from tests.factories.requests import agent, ask, brought_to

from beffroi.accounts.enums import Role
from beffroi.accounts.models import Post
from beffroi.acts.requests import services as requests
from beffroi.acts.requests.enums import Outcome, RequestState
from beffroi.acts.requests.models import Request
from beffroi.acts.requests.permissions import acts_open_to
from beffroi.audit.models import JournalEntry
from beffroi.core.errors import Refusal
from beffroi.directory.models import Commune, Locality
from beffroi.web.desk.requests.act_forms import FORMS

pytestmark = pytest.mark.django_db


def _page(asked) -> str:
    return f"/desk/demandes/{asked.reference}/"


def _act(client, asked, act: str, **given):
    return client.post(f"{_page(asked)}acte/{act}/", given)


def test_page_is_for_the_team_that_has_it(door, client) -> None:
    asked, mine = ask(), agent()
    others = (agent(Role.SOCIAL_WORKER, "debts"), agent(Role.EDITOR, ""), agent(Role.PRESIDENT, ""))
    before = JournalEntry.objects.count()
    assert [door(one).get(_page(asked)).status_code for one in others] == [404] * 3
    assert client.get(_page(asked))["Location"].startswith("/connexion/")
    assert JournalEntry.objects.filter(verb="request.read").count() == 0
    assert door(mine).get(_page(asked)).status_code == 200
    rows = JournalEntry.objects.order_by("pk")[before:]
    assert [(r.verb, r.subject_ref, r.actor_ref) for r in rows] == [
        ("request.read", asked.reference, mine.ref)
    ]


def test_page_shows_words_limits_and_story(door) -> None:
    mine = agent()
    asked = ask("aid", for_other=True, other_name="mon voisin", name="Lucie Baudour")
    requests.add_note(reference=asked.reference, text="Vue au guichet.", by=mine, at=timezone.now())
    html = door(mine).get(_page(asked)).content.decode()
    shown = (
        "Lucie Baudour", "mon voisin", "Je n’ai plus de revenu.", "Vue au guichet.", "interne",
        "Décision du Conseil", "loi 26/05/2002 art. 21 §1", "tel:+32470123456", "30 jours calendrier",
    )  # fmt: skip
    assert [text for text in shown if text not in html] == []
    assert "⟦undefined" not in html


@pytest.mark.parametrize("state", [str(s) for s in RequestState])
@pytest.mark.parametrize("kind", ["question", "aid"])
def test_acts_offered_are_those_the_services_take(door, state, kind) -> None:
    """Each act the page offers goes through; each act it hides is refused or hidden for good."""
    Commune.objects.create(pk="23027", name_fr="Hal", search="hal")
    mine, other, leader = agent(), agent(Role.SOCIAL_WORKER, "debts"), agent(Role.TEAM_LEADER)
    colleague = agent()
    day = (timezone.localdate() + timedelta(days=9)).isoformat()
    given = {
        "answer": {"text": "Bonjour."}, "note": {"text": "À suivre."}, "take": {}, "accept": {},
        "decline": {"reason": "Non."}, "ask_document": {"what": "Bail"},
        "offer_times": {"where": "Bureau 3", "minutes": "45", "day_1": day, "hour_1": "09:30"},
        "assign": {"to": colleague.ref}, "pass_on": {"to_team": "debts", "reason": "Dettes."},
        "transfer": {"to_nis": "23027", "reason": "Vit à Hal."}, "keep_here": {"reason": "Vit ici."},
        "close": {"outcome": "helped", "text": "Fait."}, "reopen": {"reason": "Rappelée."},
    }  # fmt: skip
    assert set(given) == set(FORMS)
    for who in (mine, leader, other):
        for act in FORMS:
            asked = brought_to(state, mine, other, kind)
            row = Request.objects.select_related("team").get(reference=asked.reference)
            offered = act in acts_open_to(who, row)
            answer = _act(door(who), asked, act, **given[act])
            done = answer.status_code == 302
            if act in ("transfer",) and kind == "question":
                assert not offered
                continue
            assert done == offered, (state, kind, act, who.posts, answer.status_code)


def test_refused_act_keeps_what_was_typed_and_says_why(door) -> None:
    mine, asked = agent(), ask()
    answer = _act(door(mine), asked, "close", text="Voici ce que nous avons fait.", outcome="")
    html = answer.content.decode()
    assert answer.status_code == 200
    assert "Voici ce que nous avons fait." in html
    assert re.search(r'<details class="act" name="act" open id="acte-close">', html)
    assert 'role="alert"' in html
    assert asked.row.state == "received"


def test_act_that_came_too_late_gives_back_what_was_typed(door) -> None:
    mine, other = agent(), agent(Role.SOCIAL_WORKER, "debts")
    asked = brought_to("closed", mine, other)
    html = _act(door(mine), asked, "ask_document", what="Votre bail").content.decode()
    assert "Ce que vous aviez écrit" in html
    assert "Votre bail" in html
    assert "n’est plus possible" in html


def test_times_with_half_a_line_are_refused_beside_the_field(door) -> None:
    mine, asked = agent(), ask()
    day = (timezone.localdate() + timedelta(days=9)).isoformat()
    html = _act(
        door(mine), asked, "offer_times", where="Bureau", minutes="45", day_1=day
    ).content.decode()
    assert "Il manque l’heure." in html
    assert day in html
    assert asked.row.offered_times.count() == 0


def test_request_passed_on_and_accepted_leaves_the_first_team_page(door) -> None:
    mine, other = agent(), agent(Role.SOCIAL_WORKER, "debts")
    asked = brought_to("passed", mine, other)
    answer = _act(door(other), asked, "accept")
    assert answer["Location"] == _page(asked)
    assert door(mine).get(_page(asked)).status_code == 404


def test_decline_leads_back_to_the_inbox_since_the_page_is_closed_to_her(door) -> None:
    mine, other = agent(), agent(Role.SOCIAL_WORKER, "debts")
    asked = brought_to("passed", mine, other)
    assert _act(door(other), asked, "decline", reason="Pas pour nous.")["Location"] == "/desk/"
    assert asked.row.state == "in_hand"


def test_other_commune_is_told_with_its_act(door) -> None:
    Commune.objects.create(pk="23027", name_fr="Hal", search="hal")
    Locality.objects.create(postal_code="1500", name="Hal", commune_id="23027", search="hal")
    mine, asked = agent(), ask("aid", postal_code="1500")
    html = door(mine).get(_page(asked)).content.decode()
    assert "Une autre commune ?" in html
    assert re.search(r'<option value="23027" selected>Hal</option>', html)
    assert "Transmission au CPAS compétent" in html


def test_closed_aid_reopened_has_its_decision_limit_again() -> None:
    mine, leader = agent(), agent(Role.TEAM_LEADER)
    asked, now = ask("aid"), timezone.now()
    requests.close(reference=asked.reference, outcome=Outcome.HELPED, text="Fait.", by=mine, at=now)
    assert asked.row.clocks.get(what="decision").met_at == now
    requests.reopen(reference=asked.reference, reason="Erreur.", by=leader, at=now)
    assert asked.row.clocks.get(what="decision").met_at is None


def test_answer_to_a_closed_request_is_refused() -> None:
    mine, other = agent(), agent(Role.SOCIAL_WORKER, "debts")
    asked = brought_to("closed", mine, other)
    said = asked.row.messages.count()
    with pytest.raises(Refusal, match="clôturée"):
        requests.answer_person(reference=asked.reference, text="Encore", by=mine, at=timezone.now())
    assert asked.row.messages.count() == said


def test_clean_file_is_handed_out_never_run_and_journalled(door) -> None:
    mine, other = agent(), agent(Role.SOCIAL_WORKER, "debts")
    asked = ask("aid", files=(("bail.pdf", _pdf()),))
    joined = asked.row.attachments.get()
    path = reverse("desk:request_file", args=[asked.reference, joined.attachment_id])
    assert door(other).get(path).status_code == 404
    answer = door(mine).get(path)
    assert answer.status_code == 200
    assert answer["Content-Disposition"] == 'attachment; filename="bail.pdf"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    rows = JournalEntry.objects.filter(verb="attachment.read").values_list("actor_ref", flat=True)
    assert list(rows) == [mine.ref]


@pytest.mark.parametrize(("state", "words"), [("quarantined", "en quarantaine"), ("refused", "refusée par le contrôle")])  # fmt: skip
def test_file_not_cleared_is_named_and_not_handed_out(door, state, words) -> None:
    mine, asked = agent(), ask("aid", files=(("bail.pdf", _pdf()),))
    file = asked.row.attachments.get().attachment
    scanned = None if state == "quarantined" else timezone.now()
    type(file).objects.filter(pk=file.pk).update(state=state, scanned_at=scanned)
    client = door(mine)
    html = client.get(_page(asked)).content.decode()
    path = reverse("desk:request_file", args=[asked.reference, file.pk])
    assert words in html
    assert path not in html
    assert client.get(path).status_code == 404


def _pdf() -> bytes:
    from io import BytesIO

    import pikepdf

    out, made = BytesIO(), pikepdf.new()
    made.add_blank_page(page_size=(100, 100))
    made.save(out)
    return out.getvalue()


def test_page_costs_the_same_with_a_long_story(door, queries_of) -> None:
    mine, asked = agent(), ask("aid")
    client = door(mine)
    requests.take(reference=asked.reference, by=mine, at=timezone.now())
    short = queries_of(client, _page(asked))
    for n in range(3):
        requests.answer_person(
            reference=asked.reference, text=f"Réponse {n}", by=mine, at=timezone.now()
        )
    requests.ask_document(reference=asked.reference, what="Bail", by=mine, at=timezone.now())
    requests.ask_document(reference=asked.reference, what="Fiche", by=mine, at=timezone.now())
    assert queries_of(client, _page(asked)) <= short + 1


def test_graffito_leads_to_what_the_public_reads_of_it(door) -> None:
    mine, asked = agent(), ask("graffiti")
    html = door(mine).get(_page(asked)).content.decode()
    assert f'href="/desk/signalements/{asked.reference}/"' in html
    assert "/desk/signalements/" not in door(mine).get(_page(ask())).content.decode()


def test_question_leads_to_its_publication_for_who_may_rewrite_it(door) -> None:
    agreed = {"question": "Où aller ?", "public_ok": "yes"}
    asked, silent = ask(answers=agreed), ask(answers={**agreed, "public_ok": "no"})
    mine, editor = agent(), agent()
    Post.objects.create(agent_id=int(editor.ref), role=Role.EDITOR, since_date=date(2020, 1, 1))
    url = f'action="{reverse("desk:editor_question_read", args=[asked.reference])}"'
    worker = door(mine).get(_page(asked)).content.decode()
    assert (url in worker, "une version où nul ne peut la reconnaître" in worker) == (False, True)
    assert url in door(editor).get(_page(asked)).content.decode()
    said = door(editor).get(_page(silent)).content.decode()
    assert "Récrire pour la publier" not in said
    assert "une version où nul ne peut la reconnaître" not in said


def test_aid_of_another_commune_may_be_kept_here_by_its_button(door) -> None:
    Commune.objects.create(pk="23027", name_fr="Hal", search="hal")
    Locality.objects.create(postal_code="1500", name="Hal", commune_id="23027", search="hal")
    mine = agent()
    here, elsewhere = ask("aid"), ask("aid", postal_code="1500")
    client = door(mine)
    button = f'action="{_page(elsewhere)}acte/keep_here/"'
    html = client.get(_page(elsewhere)).content.decode()
    assert (button in html, "Garder ici : nous sommes compétents" in html) == (True, True)
    assert "keep_here" not in client.get(_page(here)).content.decode()
    assert _act(client, elsewhere, "keep_here", reason="Il dort à Mons.").status_code == 302
    assert "keep_here" not in client.get(_page(elsewhere)).content.decode()
