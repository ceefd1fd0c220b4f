"""A storm of writes that know no rule, straight into the database: what must never be never is.

Several connections write whatever a seed draws, most of it wrong, each write a transaction of its
own, while another looks in between. The application is not there to refuse anything. With
ANLAN_STORM_STEPS=1000000 the same test is the long run; by default it takes few steps.
"""

import os
import threading
from collections import Counter
from functools import partial

import pytest
from django.db import connection
from tests.people import EVERYTHING
from tests.together import at_once

from anlan.dispatch.tests.test_rules_of_the_database import (
    new_assignment,
    new_incident,
    new_unit,
)
from anlan.kernel.scope import scoped

WRITERS = 4
STEPS = int(os.environ.get("ANLAN_STORM_STEPS", "12000"))
GUST_STEPS = 1_000  # well within the limit of a statement
GUSTS = STEPS // WRITERS // GUST_STEPS  # of each writer
SEEDS = WRITERS * GUSTS
LIMIT_S = 120 + STEPS // 100
UNITS, INCIDENTS = 12, 30
WRITES = ("job", "job_moved", "incident_moved", "duty")
STORM = """
    DO $storm$
    DECLARE
        units uuid[] := %(units)s;
        incidents uuid[] := %(incidents)s;
        job_states text[] := '{ASSIGNED,EN_ROUTE,ON_SCENE,CLEARED,CANCELLED}';
        incident_states text[] := '{OPEN,CLOSED,DIVERTED,LINKED}';
        duties text[] := '{ON_DUTY,ON_DUTY,ON_DUTY,OFF_DUTY,OUT_OF_SERVICE}';
        mine uuid[] := '{}';
        taken int[] := '{0,0,0,0}';
        refused int[] := '{0,0,0,0}';
        like_job jsonb := %(like_job)s;
        unit uuid; incident uuid; job uuid; state_drawn text; write int;
    BEGIN
        PERFORM setseed(%(seed)s);
        FOR step IN 1..%(steps)s LOOP
            PERFORM set_config('anlan.area_low', '0', true),
                    set_config('anlan.area_high', '999999999999999', true),
                    set_config('anlan.organisation', '', true),
                    set_config('anlan.at', now()::text, true);
            unit := units[1 + floor(random() * cardinality(units))];
            incident := incidents[1 + floor(random() * cardinality(incidents))];
            write := (ARRAY[1,1,2,2,2,2,3,4])[1 + floor(random() * 8)];
            BEGIN
                IF write = 1 THEN
                    job := gen_random_uuid();
                    state_drawn := job_states[1 + floor(random() * random() * 5)];
                    INSERT INTO dispatch_assignment SELECT (jsonb_populate_record(
                        NULL::dispatch_assignment,
                        like_job || jsonb_build_object(
                            'id', job, 'incident_id', incident, 'unit_id', unit,
                            'state', state_drawn, 'assigned_at', now(), 'ended_at',
                            CASE WHEN state_drawn IN ('CLEARED', 'CANCELLED') THEN now() END)
                    )).*;
                    mine := (job || mine)[1:16];
                ELSIF write = 2 THEN
                    state_drawn := job_states[1 + floor(random() * 5)];
                    SELECT id INTO job FROM dispatch_assignment
                        WHERE unit_id = unit AND state IN ('ASSIGNED', 'EN_ROUTE', 'ON_SCENE');
                    IF job IS NULL OR random() < 0.3 THEN
                        job := mine[1 + floor(random() * 16)];
                    END IF;
                    UPDATE dispatch_assignment SET state = state_drawn,
                        unit_id = CASE WHEN random() < 0.1 THEN unit ELSE unit_id END,
                        incident_id = CASE WHEN random() < 0.1 THEN incident ELSE incident_id END,
                        ended_at = CASE WHEN state_drawn IN ('CLEARED', 'CANCELLED') THEN now() END
                    WHERE id = job;
                ELSIF write = 3 THEN
                    state_drawn := incident_states[1 + floor(random() * 4)];
                    UPDATE dispatch_incident SET state = state_drawn,
                        parent_id = CASE WHEN state_drawn = 'LINKED'
                            THEN incidents[1 + floor(random() * cardinality(incidents))] END,
                        closed_at = CASE WHEN state_drawn = 'CLOSED' THEN now() END,
                        disposition = CASE WHEN state_drawn = 'CLOSED' THEN 'RESOLVED' ELSE '' END
                    WHERE id = incident;
                ELSE
                    UPDATE orgs_unit SET duty = duties[1 + floor(random() * 5)] WHERE id = unit;
                END IF;
                taken[write] := taken[write] + 1;
            -- Who writes without asking in which order also runs into others: that is refused, too.
            EXCEPTION WHEN check_violation OR unique_violation OR deadlock_detected THEN
                refused[write] := refused[write] + 1;
            END;
            COMMIT;
        END LOOP;
        PERFORM set_config('storm.taken', array_to_string(taken, ','), false),
                set_config('storm.refused', array_to_string(refused, ','), false);
    END
    $storm$
"""
BROKEN = """
    SELECT 'two jobs', unit_id FROM dispatch_assignment
        WHERE state IN ('ASSIGNED', 'EN_ROUTE', 'ON_SCENE') GROUP BY unit_id HAVING count(*) > 1
    UNION ALL
    SELECT 'a job elsewhere than at an open incident', job.id
        FROM dispatch_assignment job JOIN dispatch_incident incident ON incident.id = incident_id
        WHERE job.state IN ('ASSIGNED', 'EN_ROUTE', 'ON_SCENE') AND incident.state <> 'OPEN'
    UNION ALL
    SELECT 'a job off duty', job.id
        FROM dispatch_assignment job JOIN orgs_unit unit ON unit.id = unit_id
        WHERE job.state IN ('ASSIGNED', 'EN_ROUTE', 'ON_SCENE') AND unit.duty <> 'ON_DUTY'
    UNION ALL
    SELECT 'a link to what is not open, or to what is linked', child.id
        FROM dispatch_incident child JOIN dispatch_incident parent ON parent.id = child.parent_id
        WHERE child.state = 'LINKED' AND (parent.state = 'LINKED' OR parent.id = child.id)
    LIMIT 10
"""


