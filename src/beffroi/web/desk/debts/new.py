"""Opening a mediation file: the person is found, then chosen; what was typed stays off the address."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from beffroi.acts.budgets import services as budgets
from beffroi.acts.budgets.enums import PersonRole
from beffroi.acts.budgets.permissions import can_mediate
from beffroi.core.actors import Actor
from beffroi.core.errors import NotAllowed, Refusal
from beffroi.people import services as people
from beffroi.web.desk.small_acts import tell, text


class NewForm(forms.Form):
    """The person and what brings her."""

    use_required_attribute = False
    person = forms.CharField(
        label=lazy("Personne"), max_length=12, required=False,
        help_text=lazy("Sa référence, par exemple P26000123. Ou cherchez-la ci-dessus."),
    )  # fmt: skip
    story = text(lazy("Ce qui l’amène"), 4, required=False)
    subject_ref = forms.CharField(
        label=lazy("Dossier social"), max_length=40, required=False,
        help_text=lazy("S’il y en a un et que la personne le souhaite."),
    )  # fmt: skip


def choose(request: HttpRequest) -> HttpResponse:
    """This function will find persons by what is typed, and open the file of the one chosen."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if not can_mediate(actor):
        raise Http404
    found: list[Any] = []
    typed = request.POST.get("words", "")
    form = NewForm(request.POST if request.method == "POST" and "open" in request.POST else None)
    if request.method == "POST" and "open" not in request.POST and typed.strip():
        found = people.search_persons(words=typed, by=actor, at=timezone.now())
        form = NewForm(initial={"story": request.POST.get("story", "")})
    elif form.is_valid():
        opened = _open(form, actor)
        if opened:
            messages.success(
                request, _("Le dossier %(reference)s est ouvert.") % {"reference": opened}
            )
            return redirect("desk:debts_file", opened)
    context = {"form": form, "found": found, "typed": typed, "searched": bool(typed.strip())}
    return render(request, "desk/debts/new.html", context)


def _open(form: NewForm, actor: Actor) -> str:
    given = form.cleaned_data
    person = given["person"].strip().upper()
    try:
        return budgets.open_file(
            persons=[(person, PersonRole.HOLDER)], story=given["story"],
            subject_ref=given["subject_ref"], by=actor, at=timezone.now(),
        )  # fmt: skip
    except NotAllowed:
        raise
    except Refusal as refused:
        tell(form, refused)
        return ""
