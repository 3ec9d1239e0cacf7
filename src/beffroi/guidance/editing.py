"""What an editor teaches the guide: phrases and words of people, answers to lost words."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from beffroi.audit.enums import ActKind
from beffroi.audit.services import record
from beffroi.core.actors import Actor
from beffroi.core.errors import InvalidInput, NotAllowed, WrongState
from beffroi.directory import queries as directory
from beffroi.directory import services as directory_services
from beffroi.guidance.enums import LostState, PhraseOrigin, WordRegister
from beffroi.guidance.models import LostWords, Phrase, Word
from beffroi.guidance.permissions import can_edit_guidance
from beffroi.guidance.redaction import findings

LANGUAGES = ("fr", "nl", "de", "en", "ar", "uk", "tr", "it")


def _require(by: Actor) -> None:
    if not can_edit_guidance(by):
        raise NotAllowed("Seule la rédaction apprend des mots au guide.")


def _written(
    verb: str, kind: str, ref: object, *, by: Actor, at: datetime, reason: str = "",
    detail: dict[str, object] | None = None,
) -> None:  # fmt: skip
    record(
        by=by, kind=ActKind.WRITE, verb=verb, object_kind=kind, object_ref=str(ref), at=at,
        reason=reason, detail=detail,
    )  # fmt: skip
    directory_services.bump_revision()


def _service_id(key: str) -> UUID:
    service_id = directory.service_id(key)
    if service_id is None:
        raise InvalidInput("Ce service n’existe pas.", {"service": "Choisissez dans la liste."})
    return service_id


def _clean(text: str, lang: str, longest: int) -> str:
    text = " ".join(text.split())
    faults = {}
    if not text:
        faults["text"] = "Écrivez les mots de la personne."
    elif len(text) > longest:
        faults["text"] = f"{longest} signes au plus."
    elif any(found.is_forbidden for found in findings(text)):
        faults["text"] = "Ces mots désignent quelqu’un : ôtez le numéro ou l’adresse."
    if lang not in LANGUAGES:
        faults["lang"] = "Choisissez une langue."
    if faults:
        raise InvalidInput("Ces mots ne peuvent pas être ajoutés.", faults)
    return text


@transaction.atomic
def add_phrase(*, service: str, lang: str, text: str, by: Actor, at: datetime) -> Phrase:
    """This function will teach that whoever says `text` looks for this service (its key).

    Raises: NotAllowed; InvalidInput when the words are empty, too long or tell of somebody,
    the language or the service is not known; WrongState when the phrase is there already.
    """
    _require(by)
    text, service_id = _clean(text, lang, 400), _service_id(service)
    phrase, new = Phrase.objects.get_or_create(
        service_id=service_id, lang=lang, text=text,
        defaults={"origin": PhraseOrigin.EDITOR, "added_by": by.label, "added_at": at},
    )  # fmt: skip
    if not new:
        raise WrongState("Cette phrase est déjà rattachée à ce service.")
    _written("add_phrase", "service", service, by=by, at=at, detail={"lang": lang, "phrase": text})
    return phrase


@transaction.atomic
def remove_phrase(*, phrase: Phrase, by: Actor, at: datetime) -> None:
    """This function will take away a phrase that an editor added.

    Raises: NotAllowed; WrongState for a phrase that came with the catalogue.
    """
    _require(by)
    removed, _rows = Phrase.objects.filter(pk=phrase.pk, origin=PhraseOrigin.EDITOR).delete()
    if not removed:
        raise WrongState("Cette phrase est livrée avec le catalogue.", todo="Elle reste.")
    _written(
        "remove_phrase", "service", phrase.service.key, by=by, at=at,
        detail={"lang": phrase.lang, "phrase": phrase.text},
    )  # fmt: skip


@transaction.atomic
def add_word(
    *, service: str, lang: str, text: str, register: WordRegister, by: Actor, at: datetime
) -> Word:
    """This function will add to the lexicon a word that points to this service (its key).

    Raises: as add_phrase.
    """
    _require(by)
    text, service_id = _clean(text, lang, 120), _service_id(service)
    word, new = Word.objects.get_or_create(
        service_id=service_id, lang=lang, text=text, defaults={"register": register}
    )
    if not new:
        raise WrongState("Ce mot est déjà rattaché à ce service.")
    _written("add_word", "service", service, by=by, at=at, detail={"lang": lang, "word": text})
    return word


@transaction.atomic
def remove_word(*, word: Word, by: Actor, at: datetime) -> None:
    """This function will take a word out of the lexicon.

    Raises: NotAllowed; WrongState when somebody took it out meanwhile.
    """
    _require(by)
    removed, _rows = Word.objects.filter(pk=word.pk).delete()
    if not removed:
        raise WrongState("Ce mot n’est plus dans le lexique.")
    _written(
        "remove_word", "service", word.service.key, by=by, at=at,
        detail={"lang": word.lang, "word": word.text},
    )  # fmt: skip


@transaction.atomic
def tie_lost_words(
    *, lost: LostWords, service: str, by: Actor, at: datetime, text: str = "", lang: str = ""
) -> Phrase:
    """This function will answer lost words: they become a phrase of this service (its key).

    The editor may give them in other words. Raises: as add_phrase; WrongState when somebody
    answered them meanwhile.
    """
    _require(by)
    _answer(lost, LostState.ANSWERED, by, at)
    phrase = add_phrase(
        service=service, lang=lang or lost.lang, text=text or lost.text, by=by, at=at
    )
    _written("tie_lost_words", "lost_words", lost.pk, by=by, at=at, detail={"service": service})
    return phrase


@transaction.atomic
def dismiss_lost_words(*, lost: LostWords, reason: str, by: Actor, at: datetime) -> None:
    """This function will put lost words aside, with the reason.

    Raises: NotAllowed; InvalidInput without a reason; WrongState when answered meanwhile.
    """
    _require(by)
    reason = " ".join(reason.split())
    if not reason:
        raise InvalidInput("Dites pourquoi ces mots sont écartés.", {"reason": "Le motif manque."})
    _answer(lost, LostState.DISMISSED, by, at)
    _written("dismiss_lost_words", "lost_words", lost.pk, by=by, at=at, reason=reason)


def _answer(lost: LostWords, state: LostState, by: Actor, at: datetime) -> None:
    rows = LostWords.objects.filter(pk=lost.pk, state=LostState.OPEN)
    if not rows.update(state=state, answered_by=by.label, answered_at=at):
        raise WrongState("Quelqu’un a déjà répondu à ces mots.", todo="Rechargez la liste.")
