"""A reopened incident: first stamps stay, the second round has its own, clocks count each."""

from datetime import timedelta
from typing import Any

import pytest
from tests.people import EVERYTHING

from anlan.dispatch.models import Assignment, Incident, Reopening
from anlan.dispatch.running_clocks import clocks_of
from anlan.dispatch.services.escalation_times import next_escalation_at
from anlan.dispatch.tests.clockwork import START, after, clock, incident, measured, rules, send
from anlan.dispatch.tests.room import Room, done
from anlan.kernel.scope import scoped

ANSWER = clock("received_at", "dispatched_at", 60)
ARRIVAL = clock("received_at", "arrived_at", 300)
TRAVEL = clock("dispatched_at", "on_scene_at", 300, each="INCIDENT", units=1)
RINGING = clock("rang_at", "answered_at", 10)
HOURS_8 = 8 * 3600


def reopened(made: Incident, *, at: float, closed: float = 9_000, **seconds: float) -> Incident:
    """Return an incident that was closed and opened again so many seconds after `START`."""
    with scoped(EVERYTHING):
        Reopening.objects.create(
            area=made.area,
            incident=made,
            round=made.round + 1,
            closed_at=after(closed),
            disposition="RESOLVED",
            reopened_at=after(at),
            **{f"{name}_at": after(value) for name, value in seconds.items()},
        )
        made.round += 1
        made.save(update_fields=["round"])
    return made


def test_each_round_counts_by_its_own_stamps(db):
    made = incident(dispatched=30, arrived=200)
    reopened(made, at=HOURS_8, dispatched=HOURS_8 + 45, arrived=HOURS_8 + 500)
    answers, arrivals = measured(ANSWER), measured(ARRIVAL)
    assert (answers.n, answers.p50_s, answers.p90_s) == (2, 30.0, 45.0)
    assert (arrivals.n, arrivals.p50_s, arrivals.p90_s) == (2, 200.0, 500.0)
    assert (arrivals.within.in_time, arrivals.missing) == (1, {})


def test_a_round_that_nobody_was_sent_to_is_missing_not_eight_hours_long(db):
    made = incident(dispatched=30, arrived=200)
    reopened(made, at=HOURS_8)
    answers = measured(ANSWER)
    assert (answers.n, answers.p90_s, answers.missing) == (1, 30.0, {"RUNNING": 1})


def test_first_round_without_help_stays_without_when_the_second_gets_some(db):
    made = incident()
    reopened(made, at=HOURS_8, dispatched=HOURS_8 + 20)
    answers = measured(ANSWER)
    assert (answers.n, answers.p50_s, answers.missing) == (1, 20.0, {"NOT_ENDED": 1})


def test_nobody_rings_for_a_second_round(db):
    made = incident(rang=-20, answered=-15)
    reopened(made, at=HOURS_8)
    ringing = measured(RINGING)
    assert (ringing.n, ringing.p50_s, ringing.missing) == (1, 5.0, {"NOT_BEGUN": 1})


def test_units_count_in_the_round_they_were_sent_in(db):
    made = incident(dispatched=0, arrived=100)
    send(made, 0, on_scene=100)
    reopened(made, at=HOURS_8, dispatched=HOURS_8, arrived=HOURS_8 + 400)
    again = send(made, HOURS_8, on_scene=HOURS_8 + 400)
    with scoped(EVERYTHING):
        Assignment.objects.filter(pk=again.pk).update(round=2)
    travel = measured(TRAVEL)
    assert (travel.n, travel.p50_s, travel.p90_s) == (2, 100.0, 400.0)


def test_the_running_clock_is_that_of_the_present_round(db):
    made = reopened(incident(dispatched=30, arrived=200), at=HOURS_8)
    with scoped(EVERYTHING):
        (running,) = clocks_of(made, [], rules(ARRIVAL))
    assert running.began_at == after(HOURS_8)
    assert running.due_at == START + timedelta(seconds=HOURS_8 + 300)
    assert running.ended_at is None


# Through the desk.


def twice(room: Room) -> tuple[str, dict[str, Any], dict[str, Any]]:
    """Lead an incident to its end, and open it again; return its id and how it looked."""
    incident_id = room.call()
    (job,) = room.send(incident_id, "P01")
    room.bring(job, room.crew("P01"))
    done(room.close(incident_id))
    before = room.shown(incident_id)
    body = {"reason": "It burns again."}
    done(room.dispatcher.post(f"incidents/{incident_id}/moves/reopen", body))
    return incident_id, before, room.shown(incident_id)


@pytest.fixture
def second(room: Room) -> tuple[str, dict[str, Any], dict[str, Any]]:
    return twice(room)


def test_first_stamps_stay_and_the_second_round_is_shown_apart(room, second):
    incident_id, before, shown = second
    assert before["rounds"] == shown["rounds"][:1]
    first, again = shown["rounds"]
    assert (first["number"], first["disposition"]) == (1, "RESOLVED")
    assert first["closed_at"] == before["closed_at"]
    assert (shown["round"], shown["closed_at"], shown["disposition"]) == (2, None, "")
    assert (again["number"], again["dispatched_at"], again["closed_at"]) == (2, None, None)
    (job,) = room.send(incident_id, "P03")
    room.bring(job, room.crew("P03"), steps=2)
    later = room.shown(incident_id)["rounds"]
    assert later[0] == first
    assert later[1]["dispatched_at"] > again["received_at"]
    assert later[1]["arrived_at"] > later[1]["dispatched_at"]


def test_a_reopened_incident_is_escalated_from_its_reopening_on(room, second):
    incident_id, _, shown = second
    with scoped(EVERYTHING):
        row = Incident.objects.get(pk=incident_id)
        jobs = list(Assignment.objects.filter(incident_id=incident_id))
        due = next_escalation_at(row, jobs)
    assert row.escalation_level == 0
    assert due is not None
    assert due > row.reopened_at
    assert shown["phase"] == "WAITING"


def test_a_third_round_leaves_the_second_as_it_was(room, second):
    incident_id, _, _ = second
    (job,) = room.send(incident_id, "P03")
    room.bring(job, room.crew("P03"))
    done(room.close(incident_id))
    two = room.shown(incident_id)["rounds"]
    body = {"reason": "Once more."}
    done(room.dispatcher.post(f"incidents/{incident_id}/moves/reopen", body))
    three = room.shown(incident_id)["rounds"]
    assert three[:2] == two
    assert [one["number"] for one in three] == [1, 2, 3]
