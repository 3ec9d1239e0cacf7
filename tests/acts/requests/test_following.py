"""After the opening: documents, times, handovers, what the person sees, and how it all ends."""

import io
import json
from datetime import timedelta

import pikepdf
import pytest
from django.core import mail
from django.utils import translation
from tests.factories.requests import NOW, Asked, agent, ask, brought_to, later

from beffroi.accounts.enums import Role
from beffroi.acts.requests import own_page, receipt, retention, words
from beffroi.acts.requests import services as requests
from beffroi.acts.requests.enums import Outcome
from beffroi.acts.requests.models import Handover, OfferedTime, RequestAttachment
from beffroi.acts.requests.services import Slot
from beffroi.audit.models import JournalEntry
from beffroi.core.actors import Actor
from beffroi.core.errors import InvalidInput, WrongState
from beffroi.documents.models import Attachment

pytestmark = pytest.mark.django_db


def pdf() -> bytes:
    out = io.BytesIO()
    made = pikepdf.new()
    made.add_blank_page()
    made.save(out)
    return out.getvalue()


@pytest.fixture
def mine() -> Actor:
    return agent()


@pytest.fixture
def other() -> Actor:
    return agent(Role.SOCIAL_WORKER, "debts")


def test_document_asked_then_received(mine: Actor) -> None:
    asked = ask()
    wanted = requests.ask_document(reference=asked.reference, what="Bail", by=mine, at=later())
    assert asked.row.state == "waiting"
    requests.add_file(
        **asked.key, name="bail.pdf", content=pdf(), at=later(2), answers_to=wanted.pk
    )
    wanted.refresh_from_db()
    joined = RequestAttachment.objects.get()
    assert (wanted.received_at, joined.answers_to_id, asked.row.state) == (
        later(2), wanted.pk, "in_hand",
    )  # fmt: skip


def test_document_of_another_request_is_not_met(mine: Actor) -> None:
    asked, another = ask(), ask()
    wanted = requests.ask_document(reference=another.reference, what="Bail", by=mine, at=later())
    requests.add_file(
        **asked.key, name="bail.pdf", content=pdf(), at=later(2), answers_to=wanted.pk
    )
    wanted.refresh_from_db()
    assert wanted.received_at is None
    assert RequestAttachment.objects.get().answers_to is None


def test_request_still_waits_while_a_document_is_missing(mine: Actor) -> None:
    asked = ask()
    first = requests.ask_document(reference=asked.reference, what="Bail", by=mine, at=later())
    requests.ask_document(reference=asked.reference, what="Fiche", by=mine, at=later(1))
    requests.add_file(**asked.key, name="bail.pdf", content=pdf(), at=later(2), answers_to=first.pk)
    assert asked.row.state == "waiting"


def test_thirteenth_file_is_refused() -> None:
    asked = ask()
    for number in range(12):
        requests.add_file(**asked.key, name=f"{number}.pdf", content=pdf(), at=later())
    with pytest.raises(InvalidInput):
        requests.add_file(**asked.key, name="13.pdf", content=pdf(), at=later())
    assert asked.row.attachments.count() == 12


def _offered(asked: Asked, by: Actor, *hours: float) -> list[OfferedTime]:
    slots = [Slot(later(h), 45, "Bureau 3") for h in hours]
    return requests.offer_times(reference=asked.reference, slots=slots, by=by, at=later())


def test_choosing_a_time_releases_the_others(mine: Actor) -> None:
    asked = ask("appointment")
    first, second = _offered(asked, mine, 48, 72)
    requests.choose_time(**asked.key, offered=second.pk, at=later(2))
    states = dict(asked.row.offered_times.values_list("pk", "state"))
    assert states == {first.pk: "released", second.pk: "chosen"}
    assert asked.row.state == "in_hand"
    with pytest.raises(WrongState):
        requests.choose_time(**asked.key, offered=first.pk, at=later(3))


def test_time_that_is_past_or_of_another_cannot_be_chosen(mine: Actor) -> None:
    asked, another = ask("appointment"), ask("appointment")
    (slot,) = _offered(asked, mine, 3)
    (not_hers,) = _offered(another, mine, 48)
    for offered, at in ((slot.pk, later(4)), (not_hers.pk, later(2))):
        with pytest.raises(WrongState):
            requests.choose_time(**asked.key, offered=offered, at=at)


