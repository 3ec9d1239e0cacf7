"""The file of the eID viewer is read into a draft; what is not one is refused."""

from datetime import date

import pytest

from beffroi.people.eid import MOST_BYTES, EidRefused, read_eid
from beffroi.people.fiction import fictional_niss, is_fictional
from beffroi.people.numbers import hinted_birth_date, social_kind

BORN = date(1984, 3, 12)
NISS = fictional_niss(BORN)
CARD = f"""<?xml version="1.0" encoding="UTF-8"?>
<eid version="4.2">
 <identity nationalnumber="{NISS}" dateofbirth="19840312" gender="female" specialstatus="NO_STATUS">
  <name>Goffaux</name><firstname>Chloé Marie</firstname><middlenames>A</middlenames>
  <nationality>Belge</nationality><placeofbirth>Mons</placeofbirth><photo>{{photo}}</photo>
 </identity>
 <card documenttype="belgian_citizen" cardnumber="000000000000" chipnumber="{"0" * 32}"
  validitydatebegin="20200101" validitydateend="20300101"><deliverymunicipality>Mons</deliverymunicipality></card>
 <address><streetandnumber>Rue de la Clé 12 /b03</streetandnumber><zip>7000</zip><municipality>Mons</municipality></address>
 <certificates><root>AAAA</root><citizenca>AAAA</citizenca><rrn>AAAA</rrn></certificates>
</eid>"""


def _card(photo: str = "Y2FuYXJp") -> bytes:
    return CARD.replace("{photo}", photo).encode()


def test_card_is_read_without_its_photograph() -> None:
    draft = read_eid(_card())
    assert (draft.last_name, draft.first_name, draft.niss) == ("Goffaux", "Chloé Marie A", NISS)
    assert (draft.birth_date, draft.birth_place) == (BORN, "Mons")
    assert (draft.street, draft.box, draft.postal_code) == ("Rue de la Clé 12", "b03", "7000")
    assert draft.valid_until == date(2030, 1, 1)
    assert "Y2FuYXJp" not in repr(draft)


BOMB = '<!DOCTYPE eid [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE eid [<!ENTITY x SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize(
    "content",
    [
        b"", b"not xml", b"<eid>", b"<other/>", b"<eid/>", b"\x00\x01", b"<eid>" * 5000,
        CARD.replace("<eid ", f"{BOMB}<eid ").replace("Goffaux", "&b;").encode(),
        CARD.replace("<eid ", f"{OUTSIDE}<eid ").replace("Goffaux", "&x;").encode(),
        CARD.replace("<eid ", f"{BOMB}<eid ").encode("utf-16"),
        CARD.replace(NISS, "84031200112").encode(), CARD.replace("Goffaux", "").encode(),
        CARD.replace("<name>Goffaux</name>", "<name>A</name><name>B</name>").encode(),
        CARD.replace("{photo}", "A" * MOST_BYTES).encode(),
    ],
)  # fmt: skip
def test_what_is_no_card_is_refused_with_the_reason(content) -> None:
    with pytest.raises(EidRefused) as refused:
        read_eid(content)
    assert refused.value.fields["file"]


def test_text_of_a_card_is_cut_and_cleaned() -> None:
    long = CARD.replace("Mons</placeofbirth>", "x" * 900 + "</placeofbirth>")
    assert len(read_eid(long.encode()).birth_place) == 160
    odd = CARD.replace("Rue de la Clé 12 /b03", "Rue  du\n Puits 4")
    assert read_eid(odd.encode()).street == "Rue du Puits 4"


@pytest.mark.parametrize("birth", [date(1931, 5, 6), date(1999, 12, 31), date(2000, 2, 29), date(2024, 1, 1)])  # fmt: skip
def test_fictional_number_passes_every_check_and_belongs_to_nobody(birth) -> None:
    for second in (False, True):
        number = fictional_niss(birth, second=second)
        assert (social_kind(number), hinted_birth_date(number)) == ("niss", birth)
        assert is_fictional(number)
