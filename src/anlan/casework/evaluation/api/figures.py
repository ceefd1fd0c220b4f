"""HTTP of evaluations: figures with their formulas, and the cases behind them."""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Query, Router
from pydantic import AwareDatetime

from anlan.casework.evaluation import selectors
from anlan.casework.evaluation.models import Evaluation, Figure
from anlan.casework.evaluation.rules import EVALUATIONS, MeasureText
from anlan.casework.evaluation.shapes import Spread, spread_of
from anlan.casework.evaluation.transitions import FigureStanding, Measure
from anlan.kernel.access import Actor, require
from anlan.kernel.http import actor_of
from anlan.kernel.paging import PageAsked
from anlan.kernel.schemas import Schema

router = Router()

EvaluationState = Literal["PROVISIONAL", "FINAL"]


class EvaluationRow(Schema):
    """A month that was counted; it may be appealed through `appeal_until`."""

    id: UUID
    area: int
    first_day: date
    last_day: date
    state: EvaluationState
    rules_version: str
    appeal_until: date
    counted_at: AwareDatetime


class EvaluationPage(Schema):
    """A page of months."""

    items: list[EvaluationRow]
    next: str | None


class MeasureOut(Schema):
    """A measure with its published formula, and all organisations together."""

    code: Measure
    name_zh: str
    name_en: str
    formula_zh: str
    formula_en: str
    better: Literal["HIGH", "LOW", "NEITHER"]
    cases: int
    hits: int
    rate: float | None
    dispersion: float


class FigureOut(Schema):
    """One organisation in one measure.

    `rate` is as counted; `adjusted` is what the share would be with the work of all organisations,
    None where nothing is compared; limits are of `adjusted`. `weight` is how many cases of even
    chance would tell as much. Where `is_hidden`, counts are too small to be published.
    """

    organisation_id: UUID
    name_zh: str
    name_en: str
    measure: Measure
    standing: FigureStanding
    is_hidden: bool
    cases: int | None
    hits: int | None
    compared: int | None
    rate: float | None
    expected: float | None
    adjusted: float | None
    weight: float | None
    low: float | None
    high: float | None
    outer_low: float | None
    outer_high: float | None


class EvaluationOut(EvaluationRow):
    """A month with its figures; `level` is that of the outer limits: who is beyond is flagged."""

    level: float
    false_discoveries: float
    minimum_cases: int
    least_members: int
    name_zh: str
    name_en: str
    source_zh: str
    source_en: str
    measures: list[MeasureOut]
    figures: list[FigureOut]
    organisation_id: UUID | None
    may_compare: bool
    may_appeal: bool


class ItemFigureOut(Schema):
    """One organisation in one measure of one item: what was expected if all did alike."""

    item_code: str
    measure: Measure
    cases: int
    hits: int
    rate: float
    expected: float
    compared: int


class CountedCaseOut(Schema):
    """A case that a figure counts, and whether it went so."""

    case_id: UUID
    number: str
    item_code: str
    closed_on: date
    hit: bool


class CountedCasePage(Schema):
    """A page of cases that a figure counts."""

    items: list[CountedCaseOut]
    next: str | None


class CountedQuery(Schema):
    """Which cases: those of an organisation in a measure, of one item, those that went so."""

    organisation_id: UUID
    measure: Measure
    item_code: str | None = Field(None, max_length=8)
    hit: bool | None = None


def _whole(row: Evaluation, actor: Actor) -> EvaluationOut:
    rules = EVALUATIONS.version(row.rules_id, row.rules_version)
    shown = selectors.figures(row, actor=actor)
    names = selectors.names_of({one.figure.organisation_id for one in shown})
    return EvaluationOut(
        **EvaluationRow.model_validate(row).model_dump(),
        level=row.level,
        false_discoveries=rules.false_discoveries,
        minimum_cases=rules.minimum_cases,
        least_members=rules.least_members,
        name_zh=rules.name_zh,
        name_en=rules.name_en,
        source_zh=rules.source_zh,
        source_en=rules.source_en,
        measures=[_measure(row, one) for one in rules.measures],
        figures=[
            _figure(one.figure, row, names, is_hidden=one.is_hidden)
            for one in sorted(shown, key=lambda one: names[one.figure.organisation_id])
        ],
        organisation_id=actor.organisation_id,
        may_compare=selectors.COMPARE in actor.permissions,
        may_appeal="evaluation.appeal" in actor.permissions and row.state != "FINAL",
    )


