"""What a commission said ends as minutes do; what it advised stays."""

from datetime import timedelta

import pytest
from tests.factories.commission import DAY, ON_THE_DAY, change, commission, meeting, point
from tests.factories.steering import GIVEN, NOW, plan

from beffroi.steering import retention
from beffroi.steering import services as steering
from beffroi.steering.models import (
    AgendaPoint,
    CommissionDecision,
    CommissionMeeting,
    CommissionMove,
)

pytestmark = pytest.mark.django_db
THIRTY = timedelta(days=30 * 365 + 30)


@pytest.fixture
def held():
    """A meeting long over: a change with remarks, a free point, a decision that was followed."""
    plan()
    row = meeting(commission(notice_days=30))
    asked = point(row, kind="change", change=change(), title="")
    free = point(row, title="Départ de Lina")
    steering.invite(meeting=row, late_reason="Lina était malade", **GIVEN)
    there = {one.pk: "present" for one in row.commission.members.all()}
    steering.note_presences(meeting=row, presences=there, **ON_THE_DAY)
    steering.hold_meeting(meeting=row, **ON_THE_DAY)
    steering.give_opinion(point=asked, opinion="remarks", remarks="Lina insiste", **ON_THE_DAY)
    steering.write_minutes(point=free, minutes="Lina s’en va.", version=0, **ON_THE_DAY)
    owner = row.commission.members.first()
    wanted = {"meeting": row, "owner": owner, "due": DAY, **ON_THE_DAY}
    made = steering.decide(text="Remercier Lina", **wanted)
    steering.settle_decision(decision=made, outcome="Lina est remerciée", on=DAY, **ON_THE_DAY)
    steering.decide(text="Remplacer Lina", **wanted)
    return row


def _words() -> list[str]:
    """Where a name still stands in what the commission wrote."""
    kept = (
        (AgendaPoint, ("title", "minutes", "remarks")), (CommissionDecision, ("text", "outcome")),
        (CommissionMeeting, ("late_reason",)), (CommissionMove, ("note",)),
    )  # fmt: skip
    return sorted(
        f"{model.__name__}.{name}" for model, names in kept for name in names
        if model._default_manager.filter(**{f"{name}__contains": "Lina"}).exists()
    )  # fmt: skip


def test_words_of_a_meeting_end_as_minutes_do_and_its_opinions_stay(held) -> None:
    everything = [
        "AgendaPoint.minutes", "AgendaPoint.remarks", "AgendaPoint.title",
        "CommissionDecision.outcome", "CommissionDecision.text", "CommissionMeeting.late_reason",
        "CommissionMove.note",
    ]  # fmt: skip
    assert _words() == everything
    assert retention.forget_conveners(NOW) == 0
    assert retention.forget_conveners(NOW + timedelta(days=3680)) == 2
    assert _words() == everything[:-1]
    assert retention.empty_minutes(NOW + timedelta(days=30 * 365)) == 0
    assert _words() == everything[:-1]
    assert retention.empty_minutes(NOW + THIRTY) == 3
    assert _words() == []
    assert retention.empty_minutes(NOW + THIRTY) == 0
    asked, free = AgendaPoint.objects.order_by("position")
    assert (asked.title, asked.opinion, free.title) == (
        "Demande 1 : retirer la ligne, ligne 03", "remarks", "—",
    )  # fmt: skip
    done, open_one = CommissionDecision.objects.order_by("pk")
    assert (done.text, done.outcome, done.done_date, open_one.outcome) == ("—", "—", DAY, "")


def test_words_stay_where_the_house_keeps_them_for_ever(held, settings) -> None:
    settings.BEFFROI_MINUTES_YEARS = 0
    assert retention.empty_minutes(NOW + 5 * THIRTY) == 0
    assert "AgendaPoint.minutes" in _words()
