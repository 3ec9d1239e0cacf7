"""Every address has its row; each role meets at each address of the desk what the table says."""

from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import settings as django_settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from beffroi.accounts.enums import CASE_ROLES, Role
from beffroi.accounts.models import Agent, Post, Team
from beffroi.core.actors import Actor
from beffroi.directory.models import (
    AlertPlan,
    Closure,
    Contradiction,
    EmergencyNumber,
    Fact,
    ImportRun,
    Place,
    Service,
)
from beffroi.documents.letters import permissions as letters_permissions
from beffroi.guidance.models import LostWords, Phrase, PublicQuestion, Word
from beffroi.people import services as people
from beffroi.web.access import PUBLIC, access_table
from beffroi.web.access_page import access_page
from beffroi.web.addresses import named_addresses
from tests.factories import activities as gather
from tests.factories import agenda as meet
from tests.factories import agreements, letters, mediation
from tests.factories import fieldwork as go
from tests.factories import people as persons
from tests.factories import stays as shelter
from tests.factories import supplies as hand
from tests.factories.council import drafted
from tests.factories.requests import agent, ask
from tests.guards.desk_files import file_arguments

BACKEND = "django.contrib.auth.backends.ModelBackend"
#: What a page answers to whom may open it: shown, led on, or only by a form (405).
OPEN = {200, 302, 405}
#: Addresses that say what they want in a query; without it they name nothing.
ASKED = {"desk:editor_fact_choose": "?nature=phone", "desk:editor_form_choose": "?nature=aid"}


def test_every_address_has_a_name_and_a_row() -> None:
    table = access_table()
    assert [a.path for a in named_addresses() if a.name not in table] == []


def test_every_row_has_an_address() -> None:
    known = {address.name for address in named_addresses()}
    assert set(access_table()) - known == set()


def test_page_of_the_documentation_is_true() -> None:
    written = Path(django_settings.ROOT) / "docs" / "access.md"
    assert written.read_text(encoding="utf-8") == access_page(), "./beffroi access --write"


@pytest.fixture
def things(catalogue, at, monkeypatch) -> SimpleNamespace:
    """One real object of each kind that an address of the desk names."""
    now = timezone.now()
    monkeypatch.setattr(
        letters_permissions, "_visible_subjects", {letters.OWNER: lambda _: ["P26000001"]}
    )
    asked = ask("aid", files=(("photo.pdf", _pdf()),))
    question = ask("question", answers={"question": "Où aller ?", "public_ok": "yes"})
    service = Service.objects.get(key="cpas-energie")
    person, other = persons.person(), persons.person()
    merged = people.merge(
        kept=persons.person().reference, absorbed=persons.person().reference, why="x",
        by=persons.HOUSE, at=now,
    )  # fmt: skip
    known = agent()
    people.link_staff(agent=int(known.ref), reference=other.reference, by=known, at=now)
    common = {"written_by": "x", "written_at": now, "asked_on_month": now.date()}
    return SimpleNamespace(
        **_finance(), council=drafted(now), graffiti=ask("graffiti").row, asked=asked.row, question=question.row, attachment=asked.row.attachments.get(),
        service=service, place=Place.objects.first(), fact=Fact.objects.first(),
        contradiction=Contradiction.objects.first(), number=EmergencyNumber.objects.first(),
        plan=AlertPlan.objects.create(kind="cold", started_at=now, started_by="x"),
        closure=Closure.objects.create(
            service=service, from_date=now.date(), until_date=now.date(), reason="x", entered_by="x", entered_at=now
        ),
        lost=LostWords.objects.create(
            text="mots", lang="fr", fingerprint="f", first_date=now.date(), last_date=now.date()
        ),
        word=Word.objects.create(service=service, lang="fr", text="jus"),
        phrase=Phrase.objects.create(service=service, text="mots", lang="fr", added_by="x", added_at=now, origin="editor", kind="plain"),
        public=PublicQuestion.objects.create(question="q", answer="a", **common),
        run=ImportRun.objects.create(publisher="p", file_name="f", started_at=now, started_by="x", state="done", ended_at=now),
        agent=Agent.objects.get(pk=known.ref), person=person, other_person=other, merged=merged,
        address=persons.address(person),
        letter=letters.write("convocation"), letter_batch=letters.open_batch(),
        arrival=meet.announced(agent(Role.RECEPTION, "aid"), at=now),
        meeting=meet.appointment(agent(), 24 * 3650), permanence=meet.permanence(),
    )  # fmt: skip


def _finance() -> dict[str, object]:
    from datetime import date
    from decimal import Decimal

    from beffroi.acts.payments import services as payments
    from tests.factories import payments as money

    money.house()
    who = money.person()
    money.order(who)
    by = {"by": money.SYSTEM, "at": money.NOW}
    claim = payments.open_claim(
        person_ref=who, amount=Decimal(9), owner_kind="decision", owner_ref="D", subject_ref="S", label="x",
        instalments=[payments.Instalment(date(2026, 12, 1), Decimal(9))], **by,
    )  # fmt: skip
    payments.draw_refund(month=date(2026, 11, 1), **by)
    return {"paid": money.prepared().reference, "claim": claim}


