"""What everybody may see of the city's matters: counts on a map, and what is promised."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import cos, radians

from anlan.casework import selectors as casework
from anlan.casework.catalogue import ClockClass, Item, items
from anlan.kernel.areas import area_range
from anlan.places import selectors as places
from anlan.places.selectors import CellOutline

CLOSED_SINCE = timedelta(days=90)
MAP_WIDTH_PX = 600
SHADES = (5, 20, 50, 200)
"""From so many matters on an area is drawn one shade darker."""


@dataclass(frozen=True, slots=True)
class Shown:
    """An area with its counts, and how it is drawn: rings as SVG points, a shade from 0 to 4."""

    area: int
    name_zh: str
    name_en: str
    counts: casework.Matters
    shade: int
    rings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Promised:
    """What is promised for a class of items, and how many items of the catalogue are of it."""

    term: ClockClass
    items: int


@dataclass(frozen=True, slots=True)
class CityMatters:
    """The public picture: areas, and the promises that are published with the catalogue.

    `outline` is every grid cell of the city, as SVG points; `counted_at` is when it was so.
    """

    counted_at: datetime
    shown: tuple[Shown, ...]
    outline: tuple[str, ...]
    promised: tuple[Promised, ...]
    height_px: int


def public_items(at: datetime) -> dict[str, Item]:
    """Return the items of which single matters may be published, by code."""
    found = items(at.date()).items()
    return {code: one for code, one in found if one.public and one.personal_data == "NONE"}


def city_matters(at: datetime) -> CityMatters:
    """Return what is open and was closed lately, as coarse as the small counts ask for."""
    known = public_items(at)
    counts = casework.counted_by_cell(list(known), since=at - CLOSED_SINCE, at=at)
    cells = places.cell_outlines()
    drawing = _Drawing(cells)
    areas = casework.coarsened(counts)
    names = {cell.area: (cell.name_zh, cell.name_en) for cell in cells}
    names |= places.jurisdiction_names(areas)
    shown = (_shown(area, found, names, drawing) for area, found in areas.items())
    return CityMatters(
        counted_at=at,
        shown=tuple(sorted(shown, key=lambda one: one.area)),
        outline=drawing.rings,
        promised=tuple(_promised(known)),
        height_px=drawing.height_px,
    )


def _shown(
    area: int, counts: casework.Matters, names: dict[int, tuple[str, str]], drawing: "_Drawing"
) -> Shown:
    name_zh, name_en = names.get(area, ("", ""))
    total = counts.in_time + counts.overdue + counts.closed
    shade = sum(total >= least for least in SHADES)
    return Shown(area, name_zh, name_en, counts, shade, drawing.rings_in(area))


def _promised(known: dict[str, Item]) -> Iterator[Promised]:
    terms = {one.clock.code: one.clock for one in known.values()}
    for code, term in terms.items():
        yield Promised(term, sum(one.clock.code == code for one in known.values()))


class _Drawing:
    """Grid cells drawn to the width of a page, north at the top."""

    def __init__(self, cells: Sequence[CellOutline]) -> None:
        self._cells = cells
        corners = [corner for cell in cells for corner in cell.ring] or [(0.0, 0.0)]
        self._west = min(lon for lon, _ in corners)
        self._north = max(lat for _, lat in corners)
        span = max(lon for lon, _ in corners) - self._west
        self._across = MAP_WIDTH_PX / span if span else 1.0
        self._down = self._across / cos(radians(self._north))
        south = min(lat for _, lat in corners)
        self.height_px = max(1, round((self._north - south) * self._down))

    @property
    def rings(self) -> tuple[str, ...]:
        """The outlines of all cells, as SVG points."""
        return tuple(self._points(cell.ring) for cell in self._cells)

    def rings_in(self, area: int) -> tuple[str, ...]:
        """Return the outlines of the cells of an area, as SVG points."""
        low, high = area_range(area)
        return tuple(self._points(cell.ring) for cell in self._cells if low <= cell.area <= high)

    def _points(self, ring: Sequence[tuple[float, float]]) -> str:
        return " ".join(
            f"{(lon - self._west) * self._across:.1f},{(self._north - lat) * self._down:.1f}"
            for lon, lat in ring
        )
