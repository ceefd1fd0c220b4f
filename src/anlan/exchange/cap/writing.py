"""Warnings of our own as CAP 1.2 documents and as an Atom feed (RFC 4287)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from xml.etree.ElementTree import Element, SubElement, tostring

from anlan.exchange.cap.words import NAMESPACE

ATOM = "http://www.w3.org/2005/Atom"
CAP_TYPE = "application/cap+xml"
FEED_TYPE = "application/atom+xml"


@dataclass(frozen=True, slots=True)
class Words:
    """What a warning says in one language."""

    language: str
    event: str
    headline: str
    description: str
    instruction: str
    area: str


@dataclass(frozen=True, slots=True)
class Message:
    """One message about a warning: issued, updated or cancelled.

    `ring` is a closed ring of (lon, lat) degrees WGS84; `circle` is (lon, lat, radius in km).
    """

    identifier: str
    sender: str
    sender_name: str
    sent_at: datetime
    status: str
    kind: str
    category: str
    urgency: str
    severity: str
    certainty: str
    response: str
    effective_at: datetime
    expires_at: datetime
    words: Sequence[Words]
    ring: Sequence[tuple[float, float]] = ()
    circle: tuple[float, float, float] | None = None
    references: Sequence[str] = field(default=())
    note: str = ""


def moment(at: datetime) -> str:
    """Return a time as CAP writes it: whole seconds and an offset, never `Z`."""
    return at.astimezone(UTC).replace(microsecond=0).isoformat()


def reference(sender: str, identifier: str, sent_at: datetime) -> str:
    """Return how a later message names an earlier one."""
    return f"{sender},{identifier},{moment(sent_at)}"


def cap_document(message: Message) -> bytes:
    """Return a message as a CAP 1.2 document."""
    alert = Element("alert", {"xmlns": NAMESPACE})
    _add(alert, "identifier", message.identifier)
    _add(alert, "sender", message.sender)
    _add(alert, "sent", moment(message.sent_at))
    _add(alert, "status", message.status)
    _add(alert, "msgType", message.kind)
    _add(alert, "scope", "Public")
    _add(alert, "note", message.note)
    _add(alert, "references", " ".join(message.references))
    for words in message.words:
        _add_info(alert, message, words)
    return _document(alert)


def _add_info(alert: Element, message: Message, words: Words) -> None:
    info = SubElement(alert, "info")
    for name, text in (
        ("language", words.language),
        ("category", message.category),
        ("event", words.event),
        ("responseType", message.response),
        ("urgency", message.urgency),
        ("severity", message.severity),
        ("certainty", message.certainty),
        ("effective", moment(message.effective_at)),
        ("expires", moment(message.expires_at)),
        ("senderName", message.sender_name),
        ("headline", words.headline),
        ("description", words.description),
        ("instruction", words.instruction),
    ):
        _add(info, name, text)
    area = SubElement(info, "area")
    _add(area, "areaDesc", words.area)
    _add(area, "polygon", " ".join(f"{lat:.6f},{lon:.6f}" for lon, lat in message.ring))
    if message.circle is not None:
        lon, lat, radius_km = message.circle
        _add(area, "circle", f"{lat:.6f},{lon:.6f} {radius_km:g}")


@dataclass(frozen=True, slots=True)
class Entry:
    """One message in the feed; `link` leads to its document."""

    identifier: str
    title: str
    link: str
    sent_at: datetime


def atom_feed(title: str, link: str, entries: Iterable[Entry], at: datetime) -> bytes:
    """Return the feed of messages, in the order given."""
    feed = Element("feed", {"xmlns": ATOM})
    _add(feed, "id", link)
    _add(feed, "title", title)
    _add(feed, "updated", moment(at))
    SubElement(feed, "link", {"rel": "self", "type": FEED_TYPE, "href": link})
    for entry in entries:
        shown = SubElement(feed, "entry")
        _add(shown, "id", f"urn:cap:{entry.identifier}")
        _add(shown, "title", entry.title)
        _add(shown, "updated", moment(entry.sent_at))
        author = SubElement(shown, "author")
        _add(author, "name", title)
        SubElement(shown, "link", {"type": CAP_TYPE, "href": entry.link})
    return _document(feed)


def _add(parent: Element, name: str, text: str) -> None:
    if text:
        SubElement(parent, name).text = text


def _document(root: Element) -> bytes:
    return bytes(tostring(root, encoding="utf-8", xml_declaration=True))
