"""What is added to a report after it was taken: further words, and answers to key questions."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from anlan.intake import selectors
from anlan.intake.errors import NoProtocolError, TooManyUpdatesError
from anlan.intake.models import ProtocolAnswer, Report, ReportUpdate
from anlan.intake.protocols import Answer, Outcome, checked_answers, outcome_of, protocol_for
from anlan.kernel.access import Actor, require
from anlan.kernel.outbox import publish
from anlan.kernel.texts import clean_text

UPDATE_LIMIT_CHARACTERS = 2_000
UPDATES_LIMIT = 200
WEB_UPDATES_LIMIT = 20

AnswersGiven = Sequence[tuple[str, Answer]]


def add_update(
    report_id: UUID, text: str, *, direction: str, actor: Actor, at: datetime
) -> ReportUpdate:
    """Add further words of a reporter (`FROM_REPORTER`), or words to one (`TO_REPORTER`).

    Raises `UnknownReportError`, `InvalidError`, `TooManyUpdatesError`.
    """
    require(actor, "report.update")
    report = selectors.report(report_id)
    return _added(report, text, direction, "PHONE", UPDATES_LIMIT, actor, at)


def add_own_update(report: Report, text: str, *, actor: Actor, at: datetime) -> ReportUpdate:
    """Add further words that a reporter writes on the page of the report's own number."""
    require(actor, "report.follow")
    return _added(report, text, "FROM_REPORTER", "WEB", WEB_UPDATES_LIMIT, actor, at)


def _added(
    report: Report, text: str, direction: str, channel: str, limit: int,
    actor: Actor, at: datetime,
) -> ReportUpdate:  # fmt: skip
    kept = clean_text(text, field="text", limit_characters=UPDATE_LIMIT_CHARACTERS, required=True)
    # Two at once may pass the count together: the bound is against a flood, not a promise.
    if ReportUpdate.objects.filter(report=report, channel=channel).count() >= limit:
        raise TooManyUpdatesError(most=limit)
    update = ReportUpdate.objects.create(
        area=report.area,
        report=report,
        direction=direction,
        channel=channel,
        text=kept,
        added_at=at,
        added_by=actor.id,
    )
    tell_update(report, "words", at)
    return update


def outcome_of_answers(kind: str, given: AnswersGiven, at: datetime) -> Outcome | None:
    """Return what answers come to before they are kept; None without any.

    Raises `NoProtocolError`, and `BadAnswerError` naming the question.
    """
    if not given:
        return None
    protocol = protocol_for(kind, at.date())
    if protocol is None:
        raise NoProtocolError
    return outcome_of(protocol, checked_answers(protocol, given))


def add_answers(report: Report, given: AnswersGiven, *, actor: Actor, at: datetime) -> Outcome:
    """Keep answers to the key questions of a report's kind; return what all of them come to.

    Raises `NoProtocolError`, and `BadAnswerError` naming the question; then none is kept.
    """
    require(actor, "report.update")
    protocol = protocol_for(report.kind, at.date())
    if protocol is None:
        raise NoProtocolError
    answers = checked_answers(protocol, given)
    for question, answer in answers.items():
        ProtocolAnswer.objects.create(
            area=report.area,
            report=report,
            protocol_id=protocol.id,
            protocol_version=protocol.version,
            question=question,
            answer=answer,
            answered_at=at,
            answered_by=actor.id,
        )
    tell_update(report, "answers", at)
    return outcome_of(protocol, selectors.answers_of(report.id))


def tell_update(report: Report, what: str, at: datetime) -> None:
    """Tell the screens that there is more to read; the words themselves stay with the report."""
    body = {
        "report_id": str(report.id),
        "incident_id": str(report.incident_id) if report.incident_id else None,
        "case_id": str(report.case_id) if report.case_id else None,
        "added": what,
        "at": at.isoformat(),
    }
    publish("report.updated", area=report.area, subject_id=report.id, body=body, at=at)
