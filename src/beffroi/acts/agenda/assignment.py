"""Who takes the next newcomer: a count that anybody can redo, explained in a sentence.

Each worker carries points. They are divided by the hours she works a week, so that half a post
carries half; whoever carries least by the hour is proposed; between equals, whoever was given
nobody for the longest time, then the one who came first to the house. Who is away is left out.
The count proposes; somebody decides.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

_NEVER = datetime(1, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class WorkerLoad:
    """What a worker carries: points, her weekly minutes when they are known, her last newcomer."""

    worker: int
    name: str
    points: int
    minutes: int | None = None
    is_away: bool = False
    last_at: datetime | None = None

    @property
    def words(self) -> str:
        """This property gives the load in words: points, and the hours they are carried in."""
        said = ngettext("%(n)d point", "%(n)d points", self.points) % {"n": self.points}
        if self.minutes:
            hours = f"{self.minutes / 60:.1f}".rstrip("0").rstrip(".").replace(".", ",")
            said = _("%(points)s pour %(hours)s h par semaine") % {"points": said, "hours": hours}
        return said


@dataclass(frozen=True)
class Proposal:
    """Whom the count proposes, why, and the loads it compared, the lightest first."""

    worker: int
    name: str
    words: str
    loads: tuple[WorkerLoad, ...]


def propose(loads: Sequence[WorkerLoad], absent: Collection[int] = ()) -> Proposal | None:
    """This function will say who takes the next newcomer, or None when everybody is away."""
    there = [one for one in loads if not one.is_away and one.worker not in absent]
    if not there:
        return None
    # Hours that nobody wrote down count as those of the fullest post: no head start.
    full = max((one.minutes or 0 for one in there), default=0) or 1

    def rank(one: WorkerLoad) -> tuple[Fraction, datetime, int]:
        return Fraction(one.points, one.minutes or full), one.last_at or _NEVER, one.worker

    ordered = sorted(there, key=rank)
    first = ordered[0]
    is_tie = len(ordered) > 1 and rank(first)[0] == rank(ordered[1])[0]
    return Proposal(first.worker, first.name, _why(ordered, is_tie), tuple(ordered))


def _why(ordered: Sequence[WorkerLoad], is_tie: bool) -> str:
    first = ordered[0]
    if len(ordered) == 1:
        return _("Personne d’autre de l’équipe n’est là : %(name)s.") % {"name": first.name}
    compared = " ; ".join(
        _("%(name)s a %(load)s") % {"name": one.name, "load": one.words} for one in ordered[:4]
    )
    if is_tie:
        end = _("À charge égale, %(name)s attend une nouvelle personne depuis plus longtemps.")
    else:
        end = _("%(name)s porte le moins par heure de travail.")
    return f"{compared}. {end % {'name': first.name}}"
