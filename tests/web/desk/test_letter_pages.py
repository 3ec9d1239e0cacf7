"""Letters at the desk: sent, listed, printed by whom may see them; templates tried and kept."""

import csv
from io import StringIO

import pytest
from tests.factories import letters as factory
from tests.factories.letters import NOW, OWNER
from tests.factories.requests import agent

from beffroi.accounts.enums import Role
from beffroi.audit.models import JournalEntry
from beffroi.core.actors import system_actor
from beffroi.documents.letters import permissions
from beffroi.documents.letters import services as letters
from beffroi.documents.letters.enums import Delivery
from beffroi.documents.letters.models import Letter, LetterBatch, LetterTemplate
from beffroi.documents.letters.shipped import shipped_templates
from beffroi.documents.letters.values import Recipient

pytestmark = pytest.mark.django_db
CANARY = "Canari Cache-Secret"


@pytest.fixture(autouse=True)
def aid_sees(monkeypatch) -> None:
    """The agents of the team `aid` see the letters about one person."""
    sees = {OWNER: lambda actor: ["P26000001"] if actor.in_team("aid") else []}
    monkeypatch.setattr(permissions, "_visible_subjects", sees)


@pytest.fixture
def worker(door):
    return door(agent(Role.SOCIAL_WORKER, "aid"))


@pytest.fixture
def other(door):
    return door(agent(Role.SOCIAL_WORKER, "debts"))


@pytest.fixture
def leader(door):
    return door(agent(Role.TEAM_LEADER, "aid"))


def _sent(reference: str, number: str) -> None:
    letters.mark_sent(
        letter=reference, how=Delivery.REGISTERED, number=number, by=system_actor("x"), at=NOW
    )


def test_list_shows_the_letters_one_may_see_and_costs_the_same(worker, other, queries_of) -> None:
    factory.write()
    factory.write(subject_ref="P26000002", recipient=Recipient(CANARY, ("rue 1",)))
    worker.get("/desk/courriers/")
    first = queries_of(worker, "/desk/courriers/")
    factory.write()
    factory.write()
    assert queries_of(worker, "/desk/courriers/") == first <= 8
    page = worker.get("/desk/courriers/").content.decode()
    assert page.count("L26-0000") == 2 * 3
    assert CANARY not in page
    assert "Aucune lettre n’attend." in other.get("/desk/courriers/").content.decode()


def test_page_of_a_letter_shows_it_and_is_journalled(worker) -> None:
    reference = factory.write()
    page = worker.get(f"/desk/courriers/lettres/{reference}/").content.decode()
    assert '<article class="sheet"' in page
    assert "Noter l’envoi" in page
    assert JournalEntry.objects.filter(verb="letter.read", object_ref=reference).count() == 1


@pytest.mark.parametrize("name", ["", "lettre.pdf", "lettre.docx", "remise.pdf"])
def test_letter_of_another_team_is_not_there(name: str, worker, other) -> None:
    hidden = factory.write(subject_ref="P26000002", recipient=Recipient(CANARY, ("rue 1",)))
    for client in (worker, other):
        answer = client.get(f"/desk/courriers/lettres/{hidden}/{name}")
        assert (answer.status_code, CANARY.encode() in answer.content) == (404, False)


def test_files_of_a_letter_are_handed_out_and_never_run(worker) -> None:
    reference = factory.write()
    starts = {"lettre.pdf": b"%PDF", "lettre.docx": b"PK", "remise.pdf": b"%PDF"}
    for name, start in starts.items():
        answer = worker.get(f"/desk/courriers/lettres/{reference}/{name}")
        assert answer.content.startswith(start)
        assert answer["Content-Disposition"].startswith("attachment")
        assert answer["Cache-Control"] == "no-store, private"


def test_sending_from_the_page_then_presentation(worker) -> None:
    reference = factory.write()
    path = f"/desk/courriers/lettres/{reference}/actes"
    lacks = worker.post(f"{path}/envoyer/", {"how": "registered", "number": ""})
    assert "Copiez-le de l’étiquette." in lacks.content.decode()
    worker.post(f"{path}/envoyer/", {"how": "registered", "number": "RR 1"})
    assert Letter.objects.get().state == "sent"
    again = worker.post(f"{path}/envoyer/", {"how": "registered", "number": "RR 2"})
    assert "Cette lettre n’en est plus là." in again.content.decode()
    day = Letter.objects.get().sent_at.date().isoformat()
    worker.post(f"{path}/presenter/", {"presented": day})
    assert Letter.objects.get().state == "presented"


def test_acts_on_a_letter_of_another_team_do_nothing(other) -> None:
    reference = factory.write()
    for act, given in (("envoyer", {"how": "post"}), ("ecarter", {"reason": "x"})):
        answer = other.post(f"/desk/courriers/lettres/{reference}/actes/{act}/", given)
        assert answer.status_code == 404
    assert Letter.objects.get().state == "written"


