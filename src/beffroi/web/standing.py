"""Where an application stands, told to the person herself in plain words: nothing of what is in it."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from beffroi.acts.requests import words
from beffroi.audit import queries as audit
from beffroi.audit.queries import Look
from beffroi.casework import queries

#: Readings shown; a long enquiry has hundreds.
_MOST = 20


@dataclass(frozen=True)
class Standing:
    """What the person reads: where it stands, what is still wanted of her, who looked at the file."""

    words: str
    wanted: list[str]
    looks: list[Look]


def standing_of(request: Any) -> Standing | None:
    """This function will tell where the application from a request stands.

    Whoever asked for somebody else holds the code of the request and not her file: she reads
    nothing of it here.
    """
    if request.for_other or not request.is_aid:
        return None
    found = queries.standing(request.reference)
    if found is None:
        return None
    looks = audit.looks_at(found.person_ref)
    return Standing(
        _said(found),
        found.documents,
        [Look(look.at, words.post_in_words(look.post), "") for look in looks[:_MOST]],
    )


def _said(found: queries.Standing) -> str:
    if found.end == "withdrawn":
        return _("Vous avez retiré cette demande.")
    if found.end == "transferred":
        return _("Cette demande est transmise au CPAS compétent.")
    if found.sent_on is not None:
        return _(
            "La décision est prise. La lettre qui l’explique est partie le %(day)s : elle dit comment "
            "le montant est calculé et comment faire un recours."
        ) % {"day": words.day(found.sent_on)}
    if found.state == "decided":
        return _("La décision est prise ; la lettre qui l’explique se prépare.")
    if found.state == "submitted" and found.sitting_on is not None:
        return _("L’enquête est finie. Votre demande est examinée à la séance du %(day)s.") % {
            "day": words.day(found.sitting_on)
        }
    told = {
        "received": _("Votre demande est entrée dans un dossier ; l’enquête sociale va commencer."),
        "enquiry": _(
            "L’enquête sociale est en cours : nous rassemblons ce qu’il faut pour décider."
        ),
    }
    return told.get(
        found.state, _("L’enquête est finie. Une proposition attend la prochaine séance.")
    )
