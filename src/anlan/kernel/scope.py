"""The rows a transaction can see: a range of area codes, enforced by row-level security.

The range is set by literal ``SET LOCAL`` inside the transaction, so it ends with it: a pooled
connection carries none to its next user. Literal, because a distributed PostgreSQL passes on
``SET LOCAL`` and not ``set_config()``.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import connection, transaction

from anlan.kernel.access import Actor

_ranges: ContextVar[tuple[int, int] | None] = ContextVar("anlan_area_range", default=None)


def _set_local(low: int, high: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL anlan.area_low={low:d}; SET LOCAL anlan.area_high={high:d}")


@contextmanager
def scoped(actor: Actor) -> Iterator[None]:
    """Open a transaction that sees the rows of `actor`'s area and no others.

    Scopes nest: leaving the inner one restores the outer. (Rolling a savepoint back restores the
    outer range by itself; only the way out without an error has to set it again.)
    """
    outer = _ranges.get()
    inner = (actor.area_low, actor.area_high)
    token = _ranges.set(inner)
    try:
        with transaction.atomic():
            _set_local(*inner)
            yield
    finally:
        _ranges.reset(token)
    if outer is not None:
        _set_local(*outer)
