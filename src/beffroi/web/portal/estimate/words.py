"""The lines of a computation in the words of the page: the engine tells its steps in French."""

import re
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import pgettext

from beffroi.rules.exact import cents, monthly_cents, units
from beffroi.rules.living_income_facts import Facts
from beffroi.rules.living_income_parameters import CATEGORIES, Known, Parameters
from beffroi.rules.living_income_steps import Step
from beffroi.web.portal.estimate.answers import Computed, Way

RATES = {
    "cohabitant": lazy("personne qui vit avec d’autres"),
    "isolated": lazy("personne isolée"),
    "family": lazy("personne avec famille à charge"),
}
LABELS = {
    "full": lazy("Montant complet, par an"),
    "full_monthly": lazy("Montant complet, par mois"),
    "work": lazy("Votre travail, par an"),
    "work_general": lazy("Votre travail, après l’exonération, par an"),
    "work_student": lazy("Votre travail d’étudiant, après l’exonération, par an"),
    "other": lazy("Autre ressource, par an"),
    "alimony_for_self": lazy("Votre pension alimentaire, par an"),
    "unemployment": lazy("Vos allocations de chômage, par an"),
    "family_benefit_for_self": lazy("Vos propres allocations familiales, par an"),
    "movable_capital": lazy("Votre épargne : ce que la loi en compte, par an"),
    "built_property": lazy("Maison ou appartement : ce que la loi en compte, par an"),
    "land_property": lazy("Terrain : ce que la loi en compte, par an"),
    "housing": lazy("Logement payé par quelqu’un d’autre, par an"),
    "transfer": lazy("Valeur de ce que vous avez donné ou vendu"),
    "transfers": lazy("Ce que la loi en compte, par an"),
    "partner": lazy("Votre partenaire : ce que la loi compte, par an"),
    "cohabitant": lazy("Ce que gagne par an la famille qui vit avec vous"),
    "cohabitants": lazy("Ce que la loi en compte, par an"),
    "total": lazy("Total de ce que la loi compte, par an"),
    "general_exemption": lazy("Exonération générale, en dernier"),
    "deducted": lazy("Ce qui est déduit, par an"),
    "granted_annual": lazy("Reste, par an"),
}
_TIMES_TWELVE = {
    "work", "other", "alimony_for_self", "unemployment", "family_benefit_for_self", "housing",
    "cohabitant",
}  # fmt: skip
_ACT = re.compile(r"\b(loi|AR) (\d\d/\d\d/\d{4})")


def money(number_of_cents: int) -> str:
    """This function will write an amount, in cents, as the language of the page does."""
    return _written(Decimal(int(number_of_cents)).scaleb(-2), 2)


def _written(amount: Decimal, places: int) -> str:
    figure = formats.number_format(amount, places, use_l10n=True, force_grouping=True)
    return _("%(amount)s\u00a0€") % {"amount": figure}


