"""What each role of the embedded server may do, tried as that role."""

import psycopg
import pytest
from psycopg import errors

from anlan.kernel.postgres.server import Server
from anlan.kernel.postgres.tests.conftest import query


@pytest.fixture(scope="module")
def guarded(shared_server: Server) -> Server:
    """A server with one table as the migrations make them: the owner's, guarded, granted."""
    for statement in (
        "CREATE TABLE place (area bigint)",
        "ALTER TABLE place ENABLE ROW LEVEL SECURITY",
        "CREATE POLICY scope ON place USING "
        "(area <= nullif(current_setting('anlan.area_high', true), '')::bigint)",
        "GRANT SELECT, INSERT ON place TO anlan_app",
        "INSERT INTO place VALUES (1), (2)",
    ):
        query(shared_server, statement, user="anlan_owner")
    return shared_server


def test_no_role_has_a_right_over_the_server(shared_server: Server) -> None:
    rights = query(
        shared_server,
        "SELECT rolname, rolsuper, rolbypassrls, rolcreatedb, rolcreaterole, rolreplication "
        "FROM pg_roles WHERE rolname LIKE 'anlan%' ORDER BY rolname",
    )
    assert rights == [
        ("anlan_app", False, False, False, False, False),
        ("anlan_owner", False, False, False, False, False),
        ("anlan_sealer", False, False, False, False, False),
    ]


def test_owner_owns_the_database_and_the_application_owns_nothing(guarded: Server) -> None:
    owners = "SELECT rolname FROM pg_database d JOIN pg_roles r ON r.oid = datdba WHERE datname = "
    assert query(guarded, f"{owners}'anlan'") == [("anlan_owner",)]
    owned = (
        "SELECT count(*) FROM pg_shdepend s JOIN pg_roles r ON r.oid = s.refobjid "
        "WHERE deptype = 'o' AND rolname = 'anlan_app'"
    )
    assert query(guarded, owned) == [(0,)]


@pytest.mark.parametrize(
    "statement",
    [
        "ALTER TABLE place DISABLE ROW LEVEL SECURITY",
        "ALTER TABLE place OWNER TO anlan_app",
        "DROP POLICY scope ON place",
        "DELETE FROM place",
        "CREATE TABLE mine (id int)",
        "CREATE TEMPORARY TABLE mine (id int)",
        "CREATE SCHEMA mine",
        "CREATE ROLE other",
        "SET ROLE anlan_owner",
    ],
)
def test_application_may_not(guarded: Server, statement: str) -> None:
    with pytest.raises(errors.InsufficientPrivilege):
        query(guarded, statement, user="anlan_app")
    assert query(guarded, "SELECT count(*) FROM place") == [(2,)]


def test_application_sees_no_row_without_a_scope(guarded: Server) -> None:
    assert query(guarded, "SELECT area FROM place", user="anlan_app") == []


def test_switching_row_security_off_shows_nothing_either(guarded: Server) -> None:
    parameters = guarded.connection("anlan_app")
    with (
        psycopg.connect(parameters.conninfo(), options="-c row_security=off") as connection,
        pytest.raises(errors.InsufficientPrivilege),
    ):
        connection.execute("SELECT area FROM place")


def test_application_reaches_no_other_database(shared_server: Server) -> None:
    with pytest.raises(psycopg.OperationalError, match="permission denied for database"):
        query(shared_server, "SELECT 1", user="anlan_app", database="postgres")


def test_application_reads_no_table_before_it_is_granted(shared_server: Server) -> None:
    query(shared_server, "CREATE TABLE fresh (area bigint)", user="anlan_owner")
    with pytest.raises(errors.InsufficientPrivilege):
        query(shared_server, "SELECT area FROM fresh", user="anlan_app")


def test_an_added_database_has_the_same_rights(shared_server: Server) -> None:
    shared_server.add_database("rehearsal")
    query(shared_server, "CREATE TABLE place (id int)", user="anlan_owner", database="rehearsal")
    with pytest.raises(errors.InsufficientPrivilege):
        query(shared_server, "SELECT id FROM place", user="anlan_app", database="rehearsal")
