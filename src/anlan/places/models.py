"""Tables of jurisdictions, grid cells and sites."""

from django.db import models
from django.db.models import F, Q

from anlan.kernel.rows import PlacedRow

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
