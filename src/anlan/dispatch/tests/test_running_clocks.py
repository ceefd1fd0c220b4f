"""Running clocks: warned before the limit, told when it is over, once; the next ring is asked."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from tests.people import EVERYTHING, make_desk, unit_id

from anlan.dispatch import escalation_rules
from anlan.dispatch.escalation_rules import Escalation
from anlan.dispatch.models import Assignment, Incident, IncidentStep
from anlan.dispatch.services import assignments, escalation, incidents
from anlan.dispatch.tests.clockwork import CELL, HEADING, START, clock, measured
from anlan.dispatch.tests.room import PLACE, kept
from anlan.kernel.deadlines import handle_due
from anlan.kernel.errors import DeniedError
from anlan.kernel.models import Deadline, OutboxEntry
from anlan.kernel.moves import MoveNotAllowedError
from anlan.kernel.rule_files import RuleFolder
from anlan.kernel.scope import scoped
from anlan.project.deadlines import HANDLERS

pytestmark = pytest.mark.django_db
TOLD = ("clock_warning", "clock_breached")


def at(seconds: float) -> datetime:
    """Return the moment so many seconds after the report."""
    return START + timedelta(seconds=seconds)


@dataclass
class Case:
    """One incident at a desk, with the worker beside it; times are seconds after the report."""

    priority: int = 1
    id: UUID = field(init=False)

    def __post_init__(self) -> None:
        given = incidents.IncidentGiven(
            kind="THEFT", priority=self.priority, needs=("POLICE_PATROL",), channel="PHONE",
            **PLACE, area=CELL, place_text="", text="", rang_at=at(-9), answered_at=at(-4),
        )  # fmt: skip
        with scoped(EVERYTHING):
            self.id = incidents.open_incident(given, actor=EVERYTHING, at=at(0)).id

    def send(self, seconds: float, call_sign: str = "P01") -> UUID:
        with scoped(EVERYTHING):
            made = assignments.assign(
                self.id, [unit_id(call_sign)], recommendation_id=None, departure_reason="",
                actor=EVERYTHING, at=at(seconds),
            )  # fmt: skip
        return made[0].id

    def crew(self, assignment: UUID, move: str, seconds: float) -> None:
        with scoped(EVERYTHING):
            facts = {"reason": "Called off"} if move == "cancel" else {}
            assignments.make_move(assignment, move, facts, actor=EVERYTHING, at=at(seconds))

    def move(self, name: str, seconds: float, **facts: object) -> None:
        with scoped(EVERYTHING):
            incidents.make_move(self.id, name, facts, actor=EVERYTHING, at=at(seconds))

    def worker(self, *seconds: float) -> list[int]:
        """Let the worker look at these moments; how much it handled at each."""
        return [handle_due(HANDLERS, at(one)) for one in seconds]

    def steps(self, *moves: str) -> list[tuple[str, str, float]]:
        """Return these steps: the move, its clock or level, and when it was written."""
        with scoped(EVERYTHING):
            rows = IncidentStep.objects.filter(subject_id=self.id, move__in=moves).order_by("id")
            return [
                (
                    row.move,
                    row.facts.get("clock", str(row.facts.get("level"))),
                    (row.made_at - START).total_seconds(),
                )
                for row in rows
            ]

    def told(self) -> list[tuple[str, str, float]]:
        """Return what was told of its clocks."""
        return self.steps(*TOLD)

    def pending(self) -> dict[str, float]:
        """Return the deadlines that are set, in seconds."""
        with scoped(EVERYTHING):
            rows = Deadline.objects.filter(subject_id=self.id).values_list("name", "due_at")
            return {name: (due_at - START).total_seconds() for name, due_at in rows}


def test_desk_is_warned_before_the_limit_and_told_after_it_once():
    case = Case(priority=4)  # its escalation comes much later
    assert case.worker(44.9, 45, 45.5, 60, 60.001, 61, 600) == [0, 1, 0, 0, 1, 0, 0]
    assert case.told() == [
        ("clock_warning", "dispatch", 45),
        ("clock_breached", "dispatch", 60.001),
    ]
    with scoped(EVERYTHING):
        rows = OutboxEntry.objects.filter(subject_id=case.id, topic__startswith="clock.")
        bodies = {row.topic: row.body for row in rows}
    assert list(bodies) == ["clock.warning", "clock.breached"]
    body = bodies["clock.breached"]
    assert (body["clock"], body["unit"], body["priority"]) == ("dispatch", "", 4)
    assert body["due_at"] == at(60).isoformat()
    assert body["rules"] == "one_three_five@2026.1"


def test_clock_that_ends_in_time_says_nothing_and_the_next_begins():
    case = Case()
    case.send(30)
    assert case.worker(45, 61) == [0, 0]
    assert case.told() == []
    assert case.pending()["dispatch.clocks"] == 30 + 225
    assert case.worker(254, 255, 330, 331) == [1, 1, 0, 1]  # the first is an escalation
    assert case.told() == [("clock_warning", "arrival", 255), ("clock_breached", "arrival", 331)]


def test_breach_that_a_move_finds_before_the_worker_is_told_by_the_move_alone():
    case = Case()
    case.send(70)
    assert case.told() == [("clock_breached", "dispatch", 70)]
    assert case.worker(71) == [0]
    assert case.told() == [("clock_breached", "dispatch", 70)]


def test_unit_at_the_very_limit_is_in_time():
    case = Case()
    case.send(60)
    case.worker(62)
    assert case.told() == []


def test_change_of_priority_moves_the_limits():
    case = Case(priority=4)
    assignment = case.send(10)
    case.crew(assignment, "en_route", 20)
    assert case.pending()["dispatch.clocks"] == 10 + 1350
    case.move("reprioritise", 20, priority=1)
    assert case.pending()["dispatch.clocks"] == 10 + 225
    assert case.worker(235, 311) == [1, 1]
    assert [told[:2] for told in case.told()] == [
        ("clock_warning", "arrival"), ("clock_breached", "arrival"),
    ]  # fmt: skip


def test_nothing_runs_once_the_incident_has_left_the_desk():
    case = Case()
    case.move("close", 20, disposition="FALSE_ALARM")
    assert case.pending() == {}
    assert case.worker(4000) == [0]
    assert case.told() == []


def test_clock_that_is_set_back_tells_nothing_twice():
    case = Case(priority=4)
    assert case.worker(45, 40, 45, 59, 45) == [1, 0, 0, 0, 0]
    assert case.worker(61, 58, 45, 61) == [1, 0, 0, 0]
    case.move("reprioritise", 30, priority=4)  # a step back of the machine's clock
    case.worker(31, 45, 61)
    assert [move for move, *_ in case.told()] == list(TOLD)


def test_stamps_that_a_clock_set_back_put_out_of_order_are_missing_and_stop_nothing():
    case = Case()
    assignment = case.send(-30)  # the clock was set back by half a minute after the report
    case.crew(assignment, "on_scene", 100)
    found = measured(clock("received_at", "dispatched_at", 60))
    assert (found.n, found.missing) == (0, {"OUT_OF_ORDER": 1})
    assert measured(clock("received_at", "arrived_at", 300)).p50_s == 100.0
    assert case.told() == []


def test_next_ring_is_asked_while_nobody_is_sent_and_the_neighbours_after_it():
    case = Case()
    assert case.worker(59.9)[0] == 1  # the warning
    assert case.worker(60, 180) == [1, 2]  # with the breach
    assert case.steps("escalate") == [("escalate", "1", 60), ("escalate", "2", 180)]
    with scoped(EVERYTHING):
        assert Incident.objects.get(pk=case.id).escalation_level == 2
        assert Assignment.objects.filter(incident_id=case.id).count() == 0  # nobody goes unasked
        told = OutboxEntry.objects.filter(topic="incident.escalated").values_list("body", flat=True)
        assert [(one["level"], one["name_en"], one["within_s"]) for one in told] == [
            (1, "Next ring", 600), (2, "Neighbours", None),
        ]  # fmt: skip
    assert "dispatch.escalation" not in case.pending()


def test_nobody_is_asked_further_once_somebody_is_on_the_way():
    case = Case()
    assignment = case.send(50)
    assert case.pending()["dispatch.escalation"] == 180  # sent, but not under way
    case.crew(assignment, "en_route", 100)
    assert "dispatch.escalation" not in case.pending()
    case.crew(assignment, "cancel", 120)
    assert case.pending()["dispatch.escalation"] == 60  # past: asked at once
    case.worker(121)
    assert case.steps("escalate") == [("escalate", "1", 121)]
    assert case.pending()["dispatch.escalation"] == 180


def test_worker_that_comes_late_asks_the_highest_ring_once():
    case = Case()
    case.worker(1_000, 1_001)
    assert case.steps("escalate") == [("escalate", "2", 1_000)]


def test_person_asks_the_next_ring_before_its_time_and_not_beyond_the_last():
    case = Case()
    desk = make_desk("DISPATCHER")
    path = f"incidents/{case.id}/escalation"
    told = desk.post(path)
    assert (told.status_code, told.json()["escalation"]["level"]) == (200, 1)
    assert [ring["within_s"] for ring in told.json()["escalation"]["rings"]] == [300, 600, None]
    assert desk.post(path).json()["escalation_level"] == 2
    before = kept(str(case.id))
    refused = desk.post(path)
    assert (refused.status_code, refused.json()["code"]) == (409, "incident.top_level")
    assert kept(str(case.id)) == before


def test_closed_incident_is_not_escalated_and_a_crew_does_not_escalate():
    case = Case()
    crew = make_desk("CREW", unit="P01")
    before = kept(str(case.id))
    with scoped(EVERYTHING), pytest.raises(DeniedError):
        escalation.escalate(case.id, actor=crew.actor, at=at(5))
    assert kept(str(case.id)) == before
    case.move("close", 10, disposition="FALSE_ALARM")
    before = kept(str(case.id))
    with scoped(EVERYTHING), pytest.raises(MoveNotAllowedError):
        escalation.escalate(case.id, actor=EVERYTHING, at=at(15))
    assert kept(str(case.id)) == before


def test_rule_that_sends_sends_the_units_that_are_recommended(monkeypatch, tmp_path):
    text = "".join(f'{name} = "{value}"\n' for name, value in HEADING.items() if name != "schema")
    text = text.replace('id = "test"', 'id = "graded_dispatch"').replace(
        '"2026-01-01"', "2026-01-01"
    )
    step = 'name_zh = "圈"\nname_en = "Ring"\nunless = "SENT"\nsends = true\n'
    (tmp_path / "sends.toml").write_text(
        f'schema = 1\n{text}[first]\nname_zh = "近"\nname_en = "Near"\n'
        f"[[steps]]\n{step}after = [{{ seconds = 60 }}]\n",
        encoding="utf-8",
    )
    own = RuleFolder("escalation", Escalation, folders=lambda: [tmp_path])
    monkeypatch.setattr(escalation_rules, "ESCALATION", own)
    case = Case()
    case.worker(60)
    with scoped(EVERYTHING):
        (sent,) = Assignment.objects.filter(incident_id=case.id)
        assert sent.unit_kind == "PATROL_CAR"
        assert sent.recommendation_id is not None
        step = IncidentStep.objects.get(subject_id=case.id, move="assign")
    assert step.made_by == "system:escalation"
