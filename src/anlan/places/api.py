"""HTTP of jurisdictions, grid cells, sites, place names and closed roads."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Query, Router, Status
from pydantic import ConfigDict, FiniteFloat

from anlan.kernel import clock
from anlan.kernel.access import require
from anlan.kernel.errors import UnauthenticatedError
from anlan.kernel.http import actor_of
from anlan.kernel.schemas import Schema
from anlan.kernel.zones import Moment
from anlan.places import selectors, services
from anlan.places.city_pack import city
from anlan.places.models import (
    RADIUS_LIMIT_M,
    REASON_MAX_CHARACTERS,
    GridCell,
    RoadClosure,
)
from anlan.places.place_names import address_of, find_places, point_in

router = Router()
SEARCH_MAX_CHARACTERS = 120
NEAR_MAX_CHARACTERS = 48


class CityOut(Schema):
    """The installed city pack: what the map needs to draw it."""

    name: str
    pack: str
    bounds: tuple[float, float, float, float]
    centre: tuple[float, float]
    attribution: str
    jurisdiction_zh: str
    jurisdiction_en: str


class JurisdictionOut(Schema):
    """A jurisdiction as lists show it."""

    area: int
    name_zh: str
    name_en: str
    boundary: dict[str, Any] | None


class CellProperties(Schema):
    """What belongs to a grid cell beside its polygon."""

    area: int
    name_zh: str
    name_en: str
    organisation_id: UUID


class CellFeature(Schema):
    """A grid cell as a GeoJSON feature."""

    type: Literal["Feature"] = "Feature"
    id: str
    properties: CellProperties
    geometry: dict[str, Any]


class CellCollection(Schema):
    """Grid cells as GeoJSON."""

    type: Literal["FeatureCollection"] = "FeatureCollection"
    features: list[CellFeature]


class CellBody(Schema):
    """A grid cell to add; the polygon is GeoJSON, degrees WGS84."""

    model_config = ConfigDict(extra="forbid")

    area: int
    name_zh: str = Field(min_length=1, max_length=120)
    name_en: str = Field(min_length=1, max_length=120)
    organisation_id: UUID
    polygon: dict[str, Any]


class SiteOut(Schema):
    """A site as lists show it."""

    id: UUID
    area: int
    kind: str
    name: str
    lon: float
    lat: float


class PlaceHit(Schema):
    """One place that a search found."""

    name: str
    detail: str
    kind: str
    lon: float
    lat: float
    fit: Literal["EXACT", "BEGINNING", "WORDS", "SOUND", "SPELLING", "STREET_ONLY"]


class PlaceOut(Schema):
    """What stands at a point."""

    area: int
    cell_zh: str
    cell_en: str
    address: str


Longitude = Annotated[FiniteFloat, Query(..., ge=-180, le=180)]
Latitude = Annotated[FiniteFloat, Query(..., ge=-90, le=90)]


@router.get("/city", response=CityOut, operation_id="get_city")
def get_city(request: HttpRequest) -> CityOut:
    """Describe the installed city pack."""
    actor = actor_of(request)
    if not actor.signed_in:
        raise UnauthenticatedError
    require(actor, "place.read")
    pack, widest = city(), selectors.jurisdiction_of(actor)
    return CityOut(
        name=pack.meta["name"],
        pack=pack.checksum,
        bounds=pack.meta["bounds"],
        centre=pack.meta["centre"],
        attribution=pack.meta["attribution"],
        jurisdiction_zh=widest.name_zh if widest else pack.meta["name"],
        jurisdiction_en=widest.name_en if widest else pack.meta["name"],
    )


@router.get("/jurisdictions", response=list[JurisdictionOut], operation_id="list_jurisdictions")
def get_jurisdictions(request: HttpRequest) -> list[JurisdictionOut]:
    """List the jurisdictions in scope."""
    require(actor_of(request), "place.read")
    return [
        JurisdictionOut.model_validate(found, from_attributes=True)
        for found in selectors.jurisdictions()
    ]


def _feature(cell: GridCell) -> CellFeature:
    return CellFeature(
        id=str(cell.id),
        properties=CellProperties.model_validate(cell, from_attributes=True),
        geometry=cell.polygon,
    )


@router.get("/grid-cells", response=CellCollection, operation_id="list_grid_cells")
def get_grid_cells(request: HttpRequest) -> CellCollection:
    """List the grid cells in scope as GeoJSON."""
    require(actor_of(request), "place.read")
    return CellCollection(features=[_feature(cell) for cell in selectors.grid_cells()])


@router.post("/grid-cells", response={201: CellFeature}, operation_id="add_grid_cell")
def post_grid_cell(request: HttpRequest, body: CellBody) -> Status[CellFeature]:
    """Add a grid cell; one that overlaps its sibling is refused with the pair named."""
    cell = services.add_grid_cell(
        area=body.area,
        name_zh=body.name_zh,
        name_en=body.name_en,
        organisation_id=body.organisation_id,
        polygon=body.polygon,
        actor=actor_of(request),
    )
    return Status(201, _feature(cell))


@router.get("/sites", response=list[SiteOut], operation_id="list_sites")
def get_sites(
    request: HttpRequest, kind: Literal["SCHOOL", "HOSPITAL", "STATION", "SHOP"] | None = None
) -> list[SiteOut]:
    """List the sites in scope."""
    require(actor_of(request), "place.read")
    return [SiteOut.model_validate(site, from_attributes=True) for site in selectors.sites(kind)]


@router.get("/place-search", response=list[PlaceHit], operation_id="search_places")
def get_place_search(
    request: HttpRequest,
    text: Annotated[str, Query(..., max_length=SEARCH_MAX_CHARACTERS)],
    near: Annotated[str, Query(max_length=NEAR_MAX_CHARACTERS)] = "",
) -> list[PlaceHit]:
    """Find places by name, address or crossing ("A / B"), best first, near ones of equals first.

    Typing errors, pinyin and its initials are understood; `near` is `lon,lat` in degrees.
    """
    require(actor_of(request), "place.read")
    hits = find_places(text, point_in(near) if near else None)
    return [PlaceHit.model_validate(hit._asdict()) for hit in hits]


@router.get("/places/at", response=PlaceOut, operation_id="place_at")
def get_place_at(request: HttpRequest, lon: Longitude, lat: Latitude) -> PlaceOut:
    """Say which grid cell holds a point and what its address is."""
    require(actor_of(request), "place.read")
    cell = selectors.cell_of_point(lon, lat)
    return PlaceOut(
        area=cell.area,
        cell_zh=cell.name_zh,
        cell_en=cell.name_en,
        address=city().address_at(lon, lat),
    )


class ClosureBody(Schema):
    """Roads to close: a circle (`lon`, `lat`, `radius_m` metres) or a GeoJSON Polygon.

    Without `from_at` at once; without `until_at` until somebody ends it.
    """

    model_config = ConfigDict(extra="forbid")
    reason: str = Field(min_length=1, max_length=REASON_MAX_CHARACTERS)
    lon: Annotated[FiniteFloat, Field(ge=-180, le=180)] | None = None
    lat: Annotated[FiniteFloat, Field(ge=-90, le=90)] | None = None
    radius_m: Annotated[FiniteFloat, Field(ge=1, le=RADIUS_LIMIT_M)] | None = None
    polygon: dict[str, Any] | None = None
    from_at: Moment | None = None
    until_at: Moment | None = None


class ClosureOut(Schema):
    """Closed roads as lists show them; `address` names the middle, empty where nothing is near."""

    id: UUID
    area: int
    reason: str
    address: str
    lon: float
    lat: float
    radius_m: float | None
    polygon: dict[str, Any] | None
    from_at: datetime
    until_at: datetime | None
    ended_at: datetime | None
    entered_at: datetime
    entered_by_name: str


def _closure(closure: RoadClosure) -> ClosureOut:
    kept = {name: getattr(closure, name) for name in ClosureOut.model_fields if name != "address"}
    return ClosureOut(address=address_of(closure.lon, closure.lat), **kept)


@router.get("/road-closures", response=list[ClosureOut], operation_id="list_road_closures")
def get_road_closures(request: HttpRequest) -> list[ClosureOut]:
    """List the closures in scope that are in force or still to come."""
    require(actor_of(request), "place.read")
    return [_closure(closure) for closure in selectors.open_closures(clock.now())]


@router.post("/road-closures", response={201: ClosureOut}, operation_id="close_roads")
def post_road_closure(request: HttpRequest, body: ClosureBody) -> Status[ClosureOut]:
    """Close roads: every recommendation after this one goes round them."""
    closure = services.enter_closure(
        shape=services.ClosureShape(body.lon, body.lat, body.radius_m, body.polygon),
        reason=body.reason,
        from_at=body.from_at,
        until_at=body.until_at,
        actor=actor_of(request),
        at=clock.now(),
    )
    return Status(201, _closure(closure))


@router.post(
    "/road-closures/{closure_id}/moves/end", response=ClosureOut, operation_id="end_road_closure"
)
def post_end_of_closure(request: HttpRequest, closure_id: UUID) -> ClosureOut:
    """Open closed roads again."""
    return _closure(services.end_closure(closure_id, actor=actor_of(request), at=clock.now()))
