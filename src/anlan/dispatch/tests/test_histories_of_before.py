"""Incidents from before their steps had the facts that they are rebuilt from: mended once."""

from importlib import import_module
from typing import Any

import psycopg
from tests.database import server
from tests.people import EVERYTHING

from anlan.dispatch.models import IncidentStep
from anlan.dispatch.selectors.lives import history_gaps
from anlan.dispatch.tests.room import Room, done
from anlan.dispatch.tests.test_history import whole_life
from anlan.kernel.postgres.secret import OWNER
from anlan.kernel.scope import scoped

FILLED = import_module("anlan.dispatch.migrations.0010_facts_of_before").FILLED
AS_BEFORE = """
    UPDATE dispatch_incident_step SET facts = facts - '{priority,needs,stamps}'::text[]
        WHERE move = 'open';
    UPDATE dispatch_incident_step SET facts = facts - 'jobs' WHERE move = 'assign';
    UPDATE dispatch_incident_step SET facts = facts - 'report_count'
        WHERE move IN ('link', 'unlink', 'place_under', 'take_out');
"""
STAMPED_WHEN_HEARD = """
    UPDATE dispatch_assignment AS a SET on_scene_at = s.made_at FROM dispatch_incident_step AS s
        WHERE s.move = 'on_scene' AND s.told_at IS NOT NULL
        AND s.facts ->> 'assignment_id' = a.id::text;
"""


def run(name: str, *scripts: str) -> None:
    """Do what a migration does, as the owner of the tables."""
    where = server().connection(OWNER, database=name).conninfo()
    with psycopg.connect(where) as connection:
        for script in scripts:
            connection.execute(script)


def facts() -> dict[str, dict[str, Any]]:
    """Return what the steps say, by their ids, without the mark of what was filled in."""
    with scoped(EVERYTHING):
        rows = IncidentStep.objects.values_list("id", "facts")
        return {
            str(id): {name: told for name, told in said.items() if name != "filled_in"}
            for id, said in rows
        }


def gaps() -> list[str]:
    with scoped(EVERYTHING):
        return [gap.what for gap in history_gaps()]


def test_what_the_steps_lacked_is_filled_in_from_the_rows(committing: str) -> None:
    room = Room()
    incident, child = whole_life(room), room.call()
    room.call(attach_to=child)
    same = {"parent_id": incident, "relation": "SAME", "reason": "One fire."}
    done(room.dispatcher.put(f"incidents/{child}/parent", same))
    assert gaps() == []
    before = facts()
    run(committing, AS_BEFORE)
    assert len(gaps()) == 3
    run(committing, *FILLED)
    assert gaps() == []
    changed = [id for id, said in facts().items() if said != before[id]]
    with scoped(EVERYTHING):
        moves = set(IncidentStep.objects.filter(pk__in=changed).values_list("move", flat=True))
    # How urgent it began is not known where the first change does not say it.
    assert moves <= {"open", "link", "unlink"}
    for incident_id in (incident, child):
        history = room.dispatcher.get(f"incidents/{incident_id}/history")
        assert (history.status_code, history.json()["differs"]) == (200, [])
        assert room.dispatcher.get(f"incidents/{incident_id}/playback").status_code == 200


def test_filling_in_twice_or_where_nothing_lacks_changes_nothing(committing: str) -> None:
    whole_life(Room())
    before = facts()
    run(committing, *FILLED)
    assert facts() == before
    run(committing, AS_BEFORE, *FILLED)
    once = facts()
    run(committing, *FILLED)
    assert facts() == once


def test_urgency_and_needs_are_those_before_the_first_raise(committing: str) -> None:
    room = Room()
    incident = room.call(kind="TRAFFIC_DAMAGE")
    (report,) = done(room.dispatcher.get(f"incidents/{incident}/reports"))
    answers = {"answers": [{"question": "CAUGHT", "answer": "YES"}]}
    done(room.dispatcher.post(f"reports/{report['id']}/answers", answers))
    before = facts()
    run(committing, AS_BEFORE)
    assert gaps() != []
    run(committing, *FILLED)
    assert gaps() == []
    assert facts() == before


def test_arrival_that_was_told_late_counts_when_it_was(committing: str) -> None:
    room = Room()
    incident = room.call()
    (job,) = room.send(incident, "P01")
    shown = room.shown(incident)["assignments"][0]["assigned_at"]
    done(room.move(job, "on_scene", room.crew("P01"), told_at=shown))
    run(committing, STAMPED_WHEN_HEARD)
    assert len(gaps()) == 1
    run(committing, *FILLED)
    assert gaps() == []
    assert room.shown(incident)["assignments"][0]["on_scene_at"] == shown
