"""The tree of a log: hashes as in RFC 6962, kept and read by tiles of 256, proofs and their checks.

A tile level is eight levels of the tree: hash `i` of level `l` covers the entries from
``i * 256**l`` up to, without, ``(i + 1) * 256**l``.
"""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

TILE_WIDTH = 256
EMPTY_ROOT = hashlib.sha256().digest()


def leaf_hash(entry: bytes) -> bytes:
    """Return the hash of an entry (RFC 6962, 2.1)."""
    return hashlib.sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of two subtrees that stand side by side."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def folded(hashes: Sequence[bytes]) -> bytes:
    """Return the hash over a power of two of hashes of one level."""
    while len(hashes) > 1:
        pairs = zip(hashes[::2], hashes[1::2], strict=True)
        hashes = [node_hash(left, right) for left, right in pairs]
    return hashes[0]


def _largest_power_below(width: int) -> int:
    """Return the largest power of two that is smaller than `width`, which is at least 2."""
    return 1 << ((width - 1).bit_length() - 1)


@dataclass(frozen=True, slots=True)
class Node:
    """One hash above the leaves that a full tile below it gave."""

    level: int
    index: int
    hash: bytes


@dataclass
class Frontier:
    """What is needed of a tree to let it grow: the hashes of each level outside of full tiles.

    `tails[l]` holds the last ``size // 256**l % 256`` hashes of level `l`.
    """

    size: int = 0
    tails: list[list[bytes]] = field(default_factory=list)

    def append(self, leaf: bytes) -> list[Node]:
        """Add a leaf's hash; return the hashes above it that are now known."""
        self.size += 1
        made: list[Node] = []
        carried, level = leaf, 0
        while True:
            if level == len(self.tails):
                self.tails.append([])
            tail = self.tails[level]
            tail.append(carried)
            if len(tail) < TILE_WIDTH:
                return made
            carried, self.tails[level] = folded(tail), []
            level += 1
            made.append(Node(level, self.size // TILE_WIDTH**level - 1, carried))

    def root(self) -> bytes:
        """Return the hash of the whole tree."""
        pieces: list[bytes] = []
        for tail in reversed(self.tails):
            start = 0
            for bit in range(TILE_WIDTH.bit_length() - 1, -1, -1):
                if len(tail) >> bit & 1:
                    pieces.append(folded(tail[start : start + (1 << bit)]))
                    start += 1 << bit
        if not pieces:
            return EMPTY_ROOT
        whole = pieces.pop()
        while pieces:
            whole = node_hash(pieces.pop(), whole)
        return whole


@dataclass(frozen=True, slots=True)
class Tree:
    """A tree of `size` entries whose hashes are read as they are needed.

    `read(level, first, count)` returns that many hashes of a tile level, from number `first`.
    """

    size: int
    read: Callable[[int, int, int], Sequence[bytes]]

    def over(self, start: int, end: int) -> bytes:
        """Return the hash over the entries from `start` up to, without, `end`."""
        width = end - start
        if width == 0:
            return EMPTY_ROOT
        if width & (width - 1) == 0 and start % width == 0:
            level = (width.bit_length() - 1) // 8
            unit = TILE_WIDTH**level
            return folded(self.read(level, start // unit, width // unit))
        middle = start + _largest_power_below(width)
        return node_hash(self.over(start, middle), self.over(middle, end))

    def root(self) -> bytes:
        """Return the hash of the whole tree."""
        return self.over(0, self.size)

    def inclusion_proof(self, index: int) -> list[bytes]:
        """Return the path from entry `index` to the root (RFC 6962, 2.1.1)."""
        path: list[bytes] = []
        start, end = 0, self.size
        while end - start > 1:
            middle = start + _largest_power_below(end - start)
            if index < middle:
                path.append(self.over(middle, end))
                end = middle
            else:
                path.append(self.over(start, middle))
                start = middle
        return path[::-1]

    def consistency_proof(self, old: int) -> list[bytes]:
        """Return the proof that this tree goes on from the one of `old` entries (2.1.2)."""
        if old in (0, self.size):
            return []
        proof: list[bytes] = []
        start, end, whole = 0, self.size, True
        while old != end:
            middle = start + _largest_power_below(end - start)
            if old <= middle:
                proof.append(self.over(middle, end))
                end = middle
            else:
                proof.append(self.over(start, middle))
                start, whole = middle, False
        if not whole:
            proof.append(self.over(start, end))
        return proof[::-1]


def _sides(place: int, last: int, count: int) -> list[bool] | None:
    """Say of each of `count` steps up from `place` whether its hash stands on the left.

    `last` is the highest place of the same level. None if the way up has another length.
    """
    sides: list[bool] = []
    for _ in range(count):
        if last == 0:
            return None
        left = place & 1 == 1 or place == last
        sides.append(left)
        while left and not place & 1 and place:
            place, last = place >> 1, last >> 1
        place, last = place >> 1, last >> 1
    return sides if last == 0 else None


def inclusion_holds(
    index: int, size: int, leaf: bytes, proof: Sequence[bytes], root: bytes
) -> bool:
    """Say whether `leaf` is entry `index` of the tree with this root (RFC 9162, 2.1.3.2)."""
    sides = _sides(index, size - 1, len(proof)) if 0 <= index < size else None
    if sides is None:
        return False
    whole = leaf
    for left, step in zip(sides, proof, strict=True):
        whole = node_hash(step, whole) if left else node_hash(whole, step)
    return whole == root


def consistency_holds(
    old: int, new: int, proof: Sequence[bytes], old_root: bytes, new_root: bytes
) -> bool:
    """Say whether the tree of `new` entries goes on from that of `old` (RFC 9162, 2.1.4.2).

    Every tree goes on from the empty one; a proof of that is empty.
    """
    if not 0 < old < new:
        nothing = old == 0 and old_root == EMPTY_ROOT
        return not proof and (nothing if old < new else old == new and old_root == new_root)
    path = list(proof) if old & (old - 1) else [old_root, *proof]
    place, last = old - 1, new - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    sides = _sides(place, last, len(path) - 1)
    if sides is None or not path:
        return False
    first = second = path[0]
    for left, step in zip(sides, path[1:], strict=True):
        first = node_hash(step, first) if left else first
        second = node_hash(step, second) if left else node_hash(second, step)
    return first == old_root and second == new_root
