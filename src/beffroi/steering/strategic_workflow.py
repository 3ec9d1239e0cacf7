"""The table of states and moves of the objectives and actions of a strategic plan."""

from django.utils.translation import gettext_lazy as _

from beffroi.steering.strategic_enums import ElementState as E
from beffroi.steering.workflow import Move

_MOVES = (
    Move("schedule", (E.TO_SCHEDULE,), E.PLANNED, _("Planifier")),
    Move("unschedule", (E.PLANNED,), E.TO_SCHEDULE, _("Remettre à planifier")),
    Move("start", (E.TO_SCHEDULE, E.PLANNED), E.ONGOING, _("Commencer")),
    Move("stop", (E.TO_SCHEDULE, E.PLANNED, E.ONGOING), E.STOPPED, _("Arrêter")),
    Move("resume", (E.STOPPED,), E.ONGOING, _("Reprendre")),
    Move("finish", (E.ONGOING,), E.DONE, _("Terminer")),
    Move("reopen", (E.DONE,), E.ONGOING, _("Rouvrir")),
    Move("cancel", (E.TO_SCHEDULE, E.PLANNED, E.ONGOING, E.STOPPED), E.CANCELLED, _("Abandonner")),
    Move("revive", (E.CANCELLED,), E.TO_SCHEDULE, _("Remettre au plan")),
)
ELEMENT_MOVES = {move.key: move for move in _MOVES}
#: Moves that say why.
SAY_WHY = frozenset({"unschedule", "stop", "reopen", "cancel", "revive"})
