"""How files, clocks, amounts and steps read on the desk."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.template.defaultfilters import date as date_filter
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from beffroi.casework import aids
from beffroi.casework import services as casework
from beffroi.casework.enums import ApplicationState, Outcome
from beffroi.casework.queries import ClockLine
from beffroi.rules import procedure
from beffroi.web.desk.links import path_to

#: The road of an application, as the steps on top of its page.
ROAD = (
    ApplicationState.RECEIVED,
    ApplicationState.ENQUIRY,
    ApplicationState.REPORTED,
    ApplicationState.PROPOSED,
    ApplicationState.SUBMITTED,
    ApplicationState.DECIDED,
    ApplicationState.NOTIFIED,
    ApplicationState.CLOSED,
)


def euros(amount: Decimal | str | None) -> str:
    """This function will write an amount as French does: 1 314,20 €."""
    if amount is None or amount == "":
        return _("pas encore connu")
    value = Decimal(amount)
    return f"{value:,.2f}".replace(",", "\u202f").replace(".", ",") + "\u00a0€"


def day(value: date | None) -> str:
    """This function will write a date in words."""
    return str(date_filter(value, "j F Y")) if value else ""


def left(due: date, today: date) -> tuple[str, str]:
    """This function will say how long is left until `due`, with a tone."""
    days = (due - today).days
    if days < 0:
        n = -days
        return ngettext("%(n)d jour de retard", "%(n)d jours de retard", n) % {"n": n}, "red"
    if days == 0:
        return _("aujourd’hui"), "red"
    if days == 1:
        return _("demain"), "amber"
    tone = "amber" if days <= 7 else ""
    return ngettext("%(n)d jour", "%(n)d jours", days) % {"n": days}, tone


def columns() -> list[dict[str, Any]]:
    """This function will give the columns of a list of files."""
    heads = (_("Prochain pas"), _("Personne"), _("Aides"), _("Dossier"), _("Qui s’en occupe"))
    return [{"label": head} for head in heads]


def row(file: Any, kinds: list[str], today: date) -> list[Any]:
    """This function will give a file as a row: what the law wants next comes first."""
    first: dict[str, Any]
    if file.next_due_on:
        text, tone = left(file.next_due_on, today)
        first = {"text": text, "sub": procedure.label_of(file.next_what), "tone": tone,
                 "due": True}  # fmt: skip
    else:
        first = {"text": _("rien à échéance"), "due": True, "tone": ""}
    return [
        first,
        {"text": str(file.person), "url": path_to("desk:file", file.number)},
        {"text": " · ".join(kinds)} if kinds else {"text": _("aucune en cours")},
        {"text": file.number},
        {"text": str(file.worker)} if file.worker else {"tag": _("à confier"), "tone": "copper"},
    ]


def aid_label(kind: str) -> str:
    """This function will give what a kind of aid is called."""
    return str(aids.aid(kind).label) if aids.is_known(kind) else kind


def steps(state: str) -> list[dict[str, Any]]:
    """This function will give the road of an application with where it stands."""
    names = {
        ApplicationState.RECEIVED: _("Demande"),
        ApplicationState.ENQUIRY: _("Enquête"),
        ApplicationState.REPORTED: _("Rapport"),
        ApplicationState.PROPOSED: _("Proposition"),
        ApplicationState.SUBMITTED: _("Séance"),
        ApplicationState.DECIDED: _("Décision"),
        ApplicationState.NOTIFIED: _("Notification"),
        ApplicationState.CLOSED: _("Exécution"),
    }
    here = ROAD.index(ApplicationState(state))
    done_all = state == ApplicationState.CLOSED
    return [
        {
            "label": names[one],
            "state": "done" if done_all or n < here else "current" if n == here else "todo",
        }
        for n, one in enumerate(ROAD)
    ]


def clock_row(line: ClockLine, today: date) -> dict[str, Any]:
    """This function will give a clock in words, with its state and its tone."""
    said, tone = left(line.due_date, today)
    states = {
        "done": (_("fait"), "green"),
        "off": (_("sans objet"), ""),
        "held": (_("suspendu"), "amber"),
    }
    label, tone = states.get(line.state, (said, tone))
    by_hand = line.what in casework.BY_HAND
    return {"line": line, "label": line.label, "state": label, "tone": tone, "by_hand": by_hand}


def outcome_tone(outcome: str) -> str:
    """This function will give the tone of an outcome; its word says it all the same."""
    if outcome in (Outcome.GRANT, Outcome.REVISION, Outcome.WAIVER):
        return "green"
    return "amber" if outcome == Outcome.PARTIAL else "red"


def total_label(kind: str) -> str:
    """This function will say what the amount of a computation is."""
    return {
        "living_income": _("À octroyer par mois"), "equivalent": _("À octroyer par mois"),
        "rest_home": _("À charge du CPAS pour un mois entier"), "meals": _("À payer par repas"),
        "housing": _("Indemnité d’un mois"), "home_help": _("À payer par mois"),
        "admission": _("Revenus à ne pas dépasser par an"), "guarantee": _("Garantie au plus"),
        "disability": _("Montant le plus haut de la catégorie, pour information"),
    }.get(kind, _("À octroyer"))  # fmt: skip


def proof_label(kind: str) -> str:
    """This function will say what a paper that proves an aid is called."""
    return {
        "medical_card": _("Carte médicale"), "requisition": _("Réquisitoire, engagement de payer"),
        "guarantee": _("Lettre de garantie au bailleur"), "attestation": _("Attestation"),
        "subrogation": _("Subrogation auprès de l’organisme payeur"),
    }[kind]  # fmt: skip


def agreement_link(kind: str) -> dict[str, str]:
    """This function will say where the work on an agreement is done, and lead there if it may."""
    if not kind:
        return {}
    where = {
        "mediation": (_("Le travail se fait en médiation de dettes."), "desk:debts"),
        "transit": (_("La convention et les renouvellements se tiennent à l’insertion."),
                    "desk:insertion"),
    }  # fmt: skip
    said, name = where.get(
        kind, (_("La convention et les évaluations se tiennent à l’insertion."), "desk:insertion")
    )
    try:
        return {"said": said, "url": reverse(name)}
    except NoReverseMatch:
        return {"said": said}
