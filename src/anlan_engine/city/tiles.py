"""Vector tiles, read from the archive inside the pack."""

from functools import lru_cache

import numpy as np
import numpy.typing as npt
from pmtiles.tile import (
    Entry,
    deserialize_directory,
    deserialize_header,
    find_tile,
    zxy_to_tileid,
)

U8 = npt.NDArray[np.uint8]

HEADER_BYTES = 127
DIRECTORY_DEPTH_MAX = 4


class TileArchive:
    """Tiles of an archive that lies in memory.

    Parameters
    ----------
    archive : uint8[bytes]
        PMTiles, version 3.
    """

    def __init__(self, archive: U8) -> None:
        self._archive = archive
        self._header = deserialize_header(self._bytes(0, HEADER_BYTES))
        self._directory = lru_cache(maxsize=256)(self._read_directory)

    @property
    def zooms(self) -> tuple[int, int]:
        """Least and greatest zoom."""
        return self._header["min_zoom"], self._header["max_zoom"]

    def tile(self, z: int, x: int, y: int) -> bytes | None:
        """Give one tile as stored (gzipped Mapbox vector tile); None where there is none."""
        low, high = self.zooms
        if not (low <= z <= high and 0 <= x < 1 << z and 0 <= y < 1 << z):
            return None
        tile_id = zxy_to_tileid(z, x, y)
        offset, length = self._header["root_offset"], self._header["root_length"]
        for _ in range(DIRECTORY_DEPTH_MAX):
            entry = find_tile(self._directory(offset, length), tile_id)
            if entry is None:
                return None
            if entry.run_length:
                return self._bytes(self._header["tile_data_offset"] + entry.offset, entry.length)
            offset = self._header["leaf_directory_offset"] + entry.offset
            length = entry.length
        return None

    def _bytes(self, offset: int, length: int) -> bytes:
        return self._archive[offset : offset + length].tobytes()

    def _read_directory(self, offset: int, length: int) -> list[Entry]:
        directory: list[Entry] = deserialize_directory(self._bytes(offset, length))
        return directory
