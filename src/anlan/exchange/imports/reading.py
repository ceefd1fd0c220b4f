"""A row of another system as a matter of ours, or the rule that it breaks. No database here."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from math import isfinite
from zoneinfo import ZoneInfo

from anlan.exchange.imports.errors import BadRowError
from anlan.exchange.imports.mapping import Mapping
from anlan.exchange.imports.models import (
    PLACE_MAX_CHARACTERS,
    SOURCE_ID_MAX_CHARACTERS,
    TEXT_MAX_CHARACTERS,
)
from anlan.exchange.imports.rows_in_files import Row
from anlan.kernel.personal_data import MASKED, Kind, without_personal_data
from anlan.kernel.texts import clean_text

JOINED_ITEM, JOINED_TEXT = "/", " · "
AreaAt = Callable[[float, float], int | None]


@dataclass(frozen=True, slots=True)
class Matter:
    """One matter as it may be kept; `personal` is what looked like personal data in it."""

    source_id: str
    item_code: str
    area: int
    lon: float
    lat: float
    place_text: str
    text: str
    channel: str
    opened_at: datetime
    closed_at: datetime | None
    personal: tuple[Kind, ...]

    @property
    def left_out(self) -> int:
        """How often something was left out of its texts."""
        return sum(kind in MASKED for kind in self.personal)


class Reader:
    """Reads rows by one mapping; `area_at` finds the grid cell of a point."""

    def __init__(self, mapping: Mapping, area_at: AreaAt, at: datetime) -> None:
        self._mapping, self._area_at, self._at = mapping, area_at, at
        self._zone = ZoneInfo(mapping.zone)

    def source_id(self, row: Row) -> str:
        """Return the id that a row has at its source, cut to what one may be."""
        return self._cell(row, "source_id")[:SOURCE_ID_MAX_CHARACTERS]

    def matter(self, row: Row) -> Matter:
        """Return the matter of a row; raise `BadRowError`, or `InvalidError` for a text."""
        if row.broken:
            raise BadRowError(field="row", rule=row.broken)
        source_id = clean_text(
            self._cell(row, "source_id"),
            field="source_id",
            limit_characters=SOURCE_ID_MAX_CHARACTERS,
            required=True,
        )
        opened, closed = self._times(row)
        lon, lat, area = self._place(row)
        text, in_text = self._text(row)
        place, in_place = without_personal_data(self._cell(row, "place_text"))
        return Matter(
            source_id=source_id,
            item_code=self._item(row),
            area=area,
            lon=lon,
            lat=lat,
            place_text=clean_text(place, field="place_text", limit_characters=PLACE_MAX_CHARACTERS),
            text=text,
            channel=self._mapping.channels.get(
                self._cell(row, "channel"), self._mapping.usual_channel
            ),
            opened_at=opened,
            closed_at=closed,
            personal=(*in_text, *in_place),
        )

    def _cell(self, row: Row, name: str) -> str:
        column = getattr(self._mapping.columns, name)
        return row.fields.get(column, "").strip() if column else ""

    def _item(self, row: Row) -> str:
        parts = [row.fields.get(column, "").strip() for column in self._mapping.columns.item]
        for count in range(len(parts), 0, -1):
            code = self._mapping.items.get(JOINED_ITEM.join(parts[:count]))
            if code:
                return code
            if code == "":
                raise BadRowError(field="item", rule="left_out_on_purpose")
        raise BadRowError(field="item", rule="mapped_item")

    def _times(self, row: Row) -> tuple[datetime, datetime | None]:
        opened = self._moment(row, "opened_at")
        if opened is None:
            raise BadRowError(field="opened_at", rule="required")
        if opened > self._at:
            raise BadRowError(field="opened_at", rule="not_in_the_future")
        closed = self._moment(row, "closed_at")
        if closed is not None and closed < opened:
            raise BadRowError(field="closed_at", rule="not_before_opened")
        return opened, closed

    def _moment(self, row: Row, name: str) -> datetime | None:
        written = self._cell(row, name)
        if not written:
            return None
        shape = self._mapping.time_format
        try:
            found = (
                datetime.strptime(written, shape)  # noqa: DTZ007 - the zone follows
                if shape
                else datetime.fromisoformat(written)
            )
            aware = found if found.tzinfo else found.replace(tzinfo=self._zone)
            return aware.astimezone(UTC)
        except (ValueError, OverflowError):
            raise BadRowError(field=name, rule="time_of_the_format") from None

    def _place(self, row: Row) -> tuple[float, float, int]:
        degrees = []
        for name, limit in (("lon", 180.0), ("lat", 90.0)):
            try:
                found = float(self._cell(row, name))
            except ValueError:
                raise BadRowError(field=name, rule="degrees") from None
            if not isfinite(found) or abs(found) > limit:
                raise BadRowError(field=name, rule="degrees")
            degrees.append(found)
        area = self._area_at(degrees[0], degrees[1])
        if area is None:
            raise BadRowError(field="lon,lat", rule="within_jurisdiction")
        return degrees[0], degrees[1], area

    def _text(self, row: Row) -> tuple[str, list[Kind]]:
        parts = [row.fields.get(column, "").strip() for column in self._mapping.columns.text]
        kept, count = without_personal_data(JOINED_TEXT.join(part for part in parts if part))
        return clean_text(kept, field="text", limit_characters=TEXT_MAX_CHARACTERS), count
