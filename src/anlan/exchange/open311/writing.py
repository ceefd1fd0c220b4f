"""Rows in the formats of the specification: XML, JSON by the Spark convention, CSV in bulk."""

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any
from xml.etree.ElementTree import Element, SubElement, tostring

import orjson

TYPES = {
    "xml": "text/xml; charset=utf-8",
    "json": "application/json; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
}
EACH = {
    "services": "service",
    "service_requests": "request",
    "service_request_updates": "request_update",
    "errors": "error",
    "attributes": "attribute",
    "values": "value",
    "endpoints": "endpoint",
    "formats": "format",
}
DECLARATION = b'<?xml version="1.0" encoding="UTF-8"?>\n'
Content = Mapping[str, Any] | Sequence[Any]


def in_format(format: str, root: str, content: Content) -> bytes:
    """Return content under a root in XML, or as JSON; lists are named in `EACH`."""
    return as_json(content) if format == "json" else as_xml(root, content)


def as_xml(root: str, content: Content) -> bytes:
    """Return content as an XML document without a namespace."""
    element = Element(root)
    _fill(element, content)
    written: bytes = tostring(element, encoding="utf-8", xml_declaration=False)
    return DECLARATION + written


def _fill(element: Element, value: Any) -> None:
    if isinstance(value, Mapping):
        for name, inner in value.items():
            _fill(SubElement(element, name), inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            _fill(SubElement(element, EACH[element.tag]), inner)
    elif value is not None:
        element.text = _text(value)


def as_json(content: Content) -> bytes:
    """Return content as JSON: the root is left out, a list is an array."""
    return orjson.dumps(_plain(content))


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _plain(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    return w3c(value) if isinstance(value, datetime) else value


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return w3c(value) if isinstance(value, datetime) else str(value)


def as_csv(columns: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> bytes:
    """Return rows as CSV (RFC 4180) with a line of columns.

    What a spreadsheet would take for a formula is written as text.
    """
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_cell(row.get(name)) for name in columns])
    return file.getvalue().encode()


def _cell(value: Any) -> str:
    if value is None:
        return ""
    written = _text(value)
    formula = isinstance(value, str) and written[:1] in {"=", "+", "-", "@", "\t", "\r"}
    return f"'{written}" if formula else written


def w3c(at: datetime) -> str:
    """Return a time in W3C form, in UTC to the second, with its zone."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
