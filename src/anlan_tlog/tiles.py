"""Where the tiles of a log are kept and what stands in them (C2SP tlog-tiles)."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Self

from anlan_tlog.merkle import TILE_WIDTH

ENTRY_LIMIT_BYTES = 0xFFFF
ENTRIES = "entries"
LEVELS = 8  # of tiles: 256**8 entries are more than a log can have
_PATH = re.compile(r"(entries|[0-7])/((?:x[0-9]{3}/){0,5}[0-9]{3})(?:\.p/([1-9][0-9]{0,2}))?")


@dataclass(frozen=True, slots=True)
class Tile:
    """A tile: `width` hashes of `level`, or for level None entries, from ``index * 256`` on."""

    level: int | None
    index: int
    width: int = TILE_WIDTH

    @property
    def start(self) -> int:
        """The number of its first hash or entry."""
        return self.index * TILE_WIDTH

    def path(self) -> str:
        """Return its path below the log's address, such as ``tile/0/x001/234.p/7``."""
        groups = [f"{self.index % 1000:03d}"]
        rest = self.index // 1000
        while rest:
            groups.insert(0, f"x{rest % 1000:03d}")
            rest //= 1000
        level = ENTRIES if self.level is None else str(self.level)
        partial = "" if self.width == TILE_WIDTH else f".p/{self.width}"
        return f"tile/{level}/{'/'.join(groups)}{partial}"

    @classmethod
    def of_path(cls, path: str) -> Self | None:
        """Read what stands after ``tile/``; None where no tile has that path."""
        found = _PATH.fullmatch(path)
        if found is None:
            return None
        level, number, width = found.groups()
        index = int(number.replace("x", "").replace("/", ""))
        made = cls(None if level == ENTRIES else int(level), index, int(width or TILE_WIDTH))
        fits = made.width < TILE_WIDTH or width is None
        return made if fits and made.path() == f"tile/{path}" else None


def tiles_of(size: int) -> Iterator[Tile]:
    """Yield every tile of a log of `size` entries: hashes of each level, then the entries."""
    for level in (*range(LEVELS), None):
        count = size // TILE_WIDTH ** (level or 0)
        full, width = divmod(count, TILE_WIDTH)
        yield from (Tile(level, index) for index in range(full))
        if width:
            yield Tile(level, full, width)


def bundle(entries: Iterable[bytes]) -> bytes:
    """Return entries as one bundle: each after its length in two bytes."""
    return b"".join(len(entry).to_bytes(2, "big") + entry for entry in entries)
