"""`anlan serve` as an operator runs it: up, through the kill of each part, and down again."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest

from anlan.kernel.postgres.home import Home
from anlan.kernel.postgres.server import Server
from anlan.kernel.postgres.tests.conftest import empty_home
from anlan.project.serving import is_ready

PATIENCE_S = 120
pytestmark = pytest.mark.journey


@dataclass
class Running:
    """A started `anlan serve` with its home and port."""

    process: "subprocess.Popen[bytes]"
    home: Home
    port: int
    printed: Path

    def ready(self) -> bool:
        return is_ready(f"http://127.0.0.1:{self.port}")

    def pids(self) -> dict[str, int]:
        """Return the pid of each part that runs."""
        found = {"database": Server(self.home).status().pid or 0}
        for child in psutil.Process(self.process.pid).children():
            for part, word in (("web", "anlan web"), ("worker", "anlan worker")):
                if word in " ".join(words_of(child)):
                    found[part] = child.pid
        return found


def words_of(process: psutil.Process) -> list[str]:
    """Return the command line of a process; none of one that is gone or a zombie."""
    try:
        return process.cmdline()
    except psutil.NoSuchProcess:
        return []


def wait_for(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while not condition():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.05)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def inherited() -> dict[str, str]:
    """Return this process's environment without what would lead to the tests' own database."""
    ours = ("ANLAN_", "DATABASE_", "DJANGO_")
    return {name: value for name, value in os.environ.items() if not name.startswith(ours)}


def serve(home: Home, port: int, printed: Path) -> "subprocess.Popen[bytes]":
    with printed.open("ab") as output:
        return subprocess.Popen(
            [sys.executable, "-P", "-m", "anlan.project.cli", "serve", "--port", str(port)],
            env={
                **inherited(),
                "ANLAN_HOME": str(home.folder),
                "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
            },
            stdout=output,
            stderr=output,
        )


@contextmanager
def served(port: int, printed: Path) -> Iterator[Running]:
    """A started `anlan serve` on a home of its own, killed afterwards if it still runs."""
    with empty_home() as home:
        found = Running(serve(home, port, printed), home, port, printed)
        try:
            yield found
        finally:
            found.process.kill()
            found.process.wait()


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    printed = tmp_path_factory.mktemp("serve") / "printed"
    with served(free_port(), printed) as found:
        wait_for(lambda: found.ready() or found.process.poll() is not None)
        assert found.process.poll() is None, printed.read_text()
        yield found


@pytest.mark.parametrize("part", ["database", "web", "worker"])
def test_a_killed_part_comes_back_by_itself(running: Running, part: str) -> None:
    before = running.pids()
    os.kill(before[part], signal.SIGKILL)
    wait_for(lambda: running.pids().get(part, 0) not in {0, before[part]} and running.ready())
    others = {name: pid for name, pid in running.pids().items() if name != part}
    assert others == {name: pid for name, pid in before.items() if name != part}


def test_a_taken_port_is_refused(running: Running, tmp_path: Path) -> None:
    with served(running.port, tmp_path / "printed") as second:
        assert second.process.wait(PATIENCE_S) == 1
        assert not second.home.data.exists()
    assert (tmp_path / "printed").read_text() == (
        f"anlan: cannot serve at 127.0.0.1 port {running.port}: another program listens there\n"
    )


def test_sigterm_ends_every_process_and_keeps_the_data(running: Running) -> None:
    family = psutil.Process(running.process.pid).children(recursive=True)
    family.append(psutil.Process(running.pids()["database"]))
    running.process.terminate()
    assert running.process.wait(PATIENCE_S) == 0
    assert [words_of(process) for process in family if words_of(process)] == []
    assert (running.home.data / "PG_VERSION").exists()
    assert "Anlan serves at " in running.printed.read_text()


def test_nothing_outlives_a_killed_serve(tmp_path: Path) -> None:
    with served(free_port(), tmp_path / "printed") as again:
        wait_for(again.ready)
        family = psutil.Process(again.process.pid).children(recursive=True)
        family.append(psutil.Process(again.pids()["database"]))
        again.process.kill()
        again.process.wait()
        wait_for(lambda: not any(words_of(process) for process in family))


def serve_elsewhere(port: int, tmp_path: Path) -> tuple[int, str]:
    """Serve with a database at a port of this machine until it gives up; return code and words."""
    url = f"postgresql://anlan_app:secret-word@127.0.0.1:{port}/anlan"
    environment = {"DATABASE_URL": url, "DATABASE_OWNER_URL": url, "ANLAN_HOME": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-P", "-m", "anlan.project.cli", "serve", "--port", str(free_port())],
        env={**inherited(), **environment, "PYTHONPATH": os.pathsep.join(p for p in sys.path if p)},
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
        check=False,
    )
    return done.returncode, done.stderr


def test_database_elsewhere_that_is_not_there_is_named_and_not_waited_for_ever(
    tmp_path: Path,
) -> None:
    port = free_port()
    code, said = serve_elsewhere(port, tmp_path)
    first, *_, last = said.splitlines()
    assert code == 1
    assert first.startswith(f"waiting for the database: 127.0.0.1 port {port} does not answer")
    assert last.startswith(f"anlan: 127.0.0.1 port {port} does not answer anlan_app: ")
    assert "refused" in last
    assert "secret-word" not in said


def test_database_elsewhere_that_hangs_is_named_and_not_waited_for_ever(tmp_path: Path) -> None:
    """It takes connections, and answers nothing on them."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        code, said = serve_elsewhere(port, tmp_path)
    assert code == 1
    assert said.splitlines()[-1].startswith(
        f"anlan: 127.0.0.1 port {port} does not answer anlan_app: "
    )
    assert "timeout" in said
