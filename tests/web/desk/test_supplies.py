"""The counters at the desk: set up on a screen, stocked, at the till, recalled."""

import re
from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.utils import timezone
from tests.factories import supplies as hand
from tests.factories.supplies import keeper, lead, leader, worker

from beffroi.acts.supplies import services as supplies
from beffroi.acts.supplies.models import (
    Access,
    Article,
    Campaign,
    Card,
    GiftCard,
    Handout,
    Holding,
    Loan,
    Lot,
    Opening,
    Passage,
    Plot,
    Recall,
    Site,
    TicketBatch,
)
from beffroi.audit.models import JournalEntry

pytestmark = pytest.mark.django_db
NAME = "Zoé Vandenbroucke-Tilquin"


@pytest.fixture
def granter():
    """The social worker who opened the card."""
    return worker()


@pytest.fixture
def shop(granter):
    """A grocery of the houses with tins on the shelf, and a card that is open today."""
    today, now = timezone.localdate(), timezone.now()
    site, tin = hand.site(starts_on=today), hand.article(name="Pois chiches", code="5410001")
    hand.lot(site, tin, 10, number="L1", expires_date=today + timedelta(days=3), at=now)
    card = hand.card(site, NAME, "0470 11 22 33", since_date=today, until_date=today + timedelta(days=30), by=granter)  # fmt: skip
    return site, tin, card


