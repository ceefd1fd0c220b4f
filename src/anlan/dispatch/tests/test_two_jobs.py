"""Named regressions: what other dispatch systems got wrong with a unit that had two jobs.

A unit's status change applied to all its open assignments; an incident closed itself while crews
were assigned; a reopened incident closed itself again; list and form showed different severity.
"""

import pytest
from tests.people import EVERYTHING, unit_id

from anlan.dispatch.models import Incident
from anlan.dispatch.tests.room import WAY, done, kept
from anlan.intake.kinds import kinds
from anlan.kernel.models import OutboxEntry
from anlan.kernel.scope import scoped

NEEDING_UNITS = sorted(kind.code for kind in kinds().values() if kind.needs_unit)


def closed_incident(room) -> str:
    incident = room.call()
    (job,) = room.send(incident, "P01")
    room.bring(job, room.crew("P01"))
    done(room.close(incident))
    return incident


def reopen(room, incident: str, reason: str = "It burns again."):
    return room.dispatcher.post(f"incidents/{incident}/moves/reopen", {"reason": reason})


@pytest.mark.parametrize("steps", range(len(WAY) + 1))
def test_a_units_status_change_touches_only_that_assignment(room, steps):
    first, second = room.call(), room.call()
    (done_before,) = room.send(first, "P01")
    room.bring(done_before, room.dispatcher)
    (beside,) = room.send(first, "P02")
    before = kept(first)[:2]
    (job,) = room.send(second, "P01")
    room.bring(job, room.dispatcher, steps=steps)
    assert kept(first)[:2] == before
    states = {a["id"]: a["state"] for a in room.shown(first)["assignments"]}
    assert states == {done_before: "CLEARED", beside: "ASSIGNED"}
    reached = ["ASSIGNED", "EN_ROUTE", "ON_SCENE", "CLEARED"][steps]
    assert [a["state"] for a in room.shown(second)["assignments"]] == [reached]


def test_an_incident_never_closes_itself_when_one_of_its_crews_clears(room):
    incident = room.call()
    first, second = room.send(incident, "P01", "P02")
    room.bring(first, room.dispatcher)
    shown = room.shown(incident)
    assert (shown["state"], shown["phase"], shown["units"]) == ("OPEN", "ASSIGNED", ["P02"])
    assert room.close(incident).json()["code"] == "incident.crews_assigned"
    room.bring(second, room.dispatcher)
    shown = room.shown(incident)
    assert (shown["state"], shown["phase"], shown["closed_at"]) == ("OPEN", "REPORTED", None)


def test_a_closed_incident_is_reopened_with_a_reason_that_stays_on_record(room):
    incident = closed_incident(room)
    shown = done(reopen(room, incident))
    assert (shown["state"], shown["phase"]) == ("OPEN", "WAITING")
    assert (shown["closed_at"], shown["disposition"]) == (None, "")
    step = shown["timeline"][-1]
    assert (step["move"], step["source"], step["target"]) == ("reopen", "CLOSED", "OPEN")
    assert step["facts"] == {"reason": "It burns again."}


@pytest.mark.parametrize(("reason", "status"), [("", 422), ("  ", 422)])
def test_nothing_is_reopened_without_a_reason(room, reason, status):
    incident = closed_incident(room)
    before = kept(incident)
    assert reopen(room, incident, reason).status_code == status
    assert kept(incident) == before


def test_only_a_closed_incident_is_reopened(room):
    incident = room.call()
    before = kept(incident)
    refused = reopen(room, incident)
    assert (refused.status_code, refused.json()["code"]) == (409, "move.not_allowed")
    assert kept(incident) == before


def test_call_taker_does_not_reopen(room):
    incident = closed_incident(room)
    before = kept(incident)
    refused = room.taker.post(f"incidents/{incident}/moves/reopen", {"reason": "Again"})
    assert refused.status_code == 403
    assert kept(incident) == before


def test_a_reopened_incident_does_not_close_itself_again(room):
    incident = closed_incident(room)
    done(reopen(room, incident))
    (job,) = room.send(incident, "P03")
    room.bring(job, room.crew("P03"))
    shown = room.shown(incident)
    assert (shown["state"], shown["phase"], shown["disposition"]) == ("OPEN", "REPORTED", "")
    done(room.close(incident))
    assert room.shown(incident)["state"] == "CLOSED"


@pytest.mark.parametrize("kind", NEEDING_UNITS)
def test_list_page_and_stream_show_one_severity(room, kind):
    incident = room.call(kind=kind)
    changed = 4 if kinds()[kind].priority < 4 else 1
    for expected in (kinds()[kind].priority, changed):
        (row,) = [
            row
            for row in done(room.dispatcher.get("incidents", state="OPEN"))["items"]
            if row["id"] == incident
        ]
        with scoped(EVERYTHING):
            told = OutboxEntry.objects.filter(subject_id=incident).order_by("position").last()
            stored = Incident.objects.get(pk=incident).priority
        shown = room.shown(incident)["priority"]
        assert {row["priority"], shown, told.body["priority"], stored} == {expected}
        body = {"priority": changed}
        done(room.dispatcher.post(f"incidents/{incident}/moves/reprioritise", body))


def test_a_later_caller_does_not_change_the_severity_by_the_way(room):
    incident = room.call(priority=2)
    room.call(priority=4, attach_to=incident)
    assert room.shown(incident)["priority"] == 2


@pytest.mark.parametrize("duty", ["OFF_DUTY", "OUT_OF_SERVICE"])
@pytest.mark.parametrize("steps", range(len(WAY)))
def test_a_unit_does_not_leave_duty_with_a_job(room, duty, steps):
    incident = room.call()
    (job,) = room.send(incident, "P01")
    room.bring(job, room.dispatcher, steps=steps)
    before = kept(incident)
    body = {"duty": duty, "reason": "Flat tyre."}
    refused = room.dispatcher.put(f"units/{unit_id('P01')}/duty", body)
    assert (refused.status_code, refused.json()["code"]) == (409, "unit.busy")
    assert refused.json()["facts"]["incident"] == room.shown(incident)["number"]
    assert kept(incident) == before
    assert done(room.dispatcher.get(f"units/{unit_id('P01')}"))["duty"] == "ON_DUTY"