def test_accepted_handover_is_in_the_hands_of_the_other_team(mine: Actor, other: Actor) -> None:
    asked = brought_to("passed", mine, other)
    assert asked.row.team.key == "aid"
    requests.accept(reference=asked.reference, by=other, at=later(3))
    row = asked.row
    assert (row.state, row.team.key, row.assignee) == ("received", "debts", None)
    assert Handover.objects.values_list("state", "answered_at").get() == ("accepted", later(3))


def test_declined_handover_comes_back_to_who_proposed_it(mine: Actor, other: Actor) -> None:
    asked = brought_to("passed", mine, other)
    with pytest.raises(InvalidInput):
        requests.decline(reference=asked.reference, reason=" ", by=other, at=later(3))
    requests.decline(reference=asked.reference, reason="Sans dettes.", by=other, at=later(3))
    row = asked.row
    assert (row.state, row.team.key, row.assignee_id) == ("in_hand", "aid", int(mine.ref))


def test_closed_request_takes_nothing_more(mine: Actor, other: Actor) -> None:
    asked = brought_to("closed", mine, other)
    with pytest.raises(WrongState):
        requests.reply(**asked.key, text="Encore", at=later(6))
    with pytest.raises(WrongState):
        requests.add_file(**asked.key, name="a.pdf", content=pdf(), at=later(6))
    assert (asked.row.attachments.count(), Attachment.objects.count()) == (0, 0)


def test_withdrawn_aid_stops_its_clocks() -> None:
    asked = ask("aid")
    requests.withdraw(**asked.key, at=later())
    assert not asked.row.clocks.filter(met_at=None, cancelled_at=None).exists()


def test_own_page_tells_all_but_what_is_of_the_house(mine: Actor, other: Actor) -> None:
    asked = ask("appointment")
    requests.read_file(reference=asked.reference, by=mine, at=later(), reason="Tri du matin")
    requests.take(reference=asked.reference, by=mine, at=later())
    requests.add_note(reference=asked.reference, text="NOTE-SECRÈTE", by=mine, at=later(1.1))
    requests.answer_person(reference=asked.reference, text="Bonjour.", by=mine, at=later(1.2))
    requests.ask_document(reference=asked.reference, what="Bail", by=mine, at=later(1.3))
    requests.add_file(**asked.key, name="bail.pdf", content=pdf(), at=later(1.4))
    _offered(asked, mine, 48)
    requests.pass_on(
        reference=asked.reference, to_team="debts", reason="RAISON-SECRÈTE", by=mine, at=later(2)
    )
    requests.decline(reference=asked.reference, reason="REFUS-SECRET", by=other, at=later(3))
    page = own_page.own_page(asked.row.pk, later(4))
    said = json.dumps(own_page.everything_held(page), default=str, ensure_ascii=False)
    for hidden in ("SECRÈTE", "SECRET", mine.label, other.label):
        assert hidden not in said
    assert [(look.post, look.reason) for look in page.looks] == [
        (mine.posts[0].label, "Tri du matin")
    ]
    assert [(event.title, event.text) for event in page.events] == [
        ("Votre demande est reçue et inscrite au registre", ""),
        ("Une personne de l’équipe s’en occupe", ""),
        ("L’équipe vous propose un rendez-vous", "jeudi 26 novembre 2026, 09:30"),
        ("L’équipe vous a écrit", "Bonjour."),
        ("L’équipe vous demande un document", "Bail"),
        ("Vous avez ajouté un fichier", "bail.pdf"),
        ("L’équipe Équipe aid propose votre demande à l’équipe Équipe debts", ""),
        ("L’équipe Équipe debts ne la reprend pas ; l’équipe Équipe aid la garde", ""),
    ]


