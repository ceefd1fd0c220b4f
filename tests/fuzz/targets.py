"""What reads files and bodies of others, each as one function of bytes that must not be surprised.

A target calls the product's own reader. It may refuse, in the way the reader's documentation says;
any other exception, and any answer that breaks what the reader promises, is a finding.
"""

import io
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from urllib.parse import parse_qsl

from PIL import Image
from tests.fuzz import seeds

from anlan.casework.routing.tables import ROUTING_TABLES
from anlan.exchange.cap.reading import read_alerts
from anlan.exchange.eido_reading import read_eido
from anlan.exchange.imports.mapping import Mapping as ImportMapping
from anlan.exchange.imports.mapping import read_mapping
from anlan.exchange.imports.reading import Reader
from anlan.exchange.imports.rows_in_files import rows_of
from anlan.exchange.open311.arguments import asked_for, form_fields
from anlan.exchange.open311.writing import as_json, as_xml
from anlan.kernel.errors import AnlanError
from anlan.kernel.photos import LONGEST_SIDE_PIXELS, clean_photo
from anlan.kernel.rule_files import RuleFolder
from anlan.kernel.voice_notes import voice_type
from anlan.places.polygons import hexagons_of, polygon_of, square_metres
from anlan_engine.city.errors import CityError
from anlan_engine.city.pack import Pack

AT = datetime(2026, 11, 21, 8, tzinfo=UTC)
FORM = "application/x-www-form-urlencoded"
HEXAGONS_M2 = 1e6
"""Larger polygons are checked, but not covered with hexagons: that is slow and says nothing new."""


@dataclass(frozen=True)
class Target:
    """A reader, and small good files to begin with."""

    read: Callable[[bytes], None]
    seeds: Callable[[], list[bytes]]


@cache
def _folder() -> Path:
    return Path(mkdtemp(prefix="anlan-fuzz-"))


def photo(data: bytes) -> None:
    """A photo is refused, or what is kept is a bounded JPEG without anything beside its pixels."""
    kept = clean_photo(data)
    with Image.open(io.BytesIO(kept)) as image:
        assert image.format == "JPEG"
        assert max(image.size) <= LONGEST_SIDE_PIXELS
        assert len(image.getexif()) == 0
        assert not {"exif", "icc_profile", "comment", "photoshop", "xmp"} & image.info.keys()


def voice(data: bytes) -> None:
    """A voice note is refused, or of one of three types."""
    assert voice_type(data) in {"audio/webm", "audio/ogg", "audio/mp4"}


def cap(data: bytes) -> None:
    """An alert is refused by element and rule, or its times can be compared and stored."""
    for alert in read_alerts(data):
        assert alert.sent_at.astimezone(UTC).tzinfo is UTC
        for info in alert.infos:
            assert info.expires_at is None or info.expires_at.astimezone(UTC)


def eido(data: bytes) -> None:
    """An EIDO is refused by member and rule, or it has a place on earth and plain notes."""
    read = read_eido(data)
    assert abs(read.lon) <= 180
    assert abs(read.lat) <= 90
    assert read.changed_at.astimezone(UTC)
    assert read.priority is None or 1 <= read.priority <= 4


def geojson(data: bytes) -> None:
    """A polygon is refused by rule, or it has a size, and hexagons that cover it."""
    try:
        value = json.loads(data)
    except (ValueError, RecursionError):
        return  # refused by the framework, before our reader
    if isinstance(value, dict):
        polygon = polygon_of(value)
        if square_metres(polygon) < HEXAGONS_M2:
            assert hexagons_of(polygon)


@cache
def _mapping(format: str) -> ImportMapping:
    file = _folder() / f"good-{format}.toml"
    file.write_text(seeds.MAPPING.replace("FORMAT", format), encoding="utf-8")
    return read_mapping(file)


def rows(data: bytes) -> None:
    """Each row of a file becomes a matter or is refused by rule; the file is read to its end."""
    format = ("csv", "json", "json_lines")[data[0] % 3] if data else "csv"
    reader = Reader(_mapping(format), lambda lon, lat: 1, AT)
    text = data[1:].decode("utf-8", "surrogateescape" if data[:1] > b"\x7f" else "replace")
    for row in rows_of(io.StringIO(text, newline=""), format):
        reader.source_id(row).encode("utf-8", "replace")  # as the file of what was refused does
        try:
            matter = reader.matter(row)
        except AnlanError:
            continue
        matter.text.encode()


def mapping(data: bytes) -> None:
    """A mapping of an import is refused by what is wrong with it, or it can be used."""
    file = _folder() / "mapping.toml"
    file.write_bytes(data)
    Reader(read_mapping(file), lambda lon, lat: 1, AT)


def rules(data: bytes) -> None:
    """A rule file is in force or left out with a reason; nothing is raised in either case."""
    file = _folder() / "rules" / "one.toml"
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(data)
    kind = ROUTING_TABLES._kind
    folder = RuleFolder("fuzz", kind, folders=lambda: [file.parent], recheck_s=0)
    assert len(folder.versions()) + len(folder.broken()) == 1


def city_pack(data: bytes) -> None:
    """A pack is refused with a code, or all of its sections can be looked at.

    Its table's digest is put right first, as whoever makes a hostile pack would do.
    """
    file = _folder() / "one.city"
    file.write_bytes(seeds.resealed(data))
    pack = Pack(file)
    for name in list(pack._rows):
        pack.array(name)
    pack.verify()


def open311(data: bytes) -> None:
    """A question or a form is refused by argument and rule; what is answered is well-formed."""
    text = data.decode("utf-8", "replace")
    asked_for(dict(parse_qsl(text)), AT)
    for name, values in form_fields(data, FORM).items():
        content = [{"service_request_id": name, "description": value} for value in values]
        as_json(content)
        as_xml("service_requests", content)


REFUSALS: tuple[type[Exception], ...] = (AnlanError, CityError)

TARGETS: Mapping[str, Target] = {
    "cap": Target(cap, seeds.alerts),
    "city_pack": Target(city_pack, seeds.packs),
    "eido": Target(eido, seeds.eidos),
    "geojson": Target(geojson, seeds.polygons),
    "mapping": Target(mapping, seeds.mappings),
    "open311": Target(open311, seeds.questions),
    "photo": Target(photo, seeds.pictures),
    "rows": Target(rows, seeds.row_files),
    "rules": Target(rules, seeds.rule_files),
    "voice": Target(voice, seeds.voices),
}


def attempt(name: str, data: bytes) -> None:
    """Give `data` to a target; return if it took or refused it, raise what it must not raise."""
    try:
        TARGETS[name].read(data)
    except REFUSALS:
        return
