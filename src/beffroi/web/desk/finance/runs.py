"""Runs: the list, and one of them with what it pays, what differs, and the acts still open."""

from datetime import timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from beffroi.acts.payments import run_queries
from beffroi.acts.payments.enums import Block, RunState
from beffroi.acts.payments.periods import month_end
from beffroi.acts.payments.permissions import can_approve, runs_visible_to
from beffroi.core.actors import Actor
from beffroi.core.dates import next_working_day
from beffroi.web import fresh_sign_in
from beffroi.web.desk.finance import forms
from beffroi.web.desk.finance.common import shown
from beffroi.web.sections import MOST, Act, Section, column, day, euro, money

_TONES: dict[str, str] = {
    RunState.DRAFT: "amber", RunState.APPROVED: "copper", RunState.EXPORTED: "green",
    RunState.BOOKED: "green",
}  # fmt: skip


def listed(request: HttpRequest) -> HttpResponse:
    """This function will list the runs, newest first, with the form that prepares one."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    today = timezone.localdate()
    rows = [
        [
            {"text": run.reference, "url": reverse("desk:finance_run", args=[run.reference])},
            day(run.execution_date), {"tag": run.get_state_display(), "tone": _TONES.get(run.state, "")},
            {"text": str(run.line_count), "end": True}, money(run.total), run.prepared_by_label,
            run.approved_by_label or "–",
        ]
        for run in runs_visible_to(actor).order_by("-prepared_at", "-pk")[:MOST]
    ]  # fmt: skip
    first = {"through": month_end(today), "execution": next_working_day(today + timedelta(days=2))}
    prepare = Act("preparer", _("Préparer le paiement"), forms.PrepareForm(initial=first))
    heads = column(
        _("Paiement"), _("Exécution"), _("État"), _("Lignes"), _("Total"), _("Préparé par"),
        _("Approuvé par"), end=(3, 4),
    )  # fmt: skip
    sections = [
        Section(_("Paiements"), "", heads, rows, _("Aucun paiement n’est encore préparé.")),
        Section(_("Préparer un paiement"), _("Ce qui est retenu, sans compte ou à vérifier reste dehors, et vous voyez pourquoi."), acts=[prepare]),
    ]  # fmt: skip
    return shown(request, _("Paiements"), "", sections)


def show(request: HttpRequest, reference: str) -> HttpResponse:
    """This function will show a run: its sums, its differences with last month, its acts."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    run = runs_visible_to(actor).select_related("house_account").filter(reference=reference).first()
    if run is None:
        raise Http404(reference)
    preview = run_queries.preview_of(run)
    sections = [
        _state(run, actor, fresh_sign_in.is_fresh(request)),
        *_differences(preview),
        _blocked(preview),
        _lines(run),
        _moves(run),
    ]
    intro = ngettext(
        "%(count)d ligne, %(total)s, exécution le %(day)s.",
        "%(count)d lignes, %(total)s, exécution le %(day)s.",
        run.line_count,
    ) % {"count": run.line_count, "total": euro(run.total), "day": day(run.execution_date)}
    return shown(request, run.reference, intro, sections)


def _approval(run: Any, is_fresh: bool) -> Act:
    seen = forms.SeenForm(initial={"seen": run_queries.lines_hash(run)})
    again = _(
        "Votre code ou votre mot de passe vous sera d’abord redemandé ; puis vous reviendrez ici."
    )
    hint = "" if is_fresh else again
    return Act("approuver", _("Approuver ce paiement"), seen, run.reference, hint)


