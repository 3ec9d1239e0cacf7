"""The articles that every site may keep: what they weigh, their points, their price."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_safe

from beffroi.acts.supplies import permissions, queries
from beffroi.acts.supplies import services as supplies
from beffroi.web.desk.small_acts import MoneyField, SmallForm, attempt
from beffroi.web.desk.supplies import words

_A_PAGE = 50


class ArticleForm(SmallForm):
    """What an article is."""

    name = forms.CharField(label=lazy("Nom"), max_length=120)
    unit = forms.CharField(
        label=lazy("Unité"), max_length=30,
        help_text=lazy("Comme on le compte : boîte, litre, paquet de 500 g."),
    )  # fmt: skip
    grams = forms.IntegerField(
        label=lazy("Poids d’une unité, en grammes"), min_value=0, max_value=1_000_000
    )
    points = MoneyField(label=lazy("Points"))
    price = MoneyField(label=lazy("Prix en magasin"))
    code = forms.CharField(label=lazy("Code-barres"), max_length=20, required=False)
    allergens = forms.CharField(label=lazy("Allergènes"), max_length=200, required=False)
    is_current = forms.BooleanField(label=lazy("En usage"), required=False, initial=True)

    def given(self) -> dict[str, Any]:
        return {"draft": supplies.ArticleDraft(**self.cleaned_data)}


@require_safe
def show_all(request: HttpRequest) -> HttpResponse:
    """This function will show the articles, those out of use last."""
    may = permissions.can_set_up_somewhere(request.actor)  # type: ignore[attr-defined]
    page = Paginator(queries.articles(current=False), _A_PAGE).get_page(request.GET.get("page"))
    rows = [_row(one, may) for one in page]
    columns = [{"label": _("Article")}, {"label": _("Allergènes")}, {"label": _("Poids"), "end": True},
               {"label": _("Points"), "end": True}, {"label": _("Prix en magasin"), "end": True}]  # fmt: skip
    context = {"rows": rows, "columns": columns, "page": page, "may_set_up": may}
    return render(request, "desk/supplies/articles.html", context)


def _row(one: Any, may: bool) -> list[Any]:
    name = {"text": one.name, "sub": one.unit, "tag": "" if one.is_current else _("hors d’usage")}
    if may:
        name["url"] = reverse("desk:supplies_article", args=[one.pk])
    return [
        name, one.allergens or "–", {"text": words.weight(one.grams), "end": True},
        {"text": words.number(one.points), "end": True},
        {"text": words.euros(one.price), "end": True},
    ]  # fmt: skip


def new(request: HttpRequest) -> HttpResponse:
    """This function will write a new article."""
    given = {"by": request.actor, "at": timezone.now()}  # type: ignore[attr-defined]
    form = ArticleForm(request.POST or None)
    if request.method == "POST" and attempt(form, supplies.create_article, **given):
        messages.success(request, _("L’article est écrit."))
        return redirect("desk:supplies_articles")
    return _page(request, form, _("Nouvel article"), _("Écrire cet article"))


def _page(request: HttpRequest, form: Any, title: str, button: str) -> HttpResponse:
    lead = _("Les points et le prix valent pour les paniers à venir.")
    context = {
        "form": form, "title": title, "button": button, "back": "desk:supplies_articles", "lead": lead
    }  # fmt: skip
    return render(request, "desk/supplies/form.html", context)


def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """This function will change an article."""
    actor = request.actor  # type: ignore[attr-defined]
    found = queries.articles(current=False).filter(pk=pk).first()
    if found is None or not permissions.can_set_up_somewhere(actor):
        raise Http404
    first = {name: getattr(found, name) for name in ArticleForm.base_fields}
    form = ArticleForm(request.POST or None, initial=first)
    given = {"by": actor, "at": timezone.now(), "article": pk}
    if request.method == "POST" and attempt(form, supplies.change_article, **given):
        messages.success(request, _("C’est noté."))
        return redirect("desk:supplies_articles")
    return _page(request, form, found.name, _("Garder ces changements"))
