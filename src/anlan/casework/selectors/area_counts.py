"""Cases counted by area for everybody, so coarse that no number tells of a single matter."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

from anlan.casework.models import LEADING_STATES, Case
from anlan.kernel.areas import Level
from anlan.kernel.small_counts import is_small


@dataclass(frozen=True, slots=True)
class Matters:
    """How many cases are open in time, open beyond their promise, and were closed."""

    in_time: int = 0
    overdue: int = 0
    closed: int = 0

    def __add__(self, other: "Matters") -> "Matters":
        """Return both together."""
        return Matters(
            self.in_time + other.in_time, self.overdue + other.overdue, self.closed + other.closed
        )

    @property
    def tell_of_few(self) -> bool:
        """Whether one of the counts is so small that it is not published."""
        return any(is_small(count) for count in (self.in_time, self.overdue, self.closed))


NONE = Matters()


def counted_by_cell(items: Collection[str], *, since: datetime, at: datetime) -> dict[int, Matters]:
    """Return the counts of each grid cell: cases of some items, open now or closed since a time.

    Both are counted from an index alone, `casework_case_on_map` and `casework_case_closed`.
    """
    rows = Case.objects.filter(item_code__in=items).values("area")
    late = Q(clock="RUNNING", due_at__lt=at)
    still_open = rows.filter(state__in=LEADING_STATES).annotate(
        in_time=Count("pk", filter=~late), overdue=Count("pk", filter=late)
    )
    closed = rows.filter(state="CLOSED", closed_at__gte=since).annotate(closed=Count("pk"))
    found = {
        area: Matters(*counts)
        for area, *counts in still_open.values_list("area", "in_time", "overdue")
    }
    for area, count in closed.values_list("area", "closed"):
        found[area] = found.get(area, NONE) + Matters(closed=count)
    return found


def coarsened(cells: Mapping[int, Matters]) -> dict[int, Matters]:
    """Return counts by area, each area as small as can be and none with a small count.

    An area is split into its parts only where every part may be published: what is shown of the
    parts then gives nothing away of any other. What is small in a whole province stays out, as does
    where there is nothing.
    """
    return dict(_split(Level.PROVINCE, cells))


def _split(level: Level, cells: Mapping[int, Matters]) -> Iterator[tuple[int, Matters]]:
    """Yield the areas to show of some cells, that lie in any number of areas of `level`."""
    below = max((one for one in Level if one < level), default=None)
    for area, inside in _grouped(cells, level).items():
        whole = sum(inside.values(), NONE)
        if whole == NONE or whole.tell_of_few:
            continue
        parts = [] if below is None else [
            sum(part.values(), NONE) for part in _grouped(inside, below).values()
        ]  # fmt: skip
        if below is None or any(part.tell_of_few for part in parts):
            yield area, whole
        else:
            yield from _split(below, inside)


def _grouped(cells: Mapping[int, Matters], level: Level) -> dict[int, dict[int, Matters]]:
    found: dict[int, dict[int, Matters]] = {}
    for cell, counts in cells.items():
        found.setdefault(cell - cell % 10**level, {})[cell] = counts
    return found