def broken() -> list[tuple[str, object]]:
    """Return what must never be, as somebody who looks in between sees it."""
    with scoped(EVERYTHING), connection.cursor() as cursor:
        cursor.execute(BROKEN)
        return list(cursor.fetchall())


def write(seeds: list[int], facts: dict[str, object]) -> Counter[str]:
    """Write a gust for each seed; return how often each write was taken and refused."""
    counted: Counter[str] = Counter()
    with connection.cursor() as cursor:
        for seed in seeds:
            cursor.execute(STORM, facts | {"seed": seed / SEEDS})
            for what in ("taken", "refused"):
                cursor.execute(f"SELECT current_setting('storm.{what}')")
                numbers = map(int, cursor.fetchone()[0].split(","))
                names = [f"{name} {what}" for name in WRITES]
                counted += Counter(dict(zip(names, numbers, strict=True)))
    return counted


@pytest.mark.timeout(2 * LIMIT_S)
def test_database_lets_no_storm_of_writes_break_a_promise(committing, at):
    with scoped(EVERYTHING):
        units = [new_unit(duty="ON_DUTY").id for _ in range(UNITS)]
        incidents = [new_incident(at).id for _ in range(INCIDENTS)]
        new_assignment(new_incident(at), at)
        with connection.cursor() as cursor:
            cursor.execute("SELECT to_jsonb(job)::text FROM dispatch_assignment job")
            (like_job,) = cursor.fetchone()
    facts = {
        "units": units, "incidents": incidents, "like_job": like_job, "steps": GUST_STEPS
    }  # fmt: skip
    over, seen = threading.Event(), []

    def look() -> Counter[str]:
        while not over.wait(0.05):
            seen.extend(broken())
        return Counter()

    def all_writers() -> Counter[str]:
        try:
            shares = [partial(write, list(range(k, SEEDS, WRITERS)), facts) for k in range(WRITERS)]
            return sum(at_once(shares, LIMIT_S), Counter())
        finally:
            over.set()

    counted, _ = at_once([all_writers, look], LIMIT_S)
    assert seen == []
    assert broken() == []
    assert sum(counted.values()) == SEEDS * GUST_STEPS
    # It was a storm: every kind of write was taken and refused.
    assert {f"{name} {what}" for name in WRITES for what in ("taken", "refused")} <= set(counted)
