"""The tables of states and moves: runs, and the lines they are made of."""

from django.utils.translation import gettext_lazy as _

from beffroi.acts.payments.enums import LineState as L
from beffroi.acts.payments.enums import RunState as R
from beffroi.core.moves import Move

RUN_MOVES: dict[str, Move[R]] = {
    move.key: move
    for move in (
        Move("refresh", (R.DRAFT,), R.DRAFT, _("Refaire le projet")),
        Move("approve", (R.DRAFT,), R.APPROVED, _("Approuver")),
        Move("void", (R.APPROVED,), R.DRAFT, _("Annuler l’approbation")),
        Move("export", (R.APPROVED,), R.EXPORTED, _("Envoyer à la banque")),
        Move("book", (R.EXPORTED,), R.BOOKED, _("Comptabiliser")),
        Move("cancel", (R.DRAFT, R.APPROVED), R.CANCELLED, _("Abandonner")),
    )
}

LINE_MOVES: dict[str, Move[L]] = {
    move.key: move
    for move in (
        Move("send", (L.PLANNED,), L.SENT, _("Envoyer")),
        Move("pay", (L.SENT,), L.PAID, _("Confirmer le paiement")),
        Move("reject", (L.SENT,), L.REJECTED, _("Noter le refus de la banque")),
        Move("return", (L.PAID,), L.RETURNED, _("Noter le retour")),
    )
}

#: Runs whose lines are fixed for good.
SENT_STATES = (R.EXPORTED, R.BOOKED)
#: Runs that a change of facts reaches.
OPEN_STATES = (R.DRAFT, R.APPROVED)
#: Lines that still hold their due: the database accepts one a due.
LIVE_LINES = (L.PLANNED, L.SENT, L.PAID)
