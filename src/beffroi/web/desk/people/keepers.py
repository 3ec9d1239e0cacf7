"""Who else reads a sealed address: named for a reason, until a day, and taken back."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from beffroi.accounts import queries as accounts
from beffroi.core.errors import NotAllowed, Refusal
from beffroi.people import services as people
from beffroi.people.page import person_page
from beffroi.people.permissions import PEOPLE_ROLES
from beffroi.people.staff import Keeper, keepers_of
from beffroi.web.desk.people import words
from beffroi.web.desk.people.act_forms import ReasonForm
from beffroi.web.desk.people.forms import day_field, tell


class KeeperForm(ReasonForm):
    """Which agent, why, until when."""

    agent = forms.TypedChoiceField(label=lazy("Agent"), coerce=int)
    until = day_field(
        lazy("Jusqu’au"),
        required=True,
        help_text=lazy("Ce jour compris ; après, elle est masquée."),
    )
    field_order = ("agent", "reason", "until")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found: dict[int, Any] = {}
        for role in PEOPLE_ROLES:
            found |= {one.pk: one for one in accounts.agents_in_role(role, timezone.localdate())}
        agents = sorted(found.values(), key=lambda one: (one.last_name, one.first_name, one.pk))
        self.fields["agent"].choices = [  # type: ignore[attr-defined]
            ("", _("Choisir")), *((one.pk, str(one)) for one in agents),
        ]  # fmt: skip


def _address(request: HttpRequest, reference: str, pk: int) -> tuple[Any, Any]:
    """The person and an address of hers that this agent reads; a masked one is not there."""
    actor = request.actor  # type: ignore[attr-defined]
    person = people.read_person(
        reference=reference, by=actor, at=timezone.now(), reason=_("Lecteurs d’une adresse")
    )
    page = person_page(person, actor, timezone.localdate())
    row = next((a for a in page.addresses if a.pk == pk), None)
    if row is None or row.is_masked:
        raise Http404
    return person, row


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """This function will list who reads a sealed address, and name another reader."""
    person, address = _address(request, reference, pk)
    if not address.is_sealed:
        return redirect("desk:person", person.reference)
    form = KeeperForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            people.name_keeper(
                reference=person.reference, address=pk, by=request.actor, at=timezone.now(),  # type: ignore[attr-defined]
                **form.cleaned_data,
            )  # fmt: skip
        except NotAllowed:
            raise
        except Refusal as refused:
            tell(form, refused)
        else:
            messages.success(request, _("Cet agent lit maintenant cette adresse."))
            return redirect("desk:person_keepers", person.reference, pk)
    heads = (_("Agent"), _("Pourquoi"), _("Jusqu’au"), _("Nommé par"))
    context = {
        "person": person,
        "address": address,
        "form": form,
        "columns": [*({"label": head} for head in heads), {"label": _("Acte"), "hidden": True}],
        "rows": [_row(one, person, pk) for one in keepers_of(pk, timezone.localdate())],
        "empty": {
            "title": _("Personne n’est nommé."),
            "text": _("Les agents de son dossier la lisent."),
        },
    }
    return render(
        request, "desk/people/keepers.html", context, status=422 if form.errors else 200
    )  # fmt: skip


def _row(one: Keeper, person: Any, pk: int) -> list[dict[str, Any]]:
    until = words.day(one.until_date) if one.until_date else _("tant qu’elle est protégée")
    url = reverse("desk:person_keeper_end", args=[person.reference, pk, one.agent_id])
    return [
        {"text": one.agent}, {"text": one.reason or _("L’a protégée")},
        {"text": until, "tag": _("passé") if one.is_over else "", "tone": "amber"},
        {"text": one.named_by, "sub": words.day(timezone.localtime(one.named_at))}, {"text": _("Retirer"), "url": url},
    ]  # fmt: skip


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, reference: str, pk: int, agent: int) -> HttpResponse:
    """This function will take back what lets an agent read a sealed address, with a reason."""
    person, address = _address(request, reference, pk)
    if not address.is_sealed:
        return redirect("desk:person", person.reference)
    one = next((k for k in keepers_of(pk, timezone.localdate()) if k.agent_id == agent), None)
    if one is None:
        raise Http404
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            people.remove_keeper(
                reference=person.reference, address=pk, agent=agent,
                reason=form.cleaned_data["reason"], by=request.actor, at=timezone.now(),  # type: ignore[attr-defined]
            )  # fmt: skip
        except NotAllowed:
            raise
        except Refusal as refused:
            tell(form, refused)
        else:
            messages.success(request, _("C’est retiré."))
            return redirect("desk:person", person.reference)
    title = _("Ne plus laisser lire une adresse : %(agent)s") % {"agent": one.agent}
    context = {"form": form, "person": person, "title": title, "what": "lecteur"}
    return render(request, "desk/people/end.html", context, status=422 if form.errors else 200)
