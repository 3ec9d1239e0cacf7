"""The first page of the board: what is late first, then drawings, each with its table."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.factories import activities as gather
from tests.factories.commission import commission
from tests.factories.steering import GIVEN, lead, line, plan, running_convention

from beffroi.steering import services as steering
from beffroi.steering.figures import Figure
from beffroi.steering.models import (
    CommissionMeeting,
    CommissionMember,
    Indicator,
    LineYear,
)
from beffroi.web.board import home

pytestmark = pytest.mark.django_db
HEAD = "edition;ins;droit;valeur;moyenne_regionale;rang\n"
#: Queries of the page, whatever it shows.
MOST = 30


def _late_decision(text: str) -> None:
    """A meeting that was held long ago, with a decision nobody settled."""
    body = CommissionMember.objects.first().commission
    row = CommissionMeeting.objects.create(
        commission=body, number=body.meetings.count() + 1, on_date=date(2026, 1, 15),
        start_time="14:00", place="Salle", state="held", invited_date=date(2026, 1, 2),
        quorum_needed=0, voters_present=3,
    )  # fmt: skip
    steering.decide(
        meeting=row, text=text, owner=CommissionMember.objects.get(seat="cpas"),
        due=date(2026, 2, 1), **GIVEN,
    )  # fmt: skip


def _cost(browser) -> int:
    with CaptureQueriesContext(connection) as seen:
        assert browser.get("/board/").status_code == 200
    return len([q for q in seen if "SAVEPOINT" not in q["sql"]])


def _part(page: str, title: str) -> str:
    return page.split(f"{title}</h2>")[1].split("</section>")[0]


def test_what_is_late_comes_first_with_the_way_to_it(door) -> None:
    plan()
    commission()
    _late_decision("Écrire aux écoles")
    running_convention()
    page = door(lead()).get("/board/").content.decode()
    assert "1 décision de la commission est en retard." in page
    assert "1 convention attend un paiement, une preuve ou un contrôle." in page
    late = _part(page, "Ce qui est en retard")
    assert "Écrire aux écoles" in late
    assert "aucune tranche payée" in late
    assert "Rapport d’activité 2025" in late
    assert "/commission/1/" in late


def test_reports_that_left_are_no_longer_late(door) -> None:
    held = plan()
    year = timezone.localdate().year - 1
    for kind in ("activity", "financial"):
        held.reports.create(year=year, kind=kind, state="sent")
    page = door(lead()).get("/board/").content.decode()
    assert "Les rapports de l’an passé sont partis." in page
    assert "pas envoyé" not in page


def test_spending_is_drawn_against_the_year_with_its_table(door) -> None:
    held, today = plan(), timezone.localdate()
    for nature, amount in (("personnel", "1000"), ("fonctionnement", "200")):
        steering.set_budget(
            plan=held, year=today.year, nature=nature, amount=Decimal(amount), **GIVEN
        )
    draft = steering.CostDraft(
        date(today.year, 2, 1), "Tables", "fonctionnement", Decimal("250.00"),
        paid_date=date(today.year, 2, 5), shares={"pcs": Decimal(1)},
    )  # fmt: skip
    steering.charge(plan=held, year=today.year, draft=draft, **GIVEN)
    page = door(lead()).get("/board/").content.decode()
    drawn = _part(page, "Dépenses et temps passé")
    assert drawn.count('class="track"') == 2
    assert drawn.count('class="over"') == 1
    assert "125\xa0%</text>" in drawn
    assert "de l’année est passée" in drawn


def test_radar_of_the_home_page_says_its_direction_and_its_invention(door) -> None:
    held = plan()
    steering.import_isadf(
        plan=held, content=HEAD + "2025;53053;santé;0.4;0.5;3\n2025;53053;logement;0.6;0.5;3\n",
        source="Inventé", is_fictional=True, **GIVEN,
    )  # fmt: skip
    page = door(lead()).get("/board/").content.decode()
    drawn = _part(page, "Accès par axe, édition 2025")
    assert 'class="radar"' in drawn
    assert "Vers l’extérieur, c’est mieux." in drawn
    assert "Valeurs inventées." in drawn


def test_places_are_listed_beside_their_map(door) -> None:
    plan()
    gather.activity(lines=("12",))
    page = door(lead()).get("/board/").content.decode()
    listed = _part(page, "Lieux du plan")
    assert "1 lieu n’a ni coordonnées ni localité" in listed
    assert "/lieux/" in listed
    assert "<svg" not in listed


def test_home_costs_the_same_for_one_of_each_and_three(door) -> None:
    held = plan()
    commission()
    browser, costs = door(lead()), []
    rights = ("santé", "logement", "mobilité")
    for number in (1, 2, 3):
        _late_decision(f"Décision {number}")
        row = running_convention()
        steering.pay_tranche(
            reference=row.reference, year=2025, kind="advance", amount=Decimal(100),
            on=date(2025, 2, 1), mandate="M", **GIVEN,
        )  # fmt: skip
        gather.activity(lines=(str(number + 10),))
        rows = "".join(f"2025;53053;{name};0.4;0.5;3\n" for name in rights[:number])
        steering.import_isadf(plan=held, content=HEAD + rows, source="x", **GIVEN)
        steering.set_budget(
            plan=held, year=timezone.localdate().year, nature="personnel",
            amount=Decimal(number), line=line(number), **GIVEN,
        )  # fmt: skip
        costs.append(_cost(browser))
    assert costs[0] == costs[2] <= MOST


def test_lines_without_words_that_nobody_is_asked_for_are_said(door) -> None:
    plan()
    due = date(timezone.localdate().year, 3, 31)
    assert timezone.localdate() > due - timedelta(days=90)
    LineYear.objects.create(
        line=line(1), year=due.year - 1, status="done", said_at=GIVEN["at"], said_by="x"
    )
    page = door(lead()).get("/board/").content.decode()
    assert "Pour 31 lignes sans texte, personne n’est désigné" in page


def test_month_of_a_line_says_each_unit_once_and_nothing_unknown() -> None:
    said = [
        (Decimal(6), "sorties"),
        (Decimal(0), "constats"),
        (Decimal(3), "constats"),
        (None, "%"),
    ]
    figures = [Figure(Indicator(unit=unit), value, "", "") for value, unit in said]
    assert home._told(figures) == ["6\u00a0sorties", "0\u00a0constat"]
