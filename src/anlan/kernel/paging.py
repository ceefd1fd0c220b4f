"""Keyset paging: newest first, by id, ids are ordered by time (UUIDv7); or by a time, then id."""

from datetime import UTC, datetime, timedelta
from typing import Annotated, TypeVar
from uuid import UUID

from django.db.models import Model, Q, QuerySet
from ninja import Query

from anlan.kernel.errors import InvalidError
from anlan.kernel.schemas import Schema

PAGE_LIMIT_ROWS = 200
PAGE_DEFAULT_ROWS = 50
EPOCH, MICROSECOND = datetime(1970, 1, 1, tzinfo=UTC), timedelta(microseconds=1)
Row = TypeVar("Row", bound=Model)


class PageQuery(Schema):
    """Which page of a list: at most `limit` rows, after the row that `after` names."""

    limit: int = PAGE_DEFAULT_ROWS
    after: str = ""


PageAsked = Annotated[PageQuery, Query(...)]


def page_of(rows: QuerySet[Row], asked: PageQuery) -> tuple[list[Row], str | None]:
    """Return one page of `rows`, newest first, and the cursor of the next page or None.

    Raises `InvalidError` for a limit outside 1..`PAGE_LIMIT_ROWS` or a cursor that is none of ours.
    """
    _check_limit(asked)
    if asked.after:
        try:
            rows = rows.filter(pk__lt=UUID(asked.after))
        except ValueError:
            raise InvalidError(field="after", rule="cursor") from None
    found = list(rows.order_by("-pk")[: asked.limit + 1])
    page = found[: asked.limit]
    return page, str(page[-1].pk) if len(found) > asked.limit else None


def page_by_time(
    rows: QuerySet[Row], asked: PageQuery, column: str
) -> tuple[list[Row], str | None]:
    """Return one page of `rows`, the earliest first by the time in `column`, and the next cursor.

    No row may lack that time. An index on the column, then id, serves every page alike. Raises as
    `page_of` does.
    """
    _check_limit(asked)
    if asked.after:
        at, row_id = _time_and_id(asked.after)
        behind = Q(**{f"{column}__gt": at}) | Q(pk__gt=row_id)
        rows = rows.filter(behind, **{f"{column}__gte": at})
    found = list(rows.order_by(column, "pk")[: asked.limit + 1])
    page = found[: asked.limit]
    if len(found) <= asked.limit:
        return page, None
    return page, f"{(getattr(page[-1], column) - EPOCH) // MICROSECOND}.{page[-1].pk}"


def _check_limit(asked: PageQuery) -> None:
    if not 1 <= asked.limit <= PAGE_LIMIT_ROWS:
        raise InvalidError(field="limit", rule="between_1_and_200")


def _time_and_id(cursor: str) -> tuple[datetime, UUID]:
    microseconds, _, row_id = cursor.partition(".")
    try:
        return EPOCH + int(microseconds) * MICROSECOND, UUID(row_id)
    except (ValueError, OverflowError):
        raise InvalidError(field="after", rule="cursor") from None
