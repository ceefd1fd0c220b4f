"""Statements that need no answer of their own ride with the next one: see `base`."""

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Any, cast

from django.db import connection
from django.db.models import Model, QuerySet
from django.db.models.constants import OnConflict
from django.db.models.sql import InsertQuery

if TYPE_CHECKING:
    from anlan.kernel.riding.base import DatabaseWrapper


def ride(statement: str, values: Sequence[Any] = (), *, matters: bool = True) -> None:
    """Send a statement with the next one of this transaction: `DatabaseWrapper.ride`."""
    cast("DatabaseWrapper", connection).ride(statement, values, matters=matters)


def ask_together(*questions: QuerySet[Any, Any]) -> list[list[Any]]:
    """Ask several reads in one message, after what rides; return what each of them finds.

    For reads that are always wanted together: which must be known before any of them answers.
    """
    written = [one.query.get_compiler(connection=connection) for one in questions]
    with connection.cursor() as cursor:
        found = cursor.ask([compiler.as_sql() for compiler in written])
    for question, compiler, rows in zip(questions, written, found, strict=True):
        vars(compiler)["execute_sql"] = _brings([rows])
        vars(question.query)["get_compiler"] = _brings(compiler)
    return [list(question) for question in questions]


def _brings(found: Any) -> Any:
    """Return a function of anything that brings what was found already."""
    return lambda *_, **__: found


def ride_rows(
    rows: Collection[Model], *, in_place_of: Collection[str] = (), replacing: Collection[str] = ()
) -> None:
    """Insert rows of one table by a statement that rides.

    Where a row with the same values of the fields `in_place_of` is there, its fields `replacing`
    are set instead. A row's id has to be known before: the database tells nothing back.
    """
    if not rows:
        return
    table = type(next(iter(rows)))
    described = table._meta  # noqa: SLF001 - Django's documented API
    field = described.get_field
    query = InsertQuery(
        table,
        on_conflict=OnConflict.UPDATE if in_place_of else None,
        unique_fields=[field(name) for name in in_place_of],
        update_fields=[field(name) for name in replacing],
    )
    query.insert_values(described.concrete_fields, list(rows))
    for statement, values in query.get_compiler(connection=connection).as_sql():
        ride(statement, values)
    for row in rows:
        row._state.adding = False  # noqa: SLF001 - saved from here on: the next time it is changed
