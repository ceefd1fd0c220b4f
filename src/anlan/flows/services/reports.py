"""A report arrives: it opens an incident, files a case, or joins what is open already."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db import transaction

from anlan.casework.services import Filing, file_case
from anlan.dispatch.agencies.services.routing import route_incident
from anlan.dispatch.services.incidents import IncidentGiven, attach_report, open_incident
from anlan.dispatch.services.raising import raise_incident
from anlan.flows.errors import NothingToAttachError
from anlan.flows.selectors import FoundSimilar, found_similar
from anlan.intake import selectors as intake
from anlan.intake.kinds import Kind, kind_of
from anlan.intake.protocols import Outcome
from anlan.intake.services import calls, reports, thread
from anlan.intake.services.reports import ReportGiven
from anlan.kernel.access import Actor, require
from anlan.kernel.moves import MoveNotAllowedError
from anlan.places.selectors import cell_of_point

JOINS_BY_ITSELF = frozenset({"WEB", "API"})


@dataclass(frozen=True, slots=True)
class LedTo:
    """Where a report led: to an incident or to a case, one of them, with its number."""

    number: str
    incident_id: UUID | None = None
    case_id: UUID | None = None
    attached: bool = False


@dataclass(frozen=True, slots=True)
class Taken:
    """A report that was taken: its own public number, and where it led."""

    id: UUID
    number: str
    area: int
    received_at: datetime
    led_to: LedTo


@transaction.atomic
def take_report(given: ReportGiven, *, attach_to: UUID | None, actor: Actor, at: datetime) -> Taken:
    """Take a report; open its incident or file its case, all of it or nothing.

    From a running call it is taken with kind and place alone, and the call's stamps begin its
    clock; the rest follows. With `attach_to` it joins that open incident instead. One that nobody
    takes by hand joins the open incident that it is about, where the rules of duplicates let it.
    Raises `OutsideJurisdictionError`, the refusals of the slices, and `NothingToAttachError` for a
    kind that opens no incident.
    """
    given = reports.checked_report(given, actor=actor, at=at)
    kind = kind_of(given.kind)
    cell = cell_of_point(given.lon, given.lat)
    given = _on_the_line(given, actor, at)
    outcome = thread.outcome_of_answers(kind.code, given.answers, at)
    given = replace(given, priority=given.priority or _priority(kind, outcome))
    if attach_to is not None:
        taken = _attach(given, kind, cell.area, attach_to, actor, at)
    elif kind.needs_unit:
        known = _known_incident(given, kind, at)
        taken = (
            _open(given, kind, outcome, cell.area, actor, at)
            if known is None
            else _join(given, kind, outcome, cell.area, known, actor, at)
        )
    else:
        taken = _file(given, kind, cell.area, actor, at)
    if given.answers:
        answer_questions(taken.id, given.answers, actor=actor, at=at)
    return taken


@transaction.atomic
def answer_questions(
    report_id: UUID, answers: thread.AnswersGiven, *, actor: Actor, at: datetime
) -> Outcome:
    """Keep answers to key questions; what they raise is raised on the report's open incident."""
    report = intake.report(report_id)
    outcome = thread.add_answers(report, answers, actor=actor, at=at)
    if report.incident_id is not None:
        raise_incident(
            report.incident_id,
            priority=outcome.priority,
            needs=outcome.needs,
            because=[f"{question} {answer}" for question, answer in outcome.because],
            alarm_level=outcome.alarm_level,
            actor=actor,
            at=at,
        )
    return outcome


def _on_the_line(given: ReportGiven, actor: Actor, at: datetime) -> ReportGiven:
    """Give a report the stamps of the call that it is taken from."""
    if given.call_id is None:
        return given
    require(actor, "report.take")
    call = calls.call_to_report(given.call_id, actor=actor, at=at)
    return replace(given, rang_at=call.rang_at, answered_at=call.answered_at)


def _priority(kind: Kind, outcome: Outcome | None) -> int:
    raised = outcome.priority if outcome else None
    return kind.priority if raised is None else min(kind.priority, raised)


def _attach(
    given: ReportGiven, kind: Kind, area: int, attach_to: UUID, actor: Actor, at: datetime
) -> Taken:
    if not kind.needs_unit:
        raise NothingToAttachError(field="attach_to", rule="kind_needs_a_unit")
    incident = attach_report(attach_to, actor=actor, at=at)
    led_to = LedTo(incident_id=incident.id, number=incident.number, attached=True)
    return _keep(given, area, led_to, actor, at)


def _known_incident(given: ReportGiven, kind: Kind, at: datetime) -> FoundSimilar | None:
    """Return the incident that a report is about, where it may join without being asked.

    Never what a call-taker takes: that is asked. Never by a report that is more urgent than the
    incident: somebody must look at it.
    """
    if given.channel not in JOINS_BY_ITSELF:
        return None
    found = found_similar(given.kind, given.lon, given.lat, at)
    likeliest = found.incidents[0] if found.incidents else None
    joins = (
        likeliest is not None
        and likeliest.suggested
        and found.known >= found.rules.join_from
        and found.rules.of(given.kind).joins
        and likeliest.priority <= (given.priority or kind.priority)
    )
    return found if joins else None


def _join(
    given: ReportGiven, kind: Kind, outcome: Outcome | None, area: int, known: FoundSimilar,
    actor: Actor, at: datetime,
) -> Taken:  # fmt: skip
    likeliest = known.incidents[0]
    facts = {
        "probability": round(likeliest.probability, 3),
        "rules": f"{known.rules.id} {known.rules.version}",
    }
    try:
        incident = attach_report(likeliest.incident_id, actor=actor, at=at, facts=facts)
    except MoveNotAllowedError:  # it left the desk in this moment
        return _open(given, kind, outcome, area, actor, at)
    led_to = LedTo(incident_id=incident.id, number=incident.number, attached=True)
    return _keep(given, area, led_to, actor, at)


def _open(
    given: ReportGiven, kind: Kind, outcome: Outcome | None, area: int, actor: Actor, at: datetime
) -> Taken:
    opened = IncidentGiven(
        kind=kind.code,
        priority=given.priority or kind.priority,
        needs=tuple(dict.fromkeys((*kind.capabilities, *(outcome.needs if outcome else ())))),
        channel=given.channel,
        lon=given.lon,
        lat=given.lat,
        area=area,
        place_text=given.place_text,
        text=given.text,
        rang_at=given.rang_at,
        answered_at=given.answered_at,
    )
    incident = open_incident(opened, actor=actor, at=at)
    route_incident(incident.id, at=at)
    return _keep(given, area, LedTo(incident_id=incident.id, number=incident.number), actor, at)


def _file(given: ReportGiven, kind: Kind, area: int, actor: Actor, at: datetime) -> Taken:
    filing = Filing(
        item_code=str(kind.item_code),
        lon=given.lon,
        lat=given.lat,
        area=area,
        text=given.text,
        place_text=given.place_text,
        channel=given.channel,
    )
    case = file_case(filing, actor=actor, at=at, photos=given.photos)
    led_to = LedTo(case_id=case.id, number=case.number)
    return _keep(replace(given, photos=()), area, led_to, actor, at)


def _keep(given: ReportGiven, area: int, led_to: LedTo, actor: Actor, at: datetime) -> Taken:
    report = reports.take_report(
        given,
        area=area,
        incident_id=led_to.incident_id,
        case_id=led_to.case_id,
        attached=led_to.attached,
        actor=actor,
        at=at,
    )
    return Taken(id=report.id, number=report.number, area=area, received_at=at, led_to=led_to)
