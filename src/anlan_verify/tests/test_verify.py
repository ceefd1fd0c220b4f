"""The verifier finds every change to what was exported, and names the row."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from anlan_tlog.notes import LOG, Signer
from anlan_verify.tests.exported import (
    AT_S,
    LOG_KEY,
    WITNESS_KEY,
    Exported,
    a_log,
    entry,
    row,
    row_id,
)
from anlan_verify.verify import main

HOLDS, UNREADABLE, UNSIGNED, ENTRIES, FORKED, ROWS, UNWITNESSED = 0, 1, 3, 4, 5, 6, 7
SOURCE = Path(__file__).parents[1] / "verify.py"


def run(capsys: pytest.CaptureFixture, folder: Path, *more: str) -> tuple[int, str]:
    code = main([str(folder), "--log", str(LOG_KEY.verifier), *more])
    said = capsys.readouterr()
    return code, said.out + said.err


@pytest.mark.parametrize("size", [5, 255, 256, 300, 66_000])
def test_an_honest_log_holds(tmp_path, capsys, size):
    code, said = run(capsys, a_log(size).write(tmp_path), "--witness", str(WITNESS_KEY.verifier))
    assert code == HOLDS, said
    assert f"{size} entries, {size - 3} rows, 0 not sealed yet" in said
    assert f"cosigned by court.example/witness at Unix time {AT_S}" in said


def test_a_row_that_was_edited_is_named(tmp_path, capsys):
    log = a_log()
    log.rows["orgs_unit"][7]["content"] = '{"edited": true}'
    code, said = run(capsys, log.write(tmp_path))
    number = row_id(8)  # the row before it was deleted
    assert (code, f"ROWS: orgs_unit {number}: its content is not that of entry 8" in said) == (
        ROWS,
        True,
    )


def test_an_old_version_that_was_put_back_is_named(tmp_path, capsys):
    log = a_log()
    log.rows["orgs_unit"][1] = row("orgs_unit", 1, 0)
    code, said = run(capsys, log.write(tmp_path))
    assert code == ROWS
    assert f"orgs_unit {row_id(1)}: its content is not that of entry 298" in said


def test_a_row_that_is_gone_is_named(tmp_path, capsys):
    log = a_log()
    del log.rows["orgs_unit"][7]
    code, said = run(capsys, log.write(tmp_path))
    assert (code, f"orgs_unit {row_id(8)}: entry 8 tells of it, and it is gone" in said) == (
        ROWS,
        True,
    )


def test_a_row_that_nobody_wrote_or_that_came_back_is_named(tmp_path, capsys):
    log = a_log()
    log.rows["orgs_unit"] += [row("orgs_unit", 999), row("orgs_unit", 2)]
    code, said = run(capsys, log.write(tmp_path))
    assert code == ROWS
    assert f"orgs_unit {row_id(999)}: no entry tells of this row" in said
    assert f"orgs_unit {row_id(2)}: entry 299 says that it was deleted, and it is there" in said


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (lambda e: e.__setitem__(5, entry("orgs_unit", 5, version=9)), row_id(5)),
        (lambda e: e.__setitem__(slice(4, 6), e[5:3:-1]), row_id(4)),
        (lambda e: e.__delitem__(5), row_id(6)),
        (lambda e: e.insert(5, entry("orgs_unit", 777)), row_id(777)),
    ],
)
def test_entries_that_were_changed_under_their_tiles_are_named(tmp_path, capsys, change, named):
    honest, other = a_log().write(tmp_path / "a"), a_log()
    change(other.entries)
    forged = other.write(tmp_path / "b")
    for file in (forged / "tile" / "entries").rglob("*"):
        honest_file = honest / file.relative_to(forged)
        if file.is_file() and honest_file.exists():
            honest_file.write_bytes(file.read_bytes())
    code, said = run(capsys, honest)
    assert code == ENTRIES
    assert f"is not that of the entry: orgs_unit {named}" in said
    assert "do not give the root that was signed" in said


def test_entries_that_were_cut_off_are_counted(tmp_path, capsys):
    folder = a_log().write(tmp_path)
    last = folder / "tile/entries/001.p/44"
    last.write_bytes(last.read_bytes()[:-3])
    code, said = run(capsys, folder)
    assert (code, "ENTRIES: entries 299 to 299 are cut off" in said) == (ENTRIES, True)
    last.unlink()
    code, said = run(capsys, folder)
    assert (code, "001.p/44: the tile is gone" in said) == (ENTRIES, True)
    assert "entries 256 to 299 are cut off" in said


def test_a_tile_of_another_level_that_was_changed_is_found(tmp_path, capsys):
    folder = a_log().write(tmp_path)
    (folder / "tile/1/000.p/1").write_bytes(bytes(32))
    code, said = run(capsys, folder)
    assert (code, "tile level 1, hash 0 is not that of the entry" in said) == (ENTRIES, True)


def test_a_log_that_was_written_anew_is_a_fork_and_its_row_is_named(tmp_path, capsys):
    earlier, later = a_log(290), a_log(290)
    earlier.write(tmp_path / "earlier")
    later.entries[5] = entry("orgs_unit", 5, version=9)
    later.rows["orgs_unit"][4] = row("orgs_unit", 5, 9)
    later.write(tmp_path / "later")
    assert run(capsys, tmp_path / "later")[0] == HOLDS  # by itself it is a log like any other
    note = str(tmp_path / "earlier" / "checkpoint")
    code, said = run(capsys, tmp_path / "later", "--earlier", note)
    assert (code, "the first 290 entries are not those stated earlier" in said) == (FORKED, True)
    code, said = run(capsys, tmp_path / "later", "--earlier", str(tmp_path / "earlier"))
    assert code == FORKED
    named = f"orgs_unit {row_id(5)} (INSERT)"
    assert f"entry 5 was {named}, now {named}" in said


def test_a_log_that_was_cut_back_is_a_fork(tmp_path, capsys):
    a_log(300).write(tmp_path / "earlier")
    shorter = a_log(300)
    last = shorter.entries.pop()
    shorter.rows["orgs_unit"].append(row("orgs_unit", 2))
    shorter.write(tmp_path / "later")
    code, said = run(capsys, tmp_path / "later", "--earlier", str(tmp_path / "earlier"))
    assert (code, "the log had 300 entries and now states 299" in said) == (FORKED, True)
    assert json.loads(last)["verb"] == "DELETE"
    assert f"entry 299 was orgs_unit {row_id(2)} (DELETE), now unreadable" in said


def test_a_log_that_goes_on_holds_against_what_was_kept(tmp_path, capsys):
    log = a_log(300)
    log.write(tmp_path / "earlier")
    log.entries.append(entry("orgs_unit", 1000))
    log.rows["orgs_unit"].append(row("orgs_unit", 1000))
    log.write(tmp_path / "later")
    assert run(capsys, tmp_path / "later", "--earlier", str(tmp_path / "earlier"))[0] == HOLDS


def test_another_key_signs_nothing(tmp_path, capsys):
    stranger = Signer.drawn(LOG_KEY.name, LOG)
    code, said = run(capsys, a_log().write(tmp_path, signer=stranger))
    assert (code, "not signed by the log" in said) == (UNSIGNED, True)


def test_a_changed_checkpoint_is_not_signed(tmp_path, capsys):
    folder = a_log().write(tmp_path)
    note = folder / "checkpoint"
    note.write_text(note.read_text().replace("\n300\n", "\n299\n"))
    assert run(capsys, folder)[0] == UNSIGNED


def test_a_missing_witness_is_said(tmp_path, capsys):
    folder = a_log().write(tmp_path, cosigned=False)
    assert run(capsys, folder)[0] == HOLDS
    code, said = run(capsys, folder, "--witness", str(WITNESS_KEY.verifier))
    assert (code, "not cosigned by court.example/witness" in said) == (UNWITNESSED, True)


def test_what_waits_to_be_sealed_counts_as_the_last_word(tmp_path, capsys):
    log = a_log()
    log.rows["orgs_unit"][7] = row("orgs_unit", 8, 1)
    log.waiting = [json.loads(entry("orgs_unit", 8, "UPDATE", 1))]
    code, said = run(capsys, log.write(tmp_path))
    assert (code, "1 not sealed yet" in said) == (HOLDS, True)
    log.rows["orgs_unit"][7] = row("orgs_unit", 8, 2)
    code, said = run(capsys, log.write(tmp_path))
    assert (code, "its content is not that of what waits to be sealed" in said) == (ROWS, True)


def test_erasing_what_opens_an_entry_breaks_no_proof(tmp_path, capsys):
    log = a_log()
    log.entries.append(entry("orgs_unit", 8, "DELETE"))
    del log.rows["orgs_unit"][7]  # with its salt, which stood nowhere else
    assert run(capsys, log.write(tmp_path))[0] == HOLDS


@pytest.mark.parametrize("gone", ["checkpoint", "waiting.jsonl"])
def test_what_cannot_be_read_is_said(tmp_path, capsys, gone):
    folder = a_log(5).write(tmp_path)
    (folder / gone).unlink()
    code, said = run(capsys, folder)
    assert (code, f"UNREADABLE: {folder / gone}" in said) == (UNREADABLE, True)


def test_a_key_that_is_none_is_said(tmp_path, capsys):
    folder = a_log(5).write(tmp_path)
    assert main([str(folder), "--log", "city.example/audit+00000000+AAAA"]) == UNREADABLE
    assert "UNREADABLE" in capsys.readouterr().err


def test_an_empty_log_holds(tmp_path, capsys):
    assert run(capsys, Exported([], {}).write(tmp_path))[0] == HOLDS


def test_the_program_is_one_short_file_that_knows_nothing_of_ours(tmp_path):
    assert len(SOURCE.read_text(encoding="utf-8").splitlines()) <= 300
    alone = tmp_path / "verify.py"
    alone.write_bytes(SOURCE.read_bytes())
    folder = a_log(300).write(tmp_path / "log")
    called = [sys.executable, "-I", str(alone), str(folder), "--log", str(LOG_KEY.verifier)]
    done = subprocess.run(called, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert (done.returncode, done.stdout.splitlines()[-1]) == (HOLDS, "HOLDS"), done.stderr
    wrong = subprocess.run(called[:-2], capture_output=True, text=True, check=False)
    assert wrong.returncode == 2
