"""The rows a transaction can see: a range of area codes, enforced by row-level security.

Beside the range stand the actor's organisation and the time of the one clock: a policy may open a
row to one organisation, for as long as it was promised, whatever the row's area. And who acts, for
what purpose, so that what is written can say it: where scopes nest, that is the outermost actor,
whatever part of the system works for it. And whether the innermost one works on over what is
sealed.

All are set by literal ``SET LOCAL`` inside the transaction, so they end with it: a pooled
connection carries none to its next user. Literal, because a distributed PostgreSQL passes on
``SET LOCAL`` and not ``set_config()``.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import transaction

from anlan.kernel.access import Actor
from anlan.kernel.clock import now
from anlan.kernel.riding import ride

_actors: ContextVar[tuple[Actor, ...]] = ContextVar("anlan_scope", default=())


def _set_local(actors: tuple[Actor, ...]) -> None:
    """Set the rows of the last, innermost actor, and that the first one acts."""
    acting, *_, actor = (actors[0], *actors)
    ride(
        f"SET LOCAL anlan.area_low={actor.area_low:d};"
        f"SET LOCAL anlan.area_high={actor.area_high:d};"
        f"SET LOCAL anlan.organisation='{actor.organisation_id or ''}';"
        f"SET LOCAL anlan.at='{now().isoformat()}';"
        f"SET LOCAL anlan.sees_sealed='{'on' if actor.sees_sealed else ''}';"
        "SET LOCAL anlan.actor=%s;SET LOCAL anlan.purpose=%s",
        [acting.id, acting.purpose],
        matters=False,
    )


def current_actor() -> Actor | None:
    """Return who acts in the innermost scope; None outside of any."""
    actors = _actors.get()
    return actors[-1] if actors else None


@contextmanager
def scoped(actor: Actor) -> Iterator[None]:
    """Open a transaction that sees the rows of `actor`'s area and what its organisation was given.

    Scopes nest: leaving the inner one restores the outer. (Rolling a savepoint back restores the
    outer settings by itself; only the way out without an error has to set them again.)
    """
    outer = _actors.get()
    inner, is_another = (*outer, actor), outer[-1:] != (actor,)
    token = _actors.set(inner)
    try:
        with transaction.atomic():
            if is_another:
                _set_local(inner)
            yield
    finally:
        _actors.reset(token)
    if outer and is_another:
        _set_local(outer)
