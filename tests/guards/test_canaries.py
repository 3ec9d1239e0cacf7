"""Facts of one person, looked for in every page, paper and file that each agent can obtain.

Four people look: somebody close to her, whatever her posts; an agent of another team; one of the
same team who has not the file; nobody at all. What each may not hear is nowhere she can look.
"""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from html import unescape

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from beffroi.accounts.enums import CASE_ROLES, Role
from beffroi.audit.models import JournalEntry
from beffroi.core.actors import Actor
from beffroi.people import services as people
from beffroi.web.addresses import named_addresses
from tests.factories.requests import agent
from tests.guards import canary_story as story
from tests.guards.canary_story import browser_of

#: Addresses with parameters that name nothing about a person.
_NOT_OF_A_PERSON = re.compile(
    r"desk:(editor_|import_|letter_template|agenda_|council_mandate|debts_creditor$"
    r"|insertion_(new|partner|place)$|request_fill_in$|letter_batch|duplicate|merge_undo"
    r"|finance_)"
)
#: What a list is asked for: each word of an address that opens another view of it.
_QUERIES = {
    "desk:files": ("miens", "equipe", "retard", "libres", "clos"),
    "desk:requests": ("toutes", "miennes", "attente", "proposees", "cloturees", story.TEAM),
}
_WORDS = (*story.NAME, *story.SEALED, story.FILE[0], story.REQUEST[2])
#: Roles that look for persons, whatever their team: a name is theirs to read on pages of persons.
_SEARCHERS = {Role.RECEPTION, Role.SOCIAL_WORKER, Role.TEAM_LEADER}
_SEATED = {Role.COUNCIL_MEMBER, Role.PRESIDENT, Role.DIRECTOR_GENERAL}


@pytest.fixture
def told(catalogue, settings, short_refusals) -> story.Story:
    settings.BEFFROI_SECOND_FACTOR = False
    return story.tell()


def _addresses(told: story.Story) -> Iterator[tuple[str, str]]:
    """Every address of the desk that may speak of her, with the parameters that name her."""
    for address in named_addresses():
        if not address.name.startswith("desk:"):
            continue
        given = told.arguments.get(address.name.removeprefix("desk:"))
        if given is not None:
            yield address.name, reverse(address.name, kwargs=given)
        elif "<" not in address.path:
            path = reverse(address.name)
            yield address.name, path
            for word in _QUERIES.get(address.name, ()):
                yield address.name, f"{path}?liste={word}"


