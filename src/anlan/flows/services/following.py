"""What a reporter may do: add words, say whether it was put right, ask once to open it again."""

from datetime import datetime

from anlan.casework.services import make_move
from anlan.flows.errors import UnknownNumberError
from anlan.flows.selectors import by_number, follow
from anlan.intake.selectors import report_by_number
from anlan.intake.services.thread import add_own_update
from anlan.kernel.access import Actor


def add_words(number: str, text: str, *, actor: Actor, at: datetime) -> None:
    """Add further words to a report by its number; raise `UnknownReportError` where it is none."""
    with by_number(actor):
        add_own_update(report_by_number(number), text, actor=actor, at=at)


def ask_reopen(number: str, *, reason: str, actor: Actor, at: datetime) -> None:
    """Open the closed case behind a report once more, for the reason its reporter gives."""
    _move(number, "reopen", {"reason": reason}, actor, at)


def rate(number: str, *, verdict: str, actor: Actor, at: datetime) -> None:
    """Say once of a closing whether the matter was put right."""
    _move(number, "evaluate", {"verdict": verdict}, actor, at)


def _move(number: str, name: str, facts: dict[str, str], actor: Actor, at: datetime) -> None:
    followed = follow(number, actor=actor, at=at)
    if followed.case_id is None:
        raise UnknownNumberError
    with by_number(actor):
        make_move(case_id=followed.case_id, name=name, facts=facts, actor=actor, at=at)
