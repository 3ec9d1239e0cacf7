"""Whom to call at once, when the answers themselves tell of a danger."""

from functools import lru_cache
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from beffroi.acts.requests import forms
from beffroi.directory import briefs
from beffroi.directory.enums import Danger
from beffroi.guidance import services as guidance
from beffroi.guidance.engine.danger import DangerFinder
from beffroi.guidance.engine.encoder import NoEncoder


@lru_cache(maxsize=1)
def _finder() -> DangerFinder:
    return DangerFinder(NoEncoder())


def danger_box(kind: str, answers: dict[str, str], lang: str) -> dict[str, Any] | None:
    """This function will give what the danger box shows: choices first, then the words typed."""
    found = forms.dangers_in(kind, answers)
    texts = [answers[f.key] for f in forms.fields_of(kind) if f.kind == "long" and f.key in answers]
    for text in texts:
        told = _finder().find(text, lang, known=lambda word: guidance.is_ordinary_word(word, lang))
        if told and told not in found:
            found.insert(0, told)
    if not found:
        return None
    page_lang = get_language() or "fr"
    return {
        "title": _titles()[Danger(found[0])],
        "text": _("Votre demande est bien reçue. Mais n’attendez pas notre réponse : appelez."),
        "numbers": briefs.emergency_numbers(found, page_lang),
        "exit_url": reverse("portal:quick_exit") if Danger.VIOLENCE in found else "",
    }


def _titles() -> dict[Danger, str]:
    return {
        Danger.SUICIDE: _("Vous n’êtes pas seul : quelqu’un vous écoute maintenant"),
        Danger.VIOLENCE: _("Si vous êtes en danger ou si vous avez peur"),
        Danger.CHILD: _("Si un enfant est en danger"),
        Danger.MEDICAL: _("Si c’est une urgence médicale"),
        Danger.NO_SHELTER: _("Si vous n’avez pas de toit ce soir ou rien à manger aujourd’hui"),
        Danger.NO_FOOD: _("Si vous n’avez pas de toit ce soir ou rien à manger aujourd’hui"),
    }
