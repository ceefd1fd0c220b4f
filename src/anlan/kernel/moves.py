"""Lives of things as tables of moves: which move, from which states, to which, by whom, with what.

One form for every slice. Where a thing's own rooms decide who may move it, a table names no rights;
where that depends on the thing itself (who handles it, what happened before), the table says so,
and is asked with what the thing stands at.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Any, Protocol
from uuid import UUID

from anlan.kernel.access import Actor, require
from anlan.kernel.errors import AnlanError, DeniedError, InvalidError, RefusedError


class MoveNotAllowedError(RefusedError):
    """The move is not possible from the present state."""

    code = "move.not_allowed"


class UnknownMoveError(InvalidError):
    """There is no such move."""

    code = "move.unknown"


class MissingFactError(InvalidError):
    """The move needs a fact that was not given."""

    code = "move.missing_fact"


class NotHeldError(DeniedError):
    """The thing is with another organisation, or with none."""

    code = "move.not_yours"


class Held(Protocol):
    """What a table asks of a thing: its state, and the organisation that has it in hand."""

    @property
    def state(self) -> str:
        """Where it is in its life."""

    @property
    def organisation_id(self) -> UUID | None:
        """Who has it in hand."""


@dataclass(frozen=True, slots=True)
class Right:
    """A permission that opens a move; `holder_only` to the organisation that has it in hand."""

    permission: str
    holder_only: bool = False

    def open_to(self, actor: Actor, organisation_id: UUID | None) -> bool:
        """Return whether `actor` has this right over what this organisation has in hand."""
        if self.permission not in actor.permissions:
            return False
        held = organisation_id is not None and organisation_id == actor.organisation_id
        return held or not self.holder_only


@dataclass(frozen=True, slots=True)
class Guard:
    """A condition of a move beside state and right: on what the thing stands at, and who asks.

    `name` is how drawings say it; `refusal` is what is raised where `allows` says no.
    """

    name: str
    allows: Callable[[Any, Actor], bool]
    refusal: type[AnlanError]


@dataclass(frozen=True, slots=True)
class Move:
    """One way on: from any of `sources` to `target`, when every fact in `needs` is given.

    `target` is empty where the state stays what it is. Any one of `rights` opens the move, each of
    `guards` must allow it.
    """

    name: str
    sources: frozenset[str]
    target: str
    needs: tuple[str, ...] = ()
    rights: tuple[Right, ...] = ()
    guards: tuple[Guard, ...] = ()

    def after(self, state: str) -> str:
        """Return the state that the move leads to from `state`."""
        return self.target or state

    def refusal(self, thing: Held, actor: Actor) -> AnlanError | None:
        """Return why `actor` may not make the move now; None if it may."""
        if not any(right.open_to(actor, thing.organisation_id) for right in self.rights):
            return NotHeldError(move=self.name)
        if thing.state not in self.sources:
            return MoveNotAllowedError(move=self.name, state=thing.state)
        for guard in self.guards:
            if not guard.allows(thing, actor):
                return guard.refusal(move=self.name)
        return None


def require_one(actor: Actor, rights: tuple[Right, ...]) -> None:
    """Return if `actor` holds a permission of `rights`, else raise as `require` does."""
    if not any(right.permission in actor.permissions for right in rights):
        require(actor, rights[0].permission)


class MoveTable:
    """Every move of one kind of thing, in one place, to be read, drawn and tested as data."""

    def __init__(self, initial: str, moves: Iterable[Move]) -> None:
        self.initial = initial
        self.moves = {move.name: move for move in moves}

    @property
    def states(self) -> frozenset[str]:
        """Every state that the table names."""
        targets = {move.target for move in self.moves.values() if move.target}
        sources = {state for move in self.moves.values() for state in move.sources}
        return frozenset({self.initial} | targets | sources)

    @property
    def pairs(self) -> frozenset[tuple[str, str]]:
        """Every change of state that some move makes."""
        return frozenset(
            (source, move.target)
            for move in self.moves.values()
            for source in move.sources
            if move.target and source != move.target
        )

    def offered(self, state: str) -> list[str]:
        """Return the names of the moves that lead on from `state`."""
        return [move.name for move in self.moves.values() if state in move.sources]

    def open_to(self, thing: Held, actor: Actor) -> list[str]:
        """Return the names of the moves that `actor` may make now, in the order of the table."""
        return [move.name for move in self.moves.values() if move.refusal(thing, actor) is None]

    def named(self, name: str) -> Move:
        """Return the move `name`, or raise `UnknownMoveError`."""
        move = self.moves.get(name)
        if move is None:
            raise UnknownMoveError(
                field="move", rule="known_move", move=name, moves=", ".join(self.moves)
            )
        return move

    def check(self, state: str, name: str, facts: Collection[str]) -> Move:
        """Return the move `name`, or raise why it cannot be made from `state` with `facts`."""
        move = self.named(name)
        if state not in move.sources:
            raise MoveNotAllowedError(move=name, state=state)
        for fact in move.needs:
            if fact not in facts:
                raise MissingFactError(field=fact, rule="required", move=name)
        return move
