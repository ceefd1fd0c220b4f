"""The table of moves, as data."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anlan.casework.errors import (
    MoveNotAllowedError,
    NotFromIncidentError,
    NotYourCaseError,
    OwnWorkError,
    ReopenedBeforeError,
    UnknownMoveError,
)
from anlan.casework.transitions import (
    CODE_LISTS,
    ENDS,
    FACT_LIMIT_CHARACTERS,
    INITIAL,
    MOVES,
    CaseState,
    Standing,
    check_facts,
    check_move,
    move_named,
    open_moves,
    refusal,
)
from anlan.kernel.access import Actor
from anlan.kernel.errors import AnlanError, InvalidError
from anlan.orgs.roles import PERMISSIONS, Role

MINE, THEIRS = UUID(int=1), UUID(int=2)
ALL_RIGHTS = frozenset(right.permission for move in MOVES.values() for right in move.rights)


def somebody(permissions=ALL_RIGHTS, *, name="somebody", organisation_id=MINE) -> Actor:
    return Actor(name, name, "STAFF", organisation_id, 0, 0, frozenset(permissions), "duty")


standings = st.builds(
    Standing,
    state=st.sampled_from(CaseState),
    organisation_id=st.sampled_from([None, MINE, THEIRS]),
    reported_by=st.sampled_from([None, "somebody", "another"]),
    reopened=st.booleans(),
    came_from_incident=st.booleans(),
)
actors = st.builds(
    somebody,
    st.sampled_from([PERMISSIONS[role] for role in Role] + [ALL_RIGHTS]),
    organisation_id=st.sampled_from([MINE, THEIRS]),
)


@given(st.sampled_from(sorted(MOVES)), standings, actors)
def test_accepted_move_keeps_every_rule(name, standing, actor):
    move = MOVES[name]
    if refusal(move, standing, actor) is None:
        assert standing.state in move.sources
        assert not (move.once and standing.reopened)
        assert not (move.from_incident and not standing.came_from_incident)
        assert not (move.by_another and actor.id == standing.reported_by)
        open_rights = [right for right in move.rights if right.permission in actor.permissions]
        assert open_rights
        if all(right.holder_only for right in open_rights):
            assert standing.organisation_id == actor.organisation_id


@given(standings, actors)
def test_open_moves_are_exactly_those_that_are_accepted(standing, actor):
    accepted = []
    for name, move in MOVES.items():
        try:
            check_move(move, standing, actor)
        except AnlanError:
            continue
        accepted.append(name)
    assert open_moves(standing, actor) == accepted


def test_every_state_is_reachable_from_filing():
    reached = {INITIAL}
    for _ in CaseState:
        reached |= {move.target for move in MOVES.values() if move.sources & reached}
    assert reached == set(CaseState)


def test_every_state_reaches_an_end():
    reaches = set(ENDS)
    for _ in CaseState:
        reaches |= {s for move in MOVES.values() if move.target in reaches for s in move.sources}
    assert reaches == set(CaseState)


def test_some_role_can_make_each_move():
    for move in MOVES.values():
        held = {right.permission for right in move.rights}
        assert any(held & permissions for permissions in PERMISSIONS.values()), move.name


def test_no_role_may_both_report_and_verify():
    for permissions in PERMISSIONS.values():
        assert not {"case.report", "case.verify"} <= permissions


def test_longest_life_is_bounded_by_the_single_reopening():
    closed = Standing(CaseState.CLOSED, MINE)
    assert "reopen" in open_moves(closed, somebody())
    again = Standing(CaseState.CLOSED, MINE, reopened=True)
    assert open_moves(again, somebody()) == []


@pytest.mark.parametrize(
    ("name", "standing", "error"),
    [
        ("assign", Standing(CaseState.ASSIGNED), MoveNotAllowedError),
        ("report", Standing(CaseState.ASSIGNED, THEIRS), NotYourCaseError),
        ("report", Standing(CaseState.ASSIGNED, None), NotYourCaseError),
        ("send_back", Standing(CaseState.ASSIGNED, THEIRS), NotYourCaseError),
        ("verify", Standing(CaseState.REPORTED, MINE, "somebody"), OwnWorkError),
        ("reopen", Standing(CaseState.CLOSED, MINE, reopened=True), ReopenedBeforeError),
        ("return", Standing(CaseState.FILED), NotFromIncidentError),
        ("return", Standing(CaseState.REPORTED, came_from_incident=True), MoveNotAllowedError),
    ],
)
def test_refusal_names_its_reason(name, standing, error):
    assert isinstance(refusal(MOVES[name], standing, somebody()), error)


def test_department_returns_only_what_it_handles():
    desk = somebody({"case.return"})
    assert (
        refusal(MOVES["return"], Standing(CaseState.ASSIGNED, MINE, came_from_incident=True), desk)
        is None
    )
    refused = refusal(
        MOVES["return"], Standing(CaseState.ASSIGNED, THEIRS, came_from_incident=True), desk
    )
    assert isinstance(refused, NotYourCaseError)


def test_dispatch_takes_back_what_anybody_handles():
    dispatcher = somebody({"incident.return"})
    standing = Standing(CaseState.ASSIGNED, THEIRS, came_from_incident=True)
    assert refusal(MOVES["return"], standing, dispatcher) is None


def test_unknown_move_names_those_that_are_known():
    with pytest.raises(UnknownMoveError) as caught:
        move_named("escalate")
    assert caught.value.facts == {"moves": sorted(MOVES)}


@pytest.mark.parametrize("name", sorted(MOVES))
def test_each_move_needs_each_of_its_facts(name):
    for fact in MOVES[name].needs:
        for missing in ({}, {fact: ""}, {fact: " \n "}):
            with pytest.raises(InvalidError) as caught:
                check_facts(MOVES[name], missing)
            assert (caught.value.field, caught.value.rule) == (fact, "required")


def test_fact_of_another_move_is_refused():
    with pytest.raises(InvalidError) as caught:
        check_facts(MOVES["assign"], {"organisation_id": str(MINE), "reason": "because"})
    assert (caught.value.field, caught.value.rule) == ("reason", "extra_forbidden")


@given(st.text(min_size=1, max_size=20).filter(lambda code: code not in CODE_LISTS["disposition"]))
def test_disposition_is_one_of_the_code_list(code):
    with pytest.raises(InvalidError) as caught:
        check_facts(MOVES["close"], {"disposition": code})
    assert caught.value.field == "disposition"


def test_fact_is_kept_trimmed_and_bounded():
    whole = "x" * FACT_LIMIT_CHARACTERS
    assert check_facts(MOVES["rework"], {"reason": f"  {whole}\n"}) == {"reason": whole}
    with pytest.raises(InvalidError) as caught:
        check_facts(MOVES["rework"], {"reason": whole + "x"})
    assert (caught.value.field, caught.value.rule) == ("reason", "text_too_long")
