"""The texts of letters: the house's own, and the versions that staff save."""

from dataclasses import replace
from datetime import datetime
from hashlib import sha256

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from beffroi.audit import services as audit
from beffroi.audit.enums import ActKind
from beffroi.core.actors import Actor, system_actor
from beffroi.core.errors import InvalidInput, NotAllowed, WrongState
from beffroi.documents.letters import sandbox
from beffroi.documents.letters.enums import TemplateOrigin
from beffroi.documents.letters.facts import example_facts
from beffroi.documents.letters.models import LetterTemplate
from beffroi.documents.letters.permissions import can_edit_templates
from beffroi.documents.letters.queries import latest_template, template_by_version
from beffroi.documents.letters.rendering import lacks_of, render
from beffroi.documents.letters.shipped import shipped_templates
from beffroi.documents.letters.values import Recipient, TemplateText
from beffroi.rules import mentions
from beffroi.rules.mentions import Lack

_NOBODY = Recipient("Samira Exemple", ("rue Fictive 12", "7000 Mons"))


def template_in_use(kind: str, lang: str, *, at: datetime) -> LetterTemplate:
    """This function will give the version of a template in use, and keep the house's own at need.

    A text of the house that changed with a new release becomes a new version, unless staff have
    written their own.
    """
    shipped, latest = shipped_templates()[kind, lang], latest_template(kind, lang)
    if latest and (latest.origin == TemplateOrigin.STAFF or latest.digest == shipped.digest):
        return latest
    number = latest.version + 1 if latest else 1
    made, _created = LetterTemplate.objects.get_or_create(
        kind=kind, lang=lang, version=number,
        defaults={
            "subject": shipped.subject, "first": shipped.first, "body": shipped.body,
            "origin": TemplateOrigin.SHIPPED, "digest": shipped.digest,
            "saved_by": str(system_actor("beffroi").label), "saved_at": at,
        },
    )  # fmt: skip
    return made


@transaction.atomic
def load_templates(*, at: datetime) -> int:
    """This function will keep the house's own texts that are not kept yet, and count the templates."""
    for kind, lang in shipped_templates():
        template_in_use(kind, lang, at=at)
    return len(shipped_templates())


@transaction.atomic
def save_template(
    *,
    kind: str,
    lang: str,
    texts: TemplateText,
    since_version: int,
    note: str,
    by: Actor,
    at: datetime,
) -> int:
    """This function will keep a new version of a template and give its number.

    The texts are tried on fictional facts first: a version that would lose a mandatory mention
    is refused. `since_version` is the version the author started from.
    Raises: NotAllowed; InvalidInput on a field; WrongState when someone saved meanwhile.
    """
    _must_edit(by)
    latest = _known(kind, lang, at)
    if latest.version != since_version:
        raise WrongState(
            _("Quelqu’un a changé ce modèle entre-temps (version %s).") % latest.version,
            todo=_("Relisez la version en cours, puis reportez-y vos changements."),
        )
    _check(kind, lang, texts, at)
    try:
        with transaction.atomic():
            made = LetterTemplate.objects.create(
                kind=kind, lang=lang, version=latest.version + 1, subject=texts.subject,
                first=texts.first, body=texts.body, origin=TemplateOrigin.STAFF,
                digest=sha256("\0".join((texts.subject, texts.first, texts.body)).encode()).hexdigest(),
                saved_by=by.label[:160], saved_at=at, note=note[:300],
            )  # fmt: skip
    except IntegrityError as error:
        raise WrongState(_("Quelqu’un a changé ce modèle au même moment.")) from error
    _trace(made, "letter_template.save", by, at)
    return made.version


@transaction.atomic
def restore_template(*, kind: str, lang: str, version: int, by: Actor, at: datetime) -> int:
    """This function will make an older version the one in use, as a new version; 0 = the house's.

    Raises: NotAllowed; InvalidInput when it is not known, or lacks a mention wanted today.
    """
    _must_edit(by)
    latest = _known(kind, lang, at)
    shipped = shipped_templates()[kind, lang]
    old = template_by_version(kind, lang, version) if version else None
    if version and old is None:
        raise InvalidInput(_("Cette version n’existe pas."))
    source = old or shipped
    texts = TemplateText(source.subject, source.first, source.body)
    _check(kind, lang, texts, at)
    from_house = old is None or (
        old.origin == TemplateOrigin.SHIPPED and old.digest == shipped.digest
    )
    made = LetterTemplate.objects.create(
        kind=kind, lang=lang, version=latest.version + 1, subject=texts.subject,
        first=texts.first, body=texts.body,
        origin=TemplateOrigin.SHIPPED if from_house else TemplateOrigin.STAFF,
        digest=source.digest, saved_by=by.label[:160], saved_at=at,
        note=_("Version %s reprise") % version if version else _("Texte de la maison repris"),
    )  # fmt: skip
    _trace(made, "letter_template.restore", by, at)
    return made.version


def preview_template(
    *, kind: str, lang: str, texts: TemplateText, by: Actor, at: datetime
) -> tuple[str, list[Lack]]:
    """This function will give a template written with fictional facts, and what it would lack.

    Raises: NotAllowed; InvalidInput on a field.
    """
    _must_edit(by)
    _known(kind, lang, at)
    return _tried(kind, lang, texts, at)


def _tried(kind: str, lang: str, texts: TemplateText, at: datetime) -> tuple[str, list[Lack]]:
    for name in ("subject", "first", "body"):
        sandbox.check(getattr(texts, name), name)
    french = texts
    if lang != "fr":
        kept_french = template_in_use(kind, "fr", at=at)
        french = TemplateText(kept_french.subject, kept_french.first, kept_french.body)
    facts = example_facts()
    made = render(lang, texts, french, facts, replace(_NOBODY, lang=lang))
    return made.html, lacks_of(kind, lang, facts, made)


def _check(kind: str, lang: str, texts: TemplateText, at: datetime) -> None:
    if not texts.subject.strip() or not texts.first.strip():
        raise InvalidInput(
            _("Un modèle a un objet et un premier paragraphe."),
            {"subject" if not texts.subject.strip() else "first": _("Écrivez ce texte.")},
        )
    _html, lacks = _tried(kind, lang, texts, at)
    if lacks:
        said = ", ".join(dict.fromkeys(lack.mention.label for lack in lacks))
        raise InvalidInput(
            _("Ce modèle perdrait des mentions obligatoires."),
            {"body" if lang == "fr" else "first": _("Il doit encore dire : %s.") % said},
        )


def _must_edit(by: Actor) -> None:
    if not can_edit_templates(by):
        raise NotAllowed(_("Vous ne pouvez pas changer les modèles de lettre."))


def _known(kind: str, lang: str, at: datetime) -> LetterTemplate:
    if kind not in mentions.kinds() or (kind, lang) not in shipped_templates():
        raise InvalidInput(_("Ce modèle n’existe pas."))
    return template_in_use(kind, lang, at=at)


def _trace(template: LetterTemplate, verb: str, by: Actor, at: datetime) -> None:
    audit.record(
        by=by, kind=ActKind.WRITE, verb=verb, object_kind="letter_template",
        object_ref=f"{template.kind}.{template.lang}", at=at, detail={"version": template.version},
    )  # fmt: skip
