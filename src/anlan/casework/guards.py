"""What a case's past lets happen to it: conditions of its moves, as data."""

from anlan.casework.errors import (
    BegunBeforeError,
    CalledUpError,
    DecidedError,
    EvaluatedBeforeError,
    FromIncidentError,
    LeadsError,
    NotFromIncidentError,
    NotSealedError,
    ReopenedBeforeError,
    SealedError,
    SentBackBeforeError,
    SentBackFirstError,
)
from anlan.kernel.moves import Guard

SENT_BACK_LIMIT = 2
REOPENED_LIMIT = 1

NEVER_SENT_BACK = Guard("sent back 0 times", lambda c, _: c.sent_back == 0, SentBackBeforeError)
SENT_BACK_ONCE = Guard("sent back once", lambda c, _: c.sent_back > 0, SentBackFirstError)
NOT_DECIDED = Guard("not decided", lambda c, _: c.sent_back < SENT_BACK_LIMIT, DecidedError)
NEVER_REOPENED = Guard(
    "never reopened", lambda c, _: c.reopened < REOPENED_LIMIT, ReopenedBeforeError
)
NOT_EVALUATED = Guard("once a closing", lambda c, _: not c.evaluated, EvaluatedBeforeError)
NOT_BEGUN = Guard("not begun", lambda c, _: not c.begun, BegunBeforeError)
NOT_CALLED_UP = Guard("no joint task open", lambda c, _: not c.called_up, CalledUpError)
LEADS_NONE = Guard("no case merged into it", lambda c, _: not c.leads, LeadsError)
FROM_INCIDENT = Guard("from an incident", lambda c, _: c.came_from_incident, NotFromIncidentError)
FROM_NONE = Guard("from no incident", lambda c, _: not c.came_from_incident, FromIncidentError)
NOT_SEALED = Guard("not sealed", lambda c, _: not c.sealed, SealedError)
IS_SEALED = Guard("sealed", lambda c, _: c.sealed, NotSealedError)
