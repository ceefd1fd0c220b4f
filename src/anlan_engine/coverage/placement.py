"""What is answered: where the posts stand, how good that is, and why."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from anlan_engine.coverage.reach import F64, I64
from anlan_engine.errors import Fact

PROVED = 1e-9  # a relative gap up to this is rounding


class Status(StrEnum):
    """How much is proved."""

    OPTIMAL = "OPTIMAL"
    FEASIBLE = "FEASIBLE"


class Reason(StrEnum):
    """What a planner has to know about an answer."""

    PROVED_BEST = "PROVED_BEST"
    GAP_LEFT = "GAP_LEFT"
    OUT_OF_REACH = "OUT_OF_REACH"
    LEFT_UNCOVERED = "LEFT_UNCOVERED"
    CHARGED_UNSERVED = "CHARGED_UNSERVED"


@dataclass(frozen=True, slots=True)
class Remark:
    """A reason and the facts that go with it."""

    code: Reason
    facts: Mapping[str, Fact] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Post:
    """One chosen site, and why it is worth having.

    Attributes
    ----------
    site : int
    units : int
        Always 1, except with `ExpectedCover`.
    fixed : bool
        It was given, not chosen.
    serves : float
        Weight of the demand assigned to it.
    lost_without : float
        How much worse the value would be if one of its units were gone and nothing else changed:
        weight, expected weight or weighted seconds.
    """

    site: int
    units: int
    fixed: bool
    serves: float
    lost_without: float


@dataclass(frozen=True, slots=True, eq=False)
class Placement:
    """An answer with its proof.

    Attributes
    ----------
    status : Status
        OPTIMAL when the bound proves that nothing is better.
    posts : tuple of Post
        By site.
    value : float
        Posts (`CoverAll`), covered weight (`CoverMost`), weighted seconds (`ShortestDrives`) or
        expected covered weight (`ExpectedCover`).
    bound : float
        No placement has a better value than this.
    gap : float
        Distance of the bound from the value, as a share of the value.
    total_weight : float
        Of all demand, to express a covered weight as a share.
    assigned : (demand,) int64
        The chosen site with the shortest drive; -1 where none is in time (covering) or reaches it.
    travel_s : (demand,) float64
        The drive from the nearest chosen site, seconds; inf where there is none.
    took_s : float
    reasons : tuple of Remark
    """

    status: Status
    posts: tuple[Post, ...]
    value: float
    bound: float
    gap: float
    total_weight: float
    assigned: I64
    travel_s: F64
    took_s: float
    reasons: tuple[Remark, ...]

    @property
    def sites(self) -> tuple[int, ...]:
        """The chosen sites, ascending."""
        return tuple(post.site for post in self.posts)


def relative_gap(value: float, bound: float) -> float:
    """Return how far a bound is from a value, as a share of the value."""
    apart = abs(bound - value)
    if apart == 0.0:
        return 0.0
    return apart / abs(value) if value else float("inf")
