"""Move-up: where an idle unit waits, decided afresh whenever something changes (DMEXCLP).

Jagtenberg, Bhulai and van der Mei 2015, "An efficient heuristic for real-time ambulance
redeployment", Operations Research for Health Care 4: a unit that becomes idle goes to the post
where it adds most expected cover, counting each idle unit at the post it waits at or drives to.
`best_post` is that rule. `best_move` asks the same of every idle unit, for the moments between:
it names the one relocation that adds most. Both are compiled functions over arrays; the live
advice (`move_up`) and the simulator call the same ones.
"""

import numpy as np

from anlan_engine.compiled import compiled, compiled_in_place
from anlan_engine.coverage.reach import F64, I64, Cover, Reach, post_units, worth_of_last

NOWHERE = -1
SAME_WORTH = 1e-9  # relative: sums of the same weights in another order differ by less


@compiled_in_place
def best_post(cover: Cover, room: I64, drive_s: F64) -> int:
    """Return the post where one idle unit more adds most cover.

    Parameters
    ----------
    cover : Cover
        Of the other idle units, each at the post it waits at or drives to.
    room : (posts,) int64
        Units that still fit.
    drive_s : (posts,) float64
        The unit's own drive to each post, seconds; inf where it cannot get there. Equal worth is
        settled by the shorter drive, then by the lower number.

    Returns
    -------
    int
        The post; `NOWHERE` where no post has room and can be reached.
    """
    best, drive, same, better = NOWHERE, np.inf, -1.0, -1.0
    for post in range(room.size):
        worth = cover.worth[post]
        if worth < same or room[post] <= 0 or not np.isfinite(drive_s[post]):
            continue
        if worth > better or drive_s[post] < drive:
            best, drive = post, drive_s[post]
            margin = SAME_WORTH * (1.0 + abs(worth))
            same, better = worth - margin, worth + margin
    return best


@compiled
def best_move(
    reach: Reach, gain: F64, cover: Cover, idle_at: I64, capacity: I64, drive_s: F64
) -> tuple[int, int, float]:
    """Return the one relocation of an idle unit that adds most expected cover.

    Parameters
    ----------
    reach, gain, cover
        `cover` counts every idle unit at its post; it is the same after the call as before.
    idle_at : (posts,) int64
        Idle units at each post.
    capacity : (posts,) int64
        Units that fit at each post.
    drive_s : (posts, posts) float64
        Seconds from post to post; inf where there is no way.

    Returns
    -------
    origin, target : int
        `NOWHERE` twice when no relocation adds anything.
    gain : float
        Expected covered weight that it adds.
    """
    origin, target, most = NOWHERE, NOWHERE, 0.0
    for post in range(idle_at.size):
        if idle_at[post] <= 0:
            continue
        lost = worth_of_last(reach, gain, cover, post)
        post_units(reach, gain, cover, post, -1)
        to = best_post(cover, capacity - idle_at, drive_s[post])
        if to != NOWHERE and to != post:
            extra = cover.worth[to] - lost
            if extra > most + SAME_WORTH * (1.0 + lost):
                origin, target, most = post, to, extra
        post_units(reach, gain, cover, post, 1)
    return origin, target, most


@compiled
def may_relocate(moved_at_s: F64, now_s: float, most_an_hour: int) -> bool:
    """Return whether one relocation more keeps within the bound of any sixty minutes.

    Parameters
    ----------
    moved_at_s : (relocations,) float64
        When earlier relocations were ordered, seconds; -inf for places not yet used (a ring of at
        least `most_an_hour` entries is enough).
    now_s : float
    most_an_hour : int
        0 allows none.
    """
    recent = 0
    for at in moved_at_s:
        if at > now_s - 3600.0:
            recent += 1
    return recent < most_an_hour
