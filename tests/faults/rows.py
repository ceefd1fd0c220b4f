"""What one round found, and whether that is what it should have."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Row:
    """One kind of fault. A control must lose or double something, or the harness sees nothing.

    `back_s` is the longest that no client that began after a fault was served.
    """

    name: str
    control: bool
    faults: int
    acknowledged: int
    acknowledged_lost: int
    doubled: int
    unknown: int
    back_s: float | None
    skipped: str = ""

    @property
    def holds(self) -> bool:
        """Whether the row is as it must be."""
        bad = self.acknowledged_lost + self.doubled
        return bool(self.skipped) or (bad > 0) == self.control

    def shown(self) -> str:
        """Return the row as a line for people."""
        if self.skipped:
            return f"{self.name}: skipped, {self.skipped}"
        back = "" if self.back_s is None else f", back after {self.back_s:.1f} s at most"
        mark = " (control)" if self.control else ""
        return (
            f"{self.name}{mark}: {self.faults} faults, {self.acknowledged} acknowledged, "
            f"{self.acknowledged_lost} lost, {self.doubled} doubled, "
            f"{self.unknown} told unknown{back}: {'holds' if self.holds else 'FAILED'}"
        )


def as_json(rows: list[Row]) -> list[dict[str, Any]]:
    """Return rows as they are written to a file."""
    return [asdict(row) | {"holds": row.holds} for row in rows]


def failed(rows: list[Row]) -> Iterator[str]:
    """Yield the names of the rows that are not as they must be."""
    return (row.name for row in rows if not row.holds)
