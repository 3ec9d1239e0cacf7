"""Each mail of the house: its links open for whoever it is written to, and for nobody else."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings as house
from django.core import mail
from django.test import Client
from tests.factories import agenda, editors
from tests.factories import commission as seats
from tests.factories.requests import NOW, agent, ask, later
from tests.factories.steering import GIVEN, HOUSE, lead, line, plan

import beffroi
from beffroi.accounts.enums import Role
from beffroi.accounts.models import Agent
from beffroi.acts.agenda import services as appointments
from beffroi.acts.requests import services as requests
from beffroi.core.actors import Actor
from beffroi.directory import services as directory
from beffroi.steering import services as steering

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"
_LINK = re.compile(r"https?://[^\s<>«»]+")


@pytest.fixture(autouse=True)
def without_second_factor(settings) -> None:
    settings.BEFFROI_SECOND_FACTOR = False


@pytest.fixture
def sent(django_capture_on_commit_callbacks) -> Callable[[Callable[[], object]], list[str]]:
    """Does something, and gives the paths that its mails lead to; a link leads only to this house."""

    def paths(act: Callable[[], object]) -> list[str]:
        mail.outbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            act()
        assert mail.outbox
        links = sorted(
            {link.rstrip(".,;)") for one in mail.outbox for link in _LINK.findall(one.body)}
        )
        root = house.BEFFROI_PUBLIC_URL.rstrip("/")
        assert all(link.startswith(f"{root}/") for link in links)
        return [link.removeprefix(root) for link in links]

    return paths


def _opens(path: str, who: Actor | None) -> int:
    """What somebody is answered who opens this address: one who is not an agent did not sign in."""
    browser = Client()
    if who is not None:
        browser.force_login(Agent.objects.get(pk=who.ref), backend=BACKEND)
    return browser.get(path).status_code


def test_asked_words_open_for_the_one_who_tells_the_line(sent) -> None:
    plan()
    hers, other = agent(Role.ANIMATOR, "houses"), agent(Role.ANIMATOR, "houses")
    Agent.objects.filter(pk=hers.ref).update(email="ana@exemple.be")
    steering.name_teller(line=line(3), agent=int(hers.ref), **GIVEN)
    at = datetime(2026, 1, 15, 8, tzinfo=UTC)
    (path,) = sent(lambda: steering.ask_texts(by=HOUSE, at=at))
    assert [_opens(path, who) for who in (hers, lead())] == [200, 200]
    strangers = (other, agent(Role.SOCIAL_WORKER), agent(Role.RECEPTION, "reception"), None)
    assert [_opens(path, who) for who in strangers] == [404, 404, 404, 302]


def test_what_is_to_be_read_again_opens_for_editors(sent) -> None:
    editors.service(name="Repas")
    editor = editors.agent(Role.EDITOR)
    (path,) = sent(lambda: directory.send_reminders(by=editors.editor(), at=NOW))
    her = next(one for one in Agent.objects.filter(pk=editor.pk))
    browser = Client()
    browser.force_login(her, backend=BACKEND)
    assert browser.get(path).status_code == 200
    assert [_opens(path, who) for who in (agent(Role.ANIMATOR, "houses"), agent(), None)] == [
        404, 404, 302,
    ]  # fmt: skip


@pytest.mark.parametrize("lang", ["fr", "nl"])
def test_receipt_opens_its_own_page_and_no_other_code_does(sent, lang: str) -> None:
    made = []
    (path,) = sent(lambda: made.append(ask("aid", email="lucie@exemple.test", lang=lang)))
    secret = made[0].receipt.secret
    assert secret in path
    wrong = path.replace(secret, f"{secret[:-1]}{'A' if secret[-1] != 'A' else 'B'}")
    assert [Client().get(one).status_code for one in (path, wrong)] == [200, 404]


def test_news_opens_where_a_code_is_typed_and_shows_nothing_by_itself(sent) -> None:
    mine = agent()
    asked = ask(email="lucie@exemple.test")
    requests.take(reference=asked.reference, by=mine, at=later())
    (path,) = sent(
        lambda: requests.answer_person(
            reference=asked.reference, text="Venez lundi", by=mine, at=later(2)
        )
    )
    page = Client().get(path)
    assert page.status_code == 200
    assert asked.reference not in page.content.decode()
    assert "Venez lundi" not in page.content.decode()


def test_reminder_and_invitation_lead_nowhere(sent) -> None:
    agenda.appointment(agent(), 48, email="lucie@exemple.test")
    assert sent(lambda: appointments.prepare_reminders(by=HOUSE, at=NOW)) == []
    plan()
    row = seats.meeting(seats.commission())
    seats.member(row.commission, email="siege@exemple.be")
    seats.point(row, title="Bilan")
    assert sent(lambda: steering.invite(meeting=row, **GIVEN)) == []


def test_every_kind_of_mail_of_the_house_is_followed_here() -> None:
    root = Path(beffroi.__file__).parent
    writers = {
        str(path.relative_to(root)) for path in root.rglob("*.py")
        if re.search(r"\b(EmailMessage|EmailMultiAlternatives|send_mail|mail_admins)\(", path.read_text())
    }  # fmt: skip
    assert writers == {
        "steering/services/tellers.py", "steering/services/meetings.py",
        "directory/services/reminders.py", "acts/agenda/services/reminding.py",
        "acts/requests/services/letters.py",
    }  # fmt: skip
