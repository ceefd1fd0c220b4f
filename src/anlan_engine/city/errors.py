"""What the city refuses: sources that are no city, packs that are not ours or not whole."""

from typing import ClassVar

from anlan_engine.errors import EngineError


class CityError(EngineError):
    """A city pack that cannot be built or opened."""

    TEXTS: ClassVar[dict[str, str]] = {
        "SOURCE_MISSING": "{file} does not exist or cannot be read.",
        "SOURCE_EMPTY": "{file} holds nothing.",
        "SOURCE_FOREIGN": "{file} is not an OpenStreetMap extract (.osm.pbf).",
        "SOURCE_DAMAGED": "{file} is cut short or damaged: {reason}.",
        "NO_STREETS": "{file} holds no network of drivable streets, so it makes no city.",
        "TILES_FAILED": "The map tiles could not be made: {reason}",
        "PACK_MISSING": "{file} does not exist or cannot be read.",
        "PACK_EMPTY": "{file} holds nothing.",
        "PACK_FOREIGN": "{file} is not a city pack.",
        "PACK_NEWER": "{file} is a city pack of version {version}; this program reads {known}.",
        "PACK_OLDER": (
            "{file} is a city pack of version {version}; this program reads {known}."
            " Build it again: anlan city build EXTRACT.osm.pbf --out {file}"
        ),
        "PACK_TRUNCATED": "{file} is cut short: {size} bytes instead of {whole}.",
        "PACK_DAMAGED": "{file} is damaged in its part {section}.",
        "TARGET_UNWRITABLE": "{file} cannot be written: {reason}.",
    }
