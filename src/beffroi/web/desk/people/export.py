"""Everything held about one person, to hand out to her: a file for a program, or a paper."""

import json
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_http_methods

from beffroi.core.errors import InvalidInput
from beffroi.documents.pdf import render_pdf
from beffroi.people import queries
from beffroi.people import services as people
from beffroi.people.permissions import can_export_person


class ExportForm(forms.Form):
    """Why everything is handed out, and how."""

    use_required_attribute = False
    reason = forms.CharField(
        label=lazy("Qui le demande, et par quelle voie"), max_length=300,
        help_text=lazy("Le journal le garde ; la personne le voit dans son suivi."),
    )  # fmt: skip
    form = forms.ChoiceField(
        label=lazy("Sous quelle forme"),
        choices=(("pdf", lazy("À lire (PDF)")), ("json", lazy("Pour un programme (JSON)"))),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.error_messages["required"] = _("Il manque ceci.")


def rooms() -> dict[str, str]:
    """This function will give what each part of an export is called."""
    return {
        "people": _("Identité, ménage, adresses"), "casework": _("Dossiers sociaux"),
        "entitlements": _("Calculs"), "letters": _("Lettres"), "payments": _("Paiements"),
        "agenda": _("Rendez-vous et passages"), "bodies": _("Ce que les organes ont décidé"),
        "requests": _("Demandes reçues"), "agreements": _("Projets et conventions"),
        "activities": _("Activités des maisons de quartier"),
        "budgets": _("Médiation de dettes"), "journal": _("Qui a fait ou lu quoi"),
    }  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def export(request: HttpRequest, reference: str) -> HttpResponse:
    """This function will ask why, then hand out everything held about a person."""
    person = queries.person_named(reference)
    if person is None or not can_export_person(request.actor, person):  # type: ignore[attr-defined]
        raise Http404
    form = ExportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            held = people.export_everything(
                reference=person.reference, reason=form.cleaned_data["reason"],
                form=form.cleaned_data["form"], by=request.actor, at=timezone.now(),  # type: ignore[attr-defined]
            )  # fmt: skip
        except InvalidInput as refused:
            form.add_error("reason", refused.fields.get("reason", str(refused)))
        else:
            return _handed_out(person.reference, held, form.cleaned_data["form"])
    context = {"reference": person.reference, "form": form, "rooms": rooms().values()}
    return render(request, "desk/people/export.html", context)


def _handed_out(reference: str, held: dict[str, Any], form: str) -> HttpResponse:
    if form == "json":
        content = json.dumps(held, ensure_ascii=False, indent=1).encode()
        response = HttpResponse(content, content_type="application/json; charset=utf-8")
    else:
        titles = rooms()
        parts = [
            {"title": titles.get(room, room), "lines": list(_lines(part, 0))}
            for room, part in held.items() if isinstance(part, dict)
        ]  # fmt: skip
        markup = render_to_string(
            "desk/people/export_paper.html",
            {"reference": reference, "made_at": held["made_at"][:10], "parts": parts},
        )
        response = HttpResponse(
            render_pdf(markup, styles=["beffroi/css/sheet.css"]), content_type="application/pdf"
        )
    response["Content-Disposition"] = f'attachment; filename="donnees-{reference}.{form}"'
    response["Cache-Control"] = "no-store"
    return response


def _lines(value: Any, depth: int, name: str = "") -> Any:
    """Plain data as lines to read: a name, a value, how deep it lies; what is empty is left out."""
    label = name.replace("_", " ")
    if isinstance(value, dict):
        if name:
            yield {"label": label, "value": "", "depth": depth}
        for key, inner in value.items():
            if f"{key}_label" in value:
                continue
            yield from _lines(inner, depth + bool(name), key.removesuffix("_label"))
    elif isinstance(value, list):
        for rank, inner in enumerate(value, start=1):
            numbered = f"{label} {rank}" if isinstance(inner, dict) else label
            yield from _lines(inner, depth, numbered)
    elif value not in (None, "", False):
        shown = _("oui") if value is True else str(value)
        yield {"label": label, "value": shown, "depth": depth}
