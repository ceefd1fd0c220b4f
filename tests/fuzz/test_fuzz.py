"""What fuzzing found stays mended, and a short run of it finds nothing new.

A long run: `python -m tests.fuzz.run NAME --seconds 600` (docs/developer/testing.md).
"""

import json
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest
from tests.fuzz import seeds
from tests.fuzz.targets import TARGETS, attempt

CHECKOUT = Path(__file__).resolve().parents[2]
EXECUTIONS = 800
"""Of each target in every run of the checks: about ten seconds together, imports included."""
SHORT_RUN_LIMIT_S = 120
DEEP = 5_000
FIRST, LAST = "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00"
GOOD_TIME = "2026-11-21T08:00:00+08:00"
(EIDO,) = (one.decode() for one in seeds.eidos())
(PACK,) = seeds.packs()
CSV, ARRAY, LINES = b"\x00", b"\x01", b"\x02"


def polygon(number: object) -> bytes:
    """Return a polygon with a corner at some number."""
    corners = [[number, 60.2], [24.9, 60.3], [24.8, 60.2], [number, 60.2]]
    return json.dumps({"type": "Polygon", "coordinates": [corners]}).encode()


def in_zone(name: str) -> bytes:
    """Return a mapping in a zone that is none."""
    return seeds.MAPPING.replace("FORMAT", "csv").replace("Asia/Shanghai", name).encode()


FOUND = {
    "a polygon beyond all numbers": ("geojson", polygon(10**400)),
    "a rule without an end": ("rules", b"a=" + b"[" * DEEP),
    "a rule with a number without an end": ("rules", b"schema = " + b"9" * DEEP),
    "a mapping without an end": ("mapping", b"a=" + b"[" * DEEP),
    "a folder for a zone": ("mapping", in_zone("Asia")),
    "a zone too long for a file": ("mapping", in_zone("x" * DEEP)),
    "an end before the calendar": ("open311", b"end_date=0001-01-01T00:00:00Z"),
    "a start after the calendar": ("open311", b"start_date=9999-12-31T00:00:00Z"),
    "a first line too long": ("rows", CSV + b'"' + b"x" * 70_000 + b'"\n1,2'),
    "an array without an end": ("rows", ARRAY + b'[{"a":' + b"[" * DEEP * 4),
    "a line without an end": ("rows", LINES + b'{"a":' + b"[" * DEEP * 4),
    "an alert before the calendar": ("cap", seeds.ALERT.replace(GOOD_TIME, FIRST).encode()),
    "an alert after the calendar": ("cap", seeds.ALERT.replace(GOOD_TIME, LAST).encode()),
    "an incident before the calendar": ("eido", EIDO.replace(GOOD_TIME, FIRST).encode()),
    "an incident after the calendar": ("eido", EIDO.replace(GOOD_TIME, LAST).encode()),
    "a note with half a declaration": ("eido", EIDO.replace("<p>Smoke", "<![foo[").encode()),
    "a section with a foreign name": ("city_pack", PACK[:70] + b"\xc5" + PACK[71:]),
    "a table cut short": ("city_pack", PACK[: 64 + 96]),
    "a section of no type": ("city_pack", PACK[:96] + b"V0\x00\x00" + PACK[100:]),
    "a section of no known type": ("city_pack", PACK[:96] + b"(,.[" + PACK[100:]),
}


@pytest.mark.parametrize("name", FOUND)
def test_what_was_found_stays_mended(name: str) -> None:
    attempt(*FOUND[name])


@pytest.mark.parametrize("name", TARGETS)
def test_good_files_are_taken(name: str) -> None:
    """Otherwise a target might refuse everything at its first line."""
    for content in TARGETS[name].seeds():
        TARGETS[name].read(content)


@pytest.mark.skipif(find_spec("atheris") is None, reason="atheris is not to be had here")
def test_a_short_run_finds_nothing(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.fuzz.run", "--executions", str(EXECUTIONS)]
    done = subprocess.run(
        [*command, "--keep", str(tmp_path)], cwd=CHECKOUT, capture_output=True, text=True,
        errors="replace", timeout=SHORT_RUN_LIMIT_S, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-4000:]
    assert done.stdout.endswith("nothing found\n")
