"""Rows of a file, one at a time: CSV, an array of JSON, or JSON by the line. Never all at once."""

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TextIO

ROW_LIMIT_CHARACTERS = 64 * 1024
PART_CHARACTERS = 64 * 1024


@dataclass(frozen=True, slots=True)
class Row:
    """One row: where it stands, its fields, or the rule that it breaks as a whole."""

    place: int
    fields: dict[str, str]
    broken: str = ""


def rows_of(file: TextIO, format: str) -> Iterator[Row]:
    """Yield the rows of a file in its format; one that cannot be read is yielded as broken."""
    readers = {"csv": _csv_rows, "json": _array_rows, "json_lines": _line_rows}
    return readers[format](file)


def _csv_rows(file: TextIO) -> Iterator[Row]:
    csv.field_size_limit(ROW_LIMIT_CHARACTERS)
    reader = csv.reader(file)
    try:
        names = next(reader, [])
    except csv.Error:  # without names no row below them can be read either
        yield Row(1, {}, "readable_row")
        return
    place = 1
    while True:
        place += 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield Row(place, {}, "readable_row")
            continue
        if len(cells) != len(names):
            yield Row(place, {}, "as_many_columns")
        else:
            yield Row(place, dict(zip(names, cells, strict=True)))


def _line_rows(file: TextIO) -> Iterator[Row]:
    place = 0
    while line := file.readline(ROW_LIMIT_CHARACTERS):
        place += 1
        if len(line) == ROW_LIMIT_CHARACTERS and not line.endswith("\n"):
            while (rest := file.readline(ROW_LIMIT_CHARACTERS)) and not rest.endswith("\n"):
                pass
            yield Row(place, {}, "at_most_64_kb")
        elif line.strip():
            yield _object_row(place, line)


def _object_row(place: int, text: str) -> Row:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return Row(place, {}, "readable_row")
    return _row(place, value)


def _row(place: int, value: Any) -> Row:
    if not isinstance(value, dict):
        return Row(place, {}, "readable_row")
    return Row(place, {str(name): _written(one) for name, one in value.items()})


def _written(value: Any) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _array_rows(file: TextIO) -> Iterator[Row]:
    """Yield the objects of one array. After one that is broken nothing can be found any more."""
    decoder, held, place = json.JSONDecoder(), "", 0
    ended = False
    while True:
        held = held.lstrip(" \t\r\n,[" if place or held.lstrip().startswith("[") else " \t\r\n")
        if held.startswith("]"):
            return
        try:
            value, end = decoder.raw_decode(held)
        except RecursionError:
            yield Row(place + 1, {}, "readable_row")
            return
        except ValueError:
            part = "" if ended else file.read(PART_CHARACTERS)
            ended = not part
            if ended and not held.strip():
                return
            if ended or len(held) > ROW_LIMIT_CHARACTERS + PART_CHARACTERS:
                yield Row(place + 1, {}, "readable_row")
                return
            held += part
            continue
        place += 1
        yield _row(place, value)
        held = held[end:]
