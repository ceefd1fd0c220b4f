"""The roles and the database inside a server: made when missing, put right when not."""

from collections.abc import Mapping

import psycopg
from psycopg import Connection, sql

from anlan.kernel.postgres.secret import APPLICATION, OWNER, SEALER
from anlan.kernel.postgres.where import ConnectionParameters

CONNECT_LIMIT_S = 10
ROLE_RIGHTS = "LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE NOREPLICATION PASSWORD"


def prepare(
    administrator: ConnectionParameters, passwords: Mapping[str, str], *, database: str
) -> None:
    """Make sure that the roles and the database exist, with no more rights than they need.

    The owner owns the database and through that the schema `public`; the application and
    the sealer may connect and look names up there, and get everything else from the migrations.
    """
    with _connect(administrator) as connection:
        for role in (OWNER, APPLICATION, SEALER):
            _make_role(connection, role, passwords[role])
        _make_database(connection, database)
        for name in ("postgres", "template1", database):
            connection.execute(
                sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(sql.Identifier(name))
            )
        connection.execute(
            sql.SQL("GRANT CONNECT ON DATABASE {} TO {}, {}").format(
                *map(sql.Identifier, (database, APPLICATION, SEALER))
            )
        )


def prepare_schema(owner: ConnectionParameters) -> None:
    """Leave two roles the right to look names up in `public`, and nobody else any."""
    with _connect(owner) as connection:
        connection.execute("REVOKE ALL ON SCHEMA public FROM PUBLIC")
        connection.execute(
            sql.SQL("GRANT USAGE ON SCHEMA public TO {}, {}").format(
                *map(sql.Identifier, (APPLICATION, SEALER))
            )
        )


def _connect(parameters: ConnectionParameters) -> Connection[tuple[object, ...]]:
    return psycopg.connect(parameters.conninfo(), autocommit=True, connect_timeout=CONNECT_LIMIT_S)


def _make_role(connection: Connection[tuple[object, ...]], role: str, password: str) -> None:
    known = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone()
    verb = "ALTER" if known else "CREATE"
    connection.execute(
        sql.SQL(f"{verb} ROLE {{}} {ROLE_RIGHTS} {{}}").format(
            sql.Identifier(role), sql.Literal(password)
        )
    )


def _make_database(connection: Connection[tuple[object, ...]], name: str) -> None:
    known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
    if not known:
        connection.execute(
            sql.SQL("CREATE DATABASE {} OWNER {}").format(
                sql.Identifier(name), sql.Identifier(OWNER)
            )
        )
