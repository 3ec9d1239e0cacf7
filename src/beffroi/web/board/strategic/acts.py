"""Acts of whoever steers a strategic plan, each on its own page: nothing typed is ever lost."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from beffroi.core.errors import NotAllowed
from beffroi.steering import services as steering
from beffroi.steering.permissions import can_note_decision, can_steer
from beffroi.steering.services.strategic import FIELDS, LINKS
from beffroi.steering.strategic_enums import ADOPTS, ORIGINS, Level, Organisation
from beffroi.steering.strategic_queries import level_below
from beffroi.web.board.common import actor_of
from beffroi.web.board.strategic import common, forms
from beffroi.web.sections import Section

if TYPE_CHECKING:
    from beffroi.steering.models import Element, StrategicPlan

Made = Callable[[HttpRequest, "StrategicPlan", "Element | None"], common.Deed]


def act(request: HttpRequest, plan: str, act: str) -> HttpResponse:
    """This function will show the form of an act, do it, and go back to what it was about.

    Raises: Http404 for an act that is not, or an element it is not for; NotAllowed.
    """
    held, actor = common.the_strategic(request, plan), actor_of(request)
    if act not in _ACTS:
        raise Http404(act)
    title, make, may = _ACTS[act]
    if not may(actor):
        raise NotAllowed(_("Ce plan ne se modifie pas depuis votre poste."))
    ref = request.GET.get("sur", "")
    row = common.the_element(actor, held, ref) if ref else None
    deed = make(request, held, row)
    back = common.element_url(row) if row else reverse("board:strategic_plan", args=[held.key])
    done = common.answered(request, [deed], back)
    if done is not None:
        return done
    shown = deed.act
    shown.action = f"?acte={act}" + (f"&sur={ref}" if ref else "")
    crumbs = common.crumbs(held, *([{"label": row.reference, "url": back}] if row else []))
    about = f"{row.reference} · {row.title}" if row else held.name
    sections = [Section(about, acts=[shown])]
    return common.page(request, title(), "", sections, [deed], crumbs=crumbs)


def _wanted(row: Element | None) -> Element:
    if row is None:
        raise Http404
    return row


def _values(form: forms.ElementForm, data: dict[str, Any]) -> dict[str, Any]:
    return {name: data[name] for name in (*FIELDS, *LINKS) if name in form.fields}


def _edit(request: HttpRequest, plan: StrategicPlan, row: Element | None) -> common.Deed:
    held = _wanted(row)
    initial = {name: getattr(held, name) for name in (*FIELDS, "version")}
    initial |= {name: getattr(held, name).all() for name in LINKS}
    form = forms.ElementForm(
        common.bound(request, "modifier"), initial=initial, plan=plan, level=held.level,
        actor=actor_of(request),
    )  # fmt: skip

    def do(data: dict[str, Any]) -> str:
        steering.edit_element(
            element=held, values=_values(form, data), version=data["version"] or 0,
            **common.who(request),
        )  # fmt: skip
        return _("%(ref)s est modifié ; ce qu’il disait avant reste dans son histoire.") % {"ref": held.reference}  # fmt: skip

    return common.Deed("modifier", _("Enregistrer"), form, do, variant="")


def _add(request: HttpRequest, plan: StrategicPlan, row: Element | None) -> common.Deed:
    level = Level.STRATEGIC if row is None else level_below(row)
    if level is None:
        raise Http404
    form = forms.ElementForm(
        common.bound(request, "ajouter"), plan=plan, level=level, actor=actor_of(request)
    )

    def do(data: dict[str, Any]) -> str:
        values = {n: v for n, v in _values(form, data).items() if v is not None or n != "weight"}
        made = steering.add_element(
            plan=plan, level=level, parent=row, part=data.get("part", ""), values=values,
            **common.who(request),
        )  # fmt: skip
        return _("%(ref)s est au plan.") % {"ref": made.reference}

    label = _("Ajouter : %(level)s") % {"level": str(level.label).lower()}
    return common.Deed("ajouter", label, form, do, variant="")


def _budget(request: HttpRequest, plan: StrategicPlan, row: Element | None) -> common.Deed:
    held = _wanted(row)
    form = forms.BudgetForm(
        common.bound(request, "budget"), initial={"year": timezone.localdate().year}
    )

    def do(data: dict[str, Any]) -> str:
        parts = {name: data[name] or Decimal(0) for name in ORIGINS}
        made = steering.set_element_budget(
            element=held, year=data["year"], amount=data["amount"], parts=parts,
            comment=data["comment"], **common.who(request),
        )  # fmt: skip
        return _("Le budget de %(year)s est enregistré.") % {"year": made.year}

    hint = _("Les parts disent d’où vient l’argent ; ensemble elles font exactement 100 %.")
    return common.Deed("budget", _("Enregistrer ce budget"), form, do, hint=hint, variant="")


def _measure(request: HttpRequest, plan: StrategicPlan, row: Element | None) -> common.Deed:
    held = _wanted(row)
    form = forms.MeasureForm(common.bound(request, "mesurer"), element=held)

    def do(data: dict[str, Any]) -> str:
        steering.measure_element(element=held, **data, **common.who(request))
        return _("L’action est mesurée : le chiffre vient des actes.")

    return common.Deed("mesurer", _("Suivre cet indicateur"), form, do, variant="")


def _decide(request: HttpRequest, plan: StrategicPlan, row: Element | None) -> common.Deed:
    initial = {"on": timezone.localdate(), "body": ADOPTS[Organisation(plan.organisation)]}
    form = forms.DecisionForm(
        common.bound(request, "decision"), initial=initial, of_plan=row is None
    )

    def do(data: dict[str, Any]) -> str:
        steering.note_strategic_decision(plan=plan, element=row, **data, **common.who(request))
        return _("La décision est notée.")

    return common.Deed("decision", _("Noter cette décision"), form, do, variant="")


def _name(request: HttpRequest, plan: StrategicPlan, row: Element | None) -> common.Deed:
    form = forms.PersonForm(common.bound(request, "nommer"), today=timezone.localdate())

    def do(data: dict[str, Any]) -> str:
        made = steering.name_responsible(plan=plan, **data, **common.who(request))
        return _("%(person)s peut maintenant être choisi.") % {"person": made}

    return common.Deed("nommer", _("Nommer cette personne"), form, do, variant="")


def _civility(request: HttpRequest, plan: StrategicPlan, row: Element | None) -> common.Deed:
    initial = {"said": timezone.localdate()}
    form = forms.CivilityForm(common.bound(request, "civilite"), initial=initial, plan=plan)

    def do(data: dict[str, Any]) -> str:
        steering.say_civility(**data, **common.who(request))
        return _("La civilité est notée, comme la personne l’a dite.")

    return common.Deed("civilite", _("Noter cette civilité"), form, do, variant="")


_ACTS: dict[str, tuple[Callable[[], str], Made, Callable[[Any], bool]]] = {
    "modifier": (lambda: _("Modifier"), _edit, can_steer),
    "ajouter": (lambda: _("Ajouter au plan"), _add, can_steer),
    "budget": (lambda: _("Donner un budget"), _budget, can_steer),
    "mesurer": (lambda: _("Suivre un indicateur"), _measure, can_steer),
    "decision": (lambda: _("Noter une décision"), _decide, can_note_decision),
    "nommer": (lambda: _("Nommer un responsable"), _name, can_steer),
    "civilite": (lambda: _("Noter la civilité d’un agent"), _civility, can_steer),
}
