"""The file of the official Belgian eID viewer (`.eid`, version 4), read into a draft.

An XML document `eid` with `identity` (attributes `nationalnumber`, `dateofbirth`, `gender`;
elements `name`, `firstname`, `middlenames`, `nationality`, `placeofbirth`, `photo`), `card`,
`address` (`streetandnumber`, `zip`, `municipality`) and `certificates`. The photograph, the
chip and the certificates are not read. Nothing is believed beyond what an agent confirms: the
signature of the file is not checked, and the gender of a card is not what a person declares.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from beffroi.core.errors import InvalidInput
from beffroi.core.later import later
from beffroi.people.numbers import social_kind

if TYPE_CHECKING:
    from lxml import etree
else:
    etree = later("lxml.etree")

#: A file with its photograph and five certificates weighs about 20 kB.
MOST_BYTES = 262_144
_MOST_LETTERS = 160
_STREET = re.compile(
    r"^(?P<street>.*?\d[^/]*?)\s*(?:/|\bbte\b|\bbo[iî]te\b|\bbus\b)\s*(?P<box>\S+)$", re.I
)
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


class EidRefused(InvalidInput):
    """The file is not one of the eID viewer, or is not to be trusted with our memory."""


@dataclass(frozen=True)
class EidDraft:
    """What a card says, for an agent to read over with the person in front of her."""

    last_name: str
    first_name: str
    niss: str
    birth_date: date | None
    birth_place: str
    nationality_word: str
    gender_on_card: str
    street: str
    box: str
    postal_code: str
    locality: str
    valid_until: date | None


def _refuse(why: str) -> EidRefused:
    return EidRefused(
        _("Ce fichier ne se lit pas comme un fichier de la carte d’identité."),
        fields={"file": why},
        why=why,
        todo=_("Enregistrez-le à nouveau depuis le lecteur eID, ou tapez l’identité."),
    )


def _root(content: bytes) -> "etree._Element":
    if len(content) > MOST_BYTES:
        raise _refuse(_("Il est trop lourd."))
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise _refuse(_("Il contient ce qu’un tel fichier ne contient jamais."))
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False,
        huge_tree=False, remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise _refuse(_("Ce n’est pas un document XML entier.")) from None
    if root.getroottree().docinfo.doctype:
        raise _refuse(_("Il contient ce qu’un tel fichier ne contient jamais."))
    if root.tag != "eid":
        raise _refuse(_("Il ne vient pas du lecteur eID, version 4."))
    return root


def _text(root: "etree._Element", path: str) -> str:
    found = root.findall(path)
    if len(found) > 1 or (found and len(found[0])):
        raise _refuse(_("Il dit deux fois la même chose."))
    text = _CONTROL.sub(" ", found[0].text or "") if found else ""
    return " ".join(text.split())[:_MOST_LETTERS]


def _date(written: str) -> date | None:
    try:
        return datetime.strptime(written, "%Y%m%d").date()  # noqa: DTZ007 — a date has no zone
    except ValueError:
        return None


def read_eid(content: bytes) -> EidDraft:
    """This function will read the bytes of a `.eid` file. Raises: EidRefused with the reason."""
    root = _root(content)
    identity = root.find("identity")
    if identity is None:
        raise _refuse(_("L’identité y manque."))
    last = _text(root, "identity/name")
    if not last:
        raise _refuse(_("Le nom y manque."))
    number = identity.get("nationalnumber", "")
    if social_kind(number) is None:
        raise _refuse(_("Son numéro national ne passe pas le contrôle."))
    first = f"{_text(root, 'identity/firstname')} {_text(root, 'identity/middlenames')}".strip()
    street, box = _split(_text(root, "address/streetandnumber"))
    card = root.find("card")
    return EidDraft(
        last_name=last, first_name=first, niss=number,
        birth_date=_date(identity.get("dateofbirth", "")),
        birth_place=_text(root, "identity/placeofbirth"),
        nationality_word=_text(root, "identity/nationality"),
        gender_on_card={"male": "m", "female": "f"}.get(identity.get("gender", ""), ""),
        street=street, box=box,
        postal_code=_text(root, "address/zip"), locality=_text(root, "address/municipality"),
        valid_until=_date(card.get("validitydateend", "")) if card is not None else None,
    )  # fmt: skip


def _split(street: str) -> tuple[str, str]:
    """« Rue de la Clé 12 /b03 » : the street with its number, and the box."""
    found = _STREET.match(street)
    return (found["street"].strip(), found["box"]) if found else (street, "")
