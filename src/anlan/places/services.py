"""Every write of jurisdictions, grid cells, sites and closed roads."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from shapely.geometry import Polygon

from anlan.kernel.access import Actor, require, system_actor
from anlan.kernel.areas import Level, check_area, level_of, parent_of
from anlan.kernel.errors import InvalidError, RefusedError, UnknownError
from anlan.kernel.outbox import publish
from anlan.kernel.scope import scoped
from anlan.kernel.texts import clean_text
from anlan.places.errors import (
    BadPolygonError,
    CellOutsideParentError,
    CellOverlapError,
    ClosureEndedError,
    NothingClosedError,
    TooManyClosuresError,
)
from anlan.places.models import (
    RADIUS_LIMIT_M,
    REASON_MAX_CHARACTERS,
    CellHexagon,
    GridCell,
    Jurisdiction,
    RoadClosure,
    RoadClosureStep,
    Site,
)
from anlan.places.polygons import (
    CELL_LIMIT_M2,
    OVERLAP_TOLERANCE_M2,
    geojson_of,
    hexagons_of,
    outside_m2,
    overlap_m2,
    polygon_of,
    square_metres,
)
from anlan.places.roads import closes_a_street, shape_of
from anlan.places.selectors import CLOSURES_LIMIT_ROWS, cell_at, cell_of_point, open_closures

SITE_BATCH_ROWS = 1_000
NAME_MAX_CHARACTERS = 120
CELLS_LOCK_KEY = 0x63656C6C  # "cell"
SURVEYOR = system_actor("cell-survey")


@dataclass(frozen=True, slots=True)
class SiteFound:
    """A site as an importer found it; `source` names it once and for all."""

    kind: str
    name: str
    lon: float
    lat: float
    source: str


def add_jurisdiction(
    *, area: int, name_zh: str, name_en: str, boundary: dict[str, Any] | None, actor: Actor
) -> Jurisdiction:
    """Add a jurisdiction or bring the one with this code up to date."""
    require(actor, "place.write")
    if level_of(check_area(area)) == Level.CELL:
        raise InvalidError(field="area", rule="above_a_cell")
    if boundary is not None:
        polygon_of(boundary, field="boundary")
    jurisdiction, _ = Jurisdiction.objects.update_or_create(
        area=area, defaults={"name_zh": name_zh, "name_en": name_en, "boundary": boundary}
    )
    return jurisdiction


def add_grid_cell(
    *, area: int, name_zh: str, name_en: str, organisation_id: UUID, polygon: dict[str, Any],
    actor: Actor,
) -> GridCell:  # fmt: skip
    """Add a grid cell to its community.

    Cells are added one at a time: two that would overlap cannot both be added, however close in
    time and in whichever communities. Raises `CellOverlapError` naming both cells,
    `CellOutsideParentError`, `BadPolygonError`, `UnknownError` for a community that is not there,
    `RefusedError` for a code in use.
    """
    require(actor, "place.write")
    if level_of(check_area(area)) != Level.CELL:
        raise InvalidError(field="area", rule="a_cell_code")
    shape = polygon_of(polygon)
    hexagons = hexagons_of(shape)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [CELLS_LOCK_KEY])
    _check_within_parent(area, shape)
    _check_apart(area, shape, hexagons)
    try:
        with transaction.atomic():
            cell = GridCell.objects.create(
                area=area,
                name_zh=_name(name_zh, "name_zh"),
                name_en=_name(name_en, "name_en"),
                organisation_id=organisation_id,
                polygon=geojson_of(shape),
            )
    except IntegrityError:
        raise RefusedError(code="cell.code_taken", field="area", rule="unused", area=area) from None
    CellHexagon.objects.bulk_create(
        CellHexagon(area=area, cell=cell, hexagon=hexagon) for hexagon in hexagons
    )
    return cell


def _check_within_parent(area: int, shape: Polygon) -> None:
    parent = parent_of(area) or area
    community = Jurisdiction.objects.filter(area=parent).first()
    if community is None:
        raise UnknownError(code="cell.no_parent", field="area", rule="known_community")
    if community.boundary is None:
        return
    beyond = outside_m2(shape, polygon_of(community.boundary))
    if beyond > OVERLAP_TOLERANCE_M2:
        raise CellOutsideParentError(
            field="polygon",
            rule="within_parent",
            cell=area,
            parent=parent,
            parent_name=community.name_en,
            square_metres=round(beyond),
        )


def _check_apart(area: int, shape: Polygon, hexagons: Sequence[int]) -> None:
    """Refuse an overlap with any cell, those outside the actor's own area too."""
    with scoped(SURVEYOR):
        near = list(GridCell.objects.filter(hexagons__hexagon__in=hexagons).distinct())
    for sibling in near:
        shared = overlap_m2(shape, polygon_of(sibling.polygon))
        if shared > OVERLAP_TOLERANCE_M2:
            raise CellOverlapError(
                field="polygon",
                rule="no_overlap",
                cell=area,
                sibling=sibling.area,
                sibling_name=sibling.name_en,
                square_metres=round(shared),
            )


