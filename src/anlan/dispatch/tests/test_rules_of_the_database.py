"""What the database itself refuses, whoever writes."""

from itertools import product

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from tests.people import EVERYTHING, unit_id

from anlan.dispatch.models import Assignment, BatchPlan, Incident, IncidentStep, Recommendation
from anlan.dispatch.transitions import ASSIGNMENT_MOVES, INCIDENT_MOVES
from anlan.kernel.identifiers import new_id, new_number
from anlan.kernel.scope import scoped
from anlan.orgs.models import Organisation, Unit

pytestmark = pytest.mark.django_db
CELL = 990101001001001
OPEN = {"ASSIGNED", "EN_ROUTE", "ON_SCENE"}
WAYS_OF_INCIDENT = {
    "OPEN": (),
    "LINKED": ("LINKED",),
    "DIVERTED": ("DIVERTED",),
    "CLOSED": ("CLOSED",),
}
WAYS_OF_ASSIGNMENT = {
    "ASSIGNED": (),
    "EN_ROUTE": ("EN_ROUTE",),
    "ON_SCENE": ("ON_SCENE",),
    "CLEARED": ("ON_SCENE", "CLEARED"),
    "CANCELLED": ("CANCELLED",),
}


@pytest.fixture(autouse=True)
def over_everything(db):
    with scoped(EVERYTHING):
        yield


def incident_columns(state: str, at) -> dict[str, object]:
    closed = state == "CLOSED"
    return {
        "state": state,
        "parent": new_incident(at) if state == "LINKED" else None,
        "closed_at": at if closed else None,
        "disposition": "RESOLVED" if closed else "",
    }


def assignment_columns(state: str, at) -> dict[str, object]:
    return {"state": state, "ended_at": None if state in OPEN else at}


def new_incident(at, state: str = "OPEN", **more: object) -> Incident:
    return Incident.objects.create(
        **{
            "area": CELL, "number": new_number("I"), "kind": "FIRE_STRUCTURE", "priority": 1,
            "needs": [], "channel": "PHONE", "lon": 24.9, "lat": 60.1, "place_text": "",
            "text": "", "received_at": at,
        } | incident_columns(state, at) | more
    )  # fmt: skip


def new_assignment(incident: Incident, at, state: str = "ASSIGNED", **more: object) -> Assignment:
    unit = {} if "unit_id" in more else {"unit_id": new_unit().id}
    made = {"area": CELL, "incident": incident, "assigned_at": at, "call_sign": "X"}
    return Assignment.objects.create(**made | unit | assignment_columns(state, at) | more)


def new_unit(**more: object) -> Unit:
    return Unit.objects.create(
        **{
            "area": CELL, "call_sign": new_number("U"), "kind": "PATROL_CAR", "capabilities": [],
            "organisation": Organisation.objects.first(), "station_lon": 24.9, "station_lat": 60.1,
        } | more
    )  # fmt: skip


def incident_in(state: str, at) -> Incident:
    incident = new_incident(at)
    for step in WAYS_OF_INCIDENT[state]:
        Incident.objects.filter(pk=incident.pk).update(**incident_columns(step, at))
    return incident


def assignment_in(state: str, at) -> Assignment:
    assignment = new_assignment(new_incident(at), at)
    for step in WAYS_OF_ASSIGNMENT[state]:
        Assignment.objects.filter(pk=assignment.pk).update(**assignment_columns(step, at))
    return assignment


def refusal(write) -> str | None:
    """Return the rule by which the database refuses a write, None if it takes it; undone."""
    try:
        with transaction.atomic():
            write()
            transaction.set_rollback(True)
    except IntegrityError as error:
        return str(error.__cause__.diag.constraint_name)
    return None


def test_incident_moves_exactly_along_the_pairs_of_the_table(at):
    taken = set()
    for source, target in product(WAYS_OF_INCIDENT, repeat=2):
        rows = Incident.objects.filter(pk=incident_in(source, at).pk)
        refused = refusal(lambda r=rows, t=target: r.update(**incident_columns(t, at)))
        assert refused in {None, "dispatch_incident_state_move"}
        if refused is None and source != target:
            taken.add((source, target))
    assert taken == INCIDENT_MOVES.pairs


