"""The life of a case, walked to its ends: every way that the table allows, and none beside."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anlan.casework.errors import (
    BegunBeforeError,
    CalledUpError,
    DecidedError,
    EvaluatedBeforeError,
    FromIncidentError,
    LeadsError,
    NotFromIncidentError,
    OwnWorkError,
    ReopenedBeforeError,
    SentBackBeforeError,
    SentBackFirstError,
)
from anlan.casework.guards import REOPENED_LIMIT, SENT_BACK_LIMIT
from anlan.casework.move_facts import check_facts
from anlan.casework.transitions import (
    CASE_MOVES,
    CODE_LISTS,
    ENDS,
    FACT_LIMIT_CHARACTERS,
    CaseState,
    Standing,
    after,
)
from anlan.kernel.access import Actor
from anlan.kernel.errors import InvalidError
from anlan.kernel.moves import MoveNotAllowedError, NotHeldError, UnknownMoveError
from anlan.kernel.policies import permissions_of
from anlan.orgs.roles import Role

MINE, THEIRS, CENTRE = UUID(int=1), UUID(int=2), UUID(int=3)
MOVES = CASE_MOVES.moves
ALL_RIGHTS = frozenset(right.permission for move in MOVES.values() for right in move.rights)


def somebody(permissions=ALL_RIGHTS, *, name="somebody", organisation_id=MINE) -> Actor:
    return Actor(name, name, "STAFF", organisation_id, 0, 0, frozenset(permissions), "duty")


STAFF = (Role.SUPERVISOR, Role.DEPARTMENT_DESK, Role.GRID_OFFICER, Role.DISPATCHER)
CAST = (
    somebody({"report.follow"}, name="visitor", organisation_id=None),
    *(
        somebody(permissions_of(role), name=f"{role}-{home}", organisation_id=home)
        for role in STAFF
        for home in (MINE, THEIRS, CENTRE)
    ),
)

Edge = tuple[Standing, str, Actor, Standing]


def onward(case: Standing) -> Iterator[Edge]:
    """Yield every move that anybody of the cast may make, and what the case stands at after it."""
    for actor in CAST:
        for name in CASE_MOVES.open_to(case, actor):
            holders = (MINE, THEIRS) if name in {"assign", "arbitrate"} else (None,)
            for holder in holders:
                yield case, name, actor, after(case, MOVES[name], actor, holder)


@cache
def walked() -> tuple[frozenset[Standing], tuple[Edge, ...]]:
    """Return everything a case can stand at, and every move between: the whole graph.

    Whether a joint task of it is open, and whether others are merged into it, is nothing that
    a move of the case begins: both are walked.
    """
    both = (False, True)
    seen = {
        Standing(CaseState.FILED, came_from_incident=incident, called_up=called, leads=leads)
        for incident in both
        for called in both
        for leads in both
    }
    edges: list[Edge] = []
    waiting = list(seen)
    while waiting:
        for edge in onward(waiting.pop()):
            edges.append(edge)
            if edge[3] not in seen:
                seen.add(edge[3])
                waiting.append(edge[3])
    return frozenset(seen), tuple(edges)


def test_every_state_is_reached_and_every_move_is_made() -> None:
    standings, edges = walked()
    assert {standing.state for standing in standings} == set(CaseState)
    assert {name for _, name, _, _ in edges} == set(MOVES)


def test_from_everywhere_there_is_a_way_to_an_end() -> None:
    standings, edges = walked()
    reaches = {standing for standing in standings if standing.state in ENDS}
    while more := {a for a, _, _, b in edges if b in reaches} - reaches:
        reaches |= more
        # A joint task can always be brought to its end: test_joint_table walks that.
        reaches |= {one for one in standings if replace(one, called_up=False) in reaches}
    assert reaches == standings


def test_merged_case_moves_by_being_taken_out_alone() -> None:
    standings, edges = walked()
    led = {(name, b.state) for a, name, _, b in edges if a.state == CaseState.MERGED}
    assert led == {("unmerge", CaseState.FILED)}
    assert not [one for one in standings if one.leads and one.state in {"MERGED", "RETURNED"}]


def test_no_case_ends_while_a_joint_task_of_it_is_open() -> None:
    standings, edges = walked()
    assert not [one for one in standings if one.called_up and one.state in ENDS]
    assert {name for before, name, _, _ in edges if before.called_up} == set(MOVES) - {
        "close", "return", "divert", "evaluate", "reopen", "merge", "unmerge",
    }  # fmt: skip


def test_no_way_leads_round_a_limit() -> None:
    standings, edges = walked()
    assert {one.sent_back for one in standings} == set(range(SENT_BACK_LIMIT + 1))
    assert {one.reopened for one in standings} == set(range(REOPENED_LIMIT + 1))
    for before, name, actor, stands in edges:
        assert stands.sent_back >= before.sent_back
        assert stands.reopened >= before.reopened
        assert (name == "dispute") == (stands.sent_back == 2 and before.sent_back == 1)
        if name in {"verify", "evaluate"}:
            assert before.organisation_id != actor.organisation_id
            assert before.reported_by != actor.id
        if before.sent_back == SENT_BACK_LIMIT and stands.state in {"FILED", "DISPUTED"}:
            assert before.state == "DISPUTED"
            assert name in {"reclassify", "seal", "unseal"}


def test_second_refusal_leaves_only_the_arbiter_and_the_way_to_dispatch() -> None:
    _, edges = walked()
    led = {name for before, name, _, _ in edges if before.state == CaseState.DISPUTED}
    assert led == {"arbitrate", "reclassify", "return", "divert", "seal", "unseal"}


def test_case_goes_to_dispatch_by_one_way_only() -> None:
    _, edges = walked()
    ways = {
        (a.came_from_incident, name) for a, name, _, b in edges if a.state != b.state == "RETURNED"
    }
    assert ways == {(True, "return"), (False, "divert")}


def test_walk_stands_only_where_the_database_lets_a_case_stand() -> None:
    """What the constraints of the table say, said of everything that the walk came to."""
    for one in walked()[0]:
        held = one.state in {"ASSIGNED", "REPORTED", "VERIFIED", "CLOSED"}
        assert held == (one.organisation_id is not None) or one.state == "RETURNED"
        assert (one.reported_by is not None) == (one.state in {"REPORTED", "VERIFIED", "CLOSED"})
        assert one.state != "DISPUTED" or one.sent_back == SENT_BACK_LIMIT
        assert not one.evaluated or one.state == "CLOSED"
        assert held or not one.begun
        assert one.state != "RETURNED" or one.came_from_incident


def test_only_grid_officers_both_report_and_verify_and_never_for_one_office() -> None:
    both = {role for role in Role if {"case.report", "case.verify"} <= permissions_of(role)}
    assert both == {Role.GRID_OFFICER}
    officer = somebody(permissions_of(Role.GRID_OFFICER))
    ours = Standing(CaseState.REPORTED, MINE, "a colleague")
    assert isinstance(MOVES["verify"].refusal(ours, officer), OwnWorkError)
    assert MOVES["verify"].refusal(Standing(CaseState.REPORTED, THEIRS, "x"), officer) is None


@pytest.mark.parametrize(
    ("name", "standing", "error"),
    [
        ("assign", Standing(CaseState.ASSIGNED), MoveNotAllowedError),
        ("report", Standing(CaseState.ASSIGNED, THEIRS), NotHeldError),
        ("report", Standing(CaseState.ASSIGNED, None), NotHeldError),
        ("start", Standing(CaseState.ASSIGNED, THEIRS), NotHeldError),
        ("start", Standing(CaseState.ASSIGNED, MINE, begun=True), BegunBeforeError),
        ("send_back", Standing(CaseState.ASSIGNED, THEIRS), NotHeldError),
        ("send_back", Standing(CaseState.ASSIGNED, MINE, sent_back=1), SentBackBeforeError),
        ("send_back", Standing(CaseState.ASSIGNED, MINE, sent_back=2), DecidedError),
        ("dispute", Standing(CaseState.ASSIGNED, MINE), SentBackFirstError),
        ("dispute", Standing(CaseState.ASSIGNED, MINE, sent_back=2), DecidedError),
        ("verify", Standing(CaseState.REPORTED, THEIRS, "somebody"), OwnWorkError),
        ("verify", Standing(CaseState.REPORTED, MINE, "another"), OwnWorkError),
        ("evaluate", Standing(CaseState.CLOSED, MINE, "another"), OwnWorkError),
        ("evaluate", Standing(CaseState.CLOSED, THEIRS, "x", evaluated=True), EvaluatedBeforeError),
        ("reopen", Standing(CaseState.CLOSED, MINE, reopened=1), ReopenedBeforeError),
        ("return", Standing(CaseState.FILED), NotFromIncidentError),
        ("divert", Standing(CaseState.FILED, came_from_incident=True), FromIncidentError),
        ("divert", Standing(CaseState.FILED, called_up=True), CalledUpError),
        ("divert", Standing(CaseState.FILED, leads=True), LeadsError),
        ("divert", Standing(CaseState.REPORTED), MoveNotAllowedError),
        ("close", Standing(CaseState.VERIFIED, called_up=True), CalledUpError),
        ("return", Standing(CaseState.REPORTED, came_from_incident=True), MoveNotAllowedError),
    ],
)
def test_refusal_names_its_reason(name, standing, error) -> None:
    assert isinstance(MOVES[name].refusal(standing, somebody()), error)


def test_department_returns_only_what_it_handles() -> None:
    desk, back = somebody({"case.return"}), MOVES["return"]
    mine = Standing(CaseState.ASSIGNED, MINE, came_from_incident=True)
    theirs = Standing(CaseState.ASSIGNED, THEIRS, came_from_incident=True)
    assert back.refusal(mine, desk) is None
    assert isinstance(back.refusal(theirs, desk), NotHeldError)
    assert back.refusal(theirs, somebody({"incident.return"})) is None


def test_unknown_move_names_those_that_are_known() -> None:
    with pytest.raises(UnknownMoveError) as caught:
        CASE_MOVES.named("escalate")
    assert caught.value.facts == {"move": "escalate", "moves": ", ".join(MOVES)}


@pytest.mark.parametrize("name", sorted(MOVES))
def test_each_move_needs_each_of_its_facts(name) -> None:
    given_to_all = {"ground": "NOT_OUR_DUTY", "verdict": "PARTLY", "disposition": "RESOLVED"}
    for fact in MOVES[name].needs:
        others = {other: given_to_all.get(other, "x") for other in MOVES[name].needs}
        for missing in ({}, {fact: ""}, {fact: " \n "}):
            with pytest.raises(InvalidError) as caught:
                check_facts(MOVES[name], {k: v for k, v in others.items() if k != fact} | missing)
            assert (caught.value.field, caught.value.rule) == (fact, "required")


def test_fact_of_another_move_is_refused() -> None:
    with pytest.raises(InvalidError) as caught:
        check_facts(MOVES["assign"], {"organisation_id": str(MINE), "reason": "because"})
    assert (caught.value.field, caught.value.rule) == ("reason", "extra_forbidden")


@given(st.text(min_size=1, max_size=20).filter(lambda code: code not in CODE_LISTS["disposition"]))
def test_disposition_is_one_of_the_code_list(code) -> None:
    with pytest.raises(InvalidError) as caught:
        check_facts(MOVES["close"], {"disposition": code})
    assert caught.value.field == "disposition"


def test_fact_is_kept_trimmed_and_bounded() -> None:
    whole = "x" * FACT_LIMIT_CHARACTERS
    assert check_facts(MOVES["rework"], {"reason": f"  {whole}\n"}) == {"reason": whole}
    with pytest.raises(InvalidError) as caught:
        check_facts(MOVES["rework"], {"reason": whole + "x"})
    assert (caught.value.field, caught.value.rule) == ("reason", "text_too_long")
