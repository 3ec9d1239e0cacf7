"""Many at once: one decision of fifty, and two writers who see each other’s words."""

from datetime import date
from unittest import mock

import pytest
from django.test import TransactionTestCase
from tests.factories import after
from tests.factories import casework as made
from tests.frozen import FlushesFrozen
from tests.threads import database_for_threads, in_threads

from beffroi.acts.bodies import queries as bodies_queries
from beffroi.casework import services as casework
from beffroi.casework.enums import ApplicationState
from beffroi.casework.models import Application, Decision, Grant, Proposal, Report
from beffroi.casework.services.editing import mark_of
from beffroi.core.errors import WrongState
from beffroi.core.versions import EditConflict


def _counts(_nothing: object) -> tuple[int, int]:
    return Decision.objects.count(), Grant.objects.count()


class FiftyDecide(FlushesFrozen, TransactionTestCase):
    def test_fifty_threads_decide_one_request_and_one_wins(self) -> None:
        after.house()
        one = made.proposed(made.enquired(made.held()))
        casework.submit(reference=one.reference, by=one.worker, at=made.NOW)

        def decide(_rank: int) -> str:
            try:
                return "won " + casework.decide(
                    reference=one.reference, by=made.HOUSE, at=after.AFTER
                )
            except WrongState as refused:
                return str(refused)

        organ = mock.patch.object(bodies_queries, "outcome_of", lambda _: after.says())
        with organ, database_for_threads():
            said = in_threads(decide, range(50), threads=50)
            (numbers,) = in_threads(_counts, [None])
        lost = [words for words in said if not words.startswith("won ")]
        assert (len(said) - len(lost), len(lost), numbers) == (1, 49, (1, 1))
        assert set(lost) == {
            f"« Acter la décision » n’est plus possible pour la demande {one.reference}. "
            "Elle est maintenant : décidée. Rouvrez le dossier pour voir où elle en est."
        }


def _report(one: made.Held, situation: str, seen: str) -> None:
    casework.write_report(
        reference=one.reference, situation=situation, needs="x", other_rights="", opinion="x",
        seen=seen, by=one.worker, at=made.NOW,
    )  # fmt: skip


@pytest.mark.django_db
def test_the_second_writer_of_a_report_is_shown_both() -> None:
    one = made.held()
    casework.start_enquiry(reference=one.reference, by=one.worker, at=made.NOW)
    seen = mark_of(None)
    _report(one, "Vit seule.", seen)
    with pytest.raises(EditConflict) as refused:
        _report(one, "Vit avec sa mère.", seen)
    assert [(d.field, d.yours, d.theirs) for d in refused.value.differences] == [
        ("situation", "Vit avec sa mère.", "Vit seule.")
    ]
    assert Report.objects.get().situation == "Vit seule."
    _report(one, "Vit avec sa mère.", str(refused.value.version))
    assert Report.objects.get().situation == "Vit avec sa mère."
    # Typed the same meanwhile: nothing to choose between.
    _report(one, "Vit avec sa mère.", seen)


@pytest.mark.django_db
def test_the_second_corrector_of_an_application_is_shown_both() -> None:
    one = made.held()
    given = {
        "reference": one.reference,
        "details": {},
        "by": one.worker,
        "at": made.NOW,
        "version": 1,
    }
    casework.correct_application(wanted_from=date(2026, 12, 1), competence="Mons", **given)
    with pytest.raises(EditConflict) as refused:
        casework.correct_application(wanted_from=date(2026, 11, 1), competence="Mons", **given)
    assert [(d.field, d.yours, d.theirs) for d in refused.value.differences] == [
        ("wanted_from", date(2026, 11, 1), date(2026, 12, 1))
    ]
    assert Application.objects.get().version == 2


@pytest.mark.django_db
def test_the_second_editor_of_a_proposal_is_shown_both_and_the_computed_amount_stays() -> None:
    after.house()
    one = made.proposed(made.enquired(made.held()))
    row = Proposal.objects.get()
    given = {"reference": one.reference, "from_date": row.from_date, "by": one.worker,
             "at": made.NOW, "version": 1}  # fmt: skip
    casework.change_proposal(motives=made.MOTIVES + " Elle cherche un emploi.", amount=5, **given)
    with pytest.raises(EditConflict) as refused:
        casework.change_proposal(motives=made.MOTIVES + " Elle étudie.", **given)
    assert [d.field for d in refused.value.differences] == ["motives"]
    assert Proposal.objects.get().amount == row.amount
    casework.submit(reference=one.reference, by=one.worker, at=made.NOW)
    with pytest.raises(WrongState, match="en préparation"):
        casework.change_proposal(motives=made.MOTIVES, **given)
    assert one.application.state == ApplicationState.SUBMITTED
