"""How persons read at the desk: dates, periods, languages, countries, acts in the journal."""

from datetime import date
from typing import Any

from babel import Locale
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from beffroi.people.enums import Precision


def day(when: date | None) -> str:
    """This function will write a day, or a dash when it is not known."""
    return date_format(when, "j F Y") if when else "–"


def birth(when: date | None, precision: str) -> str:
    """This function will write a birth with no more than what is known of it."""
    if when is None:
        return _("pas encore connue")
    if precision == Precision.YEAR:
        return str(when.year)
    return date_format(when, "F Y") if precision == Precision.MONTH else day(when)


def period(since: date | None, until: date | None) -> str:
    """This function will write from when to when, in words."""
    if since and until:
        return _("du %(since)s au %(until)s") % {"since": day(since), "until": day(until)}
    if since:
        return _("depuis le %(since)s") % {"since": day(since)}
    return _("jusqu’au %(until)s") % {"until": day(until)} if until else _("en cours")


def country(code: str) -> str:
    """This function will name a country or a nationality by its code."""
    own = {"XA": _("apatride"), "XX": _("indéterminée")}
    if not code or code in own:
        return own.get(code, "")
    return str(Locale.parse(get_language() or "fr").territories.get(code, code))


def language(code: str) -> str:
    """This function will name a language by its code."""
    return str(Locale.parse(get_language() or "fr").languages.get(code, code))


def columns() -> list[dict[str, Any]]:
    """This function will give the heads of a list of persons."""
    heads = (_("Personne"), _("Née en"), _("Habite"), _("Dossier"))
    return [{"label": head} for head in heads]


def row(found: Any) -> list[dict[str, Any]]:
    """This function will give the cells of a person found: name, year, town, mark of a file."""
    name: dict[str, Any] = {
        "text": f"{found.last_name} {found.first_name}".strip(),
        "url": reverse("desk:person", args=[found.reference]),
        "sub": found.reference,
    }
    if found.known_as:
        name["sub"] += " · " + _("trouvée sous %(name)s") % {"name": found.known_as}
    if found.is_deceased:
        name |= {"tag": _("décédée"), "tone": ""}
    file = {"tag": _("a un dossier"), "tone": "green"} if found.has_file else {"text": "–"}
    return [name, {"text": str(found.birth_year or "–")}, {"text": found.locality or "–"}, file]


def verbs() -> dict[str, str]:
    """This function will give the acts on persons as the journal says them."""
    return {
        "person.add": _("a entré une personne"), "person.change": _("a changé l’identité"),
        "person.read": _("a ouvert la personne"), "person.name": _("a ajouté un nom"),
        "person.civil_status": _("a noté l’état civil"), "person.contact": _("a noté un contact"),
        "person.contact_remove": _("a ôté un contact"), "person.languages": _("a noté les langues"),
        "person.death": _("a noté le décès"), "person.identifier": _("a noté un numéro"),
        "person.identifier_end": _("a fini un numéro"), "person.address": _("a noté une adresse"),
        "person.address_change": _("a corrigé une adresse"),
        "person.address_end": _("a fini une adresse"),
        "person.address_seal": _("a protégé une adresse"),
        "person.address_unseal": _("a levé la protection d’une adresse"),
        "person.address_keeper": _("a nommé qui lit une adresse protégée"),
        "person.address_keeper_end": _("a retiré qui lit une adresse protégée"),
        "person.address_open": _("a ouvert une adresse protégée"),
        "person.household_join": _("a noté l’entrée dans un ménage"),
        "person.household_leave": _("a noté le départ d’un ménage"),
        "person.tie": _("a noté un lien"), "person.tie_end": _("a fini un lien"),
        "person.consent": _("a noté un consentement"),
        "person.consent_withdraw": _("a noté le retrait d’un consentement"),
        "person.representative": _("a noté un représentant"),
        "person.representative_end": _("a noté la fin d’une représentation"),
        "person.staff_link": _("a déclaré un lien avec un agent"),
        "person.staff_unlink": _("a retiré un lien avec un agent"),
        "person.merge": _("a fusionné deux entrées"),
        "person.merge_undo": _("a séparé deux entrées"),
        "person.duplicate_dismiss": _("a écarté un doublon"),
        "person.contradiction": _("a expliqué une contradiction"),
        "person.enter_many": _("a repris des personnes d’un autre registre"),
        "person.export": _("a extrait tout ce que la maison garde sur elle"),
        "person.anonymise": _("a vidé la personne, son délai passé"),
    }  # fmt: skip
