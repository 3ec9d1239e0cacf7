"""What keeps a file true: changes, contradictions, facts corrected, how long it is kept."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from beffroi.casework import after_queries, queries, rectifying
from beffroi.casework import services as casework
from beffroi.casework.enums import GrantState
from beffroi.casework.permissions import files_visible_to, led_teams
from beffroi.casework.retention import kept_until
from beffroi.core.errors import NotAllowed, Refusal
from beffroi.people import services as people
from beffroi.people.checkers import contradictions
from beffroi.people.permissions import barred_persons
from beffroi.web.desk.files import after_forms as forms
from beffroi.web.desk.files import words
from beffroi.web.desk.files.application import Act, tell
from beffroi.web.desk.files.fields import ActForm


def _acts() -> dict[str, tuple[type[ActForm], str, str, str]]:
    """Each act: its form, its title, its button, what it says once done."""
    rectified = _("C’est rectifié ; voyez ci-dessous ce qui reposait dessus.")
    return {
        "declare_change": (forms.ChangeForm, _("Noter un changement"), _("Garder"),
                           _("Le changement est gardé.")),
        "settle_change": (forms.SettleForm, _("Donner sa suite à un changement"), _("Garder"),
                          _("Le changement a sa suite.")),
        "rectify": (forms.RectifyForm, _("Rectifier un montant gardé"), _("Rectifier"),
                    _("Le montant est rectifié ; voyez ci-dessous ce qui reposait dessus.")),
        "rectify_asset": (forms.RectifyAssetForm, _("Rectifier un bien gardé"), _("Rectifier"), rectified),
        "rectify_household": (forms.RectifyHouseholdForm, _("Rectifier la composition du ménage"),
                              _("Rectifier"), rectified),
        "rectify_category": (forms.RectifyCategoryForm, _("Rectifier la catégorie"),
                             _("Rectifier"), rectified),
        "rectify_date": (forms.RectifyDateForm, _("Rectifier une date"), _("Rectifier"), rectified),
        "rested": (forms.RestedForm, _("Chercher ce qui reposait sur un fait"), _("Chercher"), ""),
        "hold": (forms.HoldForm, _("Geler ce dossier, ou lever le gel"), _("Garder"),
                 _("C’est gardé.")),
    }  # fmt: skip


_SERVICES: dict[str, Any] = {
    "declare_change": casework.declare_change, "settle_change": casework.settle_change,
    "rectify": casework.rectify_resource, "rectify_asset": casework.rectify_asset,
    "rectify_household": casework.rectify_household,
    "rectify_category": casework.rectify_category, "rectify_date": casework.rectify_date,
    "rested": casework.find_rested, "hold": casework.hold,
}  # fmt: skip


@require_safe
def show(request: HttpRequest, number: str) -> HttpResponse:
    """This function will show what does not fit in a file, what changed, and how long it is kept."""
    try:
        context = _context(request, number.upper())
    except casework.ReasonNeeded:
        return redirect("desk:file", number)
    return render(request, "desk/files/following.html", context)


def _context(
    request: HttpRequest, number: str, bound: ActForm | None = None, rested: Any = None
) -> dict[str, Any]:
    actor = request.actor  # type: ignore[attr-defined]
    today = timezone.localdate()
    file = casework.read_file(number=number, by=actor, at=timezone.now())
    barred = barred_persons(actor)
    found = contradictions(file.person, today, ("people", "casework"))
    return {
        "file": file,
        "contradictions": [one for one in found if not one.others & barred],
        "changes": list(file.changes.order_by("-declared_at")),
        "stale": [
            {"grant": grant, "what": ", ".join(names)}
            for grant, names in rectifying.stale_decisions(file)
        ],
        "rested": rested,
        "kept_until": kept_until(file),
        "acts": _offered(request, file, bound),
        "bound": bound,
    }


def _offered(request: HttpRequest, file: Any, bound: ActForm | None) -> list[Act]:
    leads = file.team.key in led_teams(request.actor)  # type: ignore[attr-defined]
    found = []
    for key, (_form, title, button, _done) in _acts().items():
        is_open = bound is not None and bound.act == key
        form = bound if bound is not None and is_open else _new_form(key, file)
        if (key == "hold" and not leads) or _is_empty(key, form):
            continue
        found.append(Act(key, title, button, form, is_open))
    return found


def _new_form(key: str, file: Any, data: Any = None) -> ActForm:
    form = _acts()[key][0](data, application=file, auto_id=f"{key}-%s")
    form.act = key
    if key == "settle_change":
        form.fields["change"].choices = [  # type: ignore[attr-defined]
            (one.pk, one.what) for one in after_queries.open_changes(file)
        ]
        form.fields["grant"].choices = [  # type: ignore[attr-defined]
            ("", "—"),
            *(
                (one.reference, f"{words.aid_label(one.kind)}, {one.reference}")
                for one in queries.grants_of(file)
                if one.state != GrantState.ENDED
            ),
        ]
    if key in _CHOOSES and key != "settle_change":
        form.fields[_CHOOSES[key]].choices = _rectifiable(key, file)  # type: ignore[attr-defined]
    return form


#: The field of each act that chooses among what the file holds: without a choice, it is not offered.
_CHOOSES = {
    "settle_change": "change", "rectify": "resource", "rectify_asset": "asset",
    "rectify_household": "who", "rectify_category": "application", "rectify_date": "fact",
}  # fmt: skip


def _is_empty(key: str, form: ActForm) -> bool:
    return key in _CHOOSES and not form.fields[_CHOOSES[key]].choices  # type: ignore[attr-defined]


def _rectifiable(key: str, file: Any) -> list[tuple[Any, str]]:
    """What a file holds that an act may correct, in words."""
    if key == "rectify":
        return [
            (pk, f"{label} : {words.euros(amount)}")
            for pk, label, amount in after_queries.own_resources(file)
        ]
    newest = after_queries.newest_applications(file)
    named = [(one, f"{words.aid_label(one.kind)}, {one.reference}") for one in newest]
    assets = [(good, label) for one, label in named for good in one.assets.all()]
    if key == "rectify_asset":
        return [
            (good.pk, f"{good.label} : {words.euros(good.amount)} ({label})")
            for good, label in assets
        ]
    if key == "rectify_category":
        return [(one.reference, label) for one, label in named if one.kind == "living_income"]
    if key == "rectify_date":
        asked = [
            (f"application:{one.reference}", _("%(aid)s : demandée à partir du %(day)s") % {
                "aid": label, "day": words.day(one.wanted_from)})
            for one, label in named
        ]  # fmt: skip
        return asked + [
            (f"asset:{good.pk}", _("%(good)s : cédé le %(day)s") % {
                "good": good.label, "day": words.day(date.fromisoformat(good.details["date"]))})
            for good, _label in assets if good.details.get("date")
        ]  # fmt: skip
    people = [
        (f"{one.reference}:{who.pk}", f"{who.name}, {who.get_relation_display()} ({label})")
        for one, label in named for who in one.cohabitants.all()
    ]  # fmt: skip
    missed = _("Quelqu’un qui manquait (%(aid)s)")
    return people + [(f"{one.reference}:", missed % {"aid": label}) for one, label in named]


@require_POST
def act(request: HttpRequest, number: str, act: str) -> HttpResponse:
    """This function will do one act on what follows in a file; refused, the page says why."""
    visible = files_visible_to(request.actor)  # type: ignore[attr-defined]
    visible = visible.select_related("team", "person").filter(number=number)
    file = visible.first()
    if file is None:
        raise Http404
    if act == "expliquer":
        return _explain(request, file)
    if act == "reviser":
        return _revise(request, number)
    if act not in _acts():
        raise Http404
    form = _new_form(act, file, request.POST)
    rested = _done(request, number, act, form) if form.is_valid() else None
    if form.is_valid() and rested is None:
        return redirect("desk:file_following", number)
    if form.is_valid():
        form = _new_form(act, file)
    context = _context(request, number, form if form.is_bound else None, rested)
    return render(request, "desk/files/following.html", context)


def _done(request: HttpRequest, number: str, act: str, form: ActForm) -> Any:
    """Does the act; gives what rested on a fact, where it is asked. A refusal goes on the form."""
    try:
        found = _SERVICES[act](
            number=number, by=request.actor, at=timezone.now(),  # type: ignore[attr-defined]
            **form.given(),
        )  # fmt: skip
    except NotAllowed:
        raise
    except Refusal as refused:
        tell(form, refused)
        return None
    if said := _acts()[act][3]:
        messages.success(request, said)
    return found if act == "rested" or act.startswith("rectify") else None


def _explain(request: HttpRequest, file: Any) -> HttpResponse:
    """Keeps why a contradiction of the file is none."""
    try:
        casework.read_file(number=file.number, by=request.actor, at=timezone.now())  # type: ignore[attr-defined]
        people.explain_contradiction(
            reference=file.person.reference, key=request.POST.get("key", ""),
            why=request.POST.get("why", ""), rooms=("people", "casework"),
            by=request.actor, at=timezone.now(),  # type: ignore[attr-defined]
        )  # fmt: skip
    except NotAllowed:
        raise
    except Refusal as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("L’explication est gardée."))
    return redirect("desk:file_following", file.number)


def _revise(request: HttpRequest, number: str) -> HttpResponse:
    """Opens the revision of each grant that was ticked."""
    try:
        opened = casework.revise_what_rested(
            number=number, grants=request.POST.getlist("grant"), why=request.POST.get("why", ""),
            by=request.actor, at=timezone.now(),  # type: ignore[attr-defined]
        )  # fmt: skip
    except NotAllowed:
        raise
    except Refusal as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("%(n)s révision(s) ouverte(s).") % {"n": len(opened)})
    return redirect("desk:file_following", number)
