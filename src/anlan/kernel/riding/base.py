"""Django's PostgreSQL backend with fewer crossings: what needs no answer rides along.

Where cores are few, a statement waits longer for its turn on both sides than it takes. So BEGIN, a
scope's settings, savepoints, and rows that nobody reads back are kept until the next statement and
sent before it in one message of the simple query protocol (PostgreSQL manual, 54.2.2.1), in their
order; the last of them go with the COMMIT. What the database refuses of a rider is raised by the
statement that carries it: later than it was written, and always before the transaction commits.
"""

from collections.abc import Sequence
from typing import Any

import psycopg
from django.db.backends.postgresql import base as postgresql
from django.db.backends.utils import debug_transaction
from django.db.utils import OperationalError
from psycopg.pq import TransactionStatus

from anlan.kernel.postgres.bounded import has_gone

BEGIN = "BEGIN"
TOGETHER = "\n;\n"  # a comment at the end of a statement ends with its line
IDLE = TransactionStatus.IDLE
ENDED = ("57P01", "57P02")  # the server was stopped, or one of its processes crashed
WARNING = "01000"


class OutcomeUnknownError(OperationalError):
    """A COMMIT was sent, and nobody can say yet whether what it commits will stay."""


class Doubts:
    """The warnings that come while a COMMIT is answered.

    PostgreSQL gives one when the wait for the synchronous replica was cancelled: the transaction is
    committed here, and lost if this server is (manual, 27.2.8). COMMIT itself returns normally.
    """

    def __init__(self) -> None:
        self.any = False

    def note(self, notice: psycopg.errors.Diagnostic) -> None:
        """Take a notice in; its code tells, for its words depend on the server's language."""
        self.any = self.any or notice.sqlstate == WARNING


class Riders:
    """Statements that wait for the next one, in their order; each matters by itself or does not."""

    def __init__(self) -> None:
        self._waiting: list[tuple[str, bool]] = []

    def __bool__(self) -> bool:
        return bool(self._waiting)

    @property
    def matter(self) -> bool:
        """Whether any would be missed if the transaction ended without them."""
        return any(matters for _, matters in self._waiting)

    def add(self, statement: str, *, matters: bool) -> None:
        """Let one more wait."""
        self._waiting.append((statement, matters))

    def taken(self) -> list[str]:
        """Return those that wait; none waits any more."""
        taken, self._waiting = self._waiting, []
        return [statement for statement, _ in taken]

    def forget_after(self, statement: str) -> bool:
        """Forget what came after `statement`, if that waits; say whether it does."""
        statements = [one for one, _ in self._waiting]
        if statement not in statements:
            return False
        del self._waiting[statements.index(statement) + 1 :]
        return True


class Cursor(psycopg.ClientCursor[Any]):
    """A cursor that sends the riders of its connection before its own statement."""

    riders = Riders()  # of its own where `DatabaseWrapper` made it; none ride with another

    def execute(
        self, query: Any, params: Any = None, *, prepare: bool | None = None,
        binary: bool | None = None,
    ) -> "Cursor":  # fmt: skip
        """Execute as psycopg does; the result is that of `query`, the last of the message."""
        if not self.riders:
            super().execute(query, params, prepare=prepare, binary=binary)
            return self
        own = self.mogrify(query, params)
        super().execute(TOGETHER.join((*self.riders.taken(), own)), prepare=prepare, binary=binary)
        while self.nextset():
            pass
        return self

    def ask(self, questions: Sequence[tuple[str, Sequence[Any]]]) -> list[list[tuple[Any, ...]]]:
        """Send statements that bring rows, after the riders and in one message; return the rows."""
        own = [self.mogrify(query, params) for query, params in questions]
        super().execute(TOGETHER.join((*self.riders.taken(), *own)))
        brought = [self._brought()]
        while self.nextset():
            brought.append(self._brought())
        return brought[-len(own) :]

    def _brought(self) -> list[tuple[Any, ...]]:
        return self.fetchall() if self.description else []

    def executemany(self, query: Any, params_seq: Any, *, returning: bool = False) -> None:
        """Execute as psycopg does, after the riders."""
        self.send_riders()
        super().executemany(query, params_seq, returning=returning)

    def copy(self, statement: Any, params: Any = None, **options: Any) -> Any:
        """Copy as psycopg does, after the riders."""
        self.send_riders()
        return super().copy(statement, params, **options)

    def send_riders(self) -> None:
        """Send the riders by themselves, if there are any."""
        if self.riders:
            super().execute(TOGETHER.join(self.riders.taken()))


