"""When an act of a crew counts: when it was done, if its device can be believed, else when heard.

A telephone without network tells late. A clock that measured when the server heard of an arrival
would blame the crew for the network; one that took any time a device tells could be moved by
setting a clock. So the time acted counts within bounds, and both times are kept and shown. What a
device is believed is `anlan.kernel.told_times`.
"""

from datetime import datetime, timedelta

TOLD_LATE_LIMIT = timedelta(hours=2)  # told later than this, an act counts when it was heard


def counted_at(told_at: datetime | None, heard_at: datetime) -> datetime:
    """Return the time that counts of an act, of which a believable time may have been told."""
    if told_at is None or heard_at - told_at > TOLD_LATE_LIMIT:
        return heard_at
    return told_at
