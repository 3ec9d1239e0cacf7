"""What happened, said in sentences: for the minutes, the extracts and the pages."""

from collections.abc import Iterable

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from beffroi.acts.bodies.enums import MandateRole, OutcomeState, RecusalOrigin
from beffroi.acts.bodies.models import Mandate, Result, Sitting


def hour(moment: object) -> str:
    """This function will write an hour as it is said: 18 h 30."""
    return timezone.localtime(moment).strftime("%H h %M")  # type: ignore[arg-type]


def names(mandates: Iterable[Mandate]) -> str:
    """This function will list people, with « présidence » after who presides."""
    said = []
    for mandate in mandates:
        name = str(mandate.agent)
        if mandate.role == MandateRole.PRESIDENT:
            name = _("%(name)s (présidence)") % {"name": name}
        said.append(name)
    return ", ".join(said) or _("personne")


def votes(result: Result) -> str:
    """This function will say how the voices fell: « par 7 voix pour, 2 contre et 1 abstention »."""
    n = result.abstentions
    abstained = ngettext("%(n)s abstention", "%(n)s abstentions", n) % {"n": n}
    return _("par %(f)s voix pour, %(a)s contre et %(abstained)s") % {
        "f": result.votes_for or _("aucune"), "a": result.votes_against or _("aucune"),
        "abstained": abstained if n else _("aucune abstention"),
    }  # fmt: skip


def decision(result: Result) -> str:
    """This function will say what was decided, and how."""
    if result.outcome == OutcomeState.POSTPONED:
        return _("Point reporté. Motif : %(reason)s") % {"reason": result.text}
    done = {
        OutcomeState.ADOPTED: _("Proposition adoptée"),
        OutcomeState.AMENDED: _("Proposition adoptée avec modification"),
        OutcomeState.REJECTED: _("Proposition non adoptée"),
    }[OutcomeState(result.outcome)]
    how = _("au scrutin secret") if result.is_secret else _("à haute voix")
    said = _("%(done)s %(how)s, %(votes)s.") % {"done": done, "how": how, "votes": votes(result)}
    if result.by_casting_vote:
        said += " " + _("À parité de voix, celle de la présidence tranche.")
    if result.block is not None:
        said += " " + _("Plusieurs points ont été votés par ce même scrutin.")
    if result.outcome == OutcomeState.AMENDED:
        said += " " + _("Modification : %(text)s") % {"text": result.text}
    return said


def recusals(rows: Iterable[object]) -> list[str]:
    """This function will say who left the room for a matter."""
    return [
        _("%(name)s quitte la salle pour ce point et ne vote pas (loi 08/07/1976 art. 37).")
        % {"name": row.mandate.agent}  # type: ignore[attr-defined]
        for row in rows
    ]


def origin(value: str) -> str:
    """This function will say why a member is barred."""
    return str(RecusalOrigin(value).label)


def call(sitting: Sitting) -> str:
    """This function will say which convocation it is, after sittings without quorum."""
    if not sitting.missed_before:
        return ""
    return ngettext(
        "Nouvelle convocation : le quorum a manqué %(n)s fois.",
        "Nouvelle convocation : le quorum a manqué %(n)s fois.",
        sitting.missed_before,
    ) % {"n": sitting.missed_before}
