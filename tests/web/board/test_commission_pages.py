"""The commission, the calendar, the diagnosis and the words of a line, as agents meet them."""

from datetime import date, timedelta
from html.parser import HTMLParser

import icalendar
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.factories.commission import ON_THE_DAY, change, commission, meeting, member, point
from tests.factories.requests import agent
from tests.factories.steering import GIVEN, lead, line, plan

from beffroi.accounts.enums import Role
from beffroi.steering import services as steering
from beffroi.steering.models import (
    AgendaPoint,
    ChangeRequest,
    Commission,
    CommissionDecision,
    CommissionMeeting,
    CommissionMember,
    DiagnosisItem,
    IsadfImport,
    LineTeller,
    LineYear,
)

pytestmark = pytest.mark.django_db
ROOT = "/board/plans/mons-pcs-2020/"
BODY, DIAGNOSIS = f"{ROOT}commission/", f"{ROOT}diagnostic/"
HEAD = "edition;ins;droit;valeur;moyenne_regionale;rang\n"


class _Page(HTMLParser):
    """Identifiers, labels and references of a page, to see that each leads somewhere once."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.aims: list[str] = []
        self.h1 = 0
        self.bare: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs) -> None:
        given = dict(attrs)
        self.ids += [given["id"]] if given.get("id") else []
        for name in ("for", "aria-labelledby", "aria-describedby"):
            self.aims += (given.get(name) or "").split()
        self.h1 += tag == "h1"
        if tag == "svg" and "aria-hidden" not in given and not given.get("aria-label"):
            self.bare.append(str(given))


def _sound(text: str) -> None:
    page = _Page(text)
    twice = {one for one in page.ids if page.ids.count(one) > 1}
    assert (page.h1, twice, set(page.aims) - set(page.ids), page.bare) == (1, set(), set(), [])


def _page(browser, path: str) -> str:
    answer = browser.get(path)
    assert answer.status_code == 200
    text = answer.content.decode()
    _sound(text)
    return text


def _post(browser, path: str, act: str, **data):
    return browser.post(f"{path}?acte={act}", data)


def _cost(browser, path: str) -> int:
    with CaptureQueriesContext(connection) as seen:
        assert browser.get(path).status_code == 200
    return len([q for q in seen if "SAVEPOINT" not in q["sql"]])


def test_lead_sets_a_commission_up_from_nothing(door) -> None:
    plan()
    browser = door(lead())
    assert "Ce plan n’a pas encore de commission" in _page(browser, BODY)
    assert _post(browser, BODY, "regler", notice_days=12, quorum_percent="", source="").url == BODY
    given = {
        "name": "Ana", "organisation": "Ville", "seat": "commune", "office": "chair",
        "since": "2026-01-01", "email": "ana@exemple.be", "alternate_of": "",
    }  # fmt: skip
    _post(browser, BODY, "sieger", **given)
    titular = CommissionMember.objects.get()
    _post(browser, BODY, "sieger", **{**given, "name": "Bea", "alternate_of": titular.pk})
    page = _page(browser, BODY)
    assert "remplace Ana (Ville)" in page
    assert "Siège encore vide : CPAS, Chef de projet, Service ou association partenaire" in page.replace("\xa0", " ")  # fmt: skip
    _post(browser, BODY, "quitter", member=titular.pk, until=timezone.localdate().isoformat())
    assert set(CommissionMember.objects.values_list("until_date", flat=True)) == {
        timezone.localdate()
    }
    assert Commission.objects.get().notice_days == 12


def test_refusal_stands_beside_its_field_and_what_was_typed_stays(door) -> None:
    plan()
    browser = door(lead())
    answer = _post(browser, BODY, "regler", notice_days=12, quorum_percent=60, source="")
    page = answer.content.decode()
    assert answer.status_code == 422
    _sound(page)
    assert "Dites où ce quorum est écrit" in page
    assert 'name="quorum_percent" value="60"' in page
    assert "<title>Erreur" in page
    assert not Commission.objects.exists()


def test_meeting_goes_its_whole_road_on_its_page(door, django_capture_on_commit_callbacks) -> None:
    plan()
    commission(notice_days=0)
    asked, browser, today = change(), door(lead()), timezone.localdate()
    _post(browser, BODY, "reunir", on=today.isoformat(), start="14:00", place="Salle")
    path = f"{BODY}1/"
    assert "L’ordre du jour est encore vide." in _page(browser, path)
    _post(browser, path, "inscrire", subject=f"change:{asked.pk}", title="")
    _post(browser, path, "inscrire", subject="", title="Divers")
    _post(browser, path, "inscrire", subject="evaluation", title="")
    _post(browser, path, "retirer", point="3")
    with django_capture_on_commit_callbacks(execute=True):
        _post(browser, path, "inviter", late_reason="")
    assert "Ouvrir la réunion" in _page(browser, path)
    people = {f"m{m.pk}": "present" for m in CommissionMember.objects.all()}
    _post(browser, path, "noter", **people)
    _post(browser, path, "ouvrir")
    assert "4 membres qui votent étaient là" in _page(browser, path)
    wrong = _post(browser, path, "avis", ref="1", opinion="remarks", remarks="", votes_for="3")
    assert wrong.status_code == 422
    _sound(wrong.content.decode())
    assert "Écrivez 0 si personne" in wrong.content.decode()
    votes = {"votes_for": 3, "votes_against": 1, "votes_none": 0}
    _post(browser, path, "avis", ref="1", opinion="favourable", remarks="", **votes)
    assert ChangeRequest.objects.get().opinion == "Favorable (3 pour, 1 contre, 0 abstentions)"
    _post(browser, path, "ecrire", ref="2", minutes="Rien à signaler.", version=0)
    owner = CommissionMember.objects.get(seat="cpas")
    due = (today + timedelta(days=30)).isoformat()
    _post(browser, path, "decider", text="Écrire", owner=owner.pk, due=due, point="2")
    _post(browser, path, "clore")
    _post(browser, path, "approuver", on=today.isoformat())
    assert CommissionMeeting.objects.get().state == "approved"
    made = CommissionDecision.objects.get()
    assert (made.point.title, made.owner) == ("Divers", owner)
    _post(browser, BODY, "suivre", decision=made.pk, outcome="Lettre partie", on=today.isoformat())
    assert "Lettre partie" in _page(browser, BODY)


@pytest.mark.parametrize("paper", ["invitation", "presences", "proces-verbal"])
def test_paper_is_a_pdf_once_the_meeting_can_have_it(door, paper: str) -> None:
    plan()
    body = commission()
    row = meeting(body)
    put = point(row)
    path = f"{BODY}1/{paper}.pdf"
    browser = door(lead())
    assert browser.get(path).status_code == (404 if paper == "proces-verbal" else 200)
    steering.invite(meeting=row, **GIVEN)
    people = {one.pk: "present" for one in CommissionMember.objects.all()}
    steering.note_presences(meeting=row, presences=people, **ON_THE_DAY)
    steering.hold_meeting(meeting=row, **ON_THE_DAY)
    steering.give_opinion(point=put, opinion="favourable", **ON_THE_DAY)
    answer = browser.get(path)
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")
    assert browser.get(f"{BODY}1/autre.pdf").status_code == 404
    assert browser.get(f"{BODY}9/{paper}.pdf").status_code == 404


def test_readers_of_the_board_read_and_cannot_act(door) -> None:
    plan()
    row = meeting(commission())
    point(row)
    browser = door(agent(Role.PRESIDENT))
    for path in (BODY, f"{BODY}1/", DIAGNOSIS):
        assert "?acte=" not in _page(browser, path)
    assert _post(browser, BODY, "regler", notice_days=1).status_code == 404
    assert _post(browser, f"{BODY}1/", "inviter", late_reason="x").status_code == 404
    assert _post(browser, BODY, "inconnu").status_code == 404
    assert CommissionMeeting.objects.get().state == "draft"
    assert Commission.objects.get().notice_days == 10


def test_pages_cost_the_same_for_one_row_and_three(door) -> None:
    plan()
    body, browser, costs = commission(), door(lead()), []
    days = [date(2026, 12, day) for day in (10, 11, 14)]
    rights = tuple(plan().programme.rights.all()[:2])
    for number, on in enumerate(days, 1):
        row = meeting(body, on)
        change(number)
        member(body, name=f"Encore {number}")
        draft = steering.ItemDraft(f"Besoin {number}", "x", 1, rights, (line(number),))
        steering.note_need(plan=body.plan, draft=draft, **GIVEN)
        for title in ("A", "B")[: min(number, 2)]:
            point(row, title=title)
        costs.append([_cost(browser, path) for path in (BODY, DIAGNOSIS)])
    assert costs[0] == costs[2]
    one, two = (_cost(browser, f"{BODY}{n}/") for n in (1, 2))
    assert one == two
    assert max(*costs[2], two) <= 32


def test_file_of_the_isadf_is_read_and_drawn_with_its_table(door) -> None:
    plan()
    browser = door(lead())
    rows = "2013;53053;santé;1.5;0;241\n2013;53053;logement;-0.4;0;30\n2013;53053;Accès;2;0;7\n"
    file = SimpleUploadedFile("isadf.csv", (HEAD + rows).encode())
    _post(browser, DIAGNOSIS, "importer", file=file, source="Pour ce test", is_fictional="on")
    page = _page(browser, DIAGNOSIS)
    assert "une valeur haute est une difficulté ; le dessin la retourne" in page.replace("\xa0", " ").replace("\u202f", " ")  # fmt: skip
    assert 'class="radar"' in page
    assert "Ces valeurs sont inventées" in page
    assert page.count('class="dot"') == 3 + 2
    right = plan().programme.rights.get(name="alimentation")
    value = IsadfImport.objects.get().values.get(name="Accès")
    _post(browser, DIAGNOSIS, "relier", value=value.pk, right=right.pk)
    assert _page(browser, DIAGNOSIS).count('class="dot"') == 3 + 3


def test_file_that_is_refused_says_why_beside_its_field(door) -> None:
    plan()
    file = SimpleUploadedFile("isadf.csv", (HEAD + "2017;53053;santé;0.5;0;1\n").encode("latin-1"))
    answer = _post(door(lead()), DIAGNOSIS, "importer", file=file, source="x")
    assert answer.status_code == 422
    assert "L’édition 2017 n’est pas connue" in answer.content.decode()


def test_need_is_noted_rewritten_and_retired_on_its_page(door) -> None:
    plan()
    browser, right = door(lead()), plan().programme.rights.get(name="santé")
    given = {"need": "Pas de médecin", "source": "Comité", "priority": "1", "rights": [right.pk]}
    _post(browser, DIAGNOSIS, "noter", **given, version=0)
    assert "1 besoin observé n’a pas encore de réponse." in _page(browser, DIAGNOSIS)
    again = {**given, "lines": ["9", "10"], "version": 0}
    _post(browser, DIAGNOSIS, "reprendre", ref="1", **again)
    made = DiagnosisItem.objects.get()
    assert [one.number for one in made.lines.all()] == [9, 10]
    _post(browser, DIAGNOSIS, "retirer", item="1", on=timezone.localdate().isoformat())
    made.refresh_from_db()
    assert made.retired_date == timezone.localdate()


def test_calendar_says_when_no_commission_and_no_council_is_left(door) -> None:
    held, browser, year = plan(), door(lead()), timezone.localdate().year
    path = f"{ROOT}calendrier/{year}/"
    page = _page(browser, path)
    assert "Aucun conseil n’est encore prévu d’ici là" in page
    assert "Aucune réunion de la commission n’est prévue" in page
    steering.announce_council(plan=held, on=date(year + 1, 3, 17), source="Greffe", **GIVEN)
    meeting(commission(), date(year + 1, 2, 5))
    page = _page(browser, path)
    assert "Aucun conseil n’est encore prévu" not in page
    assert "Aucune réunion de la commission" not in page
    file = icalendar.Calendar.from_ical(browser.get(f"{path}agenda.ics").content)
    days = {str(e["uid"]): (e["dtstart"].dt, str(e["summary"])) for e in file.walk("VEVENT")}
    assert days[f"mons-pcs-2020-council-{year}@beffroi"] == (
        date(year + 1, 3, 17), "Conseil : vote des rapports",
    )  # fmt: skip
    assert days["mons-pcs-2020-meeting-1@beffroi"][0].isoformat()[:16] == f"{year + 1}-02-05T14:00"
    assert days[f"mons-pcs-2020-send-{year}@beffroi"][0] == date(year + 1, 3, 31)
    assert len(days) == len(file.walk("VEVENT"))


def test_whoever_is_named_writes_the_words_of_her_line_and_no_other(door) -> None:
    plan()
    who = agent(Role.ANIMATOR, "houses")
    path = f"{ROOT}lignes/12/annee/2025/"
    boss = door(lead())
    assert "Personne n’est désigné." in _page(boss, path)
    _post(boss, path, "nommer", agent=who.ref)
    browser = door(who)
    assert "vous n’avez rien à recopier" in _page(browser, path)
    assert "Qui raconte cette ligne" not in _page(browser, path)
    for hidden in ("lignes/13/annee/2025/", "lignes/12/annee/2019/", "lignes/12/annee/2027/"):
        assert browser.get(f"{ROOT}{hidden}").status_code == 404
    wrong = _post(browser, path, "dire", status="not_done", worked="Le goûter", version=0)
    assert wrong.status_code == 422
    assert "Le goûter" in wrong.content.decode()
    _post(browser, path, "dire", status="done", worked="Le goûter", version=0)
    assert LineYear.objects.get().worked == "Le goûter"
    assert "C’est déjà raconté" in _page(browser, path)
    assert _post(browser, path, "nommer", agent=who.ref).status_code == 404
    _post(boss, path, "liberer", agent=who.ref)
    assert not LineTeller.objects.exists()
    assert browser.get(path).status_code == 404
    assert not AgendaPoint.objects.exists()
