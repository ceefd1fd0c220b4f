"""`anlan-verify FOLDER --log KEY`: check an exported audit log offline, from its bytes alone.

It imports nothing of what wrote the log. It checks the log's signature and the witnesses', computes
the tree anew from every entry (RFC 6962) and compares every tile, computes the root that an earlier
checkpoint stated, and hashes the exported rows against the last entry of each.

Exit codes, the first that applies: 0 holds; 1 unreadable; 2 wrong command line; 3 not signed by the
log; 4 entries are not what was signed; 5 not a continuation of what was stated earlier; 6 rows are
not what their entries say; 7 not cosigned by a witness that was asked for.
"""

import argparse
import base64
import hashlib
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

NAMES = ("HOLDS", "UNREADABLE", "", "UNSIGNED", "ENTRIES", "FORKED", "ROWS", "UNWITNESSED")
HOLDS, UNREADABLE, _, UNSIGNED, ENTRIES, FORKED, ROWS, UNWITNESSED = range(len(NAMES))
WIDTH = 256
Last = dict[tuple[str, str], tuple[str, dict[str, Any]]]


class UnreadableError(Exception):
    """What was exported is not of the form that it should have: where, and why."""


@dataclass(frozen=True)
class Checkpoint:
    """What a log states, and the note it stands in."""

    text: str
    lines: list[str]
    origin: str
    size: int
    root: bytes


class Found(dict[int, list[str]]):
    """What was found, by exit code."""

    def add(self, code: int, line: str) -> None:
        self.setdefault(code, []).append(line)


def leaf_hash(entry: bytes) -> bytes:
    return hashlib.sha256(b"\x00" + entry).digest()


def root_of(hashes: list[bytes]) -> bytes:
    """The tree's root: pairs are joined level by level, an odd one at the end goes up as it is."""
    if not hashes:
        return hashlib.sha256().digest()
    while len(hashes) > 1:
        pairs = zip(hashes[::2], hashes[1::2], strict=False)
        joined = [hashlib.sha256(b"\x01" + left + right).digest() for left, right in pairs]
        hashes = joined + hashes[len(joined) * 2 :]
    return hashes[0]


def read_checkpoint(file: Path) -> Checkpoint:
    try:
        whole = file.read_bytes().decode()
        text, blank, below = whole.rpartition("\n\n")
        origin, size, root, *_ = (text + "\n").split("\n")
        found = Checkpoint(
            text + "\n", below.split("\n")[:-1], origin, int(size), base64.b64decode(root)
        )
    except (OSError, ValueError) as error:
        raise UnreadableError(file, "no checkpoint", error) from error
    if not blank or len(found.root) != 32 or str(found.size) != size:
        raise UnreadableError(file, "no checkpoint")
    return found


def signed_by(checkpoint: Checkpoint, vkey: str) -> int | None:
    """The time stated with the signature of this key (0 for a log's), None where none holds."""
    name, key_id, public, kind = read_key(vkey)
    for line in checkpoint.lines:
        parts = line.split(" ")
        if parts[:2] != ["—", name] or len(parts) != 3:
            continue
        try:
            content = base64.b64decode(parts[2], validate=True)
        except ValueError:
            continue
        signature, message, at_s = content[4:], checkpoint.text.encode(), 0
        if kind == 4:  # tlog-cosignature: eight bytes of time before the signature
            at_s, signature = int.from_bytes(signature[:8], "big"), signature[8:]
            message = f"cosignature/v1\ntime {at_s}\n{checkpoint.text}".encode()
        try:
            if content[:4] == key_id:
                Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
                return at_s
        except InvalidSignature:
            continue
    return None


def read_key(vkey: str) -> tuple[str, bytes, bytes, int]:
    """Name, id, public key and kind of signature of a vkey."""
    try:
        name, key_id, key = vkey.strip().split("+", 2)
        content = base64.b64decode(key, validate=True)
    except ValueError as error:
        raise UnreadableError(vkey, "no key") from error
    known = hashlib.sha256(name.encode() + b"\n" + content).digest()[:4]
    if known.hex() != key_id or len(content) != 33 or content[0] not in (1, 4):
        raise UnreadableError(name, "the key does not fit its id")
    return name, known, content[1:], content[0]


