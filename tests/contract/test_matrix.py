"""The matrix of access: every operation by every role, of the own area and of a foreign one.

`matrix.toml` says who may ask what; a new operation fails until it has its row. The last tests take
the application's own check out and hold the database alone to it.
"""

import pytest
from django.db import connection
from django.http import HttpResponse
from tests.contract.asking import content, send, undone
from tests.contract.description import Operation, operations
from tests.contract.endpoints import ENDPOINTS
from tests.contract.matrix import ANYBODY, MATRIX, SIGNED_IN, allowed
from tests.contract.world import SPOKEN, World
from tests.people import EVERYTHING, Desk

from anlan.kernel import purposes
from anlan.kernel.clock import machine_now
from anlan.kernel.policies import POLICIES, permissions_of
from anlan.kernel.scope import scoped
from anlan.kernel.tests.test_secured_tables import OPENED_TO_AN_ORGANISATION
from anlan.orgs import sign_in
from anlan.orgs.identity.services.service_keys import add_key
from anlan.orgs.roles import SERVICE, Role

READ_BY_ADMINISTRATORS: set[str] = set()
"""What the matrix gives administrators alone, and a key may read all the same."""
REFUSALS = {"denied", "unauthenticated"}
PLACED = """
    SELECT DISTINCT c.table_name FROM information_schema.columns c
    JOIN information_schema.table_privileges p USING (table_schema, table_name)
    WHERE c.table_schema = 'public' AND c.column_name = 'area'
        AND p.grantee = current_user AND p.privilege_type = 'SELECT'
"""
STAFF = [role for role in Role if role != Role.RESIDENT]


def refused(operation: Operation, reply: HttpResponse) -> bool:
    """Return whether the role may not ask, or does not see what it asks about.

    Any other refusal is of this request: the role was let in.
    """
    if reply.status_code == 404:
        return ENDPOINTS[operation.id].answers != 404
    return reply.status_code in {401, 403} and reply.json()["code"] in REFUSALS


def asked(world: World, role: Role, operation: Operation, **sent: bool) -> HttpResponse:
    """Return what `role` is answered; all that it wrote is undone."""
    desk = world.desk(None if role == Role.RESIDENT else role, **sent)
    reply = undone(lambda: send(desk, operation, ENDPOINTS[operation.id].ask(world)))
    assert reply.status_code < 500, (operation.id, reply.content)
    return reply


def test_matrix_names_every_operation_and_no_other():
    assert MATRIX.keys() == operations().keys()


def test_matrix_names_roles():
    for name, row in MATRIX.items():
        assert row in (ANYBODY, SIGNED_IN) or (row and set(row) <= set(Role)), name


@pytest.mark.parametrize("role", list(Role))
def test_role_may_ask_what_the_matrix_says_and_nothing_else(world, role):
    before = content()
    wrong = [
        name
        for name, operation in operations().items()
        if refused(operation, asked(world, role, operation)) is allowed(role, name)
    ]
    assert wrong == []
    assert content() == before


@pytest.fixture
def all_doors_open(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take out the application's own check: every role holds every permission, for any purpose."""
    everything = frozenset().union(*map(permissions_of, Role))
    every_field = frozenset(POLICIES.in_force().names["Field"])
    monkeypatch.setattr(sign_in, "permissions_of", lambda role: everything)
    monkeypatch.setattr(purposes, "fields_for", lambda role, purpose: every_field)


def test_key_of_a_system_opens_nothing_that_is_for_people(world):
    """Every operation is asked with a key that holds all that a key can hold."""
    outside = Desk(None)
    with scoped(EVERYTHING):
        held = sorted(permissions_of(SERVICE))
        _, key = add_key("everything", "EMERGENCY_CENTRE", held, days=1, actor=EVERYTHING,
                         at=machine_now())  # fmt: skip
    outside.client.defaults["HTTP_AUTHORIZATION"] = f"Bearer {key}"
    for_people = {name for name, row in MATRIX.items() if row in (["ADMINISTRATOR"], SIGNED_IN)}
    opened = set()
    for name, operation in operations().items():
        reply = undone(lambda operation=operation, name=name: send(
            outside, operation, ENDPOINTS[name].ask(world)))  # fmt: skip
        assert reply.status_code < 500, (name, reply.content)
        opened |= {name} if reply.status_code < 400 else set()
    assert opened & for_people <= READ_BY_ADMINISTRATORS
    assert {"list_units", "who_am_i"} & opened == {"list_units"}


@pytest.mark.parametrize("role", ["SUPERVISOR", "DEPARTMENT_DESK", "GRID_OFFICER"])
@pytest.mark.usefixtures("all_doors_open")
def test_without_the_application_s_check_a_foreign_area_stays_out_of_sight(world, role):
    shown, before = [], content()
    for operation in operations().values():
        reply = asked(world, Role(role), operation, elsewhere=True)
        if SPOKEN.encode() in reply.content:
            shown.append(operation.id)
    assert shown == []
    assert content() == before


@pytest.mark.usefixtures("all_doors_open")
def test_without_the_application_s_check_the_own_area_is_all_seen(world):
    """Otherwise the test before might see nothing for another reason."""
    names = ("get_incident", "get_case", "get_report")
    replies = {name: asked(world, Role.SUPERVISOR, operations()[name]) for name in names}
    assert [n for n, reply in replies.items() if SPOKEN.encode() not in reply.content] == []


def placed_tables() -> list[str]:
    """Return the tables whose rows stand in an area, and that the application may read."""
    with connection.cursor() as cursor:
        cursor.execute(PLACED)
        return [name for (name,) in cursor.fetchall()]


@pytest.mark.parametrize("role", STAFF)
def test_database_alone_shows_each_role_its_own_area_and_what_was_opened_to_it(world, role):
    actor = world.desk(role).actor
    outside = "WHERE NOT area BETWEEN %s AND %s"
    stray = set()
    with scoped(actor), connection.cursor() as cursor:
        for table in placed_tables():
            cursor.execute(
                f"SELECT count(*) FROM {table} {outside}",  # noqa: S608 - names of the catalogue
                [actor.area_low, actor.area_high],
            )
            stray |= {table} if cursor.fetchone() != (0,) else set()
    assert stray <= OPENED_TO_AN_ORGANISATION.keys()
    if role == Role.AGENCY_DESK:
        assert stray >= {"agencies_agreement", "agencies_share"}
