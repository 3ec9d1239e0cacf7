"""The questions of a form, declared as data, and the check of what is answered."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from django.utils.translation import gettext as _

from beffroi.core.errors import InvalidInput
from beffroi.core.text import whole_number

_FILE = Path(__file__).parent / "data" / "forms.yaml"
FIELD_KINDS = ("text", "long", "choice", "yesno", "date", "number", "address")
UNKNOWN = "unknown"
#: Names of the contact fields, which share one table of faults with the questions.
CONTACT = frozenset({"name", "phone", "email", "postal_code", "for_other", "other_name", "files"})
_LONGEST = {"text": 200, "address": 200, "long": 4000}


@dataclass(frozen=True)
class Choice:
    key: str
    labels: Mapping[str, str]

    def label(self, lang: str) -> str:
        return self.labels.get(lang) or self.labels["fr"]


@dataclass(frozen=True)
class FieldSpec:
    """One question: what is asked, why, and which answers it takes."""

    key: str
    kind: str
    labels: Mapping[str, str]
    required: bool = False
    why: Mapping[str, str] = field(default_factory=dict)
    choices: tuple[Choice, ...] = ()

    def label(self, lang: str) -> str:
        return self.labels.get(lang) or self.labels["fr"]

    def reason(self, lang: str) -> str:
        return self.why.get(lang) or self.why.get("fr", "")


def field_spec(declared: Mapping[str, Any]) -> FieldSpec:
    """This function will read one declared question. Raises: InvalidInput in words."""
    if declared.get("kind") not in FIELD_KINDS:
        raise InvalidInput(f"La question « {declared.get('key')} » n’a pas de nature connue.")
    if not declared.get("key") or not (declared.get("labels") or {}).get("fr"):
        raise InvalidInput("Une question a une clé et un libellé en français.")
    if declared["key"] in CONTACT:
        raise InvalidInput(f"La clé « {declared['key']} » est déjà celle d’une coordonnée.")
    choices = tuple(Choice(c["key"], c["labels"]) for c in declared.get("choices", []))
    if declared["kind"] == "choice" and len(choices) < 2:
        raise InvalidInput(
            f"La question « {declared['labels']['fr']} » demande au moins deux choix."
        )
    return FieldSpec(
        key=declared["key"],
        kind=declared["kind"],
        labels=declared["labels"],
        required=bool(declared.get("required")),
        why=declared.get("why") or {},
        choices=choices,
    )


@lru_cache(maxsize=1)
def _content() -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return content


def register_of(kind: str) -> str:
    """This function will give the register that requests of this kind are entered in."""
    registers = _content()["registers"]
    return str(registers.get(kind, registers["default"]))


def required_contact(kind: str) -> frozenset[str]:
    """This function will give the contact fields without which this form cannot be answered."""
    return frozenset(_content()["kinds"][kind]["contact"])


def fields_of(kind: str, extra: list[Any] | None = None) -> list[FieldSpec]:
    """This function will give the questions of a form: those of its kind, then the service's."""
    declared = [*_content()["kinds"][kind]["fields"], *(extra or [])]
    return [field_spec(one) for one in declared]


def asks_postal_code(kind: str) -> bool:
    """This function will say whether the commune where the person lives matters to this form."""
    return bool(_content()["kinds"][kind].get("postal_code"))


def files_hint(kind: str, lang: str) -> str:
    """This function will say which files help this kind of request; nothing when none does."""
    hints = _content()["kinds"][kind].get("files") or {}
    return str(hints.get(lang) or hints.get("fr", ""))


def dangers_in(kind: str, answers: Mapping[str, str]) -> list[str]:
    """This function will give the dangers that the answers themselves tell of, in their order."""
    declared = _content()["kinds"][kind].get("dangers") or []
    return list(
        dict.fromkeys(d["danger"] for d in declared if answers.get(d["field"]) == d["answer"])
    )


def check_answers(fields: list[FieldSpec], given: Mapping[str, str]) -> dict[str, str]:
    """This function will give the answers that were made, cleaned.

    Raises: InvalidInput with a sentence for each question that is not well answered.
    """
    cleaned: dict[str, str] = {}
    faults: dict[str, str] = {}
    for spec in fields:
        answer = str(given.get(spec.key, "")).strip()
        if not answer:
            if spec.required:
                faults[spec.key] = _("Répondez à cette question : nous en avons besoin.")
            continue
        if fault := _fault(spec, answer):
            faults[spec.key] = fault
        else:
            cleaned[spec.key] = answer
    if faults:
        raise InvalidInput(_("Il manque quelque chose."), fields=faults)
    return cleaned


def _fault(spec: FieldSpec, answer: str) -> str:
    longest = _LONGEST.get(spec.kind)
    if longest and len(answer) > longest:
        return _("C’est trop long : %(most)d caractères au plus.") % {"most": longest}
    if spec.kind == "choice" and answer not in {c.key for c in spec.choices} | {UNKNOWN}:
        return _("Choisissez une des réponses proposées.")
    if spec.kind == "yesno" and answer not in {"yes", "no", UNKNOWN}:
        return _("Choisissez oui, non ou « je ne sais pas ».")
    if spec.kind == "date":
        try:
            date.fromisoformat(answer)
        except ValueError:
            return _("Écrivez la date en entier : jour, mois, année.")
    if spec.kind == "number" and not whole_number(answer, 999):
        return _("Écrivez un nombre, par exemple 2.")
    return ""


def shown_answer(spec: FieldSpec, answer: str, lang: str) -> str:
    """This function will give an answer in words, as both sides read it."""
    if answer == UNKNOWN:
        return _("Je ne sais pas")
    if spec.kind == "yesno":
        return _("Oui") if answer == "yes" else _("Non")
    if spec.kind == "choice":
        return next((c.label(lang) for c in spec.choices if c.key == answer), answer)
    return answer
