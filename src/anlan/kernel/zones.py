"""Time zones as clients name them."""

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from anlan.kernel.errors import InvalidError


def known_zone(name: str, *, field: str = "zone") -> str:
    """Return the name of a time zone of the IANA database, or raise `InvalidError`."""
    try:
        return ZoneInfo(name).key
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise InvalidError(field=field, rule="iana_time_zone") from None
