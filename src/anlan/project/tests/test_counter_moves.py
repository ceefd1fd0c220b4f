"""What the console offers to undo, held against the tables of moves: each way back is allowed."""

import re
from pathlib import Path

import pytest

from anlan.casework.transitions import CASE_MOVES, PAUSE_MOVES
from anlan.dispatch.transitions import ASSIGNMENT_MOVES, INCIDENT_MOVES
from anlan.orgs.models import DUTIES
from anlan.orgs.transitions import SHIFT_MOVES

ROOT = Path(__file__).resolve().parents[4]
TABLES = {
    "incident": INCIDENT_MOVES,
    "assignment": ASSIGNMENT_MOVES,
    "case": CASE_MOVES,
    "pause": PAUSE_MOVES,
    "shift": SHIFT_MOVES,
}
ROW = re.compile(
    r"^  '?(?P<move>\w+)'?: \{ by: '(?P<by>\w+)', from: \[(?P<states>.*)\] \},$", re.MULTILINE
)
SOURCE = (ROOT / "console/src/api/counterMoves.ts").read_text(encoding="utf-8")
ROWS = {row["move"]: (row["by"], re.findall(r"\w+", row["states"])) for row in ROW.finditer(SOURCE)}
OF_NO_TABLE = {"unit_duty"}
"""A unit's duty is set, not moved: any of the three follows any other."""


def test_every_row_of_the_console_is_read():
    assert len(ROWS) == SOURCE.count("{ by: '") == 13


@pytest.mark.parametrize("move", sorted(set(ROWS) - OF_NO_TABLE))
def test_counter_move_leads_back_to_where_the_thing_stood(move):
    by, states = ROWS[move]
    (thing, name), (moved, counter) = move.split("_", 1), by.split("_", 1)
    back = TABLES[moved].moves[counter]
    if not states:  # it begins with the move: the counter-move ends it from its first state
        assert TABLES[moved].initial in back.sources
        return
    assert thing == moved
    forth = TABLES[thing].moves[name]
    for state in states:
        assert state in forth.sources
        assert forth.after(state) in back.sources
        assert back.after(forth.after(state)) == state


def test_duty_is_undone_by_the_duty_of_before():
    assert {move: ROWS[move] for move in OF_NO_TABLE} == {"unit_duty": ("unit_duty", DUTIES)}


@pytest.mark.parametrize(
    "move",
    ["incident_close", "incident_reopen", "incident_divert", "incident_raise_alarm",
     "assignment_on_scene", "assignment_clear", "assignment_cancel", "case_close", "case_verify"],
)  # fmt: skip
def test_what_has_no_exact_counter_move_offers_none(move):
    assert move not in ROWS
