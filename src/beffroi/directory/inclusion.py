"""A service as the data·inclusion schema sees it: ways in, publics, themes, fees."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from beffroi.directory.enums import AudienceLevel, FactKind
from beffroi.directory.prices import price_parts
from beffroi.directory.published import Fact, Published

THEMES = {
    "money": "difficultes-financieres--prevenir-une-degradation-de-la-situation-financiere",
    "roof": "logement-hebergement--rechercher-une-solution-dhebergement-temporaire",
    "debts_energy": "difficultes-financieres--situation-dendettement-surendettement",
    "health": "sante--acces-aux-soins",
    "food": "equipement-et-alimentation--alimentation",
    "work": "preparer-sa-candidature--organiser-ses-demarches-de-recherche-demploi",
    "near_home": "remobilisation--lien-social",
    "family": "famille--soutien-a-la-parentalite-et-a-leducation",
    "home_help": "famille--prise-en-charge-personne-dependante",
    "papers": "difficultes-administratives-ou-juridiques--accompagnement-pour-lacces-aux-droits",
    "leisure": "remobilisation--activites-sportives-et-culturelles",
    "digital": "numerique--maitriser-les-fondamentaux-du-numerique",
    "mobility": "mobilite--mobilite-douce-partagee-collective",
    "citizen": "remobilisation--benevolat-action-citoyenne",
}
PUBLICS = {
    "young": "jeunes",
    "family": "familles",
    "older": "seniors",
    "homeless": "personnes-en-situation-durgence",
    "newcomer": "personnes-exilees",
    "disabled": "personnes-en-situation-de-handicap",
}


@dataclass(frozen=True)
class Facets:
    """What the schema asks of a service; empty where nobody has told."""

    description: str
    updated_on: date
    welcome: tuple[str, ...]
    ways_in: tuple[str, ...]
    opened_by: tuple[str, ...]
    publics: tuple[str, ...]
    themes: tuple[str, ...]
    fees: str
    fees_words: str
    address: str
    locality: str
    phone: str
    email: str
    link: str


def facets_of(found: Published) -> Facets:
    """This function will give the facets of a service with everything known of it."""
    addresses = [(f, place) for f, place in _addresses(found) if f.value.get("street")]
    address, locality = "", ""
    if addresses:
        fact, locality = addresses[0]
        parts = (str(fact.value["street"]), str(fact.value.get("number", "")))
        address = " ".join(part for part in parts if part)
        locality = str(fact.value.get("locality") or locality)
    phone = _first(found, FactKind.PHONE)
    email, link = _first(found, FactKind.EMAIL), _first(found, FactKind.URL)
    ways = {
        "telephoner": phone, "envoyer-un-courriel": email, "utiliser-lien-mobilisation": link,
        "se-presenter": address and found.facts_of(FactKind.HOURS),
    }  # fmt: skip
    ways_in = tuple(way for way, known in ways.items() if known)
    publics, professionals = _publics(found)
    fees, words = _fees(found)
    return Facets(
        description=found.description,
        updated_on=found.service.reviewed_on or timezone.localdate(found.service.modified_at),
        welcome=_welcome(found),
        ways_in=ways_in,
        opened_by=(("professionnels",) if professionals else ("usagers", "professionnels"))
        if ways_in
        else (),
        publics=publics,
        themes=tuple(
            THEMES[row.term.key]
            for row in found.terms
            if row.term.taxonomy.key == "need" and row.term.key in THEMES
        ),
        fees=fees,
        fees_words=words,
        address=address,
        locality=locality,
        phone=phone,
        email=email,
        link=link,
    )


def _first(found: Published, kind: FactKind) -> str:
    facts = found.facts_of(kind)
    return str(facts[0].value.get("e164") or facts[0].text) if facts else ""


def _addresses(found: Published) -> list[tuple[Fact, str]]:
    own = [(fact, "") for fact in found.facts.get(FactKind.ADDRESS, [])]
    return own + [
        (fact, there.place.locality)
        for there in found.places
        for fact in there.facts.get(FactKind.ADDRESS, [])
    ]


def _welcome(found: Published) -> tuple[str, ...]:
    modes = set()
    for there in found.places:
        virtual = any(
            f.value.get("type") == "virtual" for f in there.facts.get(FactKind.ACCESS, [])
        )
        modes.add("a-distance" if virtual else "en-presentiel")
    return tuple(sorted(modes))


def _publics(found: Published) -> tuple[tuple[str, ...], bool]:
    """The publics, and whether only professionals are meant.

    A service that an editor classed by need without naming an audience is for everybody; one
    that nobody classed is not known.
    """
    audiences = [row for row in found.terms if row.term.taxonomy.key == "audience"]
    classed = any(row.term.taxonomy.key == "need" for row in found.terms)
    only = any(
        row.term.key == "professional" and row.level == AudienceLevel.ONLY for row in audiences
    )
    publics = tuple(PUBLICS[row.term.key] for row in audiences if row.term.key in PUBLICS)
    if not publics and classed and not only:
        publics = ("tous-publics",)
    return publics, only


def _fees(found: Published) -> tuple[str, str]:
    prices = found.facts_of(FactKind.PRICE)
    if not prices:
        return "", ""
    words = " ; ".join(dict.fromkeys(fact.text for fact in prices))
    amounts = [f.value.get("amount") or price_parts(f.text).get("amount") for f in prices]
    free = all(amount is not None and float(amount) == 0 for amount in amounts)
    return ("gratuit" if free else "payant"), words
