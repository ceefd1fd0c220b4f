"""Replies as data: XML and JSON become the same records, and nothing in them is followed."""

import json
import math
import re
from datetime import datetime
from typing import Any
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from open311_check.outcomes import NotKeptError, require

Record = dict[str, Any]
NAMESPACE = "http://wiki.open311.org/GeoReport_v2"
LISTS = frozenset(
    {
        "services", "service_requests", "attributes", "values", "endpoints", "formats", "errors",
        "service_request_updates",
    }
)  # fmt: skip
_W3C = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})", re.ASCII)
DECLARATION = re.compile(
    rb"""\s*<\?xml\s[^>]*encoding\s*=\s*["']utf-8["'][^>]*\?>""", re.IGNORECASE
)
SHOWN_CHARACTERS = 120


def shown(value: object) -> str:
    """Return a value as evidence: on one line, and not too long."""
    text = " ".join(str(value).split())
    return text if len(text) <= SHOWN_CHARACTERS else f"{text[:SHOWN_CHARACTERS]}…"


def xml_root(body: bytes) -> Element:
    """Return the root of an XML document; raise `NotKeptError` for what is none.

    A document type or an entity is refused unread: the specification needs neither.
    """
    try:
        root: Element = fromstring(body, forbid_dtd=True)
    except DefusedXmlException:
        raise NotKeptError(seen="the XML holds a document type or an entity") from None
    except (ParseError, ValueError, LookupError) as error:
        raise NotKeptError(seen=f"the XML is not well-formed: {shown(error)}") from None
    return root


def from_xml(body: bytes, root: str) -> Any:
    """Return the content of an XML document whose root element is `root`."""
    element = xml_root(body)
    require(
        local_name(element) == root, f"the root element is <{shown(element.tag)}>, not <{root}>"
    )
    return _value(element)


def from_json(body: bytes) -> Any:
    """Return the content of a JSON document; raise `NotKeptError` for what is none."""
    try:
        return json.loads(body)
    except (ValueError, RecursionError) as error:
        raise NotKeptError(seen=f"the JSON cannot be read: {shown(error)}") from None


def local_name(element: Element) -> str:
    """Return the name of an element without the namespace of the specification."""
    return str(element.tag).removeprefix(f"{{{NAMESPACE}}}")


def _value(element: Element) -> Any:
    """Return an element by the Spark convention: what holds a list is always one."""
    children = list(element)
    if local_name(element) in LISTS:
        return [(local_name(child), _value(child)) for child in children]
    if not children:
        return (element.text or "").strip() or None
    return {local_name(child): _value(child) for child in children}


def unnamed(content: Any) -> Any:
    """Return what was read from XML without the names of list elements: the Spark form of it."""
    if isinstance(content, list):
        return [unnamed(value) for _, value in content]
    if isinstance(content, dict):
        return {name: unnamed(value) for name, value in content.items()}
    return content


def same(one: Any, other: Any) -> bool:
    """Return whether two values say the same, whichever format each came in.

    A field that is empty says the same as one that is not there.
    """
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, dict) and isinstance(other, dict):
        return all(same(one.get(name), other.get(name)) for name in one.keys() | other.keys())
    first, second = text(one), text(other)
    return first == second or (number(first) is not None and number(first) == number(second))


def text(value: Any) -> str:
    """Return a value as its text: nothing is the empty text, a boolean `true` or `false`."""
    if value is None or value == [] or value == {}:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value).strip()


def number(value: Any) -> float | None:
    """Return a finite number, None for what is none."""
    try:
        found = float(text(value))
    except ValueError:
        return None
    return found if math.isfinite(found) else None


def moment(value: Any) -> datetime | None:
    """Return a date and time in W3C form with its zone; None for what is none."""
    written = text(value)
    if not _W3C.fullmatch(written):
        return None
    try:
        return datetime.fromisoformat(written)
    except ValueError:
        return None
