"""Lives of things as tables of moves: which move, from which states, to which, with which facts."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from anlan.kernel.errors import InvalidError, RefusedError


class MoveNotAllowedError(RefusedError):
    """The move is not possible from the present state."""

    code = "move.not_allowed"


class UnknownMoveError(InvalidError):
    """There is no such move."""

    code = "move.unknown"


class MissingFactError(InvalidError):
    """The move needs a fact that was not given."""

    code = "move.missing_fact"


@dataclass(frozen=True, slots=True)
class Move:
    """One way on: from any of `sources` to `target`, when every fact in `needs` is given."""

    name: str
    sources: frozenset[str]
    target: str
    needs: tuple[str, ...] = ()


class MoveTable:
    """Every move of one kind of thing, in one place, to be read, drawn and tested as data."""

    def __init__(self, initial: str, moves: Iterable[Move]) -> None:
        self.initial = initial
        self.moves = {move.name: move for move in moves}

    @property
    def states(self) -> frozenset[str]:
        """Every state that the table names."""
        targets = {move.target for move in self.moves.values()}
        sources = {state for move in self.moves.values() for state in move.sources}
        return frozenset({self.initial} | targets | sources)

    @property
    def pairs(self) -> frozenset[tuple[str, str]]:
        """Every change of state that some move makes."""
        return frozenset(
            (source, move.target)
            for move in self.moves.values()
            for source in move.sources
            if source != move.target
        )

    def offered(self, state: str) -> list[str]:
        """Return the names of the moves that lead on from `state`."""
        return [move.name for move in self.moves.values() if state in move.sources]

    def named(self, name: str) -> Move:
        """Return the move `name`, or raise `UnknownMoveError`."""
        move = self.moves.get(name)
        if move is None:
            raise UnknownMoveError(field="move", rule="known_move", move=name)
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
