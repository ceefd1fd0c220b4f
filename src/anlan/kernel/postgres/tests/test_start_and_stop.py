import os
import socket
import subprocess
import sys

import psutil
import psycopg
import pytest

from anlan.kernel.postgres.account import server_account
from anlan.kernel.postgres.errors import PortTakenError
from anlan.kernel.postgres.home import SHORT_FOLDERS, SOCKET_FOLDER_MAX_BYTES, Home
from anlan.kernel.postgres.server import Server
from anlan.kernel.postgres.tests.conftest import query

START = """
import sys
from pathlib import Path
from anlan.kernel.postgres.home import Home
from anlan.kernel.postgres.server import Server
print(Server(Home(Path(sys.argv[1]))).start())
"""


def start_elsewhere(home: Home) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", START, str(home.folder)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def test_first_start_gives_postgresql_18_with_the_database(shared_server: Server) -> None:
    assert shared_server.ready()
    assert query(shared_server, "SHOW server_version_num")[0][0] >= "180000"
    assert query(shared_server, "SELECT current_database(), getdatabaseencoding()") == [
        ("anlan", "UTF8")
    ]


def test_stop_keeps_the_data(server: Server) -> None:
    query(server, "CREATE TABLE kept AS SELECT 7 AS number")
    assert server.stop() is True
    assert not server.ready()
    assert server.status().pid is None
    assert server.start() == "started"
    assert query(server, "SELECT number FROM kept") == [(7,)]


def test_stop_of_a_home_that_never_ran_creates_nothing(home: Home) -> None:
    assert Server(home).stop() is False
    assert not home.folder.exists()


def test_second_start_adopts_the_running_server(server: Server) -> None:
    second = Server(server.home)
    assert second.start() == "adopted"
    assert second.status().pid == server.status().pid


def test_an_adopted_server_can_be_stopped(server: Server) -> None:
    assert Server(server.home).stop() is True
    assert server.status().state == "stopped"


def test_of_two_programs_starting_at_once_one_starts_and_one_adopts(home: Home) -> None:
    programs = [start_elsewhere(home) for _ in range(2)]
    answers = sorted(program.communicate()[0].strip() for program in programs)
    assert answers == ["adopted", "started"]
    assert Server(home).ready()


def test_server_never_runs_as_root(shared_server: Server) -> None:
    pid = shared_server.status().pid
    assert pid is not None
    assert psutil.Process(pid).uids().effective == server_account().uid != 0


def test_passwords_are_readable_by_their_owner_alone(shared_server: Server) -> None:
    assert shared_server.home.secret.stat().st_mode & 0o777 == 0o600
    assert shared_server.home.secret.stat().st_uid == os.geteuid()


def test_no_role_signs_in_without_its_password(shared_server: Server) -> None:
    for user in ("postgres", "anlan_owner", "anlan_app"):
        parameters = shared_server.connection(user)
        with pytest.raises(psycopg.OperationalError, match="no password supplied"):
            psycopg.connect(parameters.conninfo(), password="")


def test_server_listens_on_its_socket_only(shared_server: Server) -> None:
    pid = shared_server.status().pid
    assert pid is not None
    assert psutil.Process(pid).net_connections(kind="tcp") == []


def test_a_port_is_opened_on_loopback_when_asked_for(home: Home) -> None:
    port = free_port()
    server = Server(home, tcp_port=port)
    server.start()
    password = server.connection("anlan_app").password
    with psycopg.connect(
        host="127.0.0.1", port=port, dbname="anlan", user="anlan_app", password=password
    ) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)
    server.stop()


def test_a_taken_port_is_named_and_nothing_stays_running(home: Home) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        with pytest.raises(PortTakenError, match=f"port {port};"):
            Server(home, tcp_port=port).start()
    assert Server(home).status().pid is None


def test_a_home_with_a_long_path_gets_a_short_socket_path(home: Home) -> None:
    deep = Home(home.folder / ("x" * SOCKET_FOLDER_MAX_BYTES) / "安澜")
    server = Server(deep)
    try:
        assert server.start() == "started"
        assert query(server, "SELECT 1") == [(1,)]
        assert deep.socket_folder.parent == SHORT_FOLDERS
        assert deep.socket_folder.stat().st_mode & 0o777 == 0o700
    finally:
        server.stop()
        deep.socket_folder.rmdir()
