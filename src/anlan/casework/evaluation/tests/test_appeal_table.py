"""Appeals walked to their ends: every way that the table allows, and none beside."""

from collections.abc import Iterator
from dataclasses import replace
from uuid import UUID

import pytest

from anlan.casework.evaluation.errors import OwnAppealError, SettledError
from anlan.casework.evaluation.transitions import (
    APPEAL_MOVES,
    EVALUATION_MOVES,
    AppealStanding,
    AppealState,
    appeal_after,
)
from anlan.kernel.access import Actor
from anlan.kernel.moves import MoveNotAllowedError, NotHeldError
from anlan.kernel.policies import permissions_of
from anlan.orgs.roles import Role

WORKS, WATER, CENTRE = (UUID(int=number) for number in (1, 2, 3))
MOVES = APPEAL_MOVES.moves
FILED = AppealStanding(AppealState.FILED, WORKS, f"{Role.DEPARTMENT_DESK}-1")


def somebody(role: Role, home: UUID) -> Actor:
    return Actor(f"{role}-{home.int}", "", role, home, 0, 0, permissions_of(role), "duty")


CAST = [somebody(role, home) for role in Role for home in (WORKS, WATER, CENTRE)]
Edge = tuple[AppealStanding, str, Actor, AppealStanding]


def onward(appeal: AppealStanding) -> Iterator[Edge]:
    for actor in CAST:
        for name in APPEAL_MOVES.open_to(appeal, actor):
            yield appeal, name, actor, appeal_after(appeal, MOVES[name])


def walked(first: AppealStanding) -> tuple[set[AppealStanding], list[Edge]]:
    seen, edges, waiting = {first}, [], [first]
    while waiting:
        for edge in onward(waiting.pop()):
            edges.append(edge)
            if edge[3] not in seen:
                seen.add(edge[3])
                waiting.append(edge[3])
    return seen, edges


def test_every_state_is_reached_and_nothing_leads_on_from_an_end():
    seen, edges = walked(FILED)
    assert {one.state for one in seen} == set(AppealState)
    assert {name for _, name, _, _ in edges} == set(MOVES)
    assert {before.state for before, *_ in edges} == {AppealState.FILED}


def test_only_another_organisation_that_judges_decides():
    _, edges = walked(FILED)
    deciders = {(actor.role, actor.organisation_id) for _, name, actor, _ in edges
                if name in {"grant", "decline"}}  # fmt: skip
    assert deciders == {("SUPERVISOR", WATER), ("SUPERVISOR", CENTRE)}


def test_only_the_organisation_that_appeals_withdraws():
    _, edges = walked(FILED)
    assert {actor.organisation_id for _, name, actor, _ in edges if name == "withdraw"} == {WORKS}


def test_who_filed_does_not_decide_from_another_organisation():
    judge = somebody(Role.SUPERVISOR, CENTRE)
    own = replace(FILED, filed_by=judge.id)
    assert isinstance(MOVES["grant"].refusal(own, judge), OwnAppealError)


@pytest.mark.parametrize(
    ("standing", "role", "home", "error"),
    [
        (FILED, Role.SUPERVISOR, WORKS, OwnAppealError),
        (FILED, Role.DEPARTMENT_DESK, CENTRE, NotHeldError),
        (FILED, Role.ADMINISTRATOR, CENTRE, NotHeldError),
        (replace(FILED, settled=True), Role.SUPERVISOR, CENTRE, SettledError),
        (replace(FILED, state=AppealState.GRANTED), Role.SUPERVISOR, CENTRE, MoveNotAllowedError),
    ],
)
def test_refusal_names_its_reason(standing, role, home, error):
    assert isinstance(MOVES["grant"].refusal(standing, somebody(role, home)), error)


def test_no_role_both_appeals_and_judges():
    for permissions in map(permissions_of, Role):
        assert not {"evaluation.appeal", "evaluation.judge"} <= permissions


def test_evaluation_has_one_way():
    assert EVALUATION_MOVES.pairs == {("PROVISIONAL", "FINAL")}
