"""Teams and agents: who works here, with which posts."""

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from beffroi.accounts import permissions, queries, services
from beffroi.accounts.enums import Role
from beffroi.web.desk.editor.acts import actor_of, at_once, found, history, now, run, team_choices
from beffroi.web.desk.editor.common_forms import DateField, set_choices


def agents_list(request: HttpRequest) -> HttpResponse:
    """This function will show the agents with the posts they hold today, and the teams."""
    day = timezone.localdate()
    rows = queries.agents_with_posts(day)
    columns = [
        {"label": _("Agent")},
        {"label": _("Postes")},
        {"label": _("Dernière connexion")},
        {"label": _("Compte")},
    ]
    return render(request, "desk/editor/agents.html", {
        "columns": columns, "rows": [_cells(row) for row in rows], "teams": queries.all_teams(),
    })  # fmt: skip


def _cells(agent: Any) -> list[Any]:
    posts = [
        f"{post.get_role_display()}, {post.team}" if post.team else str(post.get_role_display())
        for post in agent.current_posts
    ]
    account = {"tag": _("Ouvert"), "tone": "green"} if agent.is_active else {"tag": _("Fermé")}
    if agent.is_active and agent.password_is_temporary:
        account = {"tag": _("Mot de passe à changer"), "tone": "amber"}
    seen = (
        timezone.localtime(agent.last_login).strftime("%d/%m/%Y")
        if agent.last_login
        else _("jamais")
    )
    return [
        {"text": str(agent), "url": reverse("desk:editor_agent", args=[agent.pk]), "sub": agent.username},
        " ; ".join(posts) or _("aucun"), seen, account,
    ]  # fmt: skip


class AgentForm(forms.Form):
    """A new agent."""

    username = forms.CharField(label=gettext_lazy("Identifiant"), max_length=150)
    first_name = forms.CharField(label=gettext_lazy("Prénom"), max_length=150, required=False)
    last_name = forms.CharField(label=gettext_lazy("Nom"), max_length=150)
    email = forms.EmailField(label=gettext_lazy("Courriel"), max_length=254)


def new(request: HttpRequest) -> HttpResponse:
    """This function will open an account and show, once, the password to hand over."""
    form = AgentForm(request.POST or None)
    made: list[Any] = []
    if request.method == "POST":
        done = run(
            request, form, lambda data: made.append(services.create_agent(by=actor_of(request), at=now(), **data)),
            _("Le compte est ouvert."), reverse("desk:editor_agents"),
        )  # fmt: skip
        if done:
            agent, password = made[0]
            return _handed_over(request, agent, password)
    title = _("Ouvrir un compte")
    crumbs = [
        {"label": _("Équipes et agents"), "url": reverse("desk:editor_agents")},
        {"label": title},
    ]
    return render(request, "desk/editor/form.html", {
        "form": form, "heading": title, "act": title, "crumbs": crumbs, "back": crumbs[0]["url"],
    })  # fmt: skip


def _handed_over(request: HttpRequest, agent: Any, password: str) -> HttpResponse:
    response = render(request, "desk/editor/password.html", {"agent": agent, "password": password})
    response["Cache-Control"] = "no-store"
    return response


def _one(request: HttpRequest, pk: int) -> Any:
    return found(permissions.agents_manageable_by(actor_of(request)).filter(pk=pk))


