"""A year of fictional work played in the order it happened: each story says when it goes on."""

import heapq
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from beffroi.core.dates import next_working_day

#: A story does what happens, then gives the moment of what comes next.
Story = Iterator[datetime]


class Timeline:
    """Plays stories until now; what would come later stays as it stands."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self._waiting: list[tuple[datetime, int, Story]] = []
        self._count = 0

    def add(self, story: Story) -> None:
        """This method lets a story begin: it runs until it gives its first moment."""
        self._go_on(story)

    def play(self) -> None:
        """This method plays every story until now, the earliest act first."""
        while self._waiting:
            _moment, _rank, story = heapq.heappop(self._waiting)
            self._go_on(story)

    def _go_on(self, story: Story) -> None:
        moment = next(story, None)
        if moment is not None and moment <= self.now:
            self._count += 1
            heapq.heappush(self._waiting, (moment, self._count, story))


def working_moment(day: date, hour: float) -> datetime:
    """This function will give an hour of `day`, or of the first working day after it."""
    whole = time(int(hour), int(hour * 60) % 60)
    return timezone.make_aware(datetime.combine(next_working_day(day), whole))


def days_after(at: datetime, days: int, hour: float = 10) -> datetime:
    """This function will give an hour of a working day, `days` days after a moment."""
    return working_moment(timezone.localdate(at) + timedelta(days=days), hour)
