"""Structured logs: one JSON object a line, without bodies, contacts or addresses of people."""

import logging
import sys
import traceback
from pathlib import PurePath
from typing import Any

import structlog
from structlog.typing import EventDict

KEPT_KEYS = frozenset(
    {"event", "level", "timestamp", "logger", "path", "method", "status", "duration_ms", "kind",
     "part", "folder", "file", "fault", "exit_code", "count", "frames", "sqlstate", "port", "host",
     "sequence", "account"}
)  # fmt: skip


def _only_known_keys(_: Any, __: str, event: EventDict) -> EventDict:
    """Drop every key that is not on the list: nothing personal slips in by a new log line."""
    return {key: value for key, value in event.items() if key in KEPT_KEYS}


def _frames_of(_: Any, __: str, event: EventDict) -> EventDict:
    """Replace an exception by its kind, its frames and its SQLSTATE.

    Its message is left out: a database quotes in it the very values that it refused.
    """
    raised = event.pop("exc_info", None)
    if isinstance(raised, BaseException):
        stack = traceback.extract_tb(raised.__traceback__)
        event["frames"] = [f"{PurePath(f.filename).name}:{f.lineno} {f.name}" for f in stack]
        event["kind"] = type(raised).__name__
        event["sqlstate"] = getattr(raised.__cause__ or raised, "sqlstate", None)
    return event


class FrameworkLines(logging.Handler):
    """What Django itself would log: a defect with its kind and frames, and nothing else.

    Its own lines hold the path of each refused request, and a path holds the number by which a
    report is followed, or whatever somebody typed. Requests are counted by route (`observed`).
    """

    def emit(self, record: logging.LogRecord) -> None:
        """Log a defect in our form; drop everything else."""
        if record.levelno >= logging.ERROR and record.exc_info:  # else it was logged where it rose
            raised = record.exc_info[1]
            structlog.get_logger("anlan").error("defect", logger=record.name, exc_info=raised)


def configure_logs() -> None:
    """Send structlog to standard error as JSON lines, and what Django says the same way."""
    framework = logging.getLogger("django")
    framework.handlers, framework.propagate = [FrameworkLines()], False
    structlog.configure(
        processors=[
            structlog.stdlib.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _frames_of,
            _only_known_keys,
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
