"""From a request to a file: who she is, in which team; then the application that keeps her date."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from beffroi.accounts import queries as accounts
from beffroi.acts.requests import services as requests
from beffroi.casework import queries
from beffroi.casework import services as casework
from beffroi.casework.permissions import file_teams, files_visible_to
from beffroi.core.actors import Actor
from beffroi.people import queries as people_queries
from beffroi.people import services as people
from beffroi.web.desk.files import words

#: Where the session keeps which request a person is being looked for.
SESSION = "file_from_request"


def teams_of(actor: Actor) -> list[Any]:
    """This function will give the teams in which the actor opens files."""
    held = file_teams(actor)
    return [team for team in accounts.teams() if team.key in held]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, reference: str) -> HttpResponse:
    """This function will show whom a request may be from; what is typed goes by POST alone."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    now = timezone.now()
    asked = requests.read_file(reference=reference.upper(), by=actor, at=now)
    typed = request.POST.get("mots", "").strip()[:120] or asked.name
    found = people.search_persons(words=typed, by=actor, at=now, most=8) if typed else []
    request.session[SESSION] = asked.reference
    first, _space, last = asked.name.rpartition(" ")
    context = {
        "asked": asked,
        "typed": typed,
        "found": found,
        "teams": teams_of(actor),
        "prefill": {"last_name": last, "first_name": first, "phone": asked.phone,
                    "postal_code": asked.postal_code, "lang": asked.lang},
        "crumbs": [
            {"label": asked.name or asked.reference, "url": reverse("desk:request", args=[asked.reference])},
            {"label": _("Ouvrir le dossier")},
        ],
    }  # fmt: skip
    return render(request, "desk/files/from_request.html", context)


@require_POST
def new_file(request: HttpRequest) -> HttpResponse:
    """This function will open the file of a person in one of the agent’s teams."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    number = casework.open_file(
        person_ref=request.POST.get("person", ""), team=request.POST.get("team", ""),
        worker=int(actor.ref), by=actor, at=timezone.now(),
    )  # fmt: skip
    asked = request.POST.get("demande", "")[:20]
    if not asked:
        return redirect("desk:file", number)
    request.session.pop(SESSION, None)
    url = reverse("desk:application_new", args=[number])
    return redirect(f"{url}?{urlencode({'demande': asked})}")


def of_request(actor: Actor, reference: str, is_aid: bool) -> dict[str, Any] | None:
    """This function will give, on the page of a request, its file or the way to open one."""
    if not is_aid or not file_teams(actor):
        return None
    application = queries.of_request(files_visible_to(actor), reference)
    if application is None:
        return {"open_url": reverse("desk:file_from_request", args=[reference])}
    return {
        "url": reverse("desk:application", args=[application.reference]),
        "label": words.aid_label(application.kind),
        "number": application.file.number,
        "state": application.get_state_display(),
    }


def of_person(request: HttpRequest, person: Any) -> dict[str, Any] | None:
    """This function will give, on the page of a person, her files the agent may see, and a button."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if not file_teams(actor):
        return None
    files = list(queries.files_about(files_visible_to(actor), people_queries.same_ids(person.pk)))
    held = {file.team_id for file in files if file.state == "open"}
    return {
        "rows": [
            {
                "number": file.number, "url": reverse("desk:file", args=[file.number]),
                "team": file.team.name, "state": file.get_state_display(),
                "worker": str(file.worker) if file.worker else _("à confier"),
            }
            for file in files
        ],
        "teams": [team for team in teams_of(actor) if team.pk not in held],
        "request": request.session.get(SESSION, ""),
    }  # fmt: skip