class PostForm(forms.Form):
    """A role, a team, from a day to a day."""

    role = forms.ChoiceField(label=gettext_lazy("Rôle"), choices=Role.choices)
    team = forms.ChoiceField(
        label=gettext_lazy("Équipe"),
        required=False,
        help_text=gettext_lazy("Aucune : pour toute la maison."),
    )
    since_date = DateField(label=gettext_lazy("Depuis le"))
    until_date = DateField(label=gettext_lazy("Jusqu’au"), required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        set_choices(self, "team", team_choices())


def agent(request: HttpRequest, pk: int) -> HttpResponse:
    """This function will show an agent, her posts and the acts on her account; give a post."""
    row = _one(request, pk)
    day = timezone.localdate()
    form = PostForm(request.POST or None, initial={"since_date": day})
    if request.method == "POST":
        done = run(
            request, form,
            lambda data: services.give_post(
                agent=row, role=Role(data["role"]), team_key=data["team"], since_date=data["since_date"],
                until_date=data["until_date"], by=actor_of(request), at=now(),
            ),
            _("Le poste est donné."), reverse("desk:editor_agent", args=[pk]),
        )  # fmt: skip
        if done:
            return done
    posts = [
        (post, post.until_date is None or post.until_date >= day) for post in queries.posts_of(row)
    ]
    return render(request, "desk/editor/agent.html", {
        "agent": row, "posts": posts, "form": form, "day": day, "history": history("agent", str(row.pk)),
        "is_self": str(row.pk) == actor_of(request).ref,
    })  # fmt: skip


@require_POST
def end_post(request: HttpRequest, pk: int, post: int) -> HttpResponse:
    """This function will end a post today."""
    row = found(queries.posts_of(_one(request, pk)).filter(pk=post))
    return at_once(
        request,
        lambda: services.end_post(post=row, until_date=timezone.localdate(), by=actor_of(request), at=now()),
        _("Le poste finit aujourd’hui."), reverse("desk:editor_agent", args=[pk]),
    )  # fmt: skip


_ACTS = {
    "fermer": (
        services.deactivate_agent,
        gettext_lazy("Le compte est fermé, ses postes sont finis."),
    ),
    "rouvrir": (
        services.reactivate_agent,
        gettext_lazy("Le compte est rouvert ; donnez-lui un poste."),
    ),
    "facteur": (
        services.reset_second_factor,
        gettext_lazy("Le deuxième facteur est ôté ; elle en choisira un autre."),
    ),
}


@require_POST
def act(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """This function will close or open an account, or reset a password or a second factor."""
    row = _one(request, pk)
    reason = request.POST.get("reason", "")
    if act == "mot-de-passe":
        password = services.reset_password(agent=row, reason=reason, by=actor_of(request), at=now())
        return _handed_over(request, row, password)
    service, said = found_act(act)
    return at_once(
        request, lambda: service(agent=row, reason=reason, by=actor_of(request), at=now()),
        str(said), reverse("desk:editor_agent", args=[pk]),
    )  # fmt: skip


def found_act(act: str) -> tuple[Any, Any]:
    """This function will give the service of this act, or answer that there is nothing here."""
    if act not in _ACTS:
        raise Http404(act)
    return _ACTS[act]


class TeamForm(forms.Form):
    """A team."""

    name = forms.CharField(label=gettext_lazy("Nom"), max_length=120)
    phone = forms.CharField(label=gettext_lazy("Téléphone"), max_length=40, required=False)
    is_active = forms.BooleanField(label=gettext_lazy("En activité"), required=False, initial=True)


def team(request: HttpRequest, key: str = "") -> HttpResponse:
    """This function will rename, close or open a team, or add one."""
    row = found(queries.all_teams().filter(key=key)) if key else None
    initial = {"name": row.name, "phone": row.phone, "is_active": row.is_active} if row else {}
    form = TeamForm(request.POST or None, initial=initial)
    if request.method == "POST":
        done = run(
            request, form, lambda data: services.edit_team(team=row, by=actor_of(request), at=now(), **data),
            _("L’équipe est gardée."), reverse("desk:editor_agents"),
        )  # fmt: skip
        if done:
            return done
    title = row.name if row else _("Ajouter une équipe")
    crumbs = [
        {"label": _("Équipes et agents"), "url": reverse("desk:editor_agents")},
        {"label": title},
    ]
    return render(request, "desk/editor/form.html", {
        "form": form, "heading": title, "act": _("Garder l’équipe"), "crumbs": crumbs, "back": crumbs[0]["url"],
    })  # fmt: skip
