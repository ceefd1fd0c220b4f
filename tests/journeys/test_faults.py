"""The fault harness in its short form: nothing acknowledged is lost, and controls show a loss."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = [pytest.mark.journey, pytest.mark.timeout(600)]  # two installations, a dozen starts

CONTROLS = {
    "new key at each try",
    "log written after the reply",
    "messages three days late, keys forgotten",
    "replica that nobody waits for promoted",
}


def test_nothing_acknowledged_is_lost_or_doubled_whatever_is_killed(tmp_path: Path) -> None:
    file = tmp_path / "faults.json"
    done = subprocess.run(
        [sys.executable, "-P", "-m", "anlan.project.cli", "faults", "--quick", "--seed", "7",
         "--json", str(file)],
        env=os.environ | {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    rows = json.loads(file.read_text())["rows"]
    assert {row["name"] for row in rows if row["control"]} == CONTROLS
    for row in rows:
        assert (row["acknowledged"] > 0) != bool(row["skipped"])
        assert (row["acknowledged_lost"] + row["doubled"] > 0) == row["control"]