def _measure(row: Evaluation, text: MeasureText) -> MeasureOut:
    whole = row.wholes.get(text.code, {"cases": 0, "hits": 0, "dispersion": 1.0})
    rate = whole["hits"] / whole["cases"] if whole["cases"] else None
    return MeasureOut(**text.model_dump(), **whole, rate=rate)


def _figure(
    one: Figure, row: Evaluation, names: dict[UUID, tuple[str, str]], *, is_hidden: bool
) -> FigureOut:
    name_zh, name_en = names[one.organisation_id]
    spread = Spread() if is_hidden else spread_of(one, row.wholes[one.measure])
    counts = (None,) * 3 if is_hidden else (one.cases, one.hits, one.compared)
    return FigureOut(
        organisation_id=one.organisation_id,
        name_zh=name_zh,
        name_en=name_en,
        measure=Measure(one.measure),
        standing=FigureStanding(one.standing),
        is_hidden=is_hidden,
        cases=counts[0],
        hits=counts[1],
        compared=counts[2],
        **spread.as_dict(),
    )


@router.get("/evaluations", response=EvaluationPage, operation_id="list_evaluations")
def get_evaluations(request: HttpRequest, asked: PageAsked) -> EvaluationPage:
    """List the months that were counted, the last begun first."""
    actor = actor_of(request)
    require(actor, "evaluation.read")
    found, after = selectors.evaluations(asked, actor=actor)
    return EvaluationPage(items=[EvaluationRow.model_validate(one) for one in found], next=after)


@router.get("/evaluations/{evaluation_id}", response=EvaluationOut, operation_id="get_evaluation")
def get_evaluation(request: HttpRequest, evaluation_id: UUID) -> EvaluationOut:
    """Show a month: formulas, and the figures that the reader may see."""
    actor = actor_of(request)
    require(actor, "evaluation.read")
    return _whole(selectors.evaluation(evaluation_id, actor=actor), actor)


@router.get(
    "/evaluations/{evaluation_id}/organisations/{organisation_id}",
    response=list[ItemFigureOut], operation_id="list_item_figures",
)  # fmt: skip
def get_item_figures(
    request: HttpRequest, evaluation_id: UUID, organisation_id: UUID
) -> list[ItemFigureOut]:
    """Show the figures of an organisation by item: its own, or any for who compares."""
    actor = actor_of(request)
    require(actor, "evaluation.read")
    row = selectors.evaluation(evaluation_id, actor=actor)
    found = selectors.figures_by_item(row, organisation_id, actor=actor)
    return [
        ItemFigureOut(
            item_code=one.item_code,
            measure=Measure(one.measure),
            cases=one.cases,
            hits=one.hits,
            rate=one.hits / one.cases,
            expected=one.expected,
            compared=one.compared,
        )
        for one in found
    ]


@router.get(
    "/evaluations/{evaluation_id}/cases", response=CountedCasePage,
    operation_id="list_counted_cases",
)  # fmt: skip
def get_counted_cases(
    request: HttpRequest,
    evaluation_id: UUID,
    counted: Annotated[CountedQuery, Query(...)],
    asked: PageAsked,
) -> CountedCasePage:
    """List the cases that a figure counts, as far as the reader may see them."""
    actor = actor_of(request)
    require(actor, "evaluation.read")
    require(actor, "case.read")
    row = selectors.evaluation(evaluation_id, actor=actor)
    wanted = selectors.Counted(**counted.model_dump())
    found, after = selectors.counted_cases(row, wanted, asked, actor=actor)
    items = [
        CountedCaseOut(
            case_id=one.case_id,
            number=one.case.number,
            item_code=one.item_code,
            closed_on=one.closed_on,
            hit=getattr(one, counted.measure.lower()),
        )
        for one in found
    ]
    return CountedCasePage(items=items, next=after)
