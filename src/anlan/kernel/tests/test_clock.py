"""The one clock: driven from a file that every process maps."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from anlan.kernel.clock import DrivenClock

NOW = 1_795_248_000.25
READ = "from anlan.kernel.clock import now; print(now().isoformat())"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "clock"


def test_clock_stands_where_it_was_set(file):
    clock = DrivenClock(file, start=NOW)
    assert clock.read() == NOW
    clock.set(NOW + 60)
    assert clock.read() == NOW + 60


def test_clock_never_goes_back(file):
    clock = DrivenClock(file, start=NOW)
    clock.set(NOW - 1)
    assert clock.read() == NOW


def test_clock_is_shared_by_all_who_map_it(file):
    driver = DrivenClock(file, start=NOW)
    reader = DrivenClock(file)
    driver.set(NOW + 3600)
    assert reader.read() == NOW + 3600


def test_another_process_reads_the_driven_clock(file):
    driver = DrivenClock(file, start=NOW)
    environment = os.environ | {
        "ANLAN_CLOCK": str(file),
        "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
    }
    told = []
    for seconds in (NOW, NOW + 90):
        driver.set(seconds)
        done = subprocess.run(
            [sys.executable, "-c", READ],
            env=environment,
            capture_output=True,
            text=True,
            check=True,
        )
        told.append(done.stdout.strip())
    assert told == ["2026-11-21T08:00:00.250000+00:00", "2026-11-21T08:01:30.250000+00:00"]
