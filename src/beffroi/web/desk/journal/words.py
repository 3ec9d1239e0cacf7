"""How a row of the journal reads."""

import re
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from beffroi.audit.enums import ActKind
from beffroi.web.desk.journal.verbs import all_verbs
from beffroi.web.desk.people import words as people_words

_TONES = {ActKind.READ: "", ActKind.WRITE: "green", ActKind.EXPORT: "amber", ActKind.SIGN_IN: ""}


def verbs() -> dict[str, str]:
    """This function will give the acts of the journal in words."""
    return {
        "request.read": _("a ouvert la demande"), "list.read": _("a vu une liste"),
        "attachment.read": _("a ouvert une pièce"), "attachment.add": _("a joint une pièce"),
        "request.open": _("a ouvert une demande nouvelle"), "request.take": _("a pris en charge"),
        "request.reassign": _("a confié à un autre agent"),
        "request.reassign_waiting": _("a confié à un autre agent"),
        "request.ask_person": _("a demandé quelque chose à la personne"),
        "request.person_replies": _("la personne a répondu"), "request.reply": _("a répondu"),
        "request.answer": _("a répondu à la personne"), "request.note": _("a noté pour l’équipe"),
        "request.pass_on": _("a proposé à un autre service"), "request.accept": _("a accepté"),
        "request.decline": _("n’a pas repris"), "request.close": _("a clôturé"),
        "request.transfer": _("a transmis au CPAS compétent"), "request.reopen": _("a rouvert"),
        "request.keep_here": _("a gardé la demande ici"), "request.withdraw": _("a retiré"),
        "request.choose_time": _("a choisi un moment"),
        "request.anonymise": _("a vidé la demande, son délai passé"),
        **agenda_verbs(),
        "question.read": _("a lu une question pour la publier"),
        "journal.read": _("a lu le journal"), "journal.export": _("a extrait le journal"),
        "retention.apply": _("a appliqué les durées de garde"),
        "sign_in.done": _("est entré"), "sign_in.failed": _("mot de passe refusé"),
        "sign_in.locked": _("compte fermé un quart d’heure"),
        "request.decided": _("la décision est prise"),
        "request.say_publicly": _("a publié une réponse"), "form.open": _("a ouvert un formulaire"),
        "form.close": _("a fermé un formulaire"),
        **people_words.verbs(), **all_verbs(),
    }  # fmt: skip


def agenda_verbs() -> dict[str, str]:
    """This function will say in words what each act of the agenda is."""
    return {
        "agenda.export": _("a extrait une liste de rendez-vous"),
        "appointment.read": _("a ouvert un rendez-vous"),
        "appointment.offer": _("a proposé un rendez-vous"),
        "appointment.make": _("a convenu d’un rendez-vous"),
        "appointment.confirm": _("a confirmé un rendez-vous"),
        "appointment.move": _("a déplacé un rendez-vous"),
        "appointment.keep": _("a noté un rendez-vous tenu"),
        "appointment.miss": _("a noté un rendez-vous manqué"),
        "appointment.keep_after_all": _("a corrigé un rendez-vous noté manqué"),
        "appointment.next_step_done": _("a repris contact"),
        "appointment.cancel": _("a annulé un rendez-vous"),
        "appointment.remind": _("a préparé un rappel"),
        "arrival.announce": _("a annoncé une arrivée"), "arrival.call": _("a appelé un ticket"),
        "arrival.call_again": _("a rappelé un ticket"), "arrival.receive": _("a reçu la personne"),
        "arrival.finish": _("a terminé l’entretien"), "arrival.leave": _("a noté un départ"),
        "arrival.come_back": _("a noté un retour"),
        "arrival.prioritise": _("a fait passer d’abord"),
        "arrival.give": _("a dit qui reçoit"), "newcomer.give": _("a confié une nouvelle personne"),
        "room.add": _("a ajouté un local"), "room.close": _("a fermé un local"),
        "hours.add": _("a ajouté des heures"), "hours.end": _("a terminé des heures"),
        "absence.add": _("a ajouté une absence"), "absence.remove": _("a retiré une absence"),
        "permanence.add": _("a affiché une permanence"),
        "permanence.end": _("a terminé une permanence"),
        "duty.give": _("a confié une permanence"), "duty.drop": _("a libéré une permanence"),
    }  # fmt: skip


def columns() -> list[dict[str, str]]:
    """This function will give the heads of the journal."""
    heads = (_("Moment"), _("Qui"), _("Acte"), _("Sur quoi"), _("Motif"))
    return [{"label": head} for head in heads]


def _listed(references: list[str]) -> str:
    """A list that was read: how many of what, then which; the reference says what it names."""
    n, first = len(references), str(references[0])
    if re.match(r"P\d", first):
        said = ngettext("%(n)d personne : %(all)s", "%(n)d personnes : %(all)s", n)
    elif re.match(r"[DA]\d", first):
        said = ngettext("%(n)d dossier : %(all)s", "%(n)d dossiers : %(all)s", n)
    elif re.match(r"[A-Z]+-\d{4}-\d", first):
        said = ngettext("%(n)d demande : %(all)s", "%(n)d demandes : %(all)s", n)
    else:
        said = ngettext("%(n)d ligne : %(all)s", "%(n)d lignes : %(all)s", n)
    return said % {"n": n, "all": ", ".join(references)}


def row(entry: Any) -> list[dict[str, Any]]:
    """This function will give the cells of one row of the journal."""
    kind = ActKind(entry.kind)
    what = verbs().get(entry.verb, entry.verb)
    reference = entry.subject_ref or (entry.object_ref if entry.object_kind == "request" else "")
    on: dict[str, Any] = {"text": reference or entry.object_ref or "–"}
    if reference:
        on["url"] = reverse("desk:journal_about", args=[reference])
    if listed := entry.detail.get("references"):
        on["text"] = _listed(listed)
    if entry.object_kind == "agent":
        on["text"] = str(entry.detail.get("agent") or "–")
    moment = timezone.localtime(entry.at)
    return [
        {"text": moment.strftime("%d/%m/%Y"), "sub": moment.strftime("%H:%M:%S")},
        {"text": entry.actor_label or _("effacé"), "sub": entry.actor_post},
        {"text": what, "tag": str(kind.label), "tone": _TONES[kind]},
        on,
        {"text": entry.reason or "–"},
    ]
