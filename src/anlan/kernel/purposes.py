"""For what purpose somebody reads, and which protected fields that shows.

A request states its purpose in a header, or, where a browser sets none (a picture, a stream), in
the query. Who states none reads all the same, without the protected fields: a text is left empty,
and the answer names what it hides. A picture or a number to call back is refused.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import replace
from typing import Any

from pydantic import PlainSerializer, SerializationInfo

from anlan.kernel.access import Actor
from anlan.kernel.errors import DeniedError
from anlan.kernel.policies import fields_for, purposes_of
from anlan.kernel.scope import current_actor

HEADER = "Anlan-Purpose"
PARAMETER = "seen_for"
HIDDEN_HEADER = "Anlan-Hidden"
WHOLE = {"whole": True}
"""Given as context where a shape is not for a reader yet: what is shown is decided later."""

_hidden: ContextVar[set[str] | None] = ContextVar("anlan_hidden", default=None)


class ForeignPurposeError(DeniedError):
    """The role may not read for the purpose that is stated, or there is no such purpose."""

    code = "purpose.foreign"


class PurposeNeededError(DeniedError):
    """What is asked for is shown for a purpose that was not stated."""

    code = "purpose.needed"


def for_purpose(actor: Actor, stated: str) -> Actor:
    """Return `actor` reading for the purpose `stated` (empty: for none).

    A visitor reads for its own, whatever a screen whose sign-in has ended still states. Raises
    `ForeignPurposeError` for a purpose that the policies do not give to its role.
    """
    if not actor.signed_in:
        return actor
    if stated and stated not in purposes_of(actor.role):
        named = ", ".join(purposes_of(actor.role))
        raise ForeignPurposeError(field=HEADER, rule="enum", expected=named)
    return replace(actor, purpose=stated)


def sees(actor: Actor | None, field: str) -> bool:
    """Say whether the purpose of `actor` shows a protected field; nobody sees nothing."""
    return actor is not None and field in fields_for(actor.role, actor.purpose)


def require_sight(actor: Actor, field: str) -> None:
    """Return if the purpose of `actor` shows a protected field, else raise `PurposeNeededError`."""
    if not sees(actor, field):
        showing = [one for one in purposes_of(actor.role) if field in fields_for(actor.role, one)]
        raise PurposeNeededError(field=HEADER, rule="enum", expected=", ".join(showing))


@contextmanager
def noting_hidden() -> Iterator[set[str]]:
    """Give the set that fills with the names of the fields left out while an answer is written."""
    found: set[str] = set()
    token = _hidden.set(found)
    try:
        yield found
    finally:
        _hidden.reset(token)


def shown_for(field: str) -> PlainSerializer:
    """Return how a text of a shape is written: itself to whoever sees `field`, else empty."""

    def written(value: str, info: SerializationInfo[Any]) -> str:
        if not value or (info.context and info.context.get("whole")):
            return value
        if sees(current_actor(), field):
            return value
        noted = _hidden.get()
        if noted is not None:
            noted.add(field)
        return ""

    return PlainSerializer(written, return_type=str)
