"""The page of what a grant left: a card and its pharmacy, a guarantee, a stay and its months."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from beffroi.casework import record_queries as queries
from beffroi.casework import services as casework
from beffroi.casework.enums import GuaranteeState
from beffroi.core.actors import Actor
from beffroi.core.errors import InvalidInput, NotAllowed, Refusal
from beffroi.web.desk.files import record_forms as forms
from beffroi.web.desk.files import words


@dataclass(frozen=True)
class Act:
    """An act of a record: its form, its service, its words, and whether it makes sense now."""

    form: type[forms.RecordForm]
    service: Callable[..., Any]
    title: str
    button: str
    done: str
    when: Callable[[Any], bool] = lambda _record: True


def acts(kind: str) -> dict[str, Act]:
    """This function will give the acts of a kind of record, in the order of its page."""
    return {"card": _card, "guarantee": _guarantee, "placement": _placement, "stay": _stay}[kind]()


def _card() -> dict[str, Act]:
    return {
        "ligne": Act(forms.LineForm, casework.add_pharmacy_line,
            _("Entrer une ligne de pharmacie"), _("Ajouter"), _("La ligne est ajoutée."),
            lambda one: one.revoked_at is None),
        "liste": Act(forms.LookUpForm, casework.look_up_line, _("Chercher dans la liste"),
            _("Noter"), _("C’est noté."),
            lambda one: any(line.on_list is None for line in one.lines.all())),
        "regler": Act(forms.MonthForm, casework.settle_pharmacy_month,
            _("Régler les lignes d’un mois"), _("Vérifier et mettre en paiement"),
            _("Le mois est vérifié, et ce qui est accordé est en paiement."),
            lambda one: any(line.month_id is None for line in one.lines.all())),
        "pharmacie": Act(forms.PharmacyForm, casework.set_card_pharmacy,
            _("Noter la pharmacie et son compte"), _("Garder"), _("La pharmacie est notée."),
            lambda one: one.paid_to == "pharmacy"),
        "retirer": Act(forms.RevokeForm, casework.revoke_card, _("Retirer la carte"),
            _("Retirer"), _("La carte est retirée."), lambda one: one.revoked_at is None),
    }  # fmt: skip


def _guarantee() -> dict[str, Act]:
    return {
        "terminer": Act(forms.EndGuaranteeForm, casework.end_guarantee,
            _("La garantie prend fin"), _("Garder"), _("La fin de la garantie est gardée."),
            lambda one: one.state == GuaranteeState.ACTIVE),
    }  # fmt: skip


def _placement() -> dict[str, Act]:
    return {
        "mois": Act(forms.PlacementMonthForm, casework.settle_placement_month,
            _("Faire l’état de frais d’un mois"), _("Calculer et mettre en paiement"),
            _("L’état de frais est fait, et la maison de repos en paiement.")),
        "compte": Act(forms.HomeAccountForm, casework.set_placement_account,
            _("Noter le compte de la maison de repos"), _("Garder"), _("Le compte est noté.")),
        "enfant": Act(forms.ContributorForm, casework.add_contributor,
            _("Ajouter un enfant débiteur d’aliments"), _("Ajouter"), _("L’enfant est ajouté.")),
        "part": Act(forms.PartForm, casework.set_contributor_part,
            _("Noter la part décidée par le Conseil"), _("Garder"), _("La part est gardée."),
            lambda one: bool(one.contributors.all())),
        "sortie": Act(forms.LeaveForm, casework.leave_home, _("Le séjour prend fin"),
            _("Garder"), _("La fin du séjour est gardée."), lambda one: one.left_on is None),
    }  # fmt: skip


def _stay() -> dict[str, Act]:
    def is_here(one: Any) -> bool:
        return one.left_on is None

    return {
        "etape": Act(forms.PhaseForm, casework.change_phase, _("Noter une étape de la procédure"),
            _("Garder"), _("L’étape est gardée."), is_here),
        "absence": Act(forms.AbsenceForm, casework.note_absence, _("Noter des nuits ailleurs"),
            _("Garder"), _("L’absence est gardée."), is_here),
        "depart": Act(forms.LeaveReceptionForm, casework.leave_reception, _("Départ"),
            _("Garder"), _("Le départ est gardé."), is_here),
    }  # fmt: skip


@require_safe
def show(request: HttpRequest, number: str) -> HttpResponse:
    """This function will show a record, or ask why its file is opened out of the caseload."""
    try:
        return _page(request, number)
    except casework.ReasonNeeded:
        record = queries.record_visible_to(request.actor, number)  # type: ignore[attr-defined]
        return redirect("desk:file", record.grant.file.number)  # type: ignore[union-attr]


def _page(request: HttpRequest, number: str, bound: tuple[str, Any] | None = None) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    record = queries.record_visible_to(actor, number)
    if record is None:
        raise Http404
    file = casework.read_file(number=record.grant.file.number, by=actor, at=timezone.now())
    kind = queries.kind_of_record(number)
    offered = [
        {"key": key, "act": act, "is_open": bool(bound and bound[0] == key),
         "url": reverse("desk:record_act", args=[number, key]),
         "form": bound[1] if bound and bound[0] == key
         else act.form(record=record, auto_id=f"{key}-%s")}
        for key, act in acts(kind).items() if act.when(record)
    ]  # fmt: skip
    context = {
        "record": record, "file": file, "kind": kind, "acts": offered, "bound": bound and bound[1],
        "label": words.aid_label(record.grant.kind),
        "application": record.grant.decision.application, "facts": _FACTS[kind](record),
        "lines": queries.pharmacy_lines(record, actor) if kind == "card" else [],
    }  # fmt: skip
    return render(request, "desk/files/record.html", context)


@require_POST
def act(request: HttpRequest, number: str, act: str) -> HttpResponse:
    """This function will do one act on a record; refused, its page comes back with what was typed."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    record = queries.record_visible_to(actor, number)
    known = acts(queries.kind_of_record(number)).get(act) if record is not None else None
    if known is None:
        raise Http404
    form = known.form(request.POST, record=record, auto_id=f"{act}-%s")
    if form.is_valid():
        try:
            known.service(number=number, by=actor, at=timezone.now(), **form.given())
        except NotAllowed:
            raise
        except Refusal as refused:
            _tell(form, refused)
        else:
            messages.success(request, known.done)
            return redirect("desk:record", number)
    return _page(request, number, (act, form))


