"""What an auditor reads: by table and row, with proofs, and nothing by person."""

import base64
import json
from pathlib import Path

import pytest
from tests.people import Desk, make_desk

from anlan.audit.tests.log import SealedLog
from anlan_tlog.merkle import inclusion_holds, leaf_hash
from anlan_tlog.notes import Checkpoint, Note

DESCRIPTION = Path(__file__).resolve().parents[4] / "api" / "openapi.json"


@pytest.fixture
def auditor(shared_log: SealedLog) -> Desk:
    return make_desk("AUDITOR")


def test_entries_of_a_row_are_all_that_was_done_to_it(shared_log: SealedLog, auditor: Desk) -> None:
    shared_log.seal()
    number = shared_log.last_entry(shared_log.report)
    asked = {"table": "intake_report", "row": shared_log.report}
    page = auditor.get("audit/entries", **asked).json()
    assert [one["number"] for one in page["items"]][-1] == number
    said = json.loads(page["items"][-1]["text"])
    assert (said["table"], said["row"]) == ("intake_report", shared_log.report)
    assert page["next"] is None
    other = auditor.get("audit/entries", table="orgs_unit", row=shared_log.report).json()
    assert other == {"items": [], "next": None}


def test_pages_hold_every_entry_of_a_table_once(shared_log: SealedLog, auditor: Desk) -> None:
    size, after, numbers = shared_log.seal(), "", []
    while after is not None:
        page = auditor.get("audit/entries", table="orgs_unit", after=after, limit=100).json()
        numbers += [one["number"] for one in page["items"]]
        after = page["next"]
    kept = "SELECT number FROM audit_entry WHERE table_name = 'orgs_unit' ORDER BY number"
    assert numbers == [row["number"] for row in shared_log.do(kept)]
    assert 256 < len(numbers) < size
    assert len(auditor.get("audit/entries", limit=200).json()["items"]) == 200


def test_proof_of_a_row_leads_to_the_signed_root(shared_log: SealedLog, auditor: Desk) -> None:
    shared_log.seal()
    proof = auditor.get("audit/inclusion", table="intake_report", row=shared_log.report).json()
    stated = Checkpoint.of_text(Note.of_bytes(proof["note"].encode()).text)
    path = [base64.b64decode(step) for step in proof["path"]]
    leaf = leaf_hash(proof["text"].encode())
    assert stated.size == proof["size"] == shared_log.size
    assert inclusion_holds(proof["number"], stated.size, leaf, path, stated.root)
    assert not inclusion_holds(proof["number"] - 1, stated.size, leaf, path, stated.root)


def test_tiles_are_those_of_the_log(shared_log: SealedLog, auditor: Desk) -> None:
    shared_log.seal()

    def tile(path: str) -> bytes:
        return bytes(auditor.get(f"audit/tile?tile=tile/{path}").content)

    kept = "SELECT hashes FROM audit_tile WHERE level = 0 ORDER BY index"
    first, second, *_ = (bytes(row["hashes"]) for row in shared_log.do(kept))
    assert tile("0/000") == first
    assert tile("0/001.p/1") == second[:32]
    entries = tile("entries/000")
    assert leaf_hash(entries[2 : 2 + int.from_bytes(entries[:2], "big")]) == first[:32]
    for path in ("tile/0/999", "tile/3/000", "tile/0/../000", "x"):
        reply = auditor.get(f"audit/tile?tile={path}")
        assert (reply.status_code, reply.json()["code"]) == (404, "audit.unknown_tile")


def test_standing_says_what_waits(shared_log: SealedLog, auditor: Desk) -> None:
    size = shared_log.seal()
    shared_log.call()
    now = auditor.get("audit/standing").json()
    assert (now["size"], now["waiting"], now["witnesses"]) == (size, 3, [])
    assert Checkpoint.of_text(Note.of_bytes(now["note"].encode()).text).size == size


@pytest.mark.parametrize("path", ["standing", "entries", "tile?tile=x"])
def test_nobody_else_reads_the_log(shared_log: SealedLog, path: str) -> None:
    for role in ("SUPERVISOR", "ADMINISTRATOR"):
        assert make_desk(role).get(f"audit/{path}").status_code == 403
    assert make_desk(None).get(f"audit/{path}").status_code == 401


def test_auditor_reads_no_row(auditor: Desk) -> None:
    for path in ("incidents", "cases", "units", "reports"):
        assert auditor.get(path).status_code in {403, 404, 405}


def test_nothing_lists_what_one_person_did() -> None:
    paths = json.loads(DESCRIPTION.read_text())["paths"]
    ours = [path["get"] for name, path in paths.items() if name.startswith("/api/v1/audit/")]
    taken = {one["name"] for operation in ours for one in operation.get("parameters", ())}
    assert len(ours) == 4
    assert taken == {"table", "row", "after", "limit", "tile"}
