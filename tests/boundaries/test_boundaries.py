"""What the project never does (docs/boundaries.md), asked of its tables and of its API."""

import re
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, models, transaction
from tests.people import EVERYTHING

from anlan.intake.models import Contact
from anlan.kernel.scope import scoped
from anlan.project.api import api

ABOUT_A_PERSON = re.compile(
    r"\b(face|biometric|plate|licence|passport|identity|national|ethnic|religion|belief|gender|sex|"
    r"birth|age|residence|criminal|suspect|petition|assembly|imei|imsi|mac|device|telephone|phone|"
    r"email)\b"
)
ABOUT_A_REPORTER = re.compile(r"\b(contact|telephone|phone|reporter|caller|name|person|device)\b")


def words(name: str) -> str:
    """Return a field's name as words apart, so that `age` is not found in `language`."""
    return name.replace("_", " ")


def columns() -> Iterator[str]:
    for model in apps.get_models():
        if model.__module__.startswith("anlan."):
            for field in model._meta.concrete_fields:
                yield f"{model._meta.db_table}.{field.attname}"


def readings() -> Iterator[tuple[str, str]]:
    """Yield each GET of the API with each of its query parameters."""
    for path, verbs in api.get_openapi_schema()["paths"].items():
        for parameter in verbs.get("get", {}).get("parameters", []):
            if parameter["in"] == "query":
                yield path, parameter["name"]


def test_no_column_describes_a_person() -> None:
    found = list(columns())
    assert "intake_report.text" in found
    assert [name for name in found if ABOUT_A_PERSON.search(words(name))] == []


def test_only_units_have_a_position_that_moves() -> None:
    assert [name for name in columns() if name.endswith(".positioned_at")] == [
        "orgs_unit.positioned_at"
    ]


def test_no_list_can_be_asked_by_who_reported() -> None:
    found = list(readings())
    assert ("/api/v1/cases", "state") in found
    assert [pair for pair in found if ABOUT_A_REPORTER.search(words(pair[1]))] == []


def test_contact_is_sealed_and_cannot_be_looked_up() -> None:
    fields = {field.attname: type(field) for field in Contact._meta.concrete_fields}
    assert set(fields) == {"id", "area", "street", "report_id", "sealed", "expires_at"}
    assert fields["sealed"] is models.BinaryField
    assert [index.fields for index in Contact._meta.indexes] == [["expires_at"]]


@pytest.mark.django_db
@pytest.mark.parametrize("change", ["UPDATE {} SET purpose = 'other'", "DELETE FROM {}"])
def test_record_of_looks_can_only_grow(change: str) -> None:
    with (
        pytest.raises(DatabaseError, match="permission denied"),
        scoped(EVERYTHING),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(change.format("kernel_field_look"))