def _heard(answer: HttpResponse) -> str:
    """What an answer says: the text of a page, of a PDF, of a letter to edit, of a table."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
    if body.startswith(b"%PDF"):
        pages = PdfReader(io.BytesIO(body)).pages
        return " ".join(page.extract_text() for page in pages)
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as parts:
            return " ".join(parts.read(name).decode(errors="ignore") for name in parts.namelist())
    heads = " ".join(f"{key}: {value}" for key, value in answer.items())
    return unescape(body.decode(errors="ignore")) + heads


def _everywhere(client: Client, told: story.Story) -> Iterator[tuple[str, str]]:
    """Every answer this browser obtains, by the name of its address."""
    for name, path in _addresses(told):
        answer = client.get(path)
        if answer.status_code in (200, 302):
            yield name, _heard(answer)
    for word in _WORDS:
        # A page repeats what was typed: what it found besides is what counts.
        said = _heard(client.post(reverse("desk:search"), {"q": word}))
        yield "desk:search", said.replace(word, "")
        said = _heard(client.post(reverse("desk:people"), {"mots": word}, follow=True))
        yield "desk:people", said.replace(word, "")


def _leaks(
    client: Client, told: story.Story, secret: Iterable[str], but: re.Pattern[str] | None = None
) -> list[tuple[str, str]]:
    """The canaries heard, with where."""
    found = set()
    for name, said in _everywhere(client, told):
        if but and but.search(name):
            continue
        found |= {(name, canary) for canary in secret if canary in said}
    return sorted(found)


def _agent(role: str, *teams: str) -> Actor:
    """An agent with this role in each of these teams, or in the whole house."""
    return agent(role, teams[0] if role in CASE_ROLES else "")


def _posts() -> list[tuple[str, str]]:
    """Each role, in each team that has something about her where the role is held in a team."""
    teams = (story.TEAM, story.MEDIATION, story.INSERTION)
    return [(r, t) for r in sorted(Role) for t in (teams if r in CASE_ROLES else ("",))]


def test_every_address_about_a_person_is_looked_at(told) -> None:
    """A new page with a parameter is added to the story, or said to be about no person."""
    missing = [
        address.name
        for address in named_addresses()
        if address.name.startswith("desk:") and "<" in address.path
        and not _NOT_OF_A_PERSON.match(address.name)
        and address.name.removeprefix("desk:") not in told.arguments
    ]  # fmt: skip
    assert missing == []


def test_worker_of_the_file_hears_her_canaries(told) -> None:
    """The canaries sing where they may: otherwise their silence would prove nothing."""
    heard = {c for _n, c in _leaks(browser_of(told.worker), told, story.EVERYTHING)}
    silent = {*story.DEBTS, *story.PROJECT, *story.AMOUNT}
    assert set(story.EVERYTHING) - silent - heard == set()
    assert heard & set(story.AMOUNT)
    mediator = {c for _n, c in _leaks(browser_of(told.mediator), told, story.DEBTS)}
    assert mediator == set(story.DEBTS)


def test_somebody_close_to_her_hears_nothing(told) -> None:
    secret = [c for c in story.EVERYTHING if c not in story.REQUEST]
    wrong = []
    for role, team in _posts():
        who = _agent(role, team)
        told.council.seat(who)
        people.link_staff(
            agent=int(who.ref), reference=told.person, link="close", by=story.HOUSE,
            at=timezone.now(),
        )  # fmt: skip
        wrong += [(role, team, *leak) for leak in _leaks(browser_of(who), told, secret)]
    assert wrong == []


def test_another_team_hears_nothing_of_a_file(told) -> None:
    wrong = []
    for role in sorted(Role):
        for name, canary in _leaks(browser_of(_agent(role, "energy")), told, story.EVERYTHING):
            a_name = canary in story.NAME and role in _SEARCHERS
            if not (a_name and re.match(r"desk:(people|person|duplicate)", name)):
                wrong.append((role, name, canary))
    assert wrong == []


def test_a_sealed_address_is_read_by_whose_file_it_is_alone(told) -> None:
    wrong = []
    for role, team in _posts():
        who = _agent(role, team)
        told.council.seat(who)
        wrong += [(role, team, *leak) for leak in _leaks(browser_of(who), told, story.SEALED)]
    assert wrong == []


def test_same_team_hears_the_enquiry_only_after_a_reason(told) -> None:
    mate = _agent(Role.SOCIAL_WORKER, story.TEAM)
    client = browser_of(mate)
    secret = (*story.FILE, *story.AMOUNT)
    assert _leaks(client, told, secret) == []
    given = told.arguments["file_open"]
    client.post(reverse("desk:file_open", kwargs=given), {"reason": "La collègue est absente."})
    assert {c for _n, c in _leaks(client, told, story.FILE)} != set()


def test_those_who_sit_hear_what_they_decide_and_only_there(told) -> None:
    for role in sorted(_SEATED):
        who = _agent(role)
        told.council.seat(who)
        council = re.compile(r"desk:council")
        assert _leaks(browser_of(who), told, story.EVERYTHING, council) == [], role


def test_nobody_hears_anything_without_signing_in(told) -> None:
    client = Client()
    assert _leaks(client, told, story.EVERYTHING) == []
    secret = dict(told.portal, secret="AAAA-BBBB-CCCC")  # noqa: S106
    for address in named_addresses():
        if address.name.startswith("portal:follow_up") and "attachment" not in address.path:
            given = {k: v for k, v in secret.items() if f":{k}>" in address.path}
            if "offered" not in address.path:
                said = _heard(client.get(reverse(address.name, kwargs=given)))
                assert [c for c in story.EVERYTHING if c in said] == [], address.name
    for path in ("/api/open311/v2/requests.json", "/api/open311/v2/requests.xml", "/questions/"):
        assert [c for c in story.EVERYTHING if c in _heard(client.get(path))] == []


def test_her_own_page_says_who_looked_and_nothing_of_the_files(told) -> None:
    client = Client()
    path = reverse("portal:follow_up", kwargs=told.portal)
    said = _heard(client.get(path))
    told_of = (*story.SEALED, *story.FILE, *story.AMOUNT, *story.DEBTS, *story.PROJECT)
    assert [c for c in told_of if c in said] == []
    assert story.REQUEST[0] in said


def test_journal_keeps_no_canary(told) -> None:
    for name, _said in _everywhere(browser_of(told.worker), told):
        assert name
    kept = " ".join(
        f"{row.verb} {row.object_ref} {row.subject_ref} {row.reason} {row.detail}"
        for row in JournalEntry.objects.all()
    )
    assert [c for c in story.EVERYTHING if c in kept] == []
