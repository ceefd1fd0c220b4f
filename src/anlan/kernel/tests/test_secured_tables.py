"""What the application's role may do, asked of the database itself."""

import pytest
from django.db import DatabaseError, connection, transaction
from tests.people import EVERYTHING

from anlan.kernel.scope import scoped

pytestmark = pytest.mark.django_db

EXEMPT = {"django_migrations"}
CLOSED = {
    "audit_checkpoint",
    "audit_entry",
    "audit_leaf",
    "audit_row",
    "audit_shape",
    "audit_tile",
    "audit_witness",
}
NEVER_CHANGES = {
    "agencies_agreement_step",
    "casework_case_photo",
    "casework_case_route",
    "casework_case_step",
    "casework_field_act",
    "casework_joint_photo",
    "casework_joint_step",
    "casework_listed_item",
    "casework_routing_step",
    "casework_temporary_item_step",
    "dispatch_batch_plan",
    "dispatch_incident_attachment",
    "dispatch_incident_step",
    "postures_version",
    "review_desk_note",
    "review_handover",
    "review_note",
    "review_takeover",
    "evaluation_appeal_step",
    "exchange_received_alert",
    "exchange_taken_message",
    "exchange_warning_message",
    "exchange_warning_step",
    "imports_past_matter",
    "intake_call_step",
    "intake_contact",
    "intake_protocol_answer",
    "intake_report_photo",
    "kernel_data_key",
    "kernel_field_look",
    "orgs_unit_step",
    "places_road_closure_step",
    "sign_in_account_step",
    "sign_in_passkey_try",
    "sign_in_provider_link",
    "volunteering_contact",
    "volunteering_step",
}
CHANGES_ONLY_IN = {
    "casework_broken_glass": {
        "overdue_at",
        "finding",
        "words",
        "reviewed_by",
        "reviewed_by_name",
        "reviewed_at",
    },
    "agencies_agreement": {"state", "answered_at"},
    "agencies_help_request": {"state", "reason", "overdue_at", "answered_at", "ended_at"},
    "agencies_share": {"ended_at"},
    "dispatch_recommendation": {"asked"},  # erased when the positions in it expire
    "dispatch_reopening": {"dispatched_at", "arrived_at"},
    "intake_report": {"attached", "incident_id", "case_id", "text", "place_text"},
    "intake_report_update": {"text"},  # erased, by a trigger nothing else
    "open311_service_key": {"ended_at"},  # of the release before
    "exchange_public_warning": {
        "state",
        "approved_by",
        "approved_at",
        "published_at",
        "ended_at",
    },
    "orgs_saved_view": {"label", "filters"},
    "postures_study": {"done", "samples", "sums", "state", "ended_at"},
    "sign_in_passkey": {"sign_count", "last_used_at", "fell_back_at"},
    "sign_in_provider_try": {"ends_at"},
    "sign_in_recovery_code": {"used_at"},
    "sign_in_service_key": {"last_used_at", "ended_at"},
    "sign_in_totp": {"last_step", "confirmed_at"},
    "sign_in_session": {"last_seen_at", "proven_at", "ended_at"},
    "volunteering_offer": {"state", "ground", "ended_at"},
    "volunteering_task": {"state", "hours_given", "ended_at"},
}
OPENED_TO_AN_ORGANISATION = {
    "agencies_agreement": "agency_id",
    "agencies_help_request": "agency_id",
    "agencies_share": "agency_id",
    "evaluation_appeal": "organisation_id",
    "evaluation_figure": "organisation_id",
}
VIEWS = {"agencies_shared_incident"}
WITH_THE_OWNERS_RIGHTS = {
    "agencies_share_within_agreement",
    "audit_digests",
    "audit_entries",
    "audit_entries_of",
    "audit_hashes",
    "audit_last_entry_of",
    "audit_prune_checkpoints",
    "audit_standing_now",
    "audit_witnesses",
    "audit_write_leaf",
    "casework_case_check_merged",
    "casework_check_item",
    "casework_glass_is_open",
    "casework_is_listed",
    "casework_joint_part_join_seal",
    "casework_list_item",
    "flows_kept_from_reader",
    "flows_sealed_subjects",
    "kernel_erase_looks",
    "orgs_account_at_door",
    "orgs_saved_views_go_with_account",
    "places_closures_in_force",
    "sign_in_end_with_account",
    "sign_in_has_second_factor",
    "sign_in_link_within_organisation",
    "sign_in_session_at_door",
}
EXPIRES = {
    "evaluation_figure",  # written anew every night until the month is final
    "evaluation_outcome",  # a copy for counting, written anew as its case changes
    "exchange_delivery",
    "exchange_taken_message",
    "intake_contact",
    "intake_report_photo",
    "kernel_data_key",
    "kernel_deadline",
    "kernel_kept_reply",
    "kernel_outbox",
    "orgs_saved_view",
    "places_cell_hexagon",
    "sign_in_failure",
    "sign_in_passkey",
    "sign_in_passkey_try",
    "sign_in_provider_link",
    "sign_in_provider_try",
    "sign_in_recovery_code",
    "sign_in_session",
    "sign_in_totp",
    "volunteering_contact",
}
ELSEWHERE = 110101001001001
TABLES = """
    SELECT c.relname, c.relrowsecurity FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p')
"""
POLICIES = "SELECT tablename, permissive, cmd, roles, qual, with_check FROM pg_policies"
GRANTS = """
    SELECT table_name, privilege_type FROM information_schema.role_table_grants
    WHERE grantee = 'anlan_app' AND table_schema = 'public'
"""

