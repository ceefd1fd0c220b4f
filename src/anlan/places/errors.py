"""Refusals of places."""

from anlan.kernel.errors import InvalidError, RefusedError, UnavailableError


class OutsideJurisdictionError(InvalidError):
    """The point lies in no grid cell of the actor's area."""

    code = "place.outside"


class CellOverlapError(RefusedError):
    """A grid cell would overlap its sibling; both are named."""

    code = "cell.overlap"


class CellOutsideParentError(RefusedError):
    """A grid cell would reach beyond the community it belongs to."""

    code = "cell.outside_parent"


class BadPolygonError(InvalidError):
    """The polygon is not one closed ring without crossings."""

    code = "cell.polygon"


class CityMissingError(UnavailableError):
    """No city pack is installed, or it cannot be opened."""

    code = "city.missing"


class NothingClosedError(InvalidError):
    """The closure would touch no street."""

    code = "closure.no_street"


class TooManyClosuresError(RefusedError):
    """As many closures as can be honoured at once have not ended yet."""

    code = "closure.too_many"


class ClosureEndedError(RefusedError):
    """The closure has ended already."""

    code = "closure.ended"
