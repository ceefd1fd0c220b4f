"""Tables of jurisdictions, grid cells, sites and closed roads."""

from django.db import models
from django.db.models import F, Q

from anlan.kernel.rows import PlacedRow, StepRow

REASON_MAX_CHARACTERS = 500
RADIUS_LIMIT_M = 2_000

SITE_KINDS = ["SCHOOL", "HOSPITAL", "STATION", "SHOP"]


class Jurisdiction(PlacedRow):
    """A division, sub-district or community: everything whose area lies in its code's range."""

    name_zh = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120)
    boundary = models.JSONField(null=True)

    class Meta:
        db_table = "places_jurisdiction"
        constraints = [models.UniqueConstraint(name="places_jurisdiction_code", fields=["area"])]

    def __str__(self) -> str:
        return f"{self.area} {self.name_en}"


class GridCell(PlacedRow):
    """A named legal polygon with an owner; its area code is its own.

    `polygon` is a GeoJSON Polygon (RFC 7946), degrees WGS84.
    """

    name_zh = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120)
    organisation_id = models.UUIDField()
    polygon = models.JSONField()

    class Meta:
        db_table = "places_grid_cell"
        constraints = [models.UniqueConstraint(name="places_grid_cell_code", fields=["area"])]

    def __str__(self) -> str:
        return f"{self.area} {self.name_en}"


class CellHexagon(PlacedRow):
    """One H3 hexagon that a grid cell touches: an index to find the cell by, nothing more."""

    hexagon = models.BigIntegerField()
    cell = models.ForeignKey(GridCell, on_delete=models.CASCADE, related_name="hexagons")

    class Meta:
        db_table = "places_cell_hexagon"
        indexes = [models.Index(name="places_cell_hexagon_key", fields=["hexagon", "area"])]

    def __str__(self) -> str:
        return f"{self.hexagon:x}"


class Site(PlacedRow):
    """A school, hospital, station or shop: a place to protect or to work from."""

    kind = models.CharField(max_length=16)
    name = models.CharField(max_length=200)
    lon = models.FloatField()
    lat = models.FloatField()
    source = models.CharField(max_length=64, unique=True)

    class Meta:
        db_table = "places_site"
        constraints = [
            models.CheckConstraint(name="places_site_kind", condition=Q(kind__in=SITE_KINDS)),
            models.CheckConstraint(
                name="places_site_on_earth",
                condition=Q(lon__range=(-180, 180), lat__range=(-90, 90)) & ~Q(lon=F("lat"), lat=0),
            ),
        ]
        indexes = [models.Index(name="places_site_area", fields=["area", "kind"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.name}"


class RoadClosure(PlacedRow):
    """Streets that nobody may drive through from `from_at` up to `until_at`, unless ended before.

    Their shape is a circle (`lon`, `lat`, `radius_m`) or a GeoJSON Polygon without holes; `lon` and
    `lat` lie inside either, in the grid cell of `area`. Shape and beginning never change.
    """

    reason = models.CharField(max_length=REASON_MAX_CHARACTERS)
    lon = models.FloatField()
    lat = models.FloatField()
    radius_m = models.FloatField(null=True)
    polygon = models.JSONField(null=True)
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    entered_at = models.DateTimeField()
    entered_by = models.CharField(max_length=64)
    entered_by_name = models.CharField(max_length=120)

    class Meta:
        db_table = "places_road_closure"
        constraints = [
            models.CheckConstraint(
                name="places_road_closure_one_shape",
                condition=Q(radius_m__isnull=False, polygon__isnull=True)
                | Q(radius_m__isnull=True, polygon__isnull=False),
            ),
            models.CheckConstraint(
                name="places_road_closure_radius",
                condition=Q(radius_m__isnull=True)
                | Q(radius_m__gte=1, radius_m__lte=RADIUS_LIMIT_M),
            ),
            models.CheckConstraint(
                name="places_road_closure_until_after_from",
                condition=Q(until_at__isnull=True) | Q(until_at__gt=F("from_at")),
            ),
        ]
        indexes = [
            models.Index(
                name="places_road_closure_open",
                fields=["from_at"],
                condition=Q(ended_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"closure {self.pk}"


class RoadClosureStep(StepRow):
    """Who entered or ended a closure, and when."""

    class Meta:
        db_table = "places_road_closure_step"
        indexes = [models.Index(name="places_road_closure_step_of", fields=["subject_id", "id"])]

    def __str__(self) -> str:
        return f"{self.move} {self.made_at:%Y-%m-%dT%H:%M:%SZ}"
