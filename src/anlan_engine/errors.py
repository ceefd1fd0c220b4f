"""The one error family of the engine."""

from typing import ClassVar

Fact = str | int | float


class EngineError(Exception):
    """Something the engine refuses, with a stable code and the facts that explain it.

    Attributes
    ----------
    code : str
        Upper-case, stable, one of the class's `TEXTS`: callers translate by it.
    facts : dict of str to str, int or float
        What the message names: file names, limits, counts. Never personal.
    """

    TEXTS: ClassVar[dict[str, str]] = {}

    def __init__(self, *, code: str, **facts: Fact) -> None:
        self.code = code
        self.facts = facts
        super().__init__(self.TEXTS[code].format_map(facts))
