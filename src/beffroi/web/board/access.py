"""Which role may open which address under /board/."""

from beffroi.accounts.enums import Role
from beffroi.steering.tellers import TELLERS
from beffroi.web.board.strategic.access import STRATEGIC

READERS = frozenset({Role.PCS_LEAD, Role.DIRECTOR_GENERAL, Role.PRESIDENT, Role.FINANCE_DIRECTOR})
_NAMES = (
    "home", "plan", "line", "indicator", "changes", "change", "conventions", "convention",
    "act", "calendar", "calendar_file", "commission", "diagnosis", "meeting", "money", "paper",
    "regime", "report_file", "report_readable", "reports",
)  # fmt: skip

ACCESS: dict[str, frozenset[str]] = {f"board:{name}": frozenset(READERS) for name in _NAMES}
ACCESS |= STRATEGIC
#: Whoever is named for a line writes its year; to the others it answers as if it were not there.
ACCESS["board:line_text"] = TELLERS