def _html(client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def test_second_grocery_opens_on_screens_without_code(door) -> None:
    client, today = door(lead()), timezone.localdate().isoformat()
    hand.team("houses")
    form = {
        "kind": "grocery", "team": "houses", "name": "L’Étal de Ghlin", "starts_on": today,
        "lines": "14", "actions": "4.4.01", "offer_days": "14",
    }  # fmt: skip
    answer = client.post("/desk/distributions/nouveau/", form)
    made = Site.objects.get()
    assert answer["Location"] == f"/desk/distributions/{made.pk}/"
    assert {(k.kind, k.key) for k in made.keys.all()} == {("line", "14"), ("action", "4.4.01")}
    rule = {"since_date": today, "points": "40", "adult_weight": "0,5", "child_weight": "0,3", "percent": "40"}  # fmt: skip
    client.post(f"/desk/distributions/{made.pk}/acte/regle/", rule)
    article = {"name": "Lait", "unit": "litre", "grams": "1030", "points": "1,50", "price": "1,20", "is_current": "on"}  # fmt: skip
    client.post("/desk/distributions/articles/nouveau/", article)
    milk = Article.objects.get()
    assert (milk.grams, milk.points) == (1030, Decimal("1.50"))
    client.post(f"/desk/distributions/articles/{milk.pk}/", article | {"points": "2"})
    lot = {"article": milk.pk, "quantity": "12", "number": "M7", "source": "food_bank"}
    door(keeper()).post(f"/desk/distributions/{made.pk}/acte/recevoir/", lot)
    assert (Lot.objects.get().left, Lot.objects.get().source) == (12, "food_bank")
    card = {"name": "Dubois", "decision": "CSSS 3", "since_date": today, "until_date": "2099-01-01", "adults": "2", "children": "2"}  # fmt: skip
    client = door(worker())
    client.post(f"/desk/distributions/{made.pk}/cartes/nouvelle/", card)
    assert Access.objects.get().cap == Decimal("84.00")
    assert "84" in _html(client, f"/desk/distributions/cartes/{Card.objects.get().pk}/")


def test_fault_is_said_beside_its_field_and_loses_nothing_typed(door, shop) -> None:
    site, tin, _card = shop
    path = f"/desk/distributions/{site.pk}/acte/recevoir/"
    given = {"article": tin.pk, "quantity": "0", "number": "TYPED-7", "source": "gift"}
    html = door(keeper()).post(path, given).content.decode()
    assert "TYPED-7" in html
    field = re.search(r'<input[^>]*id="recevoir-quantity"[^>]*>', html).group()
    assert 'aria-invalid="true"' in field
    assert Lot.objects.count() == 1


def test_till_finds_scans_adds_and_hands_over(door, shop) -> None:
    site, tin, card = shop
    client, path = door(keeper()), f"/desk/distributions/cartes/{card.pk}/caisse/"
    found = client.post(f"/desk/distributions/{site.pk}/caisse/", {"mots": card.number})
    assert found["Location"] == path
    html = _html(client, path)
    assert '<b class="num">0</b> point ·' in html
    mark = re.search(r'name="mark" value="([^"]+)"', html).group(1)
    basket = {"mark": mark, f"a_{tin.pk}": "1"}
    html = client.post(path, basket | {"code": "5410001", "scan": "1"}).content.decode()
    assert f'name="a_{tin.pk}" id="a-{tin.pk}" value="2"' in html
    assert '<b class="num">36</b>' in html
    html = client.post(path, basket | {"plus": str(tin.pk)}).content.decode()
    assert f'id="a-{tin.pk}" value="2"' in html
    html = client.post(path, basket | {"code": "inconnu", "scan": "1"}).content.decode()
    assert "Aucun article ne répond à « inconnu »." in html
    assert f'id="a-{tin.pk}" value="1"' in html
    for _twice in range(2):
        answer = client.post(path, basket | {"give": "1"})
    done = Passage.objects.get()
    assert answer["Location"] == f"/desk/distributions/passages/{done.pk}/"
    html = _html(client, answer["Location"])
    assert "1 × Pois chiches" in html
    client.post(f"{answer['Location']}acte/annuler/", {"why": ""})
    assert Passage.objects.get().cancelled_at is None
    client.post(f"{answer['Location']}acte/annuler/", {"why": "mauvaise carte"})
    assert (Passage.objects.get().cancel_why, Lot.objects.get().left) == ("mauvaise carte", 10)


def test_till_refuses_in_words_and_keeps_the_basket(door, shop) -> None:
    _site, tin, card = shop
    client, path = door(keeper()), f"/desk/distributions/cartes/{card.pk}/caisse/"
    html = client.post(path, {f"a_{tin.pk}": "11", "give": "1"}).content.decode()
    assert "Il en reste 10." in html
    assert f'id="a-{tin.pk}" value="11"' in html
    Access.objects.update(cap=Decimal(5))
    html = client.post(path, {f"a_{tin.pk}": "3", "give": "1"}).content.decode()
    assert "Il demande 6,00 points, il en reste 5,00." in html
    Access.objects.update(until_date=timezone.localdate() - timedelta(days=1), since_date="2020-01-01")  # fmt: skip
    assert "L’accès n’est pas ouvert aujourd’hui." in _html(client, path)
    assert Passage.objects.count() == 0


@pytest.mark.parametrize("typed", ["a_99999999999999999999", "a_x", "a_-1"])
def test_what_no_till_sends_moves_nothing(door, shop, typed) -> None:
    _site, _tin, card = shop
    path = f"/desk/distributions/cartes/{card.pk}/caisse/"
    answer = door(keeper()).post(path, {typed: "1", "plus": "9" * 30, "give": "1"})
    assert answer.status_code == 200
    assert "Le panier est vide" in answer.content.decode()


def test_till_shows_name_card_and_points_and_no_link_to_the_person(door, shop, granter) -> None:
    from tests.factories import people as persons

    _site, _tin, card = shop
    reference = persons.person().reference
    supplies.change_card(
        card=card.pk, name=NAME, phone="0470 11 22 33", person_ref=reference, by=hand.HOUSE,
        at=timezone.now(),
    )  # fmt: skip
    html = _html(door(keeper()), f"/desk/distributions/cartes/{card.pk}/caisse/")
    assert NAME in html
    assert [word for word in (reference, "0470 11 22 33", "CSSS", "/desk/dossiers/") if word in html] == []  # fmt: skip
    assert reference in _html(door(granter), f"/desk/distributions/cartes/{card.pk}/")


def test_four_people_and_the_pages_they_open(door, shop, granter) -> None:
    site, tin, card = shop
    passage = supplies.hand_over(
        card=card.pk, basket={tin.pk: 1}, mark=uuid4(), by=hand.HOUSE, at=timezone.now()
    )
    base = "/desk/distributions/"
    paths = (f"{base}{site.pk}/", f"{base}{site.pk}/inventaire/", f"{base}{site.pk}/cartes/",
             f"{base}cartes/{card.pk}/", f"{base}cartes/{card.pk}/caisse/",
             f"{base}passages/{passage.pk}/")  # fmt: skip
    people = {"mine": keeper(), "other": keeper("digital"), "lead": lead(), "worker": granter}
    seen = {
        who: [(a.status_code, NAME in a.content.decode()) for a in map(door(actor).get, paths)]
        for who, actor in people.items()
    }
    hidden, shown, named = (404, False), (200, False), (200, True)
    assert seen == {
        "mine": [shown, shown, named, named, named, named],
        "other": [hidden] * 6,
        "lead": [shown, hidden, hidden, hidden, hidden, shown],
        "worker": [hidden, hidden, named, named, hidden, hidden],
    }


def test_recall_on_a_screen_gives_whom_to_call(door, shop) -> None:
    _site, tin, card = shop
    supplies.hand_over(
        card=card.pk, basket={tin.pk: 4}, mark=uuid4(), by=hand.HOUSE, at=timezone.now()
    )
    client = door(keeper())
    given = {"article": tin.pk, "number": "l1", "why": "Listeria"}
    answer = client.post("/desk/distributions/rappels/", given)
    made = Recall.objects.get()
    assert answer["Location"] == f"/desk/distributions/rappels/{made.pk}/"
    html = _html(client, answer["Location"])
    assert NAME in html
    assert "0470 11 22 33" in html
    assert "4 unités sont parties dans 1 panier." in html
    assert "6 unités sont bloquées." in html
    assert NAME not in _html(door(keeper("digital")), answer["Location"])
    assert NAME not in _html(door(lead()), answer["Location"])
    assert JournalEntry.objects.filter(verb="supply.read_recall").count() == 3


def test_inventory_on_a_screen(door, shop) -> None:
    site, _tin, _card = shop
    client, lot = door(keeper()), Lot.objects.get()
    path = f"/desk/distributions/{site.pk}/inventaire/"
    html = client.post(path, {f"lot_{lot.pk}": "8"}).content.decode()
    assert "Il y a des différences" in html
    assert 'value="8"' in html
    client.post(path, {f"lot_{lot.pk}": "8", "why": "nous ne savons pas"})
    assert Lot.objects.get().left == 8
    assert "8 comptés, 10 attendus" in _html(client, path)


def _act(client, site, act: str, **given):
    return client.post(f"/desk/distributions/{site.pk}/acte/{act}/", given)


def test_tickets_on_a_screen(door) -> None:
    site, client = hand.site("tickets"), door(keeper())
    today = timezone.localdate().isoformat()
    _act(client, site, "lot", name="Automne", received_date=today, quantity=100, nominal="5", user_price="2", own_share="3", funding="PCS", valid_until="2099-06-30")  # fmt: skip
    batch = TicketBatch.objects.get()
    mark = str(uuid4())
    for _twice in range(2):
        _act(client, site, "remettre", batch=batch.pk, quantity=83, who="n° 12", mark=mark)
    row = Handout.objects.get()
    for kind, many in (("used", 71), ("returned", 6), ("lost", 6)):
        _act(client, site, "souches", handout=row.pk, kind=kind, quantity=many)
    html = _html(client, f"/desk/distributions/{site.pk}/")
    batch.refresh_from_db()
    assert batch.left == 23
    assert "249,00" in html
    assert "n° 12" in html
    assert "n° 12" not in _html(door(lead()), f"/desk/distributions/{site.pk}/")
    assert "plus" in _act(client, site, "remettre", batch=batch.pk, quantity=24).content.decode()


def test_gifts_on_a_screen_say_a_number_and_no_name(door) -> None:
    site, client = hand.site("gifts"), door(keeper())
    today = timezone.localdate()
    given = {"name": "Saint-Nicolas", "from_date": today.isoformat(), "until_date": (today + timedelta(days=9)).isoformat()}  # fmt: skip
    answer = _act(door(leader()), site, "campagne", **given, bands="0-2; 3-5")
    assert "tranches qui se suivent" in answer.content.decode()
    _act(door(leader()), site, "campagne", **given, bands="0-2, 3-5")
    campaign = Campaign.objects.get()
    band = campaign.bands.get(from_age=3)
    client.post(f"/desk/distributions/{site.pk}/acte/inscrire/", {"campaign": campaign.pk, "age": 4})  # fmt: skip
    assert "Numéro 1, 3 à 5 ans." in _html(client, f"/desk/distributions/{site.pk}/")
    assert "Aucun colis" in _act(client, site, "cadeau", campaign=campaign.pk, number=1).content.decode()  # fmt: skip
    _act(client, site, "preparer", band=band.pk, quantity=2)
    _act(client, site, "cadeau", campaign=campaign.pk, number=1)
    assert GiftCard.objects.get().handed_date == today


def test_donnerie_garden_and_loans_on_a_screen(door) -> None:
    client, today = door(keeper()), timezone.localdate().isoformat()
    giveaway, garden, loans = (hand.site(kind) for kind in ("giveaway", "garden", "loans"))
    _act(client, giveaway, "ouverture", date=today, items_in=4, kg_in="2,5", items_out=9, kg_out="7,25", visits=6)  # fmt: skip
    opening = Opening.objects.get()
    assert (opening.grams_out, opening.items_out) == (7250, 9)
    _act(client, giveaway, "reprendre", opening=opening.pk, why="jour faux")
    _act(client, garden, "parcelle", number="A1", surface="25,50")
    _act(client, garden, "demander", name="Momo")
    one = garden.gardeners.get()
    _act(client, garden, "confier", gardener=one.pk, charter_date=today, deposit="20")
    assert (Plot.objects.get().state, Holding.objects.get().deposit) == ("held", Decimal(20))
    assert "Momo" in _html(client, f"/desk/distributions/{garden.pk}/")
    answer = _act(client, garden, "partir", gardener=one.pk, deposit_kept="on").content.decode()
    assert "Dites pourquoi la caution est gardée." in answer
    _act(client, garden, "partir", gardener=one.pk)
    assert Holding.objects.get().deposit_state == "returned"
    _act(client, loans, "materiel", name="Débroussailleuse")
    item = loans.items.get()
    _act(client, loans, "preter", item=item.pk, who="Comité", due_date="2099-01-01")
    _act(client, loans, "rentrer", loan=Loan.objects.get().pk, note="propre")
    assert Loan.objects.get().back_date == timezone.localdate()
    for site in (giveaway, garden, loans):
        assert "Momo" not in _html(door(lead()), f"/desk/distributions/{site.pk}/")


@pytest.mark.parametrize("kind", ["grocery", "store", "giveaway", "tickets", "gifts", "garden", "loans"])  # fmt: skip
def test_empty_site_of_each_kind_opens_and_offers_its_acts(door, kind) -> None:
    site = hand.site(kind)
    html = _html(door(leader()), f"/desk/distributions/{site.pk}/")
    assert site.name in html
    assert f"/desk/distributions/{site.pk}/acte/" in html


def test_act_of_another_kind_or_right_is_not_found(door, shop) -> None:
    site, *_rest = shop
    for who, act in ((keeper(), "regle"), (keeper(), "inscrire"), (lead(), "recevoir")):
        assert _act(door(who), site, act).status_code == 404


def _grow(site) -> None:
    today = timezone.localdate()
    for _n in range(2):
        tin = hand.article()
        hand.lot(site, tin, 5, number="Z", expires_date=today + timedelta(days=2), at=timezone.now())  # fmt: skip
        card = hand.card(site, since_date=today, until_date=today + timedelta(days=9))
        supplies.hand_over(card=card.pk, basket={tin.pk: 1}, mark=uuid4(), by=hand.HOUSE, at=timezone.now())  # fmt: skip
        supplies.recall_lot(article=tin.pk, number="Z", why="x", by=hand.HOUSE, at=timezone.now())
        hand.lot(site, tin, 5, at=timezone.now())
        hand.site(name=f"Réserve {tin.pk}", kind="store")


def test_pages_cost_the_same_for_one_row_and_three(door, shop, queries_of) -> None:
    site, tin, card = shop
    supplies.hand_over(card=card.pk, basket={tin.pk: 1}, mark=uuid4(), by=hand.HOUSE, at=timezone.now())  # fmt: skip
    supplies.recall_lot(article=tin.pk, number="L1", why="x", by=hand.HOUSE, at=timezone.now())
    hand.lot(site, tin, 5, at=timezone.now())
    base, client = "/desk/distributions/", door(keeper())
    paths = ("", f"{site.pk}/", f"{site.pk}/inventaire/", f"{site.pk}/cartes/", "articles/",
             "rappels/", f"cartes/{card.pk}/", f"cartes/{card.pk}/caisse/")  # fmt: skip
    one = [queries_of(client, base + path) for path in paths]
    _grow(site)
    three = [queries_of(client, base + path) for path in paths]
    assert one == three
    assert max(one) <= 26, dict(zip(paths, one, strict=True))
