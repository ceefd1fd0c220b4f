"""Which lane each address of the API enters by, and that operators are shown the same order."""

from pathlib import Path

import pytest

from anlan.project.api import api
from anlan.project.door import CASEWORK, DESK, EMERGENCY, FIGURES, LANES, LISTS, PUBLIC, lane_of

SHOWN = Path(__file__).resolve().parents[4] / "docs" / "operator" / "overload.md"
EMERGENCIES = {
    "take_report", "answer_questions", "add_report_update", "ring", "move_call",
    "read_line", "move_incident", "assign_units", "preempt_unit", "escalate_incident",
    "commit_batch_plan", "move_assignment", "record_positions", "set_duty",
}  # fmt: skip


def operations() -> dict[str, tuple[str, str]]:
    """Return method and path of every operation of the API, by its name."""
    found = api.get_openapi_schema()["paths"]
    return {
        one["operationId"]: (method.upper(), path.replace("{", "").replace("}", ""))
        for path, methods in found.items()
        for method, one in methods.items()
    }


def test_intake_sending_and_unit_updates_are_the_first_lane_and_nothing_else_is():
    first = {name for name, asked in operations().items() if lane_of(*asked) is EMERGENCY}
    assert first == EMERGENCIES


def test_the_first_lane_turns_nobody_away():
    assert (EMERGENCY.kept_free_places, EMERGENCY.waiting_limit_requests) == (0, None)
    assert EMERGENCY.wait_limit_s is None
    assert all(lane.waiting_limit_requests and lane.wait_limit_s for lane in LANES[1:])


@pytest.mark.parametrize(
    ("method", "path", "lane"),
    [
        ("POST", "/api/v1/incidents/1/recommendations", DESK),
        ("GET", "/api/v1/units", DESK),
        ("POST", "/api/v1/session", DESK),
        ("POST", "/api/v1/public/reports", PUBLIC),
        ("POST", "/report", PUBLIC),
        ("POST", "/api/v1/cases", CASEWORK),
        ("POST", "/api/v1/cases/1/moves/accept", CASEWORK),
        ("PUT", "/api/v1/webhooks/1", CASEWORK),
        ("GET", "/api/v1/cases", LISTS),
        ("GET", "/something/new", LISTS),
        ("POST", "/something/new", CASEWORK),
        ("GET", "/api/v1/clock-figures.csv", FIGURES),
        ("GET", "/healthz", None),
    ],
)
def test_what_can_wait_enters_by_a_later_lane(method, path, lane):
    assert lane_of(method, path) is lane


def test_no_address_outside_the_api_enters_by_the_first_lane():
    for path in ("/", "/report", "/api/v1/reportsx", "/x/api/v1/reports", "/api/v1/calls/1"):
        assert lane_of("POST", path) is not EMERGENCY


def test_operators_are_shown_the_lanes_as_they_are():
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in SHOWN.read_text(encoding="utf-8").splitlines()
        if line.startswith("| `")
    ]
    told = [(row[0].strip("`"), *row[2:]) for row in rows]
    assert told == [
        (
            lane.name,
            str(lane.kept_free_places),
            "all" if lane.waiting_limit_requests is None else str(lane.waiting_limit_requests),
            "-" if lane.wait_limit_s is None else f"{lane.wait_limit_s:g} s",
            "-" if lane is EMERGENCY else f"{lane.retry_after_s} s",
        )
        for lane in LANES
    ]
