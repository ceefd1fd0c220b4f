"""The supervisor over small real programs: what dies comes back, and nothing outlives the end."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import psutil
import pytest

from anlan.project import guard, supervision
from anlan.project.supervision import Program, Supervisor

PATIENCE_S = 30

# Each writes its pid beside itself, then waits for its end.
PLAIN = "import os, sys, time; open(sys.argv[1], 'a').write(f'{os.getpid()}\\n'); time.sleep(600)"
DEAF = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); " + PLAIN
BEGET = "import subprocess, sys; subprocess.Popen([sys.executable, '-c', {!r}, sys.argv[1]]); "
FAMILY = BEGET.format(PLAIN) + PLAIN
DEAF_FAMILY = BEGET.format(DEAF) + PLAIN
SUPERVISOR = """
import sys, pathlib
from anlan.project.supervision import Program, Supervisor, asked_to_stop, TEND_EVERY_S
with asked_to_stop() as stopping, Supervisor(tell=print) as supervisor:
    for number, code in enumerate(sys.argv[2:]):
        supervisor.add(Program(str(number), [sys.executable, "-c", code, sys.argv[1]]))
    while not stopping.wait(TEND_EVERY_S):
        supervisor.tend()
"""


@pytest.fixture
def pids(tmp_path: Path) -> Iterator[Callable[[int], list[int]]]:
    """Give a function that waits for so many pids to be written down; end all of them later."""
    file = tmp_path / "pids"
    file.touch()

    def read(count: int) -> list[int]:
        wait_for(lambda: len(file.read_text().split()) >= count)
        return [int(pid) for pid in file.read_text().split()]

    yield read
    for pid in file.read_text().split():
        with suppress(ProcessLookupError):
            os.kill(int(pid), signal.SIGKILL)


@pytest.fixture
def told() -> list[str]:
    return []


@pytest.fixture
def supervisor(told: list[str]) -> Iterator[Supervisor]:
    with Supervisor(tell=told.append) as supervisor:
        yield supervisor


def wait_for(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while not condition():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.01)


def runs(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def program(code: str, tmp_path: Path) -> Program:
    return Program("part", [sys.executable, "-c", code, str(tmp_path / "pids")])


def supervisor_elsewhere(tmp_path: Path, *codes: str) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        [sys.executable, "-c", SUPERVISOR, str(tmp_path / "pids"), *codes],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        stdout=subprocess.DEVNULL,
    )


def test_a_part_that_dies_is_started_again(
    supervisor: Supervisor,
    told: list[str],
    pids: Callable[[int], list[int]],
    tmp_path: Path,
) -> None:
    supervisor.add(program(PLAIN, tmp_path))
    [first] = pids(1)
    os.kill(first, signal.SIGKILL)
    wait_for(lambda: supervisor.tend() or "part runs again" in told)
    _, second = pids(2)
    assert not runs(first)
    assert runs(second)


def test_what_a_dead_part_left_behind_is_ended_before_it_starts_again(
    supervisor: Supervisor,
    told: list[str],
    pids: Callable[[int], list[int]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(guard, "GRACE_S", 0.2)
    part = program(DEAF_FAMILY, tmp_path)
    supervisor.add(part)
    both = pids(2)
    assert part.group is not None
    os.kill(part.group, signal.SIGKILL)
    wait_for(lambda: supervisor.tend() or "part runs again" in told)
    assert [runs(pid) for pid in both] == [False, False]


def test_waiting_before_a_new_start_doubles_up_to_its_bound(
    supervisor: Supervisor, told: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(supervision, "LONGEST_BACK_OFF_S", 0.5)
    supervisor.add(Program("part", [sys.executable, "-c", ""]))
    wait_for(lambda: supervisor.tend() or told.count("part runs again") == 4)
    waits = [line.rsplit(" in ", 1)[1] for line in told if "starting it again in" in line]
    assert waits[:4] == ["0.2 s", "0.4 s", "0.5 s", "0.5 s"]


def test_leaving_the_supervisor_ends_every_part(
    pids: Callable[[int], list[int]], tmp_path: Path
) -> None:
    with Supervisor(tell=print) as supervisor:
        supervisor.add(program(PLAIN, tmp_path))
        supervisor.add(program(PLAIN, tmp_path))
        both = pids(2)
        assert [runs(pid) for pid in both] == [True, True]
    assert [runs(pid) for pid in both] == [False, False]


def test_a_part_that_cannot_be_started_ends_those_before_it(
    pids: Callable[[int], list[int]], tmp_path: Path
) -> None:
    def start_both() -> None:
        with Supervisor(tell=print) as supervisor:
            supervisor.add(program(PLAIN, tmp_path))
            pids(1)
            supervisor.add(Program("missing", [str(tmp_path / "no-such-program")]))

    with pytest.raises(FileNotFoundError):
        start_both()
    assert [runs(pid) for pid in pids(1)] == [False]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_the_supervisor_and_every_part(
    number: signal.Signals, pids: Callable[[int], list[int]], tmp_path: Path
) -> None:
    process = supervisor_elsewhere(tmp_path, PLAIN, PLAIN)
    both = pids(2)
    process.send_signal(number)
    assert process.wait(PATIENCE_S) == 0
    assert [runs(pid) for pid in both] == [False, False]


@pytest.mark.parametrize("freeze", [False, True], ids=["deaf", "frozen"])
def test_a_part_that_does_not_end_is_killed_after_its_grace(
    freeze: bool,
    pids: Callable[[int], list[int]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(guard, "GRACE_S", 0.2)
    with Supervisor(tell=print) as supervisor:
        supervisor.add(program(DEAF, tmp_path))
        [pid] = pids(1)
        if freeze:
            os.kill(pid, signal.SIGSTOP)
    assert not runs(pid)


def test_nothing_outlives_a_killed_supervisor(
    pids: Callable[[int], list[int]], tmp_path: Path
) -> None:
    process = supervisor_elsewhere(tmp_path, PLAIN, FAMILY)
    three = pids(3)
    process.kill()
    process.wait(PATIENCE_S)
    wait_for(lambda: not any(runs(pid) for pid in three))


def test_a_killed_guard_is_replaced_and_knows_the_parts(
    pids: Callable[[int], list[int]], tmp_path: Path
) -> None:
    process = supervisor_elsewhere(tmp_path, PLAIN)
    [pid] = pids(1)
    before = guard_of(process.pid)
    os.kill(before, signal.SIGKILL)
    wait_for(lambda: guard_of(process.pid) not in {0, before})
    process.kill()
    process.wait(PATIENCE_S)
    wait_for(lambda: not runs(pid))


def guard_of(supervisor: int) -> int:
    """Return the pid of the supervisor's guard, 0 when it has none that runs."""
    for child in psutil.Process(supervisor).children():
        if runs(child.pid) and guard.__file__ in child.cmdline():
            return child.pid
    return 0


def test_output_of_a_part_goes_to_its_log(tmp_path: Path) -> None:
    log = tmp_path / "logs" / "part.log"
    part = Program("part", [sys.executable, "-c", "print('a word')"], log=log)
    part.start()
    wait_for(lambda: not part.alive())
    assert log.read_text() == "a word\n"
