"""A scope ends with its transaction, on whatever connection it was."""

from dataclasses import replace

import psycopg
import pytest
from django.db import DatabaseError, connection, connections, transaction
from psycopg.rows import TupleRow
from tests import database
from tests.people import EVERYTHING

from anlan.kernel.postgres.secret import ADMINISTRATOR, APPLICATION
from anlan.kernel.scope import scoped
from anlan.orgs.models import Organisation, Unit
from anlan.places.models import GridCell

CELLS_OF_COMMUNITY = 4
CELLS = 24
COPIES = 4_000


def value(statement: str) -> object:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchone()[0]


def range_set() -> object:
    return value(
        "SELECT current_setting('anlan.area_low', true) || '-'"
        " || current_setting('anlan.area_high', true)"
    )


@pytest.mark.django_db
def test_scope_shows_its_range_and_no_more(community):
    with scoped(community):
        assert GridCell.objects.count() == CELLS_OF_COMMUNITY
        assert {cell.area // 1000 for cell in GridCell.objects.all()} == {990101001001}
    with scoped(EVERYTHING):
        assert GridCell.objects.count() == CELLS


@pytest.mark.django_db
def test_leaving_an_inner_scope_restores_the_outer(community):
    with scoped(community):
        with scoped(EVERYTHING):
            assert GridCell.objects.count() == CELLS
        assert GridCell.objects.count() == CELLS_OF_COMMUNITY


@pytest.mark.django_db
def test_inner_scope_that_fails_restores_the_outer(community):
    with scoped(community):
        with pytest.raises(ZeroDivisionError), scoped(EVERYTHING):
            raise ZeroDivisionError
        assert GridCell.objects.count() == CELLS_OF_COMMUNITY


@pytest.mark.django_db
def test_inner_scope_that_is_rolled_back_restores_the_outer(community):
    with scoped(EVERYTHING):
        with scoped(community):
            transaction.set_rollback(True)
        assert GridCell.objects.count() == CELLS


@pytest.mark.django_db
def test_empty_range_shows_nothing():
    with scoped(replace(EVERYTHING, area_low=5, area_high=4)):
        assert GridCell.objects.count() == 0


def checked_out(times: int = 20) -> dict[object, set[tuple[object, ...]]]:
    """Take connections from the pool again and again; return what each one shows by its pid."""
    found: dict[object, set[tuple[object, ...]]] = {}
    for _ in range(times):
        pid = value("SELECT pg_backend_pid()")
        shown = (range_set(), Unit.objects.count(), GridCell.objects.count())
        found.setdefault(pid, set()).add(shown)
        connection.close()
    return found


def test_pooled_connection_carries_no_scope_to_its_next_user(committing):
    with scoped(EVERYTHING):
        used = value("SELECT pg_backend_pid()")
        assert Unit.objects.count() > 0
    connection.close()
    assert checked_out()[used] == {("-", 0, 0)}


def test_connection_that_failed_in_a_scope_carries_none_either(committing):
    with scoped(EVERYTHING):
        used = value("SELECT pg_backend_pid()")
        with pytest.raises(DatabaseError):
            value("SELECT 1 / 0")
    connection.close()
    assert checked_out()[used] <= {("-", 0, 0), (None, 0, 0)}


def rows_planned(statement: str) -> int:
    """Return how many rows the planner expects: it looks at the scope that is set."""
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (FORMAT JSON) {statement}")
        return int(cursor.fetchone()[0][0]["Plan"]["Plan Rows"])


@pytest.fixture
def many_units(committing: str) -> None:
    """Give every cell of the city the same number of units, and let the planner know."""
    with scoped(EVERYTHING):
        station = Organisation.objects.get(code="FIRE_EROTTAJA")
        areas = [cell.area for cell in GridCell.objects.order_by("area")]
        Unit.objects.bulk_create(
            Unit(
                area=areas[number % len(areas)],
                call_sign=f"X{number}",
                kind="PATROL",
                capabilities=[],
                organisation=station,
                station_lon=24.9,
                station_lat=60.1,
            )
            for number in range(COPIES)
        )
    where = database.server().connection(ADMINISTRATOR, database=committing).conninfo()
    with psycopg.connect(where, autocommit=True) as administrator:
        administrator.execute("ANALYZE orgs_unit")


def test_each_scope_gets_a_plan_of_its_own(many_units, community):
    expected: dict[int, set[int]] = {}
    for _ in range(8):  # psycopg would prepare after five
        for actor in (community, EVERYTHING):
            with scoped(actor):
                planned = rows_planned("SELECT * FROM orgs_unit")
                expected.setdefault(actor.area_high, set()).add(planned)
    (narrow,), (wide,) = expected.values()
    assert narrow < COPIES / 4 < COPIES < wide


def test_no_statement_stays_prepared(committing):
    for _ in range(8):
        with scoped(EVERYTHING):
            assert Unit.objects.count() > 0
            prepared = value("SELECT count(*) FROM pg_prepared_statements")
    assert prepared == 0


def test_a_driver_left_to_itself_would_prepare(committing):
    """Without this, the test above could pass because nothing would ever be prepared."""
    assert connections["default"].settings_dict["OPTIONS"]["prepare_threshold"] is None
    where = database.server().connection(APPLICATION, database=committing).conninfo()
    with psycopg.connect(where) as driver:
        cursor: psycopg.Cursor[TupleRow] = driver.cursor()
        for _ in range(8):
            cursor.execute("SELECT count(*) FROM orgs_unit WHERE duty = %s", ["ON_DUTY"])
        cursor.execute("SELECT count(*) FROM pg_prepared_statements")
        assert cursor.fetchone() == (1,)
