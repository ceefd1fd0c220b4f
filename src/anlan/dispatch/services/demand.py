"""Where calls are expected: the grid cells, by the incidents of the last weeks."""

from collections import OrderedDict
from datetime import datetime, timedelta
from threading import Lock

from shapely.geometry import shape

from anlan.dispatch import selectors
from anlan.kernel.access import Actor
from anlan.places.selectors import grid_cells

CELLS_LIMIT = 64
KEPT_FOR_S = 600
SETS_KEPT = 32

Demand = tuple[tuple[float, float, float], ...]
_kept: OrderedDict[tuple[int, int, int, int], Demand] = OrderedDict()
_lock = Lock()


def demand(actor: Actor, days: int, at: datetime) -> Demand:
    """Return where calls are expected in the actor's area: longitude, latitude, how many.

    One call in each cell more than were counted, so that an installation without a past spares
    every cell alike; the busiest `CELLS_LIMIT`. Counted anew every `KEPT_FOR_S` seconds, up to the
    full ten minutes, so that every process has the same.
    """
    until = at - timedelta(seconds=at.timestamp() % KEPT_FOR_S)
    key = actor.area_low, actor.area_high, days, int(until.timestamp())
    with _lock:
        if key in _kept:
            return _kept[key]
    counted = selectors.counts_by_area(until - timedelta(days=days), until)
    busiest = sorted(grid_cells(), key=lambda cell: (-counted.get(cell.area, 0), cell.area))
    found = []
    for cell in busiest[:CELLS_LIMIT]:
        inside = shape(cell.polygon).representative_point()
        found.append((float(inside.x), float(inside.y), 1.0 + counted.get(cell.area, 0)))
    with _lock:
        _kept[key] = tuple(found)
        while len(_kept) > SETS_KEPT:
            _kept.popitem(last=False)
    return tuple(found)
