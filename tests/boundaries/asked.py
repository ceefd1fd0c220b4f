"""What the boundary tests ask: the real tables and indexes, the API, and every row that is kept."""

import re
from collections.abc import Iterator
from typing import Any

from django.db import connection
from psycopg import sql
from tests.people import EVERYTHING

from anlan.kernel.scope import scoped
from anlan.project.api import api

NOBODY = "00000000-0000-7000-8000-000000000000"
_COLUMNS = """
    SELECT table_name, column_name FROM information_schema.columns
    WHERE table_schema = 'public' ORDER BY 1, 2
"""
_INDEXED = """
    SELECT tablename, indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename = %s
"""
_CHECKS = """
    SELECT pg_get_constraintdef(oid) FROM pg_constraint
    WHERE contype = 'c' AND connamespace = 'public'::regnamespace
"""
_READABLE = """
    SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
    AND has_table_privilege(oid, 'SELECT') ORDER BY 1
"""
_WHOLE = sql.SQL("SELECT row_to_json(t)::text FROM {} t")


def rows(query: str | sql.Composed, *arguments: object) -> list[tuple[Any, ...]]:
    """Return what the database answers."""
    with connection.cursor() as cursor:
        cursor.execute(query, arguments)
        return cursor.fetchall()


def columns() -> set[str]:
    """Return every column of every table, as ``table.column``."""
    return {f"{table}.{column}" for table, column in rows(_COLUMNS)}


def columns_with(*parts: str) -> set[str]:
    """Return the columns one of whose words is in `parts`."""
    return {name for name in columns() if set(parts) & set(name.partition(".")[2].split("_"))}


def indexed(table: str) -> set[str]:
    """Return what the indexes of a table are on, each as PostgreSQL writes it."""
    found = [definition for _, definition in rows(_INDEXED, table)]
    return {re.sub(r".* USING \w+ ", "", definition) for definition in found}


def listed_values() -> set[str]:
    """Return every value of every list that a check constraint holds."""
    lists = [definition for (definition,) in rows(_CHECKS) if "ARRAY[" in definition]
    return {value for definition in lists for value in re.findall(r"'(\w+)'", definition)}


def contract() -> dict[str, Any]:
    """Return the API as OpenAPI describes it."""
    return dict(api.get_openapi_schema())


def operations() -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Yield path, method and description of each operation of the API."""
    for path, methods in contract()["paths"].items():
        for method, described in methods.items():
            yield path, method, described


def properties() -> set[str]:
    """Return every property of every body and reply, as ``Schema.property``."""
    schemas = contract()["components"]["schemas"]
    return {f"{name}.{key}" for name, one in schemas.items() for key in one.get("properties", {})}


def parameters() -> set[str]:
    """Return every parameter by which something can be asked for, as ``path name``."""
    return {
        f"{path} {parameter['name']}"
        for path, _, described in operations()
        for parameter in described.get("parameters", [])
    }


def kept_with(needle: str) -> dict[str, int]:
    """Return how many rows of each table hold `needle`, in the clear or as plain bytes."""
    held = {}
    with scoped(EVERYTHING):
        for (table,) in rows(_READABLE):
            whole = [text for (text,) in rows(_WHOLE.format(sql.Identifier(table)))]
            hits = [text for text in whole if needle in text or needle.encode().hex() in text]
            if hits:
                held[table] = len(hits)
    return held
