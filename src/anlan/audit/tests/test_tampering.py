"""What the superuser changes behind the log is found by the next look, and the row is named."""

import pytest

from anlan.audit import keys
from anlan.audit.errors import LogDamagedError
from anlan.audit.tests.log import SealedLog


def test_edited_row_is_named(tampered_log: SealedLog) -> None:
    tampered_log.do("UPDATE intake_report SET text = 'x' WHERE id = %s", tampered_log.report)
    number = tampered_log.last_entry(tampered_log.report)
    wrong = f"its content is not that of entry {number}"
    assert tampered_log.found() == [f"intake_report {tampered_log.report}: {wrong}"]


def test_deleted_row_is_named(tampered_log: SealedLog) -> None:
    tampered_log.do("DELETE FROM intake_report WHERE id = %s", tampered_log.report)
    number = tampered_log.last_entry(tampered_log.report)
    wrong = f"entry {number} tells of it, and it is gone"
    assert tampered_log.found() == [f"intake_report {tampered_log.report}: {wrong}"]


def test_row_that_was_slipped_in_is_named(tampered_log: SealedLog) -> None:
    slip = "INSERT INTO orgs_organisation (id, area, street, code, kind, name_zh, name_en) "
    slip += "SELECT gen_random_uuid(), area, street, 'SLIPPED', kind, name_zh, name_en "
    slip += "FROM orgs_organisation LIMIT 1 RETURNING id"
    (row,) = tampered_log.do(slip)
    assert tampered_log.found() == [f"orgs_organisation {row['id']}: no entry tells of it"]


def test_edited_entry_is_named(tampered_log: SealedLog) -> None:
    number = tampered_log.last_entry(tampered_log.report)
    edit = "UPDATE audit_entry SET entry = replace(entry, 'CALLS', 'REVIEW') WHERE number = %s"
    tampered_log.do(edit, number)
    wrong = f"entry {number} is not the one that was sealed"
    assert tampered_log.found() == [f"intake_report {tampered_log.report}: {wrong}"]


def test_row_and_its_last_entry_edited_together_are_named(tampered_log: SealedLog) -> None:
    number = tampered_log.last_entry(tampered_log.report)
    tampered_log.do("UPDATE intake_report SET text = 'x' WHERE id = %s", tampered_log.report)
    tampered_log.do(
        "UPDATE audit_entry SET entry = jsonb_set(entry::jsonb, '{digest}', to_jsonb(("
        "SELECT encode(sha256(kept.salt || convert_to(to_jsonb(held)::text, 'UTF8')), 'hex')"
        " FROM intake_report AS held JOIN audit_row AS kept ON kept.row_id = held.id"
        " AND kept.table_name = 'intake_report' WHERE held.id = audit_entry.row_id)))::text"
        " WHERE number = %s",
        number,
    )
    wrong = f"entry {number} is not the one that was sealed"
    assert tampered_log.found() == [f"intake_report {tampered_log.report}: {wrong}"]


def test_exchanged_entries_are_named(tampered_log: SealedLog) -> None:
    number = tampered_log.last_entry(tampered_log.report)
    tampered_log.do("UPDATE audit_entry SET number = 999999 WHERE number = %s", number)
    tampered_log.do("UPDATE audit_entry SET number = %s WHERE number = 0", number)
    tampered_log.do("UPDATE audit_entry SET number = 0 WHERE number = 999999")
    found = tampered_log.found()
    assert f"intake_report {tampered_log.report}: entry 0 is not the one that was sealed" in found
    assert any(f"entry {number} is not the one that was sealed" in line for line in found)


def test_row_deleted_with_all_that_told_of_it_is_found(tampered_log: SealedLog) -> None:
    number = tampered_log.last_entry(tampered_log.report)
    tampered_log.do("DELETE FROM intake_report WHERE id = %s", tampered_log.report)
    tampered_log.do("DELETE FROM audit_row WHERE row_id = %s", tampered_log.report)
    wrong = f"the salt of its entry {number} was taken away"
    assert tampered_log.found() == [f"intake_report {tampered_log.report}: {wrong}"]
    tampered_log.do("DELETE FROM audit_entry WHERE number = %s", number)
    assert f"entry {number} is gone" in tampered_log.found()


def test_truncated_table_is_named_row_by_row(tampered_log: SealedLog) -> None:
    (there,) = tampered_log.do("SELECT count(*) AS n FROM places_grid_cell")
    tampered_log.do("TRUNCATE places_grid_cell CASCADE")
    found = [line for line in tampered_log.found() if line.startswith("places_grid_cell ")]
    assert len(found) == there["n"] == 24
    assert all("tells of it, and it is gone" in line for line in found)


def test_log_cut_back_to_an_earlier_checkpoint_is_found(tampered_log: SealedLog) -> None:
    kept = [
        "audit_entry", "audit_row", "audit_tile", "audit_checkpoint",
    ]  # fmt: skip
    for table in kept:
        tampered_log.do(f"CREATE TABLE old_{table} AS TABLE {table}")
    before = tampered_log.size
    tampered_log.do("SET session_replication_role = origin")
    tampered_log.do("UPDATE orgs_unit SET duty = duty")
    after = tampered_log.seal()
    for table in kept:
        tampered_log.do(f"TRUNCATE {table}")
        tampered_log.do(f"INSERT INTO {table} SELECT * FROM old_{table}")  # noqa: S608
    with pytest.raises(LogDamagedError, match=f"had {after} entries and now states {before}"):
        tampered_log.found()


def test_log_written_anew_with_the_key_is_a_fork(tampered_log: SealedLog) -> None:
    kept, before = keys.kept_file(), tampered_log.size
    there = kept.read_bytes()
    tampered_log.do("TRUNCATE audit_entry, audit_row, audit_tile, audit_checkpoint")
    kept.unlink()
    tampered_log.do("SET session_replication_role = origin")
    for _ in range(12):
        tampered_log.do("UPDATE orgs_unit SET duty = duty")
    assert tampered_log.seal() > before
    kept.write_bytes(there)
    with pytest.raises(LogDamagedError, match=f"first {before} entries are not those"):
        tampered_log.found()


def test_tiles_that_fit_changed_entries_do_not_fit_the_signed_root(tampered_log: SealedLog) -> None:
    hashed = "UPDATE audit_tile SET hashes = sha256(hashes) || substr(hashes, 33) WHERE index = 0"
    tampered_log.do(f"{hashed} AND level = 1")
    assert "tile 0 of level 0 does not give the hash above it" in tampered_log.found()
    tampered_log.do("SET session_replication_role = origin")
    tampered_log.do("UPDATE orgs_unit SET duty = duty")
    with pytest.raises(LogDamagedError, match="do not give the root that was signed"):
        tampered_log.seal()


def test_trigger_that_is_off_is_named(tampered_log: SealedLog) -> None:
    tampered_log.do("ALTER TABLE intake_report DISABLE TRIGGER audit_leaf")
    assert tampered_log.found() == ["intake_report: its trigger is off"]
