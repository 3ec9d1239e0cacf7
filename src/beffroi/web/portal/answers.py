"""An orientation as the answer page shows it: danger, reasons, buttons, in the page's language."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, pgettext
from django.utils.translation import gettext_lazy as _

from beffroi.acts.requests.enums import FormKind
from beffroi.directory.browsing import ServiceCard, folded
from beffroi.directory.enums import Danger, ServiceStatus
from beffroi.directory.service_page import ServicePage
from beffroi.guidance.engine.guide import Orientation, Reason, Result
from beffroi.web.portal.links import link

_RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur", "ps"})
#: Under this score, a guess beside a sure answer only distracts.
_LEAST_SCORE = 0.05
SHOWN = 3
#: A word shorter than this says too little to be quoted as a reason.
_TELLING = 4
_MOST_QUOTED = 2
MORE = 2
_IN_DANGER = frozenset({FormKind.AID, FormKind.CALL_BACK, FormKind.APPOINTMENT, FormKind.QUESTION})
#: What to say first in each danger: a title, then what to do.
DANGERS = {
    Danger.SUICIDE: (
        _("Vous n’êtes pas seul. Parlez à quelqu’un maintenant."),
        _("Si vous risquez de vous faire du mal tout de suite, appelez le 112. Ces personnes écoutent sans juger."),
    ),
    Danger.VIOLENCE: (
        _("Votre sécurité d’abord. Si vous êtes en danger maintenant, appelez le 112."),
        _("Si vous le pouvez, mettez-vous à l’abri chez quelqu’un. Vous pouvez aussi seulement parler."),
    ),
    Danger.CHILD: (
        _("Un enfant est en danger ? Appelez tout de suite."),
        _("Si le danger est là maintenant, appelez le 112. Sinon, parlez-en : on vous dira quoi faire, même si vous n’êtes pas sûr."),
    ),
    Danger.MEDICAL: (
        _("Urgence médicale : appelez le 112."),
        _("Dites où vous êtes et ce qui se passe. Restez en ligne : on vous dit quoi faire en attendant les secours."),
    ),
    Danger.NO_SHELTER: (
        _("Sans toit ce soir ? Appelez avant la nuit."),
        _("Dites que vous n’avez nulle part où dormir ce soir. Si votre vie ou votre santé est en danger, appelez le 112."),
    ),
    Danger.NO_FOOD: (
        _("Rien à manger aujourd’hui ? Dites-le tout de suite."),
        _("Dites que c’est pour aujourd’hui. Vous pouvez aussi aller au CPAS : une aide urgente se demande le jour même."),
    ),
}  # fmt: skip
STATUS_TAGS = {
    ServiceStatus.PLANNED: (_("En projet : n’existe pas encore"), "amber"),
    ServiceStatus.SUSPENDED: (_("Suspendu pour le moment"), "amber"),
    ServiceStatus.ENDED: (_("Terminé"), ""),
}


@dataclass(frozen=True)
class Answer:
    """One service of the answer: what it is, why it is here, what to do now."""

    card: ServiceCard
    reason: SafeString | str
    status: dict[str, str] | None
    url: str
    action: dict[str, str] | None = None


def direction(lang: str) -> str:
    """This function will give the side from which `lang` is read."""
    return "rtl" if lang in _RIGHT_TO_LEFT else "ltr"


def status_tag(card: ServiceCard | ServicePage) -> dict[str, str] | None:
    """This function will give the tag of a service that cannot simply be used today."""
    if not card.is_local:
        return {"label": gettext("Pas confirmé pour cette commune"), "tone": "amber"}
    if card.status in STATUS_TAGS:
        label, tone = STATUS_TAGS[ServiceStatus(card.status)]
        return {"label": str(label), "tone": tone}
    return None


def _quoted(words: Sequence[str], lang: str) -> SafeString:
    marks = pgettext("guillemets, un mot entre deux", "« {} »")
    before, _between, after = marks.partition("{}")
    rows = ((before, lang, direction(lang), word, after) for word in words)
    return format_html_join(", ", '{}<span lang="{}" dir="{}">{}</span>{}', rows)


def _typed(found: Sequence[str], words: str) -> list[str]:
    """Of the words that matched, the telling ones that the person wrote herself."""
    own = set(re.findall(r"\w+", folded(words)))
    kept = [word for word in found if len(word) >= _TELLING and folded(word) in own]
    return list(dict.fromkeys(kept))[:_MOST_QUOTED]


def reason_line(reason: Reason, words: str, lang: str) -> SafeString | str:
    """This function will say in the page's language why a service is shown; `lang` is of `words`."""
    page = get_language() or "fr"
    quoted: Sequence[str] = reason.words
    if reason.kind == "word":
        quoted = _typed(reason.words, words)
    if reason.kind == "word" and quoted:
        said = gettext("Vous parlez de {words}.")
    elif reason.kind == "place" and quoted:
        said = gettext("Vous nommez ce quartier : {words}.")
    elif reason.kind == "name" and quoted:
        said = gettext("Vos mots sont proches du nom {words}.")
    elif reason.kind == "phrase" and reason.phrase and reason.phrase_lang == page:
        said = gettext("D’autres personnes disent : {words}.")
        return format_html(said, words=_quoted([reason.phrase], page))
    else:
        return gettext("Ce que vous décrivez ressemble à ce que fait ce service.")
    return format_html(said, words=_quoted(quoted, lang))


def first_action(key: str, kinds: Sequence[FormKind], danger: bool) -> dict[str, str] | None:
    """This function will give the button that leads straight to the first form of a service.

    In danger it leads to a voice or to help, never to an activity.
    """
    for kind in kinds:
        if danger and kind not in _IN_DANGER:
            continue
        if url := link("ask", key, kind):
            return {"label": str(kind.label), "url": url}
    return None


def worth_showing(orientation: Orientation) -> Sequence[Result]:
    """This function will leave out the guesses that a sure answer makes useless."""
    if not orientation.confident:
        return orientation.results
    near = [result for result in orientation.results if result.score >= _LEAST_SCORE]
    return near or orientation.results[:1]


def answers(
    results: Sequence[Result],
    cards: Sequence[ServiceCard],
    forms: dict[object, list[FormKind]],
    words: str,
    lang: str,
    danger: bool = False,
) -> list[Answer]:
    """This function will join results and services; one button at most, and never on a plan.

    The button is copper, on the first service among those shown that a person can use today.
    """
    reasons = {result.service: result.reason for result in results}
    found = [
        Answer(
            card, reason_line(reasons[card.key], words, lang), status_tag(card),
            reverse("portal:service", args=[card.key]),
        )
        for card in cards
    ]  # fmt: skip
    for place, answer in enumerate(found[:SHOWN]):
        action = first_action(answer.card.key, forms.get(answer.card.id, []), danger)
        if answer.card.exists and action:
            found[place] = replace(answer, action={**action, "variant": "copper"})
            break
    return found


def danger_box(danger: str, numbers: Sequence[Any]) -> dict[str, Any]:
    """This function will give what the box says before any answer."""
    title, text = DANGERS[Danger(danger)]
    return {
        "title": str(title),
        "text": str(text),
        "numbers": [{"number": n.number, "label": n.label} for n in numbers],
        "exit_url": reverse("portal:quick_exit")
        if danger in (Danger.VIOLENCE, Danger.CHILD)
        else "",
    }


def service_ids(cards: Sequence[ServiceCard]) -> list[UUID]:
    """This function will give the identifiers of these services."""
    return [card.id for card in cards]
