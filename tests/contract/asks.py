"""How an endpoint is asked: the shape of one row in the table of endpoints."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.contract.world import World


@dataclass(frozen=True)
class Ask:
    """One request: what stands in the path, the query, the body or the form."""

    path: Mapping[str, str] = field(default_factory=dict)
    query: Mapping[str, Any] = field(default_factory=dict)
    body: Any = None
    photo: bytes | None = None
    form: Mapping[str, Any] = field(default_factory=dict)
    """What stands in the form beside its files."""
    xml: bytes | None = None
    voice: bytes | None = None
    secret: str | None = None
    """By which the body is signed; None where it is not."""


@dataclass(frozen=True)
class Endpoint:
    """An operation, who may ask it (None: anybody), who may not, and a request it accepts.

    `stranger` is the role by which somebody of another area asks; None where the area says nothing.
    """

    role: str | None
    ask: Callable[["World"], Ask] = lambda world: Ask()
    denied: str | None = None
    stranger: bool = False
    answers: int = 200
