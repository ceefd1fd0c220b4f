"""Structured logs: one JSON object a line, without bodies, contacts or addresses of people."""

import logging
from typing import Any

import structlog
from structlog.typing import EventDict

KEPT_KEYS = frozenset(
    {"event", "level", "timestamp", "logger", "path", "method", "status", "duration_ms", "kind",
     "part", "exit_code", "count", "exception", "exc_info", "port", "host", "sequence"}
)  # fmt: skip


def _only_known_keys(_: Any, __: str, event: EventDict) -> EventDict:
    """Drop every key that is not on the list: nothing personal slips in by a new log line."""
    return {key: value for key, value in event.items() if key in KEPT_KEYS}


def configure_logs() -> None:
    """Send structlog to standard error as JSON lines."""
    structlog.configure(
        processors=[
            structlog.stdlib.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _only_known_keys,
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(),
        cache_logger_on_first_use=True,
    )