def test_assignment_moves_exactly_along_the_pairs_of_the_table(at):
    taken = set()
    for source, target in product(WAYS_OF_ASSIGNMENT, repeat=2):
        rows = Assignment.objects.filter(pk=assignment_in(source, at).pk)
        refused = refusal(lambda r=rows, t=target: r.update(**assignment_columns(t, at)))
        assert refused in {None, "dispatch_assignment_state_move"}
        if refused is None and source != target:
            taken.add((source, target))
    assert taken == ASSIGNMENT_MOVES.pairs


def test_incident_begins_open_only(at):
    begun = {s for s in WAYS_OF_INCIDENT if refusal(lambda s=s: new_incident(at, s)) is None}
    assert begun == {INCIDENT_MOVES.initial}


def test_assignment_begins_assigned_only(at):
    incident = new_incident(at)
    begun = {
        state
        for state in WAYS_OF_ASSIGNMENT
        if refusal(lambda s=state: new_assignment(incident, at, s)) is None
    }
    assert begun == {ASSIGNMENT_MOVES.initial}


def test_every_state_of_the_tables_was_tried():
    assert INCIDENT_MOVES.states == WAYS_OF_INCIDENT.keys()
    assert ASSIGNMENT_MOVES.states == WAYS_OF_ASSIGNMENT.keys()


@pytest.mark.parametrize("target", ["CLOSED", "DIVERTED", "LINKED"])
@pytest.mark.parametrize("state", sorted(OPEN))
def test_incident_cannot_leave_the_desk_with_a_crew(at, state, target):
    incident = new_incident(at)
    assignment = new_assignment(incident, at)
    Assignment.objects.filter(pk=assignment.pk).update(state=state)
    rows = Incident.objects.filter(pk=incident.pk)
    refused = refusal(lambda: rows.update(**incident_columns(target, at)))
    assert refused == "dispatch_incident_leaves_without_crew"


@pytest.mark.parametrize("state", ["CLEARED", "CANCELLED"])
def test_incident_may_close_when_its_crew_has_ended(at, state):
    assignment = assignment_in(state, at)
    rows = Incident.objects.filter(pk=assignment.incident_id)
    assert refusal(lambda: rows.update(**incident_columns("CLOSED", at))) is None


@pytest.mark.parametrize("state", ["CLOSED", "DIVERTED", "LINKED"])
def test_no_unit_can_be_assigned_to_an_incident_that_left_the_desk(at, state):
    incident = incident_in(state, at)
    refused = refusal(lambda: new_assignment(incident, at))
    assert refused == "dispatch_assignment_needs_open_incident"


@pytest.mark.parametrize("state", sorted(OPEN))
def test_unit_has_one_open_assignment_at_most(at, state):
    unit = unit_id("P01")
    first = new_assignment(new_incident(at), at, unit_id=unit)
    Assignment.objects.filter(pk=first.pk).update(state=state)
    second = new_incident(at)
    refused = refusal(lambda: new_assignment(second, at, unit_id=unit))
    assert refused == "dispatch_assignment_one_job_a_unit"
    Assignment.objects.filter(pk=first.pk).update(state="ON_SCENE")
    Assignment.objects.filter(pk=first.pk).update(**assignment_columns("CLEARED", at))
    assert refusal(lambda: new_assignment(second, at, unit_id=unit)) is None


@pytest.mark.parametrize("duty", ["OFF_DUTY", "OUT_OF_SERVICE"])
def test_no_unit_gets_a_job_off_duty_and_none_leaves_duty_with_one(at, duty):
    leaving = {"duty": duty, "duty_reason": "Flat tyre"}
    gone, here = new_unit(**leaving), new_unit()
    incident = new_incident(at)
    refused = refusal(lambda: new_assignment(incident, at, unit_id=gone.id))
    assert refused == "dispatch_assignment_needs_unit_on_duty"
    refused = refusal(lambda: new_assignment(incident, at, unit_id=new_id()))
    assert refused == "dispatch_assignment_needs_unit_on_duty"
    job = new_assignment(incident, at, unit_id=here.id)
    rows = Unit.objects.filter(pk=here.pk)
    refused = refusal(lambda: rows.update(**leaving))
    assert refused == "dispatch_unit_leaves_duty_without_job"
    Assignment.objects.filter(pk=job.pk).update(**assignment_columns("CANCELLED", at))
    assert refusal(lambda: rows.update(**leaving)) is None


