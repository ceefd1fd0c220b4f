"""An EIDO (NENA-STA-021) of another centre, read without believing more of it than is used.

Only what an incident here is made of is read: what, where, how urgent, in which words. Callers,
persons and calls in it are left unread: contacts are not handed on this way. Nothing that it points
to is fetched. What cannot be read is refused by the member and the rule.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from html.parser import HTMLParser
from typing import Annotated, Literal
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from anlan.exchange.errors import BadEidoError
from anlan.kernel.errors import TooLargeError
from anlan.kernel.zones import Moment

EIDO_LIMIT_BYTES = 512 * 1024
COMPONENTS_LIMIT = 200
NAME_MAX_CHARACTERS = 200
PLACE_TYPE = "IncidentLocation"
_POINT = "{http://www.opengis.net/gml}pos"
_DEGREES = 2

Name = Annotated[str, Field(min_length=1, max_length=NAME_MAX_CHARACTERS)]
Words = Annotated[str, Field(max_length=20_000)]


class _Part(BaseModel):
    """A part of an EIDO; members that are not read here are left as they are."""

    model_config = ConfigDict(extra="ignore", frozen=True)


class _Reference(_Part):
    ref: Name = Field(alias="$ref")


class _Incident(_Part):
    common_type: Name = Field(alias="incidentTypeCommonRegistryText")
    internal_type: str = Field("", alias="incidentTypeInternalCode", max_length=40)
    internal_text: str = Field("", alias="incidentTypeInternalText", max_length=NAME_MAX_CHARACTERS)
    number: str = Field("", alias="internalIncidentId", max_length=NAME_MAX_CHARACTERS)
    states: tuple[Name, ...] = Field((), alias="incidentStatusCommonRegistryText")
    priority: int | None = Field(None, alias="incidentCommonPriorityNumber")
    places: tuple[_Reference, ...] = Field((), alias="locationReference")


class _Location(_Part):
    id: Name = Field(alias="$id")
    place_type: str = Field("", alias="locationTypeDescriptionRegistryText")
    value: str = Field("", alias="locationByValue", max_length=100_000)
    description: str = Field("", alias="locationDescriptionText", max_length=2_000)


class _Note(_Part):
    id: Name = Field(alias="$id")
    changed_at: Moment = Field(alias="lastUpdateTimeStamp")
    words: Words = Field(alias="notesActionComments")


class _Whole(_Part):
    id: Name = Field(alias="$id")
    version: Literal["1.0"] = Field(alias="eidoVersion")
    changed_at: Moment = Field(alias="lastUpdateTimeStamp")
    issuer: Name = Field(alias="issuingElementIdentification")
    incident: _Incident = Field(alias="incidentComponent")
    locations: tuple[_Location, ...] = Field(
        (), alias="locationComponent", max_length=COMPONENTS_LIMIT
    )
    notes: tuple[_Note, ...] = Field((), alias="notesComponent", max_length=COMPONENTS_LIMIT)


@dataclass(frozen=True, slots=True)
class Note:
    """What somebody wrote about the incident, as plain text."""

    changed_at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class ReadEido:
    """What another centre tells of one incident. Its priority runs from 1 to 4 as ours does."""

    id: str
    issuer: str
    changed_at: datetime
    common_type: str
    internal_type: str
    internal_text: str
    states: tuple[str, ...]
    priority: int | None
    lon: float
    lat: float
    place_text: str
    notes: tuple[Note, ...]


def read_eido(raw: bytes) -> ReadEido:
    """Return what an EIDO tells; raise `TooLargeError`, or `BadEidoError` by member and rule."""
    if len(raw) > EIDO_LIMIT_BYTES:
        raise TooLargeError(field="body", rule="at_most_512_kb")
    try:
        whole = _Whole.model_validate_json(raw)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        named = ".".join(str(part) for part in first["loc"]) or "body"
        expected = str(first.get("ctx", {}).get("expected", ""))
        raise BadEidoError(field=named, rule=str(first["type"]), expected=expected) from None
    place = _place(whole)
    lon, lat = _point(place)
    return ReadEido(
        id=whole.id,
        issuer=whole.issuer,
        changed_at=whole.changed_at,
        common_type=whole.incident.common_type,
        internal_type=whole.incident.internal_type,
        internal_text=whole.incident.internal_text,
        states=whole.incident.states,
        priority=_priority(whole.incident.priority),
        lon=lon,
        lat=lat,
        place_text=place.description,
        notes=tuple(
            Note(one.changed_at, text)
            for one in sorted(whole.notes, key=lambda note: note.changed_at)
            if (text := plain(one.words))
        ),
    )


def _priority(number: int | None) -> int | None:
    """Return a priority as ours: what lies beyond 4 can wait as well."""
    return None if number is None else min(max(number, 1), 4)


def _place(whole: _Whole) -> _Location:
    """Return where the incident is: what it refers to, else the location of that type."""
    named = {one.ref for one in whole.incident.places}
    for one in whole.locations:
        if one.id in named or (not named and one.place_type == PLACE_TYPE):
            return one
    raise BadEidoError(field="locationComponent", rule="place_of_the_incident")


def _point(place: _Location) -> tuple[float, float]:
    """Return the longitude and latitude of a location by value (PIDF-LO, EPSG:4326)."""
    field = "locationComponent.locationByValue"
    try:
        root: Element = fromstring(place.value, forbid_dtd=True)
    except DefusedXmlException:
        raise BadEidoError(field=field, rule="no_document_type") from None
    except (ParseError, ValueError, LookupError):
        raise BadEidoError(field=field, rule="well_formed_xml") from None
    for element in root.iter(_POINT):
        numbers = _numbers(element.text or "")
        if len(numbers) >= _DEGREES and -90 <= numbers[0] <= 90 and -180 <= numbers[1] <= 180:
            return numbers[1], numbers[0]
    raise BadEidoError(field=field, rule="a_point")


def _numbers(text: str) -> list[float]:
    try:
        return [float(word) for word in text.split()]
    except ValueError:
        return []


class _Plain(HTMLParser):
    """Keeps what a reader of HTML would see."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []

    def handle_data(self, data: str) -> None:
        self.pieces.append(data)


def plain(html: str) -> str:
    """Return the text of a note, which is HTML, without its tags and with single spaces."""
    reader = _Plain()
    try:
        reader.feed(html)
        reader.close()
    except AssertionError:  # `<![word`: Python's parser gives up, so the words stay as they are
        return " ".join(html.split())
    return " ".join(" ".join(reader.pieces).split())


def latest(notes: Sequence[Note], since: datetime) -> Iterator[str]:
    """Yield the notes that were written or changed after `since`, oldest first."""
    return (note.text for note in notes if note.changed_at > since)
