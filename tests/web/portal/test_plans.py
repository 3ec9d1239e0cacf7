"""The public pages of plans: before a vote and after, dates, pictures, files, languages, cost."""

import io
import json
import re
from datetime import date, timedelta
from xml.etree import ElementTree

import pytest
from django.urls import reverse
from django.utils import timezone, translation
from pypdf import PdfReader
from tests.factories import activities as houses
from tests.factories.publishing import frozen, voted
from tests.factories.steering import GIVEN, NOW, line, plan
from tests.steering.town import Town
from tests.web.portal.page_reading import faults, read

from beffroi.acts.activities import services as activities
from beffroi.acts.activities.enums import Channel, ConsentKind
from beffroi.directory.models import Place
from beffroi.steering import services as steering
from beffroi.steering.models import Plan, Publication

pytestmark = pytest.mark.django_db
_ATOM = "{http://www.w3.org/2005/Atom}"


def _page(client, name: str, *args: object, lang: str = "fr") -> str:
    with translation.override(lang):
        url = reverse(f"portal:{name}", args=args)
    answer = client.get(url)
    assert answer.status_code == 200
    return answer.content.decode()


def _public_activity(number: int, **more):
    return houses.activity(is_public=True, lines=(str(number),), **more)


def test_plan_before_any_vote_shows_its_lines_and_no_figure(client) -> None:
    made = plan()
    frozen(made, Town(2).content(2025))
    page = _page(client, "plan", made.key)
    assert [n for n in range(1, 33) if f'/plan/{made.key}/{n}/"' not in page] == []
    assert "n’a pas encore voté" in page
    assert 'class="told"' not in page
    assert 'class="told"' not in _page(client, "plan_line", made.key, 2)
    for name, args in (("plan_year", [made.key, 2025]), ("plan_report", [made.key, 2025]), ("plan_figures", [made.key, "csv"])):  # fmt: skip
        assert client.get(reverse(f"portal:{name}", args=args)).status_code == 404


def test_plan_that_no_council_adopted_is_not_public(client) -> None:
    made = plan()
    Plan.objects.filter(pk=made.pk).update(state="draft")
    assert client.get(reverse("portal:plan", args=[made.key])).status_code == 404
    assert client.get(reverse("portal:plan_line", args=[made.key, 1])).status_code == 404
    assert made.name not in _page(client, "plans")


def test_voted_report_is_told_with_its_day_its_decision_and_how_each_figure_is_counted(
    client,
) -> None:
    made = plan()
    voted(made, Town(2).content(2025))
    page = _page(client, "plan", made.key)
    assert "4 mars 2026" in page
    assert "Conseil, point 8" in page
    told = _page(client, "plan_line", made.key, 4)
    assert told.count("Comment est-ce calculé") == told.count('class="told"') > 3
    assert "Révision 1, votée le mercredi 4 mars 2026." in told


def test_line_says_what_it_is_for_who_does_it_and_its_class_of_budget(client) -> None:
    made = plan()
    content = Town(2).content(2025) | {"kind": "financial", "form": 1, "by_line": [
        {"label": "02", "budget": "0.00", "spent": "6100.00", "eligible": "0.00", "charged": "0.00"},
    ], "recap": {"subsidy": None, "eligible": None}}  # fmt: skip
    voted(made, content)
    page = _page(client, "plan_line", made.key, 2)
    assert "de 5 000 à 25 000 € par an" in page
    assert "Article 20 · " in re.sub(r"<[^>]*>", "", _page(client, "plan_line", made.key, 24))
    assert "par an" not in _page(client, "plan_line", made.key, 3)


def test_pages_of_a_plan_are_well_made_and_name_no_undefined_variable(client) -> None:
    made = plan()
    for year in (2024, 2025):
        voted(made, Town(2).content(year))
    pages = [("plans", []), ("plan", [made.key]), ("plan_line", [made.key, 4]), ("plan_year", [made.key, 2025])]  # fmt: skip
    for name, args in pages:
        text = _page(client, name, *args)
        assert (name, faults(read(text))) == (name, [])
        assert "⟦undefined" not in text


