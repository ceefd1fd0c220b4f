"""Questions as plain data, so that an answer can be given again from what was kept."""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any, TypeVar

from anlan_engine.assign.question import RankingError

Asked = TypeVar("Asked")

VERSION = 1


def plain(question: Any, ask: str) -> dict[str, Any]:
    """Give a question (a flat dataclass of numbers, texts and tuples) as data JSON can hold."""
    kept = {field.name: getattr(question, field.name) for field in fields(question)}
    return {"ask": ask, "version": VERSION} | {name: _listed(one) for name, one in kept.items()}


def asked(snapshot: Mapping[str, Any], ask: str, kind: type[Asked]) -> Asked:
    """Read a question back.

    Raises
    ------
    RankingError
        UNKNOWN_SNAPSHOT.
    """
    kept = dict(snapshot)
    if (kept.pop("ask", None), kept.pop("version", None)) != (ask, VERSION):
        raise RankingError(code="UNKNOWN_SNAPSHOT", ask=ask, version=VERSION)
    return kind(**{name: _fixed(one) for name, one in kept.items()})


def _listed(value: Any) -> Any:
    """Turn tuples into lists, and times that do not exist into None."""
    if isinstance(value, tuple):
        return [_listed(one) for one in value]
    return None if value == float("inf") else value


def _fixed(value: Any) -> Any:
    """Turn lists into tuples."""
    return tuple(_fixed(one) for one in value) if isinstance(value, list) else value
