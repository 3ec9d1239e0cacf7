"""Changing an identity or an address; who comes second is shown both versions."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from beffroi.core.errors import NotAllowed, Refusal
from beffroi.core.versions import EditConflict
from beffroi.people import services as people
from beffroi.people.page import person_page
from beffroi.web.desk.people import words
from beffroi.web.desk.people.forms import AddressForm, IdentityForm, PeopleForm, tell
from beffroi.web.desk.versions import both_versions, take_version


@require_http_methods(["GET", "HEAD", "POST"])
def identity(request: HttpRequest, reference: str) -> HttpResponse:
    """This function will change who somebody is, from the version the form was filled from."""
    actor, now = request.actor, timezone.now()  # type: ignore[attr-defined]
    person = people.read_person(reference=reference, by=actor, at=now, reason=_("Modification"))
    start = {name: getattr(person, name) for name in IdentityForm.base_fields}
    form = IdentityForm(request.POST or None, initial=start)
    conflict = None
    if request.method == "POST" and form.is_valid():
        try:
            people.change_identity(
                reference=person.reference, version=form.cleaned_data["version"] or 0,
                identity=people.Identity(**form.identity()), by=actor, at=now,
            )  # fmt: skip
        except EditConflict as refused:
            conflict = refused
        except NotAllowed:
            raise
        except Refusal as refused:
            tell(form, refused)
        else:
            messages.success(request, _("C’est changé."))
            return redirect("desk:person", person.reference)
    title = _("Changer l’identité")
    return _show(request, form, person, title, conflict)


@require_http_methods(["GET", "HEAD", "POST"])
def address(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """This function will correct an address that the agent may read."""
    actor, now = request.actor, timezone.now()  # type: ignore[attr-defined]
    person = people.read_person(reference=reference, by=actor, at=now, reason=_("Modification"))
    page = person_page(person, actor, timezone.localdate())
    row = next((a for a in page.addresses if a.pk == pk and not a.is_masked), None)
    if row is None:
        raise Http404
    start = row.fields | {
        "version": row.version, "since": row.since_date, "until": row.until_date,
    }  # fmt: skip
    form = AddressForm(request.POST or None, initial=start)
    conflict = None
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            people.change_address(
                reference=person.reference, address=pk, version=given["version"] or 0,
                draft=people.AddressDraft(**form.place()), since=given["since"],
                until=given["until"], by=actor, at=now,
            )  # fmt: skip
        except EditConflict as refused:
            conflict = refused
        except NotAllowed:
            raise
        except Refusal as refused:
            tell(form, refused)
        else:
            messages.success(request, _("C’est changé."))
            return redirect("desk:person", person.reference)
    return _show(request, form, person, _("Corriger une adresse"), conflict)


def _show(
    request: HttpRequest, form: PeopleForm, person: Any, title: str, conflict: EditConflict | None
) -> HttpResponse:
    context: dict[str, Any] = {"form": form, "person": person, "title": title}
    status = 422 if form.errors else 200
    if conflict is not None:
        context["both"] = both_versions(conflict, said=_said)
        context["form"] = take_version(form, conflict)
        status = 409
    return render(request, "desk/people/edit.html", context, status=status)


def _said(field: str, value: Any) -> str:
    """A value as the agent reads it."""
    if field == "nationality":
        return words.country(str(value))
    if field == "lang":
        return words.language(str(value))
    return words.day(value) if hasattr(value, "isoformat") else str(value)
