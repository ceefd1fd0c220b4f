"""What the database itself refuses about agencies, whoever writes."""

from datetime import timedelta
from itertools import product

import pytest
from django.db import DatabaseError, connection, transaction
from tests.people import EVERYTHING, organisation_id

from anlan.dispatch.agencies.models import SHAREABLE, Agreement, HelpRequest, Share
from anlan.dispatch.agencies.tests.linked import POWER, WATER
from anlan.dispatch.agencies.transitions import AGREEMENT_MOVES, FIELDS, HELP_MOVES
from anlan.dispatch.tests.test_rules_of_the_database import new_incident, refusal
from anlan.kernel.scope import scoped

pytestmark = pytest.mark.django_db
CELL = 990101001001001
WAYS_OF_AGREEMENT = {
    "OFFERED": (), "ACCEPTED": ("ACCEPTED",), "REFUSED": ("REFUSED",), "WITHDRAWN": ("WITHDRAWN",),
    "ENDED": ("ACCEPTED", "ENDED"),
}  # fmt: skip
WAYS_OF_HELP = {
    "ASKED": (), "ACCEPTED": ("ACCEPTED",), "REFUSED": ("REFUSED",), "WITHDRAWN": ("WITHDRAWN",),
    "FULFILLED": ("ACCEPTED", "FULFILLED"),
}  # fmt: skip
OPEN = {"ASKED", "ACCEPTED"}


@pytest.fixture(autouse=True)
def over_everything(db):
    with scoped(EVERYTHING):
        yield


def new_agreement(at, code=WATER, state="ACCEPTED", **more):
    made = Agreement.objects.create(
        **{
            "area": 990101000000000, "agency_id": organisation_id(code),
            "fields": ["kind", "place"], "begins_at": at, "ends_at": at + timedelta(days=10),
            "offered_by": "a", "offered_at": at,
        } | more
    )  # fmt: skip
    for step in WAYS_OF_AGREEMENT[state]:
        Agreement.objects.filter(pk=made.pk).update(state=step)
    return made


def new_share(at, agreement, **more):
    return Share.objects.create(
        **{
            "area": CELL, "incident": more.pop("incident", None) or new_incident(at),
            "agreement": agreement, "agency_id": agreement.agency_id, "fields": ["kind"],
            "begins_at": at, "ends_at": at + timedelta(hours=1), "shared_by": "a",
        } | more
    )  # fmt: skip


def new_request(at, state="ASKED"):
    shared = new_share(at, new_agreement(at))
    made = HelpRequest.objects.create(
        area=CELL, incident=shared.incident, share=shared, agency_id=shared.agency_id,
        incident_number="I", capabilities=["X"], unit_count=1, asked_by="a", asked_at=at, due_at=at,
    )  # fmt: skip
    for step in WAYS_OF_HELP[state]:
        HelpRequest.objects.filter(pk=made.pk).update(**help_columns(step, at))
    return made


def help_columns(state, at):
    return {"state": state, "ended_at": None if state in OPEN else at}


def test_agreement_moves_exactly_along_the_pairs_of_the_table(at):
    taken = set()
    for source, target in product(WAYS_OF_AGREEMENT, repeat=2):
        with transaction.atomic():
            rows = Agreement.objects.filter(pk=new_agreement(at, state=source).pk)
            if refusal(lambda r=rows, t=target: r.update(state=t)) is None and source != target:
                taken.add((source, target))
            transaction.set_rollback(True)
    assert taken == AGREEMENT_MOVES.pairs
    assert AGREEMENT_MOVES.states == WAYS_OF_AGREEMENT.keys()


def test_request_moves_exactly_along_the_pairs_of_the_table(at):
    taken = set()
    for source, target in product(WAYS_OF_HELP, repeat=2):
        with transaction.atomic():
            rows = HelpRequest.objects.filter(pk=new_request(at, source).pk)
            change = help_columns(target, at)
            if refusal(lambda r=rows, c=change: r.update(**c)) is None and source != target:
                taken.add((source, target))
            transaction.set_rollback(True)
    assert taken == HELP_MOVES.pairs
    assert HELP_MOVES.states == WAYS_OF_HELP.keys()


def test_fields_of_the_table_and_of_the_words_are_the_same():
    assert list(FIELDS) == SHAREABLE


@pytest.mark.parametrize("state", ["OFFERED", "REFUSED", "WITHDRAWN", "ENDED"])
def test_no_share_under_an_agreement_that_does_not_count(at, state):
    agreement = new_agreement(at, state=state)
    assert refusal(lambda: new_share(at, agreement)) == "agencies_share_within_agreement"


@pytest.mark.parametrize(
    "beyond",
    [
        {"fields": ["kind", "text"]},
        {"ends": timedelta(days=11)},
        {"begins": timedelta(seconds=-1)},
        {"agency": POWER},
        {"kinds": ["LIFT_TRAPPED"]},
    ],
    ids=str,
)
def test_no_share_beyond_the_agreement(at, beyond):
    agreement = new_agreement(at, kinds=beyond.get("kinds", []))
    more = {
        "fields": beyond.get("fields", ["kind"]),
        "begins_at": at + beyond.get("begins", timedelta(0)),
        "ends_at": at + beyond.get("ends", timedelta(hours=1)),
        "agency_id": organisation_id(beyond.get("agency", WATER)),
    }
    refused = refusal(lambda: new_share(at, agreement, **more))
    assert refused == "agencies_share_within_agreement"


def test_ended_share_does_not_begin_again(at):
    shared = new_share(at, new_agreement(at))
    rows = Share.objects.filter(pk=shared.pk)
    rows.update(ended_at=at)
    assert refusal(lambda: rows.update(ended_at=None)) == "agencies_share_ended_for_good"


def test_contact_can_never_be_agreed(at):
    refused = refusal(lambda: new_agreement(at, fields=["contact"]))
    assert refused == "agencies_agreement_fields"


@pytest.mark.parametrize(
    ("model", "column"),
    [
        ("agencies_share", "fields"), ("agencies_share", "ends_at"),
        ("agencies_share", "agency_id"), ("agencies_agreement", "fields"),
        ("agencies_agreement", "ends_at"), ("agencies_help_request", "note"),
        ("agencies_help_request", "due_at"), ("agencies_agreement_step", "facts"),
    ],
)  # fmt: skip
def test_what_was_agreed_shared_and_asked_stays_as_it_was(model, column):
    with (
        connection.cursor() as cursor,
        pytest.raises(DatabaseError, match="permission denied"),
        transaction.atomic(),
    ):
        cursor.execute(f"UPDATE {model} SET {column} = {column}")  # noqa: S608 - from the list


def test_view_of_shared_incidents_cannot_be_written():
    with (
        connection.cursor() as cursor,
        pytest.raises(DatabaseError),
        transaction.atomic(),
    ):
        cursor.execute("UPDATE agencies_shared_incident SET number = 'x'")
