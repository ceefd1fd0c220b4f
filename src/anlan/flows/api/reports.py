"""HTTP of what joins slices: reports, diversions, following."""

from typing import Annotated, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Query, Router, Status
from pydantic import AwareDatetime, ConfigDict, FiniteFloat

from anlan.casework.api.cases import CaseOut, case_out
from anlan.casework.transitions import Verdict
from anlan.dispatch import selectors as dispatch
from anlan.dispatch.api.incidents import IncidentOut, incident_out
from anlan.dispatch.services.incidents import make_move
from anlan.dispatch.services.steps import REASON_MAX_CHARACTERS
from anlan.flows import selectors
from anlan.flows.services.detaching import detach
from anlan.flows.services.diversions import divert, divert_to_desk, return_to_desk
from anlan.flows.services.following import add_words, ask_reopen, rate
from anlan.flows.services.reports import answer_questions, take_report
from anlan.intake.api.readings import AnswerIn
from anlan.intake.api.reports import ContactIn, ReportOut, report_out
from anlan.intake.selectors import report, reports_of_incident
from anlan.intake.services.contacts import ContactGiven
from anlan.intake.services.reports import ReportGiven
from anlan.intake.services.thread import UPDATE_LIMIT_CHARACTERS
from anlan.kernel import clock
from anlan.kernel.access import require
from anlan.kernel.http import actor_of
from anlan.kernel.schemas import Schema
from anlan.kernel.zones import Moment
from anlan.orgs.protected import ReportersWords

router = Router()
NUMBER_MAX_CHARACTERS = 24
ANSWERS_LIMIT = 24


class Strict(Schema):
    """A body that holds no unknown field."""

    model_config = ConfigDict(extra="forbid")


class AnswersBody(Strict):
    """Answers to key questions; a later answer to the same question counts."""

    answers: list[AnswerIn] = Field(min_length=1, max_length=ANSWERS_LIMIT)


class OutcomeOut(Schema):
    """What all answers come to: urgency, capabilities and alarm level that they raise to."""

    priority: int | None
    needs: list[str]
    alarm_level: int


class WordsBody(Strict):
    """Further words about a report."""

    text: str = Field(min_length=1, max_length=UPDATE_LIMIT_CHARACTERS)


class PlacedBody(Strict):
    """What every report says: what, where, in which words."""

    kind: str = Field(max_length=40)
    lon: FiniteFloat
    lat: FiniteFloat
    place_text: str = Field("", max_length=200)
    text: str = Field("", max_length=2_000)
    contact: ContactIn | None = None


class ReportBody(PlacedBody):
    """A report as a call-taker or another system hands it in."""

    channel: Literal["PHONE", "API"]
    priority: int | None = Field(None, ge=1, le=4)
    call_id: UUID | None = None
    answers: list[AnswerIn] = Field([], max_length=ANSWERS_LIMIT)
    rang_at: Moment | None = None
    answered_at: Moment | None = None
    attach_to: UUID | None = None


class PublicReportBody(PlacedBody):
    """A report as a resident hands it in."""


class TakenOut(Schema):
    """A report that was taken: its public number, and where it led."""

    id: UUID
    number: str
    area: int
    received_at: AwareDatetime
    attached: bool
    incident_id: UUID | None
    case_id: UUID | None
    led_to: str


class PublicTakenOut(Schema):
    """A resident's report that was taken: the number to follow it by."""

    number: str
    received_at: AwareDatetime


class SimilarOut(Schema):
    """An open incident that a report may be about, with the probability that it is."""

    incident_id: UUID
    number: str
    kind: str
    priority: int
    place_text: ReportersWords
    report_count: int
    distance_m: float
    age_s: float
    probability: float
    suggested: bool


class IncidentMoveBody(Strict):
    """Facts of an incident's move; which ones a move needs, its refusal says."""

    reason: str = Field("", max_length=REASON_MAX_CHARACTERS)
    note: str = Field("", max_length=2_000)
    disposition: str = Field("", max_length=24)
    item_code: str = Field("", max_length=8)
    priority: int | None = Field(None, ge=1, le=4)
    alarm_level: int | None = Field(None, ge=2, le=9)


class ReturnBody(Strict):
    """Why a case goes back to the desk."""

    reason: str = Field(min_length=1, max_length=REASON_MAX_CHARACTERS)


