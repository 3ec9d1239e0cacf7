"""The list of services, and the page of one: all that is known, all that is to be done."""

from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from beffroi.accounts import queries as accounts
from beffroi.acts.requests import queries as requests
from beffroi.acts.requests.enums import FormKind
from beffroi.directory import editor_queries, permissions, quality, services, work_to_do
from beffroi.directory.enums import AudienceLevel, FactKind, ServiceStatus, TextBasis
from beffroi.directory.services import TextWords
from beffroi.guidance import editor_queries as guidance
from beffroi.guidance.permissions import words_editable_by
from beffroi.web.desk.editor import facts
from beffroi.web.desk.editor.acts import (
    actor_of,
    at_once,
    history,
    now,
    run,
    service_or_404,
    team_choices,
)
from beffroi.web.desk.editor.common_forms import LANGUAGES, ReasonForm, lines, set_choices

STATUS_TONES = {"running": "green", "planned": "amber", "suspended": "red", "ended": ""}
_PER_PAGE = 50


class FilterForm(forms.Form):
    """What to look for among the services."""

    q = forms.CharField(label=gettext_lazy("Chercher"), required=False)
    status = forms.ChoiceField(
        label=gettext_lazy("État"), required=False,
        choices=[("", gettext_lazy("Tous")), *ServiceStatus.choices],
    )  # fmt: skip
    published = forms.ChoiceField(
        label=gettext_lazy("Public"), required=False,
        choices=[("", gettext_lazy("Tous")), ("yes", gettext_lazy("Publiés")), ("no", gettext_lazy("Non publiés"))],
    )  # fmt: skip
    lacking = forms.ChoiceField(
        label=gettext_lazy("À faire"), required=False,
        choices=[
            ("", gettext_lazy("Tout")), ("any", gettext_lazy("Quelque chose à faire")),
            ("review", gettext_lazy("À relire")), ("contradiction", gettext_lazy("Contradiction ouverte")),
            *[(kind.value, kind.label) for kind in work_to_do.OF_SERVICE],
        ],
    )  # fmt: skip
    sort = forms.ChoiceField(
        label=gettext_lazy("Trier par"), required=False,
        choices=[
            ("", gettext_lazy("Nom")), ("completeness", gettext_lazy("Le moins complet")),
            ("freshness", gettext_lazy("Le plus ancien")), ("unknown", gettext_lazy("Le plus d’inconnues")),
        ],
    )  # fmt: skip


def services_list(request: HttpRequest) -> HttpResponse:
    """This function will show the services, what each lacks, and all there is to do."""
    form = FilterForm(request.GET)
    form.is_valid()
    chosen = form.cleaned_data
    day = timezone.localdate()
    mine = permissions.services_editable_by(actor_of(request))
    rows = editor_queries.service_rows(
        mine, day, words=chosen.get("q", ""), status=chosen.get("status", ""),
        published=chosen.get("published", ""), lacking=chosen.get("lacking", ""),
        sort=chosen.get("sort", ""),
    )  # fmt: skip
    page = Paginator(rows, _PER_PAGE).get_page(request.GET.get("page"))
    todo = editor_queries.work_to_do(mine, day)
    query = request.GET.copy()
    query.pop("page", None)
    return render(request, "desk/editor/services.html", {
        "form": form, "page": page, "found": len(rows), "base": f"?{query.urlencode()}&",
        "todo": todo, "kinds": [(kind, count) for kind, count in todo.totals.items()],
        "table": _table(page), "contradictions": editor_queries.open_contradictions_count(),
    })  # fmt: skip


def _table(page: Any) -> dict[str, Any]:
    columns = [
        {"label": _("Service")}, {"label": _("État")}, {"label": _("Complet"), "end": True},
        {"label": _("Relu le")}, {"label": _("À relire le")}, {"label": _("Contradictions"), "end": True},
        {"label": _("Inconnues"), "end": True},
    ]  # fmt: skip
    return {"columns": columns, "rows": [_cells(row) for row in page]}


