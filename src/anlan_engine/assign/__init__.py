"""Rank the units that could go to a place."""

from anlan_engine.assign.question import UNITS_MAX, Question, RankingError, Unit
from anlan_engine.assign.ranking import RankedUnit, Ranking, rank_units
from anlan_engine.assign.reasons import ChoiceReason, Reason, Remark

__all__ = [
    "UNITS_MAX",
    "ChoiceReason",
    "Question",
    "RankedUnit",
    "Ranking",
    "RankingError",
    "Reason",
    "Remark",
    "Unit",
    "rank_units",
]