class DivertCaseBody(Strict):
    """What kind of incident a case turned out to be, and why."""

    kind: str = Field(max_length=40)
    reason: str = Field(min_length=1, max_length=REASON_MAX_CHARACTERS)


class DetachBody(Strict):
    """Why a report leaves its incident, and for which other one; none: for a new one."""

    reason: str = Field(min_length=1, max_length=REASON_MAX_CHARACTERS)
    attach_to: UUID | None = None


class MilestoneOut(Schema):
    """A stage that was reached, and when."""

    stage: str
    at: AwareDatetime


class WordsOut(Schema):
    """Words that the desk wrote to whoever reported."""

    text: str
    at: AwareDatetime


class PromiseOut(Schema):
    """By when a matter is to be closed, and how that stands."""

    standing: Literal["DUE", "OVERDUE", "PAUSED", "KEPT", "MISSED", "AWAITED"]
    due_at: AwareDatetime | None


class RatingBody(Strict):
    """Whether the matter was put right."""

    verdict: Verdict


class FollowedOut(Schema):
    """What a reporter may know."""

    number: str
    kind: str
    received_at: AwareDatetime
    stage: str
    milestones: list[MilestoneOut]
    words: list[WordsOut]
    ended: str | None
    merged: bool
    may_reopen: bool
    may_rate: bool
    verdict: Verdict | None
    promise: PromiseOut | None


def _followed(request: HttpRequest, number: str) -> FollowedOut:
    followed = selectors.follow(number, actor=actor_of(request), at=clock.now())
    return FollowedOut.model_validate(followed, from_attributes=True)


def _given(body: PlacedBody, channel: str, priority: int | None) -> ReportGiven:
    contact = body.contact
    return ReportGiven(
        channel=channel,
        kind=body.kind,
        priority=priority,
        lon=body.lon,
        lat=body.lat,
        place_text=body.place_text,
        text=body.text,
        contact=ContactGiven(contact.name, contact.telephone) if contact else None,
    )


@router.post("/reports", response={201: TakenOut}, operation_id="take_report")
def post_report(request: HttpRequest, body: ReportBody) -> Status[TakenOut]:
    """Take a report: it opens an incident, files a case, or joins the incident `attach_to`."""
    given = _given(body, body.channel, body.priority)
    timed = ReportGiven(
        **{name: getattr(given, name) for name in given.__slots__}
        | {"rang_at": body.rang_at, "answered_at": body.answered_at, "call_id": body.call_id}
        | {"answers": [(one.question, one.answer) for one in body.answers]}
    )
    taken = take_report(timed, attach_to=body.attach_to, actor=actor_of(request), at=clock.now())
    return Status(
        201,
        TakenOut(
            id=taken.id,
            number=taken.number,
            area=taken.area,
            received_at=taken.received_at,
            attached=taken.led_to.attached,
            incident_id=taken.led_to.incident_id,
            case_id=taken.led_to.case_id,
            led_to=taken.led_to.number,
        ),
    )


@router.post(
    "/reports/{report_id}/answers", response={201: OutcomeOut}, operation_id="answer_questions"
)
def post_answers(request: HttpRequest, report_id: UUID, body: AnswersBody) -> Status[OutcomeOut]:
    """Keep answers to key questions; what they raise is raised on the incident."""
    given = [(one.question, one.answer) for one in body.answers]
    outcome = answer_questions(report_id, given, actor=actor_of(request), at=clock.now())
    return Status(201, OutcomeOut.model_validate(outcome, from_attributes=True))


@router.get("/reports/similar", response=list[SimilarOut], operation_id="similar_incidents")
def get_similar(
    request: HttpRequest,
    kind: str,
    lon: Annotated[FiniteFloat, Query(..., ge=-180, le=180)],
    lat: Annotated[FiniteFloat, Query(..., ge=-90, le=90)],
) -> list[SimilarOut]:
    """Offer open incidents that a report may be about; joining one is the call-taker's choice."""
    found = selectors.similar_incidents(kind, lon, lat, actor=actor_of(request), at=clock.now())
    return [SimilarOut.model_validate(one, from_attributes=True) for one in found]


@router.post("/reports/{report_id}/detach", response=ReportOut, operation_id="detach_report")
def post_detach(request: HttpRequest, report_id: UUID, body: DetachBody) -> ReportOut:
    """Take a report from its incident: it is about another one, or about something new."""
    actor, at = actor_of(request), clock.now()
    detach(report_id, attach_to=body.attach_to, reason=body.reason, actor=actor, at=at)
    return report_out(report(report_id), at)