def _pdf() -> bytes:
    from io import BytesIO

    import pikepdf

    out, made = BytesIO(), pikepdf.new()
    made.add_blank_page(page_size=(100, 100))
    made.save(out)
    return out.getvalue()


def _arguments(things: SimpleNamespace) -> dict[str, dict[str, object]]:
    """The real parameters of each address of the desk that takes some."""
    key, place = {"key": things.service.key}, {"key": things.place.key}
    fact, plan = {"pk": things.fact.pk}, {"pk": things.plan.pk}
    number, lost = {"pk": things.number.pk}, {"pk": things.lost.pk}
    public, agent_ = {"pk": things.public.pk}, things.agent
    code = {"code": things.contradiction.code}
    reference = {"reference": things.asked.reference}
    asked = {"service": "cpas-aide-generale", "kind": "aid"}
    on_fact = {"sort": "services", "key": things.service.key}
    form = {"key": things.service.key, "kind": "call_back"}
    month = {"year": 2026, "month": 11}
    return {
        **_council_arguments(things.council), **_letter_arguments(things),
        **_agenda_arguments(things), **_gathered(), **_about_persons(things), **mediation.addresses(),
        **go.addresses("aid"), **hand.addresses("aid"), **_slept(),
        **agreements.addresses(),
        "finance_run": {"reference": things.paid}, "finance_run_file": {"reference": things.paid},
        "finance_claim": {"reference": things.claim}, "finance_refund": month,
        "finance_refund_file": {**month, "kind": "csv"}, "finance_act": {"act": "preparer"},
        "request": reference, "file_from_request": reference, "public_words": {"reference": things.graffiti.reference}, "request_act": {**reference, "act": "take"},
        "request_file": {**reference, "attachment": things.attachment.attachment_id},
        "request_fill_in": asked, "journal_about": reference,
        "import_report": {"ident": things.run.pk}, "import_csv": {"ident": things.run.pk},
        **{f"editor_{n}": key for n in (
            "service", "texts", "status", "listing", "classing", "upkeep", "service_places",
            "reviewed", "form_choose")},
        "editor_form_offer": form, "editor_form_close": form,
        "editor_place": place, "editor_place_edit": place,
        **{f"editor_fact_{n}": fact for n in ("confirm", "reject", "replace")},
        "editor_closure_remove": {"pk": things.closure.pk},
        **{f"editor_{n}": code for n in (
            "contradiction", "contradiction_notes", "contradiction_reopen")},
        "editor_plan_on": {"kind": "heat"},
        **{f"editor_plan_{n}": plan for n in ("change", "off", "sheet")},
        "editor_number_confirm": number, "editor_number_change": number,
        "editor_lost_words": lost, "editor_lost_dismiss": lost,
        "editor_phrase_remove": {"pk": things.phrase.pk},
        "editor_word_remove": {"pk": things.word.pk},
        "editor_question_read": {"reference": things.question.reference},
        **{f"editor_question{n}": public for n in (
            "", "_edit", "_publish", "_withdraw", "_erase")},
        "editor_agent": {"pk": agent_.pk},
        "editor_agent_end_post": {"pk": agent_.pk, "post": agent_.posts.first().pk},
        "editor_agent_act": {"pk": agent_.pk, "act": "fermer"},
        "editor_team": {"key": "debts"},
        "editor_fact_choose": on_fact, "editor_fact_new": {**on_fact, "kind": "phone"},
        "editor_closure": on_fact,
    }  # fmt: skip


def _agenda_arguments(things: SimpleNamespace) -> dict[str, dict[str, object]]:
    meeting, there = {"reference": things.meeting.reference}, {"pk": things.arrival.pk}
    return {
        "agenda_appointment": meeting, "agenda_appointment_act": {**meeting, "act": "confirm"},
        "agenda_arrival_give": there, "agenda_arrival_act": {**there, "act": "call"},
        "agenda_hours_act": {"pk": 1, "act": "retirer"},
        "agenda_permanence_act": {"pk": things.permanence.pk, "act": "terminer"},
        "agenda_room_close": {"pk": things.permanence.room_id},
    }  # fmt: skip


def _gathered() -> dict[str, dict[str, object]]:
    one, who = gather.session(gather.activity("aid")), gather.participant("aid")
    shot = {"pk": one.pk, "picture": gather.picture(one).pk}
    activity, session = {"pk": one.activity_id}, {"pk": one.pk}
    return {
        "activity_person": {"pk": who.pk}, "activity_pictures": session,
        "activity_person_act": {"pk": who.pk, "act": "contact"},
        "activity_picture_file": shot, "activity_picture_act": {**shot, "act": "nommer"},
        "activity": activity, "activity_volunteers_act": {"act": "heures"}, "activity_edit": activity, "activity_places": activity,
        "activity_places_act": {**activity, "act": "withdraw"},
        "activity_act": {**activity, "act": "moment"}, "activity_session": session,
        "activity_session_list": session, "activity_session_act": {**session, "act": "cloturer"},
        **gather.money_addresses(one, who),
    }  # fmt: skip


