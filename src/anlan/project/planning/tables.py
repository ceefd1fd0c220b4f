"""Tables of places as CSV, read with the line and the column named where something is wrong."""

import csv
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from anlan.project.planning.errors import NothingToPlanError, TableError

ROWS_MAX = 200_000
"""Longer tables are refused: nothing here plans for more places at once."""

F64 = npt.NDArray[np.float64]
Read = Callable[[str], float]


@dataclass(frozen=True, slots=True)
class Places:
    """Named positions with numbers beside them.

    Attributes
    ----------
    names : tuple of str
        n names; the row's number where the table gives none.
    at : float64[n, 2]
        Longitude, latitude, degrees.
    numbers : mapping of str to float64[n]
        The other columns that were asked for.
    """

    names: tuple[str, ...]
    at: F64
    numbers: Mapping[str, F64]

    def __len__(self) -> int:
        """Count the places."""
        return len(self.names)


def number(least: float = -math.inf, most: float = math.inf) -> Read:
    """Return a reader of a finite number between two bounds."""

    def read(text: str) -> float:
        value = float(text)
        if not least <= value <= most:  # also refuses NaN
            raise ValueError
        return value

    read.__doc__ = f"is not a number from {least:g} to {most:g}"
    return read


POSITION: Mapping[str, Read] = {"lon": number(-180, 180), "lat": number(-90, 90)}


def read_places(file: Path, numbers: Mapping[str, Read], defaults: Mapping[str, float]) -> Places:
    """Read a table of places.

    Parameters
    ----------
    file : Path
        UTF-8 CSV with a header; columns `lon`, `lat`, optionally `name`, and those of `numbers`.
    numbers : mapping of str to reader
        What else to read, by column.
    defaults : mapping of str to float
        Values of columns that the table may leave out or empty.

    Raises
    ------
    TableError
        With the file, the line and the column.
    NothingToPlanError
        The table has no row.
    """
    wanted = {**POSITION, **numbers}
    with file.open(encoding="utf-8-sig", newline="") as lines:
        rows = csv.DictReader(lines)
        _check_header(file, rows.fieldnames or (), wanted, defaults)
        names: list[str] = []
        values: list[list[float]] = []
        for row in rows:
            if len(names) == ROWS_MAX:
                raise TableError(
                    file=file.name, line=rows.line_num, column="table",
                    why=f"is longer than {ROWS_MAX} rows",
                )  # fmt: skip
            names.append((row.get("name") or "").strip() or str(len(names) + 1))
            values.append(_values(file, rows.line_num, row, wanted, defaults))
    if not names:
        raise NothingToPlanError(what=file.name)
    table = np.array(values, np.float64)
    columns = dict(zip(wanted, table.T, strict=True))
    return Places(tuple(names), table[:, :2], {name: columns[name] for name in numbers})


def _check_header(
    file: Path, header: Sequence[str], wanted: Mapping[str, Read], defaults: Mapping[str, float]
) -> None:
    missing = [column for column in wanted if column not in header and column not in defaults]
    if missing:
        raise TableError(file=file.name, line=1, column=missing[0], why="is missing")


def _values(
    file: Path, line: int, row: Mapping[str, str | None], wanted: Mapping[str, Read],
    defaults: Mapping[str, float],
) -> list[float]:  # fmt: skip
    values = []
    for column, read in wanted.items():
        text = (row.get(column) or "").strip()
        if not text and column in defaults:
            values.append(defaults[column])
            continue
        try:
            values.append(read(text))
        except ValueError as error:
            raise TableError(
                file=file.name, line=line, column=column, why=f"{read.__doc__}: {text!r}"
            ) from error
    return values
