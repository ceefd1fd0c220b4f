"""When an act of a crew counts: when it was done, if its device can be believed, else when heard.

A telephone without network tells late. A clock that measured when the server heard of an arrival
would blame the crew for the network; one that took any time a device tells could be moved by
setting a clock. So the time acted counts within bounds, and both times are kept and shown.
"""

from datetime import datetime, timedelta

TOLD_SKEW_LIMIT = timedelta(minutes=2)  # a device's clock may be this much off and still be heard
TOLD_LATE_LIMIT = timedelta(hours=2)  # told later than this, an act counts when it was heard


def believable(told_at: datetime | None, *, since: datetime, at: datetime) -> datetime | None:
    """Return when a device says something happened, if that can be: from `since` to `at`.

    A clock that is off by up to `TOLD_SKEW_LIMIT` is brought to the nearer end. One that is wrong
    tells nothing, and the act itself counts all the same.
    """
    if told_at is None or not since - TOLD_SKEW_LIMIT <= told_at <= at + TOLD_SKEW_LIMIT:
        return None
    return min(max(told_at, since), at)


def counted_at(told_at: datetime | None, heard_at: datetime) -> datetime:
    """Return the time that counts of an act, of which a believable time may have been told."""
    if told_at is None or heard_at - told_at > TOLD_LATE_LIMIT:
        return heard_at
    return told_at