REFERS_TO_A_CASE = """
    WITH RECURSIVE referring(oid) AS (
        SELECT attrelid FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
        WHERE attname IN ('case_id', 'incident_id') AND relkind = 'r'
        UNION SELECT 'casework_case'::regclass::oid UNION SELECT 'dispatch_incident'::regclass::oid
        UNION SELECT c.conrelid FROM pg_constraint c JOIN referring r ON c.confrelid = r.oid
        WHERE c.contype = 'f'
    )
    SELECT relname::text FROM referring JOIN pg_class USING (oid)
"""
COLUMN_GRANTS = """
    SELECT table_name, column_name FROM information_schema.role_column_grants
    WHERE grantee = 'anlan_app' AND table_schema = 'public' AND privilege_type = 'UPDATE'
        AND table_name = %s
"""


def rows(statement: str, *values: object) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall()


def project_tables() -> list[str]:
    return sorted(name for name, _ in rows(TABLES) if name not in EXEMPT | CLOSED)


def refused(statement: str, *values: object) -> str:
    """Return what the database says to a statement that it has to refuse."""
    with pytest.raises(DatabaseError) as caught, transaction.atomic():
        rows(statement, *values)
    return str(caught.value)


def test_every_table_has_row_level_security():
    found = dict(rows(TABLES))
    assert len(found) > 15
    assert {name for name, secured in found.items() if not secured} == EXEMPT | CLOSED


@pytest.mark.parametrize("table", sorted(CLOSED))
@pytest.mark.parametrize(
    "statement",
    ["SELECT FROM {}", "INSERT INTO {} DEFAULT VALUES", "DELETE FROM {}", "TRUNCATE {}"],
)
def test_tables_of_the_audit_log_are_closed_to_the_application(table, statement):
    assert f"permission denied for table {table}" in refused(statement.format(table))


def test_every_table_has_the_one_policy_for_reading_and_writing():
    found = [row for row in rows(POLICIES) if row[1] == "PERMISSIVE" and row[2] != "SELECT"]
    assert sorted(name for name, *_ in found) == project_tables()
    shapes = {tuple(str(part) for part in shape) for _, *shape in found}
    assert len(shapes) == 1
    permissive, command, roles, reading, writing = shapes.pop()
    assert (permissive, command, roles) == ("PERMISSIVE", "ALL", "['public']")
    assert reading == writing
    for setting in ("area_low", "area_high"):
        assert f"NULLIF(current_setting('anlan.{setting}'::text, true), ''::text)" in reading


def test_rows_are_opened_to_an_organisation_for_reading_alone():
    found = [row for row in rows(POLICIES) if row[1] == "PERMISSIVE" and row[2] == "SELECT"]
    assert {name for name, *_ in found} == OPENED_TO_AN_ORGANISATION.keys()
    for name, permissive, _, roles, reading, writing in found:
        assert (permissive, str(roles), writing) == ("PERMISSIVE", "['public']", None)
        setting = "NULLIF(current_setting('anlan.organisation'::text, true), ''::text)"
        assert f"({OPENED_TO_AN_ORGANISATION[name]} = ({setting})::uuid)" in reading


def test_policies_that_narrow_hold_for_reading_changing_and_deleting():
    """What keeps sealed rows from others: on every table that refers to a case, however far off."""
    narrowed: dict[str, set[str]] = {}
    for name, permissive, command, roles, *_ in rows(POLICIES):
        if permissive == "RESTRICTIVE":
            assert str(roles) == "['public']"
            narrowed.setdefault(name, set()).add(command)
    for name, commands in narrowed.items():
        asked = {"INSERT"} if name in {"casework_broken_glass", "orgs_saved_view"} else set()
        assert commands == {"SELECT", "UPDATE", "DELETE"} | asked, name
    referring = {name for (name,) in rows(REFERS_TO_A_CASE)}
    assert {"casework_case_photo", "intake_report_photo", "casework_joint_photo"} <= referring
    assert referring <= narrowed.keys()


def test_tests_run_as_the_role_of_the_application():
    assert rows("SELECT current_user, session_user") == [("anlan_app", "anlan_app")]


def test_application_owns_nothing_and_passes_no_policy_by():
    owned = "SELECT count(*) FROM pg_class WHERE relowner = 'anlan_app'::regrole"
    functions = "SELECT count(*) FROM pg_proc WHERE proowner = 'anlan_app'::regrole"
    assert rows(owned) == rows(functions) == [(0,)]
    rights = "rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication"
    found = rows(f"SELECT {rights} FROM pg_roles WHERE rolname = 'anlan_app'")  # noqa: S608
    assert found == [(False,) * 5]
    member = "SELECT count(*) FROM pg_auth_members WHERE member = 'anlan_app'::regrole"
    assert rows(member) == [(0,)]


