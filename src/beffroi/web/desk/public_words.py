"""What the public reads of a report of graffiti: written by an agent, never the person's words."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from beffroi.acts.requests import services as requests
from beffroi.acts.requests.enums import FormKind
from beffroi.acts.requests.public_reports import PUBLIC_WORDS


class WordsForm(forms.Form):
    """The words of one report."""

    words = forms.CharField(
        label=gettext_lazy("Ce que tout le monde peut lire"),
        help_text=gettext_lazy(
            "Sans nom, sans numéro de maison, sans rien qui fasse reconnaître une personne."
            " Vide : une phrase neutre."
        ),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=300,
        required=False,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, reference: str) -> HttpResponse:
    """This function will let an agent write what the public reads of a report."""
    actor, now = request.actor, timezone.now()  # type: ignore[attr-defined]
    report: Any = requests.read_file(reference=reference, by=actor, at=now)
    if report.kind != FormKind.GRAFFITI:
        raise Http404
    form = WordsForm(request.POST or None, initial={"words": report.answers.get(PUBLIC_WORDS, "")})
    if request.method == "POST" and form.is_valid():
        requests.say_publicly(
            reference=reference, words=form.cleaned_data["words"], by=actor, at=now
        )
        messages.success(request, _("C’est noté : le public lit ces mots."))
        return redirect("desk:public_words", reference=reference)
    given = [report.answers.get(key, "") for key in ("address", "description")]
    status = 422 if form.errors else 200
    context = {"form": form, "report": report, "given": [words for words in given if words]}
    return render(request, "desk/public_words.html", context, status=status)