def _name(typed: str, field: str) -> str:
    return clean_text(typed, field=field, limit_characters=NAME_MAX_CHARACTERS, required=True)


def import_sites(found: Iterable[SiteFound], *, actor: Actor) -> tuple[int, int]:
    """Add sites that are not known yet; return how many lie in a cell and how many do not."""
    require(actor, "place.write")
    placed, outside = [], 0
    for site in found:
        cell = cell_at(site.lon, site.lat)
        if cell is None:
            outside += 1
            continue
        placed.append(
            Site(
                area=cell.area,
                kind=site.kind,
                name=site.name,
                lon=site.lon,
                lat=site.lat,
                source=site.source,
            )
        )
    Site.objects.bulk_create(placed, batch_size=SITE_BATCH_ROWS, ignore_conflicts=True)
    return len(placed), outside


@dataclass(frozen=True, slots=True)
class ClosureShape:
    """What is closed: a circle round a point, or a polygon; the other part is None."""

    lon: float | None
    lat: float | None
    radius_m: float | None
    polygon: dict[str, Any] | None


def enter_closure(
    *, shape: ClosureShape, reason: str, from_at: datetime | None, until_at: datetime | None,
    actor: Actor, at: datetime,
) -> RoadClosure:  # fmt: skip
    """Close roads: from the commit on, every travel time goes round them.

    Without `from_at` they are closed at once. Raises `InvalidError` for a shape or times that are
    none, `OutsideJurisdictionError` for a middle outside the actor's area, `NothingClosedError`,
    `TooManyClosuresError`.
    """
    require(actor, "road.close")
    begin = from_at or at
    if until_at is not None and until_at <= max(begin, at):
        raise InvalidError(field="until_at", rule="in_the_future")
    lon, lat, polygon = _drawn(shape)
    with scoped(SURVEYOR):
        if len(open_closures(at)) >= CLOSURES_LIMIT_ROWS:
            raise TooManyClosuresError(most=CLOSURES_LIMIT_ROWS)
    closure = RoadClosure(
        area=cell_of_point(lon, lat).area,
        reason=clean_text(
            reason, field="reason", limit_characters=REASON_MAX_CHARACTERS, required=True
        ),
        lon=lon,
        lat=lat,
        radius_m=None if polygon else shape.radius_m,
        polygon=polygon,
        from_at=begin,
        until_at=until_at,
        entered_at=at,
        entered_by=actor.id,
        entered_by_name=actor.name,
    )
    if not closes_a_street(shape_of(closure)):
        raise NothingClosedError(
            field="polygon" if polygon else "radius_m", rule="touches_a_street"
        )
    closure.save(force_insert=True)
    _step(closure, "enter", ("", "OPEN"), {"reason": closure.reason}, actor, at)
    return closure


def end_closure(closure_id: UUID, *, actor: Actor, at: datetime) -> RoadClosure:
    """Open closed roads again, from the commit on; raise `UnknownError`, `ClosureEndedError`."""
    require(actor, "road.close")
    closure = RoadClosure.objects.select_for_update().filter(id=closure_id).first()
    if closure is None:
        raise UnknownError(code="closure.unknown")
    if closure.ended_at is not None:
        raise ClosureEndedError
    closure.ended_at = at
    closure.save(update_fields=["ended_at"])
    _step(closure, "end", ("OPEN", "ENDED"), {}, actor, at)
    return closure


def _drawn(shape: ClosureShape) -> tuple[float, float, dict[str, Any] | None]:
    """Check a shape; return a point inside it, and its polygon if it has one."""
    if shape.polygon is not None and shape.lon is shape.lat is shape.radius_m is None:
        polygon = polygon_of(shape.polygon)
        if polygon.interiors:
            raise BadPolygonError(field="polygon", rule="no_holes")
        if square_metres(polygon) > CELL_LIMIT_M2:
            raise BadPolygonError(field="polygon", rule="at_most_300_square_km")
        inside = polygon.representative_point()
        return float(inside.x), float(inside.y), geojson_of(polygon)
    if shape.polygon is not None or shape.lon is None or shape.lat is None:
        raise InvalidError(field="polygon", rule="circle_or_polygon")
    if shape.radius_m is None or not 1 <= shape.radius_m <= RADIUS_LIMIT_M:
        raise InvalidError(field="radius_m", rule="radius_1_to_2000_m")
    return shape.lon, shape.lat, None


def _step(
    closure: RoadClosure, move: str, change: tuple[str, str], facts: dict[str, Any],
    actor: Actor, at: datetime,
) -> None:  # fmt: skip
    """Add one step to a closure's history and tell the screens."""
    RoadClosureStep.objects.create(
        area=closure.area,
        subject_id=closure.id,
        move=move,
        source=change[0],
        target=change[1],
        made_by=actor.id,
        made_by_name=actor.name,
        made_at=at,
        facts=facts,
    )
    body = {"state": change[1]}
    publish("closure.changed", area=closure.area, subject_id=closure.id, body=body, at=at)
