"""What can come of looking whether a server keeps a rule."""

from enum import StrEnum


class Verdict(StrEnum):
    """What came of one rule."""

    PASSED = "pass"
    FAILED = "fail"
    NOT_APPLICABLE = "not applicable"
    SKIPPED = "skipped"


class Level(StrEnum):
    """How much the specification asks: what it requires, or what it only advises."""

    MUST = "must"
    SHOULD = "should"


class EndedError(Exception):
    """How looking at a rule ended before it could be called kept; the text says why."""

    def __init__(self, *, seen: str) -> None:
        super().__init__(seen)


class NotKeptError(EndedError):
    """The server breaks the rule; the text says what was seen."""


class NotApplicableError(EndedError):
    """The rule speaks of something that this server does not have; the text says what."""


class SkippedError(EndedError):
    """The rule was not looked at; the text says what would be needed."""


def require(kept: object, seen: str) -> None:
    """Return if `kept` is true, else raise `NotKeptError` with what was seen."""
    if not kept:
        raise NotKeptError(seen=seen)
