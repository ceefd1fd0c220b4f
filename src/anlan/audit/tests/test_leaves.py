"""Every write of a covered table leaves a leaf, and no leaf holds what was written."""

import hashlib
from datetime import datetime
from uuid import UUID

import psycopg
from tests.database import server
from tests.people import EVERYTHING, make_desk, unit_id

from anlan.audit import coverage
from anlan.audit.covering import cover_tables
from anlan.audit.tests.log import asked, leaves_of
from anlan.kernel.access import system_actor
from anlan.kernel.postgres.secret import OWNER
from anlan.kernel.scope import scoped
from anlan.orgs.models import Unit
from anlan.orgs.services.positions import erase_old_positions

NOBODY = UUID(int=7)
CALL = {"channel": "PHONE", "kind": "FIRE_STRUCTURE", "text": "Smoke", "lon": 24.94, "lat": 60.17}
CONTENT = "SELECT (to_jsonb(one))::text AS content FROM {} AS one WHERE id = %s"
TABLES = """
    SELECT c.relname, bool_or(t.tgname = 'audit_leaf' AND t.tgenabled = 'O') AS told
    FROM pg_class c LEFT JOIN pg_trigger t ON t.tgrelid = c.oid
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') GROUP BY 1
"""


def test_each_table_has_leaves_or_a_reason(committing: str) -> None:
    told = {row["relname"]: bool(row["told"]) for row in asked(committing, TABLES)}
    assert {table for table, has in told.items() if has} == set(filter(coverage.covered, told))
    assert coverage.LEFT_OUT.keys() <= told.keys()
    assert coverage.LEFT_OUT_COLUMNS.keys() <= told.keys()
    assert all(coverage.LEFT_OUT.values())


def test_leaf_says_who_wrote_what_row_and_commits_to_its_content(committing: str) -> None:
    taker = make_desk("CALL_TAKER")
    said = taker.post("reports", CALL).json()
    (leaf,) = leaves_of(committing, said["id"])
    content = asked(committing, CONTENT.format("intake_report"), [said["id"]])[0]["content"]
    assert taker.account is not None
    assert (leaf["table_name"], leaf["verb"]) == ("intake_report", "INSERT")
    assert (leaf["actor"], leaf["purpose"]) == (str(taker.account.id), "CALLS")
    assert leaf["organisation"] == str(taker.account.organisation_id)
    assert leaf["digest"] == hashlib.sha256(leaf["salt"] + content.encode()).hexdigest()
    assert "Smoke" in content
    assert "Smoke" not in str(leaf)


def test_same_content_twice_has_two_digests(committing: str) -> None:
    unit = str(unit_id("P01"))
    for _ in range(2):
        asked(committing, "UPDATE orgs_unit SET duty = duty WHERE id = %s", [unit])
    first, second = leaves_of(committing, unit)[-2:]
    assert first["verb"] == second["verb"] == "UPDATE"
    assert first["digest"] != second["digest"]


def test_superuser_who_writes_by_hand_is_named(committing: str) -> None:
    unit = str(unit_id("P01"))
    asked(committing, "UPDATE orgs_unit SET duty_reason = 'x' WHERE id = %s", [unit])
    assert leaves_of(committing, unit)[-1]["actor"] == "role:postgres"


def test_outermost_actor_is_the_one_who_acts(committing: str) -> None:
    unit = unit_id("P01")
    with scoped(system_actor("outside")), scoped(EVERYTHING):
        Unit.objects.filter(pk=unit).update(duty_reason="x")
    assert leaves_of(committing, unit)[-1]["actor"] == "system:outside"


def test_where_units_are_leaves_nothing(committing: str, at: datetime) -> None:
    unit = unit_id("P01")
    before = leaves_of(committing, unit)
    with scoped(EVERYTHING):
        Unit.objects.filter(pk=unit).update(lon=24.9, lat=60.1, positioned_at=at)
    erase_old_positions(at.replace(year=at.year + 1))
    assert leaves_of(committing, unit) == before


def test_deleted_row_leaves_its_deletion_and_no_digest(committing: str) -> None:
    asked(committing, "DELETE FROM places_jurisdiction WHERE area = 990101000000000")
    (leaf,) = asked(committing, "SELECT * FROM audit_leaf WHERE verb = 'DELETE'")
    assert (leaf["table_name"], leaf["digest"], leaf["salt"]) == ("places_jurisdiction", "", None)


def test_table_whose_columns_change_is_stated_again(committing: str) -> None:
    cities = "SELECT count(*) AS n FROM orgs_organisation"
    with psycopg.connect(server().connection(OWNER, database=committing).conninfo()) as owner:
        owner.execute("DELETE FROM audit_leaf")
        cover_tables(owner.cursor())
        assert owner.execute("SELECT FROM audit_leaf").rowcount == 0
        owner.execute("ALTER TABLE orgs_organisation ADD COLUMN motto text NOT NULL DEFAULT 'x'")
        cover_tables(owner.cursor())
    leaves = asked(committing, "SELECT table_name, verb, actor FROM audit_leaf")
    stated = {"table_name": "orgs_organisation", "verb": "RESTATE", "actor": "role:anlan_owner"}
    assert leaves == [stated] * asked(committing, cities)[0]["n"]


def test_new_table_is_covered_without_a_word(committing: str) -> None:
    with psycopg.connect(server().connection(OWNER, database=committing).conninfo()) as owner:
        owner.execute("CREATE TABLE fresh (id uuid PRIMARY KEY)")
        cover_tables(owner.cursor())
        owner.execute("INSERT INTO fresh VALUES (%s)", [NOBODY])
    assert [leaf["table_name"] for leaf in leaves_of(committing, NOBODY)] == ["fresh"]
