"""An alert from somebody else, read without believing anything in it.

No document type, no entity, no reference out of the file is followed: a file with any is refused. A
file that breaks a rule of CAP 1.2 is refused by the element and the rule.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from anlan.exchange.cap.words import ALERT, NAMESPACE, SIGNATURES, Part
from anlan.exchange.errors import BadAlertError
from anlan.kernel.errors import TooLargeError
from anlan.kernel.zones import within_calendar

ALERT_LIMIT_BYTES = 512 * 1024
ALERTS_LIMIT = 50
INFOS_LIMIT = 50
_CAP = f"{{{NAMESPACE}}}"


@dataclass(frozen=True, slots=True)
class Info:
    """One block of an alert: one language, or one part of the event."""

    language: str
    event: str
    urgency: str
    severity: str
    certainty: str
    headline: str
    description: str
    instruction: str
    expires_at: datetime | None
    areas: tuple[str, ...]
    polygons: tuple[str, ...]
    circles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Alert:
    """An alert that keeps the rules."""

    identifier: str
    sender: str
    sent_at: datetime
    status: str
    message_type: str
    scope: str
    references: str
    infos: tuple[Info, ...]


def read_alerts(raw: bytes) -> list[Alert]:
    """Return the CAP 1.2 alerts of a document: one alone, or those in an envelope such as EDXL-DE.

    All of them or none: raises `TooLargeError`, or `BadAlertError` naming the element and the rule
    that the first broken one breaks.
    """
    if len(raw) > ALERT_LIMIT_BYTES:
        raise TooLargeError(field="body", rule="at_most_512_kb")
    try:
        root = fromstring(raw, forbid_dtd=True)
    except DefusedXmlException:
        raise BadAlertError(field="body", rule="no_document_type") from None
    except (ParseError, ValueError, LookupError):
        raise BadAlertError(field="body", rule="well_formed_xml") from None
    found = list(root.iter(f"{_CAP}{ALERT.name}"))
    if not 1 <= len(found) <= ALERTS_LIMIT:
        raise BadAlertError(field="alert", rule="cap_1_2_alerts")
    for alert in found:
        _check(alert, ALERT, "alert")
        if len(alert.findall(f"{_CAP}info")) > INFOS_LIMIT:
            raise BadAlertError(field="alert.info", rule="at_most_50")
    return [_alert(alert) for alert in found]


def _check(element: Element, part: Part, path: str) -> None:
    """Walk the parts of an element in their order; raise at the first that breaks a rule."""
    children = [child for child in element if not str(child.tag).startswith(f"{{{SIGNATURES}}}")]
    position = 0
    for wanted in part.parts:
        count, where = 0, f"{path}.{wanted.name}"
        while position < len(children) and children[position].tag == f"{_CAP}{wanted.name}":
            _check_one(children[position], wanted, where)
            position, count = position + 1, count + 1
        if count < wanted.least:
            raise BadAlertError(field=where, rule="required")
        if count > wanted.most:
            raise BadAlertError(field=where, rule="too_often")
    if position < len(children):
        name = str(children[position].tag).rpartition("}")[2][:40]
        raise BadAlertError(field=f"{path}.{name}", rule="in_its_place")


def _check_one(element: Element, part: Part, where: str) -> None:
    if part.parts:
        _check(element, part, where)
    elif len(element):
        raise BadAlertError(field=where, rule="text_alone")
    elif part.keeps is not None and not part.keeps(element.text or ""):
        raise BadAlertError(field=where, rule=part.rule)


def _alert(element: Element) -> Alert:
    return Alert(
        identifier=_text(element, "identifier"),
        sender=_text(element, "sender"),
        sent_at=_moment(element, "sent", "alert"),
        status=_text(element, "status"),
        message_type=_text(element, "msgType"),
        scope=_text(element, "scope"),
        references=_text(element, "references"),
        infos=tuple(_info(info) for info in element.findall(f"{_CAP}info")),
    )


def _info(element: Element) -> Info:
    return Info(
        language=_text(element, "language") or "en-US",
        event=_text(element, "event"),
        urgency=_text(element, "urgency"),
        severity=_text(element, "severity"),
        certainty=_text(element, "certainty"),
        headline=_text(element, "headline"),
        description=_text(element, "description"),
        instruction=_text(element, "instruction"),
        expires_at=_moment(element, "expires", "alert.info") if _text(element, "expires") else None,
        areas=tuple(_texts(element, "area", "areaDesc")),
        polygons=tuple(_texts(element, "area", "polygon")),
        circles=tuple(_texts(element, "area", "circle")),
    )


def _text(element: Element, name: str) -> str:
    return (element.findtext(f"{_CAP}{name}") or "").strip()


def _texts(element: Element, outer: str, name: str) -> Iterator[str]:
    for area in element.findall(f"{_CAP}{outer}"):
        for found in area.findall(f"{_CAP}{name}"):
            yield (found.text or "").strip()


def _moment(element: Element, name: str, path: str) -> datetime:
    try:
        found = datetime.fromisoformat(_text(element, name))
    except ValueError:
        raise BadAlertError(field=f"{path}.{name}", rule="time_with_offset") from None
    if not within_calendar(found):
        raise BadAlertError(field=f"{path}.{name}", rule="time_with_offset")
    return found
