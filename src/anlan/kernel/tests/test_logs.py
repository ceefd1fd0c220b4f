"""Log lines hold what is on the list and nothing else."""

import json
import subprocess
import sys
from pathlib import Path

SOURCES = Path(__file__).resolve().parents[3]
TELEPHONE = "+358 40 1234567"
PROGRAM = f"""
import sys
sys.path.insert(0, {str(SOURCES)!r})
import structlog
from anlan.kernel.logs import configure_logs

configure_logs()
log = structlog.get_logger("test")
log.warning("slow_or_failed", path="api/v1/reports", status=500, telephone={TELEPHONE!r})
try:
    raise ValueError({TELEPHONE!r})
except ValueError as raised:
    log.error("defect", exc_info=raised, body={TELEPHONE!r})
"""


def test_unknown_keys_and_messages_of_exceptions_never_reach_the_log():
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True
    )
    assert done.stdout == ""
    assert TELEPHONE not in done.stderr
    plain, defect = map(json.loads, done.stderr.splitlines())
    assert plain.pop("timestamp").endswith("Z")
    assert plain == {
        "event": "slow_or_failed",
        "level": "warning",
        "path": "api/v1/reports",
        "status": 500,
    }
    assert (defect["event"], defect["kind"]) == ("defect", "ValueError")
    assert defect["frames"] == ["<string>:11 <module>"]


FRAMEWORK = f"""
import sys
sys.path.insert(0, {str(SOURCES)!r})
import logging
from anlan.kernel.logs import configure_logs

configure_logs()
logging.getLogger("django.request").warning("Not Found: %s", {TELEPHONE!r})
logging.getLogger("django.security.csrf").warning("Forbidden (%s)", {TELEPHONE!r})
try:
    raise ValueError({TELEPHONE!r})
except ValueError as raised:
    logging.getLogger("django.request").error("/follow/{TELEPHONE}", exc_info=raised)
"""


def test_the_framework_logs_defects_only_and_no_path():
    done = subprocess.run(
        [sys.executable, "-c", FRAMEWORK], capture_output=True, text=True, check=True
    )
    assert done.stdout == ""
    assert TELEPHONE not in done.stderr
    (defect,) = map(json.loads, done.stderr.splitlines())
    assert (defect["event"], defect["kind"], defect["logger"]) == (
        "defect",
        "ValueError",
        "django.request",
    )
