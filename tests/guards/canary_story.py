"""One person of whom everything is secret somewhere: each fact of hers is a canary that must not be heard.

Each canary belongs to a kind of secret; `allowed` in the test says who may hear which.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any

import pikepdf
from django.utils import timezone

from beffroi.accounts.enums import Role
from beffroi.accounts.models import Agent
from beffroi.acts.agreements import services as agreements
from beffroi.acts.agreements.enums import PartySide, ProjectKind
from beffroi.acts.bodies import services as bodies
from beffroi.acts.bodies.models import AgendaItem
from beffroi.acts.bodies.services import Totals
from beffroi.acts.budgets import services as budgets
from beffroi.acts.budgets.computing import BudgetEntry
from beffroi.acts.budgets.enums import DebtKind, LetterKind, PersonRole
from beffroi.acts.budgets.models import MediationFile
from beffroi.acts.budgets.services import DebtDraft
from beffroi.acts.payments.services import load_plan
from beffroi.casework import services as casework
from beffroi.casework.enums import Outcome, Question, VisitResult
from beffroi.casework.models import Application, Decision, SocialFile
from beffroi.core.actors import Actor
from beffroi.people import services as people
from beffroi.people.services import AddressDraft
from tests.factories import activities as gather
from tests.factories import council as bodies_made
from tests.factories import fieldwork as go
from tests.factories import mediation
from tests.factories import stays as shelter
from tests.factories import supplies as hand
from tests.factories.requests import agent, ask, team
from tests.guards.desk_files import _card

TEAM, MEDIATION, INSERTION = "general_aid", "debts", "insertion"
HOUSE = bodies_made.HOUSE

#: What is secret, by kind. A canary is one word, so that no line of a PDF breaks it.
NAME = ("CANARINOM", "CANARIPRENOM")
SEALED = ("CANARIRUE", "CANARIVILLE")
FILE = (
    "CANARICONSTAT", "CANARIMOTIF", "CANARIRESSOURCE", "CANARICHARGE", "CANARIRAPPORT",
    "CANARIBESOIN", "CANARIAVIS", "CANARIAPPRECIATION", "CANARIDOCUMENT",
)  # fmt: skip
AMOUNT = ("1\u202f245,97", "1\xa0245,97", "1 245,97", "1245.97", "1245,97")
REQUEST = ("CANARISITUATION", "CANARIFICHIER", "CANARIDEMANDEUR")
DEBTS = ("CANARIHISTOIRE", "CANARIDETTE", "CANARIDEPENSE")
PROJECT = ("CANARIPROJET", "CANARICLAUSE", "CANARISOUHAIT")
EVERYTHING = (*NAME, *SEALED, *FILE, *AMOUNT, *REQUEST, *DEBTS, *PROJECT)


@dataclass
class Story:
    """The person, what the house holds of her, and the parameters of the addresses that name it."""

    person: str
    worker: Actor
    mediator: Actor
    arguments: dict[str, dict[str, object]]
    council: Any
    #: Addresses of the portal that only her secret opens.
    portal: dict[str, object] = field(default_factory=dict)


def _pdf() -> bytes:
    out, made = BytesIO(), pikepdf.new()
    made.add_blank_page(page_size=(100, 100))
    made.save(out)
    return out.getvalue()


def tell() -> Story:
    """This function will lead one person through every room of the house."""
    now = timezone.now()
    for key in (TEAM, MEDIATION, INSERTION):
        team(key)
    load_plan()
    worker, mediator = agent(Role.SOCIAL_WORKER, TEAM), agent(Role.SOCIAL_WORKER, MEDIATION)
    person = people.add_person(
        last_name=NAME[0], first_name=NAME[1], birth_date=date(1990, 5, 17), by=HOUSE, at=now
    )
    address = people.add_address(
        reference=person, by=HOUSE, at=now, seal_reason="Violences : lieu tenu secret.",
        draft=AddressDraft(locality=SEALED[1], street=f"{SEALED[0]} 13", postal_code="7000"),
    )  # fmt: skip
    asked = ask(
        "aid", at=now - timedelta(days=2), team_key=TEAM, name=REQUEST[2],
        answers={"situation": REQUEST[0]}, files=((f"{REQUEST[1]}.pdf", _pdf()),),
    )  # fmt: skip
    arguments: dict[str, dict[str, object]] = {}
    reference = {"reference": asked.reference}
    file = asked.row.attachments.get()
    arguments |= {
        "request": reference, "request_act": {**reference, "act": "take"},
        "request_file": {**reference, "attachment": file.attachment_id},
        "journal_about": {"reference": person},
        "public_words": reference,
    }  # fmt: skip
    arguments |= _about(person, address)
    council, casework_arguments = _decided(person, worker, now, asked.reference)
    arguments |= casework_arguments
    arguments |= _mediated(person, mediator, now)
    arguments |= _project(person, now)
    arguments |= _gathered(person) | go.addresses("street_work")
    arguments |= hand.addresses("houses", name=" ".join(NAME), person_ref=person)
    arguments |= _slept(person)
    return Story(person, worker, mediator, arguments, council, dict(asked.key))


def _gathered(person: str) -> dict[str, dict[str, object]]:
    """She comes to a neighbourhood house, where she is known by her name."""
    one = gather.session(gather.activity("houses"))
    who = gather.participant("houses", name=" ".join(NAME), person_ref=person)
    shot = {"pk": one.pk, "picture": gather.picture(one, who).pk}
    gather.activities.tap(taps=[gather.tap(one, who)], by=HOUSE, at=gather.NOW)
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


def _slept(person: str) -> dict[str, dict[str, object]]:
    """She slept in the night shelter, where the team knows whose alias hers is."""
    of, now = shelter.house(), timezone.now()
    who = shelter.guest(of, " ".join(NAME))
    shelter.stays.bind_guest(guest=who.pk, person_ref=person, by=HOUSE, at=now)
    night = shelter.night(of, who, shelter.tonight(of), at=now)
    house, opening, guest = {"pk": of.pk}, {"pk": night.opening_id}, {"pk": who.pk}
    return {
        "stay_house": house, "stay_house_edit": house,
        "stay_house_act": {**house, "act": "ouvrir"}, "stay_opening": opening,
        "stay_opening_act": {**opening, "act": "clore"}, "stay_list": opening,
        "stay_guest": guest, "stay_guest_act": {**guest, "act": "changer"},
    }  # fmt: skip


def _about(person: str, address: int) -> dict[str, dict[str, object]]:
    reference = {"reference": person}
    place = {**reference, "pk": address}
    return {
        "person": reference, "person_edit": reference, "person_address": place,
        "person_act": {**reference, "act": "contact"}, "person_seal": place,
        "person_end": {**place, "what": "adresse"}, "person_keepers": place,
        "person_keeper_end": {**place, "agent": _named(person, address)},
        "staff_people_end": _known(person),
    }  # fmt: skip


def _named(person: str, address: int) -> int:
    """Somebody else who was named to read her sealed address."""
    now, other = timezone.now(), agent(Role.SOCIAL_WORKER, TEAM)
    people.name_keeper(
        reference=person, address=address, agent=int(other.ref), by=HOUSE, at=now,
        reason="Remplace la travailleuse de ce dossier.", until=timezone.localdate(now),
    )  # fmt: skip
    return int(other.ref)


def _known(person: str) -> dict[str, object]:
    """An agent who is close to her: who reads the page of agents is told of it."""
    close = agent(Role.RECEPTION, MEDIATION)
    people.link_staff(
        agent=int(close.ref), reference=person, link="close", by=HOUSE, at=timezone.now()
    )
    return {"agent": int(close.ref), "reference": person}


def _enquired(person: str, worker: Actor, now: Any) -> tuple[str, str]:
    given: dict[str, Any] = {"by": worker, "at": now}
    number = casework.open_file(person_ref=person, team=TEAM, worker=int(worker.ref), **given)
    day = timezone.localdate(now)
    given["reference"] = casework.open_application(
        number=number, kind="living_income", asked_on=day, **given
    )
    casework.start_enquiry(**given)
    application = Application.objects.get(reference=given["reference"])
    for document in application.documents.all():
        casework.settle_document(document=document.pk, **given)
    casework.ask_document(what=FILE[8], **given)
    asked = application.documents.get(what=FILE[8])
    casework.settle_document(document=asked.pk, **given)
    visit = casework.plan_visit(planned_at=now, is_announced=True, **given)
    casework.record_visit(
        visit=visit, result=VisitResult.SEEN, done_at=now, findings=FILE[0], **given
    )
    casework.appreciate(question=Question.CATEGORY, value="isolated", why=FILE[7], **given)
    casework.add_resource(
        kind="work", label=FILE[2], monthly=Decimal("431.00"), exemption="general", **given
    )
    casework.add_budget_line(label=FILE[3], monthly=Decimal("512.34"), **given)
    casework.write_report(
        situation=FILE[4], needs=FILE[5], other_rights="", opinion=FILE[6], sign=True, **given
    )
    return number, given["reference"]


def _decided(
    person: str, worker: Actor, now: Any, asked: str
) -> tuple[Any, dict[str, dict[str, object]]]:
    before, eve = now - timedelta(days=20), now - timedelta(days=1)
    council = bodies_made.drafted(now)
    number, reference = _enquired(person, worker, before)
    given: dict[str, Any] = {"reference": reference, "by": worker, "at": before}
    casework.propose(
        outcome=Outcome.GRANT, motives=f"{FILE[1]} : elle vit seule et n’a plus de ressources.",
        **given,
    )  # fmt: skip
    item = casework.submit(**given)
    pen = council.secretary
    sitting = bodies.plan_sitting(
        body_key="conseil", starts_at=eve + timedelta(hours=2), place="salle", by=pen, at=before
    ).reference
    key = {"sitting": sitting, "by": pen}
    bodies.schedule_items(items=[item], at=before, **key)
    bodies.convene(at=before, **key)
    held = list(
        council.sitting.body.mandates.exclude(role="secretary").values_list("pk", flat=True)
    )
    bodies.open_sitting(present=held, chair=held[0], at=eve, **key)
    bodies.record_vote(item=item, totals=Totals(len(held), 0, 0), at=eve, **key)
    bodies.close_sitting(at=eve, **key)
    bodies.draft_minutes(at=eve, **key)
    decision = casework.decide(reference=reference, by=pen, at=now)
    letter = casework.write_decision_letter(number=decision, delivery="hand", by=worker, at=now)
    casework.notify(number=decision, delivery="hand", by=worker, at=now)
    casework.execute(reference=reference, by=worker, at=now, in_cash_why="Pas encore de compte.")
    file = SocialFile.objects.get(number=number)
    computed = Decision.objects.get(number=decision).computation_ref
    grant = {"reference": Decision.objects.get(number=decision).grant.reference}
    card, _card_decision = _card(number)
    minutes = AgendaItem.objects.get(item__reference=item).sitting.minutes
    one, application = {"number": number}, {"reference": reference}
    there, point, paper = {"reference": sitting}, {"reference": item}, {"reference": letter}
    return council, {
        "file": one, "file_open": one, "file_assign": one, "application_new": one,
        "file_clock": {**one, "clock": file.clocks.first().pk}, "application": application,
        "application_act": {**application, "act": "compute"},
        "application_remove": {**application, "line": "resource", "pk": 1},
        "computation": {"reference": computed}, "computation_pdf": {"reference": computed},
        "decision_act": {"number": decision, "act": "lettre"},
        "decision_record": application, "person_export": {"reference": person},
        "decision_proof": {"number": decision, "kind": "medical_card"},
        "grant": grant, "grant_act": {**grant, "act": "review"},
        "file_following": one, "file_following_act": {**one, "act": "declare_change"},
        "index_date": {"on": "2026-03-01"}, "index_apply": {"on": "2026-03-01"},
        "record": {"number": card}, "record_act": {"number": card, "act": "ligne"},
        "urgent_aid": application, "file_from_request": {"reference": asked},
        **{f"council_{n}": there for n in (
            "sitting", "agenda", "live", "block", "minutes", "convocation", "minutes_pdf")},
        **{f"council_{n}": point for n in ("item", "recuse", "extract")},
        "council_act": {**there, "act": "up"}, "council_live_act": {**there, "act": "leave"},
        "council_minutes_edit": {**there, "part": minutes.first().pk},
        **{f"letter{n}": paper for n in ("", "_pdf", "_docx", "_slip")},
        "letter_act": {**paper, "act": "envoyer"},
    }  # fmt: skip


def _mediated(person: str, by: Actor, now: Any) -> dict[str, dict[str, object]]:
    given: dict[str, Any] = {"by": by, "at": now}
    reference = budgets.open_file(persons=[(person, PersonRole.HOLDER)], story=DEBTS[0], **given)
    given["reference"] = reference
    day = timezone.localdate(now)
    budgets.sign_convention(signed_date=day, **given)
    owed = DebtDraft(
        mediation.creditor(by), DebtKind.CREDIT, Decimal("900.00"),
        monthly_due=Decimal(10), due_since_date=date(2024, 1, 10), creditor_ref=DEBTS[1],
    )  # fmt: skip
    budgets.add_debts(drafts=[owed], **given)
    budgets.go_to(step="to_budget", **given)
    entries = [
        BudgetEntry("income", "Salaire", Decimal("1640.00")),
        BudgetEntry("expense", DEBTS[2], Decimal("720.00")),
    ]
    budgets.draw_budget(entries=entries, reserve=Decimal("50.00"), **given)
    budgets.go_to(step="to_negotiation", **given)
    budgets.keep_plan(monthly=Decimal("85.00"), first_date=day, priority_first=False, **given)
    debt = MediationFile.objects.get(reference=reference).debts.get()
    made = budgets.write_creditors(kind=LetterKind.STATEMENT, debts=[debt.pk], **given)
    file = {"reference": reference}
    plan, one = {**file, "number": 1}, {**file, "letter": made.letters[0]}
    return {
        "debts_file": file, "debts_act": {**file, "act": "close"}, "debts_inventory": file,
        "debts_debt": {**file, "debt": debt.pk}, "debts_budget": file, "debts_simulate": file,
        "debts_plan": plan, "debts_plan_act": {**plan, "act": "paid"}, "debts_plan_pdf": plan,
        "debts_letters": file,
        "debts_letter_act": {**one, "act": "answer"}, "debts_account": file,
        "debts_account_act": {**file, "act": "open"},
    }  # fmt: skip


def _project(person: str, now: Any) -> dict[str, dict[str, object]]:
    by = agent(Role.SOCIAL_WORKER, INSERTION)
    given: dict[str, Any] = {"by": by, "at": now}
    given["reference"] = agreements.draft_piis(
        subject_ref="", person_ref=person, monthly_amount=Decimal("1314.20"),
        granted_on=timezone.localdate(now), **given,
    )  # fmt: skip
    agreements.note_needs(needs=PROJECT[2], project_kind=ProjectKind.TRAINING, **given)
    day = timezone.localdate(now)
    agreements.set_terms(
        title=PROJECT[0], starts_date=day + timedelta(days=20),
        ends_date=day + timedelta(days=380), **given,
    )  # fmt: skip
    clauses = [
        agreements.ClauseDraft(PartySide.PERSON, PROJECT[1]), agreements.ClauseDraft(PartySide.CPAS, "Aider"),
    ]  # fmt: skip
    agreements.add_clauses(clauses=clauses, **given)
    one = {"reference": given["reference"]}
    return {
        "insertion_agreement": one, "insertion_act": {**one, "act": "propose"},
        "insertion_text_pdf": one,
    }  # fmt: skip


def browser_of(who: Actor) -> Any:
    """A browser where this agent signed in."""
    from django.test import Client

    client = Client()
    client.force_login(
        Agent.objects.get(pk=who.ref), backend="django.contrib.auth.backends.ModelBackend"
    )
    return client


__all__ = [
    "AMOUNT", "DEBTS", "EVERYTHING", "FILE", "NAME", "PROJECT", "REQUEST", "SEALED",
    "Story", "browser_of", "tell",
]  # fmt: skip
