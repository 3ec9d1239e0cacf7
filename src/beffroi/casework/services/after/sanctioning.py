"""Sanctions: a ground of the law, a formal notice first for a project, a hearing, then the organ."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from beffroi.casework import sequels
from beffroi.casework.enums import NoticeAnswer, NoticeKind, SequelCause
from beffroi.casework.letter_facts import recipient_of, worker_facts
from beffroi.casework.models import Decision, Grant, Notice, Sanction, Sequel
from beffroi.casework.services import clocks
from beffroi.casework.services.after import paying
from beffroi.casework.services.after.common import (
    follow,
    running_grant,
    said,
    sequel_for,
    still_open,
)
from beffroi.casework.services.common import trace
from beffroi.core.actors import Actor
from beffroi.core.errors import InvalidInput, WrongState
from beffroi.documents.letters import services as letters
from beffroi.documents.letters.enums import Delivery
from beffroi.rules import sanctions
from beffroi.rules.revision import first_of_next_month


@transaction.atomic
def open_sanction(
    *, grant: str, ground: str, why: str, months: int, by: Actor, at: datetime,
    months_suspended: int = 0, share: Decimal = Decimal(1), begins: date | None = None,
    legitimate_reason: bool | None = None,
) -> str:  # fmt: skip
    """This function will open the application for a sanction; its reference.

    `months` of suspension, of which `months_suspended` with reprieve; `share` of the payment.
    Raises: NotAllowed; InvalidInput beyond what the law allows; WrongState.
    Source: loi 26/05/2002 art. 30.
    """
    row = running_grant(grant, by, at)
    if ground not in dict(sequels.grounds()):
        raise InvalidInput(_("La loi ne connaît pas ce motif de sanction."))
    facts = {
        "ground": ground, "months": months, "months_suspended": months_suspended,
        "share": str(share), "begins": begins.isoformat() if begins else None,
        "legitimate_reason": legitimate_reason,
    }  # fmt: skip
    _limits(facts, timezone.localdate(at), _last_final(row, ground))
    application = follow(
        row, SequelCause.SANCTION, why=why, by=by, at=at, facts=facts,
        from_date=begins or first_of_next_month(timezone.localdate(at)),
    )  # fmt: skip
    return application.reference


def _limits(facts: dict[str, Any], decided: date, last_final: date | None) -> None:
    """Raises InvalidInput when the months, or the share, are beyond the law."""
    try:
        found = sanctions.sanction(_rule_facts(facts, decided, last_final))
    except ValueError:
        raise InvalidInput(
            _("Ces mois, ce sursis ou cette part se contredisent."),
            {"months": _("Le sursis ne dépasse pas la durée ; la part va de 0 à 1.")},
        ) from None
    if int(facts["months"]) > found.most_months or int(facts["months"]) < 1:
        raise InvalidInput(
            _("La loi permet de 1 à %(most)s mois.") % {"most": found.most_months},
            {"months": _("De 1 à %(most)s mois.") % {"most": found.most_months}},
        )


def _rule_facts(
    facts: dict[str, Any], decided: date, last_final: date | None, **more: Any
) -> sanctions.Facts:
    begins = facts.get("begins")
    return sanctions.Facts(
        ground=facts["ground"], decided=decided, months=int(facts["months"]),
        share=Decimal(facts["share"]), months_suspended=int(facts["months_suspended"]),
        last_final=last_final, legitimate_reason=facts.get("legitimate_reason"),
        begins=date.fromisoformat(begins) if begins else None, **more,
    )  # fmt: skip


def _last_final(grant: Grant, ground: str) -> date | None:
    """The day the former sanction on this ground became final: its time to appeal was over."""
    rows = Sanction.objects.filter(grant__file=grant.file_id, ground=ground).order_by("-pk")
    return rows.values_list("decision__notification__appeal_until", flat=True).first()


@transaction.atomic
def send_formal_notice(
    *, reference: str, breach: str, expected: str, until_date: date, delivery: str, by: Actor,
    at: datetime,
) -> str:  # fmt: skip
    """This function will write the formal notice that comes before a project’s sanction; the letter.

    Raises: NotAllowed; InvalidInput; WrongState; MissingMentions. Source: loi 26/05/2002 art. 30 §2.
    """
    sequel = sequel_for(reference, by, at, SequelCause.SANCTION)
    still_open(sequel)
    if until_date <= timezone.localdate(at):
        raise InvalidInput(
            _("La personne doit avoir le temps de répondre."), {"until_date": _("Plus tard.")}
        )
    facts = {"notice": {
        "breach": said(breach, "breach", _("Dites ce qui n’a pas été fait."), least=4),
        "expected": said(expected, "expected", _("Dites ce qui est attendu."), least=4),
        "until_date": until_date,
    }}  # fmt: skip
    return _announce(sequel, NoticeKind.FORMAL_NOTICE, facts, until_date, delivery, by, at)


@transaction.atomic
def invite_to_hearing(
    *, reference: str, meeting_on: date, time: str, place: str, delivery: str, by: Actor,
    at: datetime,
) -> str:  # fmt: skip
    """This function will invite the person to be heard before the organ decides; the letter.

    Raises: NotAllowed; InvalidInput; WrongState; MissingMentions. Source: loi 26/05/2002 art. 20.
    """
    sequel = sequel_for(reference, by, at)
    still_open(sequel)
    if meeting_on <= timezone.localdate(at):
        raise InvalidInput(_("L’audition est à venir."), {"meeting_on": _("Un jour à venir.")})
    facts = {"meeting": {
        "date": meeting_on, "time": time.strip(), "place": place.strip(),
        "subject": sequels.kind(sequel.cause).label.lower(),
    }}  # fmt: skip
    clocks.start(sequel.application.file, "hearing_requested", timezone.localdate(at),
                 subject_ref=reference, application=sequel.application)  # fmt: skip
    return _announce(sequel, NoticeKind.HEARING, facts, meeting_on, delivery, by, at)


def _announce(
    sequel: Sequel, kind: NoticeKind, facts: dict[str, Any], wanted_by: date, delivery: str,
    by: Actor, at: datetime,
) -> str:  # fmt: skip
    file = sequel.application.file
    letter = letters.write_letter(
        kind=kind, lang=file.person.lang, facts={**worker_facts(file), **facts},
        owner_kind="social_file", owner_ref=sequel.application.reference, subject_ref=file.number,
        recipient=recipient_of(file, delivery), by=by, at=at,
    )  # fmt: skip
    letters.mark_sent(letter=letter, how=Delivery(delivery), number="", by=by, at=at)
    Notice.objects.create(
        sequel=sequel, kind=kind, letter_ref=letter, sent_on=timezone.localdate(at),
        wanted_by=wanted_by,
    )  # fmt: skip
    trace(file, f"sequel.{kind}", by=by, at=at, about=sequel.application.reference,
          detail={"letter": letter})  # fmt: skip
    return letter


@transaction.atomic
def record_answer(
    *, reference: str, notice: int, answer: NoticeAnswer, by: Actor, at: datetime, said: str = ""
) -> None:
    """This function will keep what the person answered to a notice, in her own words.

    Raises: NotAllowed; InvalidInput; WrongState once it is kept, or before its day when silent.
    """
    sequel = sequel_for(reference, by, at)
    row = sequel.notices.filter(pk=notice, answered_at__isnull=True).first()
    if row is None:
        raise WrongState(_("Cette annonce a déjà sa réponse."))
    if answer == NoticeAnswer.SILENT and timezone.localdate(at) <= row.wanted_by:
        raise WrongState(_("La personne a encore le temps de répondre."))
    if answer in (NoticeAnswer.HEARD, NoticeAnswer.WROTE) and len(said.strip()) < 4:
        raise InvalidInput(_("Rien n’est gardé."), {"said": _("Notez ce que la personne a dit.")})
    sequel.notices.filter(pk=row.pk, answered_at__isnull=True).update(
        answer=answer, said=said.strip(), answered_at=at
    )
    if row.kind == NoticeKind.HEARING:
        clocks.meet(sequel.application.file, "hearing", at=at, subject_ref=reference)
    trace(sequel.application.file, "sequel.answer", by=by, at=at, about=reference,
          detail={"answer": answer})  # fmt: skip


@dataclass(frozen=True)
class Terms:
    """A sanction on the day it is decided: the days carried out, none where all have a reprieve."""

    begins: date | None
    ends: date | None
    share: Decimal
    months_suspended: int


def checked(sequel: Sequel, decided: date) -> sanctions.Sanction:
    """This function will check a sanction as it stands against the law, notices and opinion counted.

    Raises: InvalidInput with every objection.
    """
    first = sequel.notices.filter(kind=NoticeKind.FORMAL_NOTICE).order_by("sent_on").first()
    heard = sequel.notices.filter(kind=NoticeKind.HEARING, answered_at__isnull=False).exists()
    found = sanctions.sanction(_rule_facts(
        _in_time(sequel.facts, decided), decided, _last_final(sequel.grant, sequel.facts["ground"]),
        formal_notice=first.sent_on if first else None, offered_hearing=heard or False,
        worker_opinion=sequel.application.reports.filter(signed_at__isnull=False).exists(),
    ))  # fmt: skip
    if not found.is_allowed:
        lacks = [*found.objections, *(_("Il manque : %s.") % one for one in found.missing)]
        raise InvalidInput(
            _("Cette sanction ne peut pas être proposée."), {"motives": " ".join(lacks)}
        )
    return found


def _in_time(facts: dict[str, Any], decided: date) -> dict[str, Any]:
    """A sanction chosen for a day that is past when it is decided starts the month after."""
    begins = facts.get("begins")
    if facts["ground"] != "piis" and (begins is None or date.fromisoformat(begins) < decided):
        return {**facts, "begins": first_of_next_month(decided).isoformat()}
    return facts


def terms_of(decision: Decision, sequel: Sequel) -> Terms:
    """This function will give the days of a sanction as it was decided."""
    facts = _in_time(sequel.facts, decision.sitting_date)
    if decision.until_date != decision.proposal.until_date:
        share = Decimal(facts["share"])
        return Terms(decision.from_date, decision.until_date, share, int(facts["months_suspended"]))
    found = sanctions.sanction(
        _rule_facts(facts, decision.sitting_date, _last_final(sequel.grant, facts["ground"]))
    )
    return Terms(found.begins, found.ends, Decimal(facts["share"]), int(facts["months_suspended"]))


def carry_out(grant: Grant, decision: Decision, sequel: Sequel, by: Actor, at: datetime) -> str:
    """This function will stop the payment for the days of a sanction, and keep its repeat window."""
    terms = terms_of(decision, sequel)
    ground = sequel.facts["ground"]
    first = sequel.notices.filter(kind=NoticeKind.FORMAL_NOTICE).order_by("sent_on").first()
    is_reprieve = terms.begins is None or terms.ends is None
    since = terms.begins or decision.from_date
    until = terms.ends or decision.until_date or since
    order = ""
    if not is_reprieve:
        order = paying.pause(grant, since, until, 1 - terms.share, decision.number, by, at)
    Sanction.objects.create(
        grant=grant, decision=decision, ground=ground, notice_on=first.sent_on if first else None,
        from_date=since, until_date=until, share=terms.share, suspended_execution=is_reprieve,
        hold_ref=order,
    )  # fmt: skip
    event = "sanction_piis_repeat" if ground == "piis" else "sanction_declaration_final"
    clocks.start(grant.file, event, decision.sitting_date, subject_ref=decision.number,
                 application=decision.application)  # fmt: skip
    return order
