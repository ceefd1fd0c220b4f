"""The real PostgreSQL that every test runs on, as the role that owns no table.

One embedded server a checkout. A template database is migrated and given the demonstration city
once per content of the migrations; every test process gets a copy of it.
"""

import fcntl
import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from django.db import connections
from psycopg import sql

from anlan.kernel.postgres.home import Home, default_home
from anlan.kernel.postgres.secret import ADMINISTRATOR
from anlan.kernel.postgres.server import Server

CHECKOUT = Path(__file__).resolve().parents[1]
TEMPLATE_LIMIT_S = 300
SHAPING = {"city_setup.py", "secure_tables.py", "coverage.py", "covering.py", "migrate.py"}
"""Files beside the migrations on which the content of a fresh database depends."""


def home() -> Home:
    """Return the data folder of the tests' own server."""
    return Home(Path(os.environ.get("ANLAN_TEST_HOME", default_home().folder / "tests")).resolve())


def server() -> Server:
    """Return the tests' server, started; without fsync, since its data may go with the machine."""
    quick = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
    started = Server(home(), settings=quick)
    started.start()
    return started


def _content() -> str:
    seen = hashlib.sha256()
    folders = ("src/anlan", "data/organisations")
    for file in sorted(f for folder in folders for f in (CHECKOUT / folder).rglob("*")):
        if "migrations" in file.parts or file.name in SHAPING:
            seen.update(file.read_bytes() if file.suffix == ".py" else b"")
        elif file.suffix == ".toml" and "organisations" in file.parts:
            seen.update(file.read_bytes())
    return seen.hexdigest()[:12]


def prepare(worker: str) -> str:
    """Return the name of a fresh database for one test process."""
    running, name = server(), f"anlan_test_{worker}"
    template = f"anlan_template_{_content()}"
    lock = home().folder / "template.lock"
    where = running.connection(ADMINISTRATOR, database="postgres").conninfo()
    with lock.open("w") as held, psycopg.connect(where, autocommit=True) as connection:
        fcntl.flock(held, fcntl.LOCK_EX)
        known = {row[0] for row in connection.execute("SELECT datname FROM pg_database")}
        if template not in known:
            _make_template(running, template)
        _copy(running, connection, name)
    return name


@contextmanager
def own_copy() -> Iterator[str]:
    """Point every connection of this process at a fresh copy of the city; yield its name.

    For tests whose writes have to be committed, because several connections meet. Nothing else
    sees them, and they go with the copy.
    """
    present = connections.settings["default"]
    before, name = str(present["NAME"]), f"{present['NAME']}_own"
    running = server()
    where = running.connection(ADMINISTRATOR, database="postgres").conninfo()
    with psycopg.connect(where, autocommit=True) as administrator:
        _copy(running, administrator, name)
        _point_at(name)
        try:
            yield name
        finally:
            _point_at(before)
            _execute(administrator, "DROP DATABASE {} WITH (FORCE)", name)


def _point_at(name: str) -> None:
    connection = connections["default"]
    connections.settings["default"]["NAME"] = name  # first: a late thread makes the next pool
    connection.close()
    connection.close_pool()


def _copy(running: Server, administrator: psycopg.Connection, name: str) -> None:
    _execute(administrator, "DROP DATABASE IF EXISTS {} WITH (FORCE)", name)
    template = f"anlan_template_{_content()}"
    _execute(administrator, "CREATE DATABASE {} TEMPLATE {} OWNER anlan_owner", name, template)
    running.add_database(name)


def _execute(connection: psycopg.Connection, statement: str, *names: str) -> None:
    connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


def _make_template(running: Server, template: str) -> None:
    draft = f"{template}_draft"
    where = running.connection(ADMINISTRATOR, database="postgres").conninfo()
    with psycopg.connect(where, autocommit=True) as connection:
        _execute(connection, "DROP DATABASE IF EXISTS {} WITH (FORCE)", draft)
    running.add_database(draft)
    _django(draft, "owner", "-m", "django", "migrate", "--skip-checks", "-v0")
    _django(draft, "app", "-m", "tests.seed")
    with psycopg.connect(where, autocommit=True) as connection:
        _execute(connection, "ALTER DATABASE {} RENAME TO {}", draft, template)


def _django(database: str, role: str, *arguments: str) -> None:
    environment = os.environ | {
        "ANLAN_HOME": str(home().folder),
        "ANLAN_DATABASE": database,
        "ANLAN_DATABASE_ROLE": role,
        "DJANGO_SETTINGS_MODULE": "anlan.project.settings",
        "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
    }
    subprocess.run(
        [sys.executable, *arguments],
        env=environment,
        cwd=CHECKOUT,
        check=True,
        timeout=TEMPLATE_LIMIT_S,
    )


def held_connections() -> int:
    """Return how many of the pool's connections somebody holds; the caller gives its own back."""
    connection = connections["default"]
    connection.close()
    stats = connection.pool.get_stats()
    return stats["pool_size"] - stats["pool_available"]
