"""An export stands by itself: a program that knows nothing of us checks it, and its witnesses."""

import json
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from anlan.audit import keys
from anlan.audit.errors import WitnessesError
from anlan.audit.exporting import export
from anlan.audit.standing import standing_of
from anlan.audit.tests.log import SealedLog, asked, superuser
from anlan.audit.witnesses import ask_all, witnesses
from anlan_tlog.command import server
from anlan_tlog.notes import WITNESS, Signer
from anlan_tlog.witness import Witness
from anlan_verify.verify import ENTRIES, HOLDS, ROWS, UNWITNESSED, main

COURT = Signer.drawn("court.example/witness", WITNESS)
CONTACT = {"name": "A caller", "telephone": "+358 40 1234567"}


def exported(log: SealedLog, folder: Path, *, with_rows: bool = True) -> Path:
    with superuser(log.name) as connection:
        export(connection, keys.read_key().verifier, folder, with_rows=with_rows)
    return folder


def verified(folder: Path, *more: str) -> int:
    return main([str(folder), "--log", str(keys.read_key().verifier), *more])


@pytest.fixture
def court(shared_log: SealedLog, tmp_path: Path) -> Iterator[str]:
    """A witness of another department, at work; its address."""
    log = keys.read_key().verifier
    with server(Witness(COURT, [log], tmp_path), "127.0.0.1", 0) as listening:
        thread = threading.Thread(target=listening.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{listening.server_port}"
        listening.shutdown()
        thread.join()


def named(url: str) -> None:
    """Let the log have the court's witness, at `url`."""
    (keys.folder() / "witnesses").write_text(f"# the court\n{url} {COURT.verifier}\n")
    assert [witness.url for witness in witnesses()] == [url]


def test_export_holds_before_a_program_of_others(shared_log: SealedLog, tmp_path: Path) -> None:
    shared_log.call()
    assert verified(exported(shared_log, tmp_path / "all")) == HOLDS
    bare = exported(shared_log, tmp_path / "bare", with_rows=False)
    assert verified(bare) == HOLDS
    assert not (bare / "rows").exists()


def test_erased_contact_breaks_no_proof_and_leaves_nothing(
    shared_log: SealedLog, tmp_path: Path
) -> None:
    shared_log.call(contact=CONTACT)
    shared_log.seal()
    exported(shared_log, tmp_path / "before")
    (row,) = asked(shared_log.name, "DELETE FROM intake_contact RETURNING id")
    shared_log.seal()
    after = exported(shared_log, tmp_path / "after")
    assert verified(after, "--earlier", str(tmp_path / "before")) == HOLDS
    kept = "SELECT FROM audit_row WHERE row_id = %s"
    assert asked(shared_log.name, kept, [row["id"]]) == []
    assert (after / "rows" / "intake_contact.jsonl").read_text() == ""


def test_row_changed_behind_the_log_is_named_by_the_program(
    shared_log: SealedLog, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = exported(shared_log, tmp_path / "all")
    file = folder / "rows" / "orgs_unit.jsonl"
    rows = [json.loads(line) for line in file.read_text().splitlines()]
    rows[3]["content"] = rows[3]["content"].replace("ON_DUTY", "OFF_DUTY")
    file.write_text("".join(json.dumps(row) + "\n" for row in rows))
    assert verified(folder) == ROWS
    assert f"orgs_unit {rows[3]['row']}: its content is not that of" in capsys.readouterr().out
    tile = folder / "tile" / "entries" / "000"
    tile.write_bytes(tile.read_bytes()[:-1])
    assert verified(folder) == ENTRIES


def test_witness_cosigns_and_goes_on_after_a_day_away(
    shared_log: SealedLog, court: str, tmp_path: Path
) -> None:
    connection, key = shared_log.connection, keys.read_key()
    named(court)
    assert (ask_all(connection, key), ask_all(connection, key)) == (1, 0)
    first = shared_log.size
    named("http://127.0.0.1:1")
    shared_log.call()
    behind = shared_log.seal()
    assert ask_all(connection, key) == 0
    (standing,) = standing_of(connection).witnesses
    assert (standing.size, behind - first) == (first, 3)
    assert "refused" in standing.wrong
    old = exported(shared_log, tmp_path / "old")
    assert verified(old, "--witness", str(COURT.verifier)) == HOLDS
    named(court)
    assert ask_all(connection, key) == 1
    (standing,) = standing_of(connection).witnesses
    assert (standing.size, standing.wrong) == (behind, "")
    new = exported(shared_log, tmp_path / "new")
    assert verified(new, "--witness", str(COURT.verifier), "--earlier", str(old)) == HOLDS


def test_export_without_a_cosignature_says_so(shared_log: SealedLog, tmp_path: Path) -> None:
    asked(shared_log.name, "DELETE FROM audit_witness")
    folder = exported(shared_log, tmp_path / "all", with_rows=False)
    assert verified(folder, "--witness", str(COURT.verifier)) == UNWITNESSED


def test_witness_that_remembers_another_size_is_answered(shared_log: SealedLog, court: str) -> None:
    connection, key = shared_log.connection, keys.read_key()
    named(court)
    assert ask_all(connection, key) == 1
    asked(shared_log.name, "UPDATE audit_witness SET size = 1, line = ''")
    shared_log.call()
    shared_log.seal()
    assert ask_all(connection, key) == 1


@pytest.mark.parametrize("line", ["ftp://court.example x", "http://court.example", "x"])
def test_line_that_names_no_witness_is_refused(shared_log: SealedLog, line: str) -> None:
    (keys.folder() / "witnesses").write_text(f"{line}\n")
    with pytest.raises(WitnessesError):
        witnesses()
