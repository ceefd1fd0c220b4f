"""Statements that need no answer of their own ride with the next one: see `base`.

What is sent with every call is written by Django once and kept: where a case comes in each 16 ms,
writing a statement takes as long as PostgreSQL takes to carry it out.
"""

from collections.abc import Callable, Collection, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING, Any, cast
from uuid import UUID, uuid4

from django.db import connection
from django.db.models import Field, Model, QuerySet
from django.db.models.constants import OnConflict
from django.db.models.expressions import DatabaseDefault
from django.db.models.sql import InsertQuery

if TYPE_CHECKING:
    from anlan.kernel.riding.base import DatabaseWrapper


@dataclass(frozen=True, slots=True)
class PlainRead:
    """A read in our own SQL, for where Django's rows cost more than what is done with them."""

    statement: str
    parameters: Sequence[Any]
    row_of: Callable[..., Any]
    """Makes something of the columns of each row."""


Questions = Callable[..., Sequence[QuerySet[Any, Any] | PlainRead]]
"""Says of some values which reads are wanted together; must ask alike whatever the values are."""

_STAND_INS: dict[type, Callable[[], Any]] = {
    UUID: uuid4,
    int: lambda: uuid4().int % 2**31,
    str: lambda: uuid4().hex,
    datetime: lambda: datetime.fromtimestamp(uuid4().int % 2**36, UTC),
}


def ride(statement: str, values: Sequence[Any] = (), *, matters: bool = True) -> None:
    """Send a statement with the next one of this transaction: `DatabaseWrapper.ride`."""
    cast("DatabaseWrapper", connection).ride(statement, values, matters=matters)


def send() -> None:
    """Send what rides now, so that what the database refuses of it is raised here."""
    with connection.wrap_database_errors, connection.cursor() as cursor:
        cursor.send_riders()


def ask_together(questions: Questions, *values: UUID | int | str | datetime) -> list[list[Any]]:
    """Ask reads that are always wanted together in one message; return what each of them finds.

    They are written once, by `questions` of values that stand in for any others: so each value is a
    UUID, a number, a text or a time, never None and never a list, and stands in a condition as it
    is.
    """
    written = _questions(questions, *map(type, values))
    with connection.wrap_database_errors, connection.cursor() as cursor:
        found = cursor.ask([one.about(values) for one in written])
    return [one.read(rows) for one, rows in zip(written, found, strict=True)]


@dataclass(frozen=True, slots=True)
class _Question:
    """A read as it is sent; of its parameters, those in `places` are a value's of a call."""

    statement: str
    parameters: Sequence[Any]
    places: Sequence[int | None]
    read: Callable[[list[Any]], list[Any]]
    """Makes of the rows that were found what is wanted of them."""

    def about(self, values: Sequence[Any]) -> tuple[str, list[Any]]:
        """Return the statement and its parameters for the values of a call."""
        both = zip(self.parameters, self.places, strict=True)
        return self.statement, [one if at is None else values[at] for one, at in both]


@cache
def _questions(questions: Questions, *types: type) -> list[_Question]:
    stand_ins = [_STAND_INS[one]() for one in types]
    written = [_written(rows, stand_ins) for rows in questions(*stand_ins)]
    if missing := {*range(len(types))}.difference(*(one.places for one in written)):
        msg = f"{questions.__qualname__}: values {sorted(missing)} are in no condition as they are"
        raise ValueError(msg)
    return written


def _written(rows: QuerySet[Any, Any] | PlainRead, stand_ins: Sequence[Any]) -> _Question:
    statement, parameters, read = _plain(rows) if isinstance(rows, PlainRead) else _of_django(rows)
    places = [stand_ins.index(one) if one in stand_ins else None for one in parameters]
    return _Question(statement, parameters, places, read)


def _plain(rows: PlainRead) -> tuple[str, Sequence[Any], Callable[[list[Any]], list[Any]]]:
    return rows.statement, rows.parameters, lambda found: [rows.row_of(*one) for one in found]


def _of_django(
    rows: QuerySet[Any, Any],
) -> tuple[str, Sequence[Any], Callable[[list[Any]], list[Any]]]:
    compiler = rows.query.get_compiler(connection=connection)
    statement, parameters = compiler.as_sql()

    def read(found: list[Any]) -> list[Any]:
        mine, brought = rows.all(), copy(compiler)
        vars(brought)["execute_sql"] = _brings([found])
        vars(mine.query)["get_compiler"] = _brings(brought)
        return list(mine)

    return statement, parameters, read


def _brings(found: Any) -> Any:
    """Return a function of anything that brings what was found already."""
    return lambda *_, **__: found


def ride_rows(
    rows: Collection[Model], *, in_place_of: Collection[str] = (), replacing: Collection[str] = ()
) -> None:
    """Insert rows of one table by statements that ride.

    Where a row with the same values of the fields `in_place_of` is there, its fields `replacing`
    are set instead. A row's id has to be known before: the database tells nothing back.
    """
    for row in rows:
        given = _given(row)
        statement = _insertion(type(row), tuple(given), tuple(in_place_of), tuple(replacing))
        ride(statement, [*given.values()])
        row._state.adding = False  # noqa: SLF001 - saved from here on: the next time it is changed


def _given(row: Model) -> dict["Field[Any, Any]", Any]:
    """Return the values of a row as they are written, but for what the database puts in itself."""
    fields = row._meta.concrete_fields  # noqa: SLF001 - Django's documented API
    values = {field: field.pre_save(row, add=True) for field in fields}
    return {
        field: field.get_db_prep_save(value, connection)
        for field, value in values.items()
        if not isinstance(value, DatabaseDefault)
    }


@cache
def _insertion(
    table: type[Model], fields: Sequence["Field[Any, Any]"], in_place_of: Sequence[str],
    replacing: Sequence[str],
) -> str:  # fmt: skip
    """Return the statement that inserts a row; its parameters are the values of `fields`."""
    named = table._meta.get_field  # noqa: SLF001 - Django's documented API
    query = InsertQuery(
        table,
        on_conflict=OnConflict.UPDATE if in_place_of else None,
        unique_fields=[named(name) for name in in_place_of],
        update_fields=[named(name) for name in replacing],
    )
    query.insert_values(fields, [table()], raw=True)
    ((statement, _),) = query.get_compiler(connection=connection).as_sql()
    return cast("str", statement)
