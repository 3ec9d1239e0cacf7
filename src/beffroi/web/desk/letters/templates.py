"""The texts of the letters: read, tried on fictional facts, changed, taken back."""

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
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from beffroi.core.errors import NotAllowed, Refusal
from beffroi.documents.letters import queries, vocabulary
from beffroi.documents.letters import services as letters
from beffroi.documents.letters.rendering import on_screen
from beffroi.documents.letters.values import TemplateText
from beffroi.rules import mentions
from beffroi.web.desk.letters.letter import tell

_LANGS = {"fr": "Français", "nl": "Nederlands", "de": "Deutsch", "en": "English"}


class TemplateForm(forms.Form):
    """The three texts of a template."""

    since = forms.IntegerField(widget=forms.HiddenInput)
    subject = forms.CharField(label=lazy("Objet"), max_length=300)
    first = forms.CharField(
        label=lazy("Premier paragraphe, en mots simples"), widget=forms.Textarea(attrs={"rows": 12})
    )
    body = forms.CharField(
        label=lazy("La lettre"), required=False, widget=forms.Textarea(attrs={"rows": 26})
    )
    note = forms.CharField(label=lazy("Ce qui change"), required=False, max_length=300)

    def texts(self) -> TemplateText:
        """This function will give the texts as the service takes them."""
        given = self.cleaned_data
        return TemplateText(
            given["subject"],
            given["first"].replace("\r\n", "\n"),
            given["body"].replace("\r\n", "\n"),
        )


@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """This function will show each kind of letter, the version in use in each language."""
    latest = queries.latest_templates()
    court = vocabulary.own_court(timezone.localdate())
    heads = (_("Sorte de lettre"), *_LANGS.values())
    context = {
        "columns": [{"label": head, "named": True} for head in heads],
        "rows": [
            [kind.label, *({
                "text": _("version %s") % (latest[kind.key, lang].version if (kind.key, lang) in latest else 1),
                "url": reverse("desk:letter_template", args=[kind.key, lang]),
                **({"tag": _("modifié ici")} if (kind.key, lang) in latest
                   and latest[kind.key, lang].origin == "staff" else {}),
            } for lang in _LANGS)]
            for kind in mentions.kinds().values()
        ],
        "court": court, "articles": vocabulary.articles(),
    }  # fmt: skip
    return render(request, "desk/letters/templates.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, kind: str, lang: str) -> HttpResponse:
    """This function will show a template, try what was typed, or keep it as a new version."""
    current = _in_use(kind, lang)
    form = TemplateForm(request.POST or None, initial=_initial(current))
    form.fields["body"].required = lang == "fr"
    shown = TemplateText(current["subject"], current["first"], current["body"])
    if request.method == "POST" and form.is_valid():
        shown = form.texts()
        if request.POST.get("act") == "save" and _kept(request, form, kind, lang):
            messages.success(request, _("La nouvelle version servira dès la prochaine lettre."))
            return redirect("desk:letter_template", kind, lang)
    context = {**_page(kind, lang, form, current), **_tried(request, form, kind, lang, shown)}
    return render(request, "desk/letters/template.html", context)


def _in_use(kind: str, lang: str) -> dict[str, Any]:
    found = vocabulary.template_shown(kind, lang)
    if found is None:
        raise Http404
    return found


def _initial(current: dict[str, Any]) -> dict[str, Any]:
    return {"since": current["version"], **{n: current[n] for n in ("subject", "first", "body")}}


def _kept(request: HttpRequest, form: TemplateForm, kind: str, lang: str) -> bool:
    try:
        letters.save_template(
            kind=kind, lang=lang, texts=form.texts(), since_version=form.cleaned_data["since"],
            note=form.cleaned_data["note"], by=request.actor, at=timezone.now(),  # type: ignore[attr-defined]
        )  # fmt: skip
    except NotAllowed:
        raise
    except Refusal as refused:
        tell(form, refused)
        return False
    return True


def _tried(
    request: HttpRequest, form: TemplateForm, kind: str, lang: str, texts: TemplateText
) -> dict[str, Any]:
    try:
        html, lacks = letters.preview_template(
            kind=kind, lang=lang, texts=texts, by=request.actor, at=timezone.now()  # type: ignore[attr-defined]
        )  # fmt: skip
    except NotAllowed:
        raise
    except Refusal as refused:
        if form.is_bound and not form.errors:
            tell(form, refused)
        return {"sheet": "", "lacks": []}
    said = list(dict.fromkeys(lack.mention.label for lack in lacks))
    return {"sheet": on_screen(html), "lacks": said}


def _page(kind: str, lang: str, form: TemplateForm, current: dict[str, Any]) -> dict[str, Any]:
    return {
        "form": form, "kind": mentions.kind_named(kind), "lang": lang, "lang_name": _LANGS[lang],
        "version": current["version"], "fields": [form["subject"], form["first"]],
        "is_french": lang == "fr", "words": vocabulary.facts_of(kind),
        "mentions": [
            {"label": m.label, "reference": m.reference, "is_verified": m.is_verified}
            for m in mentions.kind_named(kind).mentions
        ],
        "history": [
            {
                "version": one.version, "by": one.saved_by, "note": one.note,
                "at": date_format(timezone.localtime(one.saved_at), "DATETIME_FORMAT"),
            }
            for one in queries.template_history(kind, lang)[:30]
        ],
    }  # fmt: skip


@require_safe
def version(request: HttpRequest, kind: str, lang: str, version: int) -> HttpResponse:
    """This function will show an older version of a template as a letter."""
    old = queries.template_by_version(kind, lang, version)
    if old is None:
        raise Http404
    form = TemplateForm()
    texts = TemplateText(old.subject, old.first, old.body)
    context = {"old": old, "kind": mentions.kind_named(kind), "lang_name": _LANGS[lang],
               **_tried(request, form, kind, lang, texts)}  # fmt: skip
    return render(request, "desk/letters/version.html", context)


@require_POST
def restore(request: HttpRequest, kind: str, lang: str) -> HttpResponse:
    """This function will make an older version the one in use again."""
    _in_use(kind, lang)
    asked = request.POST.get("version", "")
    if not asked.isdecimal():
        raise Http404
    try:
        letters.restore_template(
            kind=kind, lang=lang, version=int(asked), by=request.actor, at=timezone.now()  # type: ignore[attr-defined]
        )  # fmt: skip
    except NotAllowed:
        raise
    except Refusal as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("La version reprise servira dès la prochaine lettre."))
    return redirect("desk:letter_template", kind, lang)
