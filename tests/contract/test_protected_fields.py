"""No purpose, no protected field: every address that is read, by every role, for every purpose."""

import pytest
from django.http import HttpResponse
from tests.contract.asking import content, problem_of, send, undone
from tests.contract.description import Operation, operations
from tests.contract.endpoints import ENDPOINTS
from tests.contract.matrix import allowed
from tests.contract.world import SPOKEN, World

from anlan.kernel.policies import fields_for, purposes_of
from anlan.kernel.purposes import HEADER, HIDDEN_HEADER
from anlan.orgs.protected import (
    EVIDENCE,
    REPORTERS_CONTACT,
    REPORTERS_WORDS,
    VOLUNTEERS_CONTACT,
)
from anlan.orgs.roles import Role

READS = [one for one in operations().values() if not one.writes]
PICTURES = ("get_photo", "get_joint_photo", "get_report_photo", "get_attachment")
CONTACTS = ("look_at_contact", "look_at_contact_of_call", "look_at_volunteer")
SHOWN_BY_AGREEMENT = {"list_shared_incidents", "get_shared_incident", "get_shared_eido"}
"""A linked agency sees the words that were agreed and shared, by a view of its own."""


def asked(world: World, role: str | None, purpose: str, operation: Operation) -> HttpResponse:
    """Return what `role` is answered; all that it wrote is undone."""
    desk = world.desk(role)
    usual, _ = desk.purpose, desk.reads_for(purpose)
    try:
        return undone(lambda: send(desk, operation, ENDPOINTS[operation.id].ask(world)))
    finally:
        desk.reads_for(usual)


def shown_to(world: World, role: Role, purpose: str) -> set[str]:
    """Return the operations that show somebody's words to a role for a purpose."""
    found = set()
    for operation in (one for one in READS if allowed(role, one.id)):
        reply = asked(world, None if role == Role.RESIDENT else role, purpose, operation)
        assert reply.status_code < 500, (operation.id, reply.content)
        shows = SPOKEN.encode() in reply.content
        assert not (shows and HIDDEN_HEADER in reply), operation.id
        found |= {operation.id} if shows else set()
    return found


@pytest.mark.parametrize("role", list(Role))
def test_words_are_shown_for_a_purpose_and_nowhere_without_one(world, role):
    allowed = SHOWN_BY_AGREEMENT if role == Role.AGENCY_DESK else set()
    assert shown_to(world, role, "") <= allowed
    for purpose in purposes_of(role):
        shown = shown_to(world, role, purpose)
        if REPORTERS_WORDS in fields_for(role, purpose):
            assert {"get_incident", "get_case"} & shown, purpose
        else:
            assert shown <= allowed, purpose


@pytest.mark.parametrize("name", PICTURES)
def test_picture_is_shown_for_a_purpose(world, name):
    operation = operations()[name]
    role = ENDPOINTS[name].role
    (usual, *_) = purposes_of(role)
    assert EVIDENCE in fields_for(role, usual)
    assert asked(world, role, usual, operation).status_code == 200
    problem = problem_of(asked(world, role, "", operation))
    assert (problem["status"], problem["code"]) == (403, "purpose.needed")
    assert problem["field"] == HEADER


@pytest.mark.parametrize("name", CONTACTS)
def test_contact_is_shown_for_a_purpose_and_no_look_is_recorded_without_one(world, name):
    operation, before = operations()[name], content()
    role = ENDPOINTS[name].role
    problem = problem_of(asked(world, role, "", operation))
    assert (problem["status"], problem["code"]) == (403, "purpose.needed")
    assert content() == before
    purposes = purposes_of(role)
    shown = [one for one in purposes if asked(world, role, one, operation).status_code == 200]
    kept = VOLUNTEERS_CONTACT if name == "look_at_volunteer" else REPORTERS_CONTACT
    assert shown == [one for one in purposes if kept in fields_for(role, one)] != []


def test_foreign_purpose_is_refused(world):
    problem = problem_of(asked(world, "CREW", "EVALUATION", operations()["list_incidents"]))
    assert (problem["status"], problem["code"]) == (403, "purpose.foreign")
    assert (problem["field"], problem["rule"]) == (HEADER, "enum")


def test_answer_names_what_it_hides(world):
    reply = asked(world, "DISPATCHER", "", operations()["get_incident"])
    assert (reply.status_code, reply[HIDDEN_HEADER]) == (200, REPORTERS_WORDS)
    assert HIDDEN_HEADER not in asked(world, "DISPATCHER", "DISPATCH", operations()["get_incident"])
