"""How the log stands: its size, what waits and since when, who cosigned it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from anlan.audit.sealed import Connection

_STANDING = """
    SELECT coalesce((SELECT max(size) FROM audit_checkpoint), 0),
        (SELECT max(sealed_at) FROM audit_checkpoint),
        (SELECT count(*) FROM audit_leaf), (SELECT min(written_at) FROM audit_leaf)
"""
_WITNESSES = "SELECT name, size, cosigned_at, wrong FROM audit_witness ORDER BY name"


@dataclass(frozen=True, slots=True)
class WitnessStanding:
    """How far a witness has cosigned; `wrong` says why not to the end, if it does not."""

    name: str
    size: int
    cosigned_at: datetime | None
    wrong: str


@dataclass(frozen=True, slots=True)
class Standing:
    """How the log stands at one moment."""

    size: int
    sealed_at: datetime | None
    waiting: int
    waiting_since: datetime | None
    witnesses: tuple[WitnessStanding, ...]

    def lines(self) -> Iterator[str]:
        """Yield what an operator reads."""
        sealed = f", the last sealed at {_shown(self.sealed_at)}" if self.sealed_at else ""
        yield f"{self.size:,} entries{sealed}"
        since = f", the oldest since {_shown(self.waiting_since)}" if self.waiting else ""
        yield f"{self.waiting:,} wait to be sealed{since}"
        for witness in self.witnesses:
            gap = self.size - witness.size
            at = f" at {_shown(witness.cosigned_at)}" if witness.cosigned_at else ""
            wrong = f": {witness.wrong}" if witness.wrong else ""
            yield f"{witness.name} cosigned {witness.size:,}{at}; {gap:,} behind{wrong}"


def _shown(at: datetime | None) -> str:
    return f"{at:%Y-%m-%dT%H:%M:%S%z}" if at else "-"


def standing_of(connection: Connection) -> Standing:
    """Return how the log stands now."""
    size, sealed_at, waiting, since = connection.execute(_STANDING).fetchone() or (0, None, 0, None)
    rows = connection.execute(_WITNESSES).fetchall()
    return Standing(size, sealed_at, waiting, since, tuple(WitnessStanding(*row) for row in rows))
