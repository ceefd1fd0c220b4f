"""Fields of rows: long JSON is packed, and read whether it is or not."""

import json

from django.db import connection

from anlan.kernel.rows import PackedJSON

LONG = {"units": [{"call_sign": f"P{number:03d}", "lon": 24.9 + number} for number in range(500)]}


def written(value: object) -> str:
    """Return what stands in the database after `value` was written, as JSON."""
    with connection.cursor() as cursor:
        prepared = PackedJSON().get_db_prep_save(value, connection)
        cursor.execute("SELECT %s::jsonb::text", [prepared])
        (text,) = cursor.fetchone()
    return text


def read(text: str | None) -> object:
    return PackedJSON().from_db_value(text, None, connection)


def test_packed_json_is_read_as_it_was_written_and_takes_a_fraction(db):
    text = written(LONG)
    assert read(text) == LONG
    assert isinstance(json.loads(text), str)
    assert len(text) < len(json.dumps(LONG)) / 3


def test_what_was_written_before_it_was_packed_is_read_as_it_is():
    assert read(json.dumps(LONG)) == LONG
    assert read(None) is None
