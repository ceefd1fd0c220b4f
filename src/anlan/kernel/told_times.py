"""When something was done, as told by a device that was without network and whose clock may be off.

What is taken is always the time at which the server heard of it; the time told stands beside it, as
far as it can be believed. Both are kept and shown.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

TOLD_SKEW_LIMIT = timedelta(minutes=2)  # a device's clock may be this much off and still be heard
TOLD_OFF_LIMIT = timedelta(days=366)  # a clock that is further off tells nothing at all


def believable(told_at: datetime | None, *, since: datetime, at: datetime) -> datetime | None:
    """Return when a device says something happened, if that can be: from `since` to `at`.

    A clock that is off by up to `TOLD_SKEW_LIMIT` is brought to the nearer end. One that is wrong
    tells nothing, and the act itself counts all the same.
    """
    if told_at is None or not since - TOLD_SKEW_LIMIT <= told_at <= at + TOLD_SKEW_LIMIT:
        return None
    return min(max(told_at, since), at)


@dataclass(frozen=True, slots=True)
class ToldTime:
    """When something was done, as far as that is believed, by a clock that was `off` (fast: more).

    `off` is zero where the clock was right within `TOLD_SKEW_LIMIT`, or never said its time.
    """

    at: datetime | None
    off: timedelta = field(default_factory=timedelta)

    @property
    def facts(self) -> dict[str, str]:
        """What the history says of a clock that was wrong: by how many seconds."""
        return {"clock_off_s": f"{self.off.total_seconds():.0f}"} if self.off else {}


def read_told(
    told_at: datetime, sent_at: datetime | None, *, since: datetime, at: datetime
) -> ToldTime:
    """Return when something was done, put right by what the same clock says now.

    Parameters
    ----------
    told_at
        When it was done, by the device's clock.
    sent_at
        What that clock said when it was sent; None where that was not told.
    since, at
        It was done from `since` on; the server hears of it `at`.
    """
    off = sent_at - at if sent_at is not None else timedelta()
    if abs(off) <= TOLD_SKEW_LIMIT:
        return ToldTime(believable(told_at, since=since, at=at))
    if abs(off) > TOLD_OFF_LIMIT or abs(told_at - at) > 2 * TOLD_OFF_LIMIT:
        return ToldTime(None, off)
    return ToldTime(believable(told_at - off, since=since, at=at), off)
