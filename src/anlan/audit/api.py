"""HTTP of the audit log, for auditors: by table and row, never by person."""

import re
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Field, Query, Router

from anlan.audit import selectors
from anlan.kernel.access import require
from anlan.kernel.errors import InvalidError
from anlan.kernel.http import actor_of
from anlan.kernel.paging import PAGE_DEFAULT_ROWS, PAGE_LIMIT_ROWS
from anlan.kernel.schemas import Schema
from anlan_tlog.notes import encoded

router = Router()
READ = "audit.read"
TABLE_MAX_CHARACTERS = 63
TILE_MAX_CHARACTERS = 64
NUMBER_MAX_DIGITS = 15


class WitnessOut(Schema):
    """How far a witness has cosigned; `wrong` says why not to the end."""

    name: str
    size: int
    behind: int
    cosigned_at: datetime | None
    wrong: str


class AuditStandingOut(Schema):
    """How the log stands; `note` is the last signed checkpoint, empty before the first."""

    size: int
    note: str
    sealed_at: datetime | None
    waiting: int
    waiting_since: datetime | None
    witnesses: list[WitnessOut]


class AuditEntryOut(Schema):
    """An entry as it stands in the log; `text` is what was hashed."""

    number: int
    text: str


class AuditEntriesOut(Schema):
    """A page of entries; `next` is where the following one begins."""

    items: list[AuditEntryOut]
    next: str | None


class InclusionOut(Schema):
    """That an entry is in the log: hashes in base 64, from the entry up (RFC 6962, 2.1.1)."""

    number: int
    text: str
    size: int
    path: list[str]
    note: str


class EntriesQuery(Schema):
    """Which entries: of a table, of one of its rows; after the page that named this one."""

    table: Annotated[str, Field(max_length=TABLE_MAX_CHARACTERS)] = ""
    row: UUID | None = None
    after: Annotated[str, Field(max_length=NUMBER_MAX_DIGITS)] = ""
    limit: Annotated[int, Field(ge=1, le=PAGE_LIMIT_ROWS)] = PAGE_DEFAULT_ROWS


@router.get("/audit/standing", response=AuditStandingOut, operation_id="get_audit_standing")
def get_audit_standing(request: HttpRequest) -> dict[str, Any]:
    """How the log stands: its last checkpoint, what waits, who cosigned."""
    require(actor_of(request), READ)
    now = selectors.standing()
    witnesses = [
        {
            "name": one.name,
            "size": one.size,
            "behind": now.size - one.size,
            "cosigned_at": one.cosigned_at,
            "wrong": one.wrong,
        }
        for one in now.witnesses
    ]
    return {
        "size": now.size,
        "note": now.note,
        "sealed_at": now.sealed_at,
        "waiting": now.waiting,
        "waiting_since": now.waiting_since,
        "witnesses": witnesses,
    }


@router.get("/audit/entries", response=AuditEntriesOut, operation_id="list_audit_entries")
def list_audit_entries(
    request: HttpRequest, asked: Annotated[EntriesQuery, Query(...)]
) -> dict[str, Any]:
    """Entries in the order of the log, of all or of a table or of one row."""
    require(actor_of(request), READ)
    if asked.row is not None and not asked.table:
        raise InvalidError(field="table", rule="required")
    if not re.fullmatch("[0-9]*", asked.after):
        raise InvalidError(field="after", rule="cursor")
    first = int(asked.after or 0)
    page, following = selectors.entries(asked.table, asked.row, first, asked.limit)
    items = [{"number": one.number, "text": one.entry} for one in page]
    return {"items": items, "next": None if following is None else str(following)}


@router.get("/audit/inclusion", response=InclusionOut, operation_id="get_audit_inclusion")
def get_audit_inclusion(
    request: HttpRequest,
    table: Annotated[str, Query(max_length=TABLE_MAX_CHARACTERS)],
    row: UUID,
) -> dict[str, Any]:
    """Proof that the last entry of a row is in the log."""
    require(actor_of(request), READ)
    proof = selectors.inclusion(table, row)
    return {
        "number": proof.number,
        "text": proof.entry,
        "size": proof.size,
        "path": [encoded(step) for step in proof.path],
        "note": proof.note,
    }


@router.get("/audit/tile", operation_id="get_audit_tile")
def get_audit_tile(
    request: HttpRequest, tile: Annotated[str, Query(max_length=TILE_MAX_CHARACTERS)]
) -> HttpResponse:
    """A tile by its path, such as ``tile/0/000.p/7`` (C2SP tlog-tiles)."""
    require(actor_of(request), READ)
    return HttpResponse(selectors.tile(tile), content_type="application/octet-stream")
