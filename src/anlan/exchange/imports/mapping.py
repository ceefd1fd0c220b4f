"""How a foreign file is to be read: a text that whoever imports writes and tries out."""

import tomllib
from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from anlan.exchange.imports.errors import BadMappingError
from anlan.exchange.imports.models import SOURCE_MAX_CHARACTERS
from anlan.kernel.rule_files import in_one_line

Column = Annotated[str, Field(min_length=1, max_length=200)]
Channel = Literal["PHONE", "WEB", "API", "STAFF"]


class Columns(BaseModel):
    """Which columns hold what; those of `item` are joined by a slash, those of `text` by a dot."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    source_id: Column
    opened_at: Column
    closed_at: Column | None = None
    lon: Column
    lat: Column
    item: list[Column] = Field(min_length=1, max_length=4)
    text: list[Column] = Field(default_factory=list, max_length=6)
    place_text: Column | None = None
    channel: Column | None = None


class Mapping(BaseModel):
    """The whole mapping. `items` and `channels` go from words of the source to our codes.

    An item is looked for by all its columns, then by fewer from the right; one that is mapped to
    nothing is left out on purpose, and counted.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    source: str = Field(min_length=1, max_length=SOURCE_MAX_CHARACTERS, pattern=r"^[a-z0-9_.-]+$")
    format: Literal["csv", "json", "json_lines"]
    zone: str
    time_format: str = Field("", max_length=60)
    columns: Columns
    items: dict[str, str]
    channels: dict[str, Channel] = Field(default_factory=dict)
    usual_channel: Channel = "STAFF"


def read_mapping(path: Path) -> Mapping:
    """Return a mapping; raise `BadMappingError` naming what is wrong with it."""
    try:
        mapping = Mapping.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
        ZoneInfo(mapping.zone)
    except ValidationError as error:
        raise BadMappingError(file=path.name, reason=in_one_line(error)) from None
    except (ValueError, RecursionError, ZoneInfoNotFoundError, OSError) as error:
        raise BadMappingError(file=path.name, reason=str(error)) from None
    return mapping