def _state(run: Any, actor: Actor, is_fresh: bool) -> Section:
    section = Section(run.get_state_display(), _eyes(run))
    if run.state == RunState.DRAFT:
        if can_approve(actor, run) and not run.is_stale:
            section.acts.append(_approval(run, is_fresh))
        section.acts.append(
            Act("refaire", _("Refaire le projet"), None, run.reference, variant="secondary")
        )
    if run.state in (RunState.APPROVED, RunState.EXPORTED, RunState.BOOKED):
        label = (
            _("Envoyer : prendre le fichier")
            if run.state == RunState.APPROVED
            else _("Reprendre le même fichier")
        )
        address = reverse("desk:finance_run_file", args=[run.reference])
        section.acts.append(Act("fichier", label, None, run.reference, action=address))
    if run.state == RunState.EXPORTED:
        hint = _(
            "Seulement si la banque a exécuté tout ce qui reste et n’envoie pas d’extrait détaillé."
        )
        made = forms.DayForm(initial={"on": run.execution_date})
        section.acts.append(
            Act(
                "comptabiliser",
                _("Comptabiliser tout ce qui reste"),
                made,
                run.reference,
                hint,
                "secondary",
                folded=_("La banque a tout exécuté"),
            )
        )
    if run.state in (RunState.DRAFT, RunState.APPROVED):
        section.acts.append(
            Act(
                "abandonner",
                _("Abandonner ce paiement"),
                forms.WhyForm(),
                run.reference,
                variant="danger",
                folded=_("Abandonner ce paiement"),
            )
        )
    return section


def _eyes(run: Any) -> str:
    prepared = _("Préparé par %(who)s.") % {"who": run.prepared_by_label}
    if run.is_stale:
        return (
            prepared
            + " "
            + _("Un fait a changé depuis : refaites le projet avant de le faire approuver.")
        )
    if run.approved_by_label:
        return (
            prepared
            + " "
            + _("Approuvé par %(who)s. Tout changement annule l’approbation.")
            % {"who": run.approved_by_label}
        )
    if run.state == RunState.CANCELLED:
        return prepared
    return prepared + " " + _("Quatre yeux : une autre personne, d’une autre fonction, l’approuve.")


def _differences(preview: run_queries.Preview) -> list[Section]:
    found = []
    groups = (
        (_("Nouveaux par rapport au mois passé"), preview.new),
        (_("Changés"), preview.changed),
        (_("Terminés"), preview.ended),
    )
    for title, changes in groups:
        rows = [
            [c.person, {"text": c.label, "sub": c.order_ref}, money(c.before), money(c.now), money(c.difference)]
            for c in changes[:MOST]
        ]  # fmt: skip
        heads = column(
            _("Personne"), _("Ordre"), _("Avant"), _("Maintenant"), _("Écart"), end=(2, 3, 4)
        )
        named = f"{title} ({len(changes)})"
        found.append(Section(named, "", heads, rows) if rows else Section(named, _("Aucun.")))
    return found


def _blocked(preview: run_queries.Preview) -> Section:
    rows = [
        [str(due.order.person), {"text": due.order.label, "sub": due.order.reference}, money(due.amount), {"tag": Block(block).label, "tone": "amber"}]
        for block, dues in preview.blocked.items()
        for due in dues[:MOST]
    ]  # fmt: skip
    text = _("Restent dehors, et attendent : %(count)s.") % {"count": preview.blocked_count}
    if preview.left_out:
        text += " " + _("%(count)s échéances libres ne sont dans aucun paiement.") % {
            "count": preview.left_out
        }
    heads = column(_("Personne"), _("Ordre"), _("Montant"), _("Pourquoi"), end=(2,))
    return Section(_("Ce qui ne part pas"), text, heads, rows, _("Rien n’est bloqué."))


def _lines(run: Any) -> Section:
    rows = [
        [line.payee, {"text": line.iban or _("au guichet"), "sub": line.end_to_end_id}, money(line.amount),
         money(line.retained or None), {"tag": line.get_state_display()}]
        for line in run.lines.order_by("execution_date", "end_to_end_id")[:MOST]
    ]  # fmt: skip
    text = _("Les %(most)s premières.") % {"most": MOST} if run.line_count > MOST else ""
    heads = column(_("Bénéficiaire"), _("Compte"), _("Versé"), _("Retenu"), _("État"), end=(2, 3))
    return Section(_("Lignes"), text, heads, rows, _("Aucune ligne."))


def _moves(run: Any) -> Section:
    rows = [
        [day(m.at), m.get_target_display(), m.by_label, m.why or "–"]
        for m in run.moves.order_by("pk")
    ]
    return Section(
        _("Ce qui a été fait"),
        "",
        column(_("Date"), _("État"), _("Par"), _("Motif")),
        rows,
        _("Rien."),
    )
