"""What the stories of the demo share: who plays, what waits for a sitting, what was decided."""

from dataclasses import dataclass, field
from datetime import datetime

from beffroi.core.actors import Actor
from beffroi.demo.staff import Staff
from beffroi.demo.timeline import Timeline
from beffroi.people.queries import Brief


@dataclass
class Stage:
    """The house during the year that is played."""

    now: datetime
    staff: Staff
    timeline: Timeline
    #: Items ready for the agenda, by body; the application of each item.
    ready: dict[str, list[str]] = field(default_factory=lambda: {"csss": [], "conseil": []})
    of_item: dict[str, str] = field(default_factory=dict)
    #: Applications decided, with the number of their decision.
    decided: dict[str, str] = field(default_factory=dict)
    #: Applications that came from a request: their person reads what becomes of them.
    followed: set[str] = field(default_factory=set)
    letters: int = 0
    accounts: int = 0

    def carry(self, item: str, reference: str, body: str = "csss") -> None:
        """This method puts an item among those the next sitting takes."""
        self.ready[body].append(item)
        self.of_item[item] = reference

    def registered(self) -> str:
        """This method gives the next number of a registered letter; no post office gave it."""
        self.letters += 1
        return f"RR 999 {self.letters // 1000:03d} {self.letters % 1000:03d} BE"


@dataclass(frozen=True)
class Case:
    """An application to play: whose, by whom, from which day, and how far it may go."""

    person: Brief
    team: str
    worker: Actor
    kind: str
    asked_at: datetime
    #: Stops the road on purpose: "free", "waits", "withdrawn", "unsent", or nothing.
    stops: str = ""
    request_ref: str = ""
    #: Days by which everything is slower than it should be.
    slow: int = 0
    #: Who lives with her and shares the budget, when somebody does.
    mate: Brief | None = None
