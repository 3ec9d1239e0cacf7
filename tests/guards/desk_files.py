"""Real social files for the addresses of the desk that name one."""

from beffroi.casework import services as casework
from beffroi.entitlements import services as entitlements
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
    clock = made.SocialFile.objects.get(number=number).clocks.first()
    computed = entitlements.compute_living_income(
        facts={"date": "2026-11-24", "category": "isolated"}, subject_ref=reference, **given
    )
    file, application = {"number": number}, {"reference": reference}
    return {
        "file": file, "file_open": file, "file_assign": file, "application_new": file,
        "file_clock": {**file, "clock": clock.pk}, "application": application,
        "application_act": {**application, "act": "start_enquiry"},
        "application_remove": {**application, "line": "resource", "pk": 1},
        "computation": {"reference": computed}, "computation_pdf": {"reference": computed},
        "decision_act": {"number": "C26000001", "act": "lettre"},
    }  # fmt: skip
