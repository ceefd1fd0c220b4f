"""Which rows of a source are here already, and which grid cell a point lies in."""

from collections.abc import Callable, Collection

from shapely import STRtree
from shapely.geometry import Point, shape

from anlan.exchange.imports.models import PastMatter
from anlan.places.selectors import grid_cells


def known_ids(source: str, source_ids: Collection[str]) -> set[str]:
    """Return those ids of a source that were imported before."""
    rows = PastMatter.objects.filter(source=source, source_id__in=source_ids)
    return set(rows.values_list("source_id", flat=True))


def count_of(source: str) -> int:
    """Return how many matters of a source are here."""
    return PastMatter.objects.filter(source=source).count()


def area_finder() -> Callable[[float, float], int | None]:
    """Return a function that finds the cell of a point, from all cells in scope, held in memory."""
    cells = grid_cells()
    shapes = [shape(cell.polygon) for cell in cells]
    tree = STRtree(shapes)

    def area_at(lon: float, lat: float) -> int | None:
        point = Point(lon, lat)
        near = [int(index) for index in tree.query(point)]
        hits = [cells[index].area for index in near if shapes[index].covers(point)]
        return min(hits, default=None)

    return area_at
