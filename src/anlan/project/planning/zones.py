"""The zone a person names: a point and a radius, or a polygon from a GeoJSON file."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from shapely.errors import GEOSException

from anlan.project.planning.drawing import Line
from anlan.project.planning.errors import EntryError
from anlan.project.planning.travel import F64
from anlan_engine.cordon import Zone
from anlan_engine.sphere import METRES_PER_DEGREE

ROUND_CORNERS = 72


def read_polygon(file: Path, margin_m: float) -> Zone:
    """Read the one polygon of a GeoJSON file (RFC 7946), without holes.

    Raises
    ------
    EntryError
        Naming what is wrong with it.
    """
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
        shape = shapely.from_geojson(json.dumps(_geometry(found)))
    except (ValueError, GEOSException, KeyError, TypeError, IndexError) as error:
        raise _wrong(file, "is not GeoJSON with one geometry") from error
    if not isinstance(shape, shapely.Polygon) or shape.is_empty:
        raise _wrong(file, "is not a polygon")
    if shape.interiors:
        raise _wrong(file, "has holes: nothing inside a cordon stays open")
    return Zone.polygon(shapely.get_coordinates(shape.exterior)[:, :2], margin_m)


def outline(zone: Zone) -> F64:
    """Give the zone's edge as (lon, lat), closed."""
    corners = zone.corners
    squeeze = np.cos(np.radians(corners[:, 1].mean()))
    scale = METRES_PER_DEGREE * np.array([squeeze, 1.0])
    shape = shapely.Point if len(corners) == 1 else shapely.LineString
    body = shapely.Polygon(corners * scale) if len(corners) > 2 else shape(corners * scale)
    edge = body.buffer(zone.radius_m, quad_segs=ROUND_CORNERS // 4).exterior
    return np.asarray(shapely.get_coordinates(edge) / scale)


def edge_line(zone: Zone, label: str) -> Line:
    """Draw the zone's edge."""
    return Line(outline(zone), "EDGE", label)


def _geometry(found: Any) -> Any:
    if found["type"] == "FeatureCollection":
        (found,) = found["features"]
    return found["geometry"] if found["type"] == "Feature" else found


def _wrong(file: Path, why: str) -> EntryError:
    return EntryError(file=file.name, where="", column="geometry", why=why)
