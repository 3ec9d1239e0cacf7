"""What the organ reads of a proposal: frozen sections, and nothing else of the file."""

import re
from datetime import date
from decimal import Decimal
from typing import Any

from django.template.defaultfilters import date as date_filter
from django.utils.translation import gettext as _

from beffroi.casework import sequels
from beffroi.casework.aids import aid
from beffroi.casework.models import Application, Proposal
from beffroi.casework.queries import own_answers
from beffroi.entitlements import queries as entitlements


def euros(amount: Any) -> str:
    """This function will write an amount as French does: 1 314,20 €."""
    return f"{amount:,.2f}".replace(",", "\u202f").replace(".", ",") + "\u00a0€"


def title_for_organ(application: Application) -> str:
    """This function will give the words by which an organ tells a matter from the next one."""
    return f"{application.file.person}, {application.file.number}"


def summary_for_organ(proposal: Proposal) -> list[dict[str, Any]]:
    """This function will give the sections a member reads: who, what, why, how much, how computed."""
    application = proposal.application
    person = application.file.person
    report = application.reports.filter(signed_at__isnull=False).order_by("version").last()
    sections: list[dict[str, Any]] = [
        {
            "title": _("La demande"),
            "lines": _lines(
                (_("Personne"), str(person)),
                (_("Dossier"), application.file.number),
                (_("Demandée le"), date_filter(application.asked_on, "j F Y")),
                (_("À partir du"), date_filter(proposal.from_date, "j F Y")),
            ),
        }
    ]
    own = own_answers(application)
    if own:
        sections.append({"title": aid(application.kind).label, "lines": _lines(*own)})
    if report is not None:
        sections += [
            {"title": _("Situation"), "text": report.situation},
            {"title": _("État de besoin"), "text": report.needs},
            {"title": _("Avis du travailleur social"), "text": report.opinion},
        ]
    sections.append({"title": _("Ce qui est proposé"), "lines": _terms(proposal)})
    sections += _of_sequel(proposal)
    sections.append({"title": _("Motifs"), "text": proposal.motives})
    if proposal.computation_ref:
        made = entitlements.computation(proposal.computation_ref)
        steps = ((step["label"], _counted(step.get("value"))) for step in made.steps)
        sections.append({"title": _("Le calcul"), "lines": _lines(*steps)})
    return sections


def _counted(value: Any) -> str:
    """What a step gave, an amount written as amounts are."""
    said = str(value or "")
    return euros(Decimal(said)) if re.fullmatch(r"-?\d+\.\d{2}", said) else said


def _of_sequel(proposal: Proposal) -> list[dict[str, Any]]:
    """Why a grant is looked at again, what was announced and what the person answered."""
    sequel = sequels.sequel_of(proposal.application)
    if sequel is None:
        return []
    grant = sequel.grant
    lines = [
        (_("Ce qui est demandé"), str(sequel.get_cause_display())),
        (_("Aide en cours"), f"{euros(grant.amount)} {grant.get_periodicity_display()}"),
        (_("Pourquoi"), sequel.why),
    ]
    if "ground" in sequel.facts:
        lines.append((_("Motif de la loi"), sequels.ground(sequel.facts["ground"])["label"]))
    for notice in sequel.notices.all():
        said = f"{notice.get_answer_display()} {notice.said}".strip() or _("pas encore de réponse")
        lines.append((str(notice.get_kind_display()), said))
    found = [{"title": _("L’aide dont il s’agit"), "lines": _lines(*lines)}]
    if months := sequel.facts.get("months"):
        rows = (
            [
                (
                    str(date_filter(date.fromisoformat(one["month"]), "F Y")),
                    euros(Decimal(one["undue"])),
                )
                for one in months
            ]
            if isinstance(months, list)
            else []
        )
        found += (
            [{"title": _("Payé en trop, mois par mois"), "lines": _lines(*rows)}] if rows else []
        )
    return found


def _lines(*pairs: tuple[str, str]) -> list[dict[str, str]]:
    return [{"label": label, "value": value} for label, value in pairs]


def _terms(proposal: Proposal) -> list[dict[str, str]]:
    rows = [(_("Issue"), str(proposal.get_outcome_display()))]
    if proposal.amount is not None:
        said = f"{euros(proposal.amount)} {proposal.get_periodicity_display()}"
        rows.append((_("Montant"), said))
    if proposal.until_date:
        rows.append((_("Jusqu’au"), date_filter(proposal.until_date, "j F Y")))
    rows.append((_("Base légale"), proposal.legal_basis))
    return _lines(*rows)
