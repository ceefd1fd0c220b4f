"""The files of two cities, where they lie beside the project: most rows are taken, none is lost."""

import csv
import gzip
import time
from collections.abc import Callable
from datetime import datetime

import pytest
from tests.people import CITY
from tests.shared_data import shared

from anlan.exchange.imports.mapping import read_mapping
from anlan.exchange.imports.rows_in_files import rows_of
from anlan.exchange.imports.selectors import count_of
from anlan.exchange.imports.services import importing
from anlan.exchange.imports.tests.conftest import OPERATOR
from anlan.kernel.scope import scoped
from anlan.kernel.text_files import data_folder

FILES = {
    "san_francisco": ("b1_sf_311_sample_geo", "sf_311_cases.csv.gz"),
    "chicago_sanitation": (
        "b2_chicago_311_sanitation_2011-2013", "chicago_311_sanitation.csv.gz",
    ),
}  # fmt: skip


@pytest.mark.parametrize("city", FILES)
def test_the_mappings_that_are_shipped_fit_the_catalogue(city: str, at: datetime) -> None:
    importing.check_mapping(read_mapping(data_folder() / "imports" / f"{city}.toml"), city, at)


@pytest.mark.django_db
@pytest.mark.parametrize(("city", "least"), [("san_francisco", 0.65), ("chicago_sanitation", 0.9)])
def test_a_real_file_is_imported_to_its_end(
    city: str, least: float, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    def everywhere() -> Callable[[float, float], int]:
        return lambda lon, lat: CITY  # the demonstration city lies elsewhere

    monkeypatch.setattr(importing, "area_finder", everywhere)
    file = shared(*FILES[city])
    with gzip.open(file, "rt", encoding="utf-8", newline="") as opened:
        whole = sum(1 for _ in csv.DictReader(opened))
    mapping = read_mapping(data_folder() / "imports" / f"{city}.toml")
    for again in (False, True):
        began, tally = time.perf_counter(), importing.Tally()
        with gzip.open(file, "rt", encoding="utf-8", newline="") as opened:
            *_, tally = importing.import_rows(
                rows_of(opened, "csv"), mapping, actor=OPERATOR, at=at, reject=lambda _: None
            )
        took = time.perf_counter() - began
        print(
            f"{city}: {tally.read} rows, {tally.read / took:.0f} a second, {tally.taken} taken,"
            f" {tally.known} known, {tally.left_out} texts left out, {dict(tally.rejected)}"
        )
        assert tally.read == whole == tally.taken + tally.known + tally.rejected.total()
        assert (tally.taken == 0) is again
    with scoped(OPERATOR):
        assert count_of(mapping.source) >= least * whole
