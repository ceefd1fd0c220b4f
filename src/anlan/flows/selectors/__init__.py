"""Reads that join slices."""

from anlan.flows.selectors.following import CASE_STAGES, DONE, Followed, Milestone, follow
from anlan.flows.selectors.similar import FoundSimilar, Similar, found_similar, similar_incidents
from anlan.flows.selectors.tallies import Tallies, Tally, tallies

__all__ = [
    "CASE_STAGES",
    "DONE",
    "Followed",
    "FoundSimilar",
    "Milestone",
    "Similar",
    "Tallies",
    "Tally",
    "follow",
    "found_similar",
    "similar_incidents",
    "tallies",
]
