"""What a person reads of her request is in her language: words, dates, law, teams, mail."""

import pytest
from django.core import mail
from django.utils import translation
from tests.factories.requests import agent, ask, later, team

from beffroi.acts.requests import own_page, receipt, words
from beffroi.acts.requests import services as requests
from beffroi.acts.requests.enums import Outcome

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("lang", "thirty", "one", "same"),
    [
        ("fr", "30 jours calendrier", "1 an", "le jour même"),
        ("nl", "30 kalenderdagen", "1 jaar", "dezelfde dag"),
        ("de", "30 Kalendertage", "1 Jahr", "am selben Tag"),
        ("en", "30 calendar days", "1 year", "the same day"),
    ],
)
def test_rule_is_said_in_the_language(lang: str, thirty: str, one: str, same: str) -> None:
    with translation.override(lang):
        said = [words.rule_in_words(rule) for rule in ("30 calendar days", "1 year", "same day")]
    assert said == [thirty, one, same]


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("fr", "loi 26/05/2002 art. 18 §2; charte de l’assuré social"),
        ("nl", "wet van 26/05/2002, art. 18 §2; handvest van de sociaal verzekerde"),
        ("de", "Gesetz vom 26.05.2002, Art. 18 §2; Charta der Sozialversicherten"),
        ("en", "law of 26/05/2002, art. 18 §2; charter of the socially insured"),
    ],
)
def test_law_is_named_in_the_language(lang: str, said: str) -> None:
    with translation.override(lang):
        written = words.reference_in_words("loi 26/05/2002 art. 18 §2; charte de l’assuré social")
    assert written == said


def test_law_that_is_not_known_stays_as_it_is_written() -> None:
    with translation.override("nl"):
        assert words.reference_in_words("décret du 12/07/2001") == "décret du 12/07/2001"


def test_team_that_was_renamed_keeps_its_own_name() -> None:
    with translation.override("de"):
        assert words.team_in_words("Médiation de dettes") == "Schuldenvermittlung"
        assert words.team_in_words("Le Relais de Cuesmes") == "Le Relais de Cuesmes"
        assert words.team_in_words("") == ""


def test_post_is_said_with_its_team() -> None:
    with translation.override("en"):
        said = words.post_in_words("Assistance sociale, Médiation de dettes")
    assert said == "Social work, Debt mediation"


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("fr", "transmise au CPAS compétent"),
        ("nl", "overgemaakt aan het bevoegde OCMW"),
        ("de", "An das zuständige ÖSHZ weitergeleitet"),
        ("en", "passed on to the competent CPAS"),
    ],
)
def test_outcome_stands_in_a_sentence(lang: str, said: str) -> None:
    with translation.override(lang):
        assert words.amid_sentence(str(Outcome.TRANSFERRED.label)) == said


@pytest.mark.parametrize(
    ("lang", "subject", "received"),
    [
        ("nl", "Ontvangstbewijs", "Ontvangen op dinsdag 24 november 2026 om 09:30"),
        ("de", "Empfangsbestätigung", "Eingegangen am Dienstag, 24. November 2026 um 09:30 Uhr"),
        ("en", "Receipt", "Received on Tuesday 24 November 2026 at 09:30"),
    ],
)
def test_mail_is_in_the_language_of_the_person(
    lang: str, subject: str, received: str, django_capture_on_commit_callbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        asked = ask(lang=lang, email="lucie@exemple.test")
    assert [m.subject for m in mail.outbox] == [f"{subject} {asked.reference}"]
    assert received in mail.outbox[0].body.splitlines()


def test_receipt_of_an_aid_names_the_team_in_the_language() -> None:
    named = team("debts")
    named.name = "Médiation de dettes"
    named.save()
    asked = ask("aid", team_key="debts")
    with translation.override("nl"):
        page = receipt.receipt_page(asked.row, asked.receipt.secret, later().date())
    assert page.reach.team == "Schuldbemiddeling"
    assert page.next_steps[0] == (
        "Het team Schuldbemiddeling leest uw aanvraag en vertrouwt ze aan iemand toe."
    )


def test_what_is_held_names_each_limit_in_the_language() -> None:
    asked = ask("aid")
    by = agent()
    requests.take(reference=asked.reference, by=by, at=later())
    with translation.override("de"):
        held = own_page.everything_held(own_page.own_page(asked.row.pk, later(2)))
    assert {limit["what"]: limit["label"] for limit in held["legal_limits"]} == {
        "register": "Eintragung ins Register",
        "receipt": "Empfangsbestätigung",
        "decision": "Entscheidung des Rates",
        "late_interest": "Zinsen bei verspäteter Entscheidung",
    }