def test_an_assignment_keeps_its_unit_and_its_incident(at):
    rows = Assignment.objects.filter(pk=new_assignment(new_incident(at), at).pk)
    other, unit = new_incident(at), new_unit()
    for change in ({"unit_id": unit.id}, {"incident": other}):
        refused = refusal(lambda c=change: rows.update(**c))
        assert refused == "dispatch_assignment_keeps_its_unit"


def test_out_of_service_has_a_reason_and_off_duty_no_time_of_a_position(at):
    rows = Unit.objects.filter(pk=new_unit(positioned_at=at, lon=24.9, lat=60.1).pk)
    refused = refusal(lambda: rows.update(duty="OFF_DUTY", lon=None, lat=None))
    assert refused == "orgs_unit_position_only_on_duty"
    away = {"duty": "OUT_OF_SERVICE", "lon": None, "lat": None, "positioned_at": None}
    assert refusal(lambda: rows.update(**away)) == "orgs_unit_out_of_service_has_reason"


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ({"alarm_level": 0}, "alarm_level"),
        ({"alarm_level": 10}, "alarm_level"),
        ({"state": "CLOSED", "disposition": "RESOLVED"}, "closed_has_disposition"),
        ({"state": "CLOSED"}, "closed_has_disposition"),
        ({"priority": 0}, "priority"),
        ({"priority": 5}, "priority"),
        ({"state": "LOST"}, "state_move"),
    ],
)
def test_incident_keeps_its_constraints(at, change, constraint):
    rows = Incident.objects.filter(pk=new_incident(at).pk)
    assert refusal(lambda: rows.update(**change)) == f"dispatch_incident_{constraint}"


def test_open_assignment_has_no_end_and_an_ended_one_has(at):
    rows = Assignment.objects.filter(pk=new_assignment(new_incident(at), at).pk)
    for change in ({"ended_at": at}, {"state": "CANCELLED"}):
        assert refusal(lambda c=change: rows.update(**c)) == "dispatch_assignment_ended"


@pytest.fixture
def history(at) -> dict[str, str]:
    """Return the tables that only grow, with the id of a row of each."""
    incident = new_incident(at)
    step = IncidentStep.objects.create(
        area=CELL, subject_id=incident.id, move="open", source="", target="OPEN", made_by="a",
        made_by_name="a", made_at=at,
    )  # fmt: skip
    recommendation = Recommendation.objects.create(
        area=CELL, incident=incident, made_at=at, made_by="a", pack="p", asked={}, ranking=[]
    )
    plan = BatchPlan.objects.create(
        area=CELL, made_at=at, made_by="a", pack="p", asked={}, answer={}, policy={}
    )
    return {
        "dispatch_incident_step": step.pk,
        "dispatch_recommendation": recommendation.pk,
        "dispatch_batch_plan": plan.pk,
    }


@pytest.mark.parametrize(
    "table", ["dispatch_incident_step", "dispatch_recommendation", "dispatch_batch_plan"]
)
@pytest.mark.parametrize(
    "statement", ["UPDATE {} SET area = area WHERE id = %s", "DELETE FROM {} WHERE id = %s"]
)
def test_what_happened_can_be_added_to_and_not_changed(history, table, statement):
    with (
        connection.cursor() as cursor,
        pytest.raises(DatabaseError, match="permission denied"),
        transaction.atomic(),
    ):
        cursor.execute(statement.format(table), [history[table]])


def test_question_of_a_recommendation_is_erased_and_never_changed(history):
    rows = Recommendation.objects.filter(pk=history["dispatch_recommendation"])
    assert refusal(lambda: rows.update(asked={"other": 1})) == "dispatch_recommendation_only_erased"
    assert rows.update(asked=None) == 1


@pytest.mark.parametrize("table", ["dispatch_incident", "dispatch_assignment"])
def test_nothing_can_be_deleted(at, table):
    new_assignment(new_incident(at), at)
    with (
        connection.cursor() as cursor,
        pytest.raises(DatabaseError, match="permission denied"),
        transaction.atomic(),
    ):
        cursor.execute(f"DELETE FROM {table}")  # noqa: S608 - from the list above
