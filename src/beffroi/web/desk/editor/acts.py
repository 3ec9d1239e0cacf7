"""What every page of the editor shares: one act, said when done, its refusal said in the form."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from beffroi.accounts import queries as accounts
from beffroi.audit import queries as audit
from beffroi.core.actors import Actor
from beffroi.core.errors import InvalidInput, NotAllowed, Refusal
from beffroi.directory import permissions as directory

#: What each act of the journal is called on a page.
VERBS = {
    "state_fact": _("Fait énoncé"),
    "confirm_fact": _("Fait confirmé"),
    "reject_fact": _("Fait écarté"),
    "end_fact": _("Fin de validité"),
    "edit_texts": _("Textes récrits"),
    "set_status": _("État changé"),
    "publish_service": _("Publié"),
    "unpublish_service": _("Retiré du public"),
    "classify": _("Classement changé"),
    "set_upkeep": _("Suivi changé"),
    "set_places": _("Lieux changés"),
    "mark_reviewed": _("Relu en entier"),
    "add_closure": _("Fermeture annoncée"),
    "remove_closure": _("Fermeture ôtée"),
    "edit_place": _("Lieu changé"),
    "add_place": _("Lieu ajouté"),
    "add_phrase": _("Phrase ajoutée"),
    "remove_phrase": _("Phrase ôtée"),
    "add_word": _("Mot ajouté"),
    "remove_word": _("Mot ôté"),
    "form.open": _("Formulaire ouvert"),
    "form.close": _("Formulaire fermé"),
    "settle_contradiction": _("Tranchée"),
    "reopen_contradiction": _("Rouverte"),
    "edit_public_notes": _("Note récrite"),
    "start_alert_plan": _("Plan allumé"),
    "change_alert_plan": _("Plan changé"),
    "end_alert_plan": _("Plan éteint"),
    "write_question": _("Brouillon écrit"),
    "edit_question": _("Texte récrit"),
    "publish_question": _("Publiée"),
    "withdraw_question": _("Retirée"),
    "create_agent": _("Compte ouvert"),
    "give_post": _("Poste donné"),
    "end_post": _("Poste terminé"),
    "deactivate_agent": _("Compte fermé"),
    "reactivate_agent": _("Compte rouvert"),
    "reset_password": _("Mot de passe refait"),
    "reset_second_factor": _("Deuxième facteur ôté"),
}


def actor_of(request: HttpRequest) -> Actor:
    """This function will give who is signed in, as the middleware found her."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def now() -> datetime:
    """This function will give the moment of the act; below the doors, time is an argument."""
    return timezone.now()


def run(
    request: HttpRequest, form: forms.Form, act: Callable[[dict[str, Any]], Any], said: str, to: str
) -> HttpResponse | None:
    """This function will do `act` with what the form holds, say it and lead to `to`.

    A refusal comes back into the form, beside its field when it names one; nothing typed is
    lost. None means that the form is to be shown again.
    """
    if not form.is_valid():
        return None
    try:
        act(form.cleaned_data)
    except NotAllowed:
        raise
    except Refusal as refusal:
        refuse(form, refusal)
        return None
    messages.success(request, said)
    return redirect(to)


def refuse(form: forms.Form, refusal: Refusal) -> None:
    """This function will write a refusal into the form, beside its fields."""
    beside = refusal.fields if isinstance(refusal, InvalidInput) else {}
    known = {name: words for name, words in beside.items() if name in form.fields}
    for name, words in known.items():
        form.add_error(name, words)
    if not known or len(known) < len(beside):
        rest = [words for name, words in beside.items() if name not in known]
        form.add_error(None, " ".join([str(refusal), *rest]))


def at_once(request: HttpRequest, act: Callable[[], Any], said: str, to: str) -> HttpResponse:
    """This function will do an act that has no form page; a refusal is said on the page it came from."""
    act()
    messages.success(request, said)
    return HttpResponseRedirect(to)


def service_or_404(request: HttpRequest, key: str) -> Any:
    """This function will give the service with this key, if the actor may edit it."""
    return found(directory.services_editable_by(actor_of(request)).filter(key=key))


def thing_or_404(request: HttpRequest, sort: str, key: str) -> Any:
    """This function will give the service or the place with this key, if the actor may edit it."""
    if sort == "services":
        return service_or_404(request, key)
    if sort == "lieux":
        return found(directory.places_editable_by(actor_of(request)).filter(key=key))
    raise Http404(sort)


def found(rows: Any) -> Any:
    """This function will give the one row there is, or answer that there is nothing here."""
    row = rows.first()
    if row is None:
        raise Http404
    return row


def history(kind: str, ref: str, limit: int = 30) -> list[dict[str, Any]]:
    """This function will give the acts done on a thing, for the time line."""
    return [
        {
            "date": timezone.localtime(row.at), "title": VERBS.get(row.verb, row.verb),
            "who": row.actor_label, "text": row.reason or _said_of(row.detail), "state": "done",
        }
        for row in audit.history_of(kind, ref)[:limit]
    ]  # fmt: skip


def _said_of(detail: dict[str, Any]) -> str:
    for key in ("text", "phrase", "word", "number", "name"):
        if detail.get(key):
            return str(detail[key])
    return ", ".join(str(v) for v in detail.get("languages") or detail.get("changed") or [])


def team_choices() -> list[tuple[str, str]]:
    """This function will give the teams in activity, and « aucune »."""
    return [("", str(_("Aucune")))] + [(team.key, team.name) for team in accounts.teams()]
