"""HTTP of routing tables: written, looked through, tried on past cases, published."""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Query, Router, Status
from pydantic import AwareDatetime, ConfigDict, field_validator

from anlan.casework.models import TITLE_LIMIT_CHARACTERS, RoutingTable
from anlan.casework.routing.analysis import Finding, FindingKind
from anlan.casework.routing.deciding import Matter
from anlan.casework.routing.tables import ROWS_LIMIT, Row, check_numbers
from anlan.casework.selectors import routing as selectors
from anlan.casework.selectors.routing_replay import REPLAY_LIMIT_PAGES, Pair, replay
from anlan.casework.services.routing_tables import (
    NEEDED,
    REASON_LIMIT_CHARACTERS,
    Content,
    begin_draft,
    change_draft,
    move_table,
)
from anlan.casework.transitions import ROUTING_MOVES
from anlan.kernel import clock
from anlan.kernel.access import Actor, require
from anlan.kernel.http import actor_of
from anlan.kernel.paging import PageAsked
from anlan.kernel.schemas import Schema

router = Router()

RoutingState = Literal["DRAFT", "PROPOSED", "PUBLISHED", "DROPPED"]
RoutingMove = Literal["propose", "revise", "publish", "drop"]


class Strict(Schema):
    """A body that holds no unknown field."""

    model_config = ConfigDict(extra="forbid")


class RoutingTableRow(Schema):
    """A routing table as the list shows it; of those published one is in force."""

    id: UUID
    area: int
    state: RoutingState
    title: str
    valid_from: date
    edition: int | None
    revision: int
    size: int
    in_force: bool
    changed_at: AwareDatetime
    published_at: AwareDatetime | None


class RoutingTablePage(Schema):
    """A page of routing tables."""

    items: list[RoutingTableRow]
    next: str | None


class RoutingStepOut(Schema):
    """Something that was done with a table."""

    move: str
    made_by_name: str
    made_at: AwareDatetime
    facts: dict[str, str]


class RoutingTableOut(RoutingTableRow):
    """A table with its rows by level, what was done with it, and what the reader may do now."""

    rows: list[Row]
    steps: list[RoutingStepOut]
    moves: list[RoutingMove]
    may_change: bool


class DraftBody(Strict):
    """Which table a draft begins as a copy of; without one, the table in force."""

    copied_id: UUID | None = None


class ContentBody(Strict):
    """A draft as it is to be from now on; `revision` is the one that was read."""

    revision: int = Field(ge=1, le=1_000_000)
    title: str = Field(max_length=TITLE_LIMIT_CHARACTERS)
    valid_from: date
    rows: list[Row] = Field(max_length=ROWS_LIMIT)

    @field_validator("rows")
    @classmethod
    def _numbered_once(cls, rows: list[Row]) -> list[Row]:
        check_numbers(rows)
        return rows


class RoutingMoveBody(Strict):
    """What is moved, as it was read, and why where the move says so."""

    revision: int = Field(ge=1, le=1_000_000)
    reason: str | None = Field(None, max_length=REASON_LIMIT_CHARACTERS)


class MatterOut(Schema):
    """A case as a table sees it; minute and day are those of its place."""

    item: str
    group: str
    lead: str
    area: int
    site: str
    source: str
    minute: int
    day: date
    worked: bool | None


class FindingOut(Schema):
    """Something wrong with a table; with one that forbids, nothing is published."""

    kind: FindingKind
    forbids: bool
    rows: list[int]
    by: list[int]
    names: list[str]
    example: MatterOut | None


class FindingsOut(Schema):
    """Everything found, the gravest first; `cells` kinds of case were told apart."""

    revision: int
    cells: int
    may_publish: bool
    findings: list[FindingOut]


class ExampleOut(Schema):
    """A past case that would go elsewhere."""

    number: str
    item_code: str
    area: int
    filed_at: AwareDatetime


class PairOut(Schema):
    """Past cases that would go from one holder to another; @DESK decides by hand."""

    before: str
    after: str
    count: int
    examples: list[ExampleOut]


class ReplayOut(Schema):
    """A page of a replay; the one after it is asked for `after` `next`.

    Of the `handled` it is known who handled them: `met_before` and `met_after` went there at once.
    """

    total: int
    looked_at: int
    elsewhere: int
    handled: int
    met_before: int
    met_after: int
    pairs: list[PairOut]
    next: UUID | None


def _row(table: RoutingTable, in_force: UUID | None) -> RoutingTableRow:
    return RoutingTableRow(
        id=table.id,
        area=table.area,
        state=table.state,  # type: ignore[arg-type]  # the database allows no other
        title=table.title,
        valid_from=table.valid_from,
        edition=table.edition,
        revision=table.revision,
        size=len(table.rows),
        in_force=table.id == in_force,
        changed_at=table.changed_at,
        published_at=table.published_at,
    )


def _in_force(area: int) -> UUID | None:
    found = selectors.table_in_force(area, clock.now().date())
    return found.id if found else None


