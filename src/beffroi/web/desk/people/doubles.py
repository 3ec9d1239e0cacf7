"""Entries that may be one person: the list, the two side by side, the answer."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from beffroi.core.actors import Actor
from beffroi.people import services as people
from beffroi.people.page import PersonPage, duplicate_pairs, person_page
from beffroi.people.permissions import can_merge
from beffroi.web.desk.people import words


@never_cache
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """This function will list the pairs that wait for an answer, nearest first."""
    pairs = duplicate_pairs(request.actor)  # type: ignore[attr-defined]
    people.note_list_read(
        references=[ref for one, double in pairs for ref in (one.reference, double.other.reference)],
        name="doublons", by=request.actor, at=timezone.now(),  # type: ignore[attr-defined]
    )  # fmt: skip
    heads = (_("Deux entrées"), _("Pourquoi"), _("Ressemblance"))
    context = {
        "columns": [{"label": head} for head in heads],
        "rows": [_row(one, double) for one, double in pairs],
        "empty": {
            "title": _("Aucun doublon n’attend de réponse."),
            "text": _("La recherche se fait à chaque entrée et chaque nuit."),
        },
    }
    return render(request, "desk/people/duplicates.html", context)


def _row(one: Any, double: Any) -> list[dict[str, Any]]:
    other = double.other
    return [
        {"text": f"{one.name} · {other.name}", "sub": f"{one.reference} · {other.reference}",
         "url": reverse("desk:duplicate", args=[one.reference, other.reference])},
        {"text": ", ".join(double.reasons)},
        {"text": f"{round(double.score * 100)} %"},
    ]  # fmt: skip


@never_cache
@require_safe
def compare(request: HttpRequest, first: str, second: str) -> HttpResponse:
    """This function will show two entries side by side, and what a merge would keep of each."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    pages = []
    for reference in (first, second):
        person = people.read_person(
            reference=reference, by=actor, at=timezone.now(), reason=_("Doublon possible")
        )
        if person.reference != reference.upper():
            return redirect("desk:person", person.reference)
        pages.append(person_page(person, actor, timezone.localdate()))
    if pages[0].person.pk == pages[1].person.pk:
        raise Http404
    context = {
        "first": pages[0].person,
        "second": pages[1].person,
        "rows": _compared(*pages),
        "may_merge": can_merge(actor),
        "is_proposed": any(d.other.id == pages[1].person.pk for d in pages[0].doubles),
    }
    return render(request, "desk/people/compare.html", context)


def _compared(one: PersonPage, other: PersonPage) -> list[dict[str, Any]]:
    """Each fact of both; `take` names what the merge may take from the second."""

    def row(label: str, read: Any, take: str = "") -> dict[str, Any]:
        mine, hers = read(one), read(other)
        differs = mine != hers
        return {
            "label": label, "one": mine, "other": hers, "differs": differs,
            "take": take if differs and hers else "", "preset": bool(differs and hers and not mine),
        }  # fmt: skip

    def lines(read: Any) -> Any:
        return lambda page: " · ".join(read(page))

    return [
        row(_("Nom et prénoms"), lambda p: str(p.person), "name"),
        row(_("Prénom d’usage"), lambda p: p.person.called_name, "called_name"),
        row(_("Naissance"), lambda p: words.birth(p.person.birth_date, p.person.birth_precision)
            if p.person.birth_date else "", "birth"),
        row(_("Lieu de naissance"), lambda p: p.person.birth_place, "birth_place"),
        row(_("Genre"), lambda p: str(p.person.get_gender_display()) if p.person.gender else "",
            "gender"),
        row(_("Nationalité"), lambda p: words.country(p.person.nationality), "nationality"),
        row(_("Courriers en"), lambda p: words.language(p.person.lang), "lang"),
        row(_("Décès"), lambda p: words.day(p.person.death_date) if p.person.is_deceased else "",
            "death"),
        row(_("Numéros"), lines(lambda p: [f"{n.kind_label} {n.value}" for n in p.numbers])),
        row(_("Adresses"), lines(lambda p: [", ".join(a.lines) for a in p.addresses])),
        row(_("Contacts"), lines(lambda p: [c.value for c in p.contacts])),
        row(_("Liens"), lines(lambda p: [f"{b.other.name} ({b.label})" for b in p.bonds])),
        row(_("Connue depuis"), lambda p: words.day(timezone.localdate(p.person.created_at))),
        row(_("Dossier"), lambda p: _("oui") if p.has_file else _("non")),
    ]  # fmt: skip


@require_POST
def decide(request: HttpRequest, first: str, second: str) -> HttpResponse:
    """This function will merge the two entries, or note that they are two persons."""
    actor, now = request.actor, timezone.now()  # type: ignore[attr-defined]
    why = request.POST.get("why", "")
    if request.POST.get("answer") == "two":
        people.dismiss_duplicate(first=first, second=second, why=why, by=actor, at=now)
        messages.success(request, _("C’est noté : ce sont deux personnes."))
        return redirect("desk:duplicates")
    people.merge(
        kept=first, absorbed=second, why=why, by=actor, at=now, take=request.POST.getlist("take")
    )
    messages.success(
        request,
        _("Les deux entrées sont une seule personne. Rien n’est perdu : vous pouvez défaire."),
    )
    return redirect("desk:person", first)


@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """This function will make two persons again of what was merged."""
    people.undo_merge(
        merge_id=pk, why=request.POST.get("why", ""), by=request.actor, at=timezone.now()  # type: ignore[attr-defined]
    )  # fmt: skip
    messages.success(request, _("Ce sont de nouveau deux personnes."))
    return redirect("desk:duplicates")
