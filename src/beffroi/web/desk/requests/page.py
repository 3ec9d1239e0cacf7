"""The page of one request; opening it leaves its row in the journal."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.defaultfilters import date as date_filter
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from beffroi.acts.requests import services as requests
from beffroi.acts.requests.agent_page import AgentPage, agent_page
from beffroi.acts.requests.enums import FormKind, RequestState, Side
from beffroi.acts.requests.permissions import acts_open_to, can_work_on, questions_readable_by
from beffroi.core.actors import Actor
from beffroi.web.desk.agenda.about import meetings_of
from beffroi.web.desk.files.from_request import of_request
from beffroi.web.desk.requests import words
from beffroi.web.desk.requests.act_forms import FORMS, ActForm, labels


@dataclass(frozen=True)
class Act:
    """An act as the page offers it: its form, its words, and whether it stands open."""

    key: str
    title: str
    button: str
    form: ActForm
    is_open: bool = False

    @property
    def is_plain(self) -> bool:
        return not self.form.fields


@require_safe
def show(request: HttpRequest, reference: str) -> HttpResponse:
    """This function will show a request to an agent who may open it."""
    return render(request, "desk/requests/page.html", page_context(request, reference))


def page_context(
    request: HttpRequest, reference: str, bound: ActForm | None = None
) -> dict[str, Any]:
    """This function will give the page of a request, with the form that was refused as it was typed.

    Raises: NotAllowed when it is not hers to see.
    """
    actor: Actor = request.actor  # type: ignore[attr-defined]
    now = timezone.now()
    asked = requests.read_file(reference=reference.upper(), by=actor, at=now)
    page = agent_page(asked.pk, now)
    acts = _acts(actor, page, bound)
    lost = bound if bound is not None and bound.act not in {act.key for act in acts} else None
    first = next((act for act in acts if act.key in ("take", "accept")), None)
    return {
        "page": page,
        "asked": page.request,
        "who": words.who(page.request),
        "standing": _standing(page),
        "facts": _facts(page),
        "next_step": _next_step(page, actor),
        "first": first,
        "acts": [act for act in acts if act is not first],
        "bound": bound,
        "lost": [(field.label, field.value()) for field in lost if field.value()] if lost else [],
        "files": [_file(page, joined) for joined in page.files],
        "limits": [_limit(limit) for limit in page.limits],
        "meetings": meetings_of(asked.reference, actor) if acts else [],
        "social_file": of_request(actor, asked.reference, asked.is_aid),
        "public_words_url": _public_words_url(page, acts),
        "publication": _publication(page, actor),
    }


def _publication(page: AgentPage, actor: Actor) -> dict[str, str] | None:
    """A question whose writer agreed to a public version: who may rewrite it goes there."""
    asked = page.request
    if asked.kind != FormKind.QUESTION or asked.answers.get("public_ok") != "yes":
        return None
    if not questions_readable_by(actor).filter(pk=asked.pk).exists():
        return {"url": ""}
    return {"url": reverse("desk:editor_question_read", args=[asked.reference])}


def _public_words_url(page: AgentPage, acts: list[Act]) -> str:
    """Where the public words of a reported graffito are written, by whom works on it."""
    if page.request.kind != FormKind.GRAFFITI or not acts:
        return ""
    return reverse("desk:public_words", args=[page.request.reference])


def _acts(actor: Actor, page: AgentPage, bound: ActForm | None) -> list[Act]:
    allowed = acts_open_to(actor, page.request)
    said = labels()
    acts = []
    for key in FORMS:
        if key not in allowed:
            continue
        is_open = bound is not None and bound.act == key
        form = bound if bound is not None and is_open else new_form(key, page.request)
        title, button = said[key]
        acts.append(Act(key, title, button, form, is_open))
    return acts


def new_form(key: str, asked: Any, data: Any = None) -> ActForm:
    """This function will give the form of an act on this request, empty or with what was typed."""
    form = FORMS[key](data, team=asked.team.key, competent=asked.competent_nis)
    form.act = key
    return form


def _standing(page: AgentPage) -> dict[str, str]:
    asked = page.request
    said = [m for m in asked.messages.all() if not m.is_internal]
    asked.last_side = said[-1].side if said else ""  # type: ignore[attr-defined]
    asked.pending_handovers = [page.pending] if page.pending else []  # type: ignore[attr-defined]
    word, tone, sub = words.standing(asked)
    return {"label": word, "tone": tone, "sub": sub}


def _facts(page: AgentPage) -> list[dict[str, Any]]:
    asked = page.request
    unknown = {"state": "unknown"}
    facts: list[dict[str, Any]] = []
    if asked.for_other:
        knows: dict[bool | None, str] = {
            True: _("elle est au courant"),
            False: _("elle n’est pas au courant"),
        }
        note = knows.get(asked.other_knows, _("on ne sait pas si elle est au courant"))
        facts.append({"label": _("Pour"), "value": asked.other_name, "note": note})
    phone = {"value": asked.phone, "url": words.tel(asked.phone)} if asked.phone else unknown
    facts += [
        {"label": _("Téléphone"), **phone},
        {"label": _("Courriel"), **({"value": asked.email, "url": f"mailto:{asked.email}"}
                                    if asked.email else unknown)},
        {"label": _("Code postal"), **({"value": asked.postal_code}
                                       if asked.postal_code else unknown)},
        {"label": _("Langue"), "value": words.language(asked.lang)},
        {"label": _("Reçue"), "value": words.moment(asked.received_at),
         "note": str(asked.get_channel_display())},
        {"label": _("Équipe"), "value": asked.team.name},
        {"label": _("Agent"), "value": str(asked.assignee) if asked.assignee else _("personne encore")},
    ]  # fmt: skip
    return facts


def _next_step(page: AgentPage, actor: Actor) -> dict[str, str]:
    """What comes next, said to this agent, with the date the law gives."""
    asked = page.request
    limit = page.next_limit
    when = ""
    if limit is not None:
        left = words.time_left(limit.due_date, timezone.localdate(), timezone.localdate()).text
        when = _("%(what)s pour le %(date)s (%(left)s) · %(article)s") % {
            "what": limit.label, "date": date_filter(limit.due_date, "j F Y"), "left": left,
            "article": limit.article,
        }  # fmt: skip
        if not limit.is_verified:
            when += " · " + _("non vérifié")
    return {"title": _next_title(page, actor), "when": when, "mail": asked.email}


def _next_title(page: AgentPage, actor: Actor) -> str:
    asked = page.request
    if page.pending and page.pending.to_team.key in {p.team for p in actor.posts}:
        names = {"from": page.pending.from_team.name, "reason": page.pending.reason}
        return _("%(from)s vous la propose : %(reason)s") % names
    if not can_work_on(actor, asked):
        return _("Cette demande est dans une autre équipe.")
    if asked.state == RequestState.CLOSED:
        return _("Close : %(outcome)s.") % {"outcome": asked.get_outcome_display().lower()}
    if asked.state == RequestState.RECEIVED:
        return _("Personne ne s’en occupe encore.")
    if asked.state == RequestState.PASSED and page.pending:
        return _("%(to)s doit encore l’accepter.") % {"to": page.pending.to_team.name}
    if asked.state == RequestState.WAITING:
        return _("La personne doit vous répondre.")
    if asked.last_side == Side.PERSON:  # type: ignore[attr-defined]
        return _("La personne vous a répondu.")
    return _("À vous d’avancer : répondre, demander, proposer un moment, ou clôturer.")


def _file(page: AgentPage, joined: Any) -> dict[str, Any]:
    return {
        "id": joined.attachment_id,
        "name": joined.attachment.name,
        "size": joined.attachment.size,
        "state": joined.attachment.state,
        "from_person": joined.side == Side.PERSON,
    }


def _limit(limit: Any) -> dict[str, Any]:
    states = {
        "done": (_("fait"), "green"), "off": (_("sans objet"), ""),
        "late": (_("dépassé"), "red"), "todo": (_("à tenir"), limit.tone),
    }  # fmt: skip
    label, tone = states[limit.state]
    if limit.what == "late_interest" and limit.state in ("todo", "late"):
        label, tone = _("seulement si la décision tarde"), ""
    return {
        "label": limit.label, "date": limit.due_date, "rule": limit.rule, "article": limit.article,
        "is_verified": limit.is_verified, "state": label, "tone": tone,
    }  # fmt: skip
