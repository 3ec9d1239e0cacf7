"""Reminders leave once, in the person's language, without a word of why; and all of it ends."""

from datetime import timedelta

import pytest
from tests.factories.agenda import NOW, announced, appointment, later, reception
from tests.factories.requests import agent

from beffroi.acts.agenda import retention
from beffroi.acts.agenda import services as agenda
from beffroi.acts.agenda.models import Appointment, Arrival, Hold, Reminder, TicketCount
from beffroi.core.actors import system_actor

pytestmark = pytest.mark.django_db
HOUSE = system_actor("tests")


def test_reminder_leaves_once_and_says_nothing_of_why(mailoutbox, django_capture_on_commit_callbacks) -> None:  # fmt: skip
    mine = agent()
    made = appointment(mine, 48, email="lucie@exemple.test", phone="0470 00 00 01", name="Lucie")
    appointment(mine, 24, email="demain@exemple.test")
    appointment(mine, 50, email="offre@exemple.test", confirmed=False)
    appointment(mine, 52)
    with django_capture_on_commit_callbacks(execute=True):
        first = agenda.prepare_reminders(by=HOUSE, at=NOW)
        again = agenda.prepare_reminders(by=HOUSE, at=later(1))
    assert (first, again) == ([made.reference], [])
    (mail,) = mailoutbox
    assert mail.to == ["lucie@exemple.test"]
    assert mail.body.startswith(
        f"Vous avez rendez-vous le jeudi 26 novembre 2026 à 09:30. Référence : {made.reference}."
    )
    told = ("Lucie", "Équipe", "Claire", "CPAS", "Bureau")
    assert [word for word in told if word in mail.body + mail.subject] == []
    sent = {r.channel: r.sent_at for r in Reminder.objects.all()}
    assert sent == {"email": NOW, "sms": None}


@pytest.mark.parametrize(("lang", "word"), [("nl", "afspraak"), ("de", "Termin"), ("en", "appointment")])  # fmt: skip
def test_reminder_is_in_the_language_of_the_person(lang: str, word: str) -> None:
    made = appointment(agent(), 48, lang=lang)
    assert word in agenda.reminder_text(made)


def test_agenda_ends_by_itself() -> None:
    mine, desk = agent(), reception()
    made = appointment(mine, 24, email="lucie@exemple.test", subject_ref="DEM-2026-00001")
    agenda.prepare_reminders(by=HOUSE, at=NOW, day=made.starts_at.date())
    announced(desk)
    assert retention.forget_arrivals(NOW + timedelta(days=30)) == 0
    assert retention.forget_arrivals(NOW + timedelta(days=33)) == 1
    assert (Arrival.objects.count(), TicketCount.objects.count()) == (0, 0)
    two_years = NOW + timedelta(days=732)
    assert retention.empty_appointments(two_years) == 1
    assert retention.empty_appointments(two_years) == 0
    left = Appointment.objects.get()
    assert (left.name, left.email, left.subject_ref, left.person) == ("", "", "", None)
    assert (left.state, left.reminders.count(), Hold.objects.count()) == ("confirmed", 0, 1)
    assert set(left.moves.values_list("by_ref", "by_label", "why")) == {("", "", "")}
