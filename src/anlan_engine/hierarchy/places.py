"""Places as callers name them, and as searches begin with them."""

from typing import Any, NamedTuple, Protocol

import numpy as np
import numpy.typing as npt

from anlan_engine.hierarchy.costs import I32, NO_VERTEX, Costs, far_of
from anlan_engine.hierarchy.errors import HierarchyError

SIDES = 2
"""A place has at most so many vertices."""


class Ranked(Protocol):
    """What has an order of its vertices: see `Hierarchy` for the attributes."""

    @property
    def vertices(self) -> int:
        """Number of vertices."""
        ...

    @property
    def rank(self) -> I32:
        """Place of each vertex in the order."""
        ...

    @property
    def twin(self) -> I32:
        """The vertex that shares a place with each vertex."""
        ...


class Seeds(NamedTuple):
    """Where searches begin: rows are places (or the arrays have no rows: one place).

    Attributes
    ----------
    ranks : int32[n, k]
        Ascending in each row, NO_VERTEX last.
    costs : [n, k]
        The cost there.
    """

    ranks: I32
    costs: Costs


def seeds_of(
    hierarchy: Ranked, dtype: Any, vertices: npt.ArrayLike, costs: npt.ArrayLike | None
) -> Seeds:
    """Check n places and turn them into seeds.

    Parameters
    ----------
    hierarchy : Ranked
    dtype : int32 or int64
        Type of the costs.
    vertices, costs
        Arrays of n, (n, 1) or (n, 2), as `Metric` describes.

    Raises
    ------
    HierarchyError
        ARRAYS_DISAGREE, INVALID_SEED, SEEDS_APART, INVALID_WEIGHT
    """
    named = np.asarray(vertices, np.int64)
    named = named.reshape(len(named), -1) if named.size else named.reshape(len(named), 1)
    if named.shape[1] > SIDES:
        raise HierarchyError(
            code="ARRAYS_DISAGREE", name="a place", length=named.shape[1], wanted=SIDES
        )
    _check_exist(hierarchy, named)
    if named.shape[1] == SIDES and hierarchy.vertices:
        _check_twins(hierarchy, named)
    added = _costs_at(named.shape, dtype, costs)
    if not hierarchy.vertices:
        return Seeds(np.full(named.shape, NO_VERTEX, np.int32), added)
    ranks = np.where(named == NO_VERTEX, hierarchy.vertices, hierarchy.rank[named])
    if named.shape[1] == SIDES:
        swap = ranks[:, 0] > ranks[:, 1]
        ranks[swap], added[swap] = ranks[swap, ::-1], added[swap, ::-1]
    return Seeds(np.where(ranks == hierarchy.vertices, NO_VERTEX, ranks).astype(np.int32), added)


def seeds_of_one(
    hierarchy: Ranked, dtype: Any, vertices: npt.ArrayLike, costs: npt.ArrayLike | None
) -> Seeds:
    """Check one place, given by one or two vertices, and turn it into seeds without rows."""
    named = np.asarray(vertices).reshape(-1)
    if len(named) == 1 and costs is None and 0 <= named[0] < hierarchy.vertices:  # by far the most
        return Seeds(hierarchy.rank[named], np.zeros(1, dtype))
    added = None if costs is None else np.asarray(costs).reshape(1, -1)
    seeds = seeds_of(hierarchy, dtype, named.reshape(1, -1), added)
    return Seeds(seeds.ranks[0], seeds.costs[0])


def _costs_at(shape: tuple[int, ...], dtype: Any, costs: npt.ArrayLike | None) -> Costs:
    if costs is None:
        return np.zeros(shape, dtype)
    given = np.asarray(costs)
    wanted = int(np.prod(shape))
    if given.size != wanted:
        raise HierarchyError(code="ARRAYS_DISAGREE", name="costs", length=given.size, wanted=wanted)
    far = far_of(np.dtype(dtype))
    inside = (given >= 0) & (given <= far)  # False for NaN
    if not inside.all():
        entry = int(np.argmin(inside))
        raise HierarchyError(
            code="INVALID_WEIGHT", weight=str(given.reshape(-1)[entry]), arc=entry, far=int(far)
        )
    return given.reshape(shape).astype(dtype)


def _check_exist(hierarchy: Ranked, named: npt.NDArray[np.int64]) -> None:
    """Refuse vertices that do not exist."""
    outside = (named < NO_VERTEX) | (named >= hierarchy.vertices)
    if outside.any():
        place, side = np.unravel_index(int(np.argmax(outside)), outside.shape)
        raise HierarchyError(
            code="INVALID_SEED",
            place=int(place),
            vertex=int(named[place, side]),
            vertices=hierarchy.vertices,
        )


def _check_twins(hierarchy: Ranked, named: npt.NDArray[np.int64]) -> None:
    """Refuse pairs that are no twins: their ways to the root might part."""
    one, other = named[:, 0], named[:, 1]
    apart = (one != NO_VERTEX) & (other != NO_VERTEX) & (one != other)
    apart &= hierarchy.twin[one] != other
    if apart.any():
        place = int(np.argmax(apart))
        raise HierarchyError(
            code="SEEDS_APART", place=place, vertex=int(one[place]), other=int(other[place])
        )
