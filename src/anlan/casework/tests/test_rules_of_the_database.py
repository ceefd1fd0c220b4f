"""What the database itself refuses, whoever writes."""

import re
from datetime import datetime
from itertools import product
from uuid import UUID

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.models import F, UUIDField, Value
from django.db.models.functions import Coalesce
from django.db.utils import ProgrammingError
from tests.people import EVERYTHING

from anlan.casework.models import Case, CasePhoto, CaseStep
from anlan.casework.services.listing import list_item
from anlan.casework.transitions import CASE_MOVES, INITIAL, CaseState
from anlan.kernel.identifiers import new_id, new_number
from anlan.kernel.scope import scoped

pytestmark = pytest.mark.django_db
CELL = 990101001001001
ANOTHER = UUID(int=1)


def columns_for(state: str) -> dict[str, object]:
    """Return the columns that a case in `state` has to have, and no other."""
    handled = state in {"REPORTED", "VERIFIED", "CLOSED"}
    return {
        "state": state,
        "organisation_id": None if state in {"FILED", "DISPUTED", "MERGED"} else new_id(),
        "reported_by": "who reported" if handled else None,
        "verified_by": "who verified" if state in {"VERIFIED", "CLOSED"} else None,
        "disposition": "RESOLVED" if state == "CLOSED" else None,
    }


def move_to(case: Case, state: str, at: datetime, **more: object) -> None:
    """Bring a case to a state with what it needs there and what the change itself counts."""
    source = Case.objects.values_list("state", flat=True).get(pk=case.pk)
    counted = {
        "incident_id": Coalesce(
            F("incident_id"), Value(new_id() if state == "RETURNED" else None, UUIDField())
        ),
        "closed_at": at if state == "CLOSED" else None,
        "merged_into": leading_case(case, at) if state == "MERGED" else None,
        "sent_back_count": F("sent_back_count")
        + int(source == "ASSIGNED" and state in {"FILED", "DISPUTED"}),
        "reopened_count": F("reopened_count") + int((source, state) == ("CLOSED", "ASSIGNED")),
    }
    Case.objects.filter(pk=case.pk).update(**columns_for(state) | counted | more)


def leading_case(case: Case, at: datetime) -> Case:
    """Return another case that leads."""
    return Case.objects.create(
        area=case.area, number=new_number("C"), item_code="0103", lon=24.9, lat=60.1, text="",
        channel="STAFF", filed_at=at,
    )  # fmt: skip


@pytest.fixture
def make_case(at):
    """Return a maker of cases in any state, past the trigger's own way."""

    def make(state: str = "FILED", incident_id: UUID | None = None, **more: object) -> Case:
        list_item("0103", "2026.2", CELL, (at.date(), None), at)
        case = Case.objects.create(
            area=CELL, number=new_number("C"), item_code="0103", lon=24.9, lat=60.1, text="",
            channel="STAFF", filed_at=at, incident_id=incident_id,
        )  # fmt: skip
        for step in WAYS[state]:
            move_to(case, step, at, **more)
        return case

    with scoped(EVERYTHING):
        yield make


WAYS = {
    "FILED": (),
    "ASSIGNED": ("ASSIGNED",),
    "DISPUTED": ("ASSIGNED", "FILED", "ASSIGNED", "DISPUTED"),
    "REPORTED": ("ASSIGNED", "REPORTED"),
    "VERIFIED": ("ASSIGNED", "REPORTED", "VERIFIED"),
    "CLOSED": ("ASSIGNED", "REPORTED", "VERIFIED", "CLOSED"),
    "RETURNED": ("RETURNED",),
    "MERGED": ("MERGED",),
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
    refused_before = {("ASSIGNED", "DISPUTED"): ("FILED", "ASSIGNED")}
    for source, target in product(CaseState, CaseState):
        case = make_case(source)
        for state in refused_before.get((source.value, target.value), ()):
            move_to(case, state, at)

        def change(case=case, target=target):
            move_to(case, target.value, at)

        if source != target and accepted(change):
            taken.add((source, target))
    assert taken == CASE_MOVES.pairs


@pytest.mark.parametrize(
    ("state", "change"),
    [
        ("ASSIGNED", {"state": "FILED", "organisation_id": None}),
        ("ASSIGNED", {"state": "DISPUTED", "organisation_id": None, "sent_back_count": 1}),
        ("ASSIGNED", {"sent_back_count": 1}),
        ("DISPUTED", {"sent_back_count": 0}),
        ("FILED", {"reopened_count": 1}),
        ("FILED", {"number": "C-00000-00000"}),
        ("FILED", {"filed_at": "2020-01-01T00:00:00Z"}),
    ],
)
def test_trigger_counts_each_refusal_and_reopening(make_case, state, change):
    case = make_case(state)
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        Case.objects.filter(pk=case.pk).update(**change)
    assert caught.value.__cause__.diag.constraint_name == "casework_case_limits"


def test_third_refusal_and_second_reopening_cannot_be_written(make_case, at):
    disputed = make_case("DISPUTED")
    move_to(disputed, "ASSIGNED", at)
    for state in ("FILED", "DISPUTED"):
        assert not accepted(lambda state=state: move_to(disputed, state, at))
    closed = make_case("CLOSED")
    for state in ("ASSIGNED", "REPORTED", "VERIFIED", "CLOSED"):
        move_to(closed, state, at)
    assert not accepted(lambda: move_to(closed, "ASSIGNED", at))


def test_case_begins_as_filed_only(at):
    begun = set()
    with scoped(EVERYTHING):
        list_item("0103", "2026.2", CELL, (at.date(), None), at)
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
        ("ASSIGNED", {"verdict": "PUT_RIGHT"}, "casework_case_verdict"),
        ("CLOSED", {"verdict": "PERHAPS"}, "casework_case_verdict"),
        ("FILED", {"state": "RETURNED"}, "casework_case_returned_to_somewhere"),
        ("FILED", {"incident_id": ANOTHER}, "casework_case_incident_kept"),
        ("RETURNED", {"incident_id": ANOTHER}, "casework_case_incident_kept"),
        ("RETURNED", {"incident_id": None}, "casework_case_incident_kept"),
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


def test_organisation_does_not_verify_its_own_work(make_case):
    case = make_case("VERIFIED")
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        Case.objects.filter(pk=case.pk).update(verified_for_id=F("organisation_id"))
    assert caught.value.__cause__.diag.constraint_name == "casework_case_verified_elsewhere"


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