@router.post("/public/reports", response={201: PublicTakenOut}, operation_id="take_public_report")
def post_public_report(request: HttpRequest, body: PublicReportBody) -> Status[PublicTakenOut]:
    """Take a resident's report; nobody needs to sign in."""
    given = _given(body, "WEB", None)
    taken = take_report(given, attach_to=None, actor=actor_of(request), at=clock.now())
    return Status(201, PublicTakenOut(number=taken.number, received_at=taken.received_at))


@router.get("/public/reports/{number}", response=FollowedOut, operation_id="follow_report")
def get_public_report(request: HttpRequest, number: str) -> FollowedOut:
    """Say how far the report with this number has come."""
    return _followed(request, number[:NUMBER_MAX_CHARACTERS])


@router.post("/public/reports/{number}/updates", response=FollowedOut, operation_id="add_own_words")
def post_own_words(request: HttpRequest, number: str, body: WordsBody) -> FollowedOut:
    """Add further words to the report with this number; the desk and the crews are told."""
    actor = actor_of(request)
    add_words(number[:NUMBER_MAX_CHARACTERS], body.text, actor=actor, at=clock.now())
    return _followed(request, number[:NUMBER_MAX_CHARACTERS])


@router.post("/public/reports/{number}/reopen", response=FollowedOut, operation_id="ask_reopen")
def post_reopen(request: HttpRequest, number: str, body: ReturnBody) -> FollowedOut:
    """Ask once that a closed case be opened again."""
    actor = actor_of(request)
    ask_reopen(number[:NUMBER_MAX_CHARACTERS], reason=body.reason, actor=actor, at=clock.now())
    return _followed(request, number[:NUMBER_MAX_CHARACTERS])


@router.post("/public/reports/{number}/rating", response=FollowedOut, operation_id="rate_outcome")
def post_rating(request: HttpRequest, number: str, body: RatingBody) -> FollowedOut:
    """Say once of a closing whether the matter was put right; no account, nobody is scored."""
    number = number[:NUMBER_MAX_CHARACTERS]
    rate(number, verdict=body.verdict, actor=actor_of(request), at=clock.now())
    return _followed(request, number)


@router.get(
    "/incidents/{incident_id}/reports",
    response=list[ReportOut],
    operation_id="list_reports_of_incident",
)
def get_reports_of_incident(request: HttpRequest, incident_id: UUID) -> list[ReportOut]:
    """List the reports behind an incident, first come first."""
    require(actor_of(request), "report.read")
    dispatch.incident(incident_id)
    at = clock.now()
    return [report_out(report, at) for report in reports_of_incident(incident_id)]


@router.post(
    "/incidents/{incident_id}/moves/{move}", response=IncidentOut, operation_id="move_incident"
)
def post_incident_move(
    request: HttpRequest,
    incident_id: UUID,
    move: Literal["close", "reopen", "divert", "reprioritise", "raise_alarm"],
    body: IncidentMoveBody,
) -> IncidentOut:
    """Close an incident, reopen it, divert it, change its priority or raise its alarm."""
    actor, at = actor_of(request), clock.now()
    if move == "divert":
        divert(incident_id, item_code=body.item_code, reason=body.reason, actor=actor, at=at)
    else:
        make_move(incident_id, move, body.model_dump(), actor=actor, at=at)
    return incident_out(dispatch.incident(incident_id))


@router.post("/cases/{case_id}/moves/return", response=CaseOut, operation_id="return_case_to_desk")
def post_return(request: HttpRequest, case_id: UUID, body: ReturnBody) -> CaseOut:
    """Give a case back to the desk that diverted it; its incident is open again."""
    actor = actor_of(request)
    return_to_desk(case_id, reason=body.reason, actor=actor, at=clock.now())
    return case_out(case_id, actor)


@router.post("/cases/{case_id}/moves/divert", response=CaseOut, operation_id="divert_case_to_desk")
def post_case_divert(request: HttpRequest, case_id: UUID, body: DivertCaseBody) -> CaseOut:
    """Give a case that never was an incident to the desk: a new one is open there."""
    actor = actor_of(request)
    divert_to_desk(case_id, kind_code=body.kind, reason=body.reason, actor=actor, at=clock.now())
    return case_out(case_id, actor)