def test_next_dates_are_those_announced_and_say_how_to_join(client) -> None:
    made = plan()
    now = timezone.now()
    free = _public_activity(4, name="Table ouverte")
    booked = _public_activity(4, name="Atelier vélo", enrolment="session", capacity=6)
    secret = houses.activity(lines=("4",), name="Permanence fermée")
    other = _public_activity(5, name="Ailleurs")
    for one in (free, booked, secret, other):
        start = now + timedelta(days=3)
        activities.add_session(
            activity=one.pk, starts_at=start, ends_at=start + timedelta(hours=2), by=houses.HOUSE,
            at=now,
        )  # fmt: skip
    activities.add_session(
        activity=_public_activity(4, name="Ordinateur à domicile").pk, is_home=True, by=houses.HOUSE,
        starts_at=now + timedelta(days=3), ends_at=now + timedelta(days=3, hours=2), at=now,
    )  # fmt: skip
    page = _page(client, "plan_line", made.key, 4)
    assert ("Table ouverte" in page, "Atelier vélo" in page) == (True, True)
    assert "Ordinateur à domicile" not in page  # nobody would be at the house
    assert ("Permanence fermée" in page, "Ailleurs" in page) == (False, False)
    assert reverse("portal:gathering", args=[booked.pk]) in page
    assert "Sans inscription" in page
    events = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', page)[1])
    assert {one["item"]["name"] for one in events["itemListElement"]} == {"Table ouverte", "Atelier vélo"}  # fmt: skip
    feed = ElementTree.fromstring(client.get(reverse("portal:plan_dates", args=[made.key])).content)
    titles = [one.findtext(f"{_ATOM}title").partition(" – ")[0] for one in feed.iter(f"{_ATOM}entry")]  # fmt: skip
    assert sorted(titles) == ["Ailleurs", "Atelier vélo", "Table ouverte"]


def test_picture_disappears_the_moment_somebody_changes_her_mind(client) -> None:
    made, now, today = plan(), timezone.now(), timezone.localdate()
    one = houses.participant(birth_year=1980)
    agreed = activities.give_consent(
        participant=one.pk, kind=ConsentKind.PUBLISH, channels=[Channel.WEB], proof="Papier signé",
        given_on=today - timedelta(days=2), by=houses.HOUSE, at=now,
    )  # fmt: skip
    session = houses.session(_public_activity(4, name="Fête"))
    picture = houses.picture(session, one)
    activities.publish_picture(picture=picture.pk, channel=Channel.WEB, by=houses.HOUSE, at=now)
    url = reverse("portal:plan_picture", args=[made.key, picture.pk])
    assert url in _page(client, "plan_line", made.key, 4)
    assert url in _page(client, "plan", made.key)
    assert url not in _page(client, "plan_line", made.key, 5)
    answer = client.get(url)
    assert (answer.status_code, answer["Cache-Control"]) == (200, "no-store")
    activities.withdraw_consent(consent=agreed.pk, by=houses.HOUSE, at=now)
    assert client.get(url).status_code == 404
    assert url not in _page(client, "plan_line", made.key, 4)


def test_readable_report_is_the_same_file_and_says_what_may_be_told(client) -> None:
    made = plan()
    content = Town(3).content(2025)
    content["lines"][1]["worked"] = "On chante. Trois enfants du quartier sont venus. Tous rient."
    content["texts"] = [{"section": "children", "title": "Droits de l’enfant", "text": "Ils choisissent.\nNous étions 3."}]  # fmt: skip
    publication = voted(made, content)
    url = reverse("portal:plan_report", args=[made.key, 2025])
    first = client.get(url).content
    words = " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(first)).pages).split())  # fmt: skip
    assert "2025, ce qui s’est fait ensemble" in words
    assert "Voté par le conseil le 4 mars 2026" in words
    assert ("On chante. Tous rient." in words, "Trois enfants" in words) == (True, False)
    assert ("Ils choisissent." in words, "Nous étions" in words) == (True, False)
    written = steering.write_readable_file(snapshot=publication.snapshot, by=houses.HOUSE, at=NOW)
    assert written.body == first
    assert [n for n in range(1, 8) if f"Ligne {n}" not in words] == []
    page = _page(client, "plan_year", made.key, 2025)
    assert page.count('role="img"') == page.count("Les mêmes chiffres en tableau") > 0
    assert "Trois enfants" not in page


def test_readable_report_before_the_vote_says_that_it_is_a_draft() -> None:
    snapshot = frozen(plan(), Town(3).content(2025))
    assert "pas encore voté" in steering.story(snapshot).vote


def test_publication_is_made_by_the_vote_alone_and_never_changes() -> None:
    made = plan()
    frozen(made, Town(3).content(2025))
    assert Publication.objects.count() == 0
    kept = voted(made, Town(3).content(2024))
    with pytest.raises(Exception, match="never changed"):
        Publication.objects.filter(pk=kept.pk).update(page="{}")


