"""Which sign-ins have ended while something of theirs stays open."""

import time
from uuid import UUID

import psycopg
from psycopg.rows import TupleRow

from anlan.kernel.access import AREA_HIGHEST, AREA_LOWEST

LOOK_EVERY_S = 2.0
EVERYWHERE = (
    f"SET LOCAL anlan.area_low={AREA_LOWEST}; SET LOCAL anlan.area_high={AREA_HIGHEST};"
    " SET LOCAL anlan.sees_sealed='on'"
)


class EndedSignIns:
    """Asks the database, at most once in `LOOK_EVERY_S`, which of the open sign-ins have ended.

    `query` is SQL that takes an array of sign-ins and gives those that have ended.
    """

    def __init__(self, query: str) -> None:
        self._query = query
        self._looked_s = 0.0

    async def among(
        self, asked: set[UUID], connection: psycopg.AsyncConnection[TupleRow]
    ) -> set[UUID]:
        """Return those of `asked` that have ended; none between two looks."""
        if not asked or time.monotonic() - self._looked_s < LOOK_EVERY_S:
            return set()
        self._looked_s = time.monotonic()
        async with connection.transaction():
            await connection.execute(EVERYWHERE)
            cursor = await connection.execute(self._query, [list(asked)])
            return {row[0] for row in await cursor.fetchall()}
