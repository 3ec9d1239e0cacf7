"""Places: what is known, disputed, unknown; sheets, cards and calendars that one takes away."""

from datetime import UTC, date, datetime, timedelta
from io import BytesIO

import pytest
from django.test import Client
from icalendar import Calendar
from pypdf import PdfReader
from tests.factories import editors

from beffroi.directory import place_queries
from beffroi.directory.enums import FactKind, FactState
from beffroi.directory.models import Closure, Contradiction, Fact, Place, Service, Source
from beffroi.documents.pdf import OutsideTheHouse, render_pdf, static_file

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)


@pytest.fixture(autouse=True)
def _house(catalogue: None) -> None:
    """The catalogue of Mons."""


def _hours(place: str, days: str = "MO,WE", opens: str = "09:00", closes: str = "12:30", **more):
    value = {"freq": "WEEKLY", "byday": days, "opens_at": opens, "closes_at": closes}
    return Fact.objects.create(
        **{
            "place": Place.objects.get(key=place), "kind": FactKind.HOURS, "text": "Ouvert le matin",
            "value": value, "source": Source.objects.first(), "state": FactState.STATED,
            "valid_from_date": date(2026, 11, 2), **more,
        }
    )  # fmt: skip


def _text(response) -> str:
    return response.content.decode()


def _pdf_text(response) -> str:
    assert response["Content-Type"] == "application/pdf"
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(response.content)).pages)


def _events(client: Client, key: str) -> list:
    response = client.get(f"/agenda/{key}.ics")
    assert response["Content-Type"].startswith("text/calendar")
    return Calendar.from_ical(response.content).walk("VEVENT")


def test_houses_lists_the_seven_with_their_phones(client: Client) -> None:
    page = _text(client.get("/maisons/"))
    keys = set(Place.objects.filter(is_house=True).values_list("key", flat=True))
    assert {key for key in keys if f"/lieux/{key}/" in page} == keys
    assert len(keys) == 7
    assert 'href="tel:+3265844409"' in page


def test_houses_says_that_documents_disagree_on_their_number(client: Client) -> None:
    assert Contradiction.objects.get(code="C01").public_notes["nl"] in _text(
        client.get("/nl/maisons/")
    )


def test_places_lists_every_place(client: Client) -> None:
    page = _text(client.get("/lieux/"))
    keys = set(Place.objects.values_list("key", flat=True))
    assert {key for key in keys if f"/lieux/{key}/" in page} == keys


def test_place_shows_side_by_side_what_each_document_says(client: Client) -> None:
    page = place_queries.place_page("mq-epinlieu", "fr", TODAY)
    assert page is not None
    (dispute,) = page.disputes
    said = {version.source: {text for _, text in version.said} for version in dispute.versions}
    assert said == {
        "Site du CPAS de Mons": {"065 88 22 21", "Chemin cense gain 152 à 7000 Mons"},
        "Page du Service de Prévention de la Ville de Mons": {
            "065 36 47 49",
            "Allée des Mélèzes, 13\N{NO-BREAK SPACE}¾",
        },
    }
    assert dispute.note == Contradiction.objects.get(code="C03").public_notes["fr"]
    html = _text(client.get("/lieux/mq-epinlieu/"))
    for text in (
        "065 88 22 21",
        "065 36 47 49",
        "Allée des Mélèzes, 13\N{NO-BREAK SPACE}¾",
        dispute.note,
    ):
        assert text in html


def test_place_settled_shows_only_what_was_kept() -> None:
    contradiction = Contradiction.objects.get(code="C03")
    for fact in Fact.objects.filter(contradiction=contradiction):
        kept = "065 88" in fact.text or "cense" in fact.text
        state = FactState.STATED if kept else FactState.REJECTED
        Fact.objects.filter(pk=fact.pk).update(state=state)
    page = place_queries.place_page("mq-epinlieu", "fr", TODAY)
    assert page is not None
    assert (page.disputes, page.phones) == ((), ("065 88 22 21",))


def test_place_says_what_nobody_knows(client: Client) -> None:
    page = place_queries.place_page("mq-mons", "fr", TODAY)
    assert page is not None
    assert {rubric.kind for rubric in page.unknown} == {
        FactKind.HOURS,
        FactKind.ACTIVITY,
        FactKind.ACCESSIBILITY,
        FactKind.COMFORT,
    }
    assert "Ce que l’on ne sait pas encore" in _text(client.get("/lieux/mq-mons/"))


