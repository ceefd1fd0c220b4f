"""What a reporter may do: add further words, and ask that a closed case be opened once more."""

from datetime import datetime

from anlan.casework.services import make_move
from anlan.flows.errors import UnknownNumberError
from anlan.flows.selectors import follow
from anlan.intake.selectors import report_by_number
from anlan.intake.services.thread import add_own_update
from anlan.kernel.access import Actor


def add_words(number: str, text: str, *, actor: Actor, at: datetime) -> None:
    """Add further words to a report by its number; raise `UnknownReportError` where it is none."""
    add_own_update(report_by_number(number), text, actor=actor, at=at)


def ask_reopen(number: str, *, reason: str, actor: Actor, at: datetime) -> None:
    """Open the closed case behind a report once more, for the reason its reporter gives."""
    followed = follow(number, actor=actor)
    if followed.case_id is None:
        raise UnknownNumberError
    facts = {"reason": reason}
    make_move(case_id=followed.case_id, name="reopen", facts=facts, actor=actor, at=at)
