"""Clock rules as data: what is shipped, what is refused, who chooses."""

from datetime import date

import pytest
from pydantic import ValidationError

from anlan.dispatch.clock_rules import CLOCK_RULES
from anlan.dispatch.desk_policy import DESK_POLICY, DeskPolicy, desk_clocks, reported_clocks
from anlan.dispatch.tests.clockwork import HEADING, clock, rules

DAY = date(2026, 6, 1)
CITY = 990101000000000


def limits(rule_id: str) -> dict[str, list[tuple[int, float | None]]]:
    """Return the limits and shares of each clock of a rule."""
    found = CLOCK_RULES.rule(rule_id, DAY)
    return {one.code: [(a.seconds, a.share) for a in one.limits] for one in found.clocks}


def test_every_shipped_file_can_be_read():
    assert CLOCK_RULES.broken() == []
    assert DESK_POLICY.broken() == []


def test_shipped_figures_are_those_of_their_sources():
    assert limits("one_three_five_force") == {
        "patrol": [(60, None)], "branch": [(180, None)], "city": [(300, None)],
    }  # fmt: skip
    assert limits("one_three_five_site") == {"station": [(60, None)], "school": [(180, None)]}
    assert limits("one_three_five_micro_station") == {
        "own": [(60, None)], "neighbour": [(180, None)], "brigade": [(300, None)],
    }  # fmt: skip
    assert limits("nena_sta_020") == {"answer": [(15, 0.9), (20, 0.95)]}
    assert limits("nfpa_1225") == {"answer": [(10, 0.9)], "processing": [(60, 0.9)]}
    assert limits("nfpa_1221") == {"processing": [(64, 0.9), (106, 0.95)]}
    assert limits("nfpa_1710") == {
        "turnout_medical": [(60, 0.9)], "turnout_fire": [(80, 0.9)],
        "travel_first": [(240, 0.9)], "full_force": [(480, 0.9)],
    }  # fmt: skip


def test_rule_of_the_desk_has_a_limit_for_every_priority():
    found = desk_clocks(CITY, DAY)
    assert [one.code for one in found.clocks] == ["answer", "dispatch", "arrival"]
    for one in found.clocks:
        assert all(one.limit_s(priority) for priority in (1, 2, 3, 4))
    assert [found.clock("arrival").limit_s(p) for p in (1, 2, 3, 4)] == [300, 300, 600, 1800]
    assert found.clock("arrival").rings_s == (60, 180, 300)


def test_several_rules_are_reported_side_by_side():
    assert [one.id for one in reported_clocks(DAY)] == [
        "one_three_five", "one_three_five_force", "one_three_five_site",
        "one_three_five_micro_station", "nena_sta_020", "nfpa_1225", "nfpa_1221", "nfpa_1710",
    ]  # fmt: skip


def test_before_any_rule_holds_no_clock_runs():
    assert desk_clocks(CITY, date(2025, 12, 31)) is None
    assert reported_clocks(date(2025, 12, 31)) == []


@pytest.mark.parametrize(
    ("broken", "reason"),
    [
        (clock("rang_at", "sent_at", 60), "no such stamp: sent_at"),
        (clock("arrived_at", "received_at", 60), "received_at does not come after arrived_at"),
        (clock("arrived_at", "on_scene_at", 60), "on_scene_at does not come after arrived_at"),
        (clock("received_at", "on_scene_at", 60, each="UNIT"), "runs between stamps of units"),
        (clock("rang_at", "answered_at", 60, units=1), "neither stamp is that of a unit"),
        (clock("rang_at", "answered_at"), "at least 1 item"),
        (clock("rang_at", "answered_at", 0), "greater than or equal to 1"),
        (clock("rang_at", "answered_at", 60, warn_after=1.0), "less than 1"),
        (clock("rang_at", "answered_at", 60, limit=3), "Extra inputs are not permitted"),
    ],
)
def test_clock_that_cannot_be_measured_is_refused(broken, reason):
    with pytest.raises(ValidationError, match=reason):
        rules(broken)


def test_two_clocks_of_one_code_are_refused():
    with pytest.raises(ValidationError, match="two with the same code"):
        rules(clock("rang_at", "answered_at", 1), clock("rang_at", "answered_at", 2))


def test_narrowest_choice_holds_on_a_desk():
    policy = DeskPolicy.model_validate(
        HEADING
        | {
            "id": "desk_policy",
            "reported": ["a"],
            "desks": [
                {"clocks": "city", "area": CITY},
                {"clocks": "everywhere"},
                {"clocks": "street", "area": 990101002000000},
            ],
        }
    )
    chosen = {
        area: policy.choice_at(area).clocks
        for area in (990101002001001, 990101001001001, 110101001001001)
    }
    assert list(chosen.values()) == ["street", "city", "everywhere"]


def test_policy_without_a_choice_for_everywhere_is_refused():
    desks = [{"clocks": "city", "area": CITY}]
    with pytest.raises(ValidationError, match="somewhere no clock would run"):
        DeskPolicy.model_validate(HEADING | {"reported": ["a"], "desks": desks})
