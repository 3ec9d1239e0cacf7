"""The acts of the board: each is a form, one service, and a sentence of what was done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django import forms as django_forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from beffroi.core.errors import NotAllowed, Refusal
from beffroi.core.text import whole_number
from beffroi.steering import accounts, permissions, queries
from beffroi.steering import services as steering
from beffroi.steering.services import ConventionDraft, CostDraft, IndicatorDraft
from beffroi.web.board import forms
from beffroi.web.board.again import shown_again
from beffroi.web.board.common import actor_of, the_line, the_plan
from beffroi.web.board.strategic.common import tell

if TYPE_CHECKING:
    from beffroi.core.actors import Actor

_CHANGE = ("local_title", "objective", "publics", "sites", "completes", "responsible", "expected")


@dataclass(frozen=True)
class Asked:
    """What a form asked: the thing it is about, its fields, by whom and when."""

    request: HttpRequest
    ref: str
    data: dict[str, Any]
    by: Actor
    at: datetime

    @property
    def who(self) -> dict[str, Any]:
        return {"by": self.by, "at": self.at}

    @property
    def pair(self) -> tuple[str, int]:
        """This property gives the plan and the number in « plan/12 »."""
        key, _slash, number = self.ref.partition("/")
        return key, whole_number(number) or 0


def _line(a: Asked) -> Any:
    return the_line(a.request, *a.pair)


def _indicator(a: Asked, pk: object) -> Any:
    row = queries.indicator(whole_number(str(pk)) or 0)
    if row is None or not permissions.can_read_board(a.by):
        raise Http404(str(pk))
    return row


def _change(a: Asked) -> Any:
    key, number = a.pair
    row = queries.changes_of(the_plan(a.request, key)).filter(number=number).first()
    if row is None:
        raise Http404(a.ref)
    return row


def _tell(a: Asked) -> str:
    row = steering.tell_year(line=_line(a), **a.data, **a.who)
    return _("Ce que vous dites de %(year)s est enregistré.") % {"year": row.year}


def _follow(a: Asked) -> str:
    data = dict(a.data)
    data["is_ascending"] = data.pop("direction") == "up"
    data["refs"] = tuple(data["refs"])
    row = steering.follow(line=_line(a), draft=IndicatorDraft(**data), **a.who)
    return _("« %(label)s » est suivi.") % {"label": row.label}


def _aim(a: Asked) -> str:
    data = dict(a.data)
    row = _indicator(a, data.pop("indicator"))
    target = steering.aim(indicator=row, **data, **a.who)
    return _("La cible de %(year)s est fixée.") % {"year": target.year}


def _type(a: Asked) -> str:
    steering.type_month(indicator=_indicator(a, a.ref), **a.data, **a.who)
    return _("Le mois est encodé.")


def _retire(a: Asked) -> str:
    steering.retire_indicator(indicator=_indicator(a, a.ref), **a.data, **a.who)
    return _("Cet indicateur n’est plus suivi ; ses chiffres passés restent.")


def _ask(a: Asked) -> str:
    plan, data = the_plan(a.request, a.ref), a.data
    line = the_line(a.request, plan.key, int(data["line"])) if data["line"] else None
    proposed = {name: data[name] for name in ("code", "delivery", "partner", *_CHANGE)}
    row = steering.ask_change(
        plan=plan, kind=data["kind"], line=line, proposed=proposed, reason=data["reason"], **a.who
    )
    return _("La demande %(number)s est prête pour la commission.") % {"number": row.number}


def _opinion(a: Asked) -> str:
    steering.see_change(change=_change(a), **a.data, **a.who)
    return _("L’avis est noté.")


def _decide(a: Asked) -> str:
    data = dict(a.data)
    granted = data.pop("granted") == "yes"
    steering.decide_change(change=_change(a), granted=granted, **data, **a.who)
    return _("La décision est notée.")


def _apply(a: Asked) -> str:
    row = steering.apply_change(change=_change(a), **a.who)
    number = row.version.number if row.version else 0
    return _("Le plan a une nouvelle version : la %(number)s.") % {"number": number}


def _drop(a: Asked) -> str:
    steering.drop_change(change=_change(a), **a.who)
    return _("La demande est abandonnée.")


def _partner(a: Asked) -> str:
    row = steering.add_partner(**a.data, **a.who)
    return _("%(name)s peut maintenant être choisi.") % {"name": row.name}


def _agree(a: Asked) -> str:
    plan, data = the_plan(a.request, a.ref), dict(a.data)
    lines = [the_line(a.request, plan.key, int(number)) for number in data.pop("lines")]
    data["partner"] = queries.partners().get(name=data["partner"])
    row = steering.draft_convention(plan=plan, lines=lines, draft=ConventionDraft(**data), **a.who)
    return _("La convention %(reference)s est préparée.") % {"reference": row.reference}


def _move(a: Asked) -> str:
    _seen(a)
    row = steering.move_convention(reference=a.ref, **a.data, **a.who)
    return _("La convention est maintenant : %(state)s.") % {"state": row.get_state_display()}


def _seen(a: Asked) -> None:
    if not permissions.conventions_visible_to(a.by).filter(reference=a.ref).exists():
        raise Http404(a.ref)


def _pay(a: Asked) -> str:
    _seen(a)
    steering.pay_tranche(reference=a.ref, **a.data, **a.who)
    return _("Le paiement est noté.")


def _prove(a: Asked) -> str:
    _seen(a)
    steering.receive_proof(reference=a.ref, **a.data, **a.who)
    return _("La preuve est notée ; elle reste à contrôler.")


def _check(a: Asked) -> str:
    proof = queries.proof(whole_number(a.ref) or 0)
    if proof is None:
        raise Http404(a.ref)
    steering.check_proof(proof=proof.pk, **a.data, **a.who)
    return _("Le contrôle est noté.")


def _year_plan(a: Asked) -> dict[str, Any]:
    key, year = a.pair
    return {"plan": the_plan(a.request, key), "year": year}


def _line_of(a: Asked, data: dict[str, Any]) -> Any:
    number = data.pop("line")
    return the_line(a.request, a.pair[0], int(number)) if number else None


def _spend(a: Asked) -> str:
    data = dict(a.data)
    data["line"] = _line_of(a, data)
    part, other = data.pop("share") / 100, data.pop("other_funding")
    data["shares"] = {"pcs": part} if part else {}
    if other and part < 1:
        data["shares"][other] = 1 - part
    steering.charge(**_year_plan(a), draft=CostDraft(**data), **a.who)
    return _("La dépense est enregistrée.")


def _budget(a: Asked) -> str:
    data = dict(a.data)
    data["line"] = _line_of(a, data)
    steering.set_budget(**_year_plan(a), **data, **a.who)
    return _("Le budget est enregistré.")


def _notify(a: Asked) -> str:
    steering.notify_subsidy(**_year_plan(a), **a.data, **a.who)
    return _("La subvention est enregistrée.")


def _read(a: Asked) -> str:
    content = a.data["file"].read()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("latin-1")
    added, there = steering.import_accounts(plan=_year_plan(a)["plan"], content=text, **a.who)
    return _("%(added)s lignes lues ; %(there)s l’étaient déjà.") % {"added": added, "there": there}


def _charge_row(a: Asked) -> str:
    data = dict(a.data)
    line = _line_of(a, data)
    row = accounts.rows_to_charge(**_year_plan(a)).get(pk=data.pop("row"))
    steering.charge_row(row=row, line=line, **data, **a.who)
    return _("Le mandat %(mandate)s est à charge du plan.") % {"mandate": row.mandate}


def _explain(a: Asked) -> str:
    steering.explain(**_year_plan(a), **a.data, **a.who)
    return _("L’explication est enregistrée.")


def _freeze(a: Asked) -> str:
    done = steering.freeze(**_year_plan(a), **a.data, **a.who)
    return _("La révision %(n)s dit les chiffres de maintenant.") % {"n": done.revision}


def _move_report(a: Asked) -> str:
    data = dict(a.data)
    about = _year_plan(a)
    rows = queries.reports_of(about["plan"])
    report = rows.filter(year=about["year"], kind=data.pop("kind")).first()
    if report is None:
        raise Http404(a.ref)
    steering.move_report(report=report, **data, **a.who)
    return _("Le rapport est maintenant : %(state)s.") % {"state": report.get_state_display()}


def _announce(a: Asked) -> str:
    steering.announce_council(plan=_year_plan(a)["plan"], **a.data, **a.who)
    return _("La séance est ajoutée au calendrier.")


def _drop_council(a: Asked) -> str:
    steering.drop_council(plan=_year_plan(a)["plan"], **a.data, **a.who)
    return _("La séance est retirée du calendrier.")


def _write(a: Asked) -> str:
    steering.write_text(**_year_plan(a), **a.data, **a.who)
    return _("Ce texte est enregistré.")


def _money_form(
    made: Callable[..., django_forms.Form],
) -> Callable[[HttpRequest], django_forms.Form]:
    def form(asked: HttpRequest) -> django_forms.Form:
        key, _slash, year = asked.POST.get("ref", "").partition("/")
        plan = the_plan(asked, key)
        choices = forms.money_choices(plan)
        if number := whole_number(year):
            rows = accounts.rows_to_charge(plan, number)
            choices["row"] = [(str(pk), str(pk)) for pk in rows.values_list("pk", flat=True)]
            functions = accounts.reconcile(plan, number)
            choices["function"] = [(one.function, one.function) for one in functions]
        return made(asked.POST, choices=choices)

    return form


def _change_form(asked: HttpRequest) -> django_forms.Form:
    plan = the_plan(asked, asked.POST.get("ref", ""))
    return forms.ChangeForm(asked.POST, choices=forms.change_choices(plan))


def _convention_form(asked: HttpRequest) -> django_forms.Form:
    plan = the_plan(asked, asked.POST.get("ref", ""))
    return forms.ConventionForm(asked.POST, choices=forms.convention_choices(plan))


def _plain(form: type[django_forms.Form]) -> Callable[[HttpRequest], django_forms.Form]:
    return lambda asked: form(asked.POST)


ACTS: dict[str, tuple[Callable[[HttpRequest], django_forms.Form], Callable[[Asked], str]]] = {
    "dire": (_plain(forms.YearForm), _tell),
    "suivre": (_plain(forms.FollowForm), _follow),
    "viser": (_plain(forms.AimForm), _aim),
    "encoder": (_plain(forms.MonthForm), _type),
    "arreter": (_plain(forms.DayForm), _retire),
    "demander": (_change_form, _ask),
    "avis": (_plain(forms.OpinionForm), _opinion),
    "decider": (_plain(forms.DecisionForm), _decide),
    "appliquer": (_plain(django_forms.Form), _apply),
    "abandonner": (_plain(django_forms.Form), _drop),
    "partenaire": (_plain(forms.PartnerForm), _partner),
    "convenir": (_convention_form, _agree),
    "avancer": (_plain(forms.MoveForm), _move),
    "payer": (_plain(forms.TrancheForm), _pay),
    "prouver": (_plain(forms.ProofForm), _prove),
    "controler": (_plain(forms.CheckForm), _check),
    "depenser": (_money_form(forms.CostForm), _spend),
    "prevoir": (_money_form(forms.BudgetForm), _budget),
    "notifier": (_plain(forms.SubsidyForm), _notify),
    "lire": (lambda asked: forms.AccountsForm(asked.POST, asked.FILES), _read),
    "charger": (_money_form(forms.RowForm), _charge_row),
    "figer": (_plain(forms.FreezeForm), _freeze),
    "suivre-rapport": (_plain(forms.ReportMoveForm), _move_report),
    "annoncer": (_plain(forms.CouncilForm), _announce),
    "retirer": (_plain(forms.DayForm), _drop_council),
    "ecrire": (_plain(forms.TextForm), _write),
    "expliquer": (_money_form(forms.ExplainForm), _explain),
}


@require_POST
def act(request: HttpRequest, act: str) -> HttpResponse:
    """This function will do one act and go back to the page the form was on; refused, it comes back there."""
    if act not in ACTS:
        raise Http404(act)
    made, do = ACTS[act]
    form = made(request)
    if form.is_valid():
        asked = Asked(
            request, request.POST.get("ref", ""), form.cleaned_data, actor_of(request), timezone.now()
        )  # fmt: skip
        try:
            messages.success(request, do(asked))
        except NotAllowed:
            raise
        except Refusal as refused:
            tell(form, refused)
    back = request.POST.get("retour", "")
    back = back if back.startswith("/board/") else reverse("board:home")
    if form.errors and (page := shown_again(request, act, form, back)) is not None:
        return page
    for name, faults in form.errors.items():
        label = f"{form.fields[name].label} : " if name in form.fields else ""
        messages.error(request, f"{label}{' '.join(map(str, faults))}")
    return redirect(back)
