"""The server comes back by itself from whatever killed it."""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator

import psutil
import psycopg
import pytest

from anlan.kernel.postgres import server as server_module
from anlan.kernel.postgres.account import server_account
from anlan.kernel.postgres.home import Home
from anlan.kernel.postgres.server import Server
from anlan.kernel.postgres.tests.conftest import query
from anlan.kernel.postgres.tests.test_start_and_stop import start_elsewhere

PATIENCE_S = 30


def pid_of(server: Server) -> int:
    pid = server.status().pid
    assert pid is not None
    return pid


def wait_for(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while not condition():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.01)


@pytest.fixture
def stranger() -> Iterator["subprocess.Popen[bytes]"]:
    """A live process of the server's own account that has nothing to do with the server."""
    process = subprocess.Popen(["sleep", "600"], cwd="/", **server_account().identity)
    yield process
    process.kill()
    process.wait()


def record_pid(home: Home, pid: int) -> None:
    """Make the server's own records, left behind by a crash, name another process."""
    (socket_lock,) = home.socket_folder.glob(".s.PGSQL.*.lock")
    for record in (home.data / "postmaster.pid", socket_lock):
        lines = record.read_text().splitlines()
        record.write_text("\n".join([str(pid), *lines[1:]]) + "\n")


def test_committed_rows_outlive_a_killed_server_and_open_ones_do_not(server: Server) -> None:
    query(server, "CREATE TABLE report (id int PRIMARY KEY)")
    query(server, "INSERT INTO report SELECT generate_series(1, 10000)")
    with psycopg.connect(server.connection("postgres").conninfo()) as connection:
        connection.execute("INSERT INTO report VALUES (10001)")
        os.kill(pid_of(server), signal.SIGKILL)
        assert server.start() == "started"
        with pytest.raises(psycopg.OperationalError):
            connection.execute("SELECT 1")
    assert query(server, "SELECT count(*), max(id) FROM report") == [(10_000, 10_000)]


def test_server_survives_the_kill_of_one_of_its_children(server: Server) -> None:
    query(server, "CREATE TABLE report AS SELECT 1 AS id")
    before = pid_of(server)
    backend = psycopg.connect(server.connection("postgres").conninfo())
    os.kill(backend.info.backend_pid, signal.SIGKILL)
    with pytest.raises(psycopg.OperationalError):
        backend.execute("SELECT 1")
    assert server.start() == "adopted"
    assert pid_of(server) == before
    assert query(server, "SELECT id FROM report") == [(1,)]


def test_server_outlives_the_program_that_started_it(home: Home) -> None:
    program = start_elsewhere(home)
    assert program.communicate()[0] == "started\n"
    assert Server(home).start() == "adopted"


def test_a_live_stranger_with_the_recorded_pid_is_left_alone(
    server: Server, stranger: "subprocess.Popen[bytes]"
) -> None:
    os.kill(pid_of(server), signal.SIGKILL)
    record_pid(server.home, stranger.pid)
    assert server.status().state == "stopped"
    assert server.stop() is False
    assert server.start() == "started"
    assert stranger.poll() is None


def test_a_zombie_with_the_recorded_pid_is_no_server(
    server: Server, stranger: "subprocess.Popen[bytes]"
) -> None:
    os.kill(pid_of(server), signal.SIGKILL)
    stranger.kill()
    wait_for(lambda: psutil.Process(stranger.pid).status() == psutil.STATUS_ZOMBIE)
    record_pid(server.home, stranger.pid)
    assert server.status().state == "stopped"
    assert server.start() == "started"


def test_an_unreadable_pid_record_does_not_stop_the_start(server: Server) -> None:
    server.stop()
    (server.home.data / "postmaster.pid").write_text("")
    assert server.start() == "started"


def test_a_cluster_whose_making_was_killed_is_made_again(home: Home) -> None:
    program = start_elsewhere(home)
    wait_for((home.unfinished_data / "global").exists)
    for process in [*psutil.Process(program.pid).children(recursive=True), program]:
        process.kill()
    program.communicate()
    assert not home.data.exists()
    assert Server(home).start() == "started"
    assert not home.unfinished_data.exists()


def test_a_database_whose_making_was_cut_short_is_completed(server: Server) -> None:
    with psycopg.connect(
        server.connection("postgres", database="postgres").conninfo(), autocommit=True
    ) as connection:
        connection.execute("DROP DATABASE anlan")
        connection.execute("DROP ROLE anlan_app")
    assert server.start() == "adopted"
    assert query(server, "SELECT current_user", user="anlan_app") == [("anlan_app",)]


def test_a_live_server_whose_socket_was_removed_is_replaced(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server_module, "SILENCE_LIMIT_S", 0.1)
    before = pid_of(server)
    for socket in server.home.socket_folder.glob(".s.PGSQL.*"):
        socket.unlink()
    assert server.start() == "started"
    assert pid_of(server) != before
    assert not psutil.pid_exists(before)