def _slept() -> dict[str, dict[str, object]]:
    of = shelter.house(team_key="aid")
    who = shelter.guest(of)
    night = shelter.night(of, who, shelter.tonight(of), at=timezone.now())
    house, opening, guest = {"pk": of.pk}, {"pk": night.opening_id}, {"pk": who.pk}
    return {
        "stay_house": house, "stay_house_edit": house,
        "stay_house_act": {**house, "act": "ouvrir"}, "stay_opening": opening,
        "stay_opening_act": {**opening, "act": "clore"}, "stay_list": opening,
        "stay_guest": guest, "stay_guest_act": {**guest, "act": "changer"},
    }  # fmt: skip


def _letter_arguments(things: SimpleNamespace) -> dict[str, dict[str, object]]:
    letter, template = {"reference": things.letter}, {"kind": "convocation", "lang": "fr"}
    return {
        **{f"letter{n}": letter for n in ("", "_pdf", "_docx", "_slip")},
        "letter_act": {**letter, "act": "envoyer"},
        **{f"letter_batch{n}": {"pk": things.letter_batch} for n in ("", "_write", "_pdf")},
        "letter_template": template, "letter_template_restore": template,
        "letter_template_version": {**template, "version": 1},
    }  # fmt: skip


def _about_persons(things: SimpleNamespace) -> dict[str, dict[str, object]]:
    reference = {"reference": things.person.reference}
    pair = {"first": things.person.reference, "second": things.other_person.reference}
    place = {**reference, "pk": things.address}
    return {
        "person": reference, "person_edit": reference, "person_export": reference, "person_address": place,
        "person_act": {**reference, "act": "contact"}, "person_seal": place,
        "person_end": {**place, "what": "adresse"}, "person_keepers": place,
        "person_keeper_end": {**place, "agent": things.agent.pk},
        "staff_people_end": {"agent": things.agent.pk, "reference": things.other_person.reference},
        "duplicate": pair, "duplicate_decide": pair,
        "merge_undo": {"pk": things.merged.pk},
    }  # fmt: skip


def _council_arguments(council) -> dict[str, dict[str, object]]:
    sitting, item = {"reference": council.sitting.reference}, {"reference": council.item.reference}
    part, mandate = council.sitting.minutes.first().pk, council.sitting.chair_id
    return {
        **{f"council_{n}": sitting for n in (
            "sitting", "agenda", "live", "block", "minutes", "convocation", "minutes_pdf")},
        **{f"council_{n}": item for n in ("item", "recuse", "extract")},
        "council_act": {**sitting, "act": "up"}, "council_live_act": {**sitting, "act": "leave"},
        "council_minutes_edit": {**sitting, "part": part},
        "council_mandate_new": {"key": "conseil"}, "council_mandate": {"pk": mandate},
    }  # fmt: skip


def _desk_addresses(things: SimpleNamespace) -> dict[str, str]:
    given = {**_arguments(things), **file_arguments()}
    names = [a.name for a in named_addresses() if a.name.startswith("desk:")]
    return {
        name: reverse(name, kwargs=given.get(name.removeprefix("desk:"))) + ASKED.get(name, "")
        for name in names
    }


def _her_own(who, role: str) -> dict[str, str]:
    """An appointment is its worker's alone: each meets her own where a colleague's is hidden."""
    if role not in CASE_ROLES:
        return {}
    made = meet.appointment(who, 24 * 3650)
    name = "desk:agenda_appointment"
    return {name: reverse(name, args=[made.reference])}


def _also_in(who: Actor, role: Role, *teams: str) -> None:
    """What a team keeps to itself opens to its own agents alone."""
    for key in teams if role in CASE_ROLES else ():
        held = Team.objects.get_or_create(key=key, defaults={"name": key})[0]
        Post.objects.create(agent_id=who.ref, team=held, role=role, since_date=date(2020, 1, 1))


def test_each_role_meets_at_each_address_of_the_desk_what_the_table_says(
    things, settings, short_refusals
) -> None:
    settings.BEFFROI_SECOND_FACTOR = False
    addresses, table, wrong = _desk_addresses(things), access_table(), []
    for role in Role:
        who = agent(role, "aid" if role in CASE_ROLES else "")
        things.council.seat(who)
        _also_in(who, role, "debts", "insertion")
        client = Client()
        client.force_login(Agent.objects.get(pk=who.ref), backend=BACKEND)
        for name, path in (addresses | _her_own(who, role)).items():
            status = client.get(path).status_code
            right = OPEN if str(role) in table[name] else {404}
            if status not in right:
                wrong.append((str(role), name, path, status))
    assert wrong == []


def test_nobody_meets_anything_but_the_sign_in_without_signing_in(things, client) -> None:
    table = access_table()
    closed = {n: p for n, p in _desk_addresses(things).items() if table[n] != PUBLIC}
    wrong = [
        (name, answer.status_code)
        for name, path in closed.items()
        if (answer := client.get(path)).status_code != 302
        or not answer["Location"].startswith("/connexion/?next=")
    ]
    assert closed
    assert wrong == []
