"""A small log as it is exported: entries, tiles, rows, one checkpoint; and ways to change it."""

import hashlib
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from anlan_tlog.merkle import Frontier, leaf_hash
from anlan_tlog.notes import LOG, WITNESS, Checkpoint, Note, Signer
from anlan_tlog.tiles import bundle, tiles_of

LOG_KEY = Signer.drawn("city.example/audit", LOG)
WITNESS_KEY = Signer.drawn("court.example/witness", WITNESS)
SALT = bytes(range(16))
AT_S = 1_700_000_000


def content_of(table: str, number: int, version: int = 0) -> str:
    return json.dumps({"id": row_id(number), "text": f"{table} {version}"})


def row_id(number: int) -> str:
    return f"00000000-0000-0000-0000-{number:012d}"


def entry(table: str, number: int, verb: str = "INSERT", version: int = 0) -> bytes:
    """Return an entry that tells of one version of a row."""
    digest = hashlib.sha256(SALT + content_of(table, number, version).encode()).hexdigest()
    said = {"table": table, "row": row_id(number), "verb": verb}
    return json.dumps(said | {"digest": "" if verb == "DELETE" else digest}).encode()


@dataclass
class Exported:
    """What is written: `entries` sealed, `rows` by table, `waiting` not sealed yet."""

    entries: list[bytes]
    rows: dict[str, list[dict[str, str]]]
    waiting: list[dict[str, Any]] = field(default_factory=list)

    def write(self, folder: Path, *, signer: Signer = LOG_KEY, cosigned: bool = True) -> Path:
        """Write everything below `folder` and return it."""
        levels: dict[int | None, list[bytes]] = {0: []}
        frontier = Frontier()
        for one in self.entries:
            levels[0].append(leaf_hash(one))
            for node in frontier.append(levels[0][-1]):
                levels.setdefault(node.level, []).append(node.hash)
        for tile in tiles_of(len(self.entries)):
            part = slice(tile.start, tile.start + tile.width)
            said = self.entries if tile.level is None else levels[tile.level]
            content = bundle(said[part]) if tile.level is None else b"".join(said[part])
            file = folder / tile.path()
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
        (folder / "rows").mkdir(parents=True, exist_ok=True)
        for table, rows in self.rows.items():
            lines = "".join(json.dumps(row) + "\n" for row in rows)
            (folder / "rows" / f"{table}.jsonl").write_text(lines)
        (folder / "waiting.jsonl").write_text("".join(json.dumps(w) + "\n" for w in self.waiting))
        text = Checkpoint(LOG_KEY.name, len(self.entries), frontier.root()).text()
        signatures = [signer.sign(text)]
        signatures += [WITNESS_KEY.sign(text, at_s=AT_S)] if cosigned else []
        (folder / "checkpoint").write_text(str(Note(text, tuple(signatures))))
        return folder


def row(table: str, number: int, version: int = 0) -> dict[str, str]:
    content = content_of(table, number, version)
    return {"row": row_id(number), "salt": SALT.hex(), "content": content}


def a_log(size: int = 300) -> Exported:
    """Return a log whose last entries change one row and delete another."""
    entries = [entry("orgs_unit", number) for number in range(size - 2)]
    entries += [entry("orgs_unit", 1, "UPDATE", 1), entry("orgs_unit", 2, "DELETE")]
    rows = [row("orgs_unit", number, int(number == 1)) for number in range(size - 2)]
    return Exported(entries, {"orgs_unit": [one for one in rows if one["row"] != row_id(2)]})
