"""The shape every table shares: an id, an area, a street; and a field for long JSON."""

import zlib
from base64 import b64decode, b64encode
from typing import Any

import orjson
from django.db import models
from psycopg.types.json import Jsonb

from anlan.kernel.areas import street_of
from anlan.kernel.identifiers import new_id

PACKING_LEVEL = 1  # seven times as fast as the highest, and a tenth larger


class StreetField(models.BigIntegerField):  # type: ignore[type-arg]  # not generic at run time
    """The street of a row, always computed from its area just before it is written."""

    def pre_save(self, model_instance: models.Model, add: bool) -> int:  # noqa: FBT001 - Django's own signature
        street = street_of(int(model_instance.area))  # type: ignore[attr-defined]
        setattr(model_instance, self.attname, street)
        return street


class LongJSON(models.JSONField):
    """JSON of thousands of numbers: written by orjson, in a thirtieth of the time of Django's.

    To the database it is any `JSONField`, and no migration knows of it.
    """

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:  # noqa: FBT001, FBT002 - Django's own signature
        return Jsonb(value if prepared else self.get_prep_value(value), dumps=_dumped)

    def deconstruct(self) -> Any:
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.JSONField", args, kwargs


class PackedJSON(LongJSON):
    """JSON of tens of kilobytes into which no statement looks: one JSON string of zlib in base64.

    PostgreSQL would read it, compress it, and write it out again for its leaf in the log, each of
    which takes longer than all of this. What was written before as it is, is read as it is.
    """

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:  # noqa: FBT001, FBT002 - Django's own signature
        packed = zlib.compress(_dumped(value), PACKING_LEVEL)
        return super().get_db_prep_value(b64encode(packed).decode(), connection, prepared)

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        kept = super().from_db_value(value, expression, connection)
        return orjson.loads(zlib.decompress(b64decode(kept))) if isinstance(kept, str) else kept


def _dumped(value: Any) -> bytes:
    return orjson.dumps(value, option=orjson.OPT_SERIALIZE_NUMPY)


class PlacedRow(models.Model):
    """A row with a place: `area` decides who sees it, `street` where a cluster keeps it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    area = models.BigIntegerField()
    street = StreetField(editable=False)

    class Meta:
        abstract = True


class StepRow(PlacedRow):
    """One move that was made. Rows are only ever added; the database refuses anything else."""

    subject_id = models.UUIDField()
    move = models.CharField(max_length=32)
    source = models.CharField(max_length=16)
    target = models.CharField(max_length=16)
    made_by = models.CharField(max_length=64)
    made_by_name = models.CharField(max_length=120)
    made_at = models.DateTimeField()
    facts = models.JSONField(default=dict)

    class Meta:
        abstract = True