def _tell(form: forms.RecordForm, refused: Refusal) -> None:
    fields = refused.fields if isinstance(refused, InvalidInput) else {}
    for name, said in fields.items():
        form.add_error(name if name in form.fields else None, said)
    if not fields:
        form.add_error(None, str(refused))


def _fact(label: str, value: str) -> dict[str, str]:
    return {"label": label, "value": value} if value else {"label": label, "state": "unknown"}


def _card_facts(card: Any) -> list[dict[str, str]]:
    cap = words.euros(card.monthly_cap) if card.monthly_cap is not None else _("aucun")
    found = [
        _fact(_("Valable"), _("du %(first)s au %(last)s") % {
            "first": words.day(card.first_day), "last": words.day(card.last_day)}),
        _fact(_("Plafond par mois"), cap),
        _fact(_("Payé à"), str(card.get_paid_to_display())),
        _fact(_("Pharmacie"), card.pharmacy),
    ]  # fmt: skip
    if card.revoked_at:
        found.append(_fact(_("Retirée"), card.revoked_why))
    return found


def _guarantee_facts(held: Any) -> list[dict[str, str]]:
    found = [
        _fact(_("Forme"), str(held.get_form_display())), _fact(_("Montant"), words.euros(held.amount)),
        _fact(_("Bailleur"), held.landlord), _fact(_("Logement"), held.dwelling),
        _fact(_("État"), str(held.get_state_display())),
    ]  # fmt: skip
    if held.claim_ref:
        found.append(_fact(_("Remboursement"), held.claim_ref))
    if held.instalment:
        found.append(_fact(_("Mensualité"), words.euros(held.instalment)))
    if held.ended_on:
        found += [_fact(_("Fin"), f"{words.day(held.ended_on)} : {held.ended_why}"),
                  _fact(_("Rendu au CPAS"), words.euros(held.returned))]  # fmt: skip
    return found


def _placement_facts(stay: Any) -> list[dict[str, str]]:
    found = [
        _fact(_("Maison de repos"), stay.home), _fact(_("Entrée"), words.day(stay.entered_on)),
        _fact(_("Prix de la journée"), words.euros(stay.day_price)),
        _fact(_("Argent de poche par mois"), words.euros(stay.pocket_money)),
        _fact(_("Tiers payé"), stay.third_party_ref),
    ]  # fmt: skip
    if stay.left_on:
        found.append(_fact(_("Fin du séjour"), f"{words.day(stay.left_on)} : {stay.left_why}"))
    return found


def _stay_facts(stay: Any) -> list[dict[str, str]]:
    found = [
        _fact(_("Logement"), stay.unit), _fact(_("Désignation Fedasil"), stay.fedasil_number),
        _fact(_("Arrivée"), words.day(stay.arrived_on)),
        _fact(_("Étape"), f"{stay.get_phase_display()}, {words.day(stay.phase_since)}"),
    ]  # fmt: skip
    if stay.transition_until:
        found.append(_fact(_("Transition jusqu’au"), words.day(stay.transition_until)))
    if stay.left_on:
        found.append(_fact(_("Départ"), f"{words.day(stay.left_on)} : {stay.left_to}"))
    return found


_FACTS: dict[str, Callable[[Any], list[dict[str, str]]]] = {
    "card": _card_facts, "guarantee": _guarantee_facts, "placement": _placement_facts,
    "stay": _stay_facts,
}  # fmt: skip