def _cells(row: editor_queries.ServiceRow) -> list[Any]:
    service = row.service
    lacks = [str(words) for words in row.completeness.lacks]
    shown = ", ".join(lacks[:3]) + ("…" if len(lacks) > 3 else "")
    status = {"tag": service.get_status_display(), "tone": STATUS_TONES[service.status]}
    if not service.is_listed:
        status["sub"] = _("non publié")
    return [
        {
            "text": service.name, "url": reverse("desk:editor_service", args=[service.key]),
            "sub": _("Il manque : %(what)s") % {"what": shown} if shown else "",
        },
        status,
        {"text": f"{row.completeness.score} %", "end": True},
        _day(service.reviewed_on) or _("jamais relu"),
        {"text": _day(row.next_review_date) or _("maintenant"), "due": True, "tone": "red" if row.is_due else "green"},
        _counted(row.open_contradictions, ngettext("%(n)s ouverte", "%(n)s ouvertes", row.open_contradictions)),
        _counted(len(row.unknown), ngettext("%(n)s inconnue", "%(n)s inconnues", len(row.unknown))),
    ]  # fmt: skip


def _counted(count: int, words: str) -> dict[str, Any]:
    """A count that says itself, since a phone shows no heading."""
    return {"text": words % {"n": count} if count else "–", "end": True}


def _day(day: Any) -> str:
    return f"{day:%d/%m/%Y}" if day else ""


def service(request: HttpRequest, key: str) -> HttpResponse:
    """This function will show all that is known of a service, and each act an editor may do."""
    row = service_or_404(request, key)
    day = timezone.localdate()
    unknown = work_to_do.unknowns_of_services([row], day).by_service.get(row.pk, ())
    score = quality.completeness(row, day)
    texts = {text.lang: text for text in row.texts.all()}
    return render(request, "desk/editor/service.html", {
        "service": row, "tone": STATUS_TONES[row.status], "score": score, "unknown": unknown,
        "lacks": ", ".join(str(words) for words in score.lacks),
        "next_review": editor_queries.next_review_date(row), "day": day,
        "groups": facts.groups(row, "services", unknown), "sort": "services",
        "texts": [(code, name, texts.get(code)) for code, name in LANGUAGES],
        "terms": row.service_terms.select_related("term__taxonomy"),
        "places": row.places.all(), "contradictions": row.contradictions.all(),
        "closures": editor_queries.closures_of(row, day), "forms": requests.forms_to_edit(key),
        "phrases": guidance.phrase_counts(key),
        "lexicon": guidance.lexicon_words(words_editable_by(actor_of(request)), key),
        "history": history("service", key),
        "kinds": FactKind.choices, "team": accounts.team_by_key(row.team_key), "form_kinds": FormKind.choices,
    })  # fmt: skip


class StatusForm(ReasonForm):
    """The state of a service, and why it changes."""

    status = forms.ChoiceField(
        label=gettext_lazy("État"), choices=ServiceStatus.choices, widget=forms.RadioSelect
    )
    field_order = ("status", "reason")


def status(request: HttpRequest, key: str) -> HttpResponse:
    """This function will change the state of a service."""
    row = service_or_404(request, key)
    form = StatusForm(request.POST or None, initial={"status": row.status})
    if request.method == "POST":
        done = run(
            request, form,
            lambda data: services.set_status(
                service=row, status=ServiceStatus(data["status"]), reason=data["reason"],
                by=actor_of(request), at=now(),
            ),
            _("L’état est changé."), reverse("desk:editor_service", args=[key]),
        )  # fmt: skip
        if done:
            return done
    return page(request, row, form, _("Changer l’état"), _("Changer l’état"))


def listing(request: HttpRequest, key: str) -> HttpResponse:
    """This function will publish a service, or take it off the public pages."""
    row = service_or_404(request, key)
    form = ReasonForm(request.POST or None)
    label = _("Retirer des pages publiques") if row.is_listed else _("Publier")
    if request.method == "POST":
        done = run(
            request, form,
            lambda data: services.set_listed(
                service=row, listed=not row.is_listed, reason=data["reason"],
                by=actor_of(request), at=now(),
            ),
            _("C’est fait."), reverse("desk:editor_service", args=[key]),
        )  # fmt: skip
        if done:
            return done
    return page(request, row, form, label, label)


