"""Real social files for the addresses of the desk that name one."""

from datetime import date
from decimal import Decimal

from beffroi.casework import record_queries
from beffroi.casework import services as casework
from beffroi.casework.enums import Outcome
from beffroi.casework.models import Application, Decision, Grant, Proposal
from beffroi.casework.services.recording import keep_record
from beffroi.entitlements import services as entitlements
from tests.factories import aids
from tests.factories import casework as made
from tests.factories.requests import team


def file_arguments() -> dict[str, dict[str, object]]:
    """The real parameters of each address under /desk/dossiers/ that takes some."""
    team("aid")
    given = {"by": made.HOUSE, "at": made.NOW}
    number = casework.open_file(person_ref=made.person(), team="aid", **given)
    reference = casework.open_application(
        number=number, kind="living_income", asked_on=made.TODAY, **given
    )
    urgent = casework.open_application(
        number=number, kind="urgent_aid", asked_on=made.TODAY, details=aids.ANSWERS["urgent_aid"],
        **given,
    )  # fmt: skip
    clock = made.SocialFile.objects.get(number=number).clocks.first()
    computed = entitlements.compute_living_income(
        facts={"date": "2026-11-24", "category": "isolated"}, subject_ref=reference, **given
    )
    card, decision = _card(number)
    grant = _grant(reference, given)
    made.casework.prepare_index(on=date(2026, 3, 1), **given)
    file, application = {"number": number}, {"reference": reference}
    return {
        "file": file, "file_open": file, "file_assign": file, "application_new": file,
        "file_clock": {**file, "clock": clock.pk}, "application": application,
        "application_act": {**application, "act": "start_enquiry"},
        "application_remove": {**application, "line": "resource", "pk": 1},
        "computation": {"reference": computed}, "computation_pdf": {"reference": computed},
        "decision_record": application,
        "decision_act": {"number": decision, "act": "lettre"},
        "decision_proof": {"number": decision, "kind": "medical_card"},
        "record": {"number": card}, "record_act": {"number": card, "act": "ligne"},
        "urgent_aid": {"reference": urgent},
        "grant": {"reference": grant}, "grant_act": {"reference": grant, "act": "review"},
        "index_date": {"on": "2026-03-01"}, "index_apply": {"on": "2026-03-01"},
        "file_following": file, "file_following_act": {**file, "act": "declare_change"},
    }  # fmt: skip


def _card(number: str) -> tuple[str, str]:
    """A medical card that a decision granted: its number, and the decision’s."""
    given = {"by": made.HOUSE, "at": made.NOW}
    reference = casework.open_application(
        number=number, kind="medical_card", asked_on=made.TODAY,
        details=aids.ANSWERS["medical_card"], **given,
    )  # fmt: skip
    application = Application.objects.select_related("file__person", "file__team").get(
        reference=reference
    )
    terms = {
        "outcome": Outcome.GRANT, "organ": "committee", "from_date": made.TODAY,
        "motives": made.MOTIVES, "legal_basis": "loi du 8 juillet 1976", "application": application,
    }  # fmt: skip
    proposal = Proposal.objects.create(
        reference="Q26900001", proposed_at=made.NOW, state="decided", **terms
    )
    decision = Decision.objects.create(
        number="C26900001", proposal=proposal, sitting_date=made.TODAY, decided_at=made.NOW,
        facts={"details": application.details}, **terms,
    )  # fmt: skip
    grant = Grant.objects.create(
        reference="G26900001", file=application.file, decision=decision, kind="medical_card",
        amount=Decimal(0), periodicity="once", from_date=made.TODAY,
    )  # fmt: skip
    keep_record(application, grant, made.HOUSE, made.NOW)
    return record_queries.number_of(grant), decision.number


def _grant(reference: str, given: dict[str, object]) -> str:
    """A grant of an application, as a decision would leave it."""
    application = Application.objects.get(reference=reference)
    terms = {
        "application": application, "outcome": "grant", "organ": "council", "motives": "x",
        "amount": Decimal(100), "periodicity": "monthly", "from_date": made.TODAY, "legal_basis": "x",
    }  # fmt: skip
    proposal = Proposal.objects.create(
        reference="Q1", proposed_at=given["at"], proposed_by="x", state="decided", **terms
    )
    decision = Decision.objects.create(
        number="C26000001", proposal=proposal, sitting_date=made.TODAY, decided_at=given["at"],
        recorded_by="x", **terms,
    )  # fmt: skip
    return Grant.objects.create(
        reference="G26000001", file=application.file, decision=decision, kind="living_income",
        amount=Decimal(100), periodicity="monthly", from_date=made.TODAY,
    ).reference  # fmt: skip