def test_place_shows_the_week_and_closings(client: Client) -> None:
    _hours("mq-nimy")
    today = datetime.now(tz=UTC).date()
    Closure.objects.create(
        place=Place.objects.get(key="mq-nimy"), from_date=today, until_date=today + timedelta(days=9),
        reason="Travaux dans la salle", entered_by="x", entered_at=datetime.now(tz=UTC),
    )  # fmt: skip
    html = _text(client.get("/lieux/mq-nimy/"))
    assert "09:00–12:30" in html
    assert "Travaux dans la salle" in html


def test_place_unknown_is_not_found(client: Client) -> None:
    for path in ("/lieux/nulle-part/", "/agenda/nulle-part.ics", "/services/rien/carte/"):
        assert client.get(path).status_code == 404


def test_place_hides_a_service_that_is_not_published(client: Client) -> None:
    Service.objects.filter(key="prev-synapse").update(is_listed=False)
    page = place_queries.place_page("synapse", "fr", TODAY)
    assert page is not None
    assert page.services == ()


@pytest.mark.parametrize("count", [1, 3])
def test_place_costs_the_same_whatever_is_there(
    client: Client, django_assert_num_queries, count: int
) -> None:
    place = Place.objects.get(key="mq-mons")
    for _ in range(count):
        service = editors.service()
        place.services.through.objects.create(place=place, service=service)
        editors.fact(service, FactKind.HOURS, "lundi")
    with django_assert_num_queries(7):
        client.get("/lieux/mq-mons/")


@pytest.mark.parametrize(
    ("path", "counts"),
    [
        ("/maisons/", "Mons (3), Ghlin (1), Jemappes (1), Nimy (1), Cuesmes (1)"),
        ("/lieux/", "Mons (5), Ghlin (1), Jemappes (1), Nimy (1), Cuesmes (1), Obourg (1)"),
    ],
)
def test_lists_open_with_a_map_of_the_localities(client: Client, path: str, counts: str) -> None:
    html = _text(client.get(path))
    assert f"Carte de Mons, le nord en haut. {counts}<" in html
    assert "Un rond par localité, en son milieu, avec le nombre de lieux." in html
    assert html.index('<figure class="map">') < html.index("7000 Mons")


@pytest.mark.parametrize(("path", "queries"), [("/maisons/", 4), ("/lieux/", 4)])
def test_lists_cost_the_same_for_many_places(
    client: Client, django_assert_max_num_queries, path: str, queries: int
) -> None:
    for number in range(50):
        place = editors.place(is_house=True, postal_code="7000", locality="Mons")
        editors.fact(place, FactKind.PHONE, f"065 35 41 {number:02}")
    with django_assert_max_num_queries(queries + 2):
        client.get(path)


def test_week_without_facts_is_a_blank_sheet_that_says_so(client: Client) -> None:
    html = _text(client.get("/lieux/mq-mons/semaine/"))
    assert html.count("<td></td>") == 21
    assert "065 84 44 09" in html
    assert "Nous ne connaissons pas encore les heures" in html


def test_week_pdf_carries_the_hours_and_the_phone(client: Client) -> None:
    _hours("mq-nimy")
    text = _pdf_text(client.get("/lieux/mq-nimy/semaine.pdf"))
    assert "09:00–12:30" in text
    assert "065 82 52 69" in text
    assert "Lundi" in text


def test_week_pdf_is_one_tagged_page_in_the_font_of_the_house(client: Client) -> None:
    reader = PdfReader(BytesIO(client.get("/lieux/mq-nimy/semaine.pdf").content))
    fonts = {
        str(font.get_object()["/BaseFont"])
        for page in reader.pages
        for font in page["/Resources"]["/Font"].values()
    }
    assert len(reader.pages) == 1
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert all("Beffroi-Print" in name for name in fonts), fonts


def test_place_card_pdf_is_one_page_with_both_disputed_phones(client: Client) -> None:
    response = client.get("/lieux/mq-epinlieu/carte.pdf")
    text = _pdf_text(response)
    assert "065 88 22 21" in text and "065 36 47 49" in text
    assert "/lieux/mq-epinlieu/" in text
    assert len(PdfReader(BytesIO(response.content)).pages) == 1


def test_card_draws_the_code_without_style(client: Client) -> None:
    html = _text(client.get("/lieux/mq-mons/carte/"))
    assert '<svg role="img" aria-label=' in html
    assert "style=" not in html


