"""Every write of evaluations and appeals."""

from anlan.casework.evaluation.services.appeals import Appealed, file_appeal, move_appeal
from anlan.casework.evaluation.services.nightly import evaluate_due

__all__ = ["Appealed", "evaluate_due", "file_appeal", "move_appeal"]
