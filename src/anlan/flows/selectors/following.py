"""What a reporter may follow."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from anlan.casework import selectors as casework
from anlan.dispatch import selectors as dispatch
from anlan.intake import selectors as intake
from anlan.kernel.access import Actor, require
from anlan.kernel.scope import scoped

DONE = "DONE"
REOPENED = "REOPENED"
WITH_DISPATCH = "WITH_DISPATCH"
CASE_STAGES = {
    "FILED": "RECEIVED",
    "ASSIGNED": "IN_HAND",
    "DISPUTED": "RECEIVED",
    "REPORTED": "BEING_VERIFIED",
    "VERIFIED": "BEING_VERIFIED",
    "CLOSED": DONE,
    "RETURNED": WITH_DISPATCH,
    "MERGED": "RECEIVED",
}


@dataclass(frozen=True, slots=True)
class Milestone:
    """A stage that was reached, and when."""

    stage: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Words:
    """Words that the desk wrote to the reporter, and when."""

    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Followed:
    """What a reporter may know: stages and times, and words meant for the reporter.

    No other text of staff, no unit, position or caller; not even the reporter's own words, for
    others may hold the number. `ended` is the code of how it ended, once it has; `verdict` what
    was said of that, once, by who reported or the centre that asked. `merged`: others have
    reported the same matter, and it is seen to together with theirs.
    """

    number: str
    kind: str
    received_at: datetime
    stage: str
    milestones: list[Milestone]
    words: list[Words]
    ended: str | None
    case_id: UUID | None
    merged: bool
    may_reopen: bool
    may_rate: bool
    verdict: str | None
    promise: casework.Promise | None


@contextmanager
def by_number(actor: Actor) -> Iterator[None]:
    """Open the scope of who holds the number of a report: the seal of its case does not hide it.

    Of what is sealed a reporter learns nothing that was not told to him before.
    """
    require(actor, "report.follow")
    with scoped(replace(actor, sees_sealed=True)):
        yield


def follow(number: str, *, actor: Actor, at: datetime) -> Followed:
    """Return how far the report with this number has come; raise `UnknownReportError`."""
    with by_number(actor):
        return _followed(number, at)


def _followed(number: str, at: datetime) -> Followed:
    report = intake.report_by_number(number)
    reached = [Milestone("RECEIVED", report.received_at)]
    case_id, ended = report.case_id, None
    before: list[casework.PublicStep] = []
    if report.incident_id is not None:
        incident = dispatch.leading(dispatch.incident(report.incident_id))
        stamps = {
            "HELP_SENT": incident.dispatched_at,
            "HELP_THERE": incident.arrived_at,
            DONE: incident.closed_at,
        }
        # A later report of a known event finds help on its way: reached when it was received.
        reached += [
            Milestone(stage, max(at, report.received_at)) for stage, at in stamps.items() if at
        ]
        ended = incident.disposition or None
        diverted = casework.case_of_incident(incident.id)
        case_id = diverted.id if diverted else None
        given = casework.cases_given_to_dispatch(incident.id)
        steps = [step for one in given for step in one.steps[1:]]
        before = [step for step in steps if step.at >= report.received_at]
        reached += [Milestone(stage_of(step), step.at) for step in before]
    case = casework.public_case(case_id) if case_id is not None else None
    if case is not None:
        # That it is filed goes without saying, unless it comes from dispatch, which had it before.
        after = case.steps if before else case.steps[1:]
        reached += [Milestone(stage_of(step), step.at) for step in after]
        ended = ended or case.disposition
    milestones = _stages(reached)
    return Followed(
        number=report.number,
        kind=report.kind,
        received_at=report.received_at,
        stage=milestones[-1].stage,
        milestones=milestones,
        words=[
            Words(update.text, update.added_at)
            for update in intake.updates_of(report.id)
            if update.direction == "TO_REPORTER"
        ],
        ended=ended if milestones[-1].stage == DONE else None,
        case_id=case.leading_id if case else None,
        merged=case is not None and case.merged,
        may_reopen=case is not None and case.may_reopen,
        may_rate=case is not None and case.may_evaluate,
        verdict=case.verdict if case else None,
        promise=casework.promise(case.leading_id, at)
        if case and case.state != "RETURNED"
        else None,
    )


def stage_of(step: casework.PublicStep) -> str:
    """Return the stage that a step of a case came to: being opened again is one of its own."""
    return REOPENED if step.move == "reopen" else CASE_STAGES[step.state]


def _stages(reached: list[Milestone]) -> list[Milestone]:
    """Return the milestones in the order of time, a stage that goes on only from its beginning."""
    ordered = sorted(reached, key=lambda milestone: milestone.at)
    before = [None, *(milestone.stage for milestone in ordered)]
    return [
        milestone
        for milestone, last in zip(ordered, before, strict=False)
        if milestone.stage != last
    ]
