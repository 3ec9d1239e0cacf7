"""After a run has left: the bank's files, returns, accounts, holds, recoveries."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from beffroi.acts.payments import desk_queries, queries
from beffroi.acts.payments.bank.accounts import shown_communication
from beffroi.acts.payments.enums import ClaimState
from beffroi.acts.payments.permissions import claims_visible_to
from beffroi.core.actors import Actor
from beffroi.web.desk.finance import forms
from beffroi.web.desk.finance.common import shown
from beffroi.web.sections import MOST, Act, Section, column, day, euro, money, told

#: Lists where each row has its own form stay short.
_MOST_ACTS = 25


def bank(request: HttpRequest) -> HttpResponse:
    """This function will read a file of the bank, and show what nothing matched."""
    rows = [
        [read.file.name, read.file.get_kind_display(), day(read.file.read_at), read.file.read_by_label, {"text": str(read.moves), "end": True}, {"text": str(read.lost), "end": True}]
        for read in desk_queries.bank_files(MOST)
    ]  # fmt: skip
    heads = column(
        _("Fichier"),
        _("Nature"),
        _("Lu le"),
        _("Par"),
        _("Opérations"),
        _("À rapprocher"),
        end=(4, 5),
    )
    reading = Act("lire", _("Lire ce fichier"), forms.FileForm(), takes_file=True)
    left = [
        Act("rapprocher", _("Rapprocher"), forms.SettleForm(auto_id=f"id_{entry.pk}_%s"), str(entry.pk), variant="secondary",
            folded=told(day(entry.booked_date), euro(entry.amount), entry.counterparty or entry.words or entry.end_to_end_id, entry.settled_note))
        for entry in desk_queries.unmatched()[:_MOST_ACTS]
    ]  # fmt: skip
    on = timezone.localdate()
    cash = [
        Act("guichet", _("Noter la remise"), forms.DayForm(initial={"on": on}, auto_id=f"id_{line.pk}_%s"), line.end_to_end_id,
            variant="secondary", folded=told(line.payee, euro(line.amount), line.run.reference))
        for line in desk_queries.cash_to_hand_over()[:_MOST_ACTS]
    ]  # fmt: skip
    sections = [
        Section(_("Lire un fichier"), _("Un fichier déjà lu n’est jamais compté deux fois."), acts=[reading]),
        Section(_("À rapprocher"), "" if left else _("Tout est rapproché."), acts=left),
        Section(_("À remettre au guichet"), "" if cash else _("Rien n’attend au guichet."), acts=cash),
        Section(_("Fichiers lus"), "", heads, rows, _("Aucun fichier n’est encore lu.")),
    ]  # fmt: skip
    return shown(request, _("Banque"), "", sections)


def returns(request: HttpRequest) -> HttpResponse:
    """This function will list the returns to deal with: until then their dues do not leave."""
    acts = [
        Act("traiter", _("Noter ce qui est fait"), forms.NoteForm(auto_id=f"id_{row.pk}_%s"), str(row.pk),
            folded=told(row.due.order.person, euro(row.line.amount), row.line.run.reference, f"{row.reason_code} {row.reason}"))
        for row in desk_queries.open_returns()[:_MOST_ACTS]
    ]  # fmt: skip
    text = _(
        "Vérifiez le compte avec la personne, puis notez-le : l’échéance repart au paiement suivant."
    )
    section = Section(_("À traiter"), text if acts else _("Aucun retour n’attend."), acts=acts)
    return shown(request, _("Retours de la banque"), "", [section])


def accounts(request: HttpRequest) -> HttpResponse:
    """This function will list the changes of account that wait for a second look."""
    acts = []
    for row in queries.accounts_to_look_at()[:_MOST_ACTS]:
        payee = row.third_party or row.person
        entered = _("entré par %(who)s") % {"who": row.added_by_label}
        hint = told(payee, row.iban, row.holder, entered, row.why)
        acts.append(Act("confirmer", _("Mettre ce compte en usage"), None, str(row.pk), hint))
        made = forms.WhyForm(auto_id=f"id_{row.pk}_%s")
        fold = _("Refuser le compte de %(who)s") % {"who": payee}
        acts.append(
            Act("refuser", _("Refuser ce compte"), made, str(row.pk), variant="danger", folded=fold)
        )
    text = _(
        "Une autre personne que celle qui l’a entré regarde chaque changement. Rien ne part vers ce bénéficiaire entre-temps."
    )
    return shown(
        request,
        _("Comptes à regarder"),
        text,
        [
            Section(
                _("Changements de compte"),
                "" if acts else _("Aucun changement n’attend."),
                acts=acts,
            )
        ],
    )


def holds(request: HttpRequest) -> HttpResponse:
    """This function will list what is held, let it go, and hold an order."""
    acts = [
        Act("liberer", _("Libérer"), forms.WhyForm(auto_id=f"id_{row.pk}_%s"), row.order.reference, variant="secondary",
            folded=told(row.order.person, row.order.reference, row.reason, _("depuis le %(day)s") % {"day": day(row.since_date)}, row.placed_by_label))
        for row in desk_queries.open_holds()[:_MOST_ACTS]
    ]  # fmt: skip
    new = Act(
        "retenir",
        _("Retenir ces paiements"),
        forms.HoldForm(initial={"since": timezone.localdate()}),
    )
    sections = [
        Section(_("Retenus maintenant"), "" if acts else _("Rien n’est retenu."), acts=acts),
        Section(_("Retenir un ordre"), _("Le droit reste : ce qui est retenu part quand c’est libéré."), acts=[new]),
    ]  # fmt: skip
    return shown(request, _("Retenues"), "", sections)


def _source(receipt: Any) -> str:
    """Where a repayment came from, in the words of finance."""
    if receipt.is_waiver:
        return _("Renonciation")
    words = {
        "bank": _("Extrait de la banque"), "receipt": _("Reçu noté à la main"),
        "line": _("Retenu sur un paiement"),
    }  # fmt: skip
    return words.get(receipt.source_kind, _("Autre"))


def claims(request: HttpRequest) -> HttpResponse:
    """This function will list the recoveries with what is left of each."""
    rows = [
        [
            {"text": one.reference, "url": reverse("desk:finance_claim", args=[one.reference])}, str(one.person), one.label,
            money(one.amount), money(one.balance), {"tag": one.get_state_display(), "tone": "green" if one.state == ClaimState.SETTLED else "amber"},
        ]
        for one in desk_queries.open_claims()[:MOST]
    ]  # fmt: skip
    heads = column(
        _("Récupération"), _("Personne"), _("Pour"), _("Montant"), _("Reste"), _("État"), end=(3, 4)
    )
    return shown(
        request,
        _("Récupérations"),
        "",
        [Section(_("Récupérations"), "", heads, rows, _("Aucune récupération."))],
    )


def claim(request: HttpRequest, reference: str) -> HttpResponse:
    """This function will show a recovery: instalments, what came in, what is left, its acts."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    one = claims_visible_to(actor).select_related("person").filter(reference=reference).first()
    if one is None:
        raise Http404(reference)
    parts = [[day(part.due_date), money(part.amount)] for part in one.instalments.all()]
    came = [
        [day(row.on_date), {"text": _source(row), "sub": row.why or row.source_ref[:24]}, money(row.amount),
         {"tag": _("rendu"), "tone": "amber"} if row.is_reversed else ""]
        for row in one.receipts.all()
    ]  # fmt: skip
    acts = []
    if one.state == ClaimState.OPEN:
        acts = [
            Act("recu", _("Noter un remboursement"), forms.ReceiptForm(initial={"on": timezone.localdate()}, auto_id="id_recu_%s"), reference, folded=_("Un remboursement est arrivé")),
            Act("renoncer", _("Noter une renonciation"), forms.WaiveForm(auto_id="id_renoncer_%s"), reference, variant="secondary", folded=_("Le CPAS renonce à une partie")),
        ]  # fmt: skip
    decided = _("décision %(number)s") % {"number": one.owner_ref}
    intro = told(one.person, one.label, decided, shown_communication(one.communication))
    sections = [
        Section(_("Reste %(left)s sur %(whole)s") % {"left": euro(one.balance), "whole": euro(one.amount)}, "", acts=acts),
        Section(_("Mensualités"), "", column(_("Échéance"), _("Montant"), end=(1,)), parts, _("Aucune.")),
        Section(_("Ce qui est revenu"), "", column(_("Date"), _("D’où"), _("Montant"), _("Rendu ?"), end=(2,)), came, _("Rien encore.")),
    ]  # fmt: skip
    return shown(request, reference, intro, sections)
