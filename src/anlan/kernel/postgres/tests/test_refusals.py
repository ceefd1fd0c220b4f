"""What cannot be used is refused with one clear line, and nothing in it is touched."""

import fcntl
import os
import shutil
import tempfile
from pathlib import Path

import psycopg
import pytest

from anlan.kernel.postgres import server as server_module
from anlan.kernel.postgres.account import server_account
from anlan.kernel.postgres.errors import (
    DatabaseError,
    DiskFullError,
    FolderDeniedError,
    FolderForeignError,
    FolderLockedError,
    FolderUnreachableError,
    FolderVersionError,
    StartFailedError,
)
from anlan.kernel.postgres.home import Home
from anlan.kernel.postgres.server import Server

ROOT_ONLY = pytest.mark.skipif(os.geteuid() != 0, reason="needs root")


def refusal(home: Home, kind: type[DatabaseError]) -> str:
    with pytest.raises(kind) as caught:
        Server(home).start()
    assert Server(home).status().pid is None
    line = str(caught.value)
    assert "\n" not in line
    return line


def test_a_cluster_of_another_version_is_refused_untouched(home: Home) -> None:
    home.data.mkdir(parents=True)
    (home.data / "PG_VERSION").write_text("16\n")
    line = refusal(home, FolderVersionError)
    assert line == (
        f"{home.data} was made by PostgreSQL 16 and this server is PostgreSQL 18; "
        "nothing in it was touched"
    )
    assert [entry.name for entry in home.data.iterdir()] == ["PG_VERSION"]


def test_a_folder_with_other_files_is_refused_untouched(home: Home) -> None:
    home.data.mkdir(parents=True)
    (home.data / "thesis.txt").write_text("years of work")
    refusal(home, FolderForeignError)
    assert (home.data / "thesis.txt").read_text() == "years of work"


def test_a_home_that_is_a_file_is_refused(home: Home) -> None:
    home.folder.write_text("")
    with pytest.raises(FolderDeniedError, match="File exists"):
        Server(home).start()


def test_a_home_that_somebody_else_keeps_locked_is_refused(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server_module, "LOCK_LIMIT_S", 0.1)
    with server.home.lock.open("w") as holder:
        fcntl.flock(holder, fcntl.LOCK_EX)
        with pytest.raises(FolderLockedError):
            Server(server.home).start()
        with pytest.raises(FolderLockedError):
            Server(server.home).stop()


def test_lost_passwords_are_reported(server: Server) -> None:
    server.home.secret.unlink()
    with pytest.raises(StartFailedError, match="password authentication failed"):
        Server(server.home).start()


def test_a_damaged_cluster_is_reported_with_the_servers_own_reason(server: Server) -> None:
    server.stop()
    (server.home.data / "global" / "pg_control").unlink()
    assert "pg_control" in refusal(server.home, StartFailedError)


@ROOT_ONLY
def test_a_home_below_a_private_folder_is_refused_and_the_folder_stays_private() -> None:
    private = Path(tempfile.mkdtemp(prefix="anlan-test-"))
    try:
        line = refusal(Home(private / "home"), FolderUnreachableError)
        assert server_account().name in line
        assert private.stat().st_mode & 0o777 == 0o700
    finally:
        shutil.rmtree(private)


@ROOT_ONLY
def test_a_cluster_of_another_account_is_refused(server: Server) -> None:
    server.stop()
    os.chown(server.home.data, 12345, 12345)
    refusal(server.home, FolderDeniedError)


def test_a_full_disk_is_reported_and_leaves_no_half_cluster(small_disk: Home) -> None:
    line = refusal(small_disk, DiskFullError)
    assert line == f"no space is left on the disk of {small_disk.folder}"
    assert not small_disk.data.exists()
    assert not small_disk.unfinished_data.exists()


def test_a_start_that_fails_halfway_leaves_no_server(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    lost = psycopg.OperationalError("the connection was lost")

    def fail(*_: object, **__: object) -> None:
        raise lost

    monkeypatch.setattr(server_module, "prepare", fail)
    assert refusal(home, StartFailedError).startswith(
        "PostgreSQL did not start: the connection was lost"
    )
