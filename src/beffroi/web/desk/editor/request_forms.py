"""The forms a service offers: which, answered by whom, with which questions of its own."""

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from beffroi.acts.requests import queries
from beffroi.acts.requests import services as requests
from beffroi.acts.requests.enums import FormKind
from beffroi.core.errors import InvalidInput
from beffroi.web.desk.editor.acts import actor_of, at_once, now, run, service_or_404, team_choices
from beffroi.web.desk.editor.common_forms import lines, set_choices


class OfferForm(forms.Form):
    """A form at a service: its team and its own questions, one a line."""

    team = forms.ChoiceField(label=gettext_lazy("Équipe qui répond"), required=False)
    position = forms.IntegerField(label=gettext_lazy("Rang"), min_value=0, max_value=50, initial=0)
    questions = forms.CharField(
        label=gettext_lazy("Questions propres au service"), required=False, widget=lines(8),
        help_text=gettext_lazy(
            "Une par ligne : la nature, puis la question. Natures : texte, long, ouinon, date, nombre, "
            "adresse, choix. Pour un choix, mettez les réponses après un point-virgule. "
            "Une étoile à la fin rend la question obligatoire. "
            "Exemple : choix Quel jour ? ; lundi ; mercredi *"
        ),
    )  # fmt: skip

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        set_choices(self, "team", team_choices())


_WORDS = {
    "texte": "text", "long": "long", "ouinon": "yesno", "date": "date", "nombre": "number",
    "adresse": "address", "choix": "choice",
}  # fmt: skip


def questions_from(text: str) -> list[dict[str, Any]]:
    """This function will read the questions typed one a line. Raises: InvalidInput, by its line."""
    found: list[dict[str, Any]] = []
    for number, line in enumerate(
        filter(None, (row.strip() for row in text.splitlines())), start=1
    ):
        word, _space, rest = line.partition(" ")
        required = rest.rstrip().endswith("*")
        label, *choices = [part.strip() for part in rest.rstrip(" *").split(";")]
        if word not in _WORDS or not label:
            raise InvalidInput(
                _("La ligne %(number)s ne se lit pas.") % {"number": number},
                {
                    "questions": _("Ligne %(number)s : commencez par une nature, puis la question.")
                    % {"number": number}
                },
            )
        question: dict[str, Any] = {
            "key": f"own{number}", "kind": _WORDS[word], "labels": {"fr": label}, "required": required,
        }  # fmt: skip
        if choices:
            question["choices"] = [
                {"key": f"c{i}", "labels": {"fr": c}} for i, c in enumerate(choices, 1) if c
            ]
        found.append(question)
    return found


def questions_text(fields: list[dict[str, Any]]) -> str:
    """This function will write questions one a line, as they are typed."""
    names = {kind: word for word, kind in _WORDS.items()}
    return "\n".join(
        f"{names[f['kind']]} {'; '.join([f['labels']['fr'], *[c['labels']['fr'] for c in f.get('choices', [])]])}"
        + (" *" if f.get("required") else "")
        for f in fields
    )


def _merged(typed: list[dict[str, Any]], old: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Keeps, of a question whose French did not change, its key, reasons and other languages."""
    by_label = {field["labels"]["fr"]: field for field in old}
    taken = {field["key"] for field in old}
    merged = []
    for question in typed:
        known = by_label.get(question["labels"]["fr"])
        if known and known["kind"] == question["kind"]:
            merged.append({**known, "required": question["required"]})
            continue
        while question["key"] in taken:
            question["key"] += "b"
        merged.append(question)
    return merged


def offer(request: HttpRequest, key: str, kind: str) -> HttpResponse:
    """This function will open a form at a service, or change it."""
    service = service_or_404(request, key)
    if kind not in FormKind.values:
        raise Http404(kind)
    held = queries.forms_to_edit(key).filter(kind=kind).first()
    old = list(held.extra_fields) if held else []
    initial = {
        "team": held.team.key if held else service.team_key, "position": held.position if held else 0,
        "questions": questions_text(old),
    }  # fmt: skip
    form = OfferForm(request.POST or None, initial=initial)
    if request.method == "POST":
        done = run(
            request, form,
            lambda data: requests.offer_form(
                service=key, kind=FormKind(kind), team=data["team"], position=data["position"],
                extra_fields=_merged(questions_from(data["questions"]), old), by=actor_of(request), at=now(),
            ),
            _("Le formulaire est ouvert au public."), reverse("desk:editor_service", args=[key]) + "#formulaires",
        )  # fmt: skip
        if done:
            return done
    crumbs = [
        {"label": _("Services"), "url": reverse("desk:editor_services")},
        {"label": service.name, "url": reverse("desk:editor_service", args=[key])},
        {"label": FormKind(kind).label},
    ]
    return render(request, "desk/editor/form.html", {
        "form": form, "heading": FormKind(kind).label, "act": _("Ouvrir ce formulaire"), "crumbs": crumbs,
        "back": crumbs[1]["url"],
    })  # fmt: skip


def choose(request: HttpRequest, key: str) -> HttpResponse:
    """This function will lead to the form that was chosen."""
    return offer(request, key, str(request.GET.get("nature", "")))


@require_POST
def close(request: HttpRequest, key: str, kind: str) -> HttpResponse:
    """This function will close a form to the public; requests already made go on."""
    service_or_404(request, key)
    if kind not in FormKind.values:
        raise Http404(kind)
    return at_once(
        request, lambda: requests.close_form(service=key, kind=FormKind(kind), by=actor_of(request), at=now()),
        _("Le formulaire est fermé ; les demandes reçues continuent."),
        reverse("desk:editor_service", args=[key]) + "#formulaires",
    )  # fmt: skip
