"""Homes and servers that the tests of the embedded server may break."""

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from anlan.kernel.postgres.home import Home
from anlan.kernel.postgres.secret import ADMINISTRATOR
from anlan.kernel.postgres.server import Server


@contextmanager
def empty_home() -> Iterator[Home]:
    """An empty home in a place that every account reaches; its server is ended afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="anlan-test-")).resolve()
    folder.chmod(0o711)
    yield Home(folder / "home")
    Server(Home(folder / "home")).stop()
    shutil.rmtree(folder)


@pytest.fixture
def home() -> Iterator[Home]:
    """An empty home of the test's own."""
    with empty_home() as home:
        yield home


@pytest.fixture
def server(home: Home) -> Server:
    """A running server of the test's own, which it may break."""
    server = Server(home)
    assert server.start() == "started"
    return server


@pytest.fixture(scope="module")
def shared_server() -> Iterator[Server]:
    """A running server for tests that leave it as it is."""
    with empty_home() as home:
        server = Server(home)
        server.start()
        yield server


@pytest.fixture
def small_disk(home: Home) -> Iterator[Home]:
    """A home on a disk of 8 MB."""
    home.folder.mkdir(parents=True)
    mount = ["mount", "-t", "tmpfs", "-o", "size=8m", "anlan-test", str(home.folder)]
    if subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("may not mount a small file system here")
    yield home
    subprocess.run(["umount", str(home.folder)], check=True)


def query(
    server: Server, statement: str, *, user: str = ADMINISTRATOR, database: str = "anlan"
) -> list[tuple[object, ...]]:
    """Run one statement in a transaction of its own; return its rows."""
    parameters = server.connection(user, database=database)
    with psycopg.connect(parameters.conninfo()) as connection:
        cursor = connection.execute(statement.encode())
        return cursor.fetchall() if cursor.description else []
