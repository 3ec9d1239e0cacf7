"""Who comes: found by name, with who stands around her and what was agreed to."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from beffroi.acts.activities import money_queries, permissions, picture_queries, queries
from beffroi.acts.activities import services as activities
from beffroi.acts.activities.consenting import holds_on
from beffroi.acts.activities.enums import Channel, PayMethod
from beffroi.acts.activities.services import ContactDraft
from beffroi.core.errors import InvalidInput, Refusal
from beffroi.core.text import whole_number
from beffroi.web.desk.activities.activities import teams_of
from beffroi.web.desk.activities.money_forms import BindForm, ReductionForm, SeriesFeeForm
from beffroi.web.desk.activities.people_forms import (
    ConsentForm,
    ContactForm,
    NewComerForm,
    ParticipantForm,
)


def show_all(request: HttpRequest) -> HttpResponse:
    """This function will find who comes by name; what was typed stands in no address."""
    actor, now = request.actor, timezone.now()  # type: ignore[attr-defined]
    own = permissions.participants_visible_to(actor)
    words = str(request.POST.get("mots", ""))[:80] if request.method == "POST" else ""
    found = queries.participants_like(own.select_related("team"), words, 40)
    activities.read_participants(shown=[one.pk for one in found], by=actor, at=now)
    context = {"rows": found, "words": words, "form": _new_form(request)}
    return render(request, "desk/activities/people.html", context)


def _new_form(request: HttpRequest, post: Any = None) -> NewComerForm:
    actor = request.actor  # type: ignore[attr-defined]
    own = permissions.own_teams(actor)
    return NewComerForm([one for one in teams_of(actor) if one[0] in own], post)


@require_POST
def new(request: HttpRequest) -> HttpResponse:
    """This function will write down somebody who comes."""
    form = _new_form(request, request.POST)
    if form.is_valid():
        try:
            actor = request.actor  # type: ignore[attr-defined]
            made = activities.add_participant(by=actor, at=timezone.now(), **form.cleaned_data)
        except InvalidInput as refused:
            form.tell(refused)
        else:
            return redirect("desk:activity_person", made.pk)
    context = {"rows": [], "words": "", "form": form}
    return render(request, "desk/activities/people.html", context)


def _visible(request: HttpRequest, pk: int) -> Any:
    own = permissions.participants_visible_to(request.actor)  # type: ignore[attr-defined]
    found = picture_queries.participant(own, pk)
    if found is None:
        raise Http404
    return found


def _forms(found: Any, post: Any = None, act: str = "") -> dict[str, Any]:
    today = timezone.localdate()
    first = {name: getattr(found, name) for name in ("name", "is_alias", "birth_year", "gender")}
    deciders = [
        (one.pk, one.name)
        for one in picture_queries.contacts_of(found.pk, today)
        if one.has_authority
    ]
    return {
        "own_form": ParticipantForm(
            post if act == "modifier" else None, initial=first, auto_id="o-%s"
        ),
        "contact_form": ContactForm(post if act == "contact" else None, auto_id="c-%s"),
        "consent_form": ConsentForm(
            deciders, post if act == "consentir" else None, initial={"given_on": today}, auto_id="a-%s"
        ),
        "reduction_form": ReductionForm(
            post if act == "reduire" else None, initial={"since": today}, auto_id="r-%s"
        ),
        "bind_form": BindForm(post if act == "lier" else None, auto_id="b-%s"),
        "series_form": SeriesFeeForm(
            [(one.activity_id, f"{one.activity.name} ({one.amount} €)")
             for one in money_queries.series_on_sale(found.team_id, today)],
            post if act == "frais" else None, auto_id="f-%s",
        ),
    }  # fmt: skip


def show(request: HttpRequest, pk: int) -> HttpResponse:
    """This function will show somebody who comes, with who stands around her."""
    found = _visible(request, pk)
    return _page(request, found, _forms(found))


def _page(request: HttpRequest, found: Any, forms: dict[str, Any]) -> HttpResponse:
    actor, now = request.actor, timezone.now()  # type: ignore[attr-defined]
    activities.read_participants(shown=[found.pk], by=actor, at=now)
    today, names = timezone.localdate(now), dict(Channel.choices)
    faulty = next((f for f in forms.values() if f.is_bound and f.errors), None)
    context = {
        "person": found, "contacts": picture_queries.contacts_of(found.pk, today),
        "consents": [
            {"pk": row.pk, "kind": row.get_kind_display(), "by": row.given_by or _("elle-même"),
             "on": row.given_on, "until": row.until_date, "withdrawn": row.withdrawn_on,
             "proof": row.proof, "holds": holds_on(row, today),
             "channels": [names.get(one, one) for one in row.channels]}
            for row in picture_queries.consents_of(found.pk)
        ],
        "faulty": faulty, "reductions": money_queries.reductions_of(found.pk), "today": today,
        "owed": money_queries.fees_of_person(permissions.fees_visible_to(actor), found.pk),
        "methods": PayMethod.choices, **forms,
    }  # fmt: skip
    return render(request, "desk/activities/person.html", context)


@require_POST
def act(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """This function will change what is written of somebody, of who stands around her, of consents."""
    found, now = _visible(request, pk), timezone.now()
    given: dict[str, Any] = {"by": request.actor, "at": now}  # type: ignore[attr-defined]
    if act in ("fin-contact", "retirer", "desaccord", "fin-reduction", "encaisser", "delier"):
        _at_once(act, found, request.POST, given)
        messages.success(request, _("C’est noté."))
        return redirect("desk:activity_person", pk)
    forms = _forms(found, request.POST, act)
    names = {
        "modifier": "own_form", "contact": "contact_form", "consentir": "consent_form",
        "reduire": "reduction_form", "lier": "bind_form", "frais": "series_form",
    }  # fmt: skip
    form = forms.get(names.get(act, ""))
    if form is None:
        raise Http404
    if form.is_valid():
        try:
            _write(act, pk, dict(form.cleaned_data), given)
        except Refusal as refused:
            form.tell(refused)
        else:
            messages.success(request, _("C’est noté."))
            return redirect("desk:activity_person", pk)
    return _page(request, found, forms)


def _at_once(act: str, found: Any, post: Any, given: dict[str, Any]) -> None:
    """Ends a contact or a reduction, takes a consent back or what is owed, unbinds, disagrees."""
    if act == "desaccord":
        activities.set_disagreement(
            participant=found.pk, disagree=not found.parents_disagree, **given
        )
        return
    if act == "delier":
        activities.bind_person(participant=found.pk, person_ref="", **given)
        return
    typed = whole_number(post.get("ligne", ""))
    mine = {"fin-contact": found.contacts, "retirer": found.consents, "encaisser": found.fees,
            "fin-reduction": found.reductions}[act]  # fmt: skip
    if typed is None or not mine.filter(pk=typed).exists():
        raise Http404
    if act == "fin-contact":
        activities.end_contact(contact=typed, **given)
    elif act == "fin-reduction":
        activities.end_reduction(reduction=typed, **given)
    elif act == "encaisser":
        activities.pay(fee=typed, method=str(post.get("moyen", "")), **given)
    else:
        activities.withdraw_consent(consent=typed, **given)


def _write(act: str, pk: int, data: dict[str, Any], given: dict[str, Any]) -> None:
    if act == "modifier":
        activities.change_participant(participant=pk, **data, **given)
    elif act == "contact":
        activities.add_contact(participant=pk, draft=ContactDraft(**data), **given)
    elif act == "reduire":
        activities.give_reduction(participant=pk, **data, **given)
    elif act == "lier":
        activities.bind_person(participant=pk, **data, **given)
    elif act == "frais":
        activities.charge(participant=pk, **data, **given)
    else:
        activities.give_consent(participant=pk, **data, **given)


def join(request: HttpRequest, pk: int) -> HttpResponse:
    """This function will find who somebody may be twice, and make one of the two."""
    actor, found, now = request.actor, _visible(request, pk), timezone.now()  # type: ignore[attr-defined]
    own = permissions.participants_visible_to(actor).filter(team=found.team).exclude(pk=pk)
    typed, other = found.name, str(request.POST.get("autre", ""))[:18]
    if request.method == "POST":
        typed = str(request.POST.get("mots", ""))[:80]
        if whole_number(other) is not None:
            if not own.filter(pk=int(other)).exists():
                raise Http404
            activities.join_participants(kept=pk, other=int(other), by=actor, at=now)
            messages.success(request, _("C’est une seule personne : ses présences sont réunies."))
            return redirect("desk:activity_person", pk)
    rows = queries.participants_like(own, typed, 20)
    activities.read_participants(shown=[pk, *(one.pk for one in rows)], by=actor, at=now)
    context = {"person": found, "rows": rows, "words": typed}
    return render(request, "desk/activities/join.html", context)