@pytest.mark.parametrize("lang", ["", "nl/", "de/", "en/"])
def test_service_card_speaks_the_language_of_the_page(client: Client, lang: str) -> None:
    service = Service.objects.get(key="cpas-energie")
    text = service.texts.get(lang=lang.strip("/") or "fr")
    html = _text(client.get(f"/{lang}services/cpas-energie/carte/"))
    assert text.summary in html.replace("&#x27;", "'")


def test_service_card_never_shows_a_planned_service_as_running(client: Client) -> None:
    planned = Service.objects.filter(status="planned").first()
    assert planned is not None
    html = _text(client.get(f"/services/{planned.key}/carte/"))
    assert "En projet" in html


def test_service_card_pdf_of_every_status_fits_one_page(client: Client) -> None:
    response = client.get("/services/cpas-energie/carte.pdf")
    assert "Énergie" in _pdf_text(response)
    assert len(PdfReader(BytesIO(response.content)).pages) == 1


def test_agenda_without_known_hours_is_empty(client: Client) -> None:
    assert _events(client, "mq-mons") == []


def test_agenda_repeats_the_hours_each_week_at_brussels_time(client: Client) -> None:
    fact = _hours("mq-nimy", valid_until_date=date(2026, 12, 31))
    (event,) = _events(client, "mq-nimy")
    assert str(event["UID"]) == f"mq-nimy-{fact.pk}@beffroi"
    assert event["DTSTART"].dt.isoformat() == "2026-11-02T09:00:00+01:00"
    assert event["DTSTART"].params["TZID"] == "Europe/Brussels"
    assert event["DTEND"].dt.isoformat() == "2026-11-02T12:30:00+01:00"
    assert event["RRULE"]["FREQ"] == ["WEEKLY"]
    assert event["RRULE"]["BYDAY"] == ["MO", "WE"]
    assert event["RRULE"]["UNTIL"][0].isoformat() == "2026-12-31T22:59:59+00:00"


def test_agenda_carries_its_time_zone_and_stable_names(client: Client) -> None:
    _hours("mq-nimy")
    first = Calendar.from_ical(client.get("/agenda/mq-nimy.ics").content)
    again = Calendar.from_ical(client.get("/agenda/mq-nimy.ics").content)
    assert len(first.walk("VTIMEZONE")) == 1
    assert [e["UID"] for e in first.walk("VEVENT")] == [e["UID"] for e in again.walk("VEVENT")]


def test_agenda_leaves_out_what_is_disputed_put_aside_or_over(client: Client) -> None:
    _hours("mq-nimy", state=FactState.DISPUTED)
    _hours("mq-nimy", state=FactState.REJECTED)
    _hours("mq-nimy", valid_from_date=date(2020, 1, 1), valid_until_date=date(2020, 12, 31))
    _hours("mq-nimy", valid_from_date=date(2990, 1, 1))
    assert _events(client, "mq-nimy") == []


def test_agenda_leaves_out_the_days_of_a_closing_and_says_it(client: Client) -> None:
    _hours("mq-nimy")
    begin = datetime.now(tz=UTC).date()
    Closure.objects.create(
        place=Place.objects.get(key="mq-nimy"), from_date=begin, until_date=begin + timedelta(days=6),
        reason="Congé", entered_by="x", entered_at=datetime.now(tz=UTC),
    )  # fmt: skip
    hours, closing = _events(client, "mq-nimy")
    exdates = hours["EXDATE"]
    out = [
        d.dt.date()
        for item in (exdates if isinstance(exdates, list) else [exdates])
        for d in item.dts
    ]
    expected = [d for d in (begin + timedelta(days=n) for n in range(7)) if d.weekday() in (0, 2)]
    assert out == [day for day in expected if day >= date(2026, 11, 2)]
    assert str(closing["SUMMARY"]).endswith("Congé")
    assert closing["DTSTART"].dt == begin


@pytest.mark.parametrize(
    "address",
    [
        "https://example.test/a.png",
        "http://127.0.0.1/a.png",
        "file:///etc/passwd",
        "ftp://a.test/b",
    ],
)
def test_pdf_refuses_the_network_and_files_outside_the_house(address: str) -> None:
    html = f'<html lang="fr"><head><title>t</title></head><body><img src="{address}" alt="a">'
    with pytest.raises(OutsideTheHouse):
        render_pdf(html)


def test_pdf_opens_the_pictures_of_the_house() -> None:
    mark = static_file("beffroi/img/mark-ink.svg").as_uri()
    html = f'<html lang="fr"><head><title>t</title></head><body><p>Oui<img src="{mark}" alt="a">'
    assert "Oui" in PdfReader(BytesIO(render_pdf(html))).pages[0].extract_text()
