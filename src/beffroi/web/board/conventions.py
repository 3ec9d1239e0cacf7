"""Conventions with partners: what each year grants, what is paid, proven, accepted, due."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from beffroi.steering import permissions, queries
from beffroi.steering.enums import ConventionKind, ConventionState
from beffroi.steering.workflow import CONVENTION_MOVES, moves_from
from beffroi.web.board import forms
from beffroi.web.board.common import (
    Act,
    Section,
    actor_of,
    column,
    day,
    line_url,
    money,
    pairs,
    shown,
    tabs,
    the_plan,
)


def conventions(request: HttpRequest, plan: str) -> HttpResponse:
    """This function will list the conventions of a plan, with the form that drafts one."""
    held = the_plan(request, plan)
    rows = [
        [
            {"text": one.partner.name, "url": reverse("board:convention", args=[plan, one.reference]), "sub": one.reference},
            one.get_kind_display(), ", ".join(str(line) for line in one.lines.all()),
            {"tag": one.get_state_display()}, money(one.yearly_amount), day(one.ends_date),
        ]
        for one in queries.conventions_of(held)
    ]  # fmt: skip
    heads = column(
        _("Partenaire"), _("Nature"), _("Lignes"), _("État"), _("Par an"), _("Jusqu’au"), end=(4,)
    )
    sections = [Section(_("Conventions"), "", heads, rows, _("Aucune convention."))]
    if permissions.can_steer(actor_of(request)):
        form = forms.ConventionForm(choices=forms.convention_choices(held), auto_id="convenir-%s")
        sections.append(
            Section(_("Préparer une convention"), acts=[Act("convenir", _("Préparer cette convention"), form, plan)])
        )  # fmt: skip
    title = _("Conventions avec les partenaires")
    return shown(request, title, "", sections, tabs=tabs(held, "conventions"))


def convention(request: HttpRequest, plan: str, reference: str) -> HttpResponse:
    """This function will show a convention, its account year by year, its proofs, its next act."""
    the_plan(request, plan)
    rows = permissions.conventions_visible_to(actor_of(request))
    one = rows.filter(plan__key=plan, reference=reference).first()
    if one is None:
        raise Http404(reference)
    lines = [[{"text": str(line), "url": line_url(plan, line.number)}] for line in one.lines.all()]
    sections = [
        _facts(one),
        Section(_("Lignes"), "", column(_("Ligne")), lines),
        *([_accounts(one), _proofs(one)] if one.kind != ConventionKind.PARTNERSHIP else []),
        *_next(request, one),
    ]
    crumbs = [
        {"label": _("Conventions avec les partenaires"), "url": reverse("board:conventions", args=[plan])},
        {"label": one.reference},
    ]  # fmt: skip
    title = f"{one.partner.name}, {one.get_kind_display().lower()}"
    return shown(request, title, f"{one.get_state_display()}.", sections, crumbs=crumbs)


def _facts(one: Any) -> Section:
    facts = (
        (_("Objet"), one.purpose), (_("Du"), day(one.starts_date)), (_("Au"), day(one.ends_date)),
        (_("Preuves demandées"), one.evidence), (_("Décision du conseil"), one.council_decision),
        (_("Signée le"), day(one.signed_date)),
    )  # fmt: skip
    rows: list[list[Any]] = [[label, value or _("pas encore dit")] for label, value in facts]
    rows.append([_("Montant par an"), money(one.yearly_amount)])
    return Section(_("Ce qui est convenu"), "", pairs(), rows)


def _accounts(one: Any) -> Section:
    last = min(one.ends_date.year, timezone.localdate().year)
    rows = []
    for year in range(one.starts_date.year, last + 1):
        account = queries.year_account(one, year)
        owed: dict[str, Any] = money(abs(account.balance))
        if account.balance < 0:
            owed |= {"tag": _("à récupérer"), "tone": "red"}
        elif account.balance > 0:
            owed |= {"tag": _("à payer"), "tone": "amber"}
        rows.append([
            str(year), money(account.granted), money(account.paid), money(account.justified),
            money(account.accepted), owed,
        ])  # fmt: skip
    heads = column(
        _("Année"), _("Accordé"), _("Payé"), _("Justifié"), _("Accepté"), _("Solde"),
        end=(1, 2, 3, 4, 5),
    )  # fmt: skip
    text = _("Ce qui n’est pas encore accepté n’est pas dû : le solde suit les preuves contrôlées.")
    return Section(_("Comptes"), text, heads, rows, scrolls=True)


def _proofs(one: Any) -> Section:
    rows = [
        [
            {"text": proof.label, "sub": str(proof.year)}, money(proof.amount),
            {"tag": _("à contrôler"), "tone": "amber"} if proof.accepted_amount is None
            else {**money(proof.accepted_amount), "sub": proof.why_not_all},
        ]
        for proof in one.proofs.all()
    ]  # fmt: skip
    heads = column(_("Pièce"), _("Montant"), _("Accepté"), end=(1, 2))
    return Section(_("Preuves"), "", heads, rows, _("Aucune preuve n’est encore reçue."))


def _next(request: HttpRequest, one: Any) -> list[Section]:
    actor, today = actor_of(request), {"on": timezone.localdate()}
    acts = []
    for move in moves_from(CONVENTION_MOVES, one.state):
        may = permissions.can_note_decision if move.key == "approve" else permissions.can_steer
        if may(actor):
            form = forms.MoveForm(initial={**today, "move": move.key}, auto_id=f"{move.key}-%s")
            acts.append(Act("avancer", str(move.label), form, one.reference, variant="secondary"))
    pays = one.state == ConventionState.ACTIVE and one.kind != ConventionKind.PARTNERSHIP
    if pays and permissions.can_keep_money(actor):
        year = {**today, "year": timezone.localdate().year}
        acts += [
            Act("payer", _("Noter ce paiement"), forms.TrancheForm(initial=year, auto_id="payer-%s"), one.reference),
            Act("prouver", _("Noter cette preuve"), forms.ProofForm(initial=year, auto_id="prouver-%s"), one.reference),
        ]  # fmt: skip
        acts += [
            Act("controler", _("Noter ce contrôle"), forms.CheckForm(initial=today, auto_id=f"controler-{proof.pk}-%s"), str(proof.pk), hint=proof.label)
            for proof in one.proofs.all()
            if proof.accepted_amount is None
        ]  # fmt: skip
    return [Section(_("La suite"), acts=acts)] if acts else []