def test_history_tells_the_changes_applied_in_plain_words(client) -> None:
    made = plan()
    asked = steering.ask_change(
        plan=made, kind="suspend", line=line(6), reason="La salle est fermée. Deux familles partent.",
        proposed={}, **GIVEN,
    )  # fmt: skip
    steering.see_change(change=asked, opinion="Favorable", on=date(2026, 11, 1), **GIVEN)
    steering.decide_change(
        change=asked, granted=True, decision="Conseil du 10 novembre", on=date(2026, 11, 10),
        effective=date(2026, 11, 20), **GIVEN,
    )  # fmt: skip
    assert "La salle est fermée." not in _page(client, "plan_line", made.key, 6)
    steering.apply_change(change=asked, **GIVEN)
    for page in (_page(client, "plan_line", made.key, 6), _page(client, "plan", made.key)):
        assert "Suspendre ou reprendre" in page
        assert ("La salle est fermée." in page, "Deux familles" in page) == (True, False)
        assert ("Conseil du 10 novembre" in page, "20 novembre 2026" in page) == (True, True)
    assert "Rien n’a changé" in _page(client, "plan_line", made.key, 7)


@pytest.mark.parametrize(("lang", "said"), [("nl", "De cijfers"), ("de", "Die Zahlen"), ("en", "The figures")])  # fmt: skip
def test_line_is_said_in_each_language_with_the_same_numbers(client, lang: str, said: str) -> None:
    made = plan()
    voted(made, Town(2).content(2025))
    page = _page(client, "plan_line", made.key, 4, lang=lang)
    assert said in page
    french = re.findall(r'class="told"><strong>(\d+)<', _page(client, "plan_line", made.key, 4))
    assert re.findall(r'class="told"><strong>(\d+)<', page) == french != []


def test_places_of_announced_dates_are_on_a_map_and_in_a_list(client) -> None:
    made = plan()
    now, day = timezone.now(), timedelta(days=3)
    Place.objects.create(key="ici", name="Salle d’ici", locality="Nimy", postal_code="7020")
    Place.objects.create(key="secret", name="Salle secrète", locality="Ghlin", postal_code="7011")
    shown = _public_activity(4, place=Place.objects.get(key="ici").pk)
    nowhere = _public_activity(4, name="Sans lieu connu")
    closed = houses.activity(lines=("4",), place=Place.objects.get(key="secret").pk)
    for one in (shown, nowhere, closed):
        activities.add_session(
            activity=one.pk, starts_at=now + day, ends_at=now + day + timedelta(hours=2),
            by=houses.HOUSE, at=now,
        )  # fmt: skip
    for name, args in (("plan", [made.key]), ("plan_line", [made.key, 4])):
        section = _page(client, name, *args).partition('id="where"')[2].partition("</section>")[0]
        assert section.count("<li>") == 2
        assert ("Salle d’ici" in section, "Salle secrète" in section) == (True, False)
        assert section.count('class="middle"') == 1
        assert "Au milieu de sa localité, faute de mieux" in section
        assert "1 lieu n’est pas sur la carte" in section
        assert re.findall(r"<title[^>]*>([^<]*)</title>", section) == ["Où cela se passe"]
        assert "Carte de Mons, le nord en haut. 1 lieu, numéroté" in section


def test_lines_of_one_title_are_told_apart_by_their_number_and_who_does_them(client) -> None:
    plan()
    page = _page(client, "plan_line", "mons-pcs-2020", 23)
    others = page.partition('id="others"')[2].partition("</section>")[0]
    assert 'href="/plan/mons-pcs-2020/24/"' in others
    assert "ligne 24" in others
    assert "ASBL Article 27" in others


@pytest.mark.parametrize(("name", "most"), [("plan", 14), ("plan_line", 14)])
def test_pages_of_a_plan_cost_the_same_with_more_to_show(
    client, django_assert_max_num_queries, name: str, most: int
) -> None:
    made = plan()
    args = [made.key] if name == "plan" else [made.key, 4]
    url, now = reverse(f"portal:{name}", args=args), timezone.now()
    for year in (2023, 2024, 2025):
        voted(made, Town(year).content(2024) | {"year": year})
    for n in range(3):
        one = _public_activity(4, name=f"Activité {n}")
        start = now + timedelta(days=3 + n)
        activities.add_session(
            activity=one.pk, starts_at=start, ends_at=start + timedelta(hours=2), by=houses.HOUSE,
            at=now,
        )  # fmt: skip
    client.get(url)
    with django_assert_max_num_queries(most):
        assert client.get(url).content.count(b"Activit\xc3\xa9 ") >= 3
