"""Bad bodies made from a good one and its schema: each names the field that is at fault."""

import copy
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tests.contract.description import Operation, Schema, fields_of, nullable, resolved

UNKNOWN_ID = "00000000-0000-7000-8000-000000000000"
FAR = (181.0, -181.0, 1e300)
WRONG: dict[str, tuple[Any, ...]] = {
    "string": (7, ["x"], {"x": 1}, True),
    "number": ("east", [], {}, "NaN", "1e999"),
    "integer": ("many", 1.5, [], {}, 10**30),
    "boolean": ("perhaps", [], 7),
    "array": ("x", {}, 7),
    "object": ("x", [], 7),
}
OF_FORMAT: dict[str, tuple[Any, ...]] = {
    "uuid": ("none", "", 7, "00000000-0000-7000-8000-00000000000g", "\x00"),
    "date": ("tomorrow", "", "2026-13-45", [], "\x00"),
    "date-time": ("yesterday", "2026-11-21T08:00:00", "2026-13-45T99:00:00Z", [], "\x00"),
}


@dataclass(frozen=True)
class Bad:
    """A body that breaks one rule. `field` is what the problem has to name; None: any or none."""

    name: str
    raw: bytes
    field: str | None = None


def malformed_bodies(operation: Operation, good: Any) -> Iterator[Bad]:
    """Yield bad bodies for an operation with a JSON body."""
    schema = operation.body
    assert schema is not None
    yield from _unreadable(good)
    yield from _at_each_field(schema, good)
    yield from _unknown_fields(schema, good)


def _unreadable(good: Any) -> Iterator[Bad]:
    whole = json.dumps(good).encode()
    yield Bad("empty", b"")
    yield Bad("cut off", whole[:-1])
    yield Bad("no json", b"kind=FIRE")
    yield Bad("not utf-8", b'{"x": "\xff\xfe"}')
    yield Bad("a list", b"[]")
    yield Bad("a text", b'"x"')
    yield Bad("null", b"null")
    yield Bad("very deep", b'{"x":' * 20_000)
    yield Bad("very deep and closed", b"[" * 5_000 + b"]" * 5_000)
    yield Bad("very long number", b'{"x": ' + b"9" * 5_000 + b"}")


def _at_each_field(schema: Schema, good: Any) -> Iterator[Bad]:
    for place, kind in fields_of(schema, good):
        spelled = ".".join(map(str, place))
        for value in _wrong_values(kind):
            yield Bad(f"{spelled} = {value!r:.40}", _raw(_with(good, place, value)), spelled)
        if _is_free_text(kind) and spelled != "password":  # compared with a digest, never kept
            yield Bad(f"{spelled} with NUL", _raw(_with(good, place, "a\x00b")), spelled)
        if resolved(kind).get("type") == "number":
            for word in ("NaN", "Infinity", "-Infinity", "1e999"):
                marked = _raw(_with(good, place, "@@")).replace(b'"@@"', word.encode())
                yield Bad(f"{spelled} = {word}", marked, spelled)
            for far in (far for far in FAR if not _allowed(resolved(kind), far)):
                yield Bad(f"{spelled} = {far}", _raw(_with(good, place, far)))


def _allowed(kind: Schema, value: float) -> bool:
    """Whether a value lies within bounds that the description states."""
    return "maximum" in kind and bool(kind["minimum"] <= value <= kind["maximum"])


def _wrong_values(kind: Schema) -> Iterator[Any]:
    inner = resolved(kind)
    if "format" in inner:
        yield from OF_FORMAT[inner["format"]]
    else:
        yield from WRONG[inner["type"]]
    if not nullable(kind):
        yield None
    if "enum" in inner:
        yield "NO_SUCH"
    if "maxLength" in inner:
        yield "x" * (inner["maxLength"] + 1)
    if "maxItems" in inner:
        yield [UNKNOWN_ID] * (inner["maxItems"] + 1)
    if "maximum" in inner:
        yield from (inner["maximum"] + 1, inner["minimum"] - 1)


def _is_free_text(kind: Schema) -> bool:
    inner = resolved(kind)
    return inner.get("type") == "string" and not {"format", "enum"} & inner.keys()


def _unknown_fields(schema: Schema, good: Any) -> Iterator[Bad]:
    yield Bad("unknown field", _raw({**good, "colour": "red"}), "colour")
    for place, kind in fields_of(schema, good):
        inner = resolved(kind)
        if "properties" in inner:
            spoiled = _with(good, (*place, "colour"), "red")
            yield Bad(f"unknown field in {place}", _raw(spoiled), ".".join((*place, "colour")))
    for name in schema.get("required", ()):
        body = {key: value for key, value in good.items() if key != name}
        yield Bad(f"without {name}", _raw(body), name)


def _with(good: Any, place: tuple[str | int, ...], value: Any) -> Any:
    body = copy.deepcopy(good)
    inner = body
    for step in place[:-1]:
        inner = inner[step]
    inner[place[-1]] = value
    return body


def _raw(body: Any) -> bytes:
    return json.dumps(body).encode()
