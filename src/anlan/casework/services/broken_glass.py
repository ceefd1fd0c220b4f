"""Breaking the glass: a look at one sealed case, for a time, that a second person reviews.

Whether anything is sealed under a number is told to nobody but who opens it with reason and proof,
whose look is on the record and told to whom it is sealed. Every other answer is the same: for a
number that does not exist, that lies elsewhere, that is not sealed, or not from him.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection

from anlan.casework.errors import (
    OwnGlassError,
    ReviewedBeforeError,
    TooManyMissesError,
    TooManyUnreviewedError,
    UnknownGlassError,
)
from anlan.casework.glass_rules import glass_rules
from anlan.casework.models import (
    GLASS_REASON_LIMIT_CHARACTERS,
    GLASS_REASON_MIN_CHARACTERS,
    GLASS_WORDS_LIMIT_CHARACTERS,
    BrokenGlass,
    Case,
)
from anlan.casework.services.step_rows import write_step
from anlan.kernel.access import Actor, require, system_actor
from anlan.kernel.deadlines import Due, Handler, clear_deadlines, set_deadline
from anlan.kernel.errors import InvalidError
from anlan.kernel.identifiers import tidy_number
from anlan.kernel.outbox import Event, publish_all
from anlan.kernel.purposes import for_purpose
from anlan.kernel.scope import scoped
from anlan.kernel.texts import clean_text

GLAZIER = system_actor("broken-glass", sees_sealed=True)
REVIEW_DUE = "glass.review"
MISSES_COUNT_FOR = timedelta(days=1)
NUMBER_LIMIT_CHARACTERS = 16
_ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(hashtextextended('glass ' || %s, 0)), now()"


@dataclass(frozen=True, slots=True)
class GlassAsked:
    """Which case somebody wants to see, why, and for which purpose of his role."""

    number: str
    reason: str
    purpose: str


def break_glass(asked: GlassAsked, *, actor: Actor, at: datetime) -> BrokenGlass:
    """Open the sealed case of a number to `actor` for a time; return what is on the record.

    Its `case` is None where nothing is sealed from him under that number. Times are the database's:
    its policies compare them with its own clock. One that is still open is returned as it is.

    Raises `DeniedError`, `InvalidError`, `ForeignPurposeError`, `TooManyUnreviewedError`,
    `TooManyMissesError`; the limits before anything is looked up.
    """
    require(actor, "glass.break")
    if not asked.purpose:
        raise InvalidError(field="purpose", rule="required")
    for_purpose(actor, asked.purpose)
    reason = _reason(asked.reason)
    number = tidy_number(asked.number)[:NUMBER_LIMIT_CHARACTERS]
    with connection.cursor() as cursor:
        cursor.execute(_ONE_AT_A_TIME, [actor.id])
        opened_at: datetime = cursor.fetchone()[1]
    own = BrokenGlass.objects.filter(opened_by=actor.id)
    still = own.filter(number=number, until__gt=opened_at).first()
    if still is not None:
        return still
    rules = glass_rules(at)
    if own.filter(case__isnull=False, reviewed_at=None).count() >= rules.unreviewed_limit:
        raise TooManyUnreviewedError(limit=rules.unreviewed_limit)
    lately = own.filter(case__isnull=True, opened_at__gt=opened_at - MISSES_COUNT_FOR)
    if lately.count() >= rules.misses_limit:
        raise TooManyMissesError(limit=rules.misses_limit)
    row = BrokenGlass(
        area=actor.area_low,
        number=number,
        opened_by=actor.id,
        opened_by_name=actor.name,
        opened_for_id=actor.organisation_id,
        reason=reason,
        purpose=asked.purpose,
        opened_at=opened_at,
    )
    case = _sealed_from(actor, number)
    if case is not None:
        row.area, row.case, row.sealed_to = case.area, case, case.sealed_to
        row.until = opened_at + rules.open_for
        row.review_due_at = at + rules.review_within
    row.save(force_insert=True)
    if case is not None:
        _record(row, case, actor=actor, at=at)
    return row


def _reason(text: str) -> str:
    reason = clean_text(
        text, field="reason", limit_characters=GLASS_REASON_LIMIT_CHARACTERS, required=True
    )
    if len(reason) < GLASS_REASON_MIN_CHARACTERS:
        raise InvalidError(field="reason", rule="says_why", least=GLASS_REASON_MIN_CHARACTERS)
    return reason


def _sealed_from(actor: Actor, number: str) -> Case | None:
    """Return the case of a number within the actor's area that is sealed from its organisation."""
    within = replace(GLAZIER, area_low=actor.area_low, area_high=actor.area_high)
    with scoped(within):
        found = Case.objects.filter(number=number, sealed_to__isnull=False).first()
    if found is None or actor.organisation_id in (found.sealed_to or ()):
        return None
    return found


