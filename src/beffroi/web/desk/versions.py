"""What an agent sees when somebody changed the same thing meanwhile: both versions, and a choice."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from beffroi.core.versions import EditConflict


def _plain(_field: str, value: Any) -> str:
    return str(value)


def both_versions(
    conflict: EditConflict, *, said: Callable[[str, Any], str] = _plain
) -> dict[str, Any]:
    """This function will give the values of the component « both_versions ».

    `said` writes a value of a field as the agent reads it.
    """
    return {
        "what": conflict.what,
        "text": _(
            "Rien de ce que vous venez de taper n’est encore écrit. Comparez, corrigez dans le "
            "formulaire, puis enregistrez : c’est votre version qui restera."
        ),
        "heads": [_("Quoi"), _("Ce qui est enregistré"), _("Ce que vous avez tapé")],
        "rows": [
            {"label": d.label, "yours": said(d.field, d.yours), "theirs": said(d.field, d.theirs)}
            for d in conflict.differences
        ],
    }


def take_version(form: forms.Form, conflict: EditConflict) -> forms.Form:
    """This function will give the form as it was typed, on the version that stands now.

    Sent again, it is written: the agent has seen what she writes over.
    """
    data = {**form.data.dict(), "version": str(conflict.version)}  # type: ignore[attr-defined]
    again = type(form)(data, initial=form.initial)
    again.full_clean()
    return again
