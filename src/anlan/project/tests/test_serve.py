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


def serve(home: Path, port: int, printed: Path, **more: str) -> "subprocess.Popen[bytes]":
    with printed.open("ab") as output:
        return subprocess.Popen(
            [sys.executable, "-P", "-m", "anlan.project.cli", "serve", "--port", str(port)],
            env={
                **inherited(),
                "ANLAN_HOME": str(home),
                "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
                **more,
            },
            stdout=output,
            stderr=output,
        )


@contextmanager
def served(port: int, printed: Path) -> Iterator[Running]:
    """A started `anlan serve` on a home of its own, killed afterwards if it still runs."""
    with empty_home() as home:
        found = Running(serve(home.folder, port, printed), home, port, printed)
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


@dataclass
class Elsewhere:
    """An `anlan serve` whose database is at a port of this machine where nobody answers it."""

    process: "subprocess.Popen[bytes]"
    port: int
    printed: Path


@contextmanager
def served_from(port: int, folder: Path) -> Iterator[Elsewhere]:
    """Begin to serve with a database at a port."""
    url = f"postgresql://anlan_app:secret-word@127.0.0.1:{port}/anlan"
    where = {"DATABASE_URL": url, "DATABASE_OWNER_URL": url}
    printed = folder / "printed"
    process = serve(folder, free_port(), printed, **where)
    try:
        yield Elsewhere(process, port, printed)
    finally:
        process.kill()
        process.wait()


# Both wait for twenty seconds: they begin before the first test, and are read by the last ones.
@pytest.fixture(scope="module", autouse=True)
def nobody_there(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Elsewhere]:
    """Nobody listens at the database's port."""
    with served_from(free_port(), tmp_path_factory.mktemp("nobody-there")) as elsewhere:
        yield elsewhere


@pytest.fixture(scope="module", autouse=True)
def nobody_answers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Elsewhere]:
    """The database's port takes connections, and nothing is answered on them."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        with served_from(port, tmp_path_factory.mktemp("nobody-answers")) as elsewhere:
            yield elsewhere


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


def test_it_starts_again_and_nothing_outlives_it_when_killed(running: Running) -> None:
    running.process.terminate()
    running.process.wait(PATIENCE_S)
    running.process = serve(running.home.folder, running.port, running.printed)
    wait_for(running.ready)
    family = psutil.Process(running.process.pid).children(recursive=True)
    family.append(psutil.Process(running.pids()["database"]))
    running.process.kill()
    running.process.wait()
    wait_for(lambda: not any(words_of(process) for process in family))


def what_it_said(elsewhere: Elsewhere) -> str:
    """Return what was printed once it has given up."""
    assert elsewhere.process.wait(PATIENCE_S) == 1
    said = elsewhere.printed.read_text()
    assert "secret-word" not in said
    return said


def test_database_elsewhere_that_is_not_there_is_named_and_not_waited_for_ever(
    nobody_there: Elsewhere,
) -> None:
    said = what_it_said(nobody_there)
    first, *_, last = said.splitlines()
    named = f"127.0.0.1 port {nobody_there.port} does not answer"
    assert first.startswith(f"waiting for the database: {named}")
    assert last.startswith(f"anlan: {named} anlan_app: ")
    assert "refused" in last


def test_database_elsewhere_that_hangs_is_named_and_not_waited_for_ever(
    nobody_answers: Elsewhere,
) -> None:
    said = what_it_said(nobody_answers)
    named = f"127.0.0.1 port {nobody_answers.port} does not answer"
    assert said.splitlines()[-1].startswith(f"anlan: {named} anlan_app: ")
    assert "timeout" in said
