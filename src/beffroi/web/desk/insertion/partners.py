"""Partners and the places they offer."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from beffroi.acts.agreements import queries
from beffroi.acts.agreements import services as agreements
from beffroi.acts.agreements.enums import PartnerKind, PlaceKind
from beffroi.acts.agreements.permissions import can_keep_partners
from beffroi.web.desk.small_acts import SmallForm, attempt


class PartnerForm(SmallForm):
    name = forms.CharField(label=lazy("Nom"), max_length=160)
    kind = forms.ChoiceField(label=lazy("Nature"), choices=PartnerKind.choices)
    address = forms.CharField(label=lazy("Adresse"), max_length=200, required=False)
    contact = forms.CharField(label=lazy("Personne de contact"), max_length=160, required=False)
    phone = forms.CharField(label=lazy("Téléphone"), max_length=40, required=False)
    email = forms.EmailField(label=lazy("Courriel"), required=False)
    enterprise_number = forms.CharField(
        label=lazy("Numéro d’entreprise"), max_length=20, required=False
    )
    is_active = forms.BooleanField(label=lazy("En activité"), required=False, initial=True)

    def given(self) -> dict[str, Any]:
        return {**self.cleaned_data, "kind": PartnerKind(self.cleaned_data["kind"])}


class PlaceForm(SmallForm):
    partner = forms.TypedChoiceField(label=lazy("Partenaire"), coerce=int)
    kind = forms.ChoiceField(label=lazy("Nature"), choices=PlaceKind.choices)
    title = forms.CharField(label=lazy("Métier ou formation"), max_length=160)
    seats = forms.IntegerField(label=lazy("Nombre de places"), min_value=1, max_value=200)
    note = forms.CharField(label=lazy("Remarque"), max_length=300, required=False)
    is_open = forms.BooleanField(label=lazy("Ouverte"), required=False, initial=True)

    def choose(self, about: Any) -> None:
        rows = queries.partners()
        self.fields["partner"].choices = [(one.pk, one.name) for one in rows]  # type: ignore[attr-defined]

    def given(self) -> dict[str, Any]:
        return {**self.cleaned_data, "kind": PlaceKind(self.cleaned_data["kind"])}


def show(request: HttpRequest) -> HttpResponse:
    """This function will show partners and places, and enter new ones."""
    actor = request.actor  # type: ignore[attr-defined]
    if not can_keep_partners(actor):
        raise Http404
    posted = request.POST if request.method == "POST" else None
    which = posted.get("what", "") if posted else ""
    partner = PartnerForm(posted if which == "partner" else None, auto_id="partner-%s")
    place = PlaceForm(posted if which == "place" else None, auto_id="place-%s")
    fixed = {"by": actor, "at": timezone.now()}
    if partner.is_bound and attempt(partner, agreements.keep_partner, **fixed):
        messages.success(request, _("Le partenaire est ajouté."))
        return redirect("desk:insertion_partners")
    if place.is_bound and attempt(place, agreements.keep_place, **fixed):
        messages.success(request, _("Les places sont ajoutées."))
        return redirect("desk:insertion_partners")
    context = {
        "partner_form": partner, "place_form": place,
        "bound": partner if partner.is_bound else place if place.is_bound else None,
        "place_columns": [
            {"label": _("Métier ou formation")}, {"label": _("Partenaire")},
            {"label": _("Occupées"), "end": True}, {"label": _("Libres"), "end": True},
        ],
        "place_rows": [_place(one) for one in queries.places()],
        "partner_columns": [
            {"label": _("Partenaire")}, {"label": _("Nature")}, {"label": _("Contact")},
            {"label": _("Contrats en cours"), "end": True},
        ],
        "partner_rows": [_partner(one) for one in queries.partners()],
        "empty": {"title": _("Rien encore."), "text": _("Ajoutez un partenaire, puis ses places.")},
    }  # fmt: skip
    return render(request, "desk/insertion/partners.html", context)


def _place(one: Any) -> list[dict[str, Any]]:
    free = one.seats - one.taken if one.is_open else 0
    url = reverse("desk:insertion_place", args=[one.pk])
    return [
        {"text": one.title, "sub": str(one.get_kind_display()), "url": url},
        {"text": one.partner.name, "sub": "" if one.is_open else _("fermée")},
        {"text": f"{one.taken} / {one.seats}", "end": True},
        {"text": str(free), "end": True},
    ]


def _partner(one: Any) -> list[dict[str, Any]]:
    return [
        {"text": one.name, "url": reverse("desk:insertion_partner", args=[one.pk]),
         "sub": "" if one.is_active else _("plus en activité")},
        {"text": str(one.get_kind_display())},
        {"text": one.contact or "—", "sub": one.phone or one.email},
        {"text": str(one.running), "end": True},
    ]  # fmt: skip


def change(request: HttpRequest, pk: int) -> HttpResponse:
    """This function will show one partner and put it right."""
    row = _found(request, queries.partners(), pk)
    initial = {name: getattr(row, name) for name in PartnerForm.base_fields}
    form = PartnerForm(request.POST or None, initial=initial)
    return _kept(request, form, agreements.keep_partner, pk, row.name)


def change_place(request: HttpRequest, pk: int) -> HttpResponse:
    """This function will show the places of one trade and put them right."""
    row = _found(request, queries.places(), pk)
    initial = {name: getattr(row, name) for name in PlaceForm.base_fields} | {
        "partner": row.partner_id
    }
    form = PlaceForm(request.POST or None, initial=initial)
    return _kept(request, form, agreements.keep_place, pk, str(row))


def _found(request: HttpRequest, rows: Any, pk: int) -> Any:
    row = rows.filter(pk=pk).first()
    if not can_keep_partners(request.actor) or row is None:  # type: ignore[attr-defined]
        raise Http404
    return row


def _kept(request: HttpRequest, form: SmallForm, service: Any, pk: int, title: str) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    if form.is_bound and attempt(form, service, pk=pk, by=actor, at=timezone.now()):
        messages.success(request, _("C’est enregistré."))
        return redirect("desk:insertion_partners")
    return render(request, "desk/insertion/partner.html", {"form": form, "title": title})
