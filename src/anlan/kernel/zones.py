"""Time zones as clients name them, and times that can be reckoned with in any of them."""

from datetime import MAXYEAR, MINYEAR, UTC, datetime
from typing import Annotated
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, AwareDatetime
from pydantic_core import PydanticCustomError

from anlan.kernel.errors import InvalidError


def within_calendar(at: datetime) -> bool:
    """Return whether a time can be brought to another zone, and days be added to it or taken off.

    In the first and the last year of the calendar either leads out of what a `datetime` can hold.
    """
    return MINYEAR < at.year < MAXYEAR


def _reckoned(at: datetime) -> datetime:
    if not within_calendar(at):
        raise PydanticCustomError("within_calendar", "within the calendar")  # noqa: EM101
    return at.astimezone(UTC)


Moment = Annotated[AwareDatetime, AfterValidator(_reckoned)]
"""A time that somebody sends: with a zone, within the calendar, brought to UTC.

A database takes no offset of sixteen hours or more, and no time outside of its own calendar.
"""


def _of_a_device(at: datetime) -> datetime:
    """Return a time in UTC, and the nearest end of the calendar for what lies without."""
    if within_calendar(at):
        return at.astimezone(UTC)
    year = MINYEAR + 1 if at.year == MINYEAR else MAXYEAR - 1
    return datetime(year, 1, 1, tzinfo=UTC)


DeviceMoment = Annotated[AwareDatetime, AfterValidator(_of_a_device)]
"""A time by a device's own clock; that may be wrong beyond measure, what was done counts anyway."""


def known_zone(name: str, *, field: str = "zone") -> str:
    """Return the name of a time zone of the IANA database, or raise `InvalidError`."""
    try:
        return ZoneInfo(name).key
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise InvalidError(field=field, rule="iana_time_zone") from None
