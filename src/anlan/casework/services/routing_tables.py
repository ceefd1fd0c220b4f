"""Writing a routing table: a draft is changed, proposed, and published by somebody else."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Max

from anlan.casework.errors import (
    DraftChangedError,
    FaultyTableError,
    NotADraftError,
    OwnTableError,
    UnknownRoutingTableError,
)
from anlan.casework.models import TITLE_LIMIT_CHARACTERS, RoutingStep, RoutingTable
from anlan.casework.routing.tables import Row
from anlan.casework.selectors.routing import (
    analysis_of,
    first_rows,
    routing_table,
    rows_of,
    table_in_force,
)
from anlan.casework.transitions import ROUTING_MOVES
from anlan.kernel.access import Actor, require
from anlan.kernel.errors import InvalidError
from anlan.kernel.texts import clean_text
from anlan.orgs import selectors as orgs

REASON_LIMIT_CHARACTERS = 400
PUBLISH_LOCK = 0x726F757465  # "route": editions of an area are numbered one after the other
NEEDED = {
    "propose": "routing.write",
    "revise": "routing.read",
    "publish": "routing.publish",
    "drop": "routing.write",
}


@dataclass(frozen=True, slots=True)
class Content:
    """What a draft says: its title, from when on it is to hold, its rows."""

    title: str
    valid_from: date
    rows: tuple[Row, ...]


def begin_draft(copied_id: UUID | None, *, actor: Actor, at: datetime) -> RoutingTable:
    """Begin a draft for the area of the actor's organisation.

    As a copy of a table; of none: of the one in force, or of the text that the first begins with.
    """
    require(actor, "routing.write")
    if actor.organisation_id is None:
        raise InvalidError(field="organisation", rule="required")
    area = orgs.organisation(actor.organisation_id).area
    copied = routing_table(copied_id) if copied_id else table_in_force(area, at.date())
    draft = RoutingTable.objects.create(
        area=area,
        title=copied.title if copied else "",
        valid_from=at.date(),
        rows=copied.rows if copied else first_rows(at.date()),
        written_by=[actor.id],
        changed_at=at,
    )
    facts = {"copied": str(copied.id)} if copied else {}
    _add_step(draft, "begin", "", facts, actor, at)
    return draft


def change_draft(
    table_id: UUID, revision: int, content: Content, *, actor: Actor, at: datetime
) -> RoutingTable:
    """Write a draft anew.

    Raises `DraftChangedError` if `revision` is not the one that was read, `NotADraftError`.
    """
    require(actor, "routing.write")
    draft = _locked(table_id)
    if draft.state != "DRAFT":
        raise NotADraftError(state=draft.state)
    if draft.revision != revision:
        raise DraftChangedError(revision=draft.revision)
    draft.title = clean_text(content.title, field="title", limit_characters=TITLE_LIMIT_CHARACTERS)
    draft.valid_from = content.valid_from
    draft.rows = [row.model_dump(mode="json") for row in content.rows]
    draft.revision += 1
    draft.changed_at = at
    if actor.id not in draft.written_by:
        draft.written_by = [*draft.written_by, actor.id]
    draft.save()
    _add_step(draft, "change", "DRAFT", {"revision": str(draft.revision)}, actor, at)
    return draft


def move_table(
    table_id: UUID,
    name: str,
    revision: int,
    facts: Mapping[str, str],
    *,
    actor: Actor,
    at: datetime,
) -> RoutingTable:
    """Propose, take back, publish or drop a table.

    Raises `OwnTableError` for whoever wrote any of it, `FaultyTableError` where findings forbid it,
    `InvalidError` for a first day that is past, `DraftChangedError`, the table's refusals.
    """
    move = ROUTING_MOVES.named(name)
    require(actor, NEEDED[name])
    table = _locked(table_id)
    if table.revision != revision:
        raise DraftChangedError(revision=table.revision)
    words = {
        fact: clean_text(
            facts.get(fact, ""), field=fact, limit_characters=REASON_LIMIT_CHARACTERS, required=True
        )
        for fact in move.needs
    }
    source = table.state
    ROUTING_MOVES.check(source, name, words)
    if name in _CHECKS:
        _CHECKS[name](table, actor, at)
    table.state = move.target
    if name == "publish":
        _number(table, actor, at)
    table.save()
    _add_step(table, name, source, words, actor, at)
    return table


def _check_worded(table: RoutingTable, _: Actor, at: datetime) -> None:
    if not table.title:
        raise InvalidError(field="title", rule="required")
    if table.valid_from < at.date():
        raise InvalidError(field="valid_from", rule="not_before_today")
    if not analysis_of(table, rows_of(table)).may_publish:
        raise FaultyTableError


def _check_publishing(table: RoutingTable, actor: Actor, at: datetime) -> None:
    if actor.id in table.written_by:
        raise OwnTableError(rule="published_by_another")
    _check_worded(table, actor, at)


_CHECKS: dict[str, Callable[[RoutingTable, Actor, datetime], None]] = {
    "propose": _check_worded,
    "publish": _check_publishing,
}


def _number(table: RoutingTable, actor: Actor, at: datetime) -> None:
    """Give a table the next edition of its area; two that publish at once wait for each other."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [PUBLISH_LOCK])
    editions = RoutingTable.objects.filter(area=table.area).aggregate(Max("edition"))
    table.edition = (editions["edition__max"] or 0) + 1
    table.published_by, table.published_at = actor.id, at


def _locked(table_id: UUID) -> RoutingTable:
    found = RoutingTable.objects.select_for_update().filter(pk=table_id).first()
    if found is None:
        raise UnknownRoutingTableError
    return found


def _add_step(
    table: RoutingTable,
    move: str,
    source: str,
    facts: Mapping[str, Any],
    actor: Actor,
    at: datetime,
) -> None:
    RoutingStep.objects.create(
        area=table.area,
        subject_id=table.id,
        move=move,
        source=source,
        target=table.state,
        made_by=actor.id,
        made_by_name=actor.name,
        made_at=at,
        facts=dict(facts),
    )
