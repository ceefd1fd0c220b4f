"""Geometry of grid cells: checked polygons, overlaps in square metres, H3 hexagons."""

from math import cos, radians
from typing import Any

import h3.api.basic_int as h3
from shapely.errors import GEOSException
from shapely.geometry import Point, Polygon, mapping, shape
from shapely.geometry.base import BaseGeometry
from shapely.validation import explain_validity

from anlan.places.errors import BadPolygonError

HEX_RESOLUTION = 10  # about 15,000 square metres a hexagon: a cell touches a few dozen
CELL_LIMIT_M2 = 300e6  # about 20,000 hexagons
CORNERS_LIMIT = 2_000
OVERLAP_TOLERANCE_M2 = 1.0  # neighbours that share a drawn border may differ by rounding
METRES_PER_DEGREE = 111_195.0


def polygon_of(geometry: dict[str, Any], *, field: str = "polygon") -> Polygon:
    """Return a GeoJSON Polygon as a checked polygon; raise `BadPolygonError` naming the fault."""
    if geometry.get("type") != "Polygon":
        raise BadPolygonError(field=field, rule="geojson_polygon")
    try:
        polygon = shape(geometry)
    except (GEOSException, ArithmeticError, ValueError, TypeError, AttributeError, LookupError):
        raise BadPolygonError(field=field, rule="geojson_polygon") from None
    if not isinstance(polygon, Polygon) or polygon.is_empty:
        raise BadPolygonError(field=field, rule="geojson_polygon")
    rings = (polygon.exterior, *polygon.interiors)
    if sum(len(ring.coords) for ring in rings) > CORNERS_LIMIT:
        raise BadPolygonError(field=field, rule="at_most_2000_corners")
    west, south, east, north = polygon.bounds
    if not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):
        raise BadPolygonError(field=field, rule="on_earth")
    if not polygon.is_valid:
        raise BadPolygonError(field=field, rule="simple_ring", fault=explain_validity(polygon))
    return polygon


def geojson_of(polygon: BaseGeometry) -> dict[str, Any]:
    """Return a polygon as GeoJSON."""
    return dict(mapping(polygon))


def square_metres(geometry: BaseGeometry) -> float:
    """Return the size of a small geometry in square metres (equirectangular)."""
    if geometry.is_empty:
        return 0.0
    scale = METRES_PER_DEGREE**2 * cos(radians(geometry.centroid.y))
    return float(geometry.area * scale)


def overlap_m2(one: Polygon, other: Polygon) -> float:
    """Return by how many square metres two polygons overlap."""
    return square_metres(one.intersection(other))


def outside_m2(inner: Polygon, outer: Polygon) -> float:
    """Return how many square metres of `inner` lie outside `outer`."""
    return square_metres(inner.difference(outer))


def contains(polygon: dict[str, Any], lon: float, lat: float) -> bool:
    """Return whether a stored polygon holds a point; its border belongs to it."""
    return bool(shape(polygon).covers(Point(lon, lat)))


def hexagon_at(lon: float, lat: float) -> int:
    """Return the H3 hexagon of a point as an integer."""
    return int(h3.latlng_to_cell(lat, lon, HEX_RESOLUTION))


def hexagons_of(polygon: Polygon) -> list[int]:
    """Return every H3 hexagon that a polygon touches, sorted, up to a named limit."""
    if square_metres(polygon) > CELL_LIMIT_M2:
        raise BadPolygonError(field="polygon", rule="at_most_300_square_km")
    touched = h3.h3shape_to_cells_experimental(
        h3.geo_to_h3shape(geojson_of(polygon)), HEX_RESOLUTION, contain="overlap"
    )
    return sorted(int(cell) for cell in touched)
