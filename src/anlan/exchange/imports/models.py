"""Matters that another system has seen to."""

from django.db import models
from django.db.models import F, Q

from anlan.kernel.rows import PlacedRow

SOURCE_MAX_CHARACTERS = 40
SOURCE_ID_MAX_CHARACTERS = 64
TEXT_MAX_CHARACTERS = 2_000
PLACE_MAX_CHARACTERS = 200


class PastMatter(PlacedRow):
    """A matter as another system held it, under our catalogue; never changed once it is here."""

    source = models.CharField(max_length=SOURCE_MAX_CHARACTERS)
    source_id = models.CharField(max_length=SOURCE_ID_MAX_CHARACTERS)
    item_code = models.CharField(max_length=8)
    lon = models.FloatField()
    lat = models.FloatField()
    place_text = models.CharField(max_length=PLACE_MAX_CHARACTERS)
    text = models.CharField(max_length=TEXT_MAX_CHARACTERS)
    channel = models.CharField(max_length=8)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    imported_at = models.DateTimeField()

    class Meta:
        db_table = "imports_past_matter"
        constraints = [
            models.UniqueConstraint(
                name="imports_past_matter_once", fields=["source", "source_id"]
            ),
            models.CheckConstraint(
                name="imports_past_matter_times",
                condition=Q(closed_at__isnull=True) | Q(closed_at__gte=F("opened_at")),
            ),
            models.CheckConstraint(
                name="imports_past_matter_on_earth",
                condition=Q(lon__range=(-180, 180), lat__range=(-90, 90)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.source_id}"
