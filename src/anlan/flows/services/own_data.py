"""A reporter's words are erased wherever they were repeated: the matter stays, with a mark."""

from datetime import datetime

from anlan.casework.selectors import case_of_incident
from anlan.casework.services.forgetting import forget_case_words
from anlan.dispatch.services.forgetting import forget_incident_words
from anlan.intake.services.erasing import ERASED
from anlan.intake.services.own_data import Proven, erase_own_words


def erase_words(proven: Proven, at: datetime) -> None:
    """Erase the words of a proven report, and of its incident and case where those repeat them."""
    said = proven.text
    erase_own_words(proven, at)
    case_id = proven.case_id
    if proven.incident_id is not None:
        forget_incident_words(proven.incident_id, said, ERASED)
        diverted = case_of_incident(proven.incident_id)
        case_id = diverted.id if diverted else None
    if case_id is not None:
        forget_case_words(case_id, said, ERASED)