class DatabaseWrapper(postgresql.DatabaseWrapper):
    """Django's own, with a cursor that carries riders."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._riders = Riders()
        self._composer: psycopg.ClientCursor[Any] | None = None

    def get_connection_params(self) -> dict[str, Any]:
        """Return what a connection is made with: our cursor, and no BEGIN of psycopg's own."""
        return {**super().get_connection_params(), "cursor_factory": Cursor, "autocommit": True}

    def create_cursor(self, name: str | None = None) -> Any:
        """Return a cursor; a named one carries no riders, so they go before it."""
        if name is not None and self._riders:
            with self.create_cursor() as cursor:
                cursor.send_riders()
        made = super().create_cursor(name)
        if name is None:
            made.riders = self._riders
        return made

    def ride(self, statement: str, values: Sequence[Any] = (), *, matters: bool = True) -> None:
        """Send `statement` with the next one of this transaction, at the latest with its COMMIT.

        Outside of a transaction it is sent at once. With `matters=False` it is left out where the
        transaction ends before anything else has to be sent.
        """
        if self.autocommit:
            with self.cursor() as cursor:
                cursor.execute(statement, values or None)
        else:
            self._riders.add(self._composed(statement, values), matters=matters)

    def _composed(self, statement: str, values: Sequence[Any]) -> str:
        """Return a statement with its values in it: by a cursor that is kept, and sends nothing."""
        if self._composer is None or self._composer.connection is not self.connection:
            self.ensure_connection()
            with self.wrap_database_errors:
                self._composer = psycopg.ClientCursor(self.connection)
        return self._composer.mogrify(statement, values or None)

    def _savepoint(self, sid: str) -> None:
        self.ride(self.ops.savepoint_create_sql(sid), matters=False)

    def _savepoint_commit(self, sid: str) -> None:
        self.ride(self.ops.savepoint_commit_sql(sid), matters=False)

    def _savepoint_rollback(self, sid: str) -> None:
        if not self._riders.forget_after(self.ops.savepoint_create_sql(sid)):
            self._riders.taken()  # all of them came after the savepoint
            with self.cursor() as cursor:
                cursor.execute(self.ops.savepoint_rollback_sql(sid))

    def _set_autocommit(self, autocommit: bool) -> None:  # noqa: FBT001 - Django's
        self._riders.taken()
        if not autocommit:
            self._riders.add(BEGIN, matters=False)

    def _commit(self) -> None:
        """Commit; raise `OutcomeUnknownError` where the answer does not say that it is for good."""
        if self.connection is None:
            return
        connection, doubts = self.connection, Doubts()
        connection.add_notice_handler(doubts.note)
        try:
            self._end("COMMIT")
        except OperationalError as error:
            if _was_cut_off(error):
                raise OutcomeUnknownError(*error.args) from error
            raise
        finally:
            connection.remove_notice_handler(doubts.note)
        if doubts.any:
            msg = "the wait for the synchronous replica was cancelled"
            raise OutcomeUnknownError(msg)

    def _rollback(self) -> None:
        self._riders.taken()
        self._end("ROLLBACK")

    def _end(self, statement: str) -> None:
        """End the transaction, if the database knows of it or has to hear of it."""
        if self.connection is None:
            return
        with debug_transaction(self, statement), self.wrap_database_errors:
            if self._riders.matter or self.connection.info.transaction_status != IDLE:
                with self.create_cursor() as cursor:
                    cursor.execute(statement)
        self._set_autocommit(self.autocommit)


def _was_cut_off(error: OperationalError) -> bool:
    """Say whether a COMMIT has no answer, in place of one that it was refused."""
    cause = error.__cause__
    return isinstance(cause, psycopg.Error) and (has_gone(cause) or cause.sqlstate in ENDED)
