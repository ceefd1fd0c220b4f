"""What the database itself refuses, whoever writes."""

import re
from itertools import product

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.utils import ProgrammingError
from tests.people import EVERYTHING

from anlan.casework.models import Case, CasePhoto, CaseStep
from anlan.casework.transitions import INITIAL, PAIRS, CaseState
from anlan.kernel.identifiers import new_id, new_number
from anlan.kernel.scope import scoped

pytestmark = pytest.mark.django_db
CELL = 990101001001001


def columns_for(state: str) -> dict[str, object]:
    """Return the columns that a case in `state` has to have, and no other."""
    handled = state in {"REPORTED", "VERIFIED", "CLOSED"}
    return {
        "state": state,
        "organisation_id": None if state == "FILED" else new_id(),
        "incident_id": new_id(),
        "reported_by": "who reported" if handled else None,
        "verified_by": "who verified" if state in {"VERIFIED", "CLOSED"} else None,
        "disposition": "RESOLVED" if state == "CLOSED" else None,
    }


@pytest.fixture
def make_case(at):
    """Return a maker of cases in any state, past the trigger's own way."""

    def make(state: str = "FILED", **more: object) -> Case:
        case = Case.objects.create(
            area=CELL, number=new_number("C"), item_code="0103", lon=24.9, lat=60.1, text="",
            channel="STAFF", filed_at=at,
        )  # fmt: skip
        for step in WAYS[state]:
            closed = {"closed_at": at if step == "CLOSED" else None}
            Case.objects.filter(pk=case.pk).update(**columns_for(step) | closed | more)
        return case

    with scoped(EVERYTHING):
        yield make


WAYS = {
    "FILED": (),
    "ASSIGNED": ("ASSIGNED",),
    "REPORTED": ("ASSIGNED", "REPORTED"),
    "VERIFIED": ("ASSIGNED", "REPORTED", "VERIFIED"),
    "CLOSED": ("ASSIGNED", "REPORTED", "VERIFIED", "CLOSED"),
    "RETURNED": ("RETURNED",),
}


def accepted(write) -> bool:
    """Return whether the database takes a write; the write is undone either way."""
    try:
        with transaction.atomic():
            write()
            transaction.set_rollback(True)
    except IntegrityError:
        return False
    return True


def test_trigger_accepts_exactly_the_pairs_of_the_table(make_case, at):
    taken = set()
    for source, target in product(CaseState, CaseState):
        case = make_case(source)
        closed = {"closed_at": at if target == CaseState.CLOSED else None}
        changed = columns_for(target.value) | closed

        def change(case=case, changed=changed):
            Case.objects.filter(pk=case.pk).update(**changed)

        if source != target and accepted(change):
            taken.add((source, target))
    assert taken == PAIRS


def test_case_begins_as_filed_only(at):
    begun = set()
    with scoped(EVERYTHING):
        for state in CaseState:
            closed = {"closed_at": at if state == CaseState.CLOSED else None}

            def insert(state=state, closed=closed):
                Case.objects.create(
                    area=CELL, number=new_number("C"), item_code="0103", lon=24.9, lat=60.1,
                    text="", channel="STAFF", filed_at=at, **columns_for(state.value), **closed,
                )  # fmt: skip

            if accepted(insert):
                begun.add(state)
    assert begun == {INITIAL}


@pytest.mark.parametrize(
    ("state", "change", "constraint"),
    [
        ("REPORTED", {"reported_by": None}, "casework_case_reported_by"),
        ("ASSIGNED", {"reported_by": "x"}, "casework_case_reported_by"),
        ("VERIFIED", {"verified_by": None}, "casework_case_verified_by"),
        ("VERIFIED", {"verified_by": "who reported"}, "casework_case_not_own_work"),
        ("ASSIGNED", {"organisation_id": None}, "casework_case_held_by_somebody"),
        ("CLOSED", {"disposition": None}, "casework_case_closed_how_and_when"),
        ("CLOSED", {"disposition": "FORGOTTEN"}, "casework_case_disposition"),
        ("CLOSED", {"closed_at": None}, "casework_case_closed_how_and_when"),
        ("FILED", {"disposition": "RESOLVED"}, "casework_case_closed_how_and_when"),
        ("FILED", {"reopened_count": 2}, "casework_case_reopened_once"),
        ("FILED", {"reopened_count": -1}, "casework_case_reopened_once"),
        ("RETURNED", {"incident_id": None}, "casework_case_returned_to_somewhere"),
        ("FILED", {"lon": 181.0}, "casework_case_on_earth"),
        ("FILED", {"lat": float("nan")}, "casework_case_on_earth"),
        ("FILED", {"channel": "PIGEON"}, "casework_case_channel"),
        ("FILED", {"street": 1}, "casework_case_street_of_area"),
    ],
)
def test_constraint_refuses(make_case, state, change, constraint):
    case = make_case(state)
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        Case.objects.filter(pk=case.pk).update(**change)
    assert caught.value.__cause__.diag.constraint_name == constraint


def test_incident_has_one_case_that_was_not_returned(make_case):
    incident_id = new_id()
    make_case("RETURNED", incident_id=incident_id)
    make_case("ASSIGNED", incident_id=incident_id)
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        make_case("ASSIGNED", incident_id=incident_id)
    assert caught.value.__cause__.diag.constraint_name == "casework_case_one_of_incident"


def test_second_reopening_of_a_case_cannot_be_written(make_case, at):
    case = make_case()
    reopening = {
        "area": CELL, "subject_id": case.id, "move": "reopen", "source": "CLOSED",
        "target": "ASSIGNED", "made_by": "x", "made_by_name": "x", "made_at": at,
    }  # fmt: skip
    CaseStep.objects.create(**reopening)
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        CaseStep.objects.create(**reopening)
    assert caught.value.__cause__.diag.constraint_name == "casework_case_step_reopen_once"


@pytest.mark.parametrize(
    ("table", "verb"),
    [
        ("casework_case", "DELETE FROM casework_case"),
        ("casework_case", "TRUNCATE casework_case"),
        ("casework_case_step", "UPDATE casework_case_step SET made_by = 'nobody'"),
        ("casework_case_step", "DELETE FROM casework_case_step"),
        ("casework_case_photo", "UPDATE casework_case_photo SET phase = 'FILED'"),
        ("casework_case_photo", "DELETE FROM casework_case_photo"),
        ("casework_case", "ALTER TABLE casework_case DISABLE TRIGGER check_state"),
        ("casework_case", "ALTER TABLE casework_case DISABLE ROW LEVEL SECURITY"),
    ],
)
def test_application_role_may_not(make_case, table, verb):
    make_case("ASSIGNED")
    with (
        pytest.raises(ProgrammingError, match=re.compile(table)),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(verb)


@pytest.mark.parametrize("model", [Case, CaseStep, CasePhoto])
def test_without_a_scope_nothing_is_seen_or_written(make_case, model):
    make_case()
    with connection.cursor() as cursor:
        cursor.execute("RESET anlan.area_low; RESET anlan.area_high")
    assert model.objects.count() == 0
    with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        CaseStep.objects.create(
            area=CELL, subject_id=new_id(), move="x", source="x", target="x", made_by="x",
            made_by_name="x", made_at="2026-11-21T08:00:00Z",
        )  # fmt: skip