@require_POST
def reviewed(request: HttpRequest, key: str) -> HttpResponse:
    """This function will note that the whole entry was read and found true today."""
    row = service_or_404(request, key)
    return at_once(
        request, lambda: services.mark_reviewed(service=row, by=actor_of(request), at=now()),
        _("Relecture notée."), reverse("desk:editor_service", args=[key]),
    )  # fmt: skip


class UpkeepForm(forms.Form):
    """Who answers, how often the entry is read again, what editors should know."""

    team_key = forms.ChoiceField(label=gettext_lazy("Équipe qui répond"), required=False)
    review_every_months = forms.IntegerField(
        label=gettext_lazy("À relire tous les (mois)"), min_value=1, max_value=24
    )
    note = forms.CharField(
        label=gettext_lazy("Note pour la rédaction"), required=False, widget=lines(6)
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        set_choices(self, "team_key", team_choices())


def upkeep(request: HttpRequest, key: str) -> HttpResponse:
    """This function will change the team, the delay of review and the note of a service."""
    row = service_or_404(request, key)
    initial = {name: getattr(row, name) for name in ("team_key", "review_every_months", "note")}
    form = UpkeepForm(request.POST or None, initial=initial)
    if request.method == "POST":
        done = run(
            request, form,
            lambda data: services.set_upkeep(service=row, by=actor_of(request), at=now(), **data),
            _("Le suivi est changé."), reverse("desk:editor_service", args=[key]),
        )  # fmt: skip
        if done:
            return done
    return page(request, row, form, _("Équipe, relecture et note"), _("Garder le suivi"))


class PlacesForm(forms.Form):
    """At which places a service is offered."""

    places = forms.MultipleChoiceField(
        label=gettext_lazy("Lieux"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, rows: dict[str, Any], **options: Any) -> None:
        super().__init__(*args, **options)
        set_choices(self, "places", [(key, place.name) for key, place in rows.items()])


def places(request: HttpRequest, key: str) -> HttpResponse:
    """This function will say at which places a service is offered."""
    row = service_or_404(request, key)
    rows = {place.key: place for place in permissions.places_editable_by(actor_of(request))}
    form = PlacesForm(
        request.POST or None, rows=rows, initial={"places": [p.key for p in row.places.all()]}
    )
    if request.method == "POST":
        done = run(
            request, form,
            lambda data: services.set_places(
                service=row, places=[rows[k] for k in data["places"]], by=actor_of(request), at=now(),
            ),
            _("Les lieux sont changés."), reverse("desk:editor_service", args=[key]),
        )  # fmt: skip
        if done:
            return done
    return page(request, row, form, _("Lieux du service"), _("Garder ces lieux"))


class ClassingForm(forms.Form):
    """Needs, in their order, and audiences with how open the service is to them."""

    needs = forms.MultipleChoiceField(
        label=gettext_lazy("Besoins"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.need_terms = {str(term.pk): term for term in editor_queries.terms("need")}
        self.audiences = {str(term.pk): term for term in editor_queries.terms("audience")}
        set_choices(self, "needs", [(pk, str(term)) for pk, term in self.need_terms.items()])
        for pk, term in self.audiences.items():
            self.fields[f"audience_{pk}"] = forms.ChoiceField(
                label=str(term), required=False, choices=[("", _("–")), *AudienceLevel.choices]
            )

    def audience_fields(self) -> list[forms.BoundField]:
        return [self[f"audience_{pk}"] for pk in self.audiences]

    def levels(self) -> dict[Any, AudienceLevel]:
        """This method will give the audiences chosen, with their level."""
        chosen = (
            (term, self.cleaned_data[f"audience_{pk}"]) for pk, term in self.audiences.items()
        )
        return {term: AudienceLevel(level) for term, level in chosen if level}


def classing(request: HttpRequest, key: str) -> HttpResponse:
    """This function will class a service under needs and audiences."""
    row = service_or_404(request, key)
    held = editor_queries.classing_of(row)
    initial: dict[str, Any] = {f"audience_{pk}": level for pk, level in held.items()}
    form = ClassingForm(request.POST or None, initial=initial | {"needs": list(held)})
    if request.method == "POST":
        done = run(
            request, form,
            lambda data: services.classify(
                service=row, needs=[form.need_terms[pk] for pk in data["needs"]], audiences=form.levels(),
                by=actor_of(request), at=now(),
            ),
            _("Le classement est changé."), reverse("desk:editor_service", args=[key]),
        )  # fmt: skip
        if done:
            return done
    return render(request, "desk/editor/classing.html", {"service": row, "form": form})


_TEXT_FIELDS = (
    ("name", gettext_lazy("Nom"), 1), ("summary", gettext_lazy("En une phrase"), 3),
    ("for_whom", gettext_lazy("Pour qui"), 4), ("what_happens", gettext_lazy("Ce qui se passe"), 6),
    ("bring", gettext_lazy("À apporter"), 3), ("easy", gettext_lazy("Facile à lire, une phrase par ligne"), 6),
)  # fmt: skip


class TextsForm(forms.Form):
    """The words of a service, side by side in four languages."""

    basis = forms.ChoiceField(label=gettext_lazy("Fondement du texte"), choices=TextBasis.choices)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for code, language in LANGUAGES:
            for name, label, rows in _TEXT_FIELDS:
                self.fields[f"{code}-{name}"] = forms.CharField(
                    label=f"{label} ({language})",
                    required=False,
                    max_length={"name": 255, "summary": 400}.get(name),
                    widget=forms.Textarea(attrs={"rows": rows, "lang": code}),
                )

    def rows(self) -> list[dict[str, Any]]:
        """This method will give each part with its four boxes."""
        return [
            {"label": label, "cells": [self[f"{code}-{name}"] for code, _language in LANGUAGES]}
            for name, label, _rows in _TEXT_FIELDS
        ]

    def texts(self) -> dict[str, TextWords]:
        """This method will give the words by language."""
        data = self.cleaned_data
        return {
            code: TextWords(
                easy=[line.strip() for line in data[f"{code}-easy"].splitlines() if line.strip()],
                basis=TextBasis(data["basis"]),
                **{
                    n: data[f"{code}-{n}"]
                    for n in ("name", "summary", "for_whom", "what_happens", "bring")
                },
            )
            for code, _language in LANGUAGES
        }


def texts(request: HttpRequest, key: str) -> HttpResponse:
    """This function will show the texts side by side, and write those that changed."""
    row = service_or_404(request, key)
    initial: dict[str, Any] = {"fr-name": row.name, "basis": TextBasis.GENERAL}
    for text in row.texts.all():
        for name, _label, _rows in _TEXT_FIELDS:
            value = getattr(text, name)
            initial[f"{text.lang}-{name}"] = "\n".join(value) if name == "easy" else value
        initial["basis"] = text.basis if text.lang == "fr" else initial["basis"]
    form = TextsForm(request.POST or None, initial=initial)
    if request.method == "POST":
        done = run(
            request, form,
            lambda data: services.edit_texts(service=row, texts=form.texts(), by=actor_of(request), at=now()),
            _("Les textes sont gardés."), reverse("desk:editor_service", args=[key]),
        )  # fmt: skip
        if done:
            return done
    return render(request, "desk/editor/texts.html", {
        "service": row, "form": form, "languages": LANGUAGES,
    })  # fmt: skip


def page(request: HttpRequest, row: Any, form: forms.Form, title: str, act: str) -> HttpResponse:
    """This function will show one form about a service."""
    crumbs = [
        {"label": _("Services"), "url": reverse("desk:editor_services")},
        {"label": row.name, "url": reverse("desk:editor_service", args=[row.key])},
        {"label": title},
    ]
    return render(request, "desk/editor/form.html", {
        "form": form, "heading": title, "act": act, "crumbs": crumbs, "back": crumbs[1]["url"],
    })  # fmt: skip
