"""The words of plans in the language of the page: what the house says of them, not what they say.

A plan, its lines and its reports are written in French; what is set by the house (states, measures,
how they are counted) is said in the reader’s language.
"""

from datetime import date
from typing import Any

from django.utils import translation
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

#: Words of the house that snapshots and rows hold in French.
_SAID = (
    gettext_noop("Par nos services"), gettext_noop("Par un partenaire"), gettext_noop("Article 20"),
    gettext_noop("En cours"), gettext_noop("Suspendue"), gettext_noop("Terminée"), gettext_noop("Retirée du plan"),
    gettext_noop("Pas commencée"), gettext_noop("Réalisée"), gettext_noop("Réalisée en partie"), gettext_noop("Pas réalisée"),
    gettext_noop("Reportée"),
    gettext_noop("Ajouter une ligne"), gettext_noop("Changer l’intitulé ou le but"),
    gettext_noop("Remplacer par une autre action"), gettext_noop("Changer de partenaire"),
    gettext_noop("Passer à l’article 20"), gettext_noop("Suspendre ou reprendre"), gettext_noop("Retirer la ligne"),
    gettext_noop("Séances tenues"), gettext_noop("Heures d’activité"), gettext_noop("Présences, nommées et sans nom"),
    gettext_noop("Présences sans nom"), gettext_noop("Heures bénévoles"), gettext_noop("Personnes différentes"),
    gettext_noop("séances"), gettext_noop("heures"), gettext_noop("présences"), gettext_noop("personnes"),
    gettext_noop("Les séances clôturées dans la période."),
    gettext_noop("La durée des séances clôturées, de leur début à leur fin."),
    gettext_noop("Les personnes pointées présentes, plus celles comptées sans nom, à chaque séance."),
    gettext_noop("Les heures que les bénévoles ont données, celles reprises exceptées."),
    gettext_noop("Chaque personne pointée compte une fois pour toute la période ; ce nombre ne "
         "s’additionne pas d’une ligne à l’autre. Les présences sans nom sont à côté."),
)  # fmt: skip


def said(text: str) -> dict[str, str]:
    """This function will give a text in the reader’s language, or as written and in which language."""
    here = translation.get_language() or "fr"
    translated = _(text) if text in _SAID else text
    is_other = here != "fr" and text and text not in _SAID
    return {"text": translated, "lang": "fr" if is_other else ""}


def day(value: date) -> str:
    """This function will write a day in the language of the page."""
    return date_format(value, "DATE_FORMAT")


def iso_day(value: str) -> str:
    """This function will write a day of a published page in the language of the page."""
    return day(date.fromisoformat(value))


def number(value: Any) -> str:
    """This function will write a number in the language of the page."""
    text = str(value)
    places = len(text.partition(".")[2])
    return str(number_format(text if places else int(text), places or None, force_grouping=True))


def figure(one: dict[str, Any]) -> str:
    """This function will write a figure as it is told."""
    if one["shown"] == "small":
        return _("moins de %(k)s") % {"k": one["k"]}
    if one["shown"] != "plain" or one["value"] is None:
        return _("pas publié")
    return number(one["value"])


def cell(one: list[Any], k: int) -> str:
    """This function will write a cell of a table: a number, « <5 », or « … » where it is hidden."""
    shown, value = one
    if shown == "plain":
        return number(value)
    return f"<{k}" if shown == "small" else "…"


def additivity(kind: str) -> str:
    """This function will say how figures of that kind go together."""
    return {
        "additive": _("Ces nombres s’additionnent d’un trimestre ou d’une maison à l’autre."),
        "unique": _("Ce nombre ne s’additionne pas : il est recompté pour chaque ligne, chaque axe et chaque année."),
        "stock": _("Ce nombre est celui du dernier jour de la période."),
        "ratio": _("Cette proportion est refaite de ses deux moitiés, jamais d’une moyenne de moyennes."),
        "typed": _("Ce nombre est encodé mois par mois par la personne qui le compte."),
    }.get(kind, "")  # fmt: skip


def budget_class(rank: int | None) -> str:
    """This function will say in which class of amounts a line stands."""
    return {
        0: _("moins de 5 000 € par an"), 1: _("de 5 000 à 25 000 € par an"),
        2: _("de 25 000 à 100 000 € par an"), 3: _("plus de 100 000 € par an"),
    }.get(-1 if rank is None else rank, "")  # fmt: skip
