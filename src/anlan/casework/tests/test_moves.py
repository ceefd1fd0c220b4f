"""Who may move a case, and what a refusal leaves behind: nothing."""

import pytest
from tests.people import organisation_id

from anlan.casework.tests.office import WAY, kept, refused
from anlan.casework.transitions import CASE_MOVES

pytestmark = pytest.mark.django_db

BEFORE = {
    "assign": (),
    "send_back": ("assign",),
    "dispute": ("assign", "send_back", "assign"),
    "arbitrate": ("assign", "send_back", "assign", "dispute"),
    "start": ("assign",),
    "report": ("assign",),
    "rework": ("assign", "report"),
    "verify": ("assign", "report"),
    "close": ("assign", "report", "verify"),
    "evaluate": WAY,
    "reopen": WAY,
}
STATE = {name: min(CASE_MOVES.moves[name].sources) for name in BEFORE}
MAY = {
    "SUPERVISOR": {"assign", "arbitrate", "rework", "verify", "close", "evaluate", "reopen"},
    "DEPARTMENT_DESK": {"send_back", "dispute", "start", "report"},
    "GRID_OFFICER": {"rework", "verify"},
    "DISPATCHER": set(),
    "CALL_TAKER": set(),
    "CREW": set(),
    "ADMINISTRATOR": set(),
}
HOME = {"GRID_OFFICER": "COMMUNITY_11", "DEPARTMENT_DESK": "MUNICIPAL_WORKS"}


def refusal_of(role: str, name: str) -> str:
    """Return how a role is refused: grid officers handle, but not what is with the works."""
    handles = role == "GRID_OFFICER" and name in MAY["DEPARTMENT_DESK"]
    return "move.not_yours" if handles else "denied"


@pytest.mark.parametrize("name", BEFORE)
def test_each_role_makes_its_moves_and_no_other(office, desk, name):
    made = set()
    for role in MAY:
        case_id = office.file()
        office.bring(case_id, *BEFORE[name])
        before = kept(case_id)
        reply = office.move(
            case_id, name, desk(role, organisation=HOME.get(role, "COORDINATION_CENTRE"))
        )
        if reply.status_code == 200:
            made.add(role)
            assert kept(case_id).steps == before.steps + 1
        else:
            assert (reply.status_code, reply.json()["code"]) == (403, refusal_of(role, name))
            assert kept(case_id) == before
    assert made == {role for role, moves in MAY.items() if name in moves}


@pytest.mark.parametrize("name", BEFORE)
def test_visitor_moves_nothing_here(office, desk, name):
    case_id = office.file()
    office.bring(case_id, *BEFORE[name])
    before = kept(case_id)
    assert office.move(case_id, name, desk(None)).status_code == 401
    assert kept(case_id) == before


@pytest.mark.parametrize("name", BEFORE)
def test_move_out_of_its_order_is_refused(office, name):
    for moves in {before for other, before in BEFORE.items() if STATE[other] != STATE[name]}:
        case_id = office.file()
        office.bring(case_id, *moves)
        before = kept(case_id)
        reply = office.move(case_id, name)
        refused = (reply.status_code, reply.json()["code"])
        assert refused in {(409, "move.not_allowed"), (403, "move.not_yours")}
        assert kept(case_id) == before


def test_desk_acts_only_on_cases_of_its_own_organisation(office, desk):
    lighting = desk("DEPARTMENT_DESK", organisation="LIGHTING")
    case_id = office.file()
    office.bring(case_id, "assign")
    before = kept(case_id)
    for name in ("send_back", "start", "report"):
        reply = office.move(case_id, name, lighting)
        assert (reply.status_code, reply.json()["code"]) == (403, "move.not_yours")
    assert kept(case_id) == before


def test_sent_back_case_is_with_nobody(office):
    case_id = office.file()
    office.bring(case_id, "assign", "send_back")
    case = office.centre.get(f"cases/{case_id}").json()
    assert (case["state"], case["organisation_id"]) == ("FILED", None)
    assert case["timeline"][-1]["facts"] == refused()


def test_case_goes_to_an_organisation_that_serves_its_area(office):
    case_id = office.file()
    before = kept(case_id)
    elsewhere = str(organisation_id("COMMUNITY_23"))
    reply = office.move(case_id, "assign", organisation_id=elsewhere)
    assert (reply.status_code, reply.json()["code"]) == (422, "case.organisation_elsewhere")
    assert (reply.json()["field"], reply.json()["rule"]) == ("organisation_id", "serves_the_area")
    assert kept(case_id) == before


def test_unknown_organisation_is_named(office):
    case_id = office.file()
    before = kept(case_id)
    reply = office.move(case_id, "assign", organisation_id="00000000-0000-7000-8000-000000000000")
    assert (reply.status_code, reply.json()["code"]) == (404, "organisation.unknown")
    assert (reply.json()["field"], reply.json()["rule"]) == (
        "organisation_id",
        "known_organisation",
    )
    assert kept(case_id) == before


def test_reply_offers_exactly_the_moves_the_reader_may_make(office):
    case_id = office.file()
    offered = []
    for name in (*WAY, "reopen"):
        offered.append([
            desk.get(f"cases/{case_id}").json()["moves"]
            for desk in (office.centre, office.works, office.officer)
        ])  # fmt: skip
        office.bring(case_id, name)
    assert offered == [
        [["assign", "reclassify", "divert", "merge", "seal"], [], []],
        [["reclassify", "divert", "merge", "seal"], ["send_back", "start", "report", "divert"], []],
        [["rework", "verify", "seal"], [], ["rework", "verify"]],
        [["close", "seal"], [], []],
        [["evaluate", "reopen", "seal"], [], []],
    ]


def test_same_key_twice_moves_once(office):
    case_id = office.file()
    key, body = (
        "6f1f9c1e-9f5d-4b57-8d5a-0a4b8f6f5a11",
        {"organisation_id": str(organisation_id("MUNICIPAL_WORKS"))},
    )
    first = office.centre.post(f"cases/{case_id}/moves/assign", body, key=key)
    second = office.centre.post(f"cases/{case_id}/moves/assign", body, key=key)
    assert (first.status_code, second.status_code) == (200, 200)
    assert first.content == second.content
    assert kept(case_id).steps == 2
