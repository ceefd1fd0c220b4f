"""Joint tasks walked to their ends: every way that the two tables allow, and none beside."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from uuid import UUID

import pytest

from anlan.casework.errors import DecidedError, OwnWorkError, PartsOpenError, TaskClosedError
from anlan.casework.transitions import (
    PART_ENDS,
    PART_MOVES,
    TASK_MOVES,
    PartStanding,
    PartState,
    TaskStanding,
    TaskState,
    part_after,
)
from anlan.kernel.access import Actor
from anlan.kernel.moves import MoveNotAllowedError, NotHeldError
from anlan.kernel.policies import permissions_of
from anlan.orgs.roles import Role

STREET, ROADS, WATER, POWER, CENTRE = (UUID(int=number) for number in range(1, 6))


def somebody(role: Role, home: UUID, name: str = "") -> Actor:
    return Actor(name or f"{role}-{home.int}", "", role, home, 0, 0, permissions_of(role), "duty")


OPENER = somebody(Role.STREET_DESK, STREET, "opener")
ARBITER = somebody(Role.SUPERVISOR, CENTRE)
CAST = (
    OPENER,
    ARBITER,
    *(somebody(Role.DEPARTMENT_DESK, home) for home in (ROADS, WATER, POWER)),
    *(somebody(role, CENTRE) for role in Role if role not in {Role.RESIDENT, Role.SUPERVISOR}),
)


@dataclass(frozen=True)
class Joint:
    """A joint task of two parts."""

    state: TaskState
    parts: tuple[PartStanding, ...]

    @property
    def standing(self) -> TaskStanding:
        return TaskStanding(self.state, STREET, tuple(part.state for part in self.parts))


Edge = tuple[Joint, str, Actor, Joint]


def part_of(home: UUID) -> PartStanding:
    return PartStanding(PartState.CALLED, home, STREET, OPENER.id)


def onward(task: Joint) -> Iterator[Edge]:
    """Yield every move that anybody of the cast may make of the task or of a part."""
    for actor in CAST:
        for name in TASK_MOVES.open_to(task.standing, actor):
            shut = tuple(replace(part, task_open=False) for part in task.parts)
            yield task, f"task {name}", actor, Joint(TaskState.CLOSED, shut)
        for place, part in enumerate(task.parts):
            for name in PART_MOVES.open_to(part, actor):
                for given in (part.organisation_id, POWER) if name == "arbitrate" else (None,):
                    stands = part_after(part, PART_MOVES.moves[name], given)
                    parts = (*task.parts[:place], stands, *task.parts[place + 1 :])
                    yield task, name, actor, replace(task, parts=parts)


@cache
def walked() -> tuple[frozenset[Joint], tuple[Edge, ...]]:
    """Return everything a task of two parts can stand at, and every move between."""
    first = Joint(TaskState.OPEN, (part_of(ROADS), part_of(WATER)))
    seen, edges, waiting = {first}, [], [first]
    while waiting:
        for edge in onward(waiting.pop()):
            edges.append(edge)
            if edge[3] not in seen:
                seen.add(edge[3])
                waiting.append(edge[3])
    return frozenset(seen), tuple(edges)


def test_every_state_is_reached_and_every_move_is_made() -> None:
    tasks, edges = walked()
    assert {task.state for task in tasks} == set(TaskState)
    assert {part.state for task in tasks for part in task.parts} == set(PartState)
    assert {name for _, name, _, _ in edges} == set(PART_MOVES.moves) | {"task close"}


def test_from_everywhere_there_is_a_way_to_the_end() -> None:
    tasks, edges = walked()
    reaches = {task for task in tasks if task.state == TaskState.CLOSED}
    while more := {a for a, _, _, b in edges if b in reaches} - reaches:
        reaches |= more
    assert reaches == tasks


def test_task_ends_only_with_every_part_and_nothing_moves_after() -> None:
    tasks, edges = walked()
    for task in tasks:
        if task.state == TaskState.CLOSED:
            assert all(part.state in PART_ENDS for part in task.parts)
    assert not [edge for edge in edges if edge[0].state == TaskState.CLOSED]


def test_nobody_answers_for_another_and_nobody_judges_their_own() -> None:
    for before, name, actor, stands in walked()[1]:
        changed = [old for old, new in zip(before.parts, stands.parts, strict=True) if old != new]
        if name in {"report_in", "refuse", "finish"}:
            assert [part.organisation_id for part in changed] == [actor.organisation_id]
        if name in {"waive", "rework", "task close"}:
            assert actor.organisation_id == STREET
        if name == "arbitrate":
            assert actor is ARBITER


def test_part_is_refused_once_and_the_arbiter_holds() -> None:
    for before, name, _, stands in walked()[1]:
        if name == "refuse":
            (part,) = set(before.parts) - set(stands.parts)
            assert not part.decided
        for old, new in zip(before.parts, stands.parts, strict=True):
            assert new.decided >= old.decided
            assert new.decided == old.decided or name == "arbitrate"


@pytest.mark.parametrize(
    ("name", "part", "actor", "error"),
    [
        ("report_in", part_of(WATER), CAST[2], NotHeldError),
        ("refuse", replace(part_of(ROADS), decided=True), CAST[2], DecidedError),
        ("refuse", replace(part_of(ROADS), state=PartState.REPORTED_IN), CAST[2],
         MoveNotAllowedError),
        ("finish", part_of(ROADS), CAST[2], MoveNotAllowedError),
        ("arbitrate", replace(part_of(ROADS), state=PartState.REFUSED, opened_by=ARBITER.id),
         ARBITER, OwnWorkError),
        ("arbitrate", replace(part_of(CENTRE), state=PartState.REFUSED), ARBITER, OwnWorkError),
        ("waive", part_of(ROADS), ARBITER, NotHeldError),
        ("rework", replace(part_of(ROADS), state=PartState.DONE, task_open=False), OPENER,
         TaskClosedError),
    ],
)  # fmt: skip
def test_refusal_names_its_reason(name, part, actor, error) -> None:
    assert isinstance(PART_MOVES.moves[name].refusal(part, actor), error)


def test_task_with_an_open_part_is_not_closed() -> None:
    task = TaskStanding(TaskState.OPEN, STREET, (PartState.DONE, PartState.REPORTED_IN))
    assert isinstance(TASK_MOVES.moves["close"].refusal(task, OPENER), PartsOpenError)
