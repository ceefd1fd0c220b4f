"""HTTP of readings: what a line of speech says, while it is typed. Nothing is kept of it."""

from typing import Annotated, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Field, Query, Router
from pydantic import ConfigDict, FiniteFloat, StrictInt

from anlan.intake import selectors
from anlan.intake.kinds import kind_of
from anlan.intake.protocols import (
    ANSWER_MAX_CHARACTERS,
    QUESTION_CODE,
    Protocol,
    checked_answers,
    protocol_for,
)
from anlan.intake.reading import LINE_LIMIT_CHARACTERS, KindRead, Reading, Span, read_line
from anlan.kernel import clock
from anlan.kernel.access import require
from anlan.kernel.http import actor_of
from anlan.kernel.personal_data import personal_data_in
from anlan.kernel.schemas import Schema
from anlan.kernel.texts import clean_text
from anlan.kernel.zones import Moment

router = Router()
ANSWERS_LIMIT = 24


class SpanOut(Schema):
    """Words of the line, from `start` up to `end` in characters."""

    text: str
    start: int
    end: int


class KindReadOut(Schema):
    """A kind that words point to."""

    code: str
    words: list[SpanOut]


class PlaceReadOut(Schema):
    """A place that words name."""

    name: str
    detail: str
    kind: str
    lon: float
    lat: float
    fit: str
    confidence: Literal["CLEAR", "LIKELY", "UNSURE"]
    words: SpanOut


class ChoiceOut(Schema):
    """One answer to choose."""

    code: str
    name_zh: str
    name_en: str


class QuestionOut(Schema):
    """A key question, and the answer to it: as given by hand, else as the line says."""

    code: str
    answer: Literal["YES_NO", "CHOICE", "NUMBER", "TEXT"]
    text_zh: str
    text_en: str
    choices: list[ChoiceOut]
    least: int
    most: int
    given: int | str | None
    heard: bool
    words: list[SpanOut]


class AdviceOut(Schema):
    """What to tell the caller until help is there."""

    text_zh: str
    text_en: str


class PersonalOut(Schema):
    """Words that look like personal data: they belong into the contact, not into the line."""

    kind: Literal["EMAIL", "IDENTITY", "CARD", "TELEPHONE", "DWELLING"]
    words: SpanOut


class ReadingOut(Schema):
    """What a line says, each part with the words it stands on; all of it may be overruled.

    `questions`, `advice`, `needs`, `alarm_level` and `priority` follow the kind chosen, else the
    one that the words point to.
    """

    kind: KindReadOut | None
    confidence: Literal["CLEAR", "LIKELY", "UNSURE"]
    others: list[KindReadOut]
    negated: list[SpanOut]
    places: list[PlaceReadOut]
    priority: int | None
    protocol_id: str | None
    protocol_version: str | None
    questions: list[QuestionOut]
    needs: list[str]
    alarm_level: int
    because: list[str]
    advice: list[AdviceOut]
    personal: list[PersonalOut]


class AnswerIn(Schema):
    """An answer to one key question: a code, a whole number or a text, as the question asks."""

    model_config = ConfigDict(extra="forbid")

    question: str = Field(pattern=QUESTION_CODE)
    answer: StrictInt | Annotated[str, Field(max_length=ANSWER_MAX_CHARACTERS)]


class LineBody(Schema):
    """A line as far as it is typed; what is chosen by hand stands before what it says."""

    model_config = ConfigDict(extra="forbid")

    text: str = Field(max_length=LINE_LIMIT_CHARACTERS)
    kind: str | None = Field(None, max_length=40)
    answers: list[AnswerIn] = Field([], max_length=ANSWERS_LIMIT)
    lon: Annotated[FiniteFloat, Field(ge=-180, le=180)] | None = None
    lat: Annotated[FiniteFloat, Field(ge=-90, le=90)] | None = None


class SuggestionCountsOut(Schema):
    """How often suggestions were kept; about the suggestions, not about who decided."""

    reports: int
    kind_suggested: int
    kind_kept: int
    priority_kept: int
    place_suggested: int
    place_kept: int


