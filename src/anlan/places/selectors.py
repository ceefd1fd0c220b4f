"""Reads of jurisdictions, grid cells, sites and closed roads."""

import json
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from math import cos, hypot, isfinite, radians
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import QuerySet

from anlan.kernel.access import Actor
from anlan.kernel.riding import PlainRead, ask_together
from anlan.places.errors import OutsideJurisdictionError
from anlan.places.models import GridCell, Jurisdiction, RoadClosure, Site
from anlan.places.polygons import METRES_PER_DEGREE, contains, hexagon_at

SITES_LIMIT_ROWS = 5_000
CELLS_LIMIT_ROWS = 5_000
CLOSURES_LIMIT_ROWS = 500
SITE_REACH_M = 60.0
_IN_FORCE = """
    SELECT id, lon, lat, radius_m, polygon::text
    FROM places_closures_in_force(%s) ORDER BY id LIMIT %s
"""


def cell_at(lon: float, lat: float) -> GridCell | None:
    """Return the grid cell in scope that holds a point; on a shared border, the lowest code."""
    if not (isfinite(lon) and isfinite(lat) and -180 <= lon <= 180 and -90 <= lat <= 90):
        return None
    (near,) = ask_together(_cells_near, hexagon_at(lon, lat))
    return next((cell for cell in near if contains(cell.polygon, lon, lat)), None)


def _cells_near(hexagon: int) -> tuple[QuerySet[GridCell]]:
    return (GridCell.objects.filter(hexagons__hexagon=hexagon).order_by("area"),)


def cell_of_point(lon: float, lat: float) -> GridCell:
    """Return the grid cell that holds a point, or raise `OutsideJurisdictionError`."""
    cell = cell_at(lon, lat)
    if cell is None:
        raise OutsideJurisdictionError(field="lon,lat", rule="within_jurisdiction")
    return cell


def grid_cells() -> list[GridCell]:
    """Return the grid cells in scope, by code, at most `CELLS_LIMIT_ROWS`."""
    return list(GridCell.objects.order_by("area")[:CELLS_LIMIT_ROWS])


def cell_areas(low: int, high: int) -> list[int]:
    """Return the areas of the grid cells between two codes, at most `CELLS_LIMIT_ROWS`."""
    rows = GridCell.objects.filter(area__range=(low, high)).order_by("area")
    return list(rows.values_list("area", flat=True)[:CELLS_LIMIT_ROWS])


def cell_owners(areas: Collection[int]) -> dict[int, UUID]:
    """Return the organisation that looks after each of these grid cells."""
    rows = GridCell.objects.filter(area__in=areas)
    return dict(rows.values_list("area", "organisation_id"))


class CellOutline(NamedTuple):
    """A grid cell as it is drawn: its names, and its outer ring in degrees (lon, lat)."""

    area: int
    name_zh: str
    name_en: str
    ring: list[tuple[float, float]]


def cell_outlines() -> list[CellOutline]:
    """Return the outlines of the grid cells in scope, by code."""
    return [
        CellOutline(
            cell.area,
            cell.name_zh,
            cell.name_en,
            [(lon, lat) for lon, lat, *_ in cell.polygon["coordinates"][0]],
        )
        for cell in grid_cells()
    ]


def jurisdictions() -> list[Jurisdiction]:
    """Return the jurisdictions in scope, by code."""
    return list(Jurisdiction.objects.order_by("area"))


def jurisdiction_names(areas: Iterable[int]) -> dict[int, tuple[str, str]]:
    """Return the names of those areas that are jurisdictions, in Chinese and English."""
    rows = Jurisdiction.objects.filter(area__in=set(areas)).values_list(
        "area", "name_zh", "name_en"
    )
    return {area: (name_zh, name_en) for area, name_zh, name_en in rows}


def jurisdiction_of(actor: Actor) -> Jurisdiction | None:
    """Return the widest jurisdiction that `actor` sees."""
    return Jurisdiction.objects.order_by("area").first()


def sites(kind: str | None) -> list[Site]:
    """Return the sites in scope, of one kind or all, at most `SITES_LIMIT_ROWS`."""
    rows = Site.objects.order_by("kind", "name")
    return list((rows.filter(kind=kind) if kind else rows)[:SITES_LIMIT_ROWS])


def site_kind_at(lon: float, lat: float, *, area: int) -> str:
    """Return the kind of the nearest site within `SITE_REACH_M` of a point, in its grid cell.

    An empty text where there is none.
    """
    return nearest_site_kind(lon, lat, sites_by_area([area]).get(area, []))


def sites_by_area(areas: Collection[int]) -> dict[int, list[Site]]:
    """Return the sites in each of these grid cells, at most `SITES_LIMIT_ROWS` together."""
    found: dict[int, list[Site]] = {}
    for site in Site.objects.filter(area__in=areas).order_by("id")[:SITES_LIMIT_ROWS]:
        found.setdefault(site.area, []).append(site)
    return found


def nearest_site_kind(lon: float, lat: float, sites_there: Iterable[Site]) -> str:
    """Return the kind of the nearest of some sites within `SITE_REACH_M`, empty where none is."""
    metres_east = METRES_PER_DEGREE * cos(radians(lat))
    near = [
        (hypot((site.lon - lon) * metres_east, (site.lat - lat) * METRES_PER_DEGREE), site.kind)
        for site in sites_there
    ]
    distance_m, kind = min(near, default=(SITE_REACH_M + 1, ""))
    return kind if distance_m <= SITE_REACH_M else ""


def open_closures(at: datetime) -> list[RoadClosure]:
    """Return the closures in scope that are in force or still to come, latest first."""
    rows = RoadClosure.objects.filter(ended_at__isnull=True).exclude(until_at__lte=at)
    return list(rows.order_by("-from_at", "-id")[:CLOSURES_LIMIT_ROWS])


class ClosedShape(NamedTuple):
    """What a closure closes, and nothing of why or by whom."""

    id: UUID
    lon: float
    lat: float
    radius_m: float | None
    polygon: dict[str, Any] | None


def closures_in_force(at: datetime) -> list[ClosedShape]:
    """Return the closures under which one drives at an instant, of every area, in a fixed order."""
    (found,) = ask_together(_closures_in_force, at)
    return found


def _closures_in_force(at: datetime) -> tuple[PlainRead]:
    return (closures_asked(at),)


def closures_asked(at: datetime) -> PlainRead:
    """Ask for what `closures_in_force` returns, beside other questions."""
    return PlainRead(_IN_FORCE, (at, CLOSURES_LIMIT_ROWS), _closed_shape)


def _closed_shape(
    id: UUID, lon: float, lat: float, radius_m: float | None, polygon: str | None
) -> ClosedShape:
    return ClosedShape(id, lon, lat, radius_m, None if polygon is None else json.loads(polygon))


def closures_of(ids: Sequence[UUID]) -> list[RoadClosure]:
    """Return closures by their ids, in the order of `closures_in_force`."""
    return list(RoadClosure.objects.filter(id__in=ids).order_by("id"))
