"""Telling the database what is in the catalogue, so that it can refuse everything else."""

from datetime import date, datetime

from anlan.casework.catalogue import Item
from anlan.casework.catalogue.temporary import MARK
from anlan.kernel.areas import Level, area_range
from anlan.kernel.riding import ride


def list_text_item(item: Item, area: int, at: datetime) -> None:
    """See to it that an item of the texts stands in the register for a case in `area`.

    The texts hold for the whole installation, so one row serves a province.
    """
    if item.version != MARK:
        province = area - area % 10**Level.PROVINCE
        list_item(item.code, item.version, province, (item.valid_from, item.valid_until), at)


def list_item(
    code: str, version: str, area: int, days: tuple[date, date | None], at: datetime
) -> None:
    """Add an item to the register for an area and some days, unless the newest row says the same.

    By a function of the database: the register is wider than an officer's area.
    """
    ride(
        "SELECT casework_list_item(%s, %s, %s, %s, %s, %s, %s)",
        [code, version, area, area_range(area)[1], days[0], days[1], at],
    )