def rounded(amount: int) -> str:
    """This function will write an amount of the law without cents where it has none."""
    number = int(cents(amount))
    return money(number) if number % 100 else _written(Decimal(number // 100), 0)


def rate(category: str) -> str:
    """This function will name a category in the words of the page."""
    return str(RATES[category])


def reference(article: str) -> str:
    """This function will write where a rule stands; the parameters say it in short French."""

    def act(found: re.Match[str]) -> str:
        day = datetime.strptime(found[2], "%d/%m/%Y").date()  # noqa: DTZ007 — a day has no zone
        values = {"date": formats.date_format(day, "SHORT_DATE_FORMAT")}
        if found[1] == "loi":
            return _("loi du %(date)s,") % values
        return _("arrêté royal du %(date)s,") % values

    text = _ACT.sub(act, article).replace(",)", ")").rstrip(",").replace(" ; ", "; ")
    for french, own in ((" et ", pgettext("articles", "et")), (" à ", pgettext("articles", "à"))):
        text = text.replace(french, f" {own} ")
    return text


def first_capital(text: str) -> str:
    """This function will begin a line with a capital and leave the others as they are."""
    return text[:1].upper() + text[1:]


def title_of(way: Way) -> str:
    """This function will say what a way supposes, in one line."""
    return _("Si le CPAS retient le taux « %(rate)s »") % {"rate": rate(way.category)}


def supposes(way: Way) -> str:
    """This function will say what the CPAS decides in a way, beside the category."""
    parts = []
    if way.exemption != "none":
        parts.append(_("si une partie de votre salaire est exonérée"))
    if not way.counts_family:
        parts.append(_("si le CPAS ne compte pas ce que gagne votre famille"))
    if len(parts) == 2:
        parts = [_("%(one)s, et %(two)s") % {"one": parts[0], "two": parts[1]}]
    return first_capital(parts[0]) if parts else ""


def slip(computed: Computed, p: Parameters) -> dict[str, Any]:
    """This function will give the lines of a till slip, and its total, in words."""
    lines = []
    for step in computed.result.steps:
        if step.key == "granted" or _says_nothing(step):
            continue
        line = {
            "label": str(LABELS[step.key]),
            "amount": _amount(step),
            "article": reference(step.reference),
            "note": _note(step, computed, p),
            "unverified": step.source != "read",
        }
        lines.append(line)
    month = computed.monthly_cents
    label = _("Par mois, d’après vos réponses") if month else _("Pas de montant aujourd’hui")
    total = {"label": label, "amount": money(month)}
    return {"title": title_of(computed.way), "lines": lines, "total": total}


def _says_nothing(step: Step) -> bool:
    """Relatives are pooled: only the line that carries their sum is told."""
    return step.key == "cohabitant" and step.value == "0.00"


def _amount(step: Step) -> str:
    figure = money(int(Decimal(step.value) * 100))
    return f"− {figure}" if step.key == "general_exemption" else figure


def _note(step: Step, computed: Computed, p: Parameters) -> str:
    if step.key in _TIMES_TWELVE:
        month = money(int(Decimal(step.value) * 100) // 12)
        return f"{month} × 12"
    told: dict[str, Callable[[Step, Computed, Parameters], str]] = {
        "full": _told_full,
        "full_monthly": lambda s, c, q: _("divisé par 12"),
        "work_general": _told_work,
        "work_student": _told_work,
        "movable_capital": lambda s, c, q: scale_in_words(q),
        "transfers": lambda s, c, q: scale_in_words(q),
        "built_property": lambda s, c, q: built_in_words(q),
        "land_property": lambda s, c, q: land_in_words(q),
        "partner": _told_partner,
        "cohabitants": _told_family,
        "general_exemption": lambda s, c, q: _("une petite somme que la loi ne compte pas"),
        "deducted": lambda s, c, q: _("le total, moins l’exonération générale"),
        "granted_annual": lambda s, c, q: _("le montant complet, moins ce qui est déduit"),
    }
    return told[step.key](step, computed, p) if step.key in told else ""


def _told_full(_step: Step, computed: Computed, p: Parameters) -> str:
    place = CATEGORIES.index(computed.way.category)
    index = formats.number_format(Decimal(p.coefficient), 4, use_l10n=True)
    return _("%(base)s, le montant de base, × %(index)s, l’index") % {
        "base": money(cents(units(p.base[place]))), "index": index,
    }  # fmt: skip


def _told_work(_step: Step, computed: Computed, p: Parameters) -> str:
    month = _monthly_work(computed.facts)
    return f"({money(cents(units(month)))} − {rounded(p.spi_general.amount)}) × 12"


def _monthly_work(facts: Facts) -> Decimal:
    return sum(
        (one.monthly or Decimal(0) for one in facts.resources if one.kind == "work"), Decimal(0)
    )


def _told_partner(_step: Step, computed: Computed, p: Parameters) -> str:
    if computed.way.category in p.partner_whole:
        return _("à ce taux, qui est pour vous deux, tout compte")
    return _over(p)


def _over(p: Parameters) -> str:
    amount = money(cents(p.full[0].amount))
    return _("ce qui dépasse %(amount)s par an") % {"amount": amount}


def _told_family(_step: Step, computed: Computed, p: Parameters) -> str:
    count = sum(1 for one in computed.facts.cohabitants if one.relation != "partner")
    return f"{_over(p)} × {count}" if count > 1 else _over(p)


def scale_in_words(p: Parameters) -> str:
    """This function will say how savings are counted."""
    parts = []
    for lower, upper, percent in p.scale:
        values = {"percent": percent, "from": rounded(lower), "to": rounded(upper or 0)}
        if not percent:
            parts.append(_("rien jusqu’à %(to)s") % values)
        elif upper is None:
            parts.append(_("%(percent)s %% au-delà de %(from)s") % values)
        else:
            parts.append(_("%(percent)s %% de %(from)s à %(to)s") % values)
    return ", ".join(parts)


def built_in_words(p: Parameters) -> str:
    """This function will say how buildings are counted."""
    return _(
        "(revenu cadastral − %(exempt)s − %(child)s par enfant) × %(factor)s, ou le loyer s’il est "
        "plus élevé ; moins les intérêts, jusqu’à la moitié"
    ) % {
        "exempt": rounded(p.built_exempt), "child": rounded(p.built_per_child),
        "factor": p.built_factor,
    }  # fmt: skip


def land_in_words(p: Parameters) -> str:
    """This function will say how land is counted."""
    values = {"exempt": rounded(p.land_exempt), "factor": p.land_factor}
    return _("(revenu cadastral − %(exempt)s) × %(factor)s") % values


def monthly(known: Known) -> str:
    """This function will write the month of a yearly amount."""
    return money(monthly_cents(known.amount))


def day(value: date) -> str:
    """This function will write a day without its name."""
    return str(formats.date_format(value, "DAY_FORMAT"))
