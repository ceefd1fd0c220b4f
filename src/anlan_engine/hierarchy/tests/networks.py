"""Random directed graphs and the oracle: SciPy's Dijkstra."""

import gzip
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra


class Network(NamedTuple):
    """A directed graph by rows, with coordinates."""

    first: npt.NDArray[np.int32]
    head: npt.NDArray[np.int32]
    weights: npt.NDArray[Any]
    x: npt.NDArray[np.float64]
    y: npt.NDArray[np.float64]

    @property
    def tail(self) -> npt.NDArray[np.int64]:
        """Tail of every arc."""
        return np.repeat(np.arange(len(self.x)), np.diff(self.first))


def by_rows(tail: Any, head: Any, weights: Any, x: Any, y: Any) -> Network:
    """Sort arcs into rows; parallel arcs stay in their order."""
    order = np.argsort(tail, kind="stable")
    first = np.searchsorted(np.asarray(tail)[order], np.arange(len(x) + 1))
    return Network(
        first.astype(np.int32),
        np.asarray(head, np.int32)[order],
        np.asarray(weights)[order],
        np.asarray(x, np.float64),
        np.asarray(y, np.float64),
    )


def random_network(
    rng: np.random.Generator, count: int, arcs: int, *, dtype: Any = np.int32, most: int = 20
) -> Network:
    """Anything goes: loops, parallel arcs, weights of nothing, parts that are not connected."""
    ends = rng.integers(0, max(count, 1), (2, arcs if count else 0))
    weights = rng.integers(0, most + 1, ends.shape[1]).astype(dtype)
    return by_rows(ends[0], ends[1], weights, rng.random(count), rng.random(count))


def street_network(rng: np.random.Generator, side: int, *, dtype: Any = np.int32) -> Network:
    """A crooked grid of `side` x `side` with gaps and one-way streets."""
    cell = np.arange(side * side).reshape(side, side)
    one = np.concatenate([cell[:, :-1].ravel(), cell[:-1].ravel()])
    two = np.concatenate([cell[:, 1:].ravel(), cell[1:].ravel()])
    kept = rng.random(len(one)) < 0.85
    one, two = one[kept], two[kept]
    back = rng.random(len(one)) < 0.9
    tail, head = np.concatenate([one, two[back]]), np.concatenate([two, one[back]])
    x, y = np.divmod(np.arange(side * side), side) + rng.random((2, side * side))
    return by_rows(tail, head, rng.integers(1, 1000, len(tail)).astype(dtype), x, y)


def all_costs(network: Network, far: int, sources: Any = None) -> npt.NDArray[np.float64]:
    """Costs from the sources (default: every vertex) to every vertex; inf for no way.

    Exact below 2**53.
    """
    open_ = network.weights < far
    tail, head = network.tail[open_], network.head[open_]
    weights = network.weights[open_].astype(np.float64)
    order = np.lexsort((weights, head, tail))
    tail, head, weights = tail[order], head[order], weights[order]
    least = np.ones(len(tail), bool)
    least[1:] = (tail[1:] != tail[:-1]) | (head[1:] != head[:-1])
    size = len(network.x)
    # SciPy keeps explicit zeros of a CSR matrix as arcs of no cost.
    first = np.searchsorted(tail[least], np.arange(size + 1))
    matrix = csr_array((weights[least], head[least], first), shape=(size, size))
    return np.asarray(dijkstra(matrix, indices=sources))


def as_floats(costs: npt.NDArray[Any], far: int) -> npt.NDArray[np.float64]:
    """Our costs in the oracle's terms."""
    return np.where(costs >= far, np.inf, costs.astype(np.float64))


def read_dimacs(arcs_gz: Path, places_gz: Path) -> Network:
    """Read a road network of the 9th DIMACS challenge: arcs with weights, and coordinates."""
    arcs = _numbers(arcs_gz, b"a ")
    places = _numbers(places_gz, b"v ")
    longitude, latitude = places[:, 1] / 1e6, places[:, 2] / 1e6
    x = longitude * np.cos(np.radians(latitude.mean()))
    return by_rows(arcs[:, 0] - 1, arcs[:, 1] - 1, arcs[:, 2].astype(np.int32), x, latitude)


def _numbers(file: Path, mark: bytes) -> npt.NDArray[np.int64]:
    """The rows of three numbers whose lines begin with a mark."""
    with gzip.open(file) as lines:
        text = lines.read()
    body = text[text.index(b"\n" + mark) + 1 :].replace(mark, b"")
    return np.fromstring(body.decode("ascii"), np.int64, sep=" ").reshape(-1, 3)


def tiled(network: Network, times: int, links: int, rng: np.random.Generator) -> Network:
    """Set a network beside itself, `times` x `times`, linked by streets across the borders."""
    size, width, height = len(network.x), np.ptp(network.x), np.ptp(network.y)
    tails, heads, weights, xs, ys = [], [], [], [], []
    for column in range(times):
        for row in range(times):
            base = size * (column * times + row)
            tails.append(network.tail + base)
            heads.append(network.head + base)
            weights.append(network.weights)
            xs.append(network.x + column * width)
            ys.append(network.y + row * height)
    tile = np.arange(times * times).reshape(times, times)
    for one, two, along in (
        *((a, b, network.x) for a, b in zip(tile[:-1].flat, tile[1:].flat, strict=True)),
        *((a, b, network.y) for a, b in zip(tile[:, :-1].flat, tile[:, 1:].flat, strict=True)),
    ):
        order = np.argsort(along)
        near = size * two + rng.choice(order[: size // 200], links)
        far = size * one + rng.choice(order[-size // 200 :], links)
        tails += [far, near]
        heads += [near, far]
        weights.append(rng.integers(5_000, 20_000, 2 * links).astype(network.weights.dtype))
    return by_rows(*(np.concatenate(part) for part in (tails, heads, weights, xs, ys)))
