"""One letter: what it says, what became of it, and the acts that are left."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_POST, require_safe

from beffroi.core.errors import InvalidInput, NotAllowed, Refusal
from beffroi.documents.letters import services as letters
from beffroi.documents.letters.enums import Delivery, LetterState
from beffroi.documents.letters.rendering import on_screen
from beffroi.rules import mentions

_TONES = {"written": "amber", "sent": "", "presented": "green", "set_aside": ""}


class SendForm(forms.Form):
    """How a letter left."""

    how = forms.ChoiceField(label=lazy("Comment part la lettre"), choices=Delivery.choices)
    number = forms.CharField(
        label=lazy("Numéro du recommandé"), required=False, max_length=40,
        help_text=lazy("Celui de l’étiquette de la poste."),
    )  # fmt: skip


class PresentForm(forms.Form):
    """The day a letter was first presented."""

    presented = forms.DateField(
        label=lazy("Jour de la première présentation"),
        help_text=lazy("Le délai de recours court à partir de ce jour."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


class SetAsideForm(forms.Form):
    """Why a letter does not leave."""

    reason = forms.CharField(label=lazy("Pourquoi elle ne part pas"), max_length=300)


_ACTS: dict[str, tuple[LetterState, Any, Any, type[forms.Form], Any]] = {
    "envoyer": (
        LetterState.WRITTEN, lazy("Noter l’envoi"), lazy("L’envoi est noté."), SendForm, letters.mark_sent
    ),
    "presenter": (
        LetterState.SENT, lazy("Noter la première présentation"),
        lazy("La première présentation est notée."), PresentForm, letters.mark_presented,
    ),
    "ecarter": (
        LetterState.WRITTEN, lazy("Mettre de côté"), lazy("La lettre est mise de côté."), SetAsideForm,
        letters.set_aside,
    ),
}  # fmt: skip


@require_safe
def show(request: HttpRequest, reference: str) -> HttpResponse:
    """This function will show a letter as it was written, and what is left to do."""
    return _page(request, reference)


def _page(
    request: HttpRequest, reference: str, bound: tuple[str, forms.Form] | None = None
) -> HttpResponse:
    letter = letters.read_letter(
        reference=reference, by=request.actor, at=timezone.now()  # type: ignore[attr-defined]
    )  # fmt: skip
    context = {
        "letter": letter, "tone": _TONES[letter.state], "facts": _facts(letter),
        "kind": mentions.kind_named(letter.kind).label, "acts": _acts(letter, bound),
        "bound": bound[1] if bound else None,
        "sheet": on_screen(letter.html),
        "by_hand": letter.delivery == Delivery.HAND,
    }  # fmt: skip
    return render(request, "desk/letters/letter.html", context)


def _acts(letter: Any, bound: tuple[str, forms.Form] | None) -> list[dict[str, Any]]:
    shown: list[dict[str, Any]] = []
    for key, (state, title, _done, form, _service) in _ACTS.items():
        if letter.state != state:
            continue
        is_bound = bound is not None and bound[0] == key
        made = bound[1] if bound and is_bound else form(
            auto_id=f"{key}-%s", initial={"how": letter.delivery, "presented": timezone.localdate()}
        )  # fmt: skip
        shown.append({"key": key, "title": title, "form": made, "is_open": is_bound or not shown})
    return shown


def _facts(letter: Any) -> list[dict[str, Any]]:
    def moment(at: Any) -> str:
        return date_format(timezone.localtime(at), "DATETIME_FORMAT") if at else ""

    corrected = getattr(letter, "corrected_by", None)
    rows = [
        (_("Destinataire"), letter.recipient_name, None),
        (_("Adresse"), ", ".join(letter.recipient_lines), None),
        (_("Envoi"), letter.get_delivery_display(), None),
        (_("Écrite le"), moment(letter.written_at), None),
        (_("Envoyée le"), moment(letter.sent_at), None),
        (_("Numéro d’envoi"), letter.sent_number, None),
        (_("Présentée le"), date_format(letter.presented_date, "DATE_FORMAT") if letter.presented_date else "", None),
        (_("Modèle"), _("version %s") % letter.template.version, None),
        (_("Corrige"), letter.corrects and letter.corrects.reference, letter.corrects),
        (_("Corrigée par"), corrected and corrected.reference, corrected),
    ]  # fmt: skip
    return [
        {
            "label": label,
            "value": value,
            "url": reverse("desk:letter", args=[value]) if link else "",
        }
        for label, value, link in rows
        if value
    ]


@require_POST
def act(request: HttpRequest, reference: str, act: str) -> HttpResponse:
    """This function will do one act; refused, it shows the page again with what was typed."""
    if act not in _ACTS:
        raise Http404
    _state, _title, done, form_class, service = _ACTS[act]
    form = form_class(request.POST, auto_id=f"{act}-%s")
    if form.is_valid():
        try:
            given = dict(form.cleaned_data)
            if "how" in given:
                given["how"] = Delivery(given["how"])
            service(letter=reference, by=request.actor, at=timezone.now(), **given)  # type: ignore[attr-defined]
        except NotAllowed:
            raise
        except Refusal as refused:
            tell(form, refused)
        else:
            messages.success(request, done)
            return redirect("desk:letter", reference)
    return _page(request, reference, (act, form))


def tell(form: forms.Form, refused: Refusal) -> None:
    """This function will put the words of a refusal on the fields they speak of, or above all."""
    fields = refused.fields if isinstance(refused, InvalidInput) else {}
    for name, said in fields.items():
        form.add_error(name if name in form.fields else None, said)
    if not fields:
        form.add_error(None, str(refused))
