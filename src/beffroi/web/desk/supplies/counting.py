"""An inventory: each lot of a site beside what should be there."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from beffroi.acts.supplies import permissions, queries
from beffroi.acts.supplies import services as supplies
from beffroi.acts.supplies.enums import KEEPS_STOCK
from beffroi.web.desk.small_acts import SmallForm, attempt, day_words
from beffroi.web.desk.supplies.sites import visible_site


class CountForm(SmallForm):
    """What was found of each lot; a lot left empty was not counted."""

    def choose(self, about: Any) -> None:
        for lot in about:
            said = [str(lot.article), lot.number, day_words(lot.expires_date)]
            self.fields[f"lot_{lot.pk}"] = forms.IntegerField(
                label=" · ".join(filter(None, said)), min_value=0, max_value=100_000,
                required=False, help_text=_("Attendu : %d.") % lot.left,
            )  # fmt: skip
        self.fields["why"] = forms.CharField(
            label=lazy("D’où viennent les différences"), max_length=200, required=False,
            help_text=lazy("« Nous ne savons pas » est une réponse."),
        )  # fmt: skip

    def given(self) -> dict[str, Any]:
        found = {
            int(name.removeprefix("lot_")): units
            for name, units in self.cleaned_data.items()
            if name != "why" and units is not None
        }
        return {"found": found, "why": self.cleaned_data["why"]}


def show(request: HttpRequest, pk: int) -> HttpResponse:
    """This function will show the lots to count, and write the inventory."""
    actor = request.actor  # type: ignore[attr-defined]
    site = visible_site(request, pk, *KEEPS_STOCK)
    if not permissions.can_keep(actor, site):
        raise Http404
    lots = list(queries.lots_of(pk))
    form = CountForm(request.POST or None, about=lots)
    given = {"site": pk, "by": actor, "at": timezone.now()}
    if request.method == "POST" and attempt(form, supplies.count_stock, **given):
        messages.success(
            request, _("L’inventaire est écrit ; le stock est ce que vous avez compté.")
        )
        return redirect("desk:supplies_site", pk)
    context = {"site": site, "form": form, "lots": lots, "last": queries.last_count(pk)}
    return render(request, "desk/supplies/count.html", context)
