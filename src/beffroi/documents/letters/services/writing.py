"""A letter written, once: facts in, mentions checked in the text itself, then frozen."""

import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from beffroi.audit import services as audit
from beffroi.audit.enums import ActKind
from beffroi.core.actors import Actor
from beffroi.core.errors import InvalidInput, Refusal
from beffroi.documents.letters.court import competent_court
from beffroi.documents.letters.enums import Delivery, LetterState
from beffroi.documents.letters.facts import Facts, declared, kept, value_of
from beffroi.documents.letters.models import Letter, LetterTemplate
from beffroi.documents.letters.rendering import lacks_of, render
from beffroi.documents.letters.services.templates import template_in_use
from beffroi.documents.letters.values import Recipient, Rendered, TemplateText
from beffroi.documents.letters.wording import LANGUAGES
from beffroi.rules import mentions, procedure
from beffroi.rules.mentions import Lack

logger = logging.getLogger(__name__)
_PRINTED_LATER: ContextVar[bool] = ContextVar("letters_printed_later", default=False)


@contextmanager
def printed_later() -> Iterator[None]:
    """This context will leave the PDF of the letters written in it until it is first asked for."""
    token = _PRINTED_LATER.set(True)
    try:
        yield
    finally:
        _PRINTED_LATER.reset(token)


class MissingMentions(Refusal):
    """The letter lacks mentions that it must carry; `lacks` names them, the message too."""

    def __init__(self, lacks: list[Lack]) -> None:
        self.lacks = tuple(dict.fromkeys(lacks))
        super().__init__(
            _("La lettre n’est pas écrite : il y manque des mentions obligatoires."),
            " ".join(f"{line}." for line in self.lines),
            _("Complétez le dossier, ou le modèle de la lettre, puis recommencez."),
        )

    @property
    def lines(self) -> list[str]:
        """This property gives each lack in words: the mention, the fact, the language."""
        return [_in_words(lack) for lack in self.lacks]

    @property
    def facts(self) -> list[str]:
        return [lack.fact for lack in self.lacks if lack.fact]


def _in_words(lack: Lack) -> str:
    label = lack.mention.label
    if lack.fact and not lack.where:
        return _("%(mention)s (il manque : %(fact)s)") % {
            "mention": label, "fact": declared()[lack.fact].label,
        }  # fmt: skip
    if lack.where:
        return _("%(mention)s (le modèle ne le dit pas ; langue : %(lang)s)") % {
            "mention": label, "lang": lack.where,
        }  # fmt: skip
    return label


def write_letter(
    *,
    kind: str,
    lang: str,
    facts: Mapping[str, Mapping[str, Any]],
    owner_kind: str,
    owner_ref: str,
    subject_ref: str,
    recipient: Recipient,
    by: Actor,
    at: datetime,
    corrects: str = "",
) -> str:
    """This function will write a letter, freeze it, and give its number.

    The room that calls has checked that `by` may have it written; the letters know no file.
    Raises: MissingMentions; InvalidInput for an unknown kind, language or fact, or a letter
    already corrected.
    """
    _must_be_known(kind, lang, recipient)
    given = kept(facts)
    _must_have_facts(kind, given, at)
    with transaction.atomic():
        reference = _next_reference(at)
        whole = _with_house_facts(given, reference, at)
        texts, french = template_in_use(kind, lang, at=at), template_in_use(kind, "fr", at=at)
        rendered = _rendered(kind, lang, texts, french, whole, recipient)
        letter = Letter.objects.create(
            reference=reference, kind=kind, lang=lang, template=texts, french_template=french,
            subject=rendered.subject[:400], facts=whole, html=rendered.html,
            owner_kind=owner_kind, owner_ref=owner_ref, subject_ref=subject_ref,
            recipient_name=recipient.name[:160], recipient_lines=list(recipient.lines),
            delivery=recipient.delivery, state=LetterState.WRITTEN, written_at=at,
            written_by=by.label[:160], written_by_ref=by.ref[:60],
            corrects=_corrected(corrects, owner_kind, owner_ref),
        )  # fmt: skip
        audit.record(
            by=by, kind=ActKind.WRITE, verb="letter.write", object_kind="letter",
            object_ref=reference, subject_ref=subject_ref, at=at,
            detail={"kind": kind, "lang": lang, "owner": f"{owner_kind} {owner_ref}"},
        )  # fmt: skip
        if not _PRINTED_LATER.get():
            transaction.on_commit(lambda: _print(letter), robust=True)
    return reference


