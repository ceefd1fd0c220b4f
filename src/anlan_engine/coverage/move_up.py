"""Live advice: which idle units should wait where, with few relocations and short drives."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from anlan_engine.coverage.errors import CoverageError
from anlan_engine.coverage.matching import match_to_places
from anlan_engine.coverage.posting import NOWHERE, best_move, best_post, may_relocate
from anlan_engine.coverage.question import checked_times, checked_weights, wrong_shape
from anlan_engine.coverage.reach import (
    F64,
    I64,
    Cover,
    Reach,
    cover_gain,
    covered_weight,
    no_cover,
    post_units,
    reach_within,
)


class Why(StrEnum):
    """Why a unit is sent to a post."""

    NEWLY_IDLE = "NEWLY_IDLE"
    COVERS_MORE = "COVERS_MORE"


@dataclass(frozen=True, slots=True, eq=False)
class Posture:
    """Who is idle where, and what the posts reach.

    Attributes
    ----------
    travel_s : (posts, demand) array of float
        Seconds from post to demand; inf where there is no way.
    weight : (demand,) array of float
        Expected calls.
    within_s : float
        The standard, seconds.
    busy_share : float
        Share of the time that a unit is busy, in [0, 1).
    idle_at : (units,) array of int
        The post each idle unit waits at or drives to; -1 for one that has just become idle.
    drive_s : (units, posts) array of float
        Each unit's drive from where it is now, seconds; inf where there is no way.
    capacity : (posts,) array of int
        Units that fit at each post.
    now_s : float
        Any clock, seconds.
    moved_at_s : sequence of float
        When earlier relocations were ordered, on that clock.
    most_an_hour : int
        Relocations in any sixty minutes. A unit that has just become idle does not count: it has
        to drive somewhere anyway.
    least_extra : float
        A relocation that adds less expected covered weight is not worth the drive.
    """

    travel_s: F64
    weight: F64
    within_s: float
    busy_share: float
    idle_at: I64
    drive_s: F64
    capacity: I64
    now_s: float = 0.0
    moved_at_s: Sequence[float] = ()
    most_an_hour: int = 4
    least_extra: float = 0.0


@dataclass(frozen=True, slots=True)
class Order:
    """One unit's drive.

    Attributes
    ----------
    unit : int
    origin, post : int
        From and to; origin is -1 for a unit that has just become idle.
    drive_s : float
    why : Why
    extra : float
        Expected covered weight that the drive to this post adds, given the orders before it.
    """

    unit: int
    origin: int
    post: int
    drive_s: float
    why: Why
    extra: float


@dataclass(frozen=True, slots=True)
class MoveUp:
    """The advice.

    Attributes
    ----------
    orders : tuple of Order
        Empty when every unit stands well, or nothing may move.
    covered, covered_after : float
        Expected covered weight by the units at posts now, and once the orders are carried out.
    longest_s : float
        The longest drive ordered; 0 without orders.
    """

    orders: tuple[Order, ...]
    covered: float
    covered_after: float
    longest_s: float


@dataclass(slots=True)
class _State:
    """The posture while orders are added."""

    reach: Reach
    gain: F64
    cover: Cover
    at: I64
    posts: I64
    orders: list[Order]


def move_up(posture: Posture) -> MoveUp:
    """Say where idle units should wait.

    Units that have just become idle go where they add most expected cover (DMEXCLP, see
    `anlan_engine.coverage.posting`), then the best relocations follow, as many as the hour still
    allows. Last, the units that drive anyway are matched to the posts that were chosen so that
    the longest drive is as short as possible.

    Raises
    ------
    CoverageError
        WRONG_SHAPE, INVALID_TIME, INVALID_WEIGHT, NO_DEMAND, NO_SITES, NO_SUCH_SITE,
        INVALID_SETTING, OCCUPIED_BEYOND_ROOM.
    """
    state, drive_s, capacity = _begun(posture)
    before = covered_weight(state.reach, state.gain, state.cover)
    for unit in np.flatnonzero(state.at == NOWHERE).tolist():
        post = best_post(state.cover, capacity - state.posts, drive_s[unit])
        if post != NOWHERE:
            extra = float(state.cover.worth[post])
            _send(
                state, Order(unit, NOWHERE, post, float(drive_s[unit, post]), Why.NEWLY_IDLE, extra)
            )
    _relocate(posture, state, drive_s, capacity)
    orders = _matched(state.orders, drive_s)
    after = covered_weight(state.reach, state.gain, state.cover)
    return MoveUp(orders, before, after, max((order.drive_s for order in orders), default=0.0))


def _begun(posture: Posture) -> tuple[_State, F64, I64]:
    """Check a posture and count its cover."""
    travel_s = checked_times(posture.travel_s)
    posts, demand = travel_s.shape
    weight = checked_weights(posture.weight, demand)
    at = np.array(posture.idle_at, np.int64).reshape(-1)
    capacity = np.asarray(posture.capacity, np.int64)
    if capacity.shape != (posts,):
        raise wrong_shape(name="capacity", shape=capacity.shape, needed=f"({posts},)")
    if np.shape(posture.drive_s) != (at.size, posts):
        shape = np.shape(posture.drive_s)
        raise wrong_shape(name="drive_s", shape=shape, needed=f"({at.size}, {posts})")
    drive_s = checked_times(posture.drive_s) if at.size else np.empty((0, posts))
    strange = at[(at < NOWHERE) | (at >= posts)]
    if strange.size:
        raise CoverageError(code="NO_SUCH_SITE", site=int(strange[0]), sites=posts)
    placed = at[at != NOWHERE]
    units = np.bincount(placed, minlength=posts)
    if (units > capacity).any():
        post = int(np.flatnonzero(units > capacity)[0])
        facts = {"post": post, "units": int(units[post]), "room": int(capacity[post])}
        raise CoverageError(code="OCCUPIED_BEYOND_ROOM", **facts)
    reach = reach_within(travel_s, posture.within_s, weight)
    gain = cover_gain(posture.busy_share, max(at.size, 1))
    cover = no_cover(reach, gain)
    for post in placed.tolist():
        post_units(reach, gain, cover, post, 1)
    return _State(reach, gain, cover, at, units, []), drive_s, capacity


def _send(state: _State, order: Order) -> None:
    """Carry an order out on the state, and note it."""
    if order.origin != NOWHERE:
        post_units(state.reach, state.gain, state.cover, order.origin, -1)
        state.posts[order.origin] -= 1
    post_units(state.reach, state.gain, state.cover, order.post, 1)
    state.posts[order.post] += 1
    state.at[order.unit] = order.post
    state.orders.append(order)


def _relocate(posture: Posture, state: _State, drive_s: F64, capacity: I64) -> None:
    """Add the best relocations, one after the other, while the hour allows them."""
    moved = list(posture.moved_at_s)
    settled = {order.unit for order in state.orders}
    if len(settled) == state.at.size:
        return
    while may_relocate(np.array(moved, np.float64), posture.now_s, posture.most_an_hour):
        nearest = _nearest_unit(state, drive_s, settled)
        drives = np.where(nearest == NOWHERE, np.inf, drive_s[nearest, np.arange(capacity.size)])
        may_leave = (nearest != NOWHERE).any(axis=1).astype(np.int64)
        room = capacity - state.posts
        origin, post, extra = best_move(
            state.reach, state.gain, state.cover, may_leave, room + may_leave, drives
        )
        if origin == NOWHERE or extra <= posture.least_extra:
            return
        unit = int(nearest[origin, post])
        drive = float(drive_s[unit, post])
        _send(state, Order(unit, int(origin), int(post), drive, Why.COVERS_MORE, float(extra)))
        settled.add(unit)
        moved.append(posture.now_s)


def _nearest_unit(state: _State, drive_s: F64, settled: set[int]) -> I64:
    """Return (posts, posts): of the units at a post, the one with the shortest drive to another.

    -1 where no unit that may still be ordered is at the post or can drive there.
    """
    posts = state.posts.size
    nearest = np.full((posts, posts), NOWHERE)
    shortest = np.full((posts, posts), np.inf)
    for unit, post in enumerate(state.at.tolist()):
        if post == NOWHERE or unit in settled:
            continue
        sooner = drive_s[unit] < shortest[post]
        nearest[post, sooner] = unit
        shortest[post, sooner] = drive_s[unit, sooner]
    return nearest


def _matched(orders: list[Order], drive_s: F64) -> tuple[Order, ...]:
    """Match the units that drive to the posts that were chosen: shortest longest drive."""
    if not orders:
        return ()
    units = [order.unit for order in orders]
    posts = [order.post for order in orders]
    place = match_to_places(drive_s[np.ix_(units, posts)])
    return tuple(
        Order(
            order.unit, order.origin, posts[at], float(drive_s[order.unit, posts[at]]),
            order.why, orders[at].extra,
        )
        for order, at in zip(orders, place.tolist(), strict=True)
        if posts[at] != order.origin
    )  # fmt: skip
