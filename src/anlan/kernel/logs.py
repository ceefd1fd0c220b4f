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
     "sequence"}
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


def configure_logs() -> None:
    """Send structlog to standard error as JSON lines."""
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