def _record(row: BrokenGlass, case: Case, *, actor: Actor, at: datetime) -> None:
    facts = {"reason": row.reason, "purpose": row.purpose}
    write_step(case, move="break_glass", source=case.state, facts=facts, actor=actor, at=at)
    assert row.review_due_at is not None  # noqa: S101 - set with the case
    set_deadline(REVIEW_DUE, area=row.area, subject_id=row.id, due_at=row.review_due_at)
    _tell("glass.broken", row, at)


def review_glass(
    glass_id: UUID, *, finding: str, words: str, actor: Actor, at: datetime
) -> BrokenGlass:
    """Say of a look whether it was justified, and why; return it.

    By somebody else than who looked, of an organisation that the case was sealed to: the service
    asks, and the database too. Raises `DeniedError`, `UnknownGlassError`, `OwnGlassError`,
    `ReviewedBeforeError`, `InvalidError`.
    """
    require(actor, "glass.review")
    said = clean_text(
        words, field="words", limit_characters=GLASS_WORDS_LIMIT_CHARACTERS, required=True
    )
    seen = BrokenGlass.objects.filter(pk=glass_id, case__isnull=False).first()
    if seen is None:
        raise UnknownGlassError
    if seen.opened_by == actor.id:
        raise OwnGlassError
    row = lock_glass(glass_id)
    if row is None:
        raise UnknownGlassError
    if row.reviewed_at is not None:
        raise ReviewedBeforeError
    row.finding, row.words, row.reviewed_at = finding, said, at
    row.reviewed_by, row.reviewed_by_name = actor.id, actor.name
    row.save(update_fields=["finding", "words", "reviewed_at", "reviewed_by", "reviewed_by_name"])
    clear_deadlines(row.id, [REVIEW_DUE])
    _tell("glass.reviewed", row, at)
    return row


def lock_glass(glass_id: UUID) -> BrokenGlass | None:
    """Return a look that the actor may review, locked until the transaction ends; or None."""
    return BrokenGlass.objects.select_for_update().filter(pk=glass_id).first()


def _overdue(due: Due, at: datetime) -> None:
    """Tell those who are to review a look that they have not."""
    row = BrokenGlass.objects.get(pk=due.subject_id)
    if row.reviewed_at is None:
        row.overdue_at = at
        row.save(update_fields=["overdue_at"])
        _tell("glass.overdue", row, at)


REVIEW_HANDLER = Handler(lock_glass, _overdue)


def _tell(topic: str, row: BrokenGlass, at: datetime) -> None:
    """Tell every organisation to which the case was sealed."""
    body = _told(row)
    told: Sequence[UUID] = row.sealed_to or ()
    subject_id = row.case_id or row.id
    publish_all([Event(topic, row.area, subject_id, body, one) for one in told], at=at)


def _told(row: BrokenGlass) -> dict[str, Any]:
    return {
        "id": str(row.id),
        "number": row.number,
        "opened_by_name": row.opened_by_name,
        "until": row.until.isoformat() if row.until else None,
        "finding": row.finding,
    }