def preview_letter(
    *,
    kind: str,
    lang: str,
    facts: Mapping[str, Mapping[str, Any]],
    recipient: Recipient,
    by: Actor,
    at: datetime,
) -> str:
    """This function will give the markup of the letter as it would be written; nothing is kept.

    Raises: MissingMentions; InvalidInput for an unknown kind, language or fact.
    """
    _must_be_known(kind, lang, recipient)
    given = kept(facts)
    _must_have_facts(kind, given, at)
    whole = _with_house_facts(given, _("(numéro à venir)"), at)
    with transaction.atomic():
        texts, french = template_in_use(kind, lang, at=at), template_in_use(kind, "fr", at=at)
    return _rendered(kind, lang, texts, french, whole, recipient).html


def _must_be_known(kind: str, lang: str, recipient: Recipient) -> None:
    if kind not in mentions.kinds():
        raise InvalidInput(_("Cette sorte de lettre n’existe pas : %s.") % kind)
    if lang not in LANGUAGES:
        raise InvalidInput(
            _("Aucun modèle de lettre dans cette langue : %s.") % lang,
            todo=_("Écrivez-la en français, et faites-la lire par un interprète."),
        )
    by_hand = recipient.delivery in (Delivery.HAND, Delivery.MAIL)
    if not recipient.name.strip() or not (by_hand or any(map(str.strip, recipient.lines))):
        raise InvalidInput(
            _("La lettre n’a pas de destinataire complet."),
            {"recipient": _("Il faut un nom, et une adresse quand la lettre part par la poste.")},
        )


def _must_have_facts(kind: str, given: Facts, at: datetime) -> None:
    whole = _with_house_facts(given, "-", at)
    lacks = mentions.lacking_facts(kind, lambda fact: value_of(whole, fact) is not None)
    if lacks:
        raise MissingMentions(lacks)


def _rendered(
    kind: str,
    lang: str,
    texts: LetterTemplate,
    french: LetterTemplate,
    facts: Facts,
    recipient: Recipient,
) -> Rendered:
    made = render(lang, _texts(texts), _texts(french), facts, recipient)
    lacks = lacks_of(kind, lang, facts, made)
    if lacks:
        raise MissingMentions(lacks)
    return made


def _texts(template: LetterTemplate) -> TemplateText:
    return TemplateText(template.subject, template.first, template.body)


def _next_reference(at: datetime) -> str:
    from beffroi.documents.services import next_number

    year = timezone.localtime(at).year
    return f"L{year % 100:02d}-{next_number(register='L', year=year):06d}"


def _with_house_facts(given: Facts, reference: str, at: datetime) -> Facts:
    """Adds what the house knows by itself: day, number, court, time to appeal, its own name."""
    day = timezone.localtime(at).date()
    commune = settings.BEFFROI_COMMUNE
    appeal = procedure.limits(day)["notification_sent.appeal"]
    nis = str(value_of(given, "person.municipality") or commune["nis"])
    court = competent_court(nis, day)
    own: dict[str, dict[str, Any]] = {
        "cpas": {"name": f"CPAS de {commune['name']}"},
        "appeal": {"months": appeal.count},
        "court": {"name": court.name, "address": court.address} if court else {},
    }
    whole = {room: {**own.get(room, {}), **given.get(room, {})} for room in {*own, *given}}
    whole["letter"] = {
        **whole.get("letter", {}), "date": day.isoformat(), "reference": reference,
    }  # fmt: skip
    return {room: inner for room, inner in whole.items() if inner}


def _corrected(reference: str, owner_kind: str, owner_ref: str) -> Letter | None:
    if not reference:
        return None
    found = Letter.objects.filter(
        reference=reference, owner_kind=owner_kind, owner_ref=owner_ref, corrected_by__isnull=True
    ).first()
    if found is None:
        raise InvalidInput(
            _("La lettre à corriger n’existe pas ici, ou elle a déjà été corrigée."),
            {"corrects": reference},
        )
    return found


def _print(letter: Letter) -> None:
    """Makes the PDF at once; if that fails, it is made when it is first asked for."""
    from beffroi.documents.letters.printing import stored_pdf

    stored_pdf(letter)
