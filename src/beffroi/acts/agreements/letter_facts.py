"""What the papers of an agreement say: the project to read, the signed text, an evaluation."""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from beffroi.accounts import queries as accounts
from beffroi.acts.agreements.computing import evaluation_after
from beffroi.acts.agreements.enums import AgreementKind, ClauseKind, PartySide
from beffroi.acts.agreements.models import Agreement, Evaluation, SignedText
from beffroi.core.dates import next_working_day
from beffroi.core.errors import InvalidInput
from beffroi.documents.letters.enums import Delivery
from beffroi.documents.letters.values import Recipient
from beffroi.documents.letters.wording import day, money
from beffroi.people import sealing

Facts = dict[str, dict[str, Any]]


def recipient_of(row: Agreement, how: Delivery) -> Recipient:
    """This function will give to whom, and where, a paper goes; a sealed address stays hidden.

    Raises: InvalidInput when there is no address to send it to.
    """
    assert row.person is not None
    lines = sealing.address_lines(row.person, None)
    masked = lines == [sealing.masked_words()]
    if how in (Delivery.POST, Delivery.REGISTERED) and (masked or not lines):
        raise InvalidInput(
            _("Le document n’a pas d’adresse où partir."),
            {"how": _("L’adresse de la personne est protégée.") if masked
             else _("Aucune adresse n’est notée pour cette personne.")},
            todo=_("Remettez-le en main propre, ou notez une adresse de correspondance."),
        )  # fmt: skip
    return Recipient(str(row.person), tuple(lines), how, row.person.lang)


def kind_of_text(row: Agreement) -> str:
    """This function will say which letter holds the signed text of an agreement."""
    return "piis_text" if row.kind == AgreementKind.PIIS else "agreement_text"


def house_facts(row: Agreement) -> Facts:
    """This function will give who writes, and to whom."""
    commune, team = settings.BEFFROI_COMMUNE, accounts.team_by_key(row.team)
    phone = (team.phone if team else "") or commune["cpas_phone"]
    return {
        "file": {"reference": row.reference},
        "service": {
            "name": team.name if team else row.team, "address": commune["cpas_address"],
            "phone": phone,
        },
        "worker": {"name": str(row.worker), "phone": phone},
        "person": {"name": str(row.person)},
    }  # fmt: skip


def reading_facts(row: Agreement, content: Mapping[str, Any]) -> Facts:
    """This function will give what a project says while the person thinks it over."""
    until = row.reflection_until_date
    signing = next_working_day(until + timedelta(days=1)) if until else None
    return house_facts(row) | {"piis": {**_promises(row, content), "signing_date": signing}}


def text_facts(row: Agreement, text: SignedText) -> Facts:
    """This function will give what a text says as it was signed, whatever became of it since."""
    content = text.content
    project = content.get("piis", {})
    return house_facts(row) | {
        "piis": _promises(row, content),
        "agreement": {
            "label": content["kind"], "reference": row.reference, "version": text.version,
            "signed_date": text.signed_date, "why": text.why, "digest": text.digest[:16],
            "parties": [
                {"name": party["name"], "title": party["quality"] or party["side"]}
                for party in content["parties"]
            ],
            "project": project.get("project", ""), "needs": _paragraphs(project.get("needs", "")),
            "terms": _terms(content), "partner_commitments": _clauses(content, PartySide.PARTNER),
        },
    }  # fmt: skip


def evaluation_facts(row: Agreement, one: Evaluation) -> Facts:
    """This function will give what an evaluation says, as it was frozen."""
    sides = dict(PartySide.choices)
    both = [{"name": str(row.person)}, {"name": one.noted_by}]
    return house_facts(row) | {
        "agreement": {"reference": row.reference, "parties": both},
        "evaluation": {
            "number": one.number, "held_date": one.held_date, "present": one.present,
            "finding": str(one.get_finding_display()), "next_date": one.next_date,
            "person_words": _paragraphs(one.person_words),
            "worker_words": _paragraphs(one.worker_words),
            "clauses": [
                f"{sides.get(c['side'], '')}\u00a0: {c['text']} ({c['state'].lower()})"
                for c in one.clauses
            ],
        },
    }  # fmt: skip


def _promises(row: Agreement, content: Mapping[str, Any]) -> dict[str, Any]:
    starts, ends = _date(content["starts"]), _date(content["ends"])
    return {
        "goal": content["title"], "start_date": starts, "end_date": ends,
        "person_commitments": _clauses(content, PartySide.PERSON),
        "cpas_commitments": _clauses(content, PartySide.CPAS),
        "evaluation_date": _next_evaluation(row, starts),
    }  # fmt: skip


def _next_evaluation(row: Agreement, starts: date | None) -> date | None:
    last = row.evaluations.order_by("-number").first()
    if last is not None:
        return last.next_date or evaluation_after(last.held_date, last.held_date)
    begun = starts or row.signed_date
    return evaluation_after(None, begun) if begun else None


def _clauses(content: Mapping[str, Any], side: PartySide) -> list[str]:
    return [_clause(one) for one in content["clauses"] if one["side"] == side]


def _clause(one: Mapping[str, Any]) -> str:
    text = str(one["text"])
    if one["kind"] == ClauseKind.OBJECTIVE:
        text = _("Objectif : %(text)s") % {"text": text}
    due = _date(one["due"])
    return _("%(text)s (pour le %(day)s)") % {"text": text, "day": day(due, "fr")} if due else text


def _terms(content: Mapping[str, Any]) -> list[str]:
    found = []
    if work := content.get("work"):
        found.append(f"{work['job']}, {work['partner']}")
        if work["tutor"]:
            found.append(_("Tuteur ou tutrice : %(name)s") % {"name": work["tutor"]})
        if work["days"]:
            found.append(_("%(days)s jours à prester") % {"days": work["days"]})
    if home := content.get("transit"):
        told = {"rooms": home["rooms"], "monthly": money(Decimal(home["monthly"]), "fr")}
        found += [
            home["dwelling"],
            _("%(rooms)s chambres, indemnité de %(monthly)s par mois") % told,
            _("C’est une occupation précaire, pas un bail."),
        ]
    return found


def _paragraphs(text: str) -> list[str]:
    return [part.strip() for part in text.splitlines() if part.strip()]


def _date(written: str) -> date | None:
    return date.fromisoformat(written) if written else None
