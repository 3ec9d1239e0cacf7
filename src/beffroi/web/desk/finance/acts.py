"""The acts of finance: each is a form, one service, and a sentence of what was done."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from beffroi.acts.payments import services as payments
from beffroi.core.actors import Actor
from beffroi.core.text import whole_number
from beffroi.rules.amounts import percent
from beffroi.web import fresh_sign_in
from beffroi.web.desk.finance import forms


@dataclass(frozen=True)
class Asked:
    """What a form asked: the thing it is about, its fields, by whom and when."""

    ref: str
    data: dict[str, Any]
    by: Actor
    at: datetime

    @property
    def who(self) -> dict[str, Any]:
        return {"by": self.by, "at": self.at}

    @property
    def number(self) -> int:
        return whole_number(self.ref) or 0


def _prepare(a: Asked) -> str:
    run = payments.prepare_run(**a.data, **a.who)
    return _("%(run)s est préparé : une autre personne l’approuve.") % {"run": run.reference}


def _approve(a: Asked) -> str:
    payments.approve_run(reference=a.ref, seen_hash=a.data["seen"], **a.who)
    return _("%(run)s est approuvé.") % {"run": a.ref}


def _refresh(a: Asked) -> str:
    payments.refresh_run(reference=a.ref, **a.who)
    return _("Le projet est refait : regardez-le encore une fois.")


def _cancel(a: Asked) -> str:
    payments.cancel_run(reference=a.ref, **a.data, **a.who)
    return _("%(run)s est abandonné ; ses échéances attendent un autre paiement.") % {"run": a.ref}


def _book(a: Asked) -> str:
    count = payments.book_run(reference=a.ref, **a.data, **a.who)
    return _("%(count)s paiements sont comptabilisés.") % {"count": count}


def _cash(a: Asked) -> str:
    payments.pay_cash(line=a.ref, **a.data, **a.who)
    return _("Le paiement au guichet est noté.")


def _read(a: Asked) -> str:
    given = a.data["file"]
    file = payments.read_bank_file(name=given.name, content=given.read(), **a.who)
    return _("« %(name)s » est lu.") % {"name": file.name}


def _settle(a: Asked) -> str:
    payments.settle_entry(
        entry_id=a.number, note=a.data["note"], claim_ref=a.data["claim"], **a.who
    )
    return _("L’opération est rapprochée.")


def _treat(a: Asked) -> str:
    payments.treat_return(return_id=a.number, **a.data, **a.who)
    return _("Le retour est traité : l’échéance peut repartir.")


def _confirm(a: Asked) -> str:
    payments.confirm_account(account=a.number, **a.who)
    return _("Le compte est en usage.")


def _refuse(a: Asked) -> str:
    payments.refuse_account(account=a.number, **a.data, **a.who)
    return _("Le compte est refusé.")


def _hold(a: Asked) -> str:
    data = dict(a.data)
    payments.hold(reference=data.pop("order"), **data, **a.who)
    return _("Les paiements de cet ordre sont retenus.")


def _release(a: Asked) -> str:
    payments.release(reference=a.ref, reason=a.data["why"], **a.who)
    return _("Les paiements de cet ordre sont libérés.")


def _receipt(a: Asked) -> str:
    data = a.data
    payments.note_receipt(
        reference=a.ref, amount=data["amount"], on=data["on"], source_ref=data["source"], **a.who
    )
    return _("Le remboursement est noté.")


def _waive(a: Asked) -> str:
    data = a.data
    payments.waive(
        reference=a.ref, amount=data["amount"], decision_ref=data["decision"], why=data["why"],
        **a.who,
    )  # fmt: skip
    return _("La renonciation est notée.")


def _draw(a: Asked) -> str:
    payments.draw_refund(**a.data, **a.who)
    return _("L’état du mois est établi.")


def _send(a: Asked) -> str:
    payments.send_refund(**a.data, **a.who)
    return _("L’état du mois est introduit.")


def _centre(a: Asked) -> str:
    row = payments.set_centre_rate(**a.data, **a.who)
    return _("Taux du centre pour %(year)s : %(rate)s.") % {
        "year": row.year, "rate": percent(row.rate),
    }  # fmt: skip


def _facts(a: Asked) -> str:
    payments.complete_refund_facts(reference=a.ref, **a.data, **a.who)
    return _("C’est noté : refaites l’état pour en tenir compte.")


ACTS: dict[str, tuple[type[django_forms.Form], Callable[[Asked], str]]] = {
    "preparer": (forms.PrepareForm, _prepare),
    "approuver": (forms.SeenForm, _approve),
    "refaire": (django_forms.Form, _refresh),
    "abandonner": (forms.WhyForm, _cancel),
    "comptabiliser": (forms.DayForm, _book),
    "guichet": (forms.DayForm, _cash),
    "lire": (forms.FileForm, _read),
    "rapprocher": (forms.SettleForm, _settle),
    "traiter": (forms.NoteForm, _treat),
    "confirmer": (django_forms.Form, _confirm),
    "refuser": (forms.WhyForm, _refuse),
    "retenir": (forms.HoldForm, _hold),
    "liberer": (forms.WhyForm, _release),
    "recu": (forms.ReceiptForm, _receipt),
    "renoncer": (forms.WaiveForm, _waive),
    "etablir": (forms.MonthForm, _draw),
    "introduire": (forms.MonthForm, _send),
    "taux": (forms.CentreRateForm, _centre),
    "motif": (forms.RefundFactsForm, _facts),
}
#: Acts that only a fresh proof of identity opens.
FRESH = frozenset({"approuver"})


@require_POST
def act(request: HttpRequest, act: str) -> HttpResponse:
    """This function will do one act and go back to the page the form was on."""
    if act not in ACTS:
        raise Http404(act)
    made, do = ACTS[act]
    back = request.POST.get("retour", "")
    if not back.startswith("/desk/finances/"):
        back = reverse("desk:finance")
    if act in FRESH and not fresh_sign_in.is_fresh(request):
        return fresh_sign_in.ask_again(request, back)
    form = made(request.POST, request.FILES)
    if form.is_valid():
        by: Actor = request.actor  # type: ignore[attr-defined]
        asked = Asked(request.POST.get("ref", ""), form.cleaned_data, by, timezone.now())
        messages.success(request, do(asked))
    else:
        for name, faults in form.errors.items():
            label = form.fields[name].label if name in form.fields else ""
            messages.error(request, f"{label} : {' '.join(map(str, faults))}")
    return redirect(back)
