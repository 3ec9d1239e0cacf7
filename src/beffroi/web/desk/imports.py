"""Imports of other directories: what came in, from whom, and what was wrong with it."""

from typing import Any
from uuid import UUID

from django import forms
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from beffroi.core.errors import InvalidInput
from beffroi.directory import queries_imports as imports
from beffroi.directory import services as directory
from beffroi.directory.imports.faults import FAULTS, report_rows
from beffroi.directory.imports.package import read_stream

MOST_BYTES = 60 * 1024 * 1024
_PER_PAGE = 100


class ImportForm(forms.Form):
    """A package, where it comes from, and what becomes of its services."""

    file = forms.FileField(
        label=gettext_lazy("Le paquet HSDS"),
        help_text=gettext_lazy("Un zip de fichiers CSV avec datapackage.json, ou un fichier JSON."),
        widget=forms.ClearableFileInput(attrs={"accept": ".zip,.json"}),
    )
    publisher = forms.CharField(
        label=gettext_lazy("D’où viennent les données"),
        help_text=gettext_lazy("Écrivez toujours le même nom pour un même éditeur."),
        max_length=200,
    )
    licence = forms.CharField(
        label=gettext_lazy("Licence des données"), max_length=120, required=False
    )
    lang = forms.ChoiceField(
        label=gettext_lazy("Langue des textes"),
        choices=[("fr", "Français"), ("nl", "Nederlands"), ("de", "Deutsch"), ("en", "English")],
        initial="fr",
    )
    country = forms.CharField(
        label=gettext_lazy("Pays des adresses qui n’en disent pas"),
        help_text=gettext_lazy("Deux lettres : BE, FR, NL…"),
        initial="BE", min_length=2, max_length=2,
    )  # fmt: skip
    publish = forms.BooleanField(
        label=gettext_lazy("Publier aussitôt les services sur le portail"), required=False
    )

    def clean_file(self) -> Any:
        """This method refuses a file too large to read in one go."""
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(
                _("Ce fichier dépasse 60 Mo. Utilisez la commande beffroi load hsds.")
            )
        return file


@require_GET
def runs(request: HttpRequest) -> HttpResponse:
    """This function will list the imports, newest first."""
    page = Paginator(imports.import_runs(), 50).get_page(request.GET.get("page"))
    rows = [
        [
            {"text": run.publisher, "url": reverse("desk:import_report", args=[run.pk])},
            run.file_name,
            date_format(timezone.localtime(run.started_at), "DATETIME_FORMAT"),
            {"tag": run.get_state_display(), "tone": "green" if run.state == "done" else "red"},
            {"text": str(sum(run.counts.get("faults", {}).values())), "end": True},
        ]
        for run in page
    ]
    columns = [
        {"label": _("D’où")}, {"label": _("Fichier")}, {"label": _("Quand")},
        {"label": _("État")}, {"label": _("Défauts"), "end": True},
    ]  # fmt: skip
    empty = {
        "title": _("Aucun import"),
        "text": _("L’annuaire d’une autre organisation peut entrer ici."),
    }
    return render(
        request,
        "desk/imports.html",
        {"page": page, "rows": rows, "columns": columns, "empty": empty},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """This function will take a package in, then show its report."""
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        return redirect("desk:import_report", ident=_take_in(request, form.cleaned_data))
    status = 422 if form.is_bound else 200
    return render(request, "desk/import_new.html", {"form": form}, status=status)


def _take_in(request: HttpRequest, asked: dict[str, Any]) -> UUID:
    """Import the file; one that cannot be read leaves a trace that says why."""
    actor, now = request.actor, timezone.now()  # type: ignore[attr-defined]
    file = asked["file"]
    choices = directory.ImportChoices(
        asked["publish"], asked["lang"], asked["country"].upper(), asked["licence"]
    )
    try:
        run = directory.import_hsds(
            package=read_stream(file, file.name),
            publisher=asked["publisher"],
            by=actor,
            at=now,
            choices=choices,
        )
    except InvalidInput as refused:
        run = directory.refuse_import(
            file_name=file.name, publisher=asked["publisher"], why=str(refused), by=actor, at=now
        )
    return run.pk


def _run(ident: UUID) -> Any:
    run = imports.import_run(ident)
    if run is None:
        raise Http404
    return run


@require_GET
def report(request: HttpRequest, ident: UUID) -> HttpResponse:
    """This function will show what came in and, line by line, what was wrong."""
    run = _run(ident)
    code = request.GET.get("defaut", "")
    faults = [f for f in run.faults if not code or f["code"] == code]
    page = Paginator(faults, _PER_PAGE).get_page(request.GET.get("page"))
    own = reverse("desk:import_report", args=[run.pk])
    kinds = sorted(run.counts.get("faults", {}).items(), key=lambda pair: (-pair[1], pair[0]))
    context = {
        "run": run,
        "counts": _counts(run.counts),
        "count_columns": [
            {"label": _("Quoi")},
            *({"label": label, "end": True} for label in _HEADS.values()),
        ],
        "kinds": [
            [{"text": str(FAULTS[kind][0]), "url": f"{own}?defaut={kind}", "sub": FAULTS[kind][1]},
             {"text": str(number), "end": True}]
            for kind, number in kinds
        ],
        "kind_columns": [{"label": _("Défaut")}, {"label": _("Lignes"), "end": True}],
        "faults": [_fault(fault) for fault in page],
        "fault_columns": [
            {"label": _("Où")}, {"label": _("Champ")}, {"label": _("Valeur")}, {"label": _("Quoi")},
        ],
        "page": page,
        "base": f"?defaut={code}&" if code in FAULTS else "?",
        "only": FAULTS[code][0] if code in FAULTS else "",
    }  # fmt: skip
    return render(request, "desk/import_report.html", context)


_HEADS = {
    "created": gettext_lazy("Entrés"),
    "updated": gettext_lazy("Changés"),
    "removed": gettext_lazy("Retirés"),
    "unchanged": gettext_lazy("Pareils"),
}
_TABLES = {
    "organisations": gettext_lazy("Organisations"),
    "places": gettext_lazy("Lieux"),
    "services": gettext_lazy("Services"),
    "texts": gettext_lazy("Textes"),
    "services_at_places": gettext_lazy("Services en un lieu"),
    "taxonomies": gettext_lazy("Taxonomies"),
    "terms": gettext_lazy("Termes"),
    "classed": gettext_lazy("Classements"),
    "facts": gettext_lazy("Faits"),
}


def _counts(counts: dict[str, dict[str, int]]) -> list[list[Any]]:
    return [
        [label, *({"text": str(counts[table].get(what, 0)), "end": True} for what in _HEADS)]
        for table, label in _TABLES.items()
        if table in counts
    ]


def _fault(fault: dict[str, Any]) -> list[Any]:
    what, done = FAULTS[fault["code"]]
    line = _("ligne %(line)s") % {"line": fault["line"]} if fault["line"] else ""
    return [
        {"text": fault["file"], "sub": line},
        fault["field"],
        fault["value"],
        {"text": str(what), "sub": str(done)},
    ]


@require_GET
def report_csv(request: HttpRequest, ident: UUID) -> HttpResponse:
    """This function will give the whole report as a table that a spreadsheet opens."""
    run = _run(ident)
    response = HttpResponse(
        "\ufeff" + report_rows(run.faults), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="import-{run.pk}.csv"'
    return response
