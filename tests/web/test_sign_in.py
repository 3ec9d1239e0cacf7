"""Who comes in: a password and a second factor, in words, with a trace of each attempt."""

import re
from datetime import date, timedelta

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.test import Client
from django.utils import timezone
from tests.conftest import agent_actor
from tests.web.desk.conftest import signed_in_again

from beffroi.accounts import services
from beffroi.accounts.models import Agent
from beffroi.audit.models import JournalEntry

pytestmark = pytest.mark.django_db
PASSWORD = "un bon mot de passe"
LOGIN = "/connexion/"
ACTIVATE = "/connexion/deuxieme-facteur/application/"


def _claire() -> Agent:
    services.load_teams()
    return services.add_agent(
        username="claire", first_name="Claire", last_name="Demoustier", email="c@exemple.test",
        password=PASSWORD, posts=[("social_worker", "general_aid")], since=date(2020, 1, 1),
    )  # fmt: skip


def _sign_in(client: Client, username: str, password: str = PASSWORD):
    return client.post(LOGIN, {"login": username, "password": password})


def _code(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def _verbs() -> list[str]:
    return list(JournalEntry.objects.order_by("pk").values_list("verb", flat=True))


def test_sign_in_page_is_whole_and_in_our_words(client) -> None:
    html = client.get(LOGIN).content.decode()
    assert "⟦undefined" not in html
    assert re.findall(r"<h1>(.*?)</h1>", html) == ["Entrer au bureau"]
    assert "Essayer comme" not in html


def test_sign_in_page_of_the_demo_names_each_fictional_agent(client, settings) -> None:
    settings.BEFFROI_DEMO, settings.BEFFROI_DEMO_PEOPLE = True, "beffroi.demo.people"
    from beffroi.demo.people import AGENTS

    html = client.get(LOGIN).content.decode()
    assert re.findall(r'name="login" value="([^"]+)"', html) == [a.username for a in AGENTS]
    assert "un mot de passe suffit" in html


def test_wrong_password_is_said_in_words_and_journalled_for_a_known_agent(client) -> None:
    who = _claire()
    html = _sign_in(client, "claire", "faux").content.decode()
    assert "ne vont pas ensemble" in html
    _sign_in(client, "mon-mot-de-passe-dans-le-mauvais-champ", "faux")
    rows = JournalEntry.objects.values_list("verb", "object_ref", "kind")
    assert list(rows) == [("sign_in.failed", str(who.pk), "sign_in")]


def test_without_second_factor_only_its_activation_opens(client) -> None:
    _claire()
    _sign_in(client, "claire")
    refused = client.get("/desk/")
    assert (refused.status_code, refused["Location"]) == (302, ACTIVATE)
    page = client.get(ACTIVATE)
    assert page.status_code == 200
    assert "⟦undefined" not in page.content.decode()


def test_second_factor_set_up_opens_the_desk(client) -> None:
    _claire()
    _sign_in(client, "claire")
    html = client.get(ACTIVATE).content.decode()
    secret = re.search(r'class="secret">([A-Z2-7]+)<', html).group(1)
    wrong = client.post(ACTIVATE, {"code": "000000"})
    assert "Ce code n’est pas le bon" in wrong.content.decode()
    html = client.get(ACTIVATE).content.decode()
    secret = re.search(r'class="secret">([A-Z2-7]+)<', html).group(1)
    after = client.post(ACTIVATE, {"code": _code(secret)}, follow=True)
    assert "⟦undefined" not in after.content.decode()
    assert len(re.findall(r"<li><code>", after.content.decode())) == 10
    assert client.get("/desk/").status_code == 200


def test_with_second_factor_the_code_is_asked_before_the_desk(client) -> None:
    who = _claire()
    secret = "JBSWY3DPEHPK3PXP"
    TOTP.activate(who, secret)
    _sign_in(client, "claire")
    assert client.get("/desk/")["Location"].startswith(LOGIN)
    assert _verbs() == []
    asked = client.get("/connexion/deuxieme-facteur/").content.decode()
    assert "⟦undefined" not in asked
    answer = client.post("/connexion/deuxieme-facteur/", {"code": _code(secret)})
    assert (answer.status_code, answer["Location"]) == (302, "/desk/")
    assert client.get("/desk/").status_code == 200
    assert _verbs()[:1] == ["sign_in.done"]


def test_phone_taken_away_closes_the_desk_at_once(client) -> None:
    who = _claire()
    TOTP.activate(who, "JBSWY3DPEHPK3PXP")
    _sign_in(client, "claire")
    client.post("/connexion/deuxieme-facteur/", {"code": _code("JBSWY3DPEHPK3PXP")})
    assert client.get("/desk/").status_code == 200
    page = client.get("/connexion/deuxieme-facteur/application/retirer/")
    assert "⟦undefined" not in page.content.decode()
    client.post("/connexion/deuxieme-facteur/application/retirer/")
    assert client.get("/desk/")["Location"] == ACTIVATE


@pytest.mark.parametrize(
    "path",
    [
        "mot-de-passe/",
        "deuxieme-facteur/gerer/",
        "deuxieme-facteur/confirmer/",
        "deuxieme-facteur/codes/nouveaux/",
        "sortir/",
    ],
)
def test_page_of_ones_own_security_is_whole(client, path) -> None:
    who = _claire()
    TOTP.activate(who, "JBSWY3DPEHPK3PXP")
    _sign_in(client, "claire")
    client.post("/connexion/deuxieme-facteur/", {"code": _code("JBSWY3DPEHPK3PXP")})
    page = client.get(LOGIN + path)
    assert page.status_code == 200
    assert "⟦undefined" not in page.content.decode()


@pytest.mark.parametrize("page", ["codes/", "codes/nouveaux/", "application/retirer/"])
def test_password_alone_does_not_open_what_the_second_factor_guards(client, page) -> None:
    who = _claire()
    TOTP.activate(who, "JBSWY3DPEHPK3PXP")
    RecoveryCodes.activate(who)
    _sign_in(client, "claire")
    client.post("/connexion/deuxieme-facteur/", {"code": _code("JBSWY3DPEHPK3PXP")})
    signed_in_again(client, method="mfa", seconds_ago=3600)  # her desk, left open
    shown = client.post("/connexion/confirmer/", {"password": PASSWORD})
    assert shown["Location"] == "/connexion/deuxieme-facteur/confirmer/"
    signed_in_again(client, method="password")
    answer = client.get(f"/connexion/deuxieme-facteur/{page}")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/connexion/deuxieme-facteur/confirmer/?")


def test_too_many_wrong_passwords_lock_the_account_in_words(client, settings) -> None:
    settings.AXES_ENABLED = True
    _claire()
    pages = [_sign_in(client, "claire", f"faux {n}") for n in range(6)]
    assert [page.status_code for page in pages] == [200] * 5 + [429]
    html = pages[-1].content.decode()
    assert "pendant un quart d’heure" in html and "⟦undefined" not in html
    assert _sign_in(client, "claire").status_code == 429
    assert _verbs() == ["sign_in.failed"] * 5 + ["sign_in.locked"] * 2


def test_sign_out_happens_on_post_alone(client) -> None:
    _claire()
    _sign_in(client, "claire")
    assert client.get("/connexion/sortir/").status_code == 200
    assert "_auth_user_id" in client.session
    assert client.post("/connexion/sortir/")["Location"] == "/"
    assert "_auth_user_id" not in client.session


def test_page_of_the_desk_stays_in_no_cache(client, settings) -> None:
    settings.BEFFROI_SECOND_FACTOR = False
    _claire()
    _sign_in(client, "claire")
    assert client.get("/desk/")["Cache-Control"] == "no-store, private"
    assert "Cache-Control" not in client.get("/lieux/").headers


def test_agent_without_a_post_today_finds_no_desk(client, settings) -> None:
    settings.BEFFROI_SECOND_FACTOR = False
    who = _claire()
    who.posts.update(until_date=timezone.localdate() - timedelta(days=1))
    _sign_in(client, "claire")
    assert client.get("/desk/").status_code == 404


def test_wrong_passwords_from_elsewhere_do_not_close_sign_in_behind_a_proxy(
    client, settings
) -> None:
    settings.BEFFROI_PROXIES = 1
    _claire()
    for number in range(40):
        data = {"login": f"personne-{number}", "password": "faux"}
        client.post(LOGIN, data, headers={"X-Forwarded-For": "198.51.100.7"})
    answer = client.post(
        LOGIN,
        {"login": "claire", "password": PASSWORD},
        headers={"X-Forwarded-For": "203.0.113.9"},
    )
    assert answer.status_code == 302


def test_password_handed_over_cannot_be_kept_as_ones_own(client, settings) -> None:
    settings.BEFFROI_SECOND_FACTOR = False
    who = _claire()
    who.temporary_password = who.password
    who.save()
    _sign_in(client, "claire")
    change = "/connexion/mot-de-passe/"
    same = dict.fromkeys(("oldpassword", "password1", "password2"), PASSWORD)
    assert "choisissez-en un autre" in client.post(change, same).content.decode()
    who.refresh_from_db()
    assert who.password_is_temporary
    own = {**same, "password1": "quatre mots a moi", "password2": "quatre mots a moi"}
    assert client.post(change, own).status_code == 302
    who.refresh_from_db()
    assert not who.password_is_temporary


def test_second_factor_taken_away_by_the_administration_ends_what_was_open(
    client, settings
) -> None:
    settings.BEFFROI_SECOND_FACTOR = False
    who = _claire()
    _sign_in(client, "claire")
    assert client.get("/desk/").status_code == 200
    services.reset_second_factor(
        agent=who, reason="Téléphone volé", by=agent_actor(99, "administrator"), at=timezone.now()
    )
    assert client.get("/desk/").status_code == 302
