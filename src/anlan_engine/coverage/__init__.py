"""Where posts stand and where idle units wait, with the bound that proves how good that is.

`place(question, goal, limit_s=, seed=)` answers four classical questions about posts; a goal is
`CoverAll` (LSCP), `CoverMost` (MCLP), `ShortestDrives` (p-median) or `ExpectedCover` (MEXCLP).

`move_up(posture)` says which idle units should wait where now; `match_to_places(drive_s)` who
drives to which place so that the longest drive is shortest.

For the simulator, the same rules as compiled functions over arrays (call them from other
compiled functions; shapes and units are in their docstrings):

- `reach_within(travel_s, within_s, weight) -> Reach` and `cover_gain(busy_share, units) -> gain`,
  once, in plain Python; then
- `no_cover(reach, gain) -> Cover`, `post_units(reach, gain, cover, post, +1 or -1)` as units
  become idle at (or on the way to) a post or leave it,
- `best_post(cover, room, drive_s) -> post` for a unit that has just become idle,
- `best_move(reach, gain, cover, idle_at, capacity, drive_s) -> (origin, target, extra)` in
  between, under `may_relocate(moved_at_s, now_s, most_an_hour)`.
"""

from anlan_engine.coverage.errors import CoverageError
from anlan_engine.coverage.matching import match_to_places, shortest_longest_drive
from anlan_engine.coverage.move_up import MoveUp, Order, Posture, Why, move_up
from anlan_engine.coverage.placement import Placement, Post, Reason, Remark, Status
from anlan_engine.coverage.placing import place
from anlan_engine.coverage.posting import NOWHERE, best_move, best_post, may_relocate
from anlan_engine.coverage.question import (
    CoverAll,
    CoverMost,
    ExpectedCover,
    Goal,
    Question,
    ShortestDrives,
)
from anlan_engine.coverage.reach import (
    Cover,
    Reach,
    cover_gain,
    covered_weight,
    no_cover,
    post_units,
    reach_of,
    reach_within,
    worth_of_last,
)

__all__ = [
    "NOWHERE",
    "Cover",
    "CoverAll",
    "CoverMost",
    "CoverageError",
    "ExpectedCover",
    "Goal",
    "MoveUp",
    "Order",
    "Placement",
    "Post",
    "Posture",
    "Question",
    "Reach",
    "Reason",
    "Remark",
    "ShortestDrives",
    "Status",
    "Why",
    "best_move",
    "best_post",
    "cover_gain",
    "covered_weight",
    "match_to_places",
    "may_relocate",
    "move_up",
    "no_cover",
    "place",
    "post_units",
    "reach_of",
    "reach_within",
    "shortest_longest_drive",
    "worth_of_last",
]