@pytest.mark.parametrize(
    "statement",
    [
        "ALTER TABLE orgs_unit DISABLE ROW LEVEL SECURITY",
        "DROP POLICY in_scope ON orgs_unit",
        "ALTER POLICY in_scope ON orgs_unit USING (true)",
        "CREATE POLICY wide ON orgs_unit USING (true)",
        "ALTER TABLE dispatch_incident DISABLE TRIGGER check_state",
        "DROP TRIGGER check_state ON dispatch_incident",
        "TRUNCATE orgs_unit",
        "DROP TABLE orgs_unit",
        "CREATE TABLE mine (id int)",
        "CREATE FUNCTION mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "SET ROLE anlan_owner",
        "SET session_replication_role = replica",
    ],
)
def test_application_cannot_loosen_the_rules(statement):
    said = refused(statement)
    assert "permission denied" in said or "must be owner" in said


def test_switching_row_security_off_shows_an_error_and_no_rows():
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL row_security = off")
    assert "row-level security" in refused("SELECT * FROM orgs_unit")


def test_grants_are_the_least_that_is_needed():
    granted: dict[str, set[str]] = {}
    for table, verb in rows(GRANTS):
        granted.setdefault(table, set()).add(verb)
    expected = {
        table: {"SELECT", "INSERT"}
        | (set() if table in NEVER_CHANGES | CHANGES_ONLY_IN.keys() else {"UPDATE"})
        | ({"DELETE"} if table in EXPIRES else set())
        for table in project_tables()
    }
    assert granted == expected | {view: {"SELECT"} for view in VIEWS}


@pytest.mark.parametrize("table", sorted(NEVER_CHANGES | CHANGES_ONLY_IN.keys()))
def test_of_what_was_agreed_or_done_only_these_columns_change(table):
    assert {column for _, column in rows(COLUMN_GRANTS, table)} == CHANGES_ONLY_IN.get(table, set())


def test_only_these_functions_have_the_rights_of_the_tables_owner():
    ours = "pronamespace = 'public'::regnamespace"
    named = rows(f"SELECT proname FROM pg_proc WHERE prosecdef AND {ours}")  # noqa: S608
    assert {name for (name,) in named} == WITH_THE_OWNERS_RIGHTS


def test_nothing_is_seen_without_a_scope():
    seen = {table: rows(f"SELECT count(*) FROM {table}")[0][0] for table in project_tables()}  # noqa: S608
    assert set(seen.values()) == {0}
    with scoped(EVERYTHING):
        there = {t: rows(f"SELECT count(*) FROM {t}")[0][0] for t in ("orgs_unit", "places_site")}  # noqa: S608
        assert there["orgs_unit"] > 0


def test_row_outside_the_scope_cannot_be_inserted(community):
    street = ELSEWHERE // 10**6
    with scoped(community):
        for table in ("places_jurisdiction", "orgs_organisation"):
            columns = "id, area, street, name_zh, name_en"
            values = "gen_random_uuid(), %s, %s, 'x', 'x'"
            if table == "orgs_organisation":
                columns, values = f"{columns}, code, kind", f"{values}, 'X', 'STATION'"
            insert = f"INSERT INTO {table} ({columns}) VALUES ({values})"  # noqa: S608
            assert "row-level security" in refused(insert, ELSEWHERE, street)


def test_row_cannot_be_moved_out_of_the_scope(community):
    move = "UPDATE orgs_organisation SET area = %s, street = %s"
    with scoped(community):
        assert rows("SELECT count(*) FROM orgs_organisation") == [(1,)]
        assert "row-level security" in refused(move, ELSEWHERE, ELSEWHERE // 10**6)


def test_rows_outside_the_scope_cannot_be_changed_or_deleted(community):
    outside = "area NOT BETWEEN 990101001001000 AND 990101001001999"
    kept = f"SELECT id, duty FROM orgs_unit WHERE {outside} ORDER BY id"  # noqa: S608
    hexagons = f"SELECT count(*) FROM places_cell_hexagon WHERE {outside}"  # noqa: S608
    with scoped(EVERYTHING):
        before = rows(kept), rows(hexagons)
    with scoped(community), connection.cursor() as cursor:
        cursor.execute("UPDATE orgs_unit SET duty = 'OFF_DUTY', lon = NULL, lat = NULL")
        cursor.execute("DELETE FROM places_cell_hexagon")
        assert cursor.rowcount > 0
    with scoped(EVERYTHING):
        assert (rows(kept), rows(hexagons)) == before
        assert {duty for _, duty in before[0]} == {"ON_DUTY"}
        assert before[1][0][0] > 0


def test_street_has_to_be_that_of_the_area():
    insert = """
        INSERT INTO places_jurisdiction (id, area, street, name_zh, name_en)
        VALUES (gen_random_uuid(), 990101009000000, 990101008, 'x', 'x')
    """
    with scoped(EVERYTHING):
        assert "places_jurisdiction_street_of_area" in refused(insert)
