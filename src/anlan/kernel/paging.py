"""Keyset paging: newest first, by id; ids are ordered by time (UUIDv7)."""

from typing import Annotated, TypeVar
from uuid import UUID

from django.db.models import Model, QuerySet
from ninja import Query, Schema

from anlan.kernel.errors import InvalidError

PAGE_LIMIT_ROWS = 200
PAGE_DEFAULT_ROWS = 50
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
    if not 1 <= asked.limit <= PAGE_LIMIT_ROWS:
        raise InvalidError(field="limit", rule="between_1_and_200")
    if asked.after:
        try:
            rows = rows.filter(pk__lt=UUID(asked.after))
        except ValueError:
            raise InvalidError(field="after", rule="cursor") from None
    found = list(rows.order_by("-pk")[: asked.limit + 1])
    page = found[: asked.limit]
    return page, str(page[-1].pk) if len(found) > asked.limit else None
