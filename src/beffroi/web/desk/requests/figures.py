"""The figures of the teams, in sentences first, then in a table."""

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from beffroi.acts.requests.figures_queries import TeamFigures


def sentences(teams: list[TeamFigures]) -> list[str]:
    """This function will say what matters most in the figures, the worst first."""
    late, soon = sum(t.late for t in teams), sum(t.soon for t in teams)
    nobody, still = sum(t.unassigned for t in teams), sum(t.open for t in teams)
    said = []
    if late:
        where = ", ".join(f"{t.name} ({t.late})" for t in teams if t.late)
        text = ngettext(
            "%(n)d demande a dépassé son délai légal : %(where)s.",
            "%(n)d demandes ont dépassé leur délai légal : %(where)s.",
            late,
        )
        said.append(text % {"n": late, "where": where})
    elif still:
        said.append(_("Aucune demande n’a dépassé son délai légal."))
    if soon:
        text = ngettext(
            "%(n)d délai légal finit dans les sept jours.",
            "%(n)d délais légaux finissent dans les sept jours.",
            soon,
        )
        said.append(text % {"n": soon})
    if nobody:
        text = ngettext(
            "%(n)d demande ouverte n’est encore dans les mains de personne, sur %(all)d.",
            "%(n)d demandes ouvertes ne sont encore dans les mains de personne, sur %(all)d.",
            nobody,
        )
        said.append(text % {"n": nobody, "all": still})
    return said or [_("Aucune demande n’est ouverte.")]


def columns() -> list[dict[str, Any]]:
    """This function will give the heads of the table of teams."""
    figures = (
        _("Ouvertes"), _("En retard"), _("À sept jours"), _("Sans agent"), _("Reçues"),
        _("Clôturées"), _("Jours, médiane"), _("La plus ancienne"),
    )  # fmt: skip
    return [{"label": _("Équipe")}, *({"label": label, "end": True} for label in figures)]


def row(team: TeamFigures, today: date) -> list[dict[str, Any]]:
    """This function will give the cells of one team."""
    oldest = (today - timezone.localdate(team.oldest_at)).days if team.oldest_at else None
    late = (
        {"tag": str(team.late), "tone": "red", "end": True}
        if team.late
        else {"text": "0", "end": True}
    )
    age = "–"
    if oldest is not None:
        days = ngettext("%(n)d jour", "%(n)d jours", oldest) % {"n": oldest}
        age = days if oldest else _("aujourd’hui")
    cells = [team.open, None, team.soon, team.unassigned, team.received, team.closed]
    shown = [late if cell is None else {"text": str(cell), "end": True} for cell in cells]
    median = "–" if team.median_days is None else str(team.median_days)
    return [
        {"text": team.name}, *shown, {"text": median, "end": True}, {"text": age, "end": True},
    ]  # fmt: skip
