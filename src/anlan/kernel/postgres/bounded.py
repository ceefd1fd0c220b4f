"""Connections that give up on a database that does not answer.

The database ends what takes it too long, but it cannot say so through a network that is cut or
hangs: then nothing comes at all, and a client that waits for it waits for ever. TCP's own timers do
not help where something between both still answers for the other side. So every wait has an end.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from psycopg.abc import RV, PQGen

CONNECT_LIMIT_S = 3
STATEMENT_LIMIT_S = 10
LATER_S = 2.0  # the database itself ends a statement before
ANSWER_LIMIT_S = STATEMENT_LIMIT_S + LATER_S
LOOK_AGAIN_S = 0.1


def has_gone(error: psycopg.Error) -> bool:
    """Say whether an error is of the line, not of the database: then it names no SQLSTATE."""
    return isinstance(error, psycopg.OperationalError) and error.sqlstate is None


@contextmanager
def waiting_for(connection: psycopg.Connection[Any], limit_s: float | None) -> Iterator[None]:
    """Wait meanwhile for a bounded connection's answers as long as a statement may take there.

    Beside every `statement_timeout` that is longer than the usual one; None where there is none.
    """
    before = getattr(connection, "answer_limit_s", None)
    vars(connection)["answer_limit_s"] = None if limit_s is None else limit_s + LATER_S
    try:
        yield
    finally:
        vars(connection)["answer_limit_s"] = before


class BoundedConnection(psycopg.Connection[Any]):
    """A connection that is closed when an answer does not come within `answer_limit_s`."""

    answer_limit_s: float | None = ANSWER_LIMIT_S

    def wait(
        self, gen: PQGen[RV], interval: float = LOOK_AGAIN_S, timeout: float | None = None
    ) -> RV:
        """Wait as psycopg does; raise `psycopg.OperationalError` when no answer comes."""
        if timeout is not None:
            return super().wait(gen, interval, timeout)
        try:
            return super().wait(gen, interval, self.answer_limit_s)
        except psycopg.Error as error:
            if has_gone(error):
                self.pgconn.finish()
            raise


class BoundedAsyncConnection(psycopg.AsyncConnection[Any]):
    """The same for what runs in an event loop."""

    answer_limit_s: float | None = ANSWER_LIMIT_S

    async def wait(
        self, gen: PQGen[RV], interval: float = LOOK_AGAIN_S, timeout: float | None = None
    ) -> RV:
        """Wait as psycopg does; raise `psycopg.OperationalError` when no answer comes."""
        if timeout is not None:
            return await super().wait(gen, interval, timeout)
        try:
            return await super().wait(gen, interval, self.answer_limit_s)
        except psycopg.Error as error:
            if has_gone(error):
                self.pgconn.finish()
            raise
