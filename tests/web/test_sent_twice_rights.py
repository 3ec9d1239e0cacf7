"""What a mark never does: answer whom the page is closed to, stop an act undone, keep a code."""

import re
from datetime import timedelta
from hashlib import sha256
from uuid import uuid4

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.utils import timezone
from tests.factories import activities as gather
from tests.factories import payments as pay
from tests.factories import supplies as hand
from tests.web.desk.conftest import BACKEND, signed_in_again

from beffroi.accounts.models import Agent, Post
from beffroi.acts.activities.models import Registration
from beffroi.acts.payments import services as payments
from beffroi.acts.payments.models import Run
from beffroi.acts.payments.periods import month_end
from beffroi.acts.payments.run_queries import lines_hash
from beffroi.audit.models import Sending
from beffroi.core.actors import Actor
from beffroi.core.dates import next_working_day

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture(autouse=True)
def without_second_factor(settings) -> None:
    settings.BEFFROI_SECOND_FACTOR = False


def _browser(who: Actor, **more: bool) -> Client:
    client = Client(**more)
    client.force_login(Agent.objects.get(pk=who.ref), backend=BACKEND)
    return client


def _said(answer) -> list[str]:
    return [str(one) for one in get_messages(answer.wsgi_request)._queued_messages]


def _thing(who: Actor) -> tuple[str, dict[str, str]]:
    page = f"/desk/distributions/{hand.site('loans').pk}/acte/materiel/"
    form = {"envoi": str(uuid4()), "name": "Perceuse", "number": ""}
    assert _browser(who).post(page, form).status_code == 302
    assert Sending.objects.get().words
    return page, form


def test_who_lost_her_post_reads_nothing_of_what_she_sent() -> None:
    who = hand.keeper()
    page, form = _thing(who)
    assert _said(_browser(who).post(page, form))
    Post.objects.filter(agent=who.ref).update(until_date=TODAY - timedelta(days=1))
    answer = _browser(who).post(page, form)
    assert (answer.status_code, _said(answer)) == (404, [])


def test_who_must_show_a_second_factor_first_is_led_there(settings) -> None:
    who = hand.keeper()
    page, form = _thing(who)
    settings.BEFFROI_SECOND_FACTOR = True
    answer = _browser(who).post(page, form)
    assert (answer["Location"], _said(answer)) == ("/connexion/deuxieme-facteur/application/", [])
    other = form | {"envoi": str(uuid4())}
    assert _browser(who).post(page, other)["Location"] == answer["Location"]
    assert Sending.objects.count() == 1  # led to a proof, nothing was done


def test_forged_sending_is_refused_known_or_not() -> None:
    who = hand.keeper()
    page, form = _thing(who)
    answer = _browser(who, enforce_csrf_checks=True).post(page, form)
    assert (answer.status_code, _said(answer)) == (403, [])


def test_approval_that_asked_for_the_password_is_done_when_sent_again() -> None:
    pay.house()
    pay.order(since=TODAY.replace(day=1))
    day = next_working_day(TODAY + timedelta(days=2))
    run = payments.prepare_run(
        through=month_end(TODAY), execution=day, by=pay.finance(), at=timezone.now()
    )
    page, client = f"/desk/finances/paiements/{run.reference}/", _browser(pay.director())
    form = {"envoi": str(uuid4()), "ref": run.reference, "seen": lines_hash(run), "retour": page}
    asked = client.post("/desk/finances/acte/approuver/", form)
    assert asked["Location"].startswith("/connexion/confirmer/")
    signed_in_again(client)
    assert client.post("/desk/finances/acte/approuver/", form)["Location"] == page
    assert Run.objects.get().state == "approved"


def test_code_of_a_place_is_said_again_and_kept_nowhere() -> None:
    of = gather.activity(enrolment="series", is_public=True, capacity=1)
    client, page = _browser(gather.animator()), f"/desk/activites/{of.pk}/inscriptions/"
    form = {"envoi": str(uuid4()), "nonce": "n1", "name": "Lucie", "seats": 1}
    said = [_said(client.post(page, form)) for _twice in range(2)]
    assert said[0] == said[1]
    assert re.search(r"code \S+", said[0][0])
    assert (Registration.objects.count(), Sending.objects.count()) == (1, 0)
    assert "alert-success" in client.get(page).content.decode()


def test_what_was_typed_is_not_found_by_trying() -> None:
    who = hand.keeper()
    _page, form = _thing(who)
    found = sha256()
    for name, value in sorted(form.items()):
        found.update(repr((name, [value])).encode())
    digest = Sending.objects.get().digest
    assert digest != found.hexdigest()
    assert len(digest) == 64
