"""Reads of items for a time."""

from anlan.casework.models import TemporaryItem
from anlan.kernel.paging import PageQuery, page_of


def temporary_items(
    asked: PageQuery, *, state: str | None = None
) -> tuple[list[TemporaryItem], str | None]:
    """Return one page of the items for a time in scope, newest first, and the next cursor."""
    rows = TemporaryItem.objects.all()
    if state is not None:
        rows = rows.filter(state=state)
    return page_of(rows, asked)