def test_anonymised_request_holds_nothing_of_the_person(mine: Actor, other: Actor) -> None:
    asked = ask(
        "aid", name="Zénobie Quatremer", email="zenobie@exemple.test", phone="0470 99 88 77",
        answers={"situation": "Histoire de Zénobie"}, for_other=True, other_name="Archibald",
        postal_code="7033", files=(("zenobie.pdf", pdf()),),
    )  # fmt: skip
    requests.ask_document(reference=asked.reference, what="Bail Zénobie", by=mine, at=later())
    requests.reply(**asked.key, text="Je suis Zénobie", at=later(2))
    requests.pass_on(
        reference=asked.reference, to_team="debts", reason="Zénobie a des dettes",
        by=mine, at=later(3),
    )  # fmt: skip
    requests.decline(reference=asked.reference, reason="Zénobie non", by=other, at=later(4))
    requests.close(
        reference=asked.reference, outcome=Outcome.HELPED, text="Zénobie aidée", by=mine,
        at=later(5), why="Zénobie est aidée",
    )  # fmt: skip
    five_years = later(5) + timedelta(days=5 * 365)
    assert retention.anonymise_due(five_years - timedelta(seconds=1)) == 0
    assert retention.anonymise_due(five_years) == 1
    assert retention.anonymise_due(five_years) == 0
    row = asked.row
    left = [row, *row.moves.all(), *row.handovers.all(), *row.clocks.all()]
    left += list(JournalEntry.objects.all())
    told = " ".join(str(vars(one)) for one in left)
    for trace in ("Zénobie", "Quatremer", "zenobie", "99 88", "Archibald", "7033"):
        assert trace not in told
    counts = [row.messages.count(), row.documents_asked.count(), Attachment.objects.count()]
    assert counts == [0, 0, 0]
    assert (row.reference, row.received_at) == ("AID-2026-00001", NOW)
    with pytest.raises(requests.UnknownReference):
        requests.open_own_page(**asked.key)
    with pytest.raises(WrongState):
        leader = agent(Role.TEAM_LEADER)
        requests.reopen(reference=asked.reference, reason="Encore", by=leader, at=five_years)


def test_receipt_mail_leaves_after_the_commit_with_its_pdf(
    django_capture_on_commit_callbacks: object,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        asked = ask("aid", email="lucie@exemple.test", answers={"situation": "Mon secret"})
    (sent,) = mail.outbox
    assert sent.to == ["lucie@exemple.test"]
    assert asked.reference in sent.subject
    assert receipt.own_page_path(asked.reference, asked.receipt.secret, "fr") in sent.body
    assert "secret" not in sent.body.lower()
    name, content, kind = sent.attachments[0]
    assert (name, kind) == (f"{asked.reference}.pdf", "application/pdf")
    with pikepdf.open(io.BytesIO(content)) as read:
        assert len(read.pages) == 1
        assert read.Root.MarkInfo.Marked
        assert str(read.Root.Lang) == "fr"


def test_news_mail_says_nothing_of_the_answer(
    mine: Actor, django_capture_on_commit_callbacks: object
) -> None:
    asked = ask(email="lucie@exemple.test", lang="nl")
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        requests.answer_person(
            reference=asked.reference, text="Votre dossier de dettes", by=mine, at=later()
        )
    (sent,) = mail.outbox
    assert "dettes" not in sent.body + sent.subject
    assert asked.receipt.secret not in sent.body
    assert "/nl/suivi/" in sent.body


@pytest.mark.parametrize("kind", ["aid", "question"])
def test_receipt_pdf_is_one_page_even_at_its_longest(kind: str) -> None:
    from beffroi.directory.models import Commune, Locality

    long = Commune.objects.create(pk="23027", name_fr="Ottignies-Louvain-la-Neuve", search="o")
    Locality.objects.create(commune=long, postal_code="1340", search="1340")
    asked = ask(kind, postal_code="1340", email="lucie@exemple.test")
    page = receipt.receipt_page(asked.row, asked.receipt.secret, NOW.date())
    with pikepdf.open(io.BytesIO(receipt.receipt_pdf(page))) as read:
        assert len(read.pages) == 1


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("30 calendar days", "30 jours calendrier"), ("1 calendar day", "1 jour calendrier"),
        ("5 working days", "5 jours ouvrables"), ("3 months", "3 mois"), ("1 year", "1 an"),
        ("same day", "le jour même"),
    ],
)  # fmt: skip
def test_rule_is_said_in_words(rule: str, said: str) -> None:
    with translation.override("fr"):
        assert words.rule_in_words(rule) == said


def test_notification_is_marked_as_not_verified() -> None:
    after = words.limits_after_decision(NOW.date())
    assert [(limit.key, limit.is_verified) for limit in after] == [
        ("notification", False),
        ("appeal", True),
    ]


def test_request_opened_again_meanwhile_is_not_emptied(mine: Actor, other: Actor) -> None:
    asked = brought_to("closed", mine, other)
    stale = asked.row
    leader = agent(Role.TEAM_LEADER)
    requests.reopen(reference=asked.reference, reason="Erreur.", by=leader, at=later(5))
    assert retention.anonymise(stale, later(6)) is False
    assert (asked.row.name, asked.row.anonymised_at) == ("Lucie Baudour", None)
