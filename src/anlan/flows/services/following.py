"""What a reporter may ask: that a closed case be opened once more."""

from datetime import datetime

from anlan.casework.services import make_move
from anlan.flows.errors import UnknownNumberError
from anlan.flows.selectors import follow
from anlan.kernel.access import Actor


def ask_reopen(number: str, *, reason: str, actor: Actor, at: datetime) -> None:
    """Open the closed case behind a report once more, for the reason its reporter gives."""
    followed = follow(number, actor=actor)
    if followed.case_id is None:
        raise UnknownNumberError
    facts = {"reason": reason}
    make_move(case_id=followed.case_id, name="reopen", facts=facts, actor=actor, at=at)
