"""Reads that join slices."""

from anlan.flows.selectors.conservation import Gap, recent_gaps
from anlan.flows.selectors.following import (
    CASE_STAGES,
    DONE,
    Followed,
    Milestone,
    by_number,
    follow,
)
from anlan.flows.selectors.similar import FoundSimilar, Similar, found_similar, similar_incidents
from anlan.flows.selectors.tallies import Tallies, Tally, tallies
from anlan.flows.selectors.valid_share import MONTHS_LIMIT, Month, months

__all__ = [
    "CASE_STAGES",
    "DONE",
    "MONTHS_LIMIT",
    "Followed",
    "FoundSimilar",
    "Gap",
    "Milestone",
    "Month",
    "Similar",
    "Tallies",
    "Tally",
    "by_number",
    "follow",
    "found_similar",
    "months",
    "recent_gaps",
    "similar_incidents",
    "tallies",
]
