"""A table of places is read whole, or refused with the line and the column."""

from pathlib import Path

import pytest

from anlan.project.planning.errors import NothingToPlanError, TableError
from anlan.project.planning.tables import number, read_places

WEIGHT = {"weight": number(0.0)}


def table(folder: Path, text: str) -> Path:
    file = folder / "places.csv"
    file.write_text(text, encoding="utf-8")
    return file


def test_table_gives_names_positions_and_numbers(tmp_path):
    file = table(tmp_path, "\ufeffname,lon,lat,weight\n东门,24.9,60.1,2\n,25,60.2,\n")
    places = read_places(file, WEIGHT, {"weight": 1.0})
    assert places.names == ("东门", "2")
    assert places.at.tolist() == [[24.9, 60.1], [25.0, 60.2]]
    assert places.numbers["weight"].tolist() == [2.0, 1.0]


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("name,lon\nA,1\n", 1, "lat"),
        ("lon,lat,weight\n1,2,3\n181,2,3\n", 3, "lon"),
        ("lon,lat,weight\n1,nan,3\n", 2, "lat"),
        ("lon,lat,weight\n1,2,-1\n", 2, "weight"),
        ("lon,lat,weight\n1,2,inf-\n", 2, "weight"),
        ("lon,lat,weight\n1\n", 2, "lat"),
    ],
)
def test_wrong_table_is_refused_with_line_and_column(tmp_path, text, line, column):
    with pytest.raises(TableError) as refused:
        read_places(table(tmp_path, text), WEIGHT, {})
    assert (refused.value.facts["line"], refused.value.facts["column"]) == (line, column)
    assert f"places.csv, line {line}: {column} " in str(refused.value)


def test_table_without_rows_leaves_nothing_to_plan(tmp_path):
    with pytest.raises(NothingToPlanError, match=r"places\.csv: nothing there"):
        read_places(table(tmp_path, "lon,lat\n"), {}, {})
