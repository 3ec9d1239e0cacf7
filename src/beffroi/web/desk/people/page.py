"""The page of one person; opening it leaves its row in the journal."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from beffroi.core.actors import Actor
from beffroi.core.errors import NotAllowed, Refusal
from beffroi.people import services as people
from beffroi.people.page import PersonPage, person_page
from beffroi.people.permissions import can_merge
from beffroi.web.desk.files.from_request import of_person
from beffroi.web.desk.people import words
from beffroi.web.desk.people.act_forms import FORMS, ActForm, ReasonForm, labels
from beffroi.web.desk.people.forms import tell


@dataclass(frozen=True)
class Act:
    """An act as the page offers it: its form, its words, and whether it stands open."""

    key: str
    title: str
    button: str
    form: ActForm
    is_open: bool = False


@never_cache
@require_safe
def show(request: HttpRequest, reference: str) -> HttpResponse:
    """This function will show a person; a reference that was merged leads to the one kept."""
    context = page_context(request, reference)
    kept = context["person"].reference
    if kept != reference.upper():
        return redirect("desk:person", kept)
    return render(request, "desk/people/page.html", context)


def page_context(
    request: HttpRequest, reference: str, bound: ActForm | None = None
) -> dict[str, Any]:
    """This function will give the page of a person, with the form that was refused as it was typed.

    Raises: UnknownPerson when she is not to be opened by this agent.
    """
    actor: Actor = request.actor  # type: ignore[attr-defined]
    person = people.read_person(reference=reference, by=actor, at=timezone.now())
    page = person_page(person, actor, timezone.localdate())
    said = labels()
    return {
        "person": person,
        "page": page,
        "facts": _facts(page),
        "files": of_person(request, person),
        "contacts": [_contact(page, one) for one in page.contacts],
        "languages": _languages(page),
        "addresses": [_address(page, one) for one in page.addresses],
        "lives": [_life(page, one) for one in page.lives],
        "ties": [_tie(page, one) for one in page.bonds],
        "numbers": [_number(page, one) for one in page.numbers],
        "consents": [_consent(page, one) for one in page.consents],
        "representatives": [_representative(page, one) for one in page.representatives],
        "merges": page.merges if can_merge(actor) else [],
        "acts": [
            Act(key, *said[key], bound if bound and bound.act == key else form(), bool(bound and bound.act == key))
            for key, form in FORMS.items()
        ],
        "bound": bound,
    }  # fmt: skip


def _facts(page: PersonPage) -> list[dict[str, Any]]:
    person = page.person
    unknown = {"state": "unknown"}
    status = page.civil_statuses[0] if page.civil_statuses else None
    facts: list[dict[str, Any]] = [
        {"label": _("Naissance"), "value": words.birth(person.birth_date, person.birth_precision),
         "note": person.birth_place} if person.birth_date else {"label": _("Naissance"), **unknown},
        {"label": _("Nationalité"), **({"value": words.country(person.nationality)}
                                       if person.nationality else unknown)},
        {"label": _("Genre"), "value": str(person.get_gender_display())
         if person.gender else _("non déclaré")},
        {"label": _("État civil"), **({"value": str(status),
          "note": words.period(status.since_date, status.until_date)} if status else unknown)},
        {"label": _("Courriers en"), "value": words.language(person.lang)},
    ]  # fmt: skip
    others = [f"{name} ({name.get_kind_display()})" for name in page.names]
    others += [_("%(name)s (entrée %(reference)s)") % {"name": one, "reference": one.reference}
               for one in page.absorbed]  # fmt: skip
    if others:
        facts.append({"label": _("Autres noms"), "lines": others})
    if person.is_deceased:
        facts.insert(0, {"label": _("Décès"), "value": words.day(person.death_date)})
    return facts


def _end(page: PersonPage, what: str, pk: int) -> str:
    return reverse("desk:person_end", args=[page.person.reference, what, pk])


def _contact(page: PersonPage, one: Any) -> dict[str, Any]:
    return {
        "label": str(one.get_kind_display()), "value": one.value, "note": one.note,
        "is_mail": one.kind == "email", "end_url": _end(page, "contact", one.pk),
    }  # fmt: skip


def _languages(page: PersonPage) -> list[dict[str, Any]]:
    return [
        {"name": words.language(one.code), "level": str(one.get_level_display()),
         "interpreter": one.needs_interpreter}
        for one in page.languages
    ]  # fmt: skip


def _address(page: PersonPage, one: Any) -> dict[str, Any]:
    reference, is_open = page.person.reference, one.until_date is None
    return {
        "label": one.kind_label, "lines": one.lines, "is_sealed": one.is_sealed,
        "is_masked": one.is_masked, "period": words.period(one.since_date, one.until_date),
        "is_open": is_open, "reason": one.seal_reason,
        "edit_url": "" if one.is_masked else reverse("desk:person_address", args=[reference, one.pk]),
        "end_url": _end(page, "adresse", one.pk) if is_open and not one.is_masked else "",
        "seal_url": "" if one.is_sealed else _end(page, "proteger", one.pk),
        "unseal_url": _end(page, "montrer", one.pk) if one.is_sealed and not one.is_masked else "",
        "keepers_url": reverse("desk:person_keepers", args=[reference, one.pk])
        if one.is_sealed and not one.is_masked else "",
        "open_url": reverse("desk:person_seal", args=[reference, one.pk])
        if one.is_masked and page.may_open_seal else "",
    }  # fmt: skip


def _life(page: PersonPage, one: Any) -> dict[str, Any]:
    number = int(one.reference.removeprefix("H"))
    return {
        "reference": one.reference, "role": one.role_label,
        "period": words.period(one.since_date, one.until_date), "is_open": one.until_date is None,
        "members": [
            {"name": mate.person.name, "role": mate.role_label,
             "url": reverse("desk:person", args=[mate.person.reference]),
             "period": words.period(mate.since_date, mate.until_date),
             "left": mate.until_date is not None}
            for mate in one.members
        ],
        "end_url": _end(page, "menage", number) if one.until_date is None else "",
    }  # fmt: skip


def _tie(page: PersonPage, one: Any) -> dict[str, Any]:
    return {
        "name": one.other.name, "label": one.label, "is_open": one.until_date is None,
        "url": reverse("desk:person", args=[one.other.reference]),
        "period": words.period(one.since_date, one.until_date),
        "end_url": _end(page, "lien", one.id) if one.until_date is None else "",
    }  # fmt: skip


def _number(page: PersonPage, one: Any) -> dict[str, Any]:
    return {
        "label": one.kind_label, "value": one.value, "source": one.source_label,
        "period": words.period(one.since_date, one.until_date), "is_open": one.until_date is None,
        "end_url": _end(page, "numero", one.pk) if one.until_date is None else "",
    }  # fmt: skip


def _consent(page: PersonPage, one: Any) -> dict[str, Any]:
    return {
        "label": str(one.get_purpose_display()), "detail": one.detail,
        "given": words.day(one.given_date), "proof": str(one.get_proof_display()),
        "withdrawn": words.day(one.withdrawn_date) if one.withdrawn_date else "",
        "end_url": "" if one.withdrawn_date else _end(page, "consentement", one.pk),
    }  # fmt: skip


def _representative(page: PersonPage, one: Any) -> dict[str, Any]:
    return {
        "label": str(one.get_kind_display()), "name": str(one.acting) if one.acting else one.name,
        "scope": str(one.get_scope_display()), "detail": one.detail,
        "reach": " · ".join(part for part in (one.phone, one.email, one.postal_address) if part),
        "period": words.period(one.since_date, one.until_date),
        "is_open": one.until_date is None,
        "end_url": _end(page, "representant", one.pk) if one.until_date is None else "",
    }  # fmt: skip


@never_cache
@require_POST
def open_seal(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """This function will show a sealed address once, to a team leader who says why."""
    form = ReasonForm(request.POST)
    lines: tuple[str, ...] = ()
    if form.is_valid():
        try:
            lines = people.open_sealed_address(
                reference=reference, address=pk, reason=form.cleaned_data["reason"],
                by=request.actor, at=timezone.now(),  # type: ignore[attr-defined]
            )  # fmt: skip
        except NotAllowed:
            raise
        except Refusal as refused:
            tell(form, refused)
    context = {"lines": lines, "form": form, "reference": reference, "pk": pk}
    status = 200 if lines else 422
    return render(request, "desk/people/seal.html", context, status=status)
