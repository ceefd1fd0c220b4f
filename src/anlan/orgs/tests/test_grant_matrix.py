"""Who holds the permissions that must not spread: a role that gains one fails here first."""

import pytest

from anlan.kernel.policies import POLICIES, fields_for, permissions_of, purposes_of
from anlan.orgs.models import ROLES
from anlan.orgs.roles import SERVICE, Role

DESK = {"DISPATCHER", "SUPERVISOR"}
HOLDERS = {
    "account.write": {"ADMINISTRATOR"},
    "audit.read": {"AUDITOR"},
    "organisation.write": {"ADMINISTRATOR"},
    "agreement.offer": {"ADMINISTRATOR"},
    "agreement.answer": {"AGENCY_DESK"},
    "share.read": {"AGENCY_DESK"},
    "warning.draft": DESK,
    "warning.approve": {"SUPERVISOR"},
    "warning.publish": {"SUPERVISOR"},
    "webhook.read": {"ADMINISTRATOR"},
    "webhook.write": {"ADMINISTRATOR"},
    "help.answer": {"AGENCY_DESK"},
    "agency.share": DESK,
    "agency.ask": DESK,
    "contact.look": DESK | {"CALL_TAKER", "DEPARTMENT_DESK"},
    "incident.read": DESK | {"CALL_TAKER", "CREW"},
    "report.public": {"RESIDENT"},
    "case.merge": {"STREET_DESK", "SUPERVISOR"},
    "task.answer": {"DEPARTMENT_DESK"},
    "task.arbitrate": {"SUPERVISOR"},
    "task.call_up": {"STREET_DESK", "SUPERVISOR"},
    "routing.write": {"ADMINISTRATOR"},
    "routing.publish": {"ADMINISTRATOR", "SUPERVISOR"},
    "round.read": {"GRID_OFFICER"},
    "volunteering.offer": {"RESIDENT"},
    "volunteering.publish": {"GRID_OFFICER", "STREET_DESK", "SUPERVISOR"},
    "unit.position": {"GATEWAY"},
    "unit.position_own": {"CREW"},
}


@pytest.mark.parametrize("permission", HOLDERS)
def test_permission_is_held_by_these_roles_alone(permission):
    held = {role.value for role in Role if permission in permissions_of(role)}
    assert held == HOLDERS[permission]


def test_agency_desk_holds_nothing_of_the_centre():
    assert permissions_of(Role.AGENCY_DESK) == {
        "place.read", "organisation.read", "agreement.read", "agreement.answer", "share.read",
        "help.answer", "stream.follow",
    }  # fmt: skip


def test_gateway_only_tells_positions():
    assert permissions_of(Role.GATEWAY) == {"unit.position"}


def test_auditor_reads_the_log_and_no_row():
    assert permissions_of(Role.AUDITOR) == {"audit.read", "glass.review", "stream.follow"}


def test_visitor_only_reports_follows_and_offers_hours():
    assert permissions_of(Role.RESIDENT) == {"report.public", "report.follow", "volunteering.offer"}


def test_connected_systems_change_nothing_of_ours_and_see_no_protected_field():
    assert permissions_of(SERVICE) == {
        "organisation.read", "place.read", "unit.read", "tally.read", "figure.read", "routing.read",
        "evaluation.read", "incident.read", "case.read", "request.send", "update.send",
    }  # fmt: skip
    assert purposes_of(SERVICE) == ("DISPATCH", "CASEWORK", "EVALUATION")
    assert not any(fields_for(SERVICE, purpose) for purpose in purposes_of(SERVICE))


def test_policies_tables_and_code_name_the_same_roles():
    assert set(POLICIES.in_force().names["Role"]) == {*Role, SERVICE}
    assert set(Role) == {*ROLES, Role.RESIDENT}
    assert all(map(permissions_of, Role))