@router.post("/call-readings", response=ReadingOut, operation_id="read_line")
def post_reading(request: HttpRequest, response: HttpResponse, body: LineBody) -> ReadingOut:
    """Read a line while it is typed: kind, urgency, places, key questions. Changes nothing."""
    require(actor_of(request), "report.take")
    line = clean_text(body.text, field="text", limit_characters=LINE_LIMIT_CHARACTERS)
    day = clock.now().date()
    protocol = protocol_for(kind_of(body.kind).code, day) if body.kind else None
    given = [(one.question, one.answer) for one in body.answers]
    # Without a chosen kind the questions follow the words: what fits none of them is left out.
    answers = checked_answers(protocol, given) if protocol else dict(given)
    near = (body.lon, body.lat) if body.lon is not None and body.lat is not None else None
    reading = read_line(line, day=day, chosen=body.kind, answers=answers, near=near)
    response["Cache-Control"] = "no-store"
    return _reading_out(reading, answers, line)


@router.get(
    "/suggestion-counts", response=SuggestionCountsOut, operation_id="get_suggestion_counts"
)
def get_suggestion_counts(
    request: HttpRequest, since: Annotated[Moment, Query(...)]
) -> SuggestionCountsOut:
    """Count how often suggested kinds, urgencies and places were kept since a time."""
    require(actor_of(request), "tally.read")
    counted = selectors.suggestion_counts(since)
    return SuggestionCountsOut.model_validate(counted, from_attributes=True)


def _reading_out(reading: Reading, answers: dict[str, int | str], line: str) -> ReadingOut:
    protocol, outcome = reading.protocol, reading.outcome
    return ReadingOut(
        kind=_kind_out(reading.kind) if reading.kind else None,
        confidence=reading.confidence,
        others=[_kind_out(one) for one in reading.others],
        negated=_spans_out(reading.negated),
        places=[
            PlaceReadOut(
                **one.place._asdict(),
                confidence=one.confidence,
                words=SpanOut(text=one.words.text, start=one.words.start, end=one.words.end),
            )
            for one in reading.places
        ],
        priority=reading.priority,
        protocol_id=protocol.id if protocol else None,
        protocol_version=protocol.version if protocol else None,
        questions=_questions_out(protocol, reading, answers) if protocol else [],
        needs=list(outcome.needs) if outcome else [],
        alarm_level=outcome.alarm_level if outcome else 0,
        because=[f"{question} {answer}" for question, answer in outcome.because] if outcome else [],
        advice=[
            AdviceOut(text_zh=one.text_zh, text_en=one.text_en)
            for one in (outcome.advice if outcome else ())
        ],
        personal=[
            PersonalOut(
                kind=one.kind,
                words=SpanOut(text=line[one.start : one.end], start=one.start, end=one.end),
            )
            for one in personal_data_in(line)
        ],
    )


def _questions_out(
    protocol: Protocol, reading: Reading, answers: dict[str, int | str]
) -> list[QuestionOut]:
    heard = {one.question: one for one in reading.heard}
    return [
        QuestionOut(
            code=question.code,
            answer=question.answer,
            text_zh=question.text_zh,
            text_en=question.text_en,
            choices=[
                ChoiceOut(code=one.code, name_zh=one.name_zh, name_en=one.name_en)
                for one in question.choices
            ],
            least=question.least,
            most=question.most,
            given=answers.get(
                question.code,
                heard[question.code].answer if question.code in heard else None,
            ),
            heard=question.code in heard and question.code not in answers,
            words=_spans_out(heard[question.code].words) if question.code in heard else [],
        )
        for question in protocol.questions
    ]


def _kind_out(kind: KindRead) -> KindReadOut:
    return KindReadOut(code=kind.code, words=_spans_out(kind.words))


def _spans_out(spans: tuple[Span, ...]) -> list[SpanOut]:
    return [SpanOut(text=span.text, start=span.start, end=span.end) for span in spans]
