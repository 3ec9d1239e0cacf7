"""What is known of those who are served ends; figures stay as they were counted."""

from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from tests.factories import people as persons
from tests.factories.supplies import (
    HOUSE,
    NOW,
    TODAY,
    access,
    article,
    batch,
    card,
    later,
    lot,
    passage,
    site,
)

from beffroi.acts.supplies import retention
from beffroi.acts.supplies import services as supplies
from beffroi.acts.supplies.indicators import all_figures
from beffroi.acts.supplies.models import Access, Card, Gardener, Handout, Holding, Loan, Movement
from beffroi.core.measures import Scope

pytestmark = pytest.mark.django_db
_BY = {"by": HOUSE, "at": NOW}
_YEAR = timedelta(days=365)


def test_card_is_emptied_two_years_after_its_last_access_and_figures_stay() -> None:
    shop, tin = site(), article()
    lot(shop, tin)
    reference = persons.person().reference
    gone = card(shop, "Haddad", "0470", reference, until_date=TODAY)
    stays = card(shop, "Dupont", until_date=TODAY)
    supplies.grant_access(card=stays.pk, draft=access(since_date=TODAY + timedelta(days=1)), **_BY)
    done = passage(gone, {tin.pk: 2})
    supplies.cancel_passage(passage=passage(gone, {tin.pk: 1}).pk, why="Mme Haddad", **_BY)
    scope = Scope(TODAY, TODAY)
    before = all_figures(scope)
    assert retention.empty_cards(NOW + 2 * _YEAR - timedelta(days=1)) == 0
    assert retention.empty_cards(NOW + 2 * _YEAR) == 1
    gone.refresh_from_db()
    assert (gone.name, gone.phone, gone.person_id) == ("–", "", None)
    assert Access.objects.get(card=gone).decision == "–"
    assert "Haddad" not in str(list(gone.passages.values()))
    assert Card.objects.get(pk=stays.pk).name == "Dupont"
    assert (all_figures(scope), gone.number) == (before, done.card.number)
    assert retention.empty_cards(NOW + 2 * _YEAR) == 0
    assert supplies.find_cards(site=shop.pk, words=gone.number, **_BY) == []


def test_card_whose_access_was_ended_is_kept_two_years_from_then() -> None:
    home = card(site(), until_date=TODAY + 5 * _YEAR)
    supplies.end_access(card=home.pk, why="Haddad déménage", **_BY)
    assert retention.empty_cards(NOW + 2 * _YEAR - timedelta(hours=1)) == 0
    assert retention.empty_cards(NOW + 2 * _YEAR) == 1
    assert Access.objects.get().end_why == "–"


def test_who_got_tickets_and_who_borrowed_are_forgotten() -> None:
    reference = persons.person().reference
    supplies.hand_tickets(batch=batch(site("tickets")).pk, quantity=3, mark=uuid4(), who="Momo", person_ref=reference, **_BY)  # fmt: skip
    item = supplies.add_item(site=site("loans").pk, name="Sono", number="", **_BY)
    given = {"item": item.pk, "due_date": TODAY, "who": "Momo", "phone": "0470"}
    loan = supplies.lend(**given, **_BY)
    assert (retention.empty_handouts(NOW + _YEAR), retention.empty_loans(NOW + 5 * _YEAR)) == (0, 0)
    supplies.bring_back(loan=loan.pk, note="rayée par Momo", **_BY)
    assert (retention.empty_handouts(NOW + 2 * _YEAR), retention.empty_loans(NOW + _YEAR)) == (1, 1)
    row, lent = Handout.objects.get(), Loan.objects.get()
    assert (row.who, row.person_id, row.quantity) == ("", None, 3)
    assert (lent.who, lent.phone, lent.note) == ("", "", "")


def test_gardener_is_forgotten_two_years_after_she_left() -> None:
    garden = site("garden")
    supplies.add_plot(site=garden.pk, number="A", surface=Decimal(9), **_BY)
    one = supplies.ask_plot(site=garden.pk, name="Momo", phone="0470", **_BY)
    supplies.take_plot(gardener=one.pk, terms=supplies.Terms(TODAY), **_BY)
    assert retention.empty_gardeners(NOW + 9 * _YEAR) == 0
    supplies.leave_garden(
        gardener=one.pk, deposit_kept=True, why="Momo a cassé", by=HOUSE, at=later(100)
    )
    assert retention.empty_gardeners(NOW + 2 * _YEAR) == 0
    assert retention.empty_gardeners(later(101) + 2 * _YEAR) == 1
    row = Gardener.objects.get()
    assert (row.name, row.phone, Holding.objects.get().deposit_why) == ("", "", "–")


def test_who_moved_which_units_is_forgotten_after_ten_years() -> None:
    one = lot(site())
    assert retention.empty_authors(NOW + 9 * _YEAR) == 0
    assert retention.empty_authors(NOW + 10 * _YEAR) == 1
    assert Movement.objects.get(lot=one).by_label == ""
