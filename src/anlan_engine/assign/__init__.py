"""Choose units: for one call, for a run card, for several calls, away from another call."""

from anlan_engine.assign.batch import Batch, BatchError, Served, assign_batch
from anlan_engine.assign.diversion import (
    FREE,
    Diversion,
    DiversionError,
    DiversionQuestion,
    DiversionRule,
    LeftCall,
    decide_diversion,
)
from anlan_engine.assign.filling import FilledCard, FilledPlace, fill_card, fill_measured
from anlan_engine.assign.guarded import (
    GuardedChoice,
    GuardedQuestion,
    GuardError,
    choose_guarded,
)
from anlan_engine.assign.question import UNITS_MAX, Question, RankingError, Unit
from anlan_engine.assign.ranking import Measures, RankedUnit, Ranking, measure_units, rank_units
from anlan_engine.assign.reasons import ChoiceReason, Reason, Remark

__all__ = [
    "FREE",
    "UNITS_MAX",
    "Batch",
    "BatchError",
    "ChoiceReason",
    "Diversion",
    "DiversionError",
    "DiversionQuestion",
    "DiversionRule",
    "FilledCard",
    "FilledPlace",
    "GuardError",
    "GuardedChoice",
    "GuardedQuestion",
    "LeftCall",
    "Measures",
    "Question",
    "RankedUnit",
    "Ranking",
    "RankingError",
    "Reason",
    "Remark",
    "Served",
    "Unit",
    "assign_batch",
    "choose_guarded",
    "decide_diversion",
    "fill_card",
    "fill_measured",
    "measure_units",
    "rank_units",
]
