"""What steps alone tell of an incident is what its rows have: for every incident, at any time."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import DatabaseError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.people import EVERYTHING

from anlan.dispatch.history import BrokenHistoryError, rebuild, unfold
from anlan.dispatch.models import Assignment, Incident, IncidentStep, Reopening
from anlan.dispatch.selectors.lives import disagreements, history_gaps, steps_of, stored_life
from anlan.dispatch.services.histories import tell_history_gaps
from anlan.dispatch.tests.room import Room, done
from anlan.dispatch.transitions import ASSIGNMENT_MOVES, INCIDENT_MOVES
from anlan.kernel.clock import now
from anlan.kernel.models import OutboxEntry
from anlan.kernel.scope import scoped

START = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
AGAIN = {"reason": "It burns again."}


@dataclass
class Told:
    """A step as the pure function reads it."""

    move: str
    target: str
    made_at: datetime
    facts: dict[str, Any] = field(default_factory=dict)
    told_at: datetime | None = None
    made_by: str = "somebody"


OPENED = Told(
    "open", "OPEN", START,
    {"priority": 2, "needs": ["FIRE_ENGINE"], "stamps": {"received_at": START.isoformat()}},
)  # fmt: skip


def gaps() -> list[str]:
    with scoped(EVERYTHING):
        return [gap.what for gap in history_gaps()]


def whole_life(room: Room) -> str:
    """Lead an incident through every kind of move; return its id."""
    incident, other = room.call(), room.call()
    room.call(attach_to=incident)
    first, second = room.send(incident, "P01", "F01")
    done(room.dispatcher.post(f"incidents/{incident}/moves/reprioritise", {"priority": 1}))
    done(room.dispatcher.post(f"incidents/{incident}/moves/raise_alarm", {"reason": "Spreads."}))
    done(room.dispatcher.post(f"incidents/{incident}/escalation"))
    same = {"parent_id": incident, "relation": "SAME", "reason": "One fire."}
    done(room.dispatcher.put(f"incidents/{other}/parent", same))
    room.bring(first, room.crew("P01"))
    done(room.move(second, "cancel", room.dispatcher, reason="Enough."))
    done(room.dispatcher.post(f"incidents/{other}/unlink", {"reason": "Two fires."}))
    done(room.close(incident))
    done(room.dispatcher.post(f"incidents/{incident}/moves/reopen", AGAIN))
    (third,) = room.send(incident, "P03")
    room.bring(third, room.crew("P03"), steps=2)
    return incident


def test_steps_alone_tell_what_the_rows_have_through_a_whole_life(room):
    incident = whole_life(room)
    with scoped(EVERYTHING):
        stored = stored_life(Incident.objects.get(pk=incident))
        rebuilt = rebuild(steps_of(UUID(incident)))
    assert rebuilt == stored
    assert (rebuilt.state, rebuilt.phase, rebuilt.report_count) == ("OPEN", "ON_SCENE", 2)
    assert [one.state for one in rebuilt.jobs.values()] == ["CLEARED", "CANCELLED", "ON_SCENE"]
    assert [one.disposition for one in rebuilt.rounds] == ["RESOLVED", ""]
    assert (rebuilt.alarm_level, rebuilt.escalation_level, rebuilt.priority) == (2, 0, 1)
    assert gaps() == []


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"priority": 4}, "priority: stored 4, rebuilt 1"),
        ({"report_count": 7}, "report_count: stored 7, rebuilt 2"),
        ({"alarm_level": 3}, "alarm_level: stored 3, rebuilt 2"),
    ],
)
def test_a_row_changed_past_its_history_is_found(room, change, named):
    incident = whole_life(room)
    with scoped(EVERYTHING):
        Incident.objects.filter(pk=incident).update(**change)
        assert disagreements(Incident.objects.get(pk=incident)) == [named]
    assert gaps() == [named]


def test_an_assignment_changed_past_its_history_is_found(room):
    incident = whole_life(room)
    with scoped(EVERYTHING):
        Assignment.objects.filter(incident_id=incident, call_sign="P01").update(outcome="Nothing.")
    (found,) = gaps()
    assert found.startswith("jobs: stored")


def test_only_as_many_incidents_are_looked_at_as_was_asked(room):
    older = room.call()
    room.call()
    with scoped(EVERYTHING):
        Incident.objects.filter(pk=older).update(priority=4)
        assert list(history_gaps(1)) == []
        assert [str(gap.id) for gap in history_gaps(2)] == [older]


def test_steps_are_counted_from_one_in_the_order_in_which_they_were_taken(room):
    incident = whole_life(room)
    with scoped(EVERYTHING):
        ordinals = [step.ordinal for step in steps_of(UUID(incident))]
    assert ordinals == list(range(1, len(ordinals) + 1))


def test_a_clock_that_goes_back_does_not_turn_a_history_round(room):
    incident = room.call()
    with scoped(EVERYTHING):
        row = Incident.objects.get(pk=incident)
        late = IncidentStep.objects.create(
            id=UUID(int=1), area=row.area, subject_id=row.id, move="photo", source="OPEN",
            target="OPEN", made_by="x", made_by_name="x", made_at=START - timedelta(days=9),
        )  # fmt: skip
        assert [step.id for step in steps_of(row.id)][-1] == late.id
    assert room.shown(incident)["timeline"][-1]["move"] == "photo"


def test_first_stamps_are_neither_taken_away_nor_made_later(room):
    incident = whole_life(room)
    for table in (Incident.objects.filter(pk=incident), Reopening.objects.all()):
        for change in ({"arrived_at": None}, {"dispatched_at": START + timedelta(days=999)}):
            with scoped(EVERYTHING), pytest.raises(DatabaseError), transaction.atomic():
                table.update(**change)
    assert gaps() == []


def test_how_a_round_ended_is_never_written_again(room):
    whole_life(room)
    with scoped(EVERYTHING), pytest.raises(DatabaseError), transaction.atomic():
        Reopening.objects.update(disposition="FALSE_ALARM")


@pytest.mark.parametrize(
    "steps",
    [
        [],
        [Told("close", "CLOSED", START, {"disposition": "RESOLVED"})],
        [OPENED, Told("on_scene", "ON_SCENE", START, {"assignment_id": "nobody"})],
    ],
)
def test_steps_that_cannot_be_one_incident_are_refused(steps):
    with pytest.raises(BrokenHistoryError):
        rebuild(steps)


def test_a_step_that_changes_nothing_changes_nothing():
    told = [
        OPENED,
        *(
            Told(move, "OPEN", START, {"clock": "answer"})
            for move in (
                "clock_warning",
                "clock_breached",
                "photo",
                "voice_note",
                "share",
                "unsent",
            )
        ),
    ]
    assert rebuild(told) == rebuild([OPENED])


FACTS: dict[str, dict[str, Any]] = {
    "attach": {"report_count": 2}, "detach": {"report_count": 1},
    "link": {"parent": "I-1", "report_count": 1}, "unlink": {"parent": "I-1"},
    "place_under": {"parent": "I-1", "report_count": 1}, "take_out": {"parent": "I-1"},
    "reprioritise": {"priority": 3}, "raise": {"needs": ["AMBULANCE"]},
    "raise_alarm": {"alarm_level": 2}, "close": {"disposition": "RESOLVED"},
}  # fmt: skip
JOB_FACTS = {"assignment_id": "job-1", "outcome": "Out."}
MOVES = st.lists(
    st.sampled_from([*INCIDENT_MOVES.moves, *ASSIGNMENT_MOVES.moves]), min_size=1, max_size=40
)


@settings(suppress_health_check=[HealthCheck.too_slow])  # a busy machine is not a fault
@given(MOVES)
def test_state_after_any_moves_is_what_the_tables_of_moves_say(names):
    """Any way through both tables of moves: states, stamps and rounds follow, prefix by prefix."""
    steps, state, job, jobs = [OPENED], "OPEN", "CLEARED", 0
    for second, name in enumerate(names, start=1):
        at = START + timedelta(seconds=second)
        if name == "assign" and job in {"CLEARED", "CANCELLED"} and state == "OPEN":
            jobs, job = jobs + 1, "ASSIGNED"
            made = {"id": f"job-{jobs}", "unit_id": "u", "kind": "FIRE_ENGINE"}
            steps.append(Told("assign", "OPEN", at, {"units": ["F01"], "jobs": [made]}))
        elif name in ASSIGNMENT_MOVES.moves and jobs and name in ASSIGNMENT_MOVES.offered(job):
            job = ASSIGNMENT_MOVES.moves[name].target
            steps.append(Told(name, job, at, JOB_FACTS | {"assignment_id": f"job-{jobs}"}))
        elif name in INCIDENT_MOVES.offered(state) and name != "assign":
            if name in {"close", "divert", "link"} and job not in {"CLEARED", "CANCELLED"}:
                continue
            state = INCIDENT_MOVES.moves[name].target
            steps.append(Told(name, state, at, FACTS.get(name, {})))
    lives = list(unfold(steps))
    assert [rebuild(steps[: n + 1]) for n in range(len(steps))] == lives
    life = lives[-1]
    assert life.state == state
    assert [one.state for one in life.jobs.values()][-1:] == ([job] if jobs else [])
    assert len(life.rounds) == 1 + sum(step.move == "reopen" for step in steps)
    for one in life.rounds:
        stamps = (one.received_at, one.dispatched_at, one.arrived_at, one.closed_at)
        there = [stamp for stamp in stamps if stamp is not None]
        assert there == sorted(there)


def test_the_worker_tells_of_a_history_that_is_broken(room):
    incident = whole_life(room)
    at = now()
    assert tell_history_gaps(at) == 0
    with scoped(EVERYTHING):
        Incident.objects.filter(pk=incident).update(priority=4)
    assert tell_history_gaps(at) == 1
    with scoped(EVERYTHING):
        told = OutboxEntry.objects.filter(topic="history.broken").get()
    assert (str(told.subject_id), told.body) == (
        incident,
        {"number": room.shown(incident)["number"]},
    )
