"""Parts that are forks: they end as programs do, and hold nothing of who supervises them."""

import os
import signal
import subprocess
import sys
from pathlib import Path

from anlan.project.tests.test_supervision import PATIENCE_S, runs, wait_for

SUPERVISING = """
import os, sys, time
from anlan.project.preloaded import Forked
from anlan.project.supervision import TEND_EVERY_S, Supervisor, asked_to_stop
def work():
    open(sys.argv[1], 'a').write(f'{os.getpid()}\\n')
    if 'kill' in sys.argv:
        os.kill(os.getppid(), 9)
    time.sleep(600)
with asked_to_stop() as stopping, Supervisor(tell=lambda line: None) as supervisor:
    supervisor.add(Forked('one', work))
    supervisor.add(Forked('two', work))
    while not stopping.wait(TEND_EVERY_S):
        supervisor.tend()
"""


def pids(file: Path, count: int) -> list[int]:
    wait_for(lambda: file.exists() and len(file.read_text().split()) >= count)
    return [int(pid) for pid in file.read_text().split()]


def supervising(file: Path, *more: str) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        [sys.executable, "-c", SUPERVISING, str(file), *more],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )


def test_killed_fork_is_started_again_and_all_end_with_their_supervisor(tmp_path: Path) -> None:
    file = tmp_path / "pids"
    process = supervising(file)
    first, second = pids(file, 2)
    os.kill(first, signal.SIGKILL)
    *_, again = pids(file, 3)
    assert [runs(pid) for pid in (first, second, again)] == [False, True, True]
    process.terminate()
    assert process.wait(PATIENCE_S) == 0
    assert [runs(pid) for pid in (second, again)] == [False, False]


def test_fork_does_not_outlive_a_killed_supervisor(tmp_path: Path) -> None:
    process = supervising(tmp_path / "pids")
    both = pids(tmp_path / "pids", 2)
    process.kill()
    process.wait()
    wait_for(lambda: not any(map(runs, both)))


def test_fork_is_known_to_the_guard_before_its_work_begins(tmp_path: Path) -> None:
    process = supervising(tmp_path / "pids", "kill")
    assert process.wait(PATIENCE_S) == -signal.SIGKILL
    [begun, *_] = pids(tmp_path / "pids", 1)
    wait_for(lambda: not runs(begun))