def test_registered_list_of_a_day_on_page_in_table_and_on_paper(worker, other, queries_of) -> None:
    to = Recipient("=cmd()", ("rue Fictive 12", "7000 Mons"), Delivery.REGISTERED)
    _sent(factory.write(recipient=to), "RR 1")
    path = "/desk/courriers/recommandes/?jour=2026-11-24"
    worker.get(path)
    first = queries_of(worker, path)
    for number in ("RR 2", "RR 3"):
        _sent(factory.write(), number)
    _sent(factory.write(subject_ref="P26000002", recipient=Recipient(CANARY, ("x",))), "RR 9")
    assert queries_of(worker, path) == first <= 7
    table = worker.get(path.replace("?", "liste.csv?")).content.decode()
    rows = list(csv.reader(StringIO(table.removeprefix("\ufeff")), delimiter=";"))
    assert [row[:3] for row in rows[1:]] == [
        ["1", "RR 1", "'=cmd()"], ["2", "RR 2", "Samira Exemple"], ["3", "RR 3", "Samira Exemple"],
    ]  # fmt: skip
    assert worker.get(path.replace("?", "liste.pdf?")).content.startswith(b"%PDF")
    assert "RR 1" not in other.get(path.replace("?", "liste.csv?")).content.decode()
    assert CANARY not in worker.get(path).content.decode()


def test_batch_is_written_slice_by_slice_without_javascript(worker, monkeypatch) -> None:
    from beffroi.web.desk.letters import batches

    ticks = iter([0.0, 1.0, 2.0, 9.0, 10.0, *[11.0] * 50])
    monkeypatch.setattr(batches, "monotonic", lambda: next(ticks))
    pk = factory.open_batch(4)
    path = f"/desk/courriers/lots/{pk}/"
    assert "0 lettres écrites sur 4" in worker.get(path).content.decode()
    assert worker.post(f"{path}ecrire/").headers["Location"] == path
    assert "2 lettres écrites sur 4 ; 2 attendent." in worker.get(path).content.decode()


def test_batch_goes_on_by_itself_with_htmx_and_stops_when_done(worker) -> None:
    path = f"/desk/courriers/lots/{factory.open_batch(2)}/"
    page = worker.post(f"{path}ecrire/", headers={"HX-Request": "true"}).content.decode()
    assert page.lstrip().startswith('<div id="progress"')
    assert "2 lettres écrites sur 2 ; 0 attendent." in page
    assert ("load delay" in page, "hx-get" in page) == (False, False)
    assert worker.get(f"{path}lettres.pdf").content.startswith(b"%PDF")
    LetterBatch.objects.get(state="done")


def test_batch_with_a_letter_one_may_not_see_is_not_there(worker, other) -> None:
    mine, hidden = factory.open_batch(2), factory.open_batch(1, subject_ref="P26000002")
    page = worker.get("/desk/courriers/lots/").content.decode()
    assert (str(mine) in page, str(hidden) in page) == (True, False)
    for name in ("", "lettres.pdf"):
        assert worker.get(f"/desk/courriers/lots/{hidden}/{name}").status_code == 404
        assert other.get(f"/desk/courriers/lots/{mine}/{name}").status_code == 404
    assert other.post(f"/desk/courriers/lots/{mine}/ecrire/").status_code == 404
    assert Letter.objects.count() == 0


def test_list_of_batches_costs_the_same_for_one_and_three(worker, queries_of) -> None:
    factory.open_batch()
    worker.get("/desk/courriers/lots/")
    first = queries_of(worker, "/desk/courriers/lots/")
    factory.open_batch()
    factory.open_batch()
    assert queries_of(worker, "/desk/courriers/lots/") == first <= 8


def _typed(**changed: str) -> dict[str, str]:
    shipped = shipped_templates()["grant", "fr"]
    texts = {"subject": shipped.subject, "first": shipped.first, "body": shipped.body}
    return {"since": "1", **texts, "note": "essai", **changed}


def test_template_is_tried_then_kept(leader) -> None:
    path = "/desk/courriers/modeles/grant/fr/"
    page = leader.get(path).content.decode()
    assert "Samira Exemple" in page
    tried = leader.post(path, _typed(act="preview", subject="Un autre objet")).content.decode()
    assert ("Un autre objet" in tried, LetterTemplate.objects.filter(version=2).exists()) == (
        True,
        False,
    )
    assert leader.post(path, _typed(act="save", subject="Un autre objet")).status_code == 302
    assert LetterTemplate.objects.get(version=2).subject == "Un autre objet"
    assert Letter.objects.get(reference=factory.write()).subject == "Un autre objet"
    assert leader.get(f"{path}versions/1/").status_code == 200
    leader.post(f"{path}reprendre/", {"version": "0"})
    assert (
        LetterTemplate.objects.get(version=3).subject == shipped_templates()["grant", "fr"].subject
    )


def test_template_that_loses_a_mention_says_which_and_keeps_what_was_typed(leader) -> None:
    page = leader.post(
        "/desk/courriers/modeles/grant/fr/", _typed(act="save", body="Mon texte à moi.")
    ).content.decode()
    assert "Il doit encore dire" in page
    assert "Mon texte à moi." in page
    assert LetterTemplate.objects.filter(version=2).exists() is False


def test_template_cannot_reach_outside_the_facts(leader) -> None:
    page = leader.post(
        "/desk/courriers/modeles/grant/fr/", _typed(act="preview", body="{{ settings.SECRET_KEY }}")
    ).content.decode()
    assert "settings.SECRET_KEY" in page
    assert "tests-only-not-a-secret" not in page


def test_templates_list_warns_of_what_is_not_confirmed(leader, worker) -> None:
    page = leader.get("/desk/courriers/modeles/").content.decode()
    assert "rue des 3 Boudins 10, 7000 Mons" in page
    assert "à confirmer" in page
    assert worker.get("/desk/courriers/modeles/").status_code == 404
    assert leader.get("/desk/courriers/modeles/poem/fr/").status_code == 404