def tile_path(folder: Path, level: str, index: int, width: int) -> Path:
    """Where a tile of C2SP tlog-tiles stands."""
    groups = [f"{index % 1000:03d}"]
    while index := index // 1000:
        groups.insert(0, f"x{index % 1000:03d}")
    partial = "" if width == WIDTH else f".p/{width}"
    return folder / "tile" / level / ("/".join(groups) + partial)


def tiles(folder: Path, level: str, count: int, found: Found) -> Iterator[tuple[int, int, bytes]]:
    """The tiles over `count` things: number of the first thing, how many, content."""
    for start in range(0, count, WIDTH):
        width = min(WIDTH, count - start)
        file = tile_path(folder, level, start // WIDTH, width)
        try:
            yield start, width, file.read_bytes()
        except FileNotFoundError:
            found.add(ENTRIES, f"{file}: the tile is gone")
            yield start, width, b""


def read_entries(folder: Path, size: int, found: Found) -> list[bytes]:
    """Every entry of the log in its order; empty ones stand where some are gone."""
    entries: list[bytes] = []
    for start, width, content in tiles(folder, "entries", size, found):
        place, inside = 0, 0
        while place + 2 <= len(content) and inside < width:
            end = place + 2 + int.from_bytes(content[place : place + 2], "big")
            if end > len(content):
                break
            entries.append(content[place + 2 : end])
            place, inside = end, inside + 1
        if inside < width or place != len(content):
            found.add(ENTRIES, f"entries {start + inside} to {start + width - 1} are cut off")
            entries.extend([b""] * (width - inside))
    return entries


def named(entry: bytes) -> str:
    """The row that an entry speaks of."""
    try:
        said = json.loads(entry)
        return f"{said['table']} {said['row']} ({said['verb']})"
    except (ValueError, KeyError, TypeError):
        return "unreadable"


def check_tiles(folder: Path, hashes: list[bytes], entries: list[bytes], found: Found) -> None:
    """Compare the tiles of every level with what the entries give."""
    level = 0
    while hashes:
        for start, width, content in tiles(folder, str(level), len(hashes), found):
            for inside in range(width if content else 0):
                stored = content[inside * 32 : inside * 32 + 32]
                if stored != hashes[start + inside]:
                    what = f"tile level {level}, hash {start + inside}"
                    row = f": {named(entries[start + inside])}" if level == 0 else ""
                    found.add(ENTRIES, f"{what} is not that of the entry{row}")
        full = range(0, len(hashes) - len(hashes) % WIDTH, WIDTH)
        hashes, level = [root_of(hashes[start : start + WIDTH]) for start in full], level + 1


def check_earlier(
    earlier: Path, now: Checkpoint, entries: list[bytes], key: str, found: Found
) -> None:
    """Check that the log goes on from an earlier checkpoint, or from an earlier export."""
    before = read_checkpoint(earlier / "checkpoint" if earlier.is_dir() else earlier)
    if signed_by(before, key) is None or before.origin != now.origin:
        found.add(UNSIGNED, f"{earlier}: not signed by the log")
        return
    if before.size > now.size:
        found.add(FORKED, f"the log had {before.size} entries and now states {now.size}")
    elif root_of([leaf_hash(entry) for entry in entries[: before.size]]) != before.root:
        found.add(FORKED, f"the first {before.size} entries are not those stated earlier")
    if not earlier.is_dir():
        return
    kept = read_entries(earlier, before.size, Found())
    for index, entry in enumerate(kept):
        present = entries[index] if index < len(entries) else b""
        if entry != present:
            found.add(FORKED, f"entry {index} was {named(entry)}, now {named(present)}")


def read_lines(file: Path) -> Iterator[dict[str, Any]]:
    try:
        with file.open(encoding="utf-8") as lines:
            for line in lines:
                yield json.loads(line)
    except (OSError, ValueError) as error:
        raise UnreadableError(file, error) from error


def last_of_rows(entries: list[bytes], folder: Path, found: Found) -> tuple[Last, int]:
    """The last entry of every row, by table and id; how many of all are not sealed yet."""
    last: Last = {}
    for index, entry in enumerate(entries):
        try:
            said = json.loads(entry)
            last[said["table"], said["row"]] = (f"entry {index}", said)
        except (ValueError, KeyError, TypeError):
            found.add(ENTRIES, f"entry {index} is unreadable")
    waiting = list(read_lines(folder / "waiting.jsonl"))
    last |= {(one["table"], one["row"]): ("what waits to be sealed", one) for one in waiting}
    return last, len(waiting)


def wrong_with(row: dict[str, Any], place: str, said: dict[str, Any] | None) -> str:
    """What does not fit between a row and its last entry; empty where all fits."""
    content = bytes.fromhex(row["salt"]) + row["content"].encode()
    if said is None:
        return "no entry tells of this row"
    if said["verb"] == "DELETE":
        return f"{place} says that it was deleted, and it is there"
    held = hashlib.sha256(content).hexdigest() == said["digest"]
    return "" if held else f"its content is not that of {place}"


def check_rows(folder: Path, entries: list[bytes], found: Found) -> tuple[int, int]:
    """Hash every exported row against its last entry; how many rows, how many not sealed yet."""
    last, waiting = last_of_rows(entries, folder, found)
    rows = 0
    for file in sorted((folder / "rows").glob("*.jsonl")):
        for row in read_lines(file):
            rows += 1
            wrong = wrong_with(row, *last.pop((file.stem, row["row"]), ("", None)))
            if wrong:
                found.add(ROWS, f"{file.stem} {row['row']}: {wrong}")
    for (table, row_id), (place, said) in last.items():
        if said["verb"] != "DELETE":
            found.add(ROWS, f"{table} {row_id}: {place} tells of it, and it is gone")
    return rows, waiting


def verify(folder: Path, log: str, witnesses: list[str], earlier: list[Path]) -> Found:
    """Check everything; print what is known, return what was found."""
    found, checkpoint = Found(), read_checkpoint(folder / "checkpoint")
    if signed_by(checkpoint, log) is None or checkpoint.origin != read_key(log)[0]:
        found.add(UNSIGNED, f"{folder / 'checkpoint'}: not signed by the log")
        return found
    for witness in witnesses:
        at_s = signed_by(checkpoint, witness)
        if at_s is None:
            found.add(UNWITNESSED, f"not cosigned by {read_key(witness)[0]}")
        else:
            print(f"cosigned by {read_key(witness)[0]} at Unix time {at_s}")
    entries = read_entries(folder, checkpoint.size, found)
    hashes = [leaf_hash(entry) for entry in entries]
    check_tiles(folder, hashes, entries, found)
    if root_of(hashes) != checkpoint.root:
        found.add(ENTRIES, f"the {checkpoint.size} entries do not give the root that was signed")
    for one in earlier:
        check_earlier(one, checkpoint, entries, log, found)
    with_rows = (folder / "rows").is_dir()
    rows, waiting = check_rows(folder, entries, found) if with_rows else ("no", "some")
    print(f"{checkpoint.origin}: {checkpoint.size} entries, {rows} rows, {waiting} not sealed yet")
    return found


def main(arguments: list[str] | None = None) -> int:
    """Run the program; return its exit code."""
    parser = argparse.ArgumentParser(prog="anlan-verify", description=__doc__)
    parser.add_argument("folder", type=Path, help="what `anlan audit export` wrote")
    parser.add_argument("--log", required=True, help="the log's key, from another source")
    parser.add_argument("--witness", action="append", default=[], help="a witness's key")
    parser.add_argument("--earlier", action="append", default=[], type=Path,
                        help="a checkpoint, or a whole export, that was kept earlier")  # fmt: skip
    given = parser.parse_args(arguments)
    try:
        found = verify(given.folder, given.log, given.witness, given.earlier)
    except (UnreadableError, KeyError, TypeError, AttributeError) as error:
        print("UNREADABLE", *error.args, sep=": ", file=sys.stderr)
        return UNREADABLE
    for code, lines in sorted(found.items()):
        print(*(f"{NAMES[code]}: {line}" for line in lines), sep="\n")
    print(NAMES[min(found, default=HOLDS)])
    return min(found, default=HOLDS)


if __name__ == "__main__":
    sys.exit(main())
