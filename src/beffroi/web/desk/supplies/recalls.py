"""Recalls: a lot number blocked everywhere at once, and the households to call."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from beffroi.acts.supplies import queries
from beffroi.acts.supplies import services as supplies
from beffroi.web.desk.small_acts import SmallForm, attempt
from beffroi.web.desk.supplies import words


class RecallForm(SmallForm):
    """Which lot is taken back, and why."""

    article = forms.ChoiceField(label=lazy("Article"))
    number = forms.CharField(label=lazy("Numéro du lot"), max_length=40)
    why = forms.CharField(label=lazy("Pourquoi"), max_length=300)

    def choose(self, about: Any) -> None:
        rows = [(str(one.pk), str(one)) for one in queries.articles(current=False)]
        self.fields["article"].choices = [("", _("Choisir")), *rows]  # type: ignore[attr-defined]

    def given(self) -> dict[str, Any]:
        return {**self.cleaned_data, "article": int(self.cleaned_data["article"])}


def show_all(request: HttpRequest) -> HttpResponse:
    """This function will show the recalls, and block a lot number."""
    actor, now = request.actor, timezone.now()  # type: ignore[attr-defined]
    form = RecallForm(request.POST or None)
    made: list[Any] = []
    if request.method == "POST" and attempt(
        form, lambda **given: made.append(supplies.recall_lot(**given)), by=actor, at=now
    ):
        messages.success(request, _("Ce qui reste de ce lot est bloqué. Voici qui appeler."))
        return redirect("desk:supplies_recall", made[0].pk)
    rows = [
        [{"text": one.article.name, "url": reverse("desk:supplies_recall", args=[one.pk]), "sub": one.number},
         words.day(timezone.localdate(one.at)), one.why, {"text": str(one.blocked or 0), "end": True}]
        for one in queries.recalls()
    ]  # fmt: skip
    columns = [{"label": _("Lot rappelé")}, {"label": _("Depuis le")}, {"label": _("Pourquoi")},
               {"label": _("Bloqué"), "end": True}]  # fmt: skip
    context = {"form": form, "rows": rows, "columns": columns}
    return render(request, "desk/supplies/recalls.html", context)


@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """This function will show a recall and the households to call, to print too."""
    actor = request.actor  # type: ignore[attr-defined]
    found = queries.recalls().filter(pk=pk).first()
    if found is None:
        raise Http404
    calls = supplies.read_recall(recall=pk, by=actor, at=timezone.now())
    units, passages = queries.handed_of_recall(pk)
    rows = [
        [{"text": one.name, "sub": one.card}, one.phone or {"tag": _("sans téléphone"), "tone": "amber"},
         words.day(one.last_date), {"text": str(one.units), "end": True}]
        for one in calls
    ]  # fmt: skip
    columns = [{"label": _("Ménage")}, {"label": _("Téléphone")}, {"label": _("Dernier passage")},
               {"label": _("Unités"), "end": True}]  # fmt: skip
    said = ngettext(
        "%(units)d unités sont parties dans %(n)d panier.",
        "%(units)d unités sont parties dans %(n)d paniers.", passages,
    ) % {"units": units, "n": passages}  # fmt: skip
    blocked = ngettext(
        "%(n)d unité est bloquée.", "%(n)d unités sont bloquées.", found.blocked or 0
    )
    context = {
        "recall": found, "rows": rows, "columns": columns, "said": said,
        "blocked": blocked % {"n": found.blocked or 0},
    }  # fmt: skip
    return render(request, "desk/supplies/recall.html", context)
