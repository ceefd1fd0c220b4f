"""Fixtures of imports: a mapping, and a run over rows that a test writes."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import pytest

from anlan.exchange.imports.mapping import Mapping, read_mapping
from anlan.exchange.imports.rows_in_files import rows_of
from anlan.exchange.imports.services.importing import Rejected, Tally, import_rows
from anlan.kernel.access import system_actor

OPERATOR = system_actor("import", "import.write")
MAPPING = """
source = "old-system"
format = "csv"
zone = "Asia/Shanghai"
time_format = "%Y-%m-%d %H:%M"
[columns]
source_id = "id"
opened_at = "opened"
closed_at = "closed"
lon = "x"
lat = "y"
item = ["kind", "part"]
text = ["words"]
place_text = "where"
channel = "by"
[items]
"road" = "0103"
"road/hole" = "0108"
"person" = ""
[channels]
"call" = "PHONE"
"""
HEAD = "id,opened,closed,x,y,kind,part,words,where,by"


@dataclass
class Run:
    """One import, and what was told of it."""

    tally: Tally
    rejected: list[Rejected] = field(default_factory=list)


@pytest.fixture
def mapping(tmp_path: Path) -> Mapping:
    """Return the usual mapping."""
    file = tmp_path / "mapping.toml"
    file.write_text(MAPPING, encoding="utf-8")
    return read_mapping(file)


@pytest.fixture
def imported(mapping: Mapping, at: datetime, tmp_path: Path, db: None) -> Callable[..., Run]:
    """Return a function that imports lines below the usual first one."""

    def run(*lines: str, dry_run: bool = False, head: str = HEAD) -> Run:
        file = tmp_path / "rows.csv"
        file.write_text("\n".join([head, *lines]) + "\n", encoding="utf-8")
        told: list[Rejected] = []
        with file.open(encoding="utf-8", newline="") as opened:
            *_, tally = import_rows(
                rows_of(opened, mapping.format), mapping, actor=OPERATOR, at=at,
                reject=told.append, dry_run=dry_run,
            )  # fmt: skip
        return Run(tally, told)

    return run
