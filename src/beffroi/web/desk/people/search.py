"""Looking for a person: what is typed goes by the body of the request, never by the address."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from beffroi.people import services as people
from beffroi.web.desk.people import words

_LONGEST = 120


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest) -> HttpResponse:
    """This function will show the search and, once something was typed, whom it found.

    A number or a reference that names one person leads straight to her.
    """
    typed = request.POST.get("mots", "").strip()[:_LONGEST]
    found = []
    if typed:
        found = people.search_persons(
            words=typed, by=request.actor, at=timezone.now()  # type: ignore[attr-defined]
        )  # fmt: skip
    if len(found) == 1 and found[0].score >= 2 and not request.headers.get("HX-Request"):
        return redirect("desk:person", found[0].reference)
    context = {
        "typed": typed,
        "count": len(found),
        "columns": words.columns(),
        "rows": [words.row(one) for one in found],
        "empty": {
            "title": _("Personne ne ressemble à cela."),
            "text": _("Essayez un autre morceau du nom, l’année de naissance, ou entrez-la."),
        },
    }
    name = "_found" if request.headers.get("HX-Request") else "search"
    return render(request, f"desk/people/{name}.html", context)
