"""HTTP of kinds, and of reports with what was added to them. Taking one is in flows."""

from dataclasses import asdict
from datetime import datetime
from typing import Literal
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Field, Router, Status
from pydantic import ConfigDict

from anlan.intake import selectors
from anlan.intake.kinds import Kind, kinds
from anlan.intake.models import ProtocolAnswer, Report
from anlan.intake.protocols import in_words, protocols
from anlan.intake.services import contacts, thread
from anlan.kernel import clock
from anlan.kernel.access import require
from anlan.kernel.http import actor_of
from anlan.kernel.looks import PURPOSE_MAX_CHARACTERS
from anlan.kernel.purposes import require_sight
from anlan.kernel.schemas import Schema
from anlan.orgs.protected import EVIDENCE, ReportersWords

router = Router()


class KindOut(Schema):
    """A kind of report, with the group in which a form lists it."""

    code: str
    name_zh: str
    name_en: str
    group: str
    group_zh: str
    group_en: str
    priority: int
    needs_unit: bool
    capabilities: list[str]
    agency: str
    item_code: str | None
    public: bool
    keywords_zh: list[str]
    keywords_en: list[str]


class UpdateOut(Schema):
    """Further words: of whoever reported, or to them."""

    id: UUID
    direction: Literal["FROM_REPORTER", "TO_REPORTER"]
    channel: str
    text: ReportersWords
    added_at: datetime


class AnswerOut(Schema):
    """An answer to a key question, by which version it was asked, and both in words.

    `raises`: it made the report more urgent, or let it need more. A later answer to the same
    question counts instead of an earlier one.
    """

    protocol_id: str
    protocol_version: str
    question: str
    answer: int | str
    answered_at: datetime
    text_zh: str
    text_en: str
    answer_zh: str
    answer_en: str
    raises: bool


class UpdateBody(Schema):
    """Further words, and whose."""

    model_config = ConfigDict(extra="forbid")

    text: str = Field(min_length=1, max_length=thread.UPDATE_LIMIT_CHARACTERS)
    direction: Literal["FROM_REPORTER", "TO_REPORTER"] = "FROM_REPORTER"


class ReportOut(Schema):
    """A report; whether a contact stands apart from it is said, the contact itself is not."""

    id: UUID
    number: str
    channel: str
    kind: str
    priority: int
    area: int
    lon: float
    lat: float
    place_text: ReportersWords
    text: ReportersWords
    rang_at: datetime | None
    answered_at: datetime | None
    received_at: datetime
    incident_id: UUID | None
    case_id: UUID | None
    attached: bool
    contact_kept: bool
    photo_ids: list[UUID]
    call_id: UUID | None
    suggested_kind: str
    suggested_priority: int | None
    updates: list[UpdateOut]
    answers: list[AnswerOut]


class ContactIn(Schema):
    """How somebody may be called back; kept apart, sealed, for a limited time."""

    model_config = ConfigDict(extra="forbid")

    name: str = Field("", max_length=80)
    telephone: str = Field(max_length=32)


class LookBody(Schema):
    """Why somebody looks at a contact."""

    model_config = ConfigDict(extra="forbid")

    purpose: str = Field(max_length=PURPOSE_MAX_CHARACTERS)


class ContactOut(Schema):
    """How to call a reporter back."""

    name: str
    telephone: str
    email: str


def _kind_out(kind: Kind) -> KindOut:
    return KindOut(
        code=kind.code,
        name_zh=kind.name_zh,
        name_en=kind.name_en,
        group=kind.group.code,
        group_zh=kind.group.name_zh,
        group_en=kind.group.name_en,
        priority=kind.priority,
        needs_unit=kind.needs_unit,
        capabilities=list(kind.capabilities),
        agency=kind.agency,
        item_code=kind.item_code,
        public=kind.public,
        keywords_zh=list(kind.keywords_zh),
        keywords_en=list(kind.keywords_en),
    )


def report_out(report: Report, at: datetime) -> ReportOut:
    """Return a report as staff see it at a time."""
    return ReportOut(
        id=report.id,
        number=report.number,
        channel=report.channel,
        kind=report.kind,
        priority=report.priority,
        area=report.area,
        lon=report.lon,
        lat=report.lat,
        place_text=report.place_text,
        text=report.text,
        rang_at=report.rang_at,
        answered_at=report.answered_at,
        received_at=report.received_at,
        incident_id=report.incident_id,
        case_id=report.case_id,
        attached=report.attached,
        contact_kept=selectors.contact_kept(report.id, at),
        photo_ids=selectors.photo_ids(report.id),
        call_id=report.call_id,
        suggested_kind=report.suggested_kind,
        suggested_priority=report.suggested_priority,
        updates=[
            UpdateOut.model_validate(update, from_attributes=True)
            for update in selectors.updates_of(report.id)
        ],
        answers=[_answer_out(answer) for answer in selectors.answer_rows_of(report.id)],
    )


def _answer_out(row: ProtocolAnswer) -> AnswerOut:
    asked_by = protocols.versions().get((row.protocol_id, row.protocol_version))
    return AnswerOut(
        protocol_id=row.protocol_id,
        protocol_version=row.protocol_version,
        question=row.question,
        answer=row.answer,
        answered_at=row.answered_at,
        **asdict(in_words(asked_by, row.question, row.answer)),
    )


@router.get("/kinds", response=list[KindOut], operation_id="list_kinds")
def get_kinds(request: HttpRequest) -> list[KindOut]:
    """List the kinds of report, in the order of the form; they are public."""
    return [_kind_out(kind) for kind in kinds().values()]


@router.get("/reports/{report_id}", response=ReportOut, operation_id="get_report")
def get_report(request: HttpRequest, report_id: UUID) -> ReportOut:
    """Show one report."""
    require(actor_of(request), "report.read")
    report = selectors.report(report_id)
    return report_out(report, clock.now())


@router.get(
    "/reports/{report_id}/photos/{photo_id}",
    operation_id="get_report_photo",
    openapi_extra={"responses": {200: {"content": {"image/jpeg": {}}}}},
)
def get_photo(request: HttpRequest, report_id: UUID, photo_id: UUID) -> HttpResponse:
    """Send one photo of a report as a JPEG."""
    require(actor_of(request), "report.read")
    require_sight(actor_of(request), EVIDENCE)
    return HttpResponse(selectors.photo_jpeg(report_id, photo_id), content_type="image/jpeg")


@router.post(
    "/reports/{report_id}/updates", response={201: UpdateOut}, operation_id="add_report_update"
)
def post_update(request: HttpRequest, report_id: UUID, body: UpdateBody) -> Status[UpdateOut]:
    """Add further words of whoever reported, or write to them; crews and desk are told."""
    update = thread.add_update(
        report_id, body.text, direction=body.direction, actor=actor_of(request), at=clock.now()
    )
    return Status(201, UpdateOut.model_validate(update, from_attributes=True))


@router.post(
    "/reports/{report_id}/contact-views", response=ContactOut, operation_id="look_at_contact"
)
def post_contact_view(
    request: HttpRequest, response: HttpResponse, report_id: UUID, body: LookBody
) -> ContactOut:
    """Show how to call a reporter back; the look and its purpose stay on the record."""
    contact = contacts.look_at_contact(
        report_id=report_id, purpose=body.purpose, actor=actor_of(request), at=clock.now()
    )
    response["Cache-Control"] = "no-store"
    return ContactOut.model_validate(contact, from_attributes=True)
