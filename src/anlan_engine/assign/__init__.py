"""Rank the units that could go to a place."""

from anlan_engine.assign.question import UNITS_MAX, Question, RankingError, Unit
from anlan_engine.assign.ranking import RankedUnit, Reason, Remark, rank_units

__all__ = [
    "UNITS_MAX",
    "Question",
    "RankedUnit",
    "RankingError",
    "Reason",
    "Remark",
    "Unit",
    "rank_units",
]
