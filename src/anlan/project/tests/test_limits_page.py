"""The page of limits says what the code holds."""

import re
from datetime import timedelta
from importlib import import_module
from pathlib import Path

import pytest

PAGE = Path(__file__).resolve().parents[4] / "docs" / "operator" / "limits.md"
ROW = re.compile(r"^\| [^|]+ \| (?P<shown>[^|]+) \| `(?P<module>[\w.]+):(?P<name>\w+)` \|$", re.M)
ROWS = [(one["module"], one["name"], one["shown"]) for one in ROW.finditer(PAGE.read_text("utf-8"))]
KIBI, MEBI = 1 << 10, 1 << 20
DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
UNITS = {"_CHARACTERS": " characters", "_ROWS": " rows", "_S": " s", "_DAYS": " days"}


def written(name: str, value: int | float | timedelta) -> str:
    """Return a limit as the page writes it."""
    if isinstance(value, timedelta):
        for size, unit in ((DAY, "days"), (2 * HOUR, "h"), (MINUTE, "min")):
            if value >= size and value % size == timedelta():
                return f"{value // (HOUR if unit == 'h' else size)} {unit}"
    if name.endswith("_BYTES"):
        return f"{value // MEBI} MiB" if value >= MEBI else f"{value // KIBI} KiB"
    if name == "DAYS_LIMIT":
        return f"{value} days"
    if name == "PIXEL_LIMIT":
        return f"{value:,} pixels"
    ending = next((unit for end, unit in UNITS.items() if name.endswith(end)), "")
    return f"{value:,.0f}{ending}"


def test_page_has_rows_for_uploads_things_and_people():
    assert len(ROWS) == PAGE.read_text("utf-8").count("` |") >= 35


@pytest.mark.parametrize(("module", "name", "shown"), ROWS)
def test_page_says_what_the_code_holds(module: str, name: str, shown: str):
    assert shown == written(name, getattr(import_module(module), name))
