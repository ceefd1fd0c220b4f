"""The log as it stands in the database: its last checkpoint, its tiles, its tree."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import psycopg

from anlan.audit.errors import LogDamagedError
from anlan_tlog.merkle import TILE_WIDTH, Frontier, Tree
from anlan_tlog.notes import HASH_BYTES, Checkpoint, Note, NoteError, Verifier

Connection = psycopg.Connection[Any]
_LAST = "SELECT note FROM audit_checkpoint ORDER BY size DESC LIMIT 1"
_TILE = "SELECT hashes FROM audit_tile WHERE level = %s AND index = %s"
_PUT_TILE = """
    INSERT INTO audit_tile (level, index, hashes) VALUES (%s, %s, %s)
    ON CONFLICT (level, index) DO UPDATE SET hashes = excluded.hashes
"""


@dataclass(frozen=True, slots=True)
class Stated:
    """What the log states, and the note that is signed."""

    checkpoint: Checkpoint
    note: Note


def last_stated(connection: Connection, key: Verifier) -> Stated | None:
    """Return the last checkpoint; None before the first.

    Raises `LogDamagedError` where it is unreadable or not signed with `key`.
    """
    row = connection.execute(_LAST).fetchone()
    return stated_by(row[0].encode(), key) if row else None


def stated_by(note: bytes, key: Verifier) -> Stated:
    """Read a checkpoint that has to be signed with `key`; raise `LogDamagedError` if it is not."""
    try:
        found = Note.of_bytes(note)
        checkpoint = Checkpoint.of_text(found.text)
    except NoteError as error:
        raise LogDamagedError(reason=f"its last checkpoint is unreadable ({error})") from error
    if found.signed_by(key) is None or checkpoint.origin != key.name:
        raise LogDamagedError(reason=f"its last checkpoint is not signed by {key.name}")
    return Stated(checkpoint, found)


def hashes_of(connection: Connection, level: int, first: int, count: int) -> Sequence[bytes]:
    """Return hashes of one tile; raise `LogDamagedError` where the tile is cut off or gone."""
    index, start = divmod(first, TILE_WIDTH)
    row = connection.execute(_TILE, [level, index]).fetchone()
    content = bytes(row[0]) if row else b""
    found = [content[at : at + HASH_BYTES] for at in range(0, len(content), HASH_BYTES)]
    wanted = found[start : start + count]
    if len(wanted) < count or len(wanted[-1]) < HASH_BYTES:
        raise LogDamagedError(reason=f"tile {index} of level {level} is cut off or gone")
    return wanted


def tree_of(connection: Connection, size: int) -> Tree:
    """Return the tree over the first `size` entries, as the tiles have it."""
    return Tree(size, lambda level, first, count: hashes_of(connection, level, first, count))


def frontier_of(connection: Connection, stated: Checkpoint | None) -> Frontier:
    """Return what lets the log grow.

    Raises `LogDamagedError` where the tiles do not give the root that was signed.
    """
    if stated is None:
        return Frontier()
    tails: list[list[bytes]] = []
    while (count := stated.size // TILE_WIDTH ** len(tails)) > 0:
        level, width = len(tails), count % TILE_WIDTH
        tails.append(list(hashes_of(connection, level, count - width, width)) if width else [])
    frontier = Frontier(stated.size, tails)
    if frontier.root() != stated.root:
        reason = f"its tiles do not give the root that was signed for {stated.size} entries"
        raise LogDamagedError(reason=reason)
    return frontier


def grow(connection: Connection, frontier: Frontier, leaves: Iterable[bytes]) -> None:
    """Let the log grow by the hashes of new entries, and write the tiles that changed."""
    tiles = {
        (level, frontier.size // TILE_WIDTH ** (level + 1)): bytearray(b"".join(tail))
        for level, tail in enumerate(frontier.tails)
    }
    for leaf in leaves:
        tiles.setdefault((0, frontier.size // TILE_WIDTH), bytearray()).extend(leaf)
        for node in frontier.append(leaf):
            place = (node.level, node.index // TILE_WIDTH)
            tiles.setdefault(place, bytearray()).extend(node.hash)
    changed = [(*place, bytes(content)) for place, content in tiles.items() if content]
    connection.cursor().executemany(_PUT_TILE, changed)
