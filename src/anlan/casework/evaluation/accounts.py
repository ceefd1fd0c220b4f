"""Writing down what each organisation did of a case, in the transaction that closes it.

So that counting a month reads one narrow table once. What stands here follows from the history of
the case alone, and from appeals that were granted: it can be written again at any time.
"""

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from anlan.casework import selectors
from anlan.casework.catalogue import was_known
from anlan.casework.evaluation.models import Appeal, Outcome
from anlan.casework.evaluation.parts import Part, own_terms_kept, parts_of
from anlan.casework.evaluation.rules import rules_on
from anlan.casework.models import Case
from anlan.casework.selectors.cases import history
from anlan.kernel.areas import street_of

CHANGE_AN_ACCOUNT = frozenset({"close", "evaluate", "reopen"})
"""The moves of a case after which it is written down anew."""


def account_for(case: Case) -> None:
    """Write down a locked case, if it is closed; what was written of it before goes."""
    Outcome.objects.filter(case=case).delete()
    if case.state == "CLOSED":
        Outcome.objects.bulk_create(_outcomes(case))


def _outcomes(case: Case) -> Iterator[Outcome]:
    parts, last = parts_of(history(case.id))
    clock = selectors.clock(case)
    assert case.closed_at is not None  # noqa: S101 - a constraint of the table
    reading = clock.reading(case.closed_at + timedelta(microseconds=1))
    promise_kept = None if reading is None else not reading.late
    counted = case.disposition not in rules_on(case.closed_at.date()).left_out
    for holder, part in parts.items():
        outcome = Outcome(
            area=case.area,
            street=street_of(case.area),
            case=case,
            organisation_id=UUID(holder),
            item_code=case.item_code,
            clock_class=was_known(case.item_code, on=case.filed_at.date()).clock.code,
            closed_on=case.closed_at.astimezone(ZoneInfo(clock.office.zone)).date(),
            returned=part.returned,
            refused_in_vain=part.refused_in_vain,
        )
        if holder == last and counted:
            outcome.in_time = own_terms_kept(clock, holder)
            outcome.promise_kept = promise_kept
            _handled(outcome, part, case.verdict)
        for measure in _set_aside(outcome):
            setattr(outcome, measure.lower(), None)
        yield outcome


def _handled(outcome: Outcome, part: Part, verdict: str | None) -> None:
    """Say of the organisation that put the matter right how it did."""
    outcome.first_check = not part.failed_check
    outcome.reworked = part.failed_check or part.reopened
    outcome.confirmed = None if verdict is None else verdict == "PUT_RIGHT"


def _set_aside(outcome: Outcome) -> list[str]:
    """Return the measures in which an appeal about the case was granted to the organisation."""
    granted = Appeal.objects.filter(
        case_id=outcome.case_id, organisation_id=outcome.organisation_id, state="GRANTED"
    )
    return list(granted.values_list("measure", flat=True))