def _whole(table: RoutingTable, actor: Actor) -> RoutingTableOut:
    own = actor.id in table.written_by
    return RoutingTableOut(
        **_row(table, _in_force(table.area)).model_dump(),
        rows=list(selectors.rows_of(table)),
        steps=[RoutingStepOut.model_validate(one) for one in selectors.routing_steps(table.id)],
        moves=[
            name  # type: ignore[misc]  # the table names no other
            for name in ROUTING_MOVES.offered(table.state)
            if NEEDED[name] in actor.permissions and not (name == "publish" and own)
        ],
        may_change=table.state == "DRAFT" and "routing.write" in actor.permissions,
    )


def _finding(finding: Finding) -> FindingOut:
    return FindingOut(
        kind=finding.kind,
        forbids=finding.forbids,
        rows=list(finding.rows),
        by=list(finding.by),
        names=list(finding.names),
        example=None if finding.example is None else _matter(finding.example),
    )


def _matter(matter: Matter) -> MatterOut:
    return MatterOut.model_validate(matter)


def _pair(pair: Pair) -> PairOut:
    examples = [ExampleOut.model_validate(case) for case in pair.examples]
    return PairOut(before=pair.before, after=pair.after, count=pair.count, examples=examples)


@router.get("/routing-tables", response=RoutingTablePage, operation_id="list_routing_tables")
def get_routing_tables(request: HttpRequest, asked: PageAsked) -> RoutingTablePage:
    """List the routing tables, drafts and editions, newest first."""
    require(actor_of(request), "routing.read")
    found, after = selectors.routing_tables(asked)
    in_force = {area: _in_force(area) for area in {table.area for table in found}}
    return RoutingTablePage(
        items=[_row(table, in_force[table.area]) for table in found], next=after
    )


@router.post("/routing-tables", response={201: RoutingTableOut}, operation_id="begin_routing_table")
def post_routing_table(request: HttpRequest, body: DraftBody) -> Status[RoutingTableOut]:
    """Begin a draft as a copy of the table in force, or of another."""
    actor = actor_of(request)
    require(actor, "routing.write")
    return Status(201, _whole(begin_draft(body.copied_id, actor=actor, at=clock.now()), actor))


@router.get(
    "/routing-tables/{table_id}", response=RoutingTableOut, operation_id="get_routing_table"
)
def get_routing_table(request: HttpRequest, table_id: UUID) -> RoutingTableOut:
    """Show a routing table with its rows and its history."""
    actor = actor_of(request)
    require(actor, "routing.read")
    return _whole(selectors.routing_table(table_id), actor)


@router.put(
    "/routing-tables/{table_id}", response=RoutingTableOut, operation_id="change_routing_table"
)
def put_routing_table(request: HttpRequest, table_id: UUID, body: ContentBody) -> RoutingTableOut:
    """Write a draft anew. Refused if somebody changed it since it was read."""
    actor = actor_of(request)
    require(actor, "routing.write")
    content = Content(body.title, body.valid_from, tuple(body.rows))
    table = change_draft(table_id, body.revision, content, actor=actor, at=clock.now())
    return _whole(table, actor)


@router.post(
    "/routing-tables/{table_id}/moves/{move}", response=RoutingTableOut,
    operation_id="move_routing_table",
)  # fmt: skip
def post_routing_move(
    request: HttpRequest, table_id: UUID, move: RoutingMove, body: RoutingMoveBody
) -> RoutingTableOut:
    """Propose, send back, publish or drop a table. Who wrote any of it does not publish it."""
    actor = actor_of(request)
    require(actor, "routing.read")
    facts = {} if body.reason is None else {"reason": body.reason}
    table = move_table(table_id, move, body.revision, facts, actor=actor, at=clock.now())
    return _whole(table, actor)


@router.get(
    "/routing-tables/{table_id}/findings", response=FindingsOut, operation_id="check_routing_table"
)
def get_routing_findings(request: HttpRequest, table_id: UUID) -> FindingsOut:
    """Look through a table for conflicts, gaps, rows that never count and circles."""
    require(actor_of(request), "routing.read")
    table = selectors.routing_table(table_id)
    found = selectors.analysis_of(table, selectors.rows_of(table))
    return FindingsOut(
        revision=table.revision,
        cells=found.cells,
        may_publish=found.may_publish,
        findings=[_finding(one) for one in found.findings],
    )


@router.get(
    "/routing-tables/{table_id}/replay", response=ReplayOut, operation_id="replay_routing_table"
)
def get_routing_replay(
    request: HttpRequest,
    table_id: UUID,
    after: UUID | None = None,
    page: Annotated[int, Query(ge=1, le=REPLAY_LIMIT_PAGES)] = 1,
) -> ReplayOut:
    """Try a table on the next page of the latest cases: who would go elsewhere?"""
    require(actor_of(request), "routing.read")
    table = selectors.routing_table(table_id)
    found = replay(table, after, page, clock.now())
    return ReplayOut(
        total=found.total,
        looked_at=found.looked_at,
        elsewhere=found.elsewhere,
        handled=found.handled,
        met_before=found.met_before,
        met_after=found.met_after,
        pairs=[_pair(one) for one in found.pairs.values()],
        next=None if found.next is None else UUID(found.next),
    )
