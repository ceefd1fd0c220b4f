"""Items for a time: asked for by a department, approved by somebody else, and over by themselves.

What the catalogue does not list may not be given to a grid officer. Where something has to be seen
to before the next edition, a department asks for an item; it says until when, at most
`TEMPORARY_TERM_LIMIT_DAYS`, and nothing prolongs it but another decision.
"""

from datetime import date

from anlan.casework.catalogue.reading import Item, clock_classes
from anlan.casework.models import TemporaryItem
from anlan.kernel.access import system_actor
from anlan.kernel.scope import scoped

GROUP, GROUP_ZH, GROUP_EN = "T", "临时事项", "Temporary items"
MARK = "T"
SHOWN_LIMIT_ROWS = 200
# The catalogue is public, and an item stands at the area of whoever asked: wider than an officer's.
READER = system_actor("catalogue")


def temporary_item(code: str, on: date) -> Item | None:
    """Return the item for a time with this code, approved or ended, None where there is none."""
    known = ["APPROVED", "ENDED"]
    with scoped(READER):
        found = TemporaryItem.objects.filter(code=code, state__in=known).first()
    return None if found is None else _as_item(found, on)


def temporary_items(on: date) -> list[Item]:
    """Return the items for a time that may be filed somewhere on a day, by code."""
    held = TemporaryItem.objects.filter(
        state="APPROVED", valid_from__lte=on, valid_until__gte=on
    ).order_by("code")
    with scoped(READER):
        rows = list(held[:SHOWN_LIMIT_ROWS])
    return [item for row in rows if (item := _as_item(row, on)) is not None]


def _as_item(row: TemporaryItem, on: date) -> Item | None:
    clock = clock_classes(on).get(row.clock)
    if clock is None:
        return None
    return Item(
        code=row.code,
        group=GROUP,
        group_zh=GROUP_ZH,
        group_en=GROUP_EN,
        version=MARK,
        name_zh=row.name_zh,
        name_en=row.name_en,
        subject="OCCURRENCE",
        service_code=f"temporary_{row.code.lower()}",
        filing_zh=row.filing_zh,
        filing_en=row.filing_en,
        closing_zh=row.closing_zh,
        closing_en=row.closing_en,
        evidence=("PHOTO", "NOTE") if row.needs_photo else ("NOTE",),
        lead=row.lead,
        support=(),
        clock=clock,
        pausable=row.clock != "E",
        public=False,
        personal_data="NONE",
        deadline_source="PROJECT_DEFAULT",
        valid_from=row.valid_from,
        valid_until=row.valid_until,
    )
