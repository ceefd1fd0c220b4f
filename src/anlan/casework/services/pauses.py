"""Pauses of clocks: asked with a reason and its proof, granted by others, ended at the latest when
they were to end.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction

from anlan.casework import catalogue
from anlan.casework.errors import (
    NotPausableError,
    PausedAlreadyError,
    PauseTooLongError,
    UnknownPauseError,
)
from anlan.casework.models import OPEN_PAUSE_STATES, PROOF_LIMIT_CHARACTERS, Case, CasePause
from anlan.casework.service_clock.rules import service_clock
from anlan.casework.services.clocks import CLOCK, CLOCK_FIELDS, follow_clock
from anlan.casework.services.step_rows import locked_case, write_step
from anlan.casework.shapes import listed
from anlan.casework.transitions import PAUSE_MOVES
from anlan.kernel.access import Actor
from anlan.kernel.deadlines import Due, Handler, clear_deadlines, set_deadline
from anlan.kernel.errors import InvalidError
from anlan.kernel.moves import NotHeldError, Right, require_one
from anlan.kernel.outbox import publish
from anlan.kernel.texts import clean_text

PAUSE_ENDS = "casework.pause_ends"
ASKING = Right("case.report", holder_only=True)
STEPS = {"grant": "pause", "refuse": "refuse_pause", "end": "resume", "lapse": "lapse_pause"}


def ask_pause(
    case_id: UUID, *, reason: str, proof: str, until: datetime, actor: Actor, at: datetime
) -> CasePause:
    """Ask that the clock of a case stand still until a time; who handles it asks.

    Raises `NotPausableError`, `PauseTooLongError`, `PausedAlreadyError`, and `InvalidError` for a
    reason that the rules do not know or a proof that is missing.
    """
    require_one(actor, (ASKING,))
    case = locked_case(case_id)
    if not ASKING.open_to(actor, case.organisation_id) or case.organisation_id is None:
        raise NotHeldError(move="ask_pause")
    item = catalogue.was_known(case.item_code, on=case.filed_at.date())
    if case.state != "ASSIGNED" or not item.pausable:
        raise NotPausableError(item_code=case.item_code)
    _check_length(case, reason, until, at)
    pause = CasePause(
        area=case.area,
        case=case,
        organisation_id=case.organisation_id,
        reason=reason,
        proof=clean_text(
            proof, field="proof", limit_characters=PROOF_LIMIT_CHARACTERS, required=True
        ),
        until=until,
        asked_by=actor.id,
        asked_by_name=actor.name,
        asked_at=at,
    )
    try:
        with transaction.atomic():
            pause.save(force_insert=True)
    except IntegrityError:
        raise PausedAlreadyError from None
    facts = {"pause_reason": reason, "proof": pause.proof, "until": until.isoformat()}
    _tell(case, "ask_pause", facts, actor, at)
    return pause


def _check_length(case: Case, reason: str, until: datetime, at: datetime) -> None:
    rules = service_clock(case.filed_at.date())
    known = rules.pause_reason(reason)
    if known is None:
        codes = ", ".join(one.code for one in rules.pauses.reasons)
        raise InvalidError(field="reason", rule="enum", expected=codes)
    if not timedelta() < until - at <= timedelta(days=known.most_days):
        raise PauseTooLongError(field="until", rule="within_days", days=known.most_days)
    before = CasePause.objects.filter(case=case, decided_at__isnull=False, ended_at__isnull=False)
    spent = sum(((one.ended_at or at) - (one.decided_at or at) for one in before), timedelta())
    if spent + (until - at) > timedelta(days=rules.pauses.total_days):
        days = rules.pauses.total_days
        raise PauseTooLongError(field="until", rule="within_days_in_all", days=days)


def move_pause(
    pause_id: UUID, name: str, facts: Mapping[str, str], *, actor: Actor, at: datetime
) -> CasePause:
    """Grant, refuse, withdraw or end a pause; the clock follows at once."""
    move = PAUSE_MOVES.named(name)
    require_one(actor, move.rights)
    seen = CasePause.objects.filter(pk=pause_id).values_list("case_id", flat=True).first()
    if seen is None:
        raise UnknownPauseError
    case = locked_case(seen)
    pause = CasePause.objects.get(pk=pause_id)
    refused = move.refusal(pause, actor)
    if refused is not None:
        raise refused
    words = {
        fact: clean_text(
            facts.get(fact, ""), field=fact, limit_characters=PROOF_LIMIT_CHARACTERS, required=True
        )
        for fact in move.needs
    }
    _change(case, pause, name, words, actor, at)
    return pause


def end_with_the_holder(case: Case, target: str, *, actor: Actor, at: datetime) -> None:
    """End or drop the open pause of a locked case that leaves the hands it is in."""
    if case.state == target or case.organisation_id is None:
        return
    for pause in CasePause.objects.filter(case=case, state__in=OPEN_PAUSE_STATES):
        name = "end" if pause.state == "GRANTED" else "lapse"
        _change(case, pause, name, {}, actor, at)


def _change(
    case: Case, pause: CasePause, name: str, words: Mapping[str, str], actor: Actor, at: datetime
) -> None:
    pause.state = PAUSE_MOVES.moves[name].target
    if name in {"grant", "refuse"}:
        pause.decided_by, pause.decided_by_name, pause.decided_at = actor.id, actor.name, at
        pause.decision = words.get("reason", "")
    if name == "end":
        pause.ended_at = at
        clear_deadlines(pause.id, [PAUSE_ENDS])
    pause.save()
    if name == "grant":
        set_deadline(PAUSE_ENDS, area=case.area, subject_id=pause.id, due_at=pause.until)
    _tell(case, STEPS[name], {"pause_reason": pause.reason, **words}, actor, at)


def _tell(case: Case, move: str, facts: Mapping[str, str], actor: Actor, at: datetime) -> None:
    write_step(case, move=move, source=case.state, facts=facts, actor=actor, at=at)
    follow_clock(case, at)
    case.save(update_fields=CLOCK_FIELDS)
    publish("case.changed", area=case.area, subject_id=case.id, body=listed(case), at=at)


def _lock(pause_id: UUID) -> None:
    seen = CasePause.objects.filter(pk=pause_id).values_list("case_id", flat=True).first()
    if seen is not None:
        locked_case(seen)


def _ends(due: Due, at: datetime) -> None:
    for pause in CasePause.objects.filter(pk=due.subject_id, state="GRANTED"):
        _change(pause.case, pause, "end", {}, CLOCK, at)


PAUSE_HANDLER = Handler(_lock, _ends)
