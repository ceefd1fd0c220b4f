"""The description of the API, `api/openapi.json`, read for tests."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).resolve().parents[2] / "api" / "openapi.json"
METHODS = ("get", "put", "post", "delete", "patch")
JSON = "application/json"
Schema = Mapping[str, Any]


@dataclass(frozen=True)
class Operation:
    """One method at one address."""

    id: str
    method: str
    path: str
    parameters: tuple[Schema, ...]
    content: Mapping[str, Any]

    @property
    def writes(self) -> bool:
        """Whether it may change something."""
        return self.method != "get"

    def named_in(self, where: str) -> dict[str, Schema]:
        """Return the schemas of the parameters in `path` or `query`, by name."""
        return {p["name"]: p["schema"] for p in self.parameters if p["in"] == where}

    @property
    def body(self) -> Schema | None:
        """The schema of the JSON body; None where there is none."""
        return resolved(self.content[JSON]["schema"]) if JSON in self.content else None


@cache
def _document() -> dict[str, Any]:
    document: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
    return document


@cache
def operations() -> dict[str, Operation]:
    """Return every operation by its id."""
    return {
        verb["operationId"]: Operation(
            id=verb["operationId"],
            method=method,
            path=path,
            parameters=tuple(verb.get("parameters", ())),
            content=verb.get("requestBody", {}).get("content", {}),
        )
        for path, verbs in _document()["paths"].items()
        for method, verb in verbs.items()
    }


def methods_of(path: str) -> set[str]:
    """Return the methods that are offered at an address."""
    return set(_document()["paths"][path])


def resolved(schema: Schema) -> Schema:
    """Return a schema with its reference followed and `null` left out of its choices."""
    if "$ref" in schema:
        name = schema["$ref"].rsplit("/", 1)[1]
        return resolved(_document()["components"]["schemas"][name])
    choices = [one for one in schema.get("anyOf", ()) if one.get("type") != "null"]
    return resolved(choices[0]) if choices else schema


def nullable(schema: Schema) -> bool:
    """Return whether `null` is a value of the schema."""
    return any(one.get("type") == "null" for one in schema.get("anyOf", ()))


def fields_of(schema: Schema, body: Any, at: tuple[str | int, ...] = ()) -> Iterator[tuple]:
    """Yield each field of a body: where it stands and its schema, those of objects within too."""
    for name, kind in schema.get("properties", {}).items():
        place = (*at, name)
        yield place, kind
        inner = resolved(kind)
        if inner.get("type") == "array" and "properties" in resolved(inner["items"]):
            yield from fields_of(resolved(inner["items"]), body[name][0], (*place, 0))
        elif "properties" in inner:
            yield from fields_of(inner, body[name], place)
