"""What a service clock refuses."""

from typing import ClassVar

from anlan_engine.errors import EngineError


class ClockError(EngineError):
    """A calendar or a history of marks that has no reading."""

    TEXTS: ClassVar[dict[str, str]] = {
        "NO_ZONE": "There is no time zone called {zone}.",
        "BAD_HOURS": "The hours of {day} must be minutes 0 to 1440 in order, without overlap.",
        "BAD_TERM": "A term must be a whole number from 1 to {most}, not {amount}.",
        "NAIVE_TIME": "The time {time} does not say its zone.",
        "YEAR_UNKNOWN": "The working days of {year} are not published, or not installed.",
        "NEVER_DUE": "The term does not end within {years} years of this calendar.",
        "MARK_WITHOUT": "Mark {index} ({kind}) needs a {what}.",
        "MARK_WITH": "Mark {index} ({kind}) cannot have a {what}.",
        "OUT_OF_ORDER": "Mark {index} is earlier than the one before it.",
        "NOT_STARTED": "Mark {index} ({kind}) comes before the start.",
        "STARTED_TWICE": "Mark {index} starts a clock that was started before.",
        "ALREADY_PAUSED": "Mark {index} pauses a clock that is paused.",
        "NOT_PAUSED": "Mark {index} resumes a clock that is not paused.",
        "STOPPED": "Mark {index} ({kind}) comes after the stop.",
        "NOT_STOPPED": "Mark {index} reopens a clock that was not stopped.",
        "TOO_EARLY": "At {time} the clock had not been started.",
        "TOO_MANY_MARKS": "{marks} marks; at most {most} are read.",
    }
