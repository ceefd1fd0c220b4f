"""A patrol plan from its text: read, planned, told, and kept near the earlier one."""

import json
from pathlib import Path

import numpy as np
import pytest

from anlan.kernel.text_files import data_folder
from anlan.project.cli import main
from anlan.project.planning.errors import EntryError
from anlan.project.planning.patrol import read_patrol

EXAMPLE = data_folder() / "plans" / "patrol.toml"
UNIT = '[[unit]]\nid = "A"\nstart = [24.94522, 60.16514]\nshift = ["08:00", "10:00"]\n'
VISIT = '[[visit]]\nid = "V"\nat = [24.9383, 60.16711]\n'


def minute_apart(at):
    return np.where(np.eye(len(at), dtype=bool), 0.0, 60.0)


def text(folder: Path, content: str) -> Path:
    file = folder / "plan.toml"
    file.write_text(content, encoding="utf-8")
    return file


def run(*arguments: str) -> object:
    with pytest.raises(SystemExit) as left:
        main(("plan", "patrol", *arguments))
    return left.value.code


def test_example_becomes_a_plan_that_makes_every_visit(tmp_path, capsys):
    page, answer = tmp_path / "plan.html", tmp_path / "plan.json"
    asked = [str(EXAMPLE), "--limit", "2", "--language", "en"]
    assert run(*asked, "--out", str(page), "--json", str(answer)) == 0
    said = capsys.readouterr().out
    assert "Every visit that must be made is made: 11 of 11." in said
    found = json.loads(answer.read_text(encoding="utf-8"))
    assert found["status"] == "FEASIBLE"
    made = {row["visit"] for row in found["habits"]}
    assert {"Ressu gate, morning", "North Esplanade", "Kaisaniemi park"} <= made
    html = page.read_text(encoding="utf-8")
    assert "Kruununhaka gate, afternoon" in html
    assert html.count('class="line ROUTE') == len(found["rounds"])
    # Next week's plan, asked to stay near: nothing has to change.
    assert run(*asked, "--near", str(answer)) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "0 visits are made by another unit and 0 at another time" in said


def test_impossible_plan_says_what_is_short_and_leaves_with_three(tmp_path, capsys):
    gates = "".join(
        f'[[visit]]\nid = "gate {number}"\nat = [{lon}, 60.17]\nminutes = 20\n'
        'windows = [["08:30", "08:31"]]\n'
        for number, lon in enumerate((24.940, 24.945, 24.950))
    )
    assert run(str(text(tmp_path, UNIT + gates)), "--limit", "1", "--language", "en") == 3
    said = " ".join(capsys.readouterr().out.split())
    assert "No plan can make every visit that must be made; this one makes 1 of 3." in said
    assert "08:30–08:31: " in said
    assert "units short" in said


def test_units_of_one_entry_are_numbered(tmp_path):
    file = text(tmp_path, UNIT + "count = 3\n" + VISIT)
    problem = read_patrol(file, minute_apart).problem
    assert [unit.unit_id for unit in problem.units] == ["A-1", "A-2", "A-3"]
    assert (problem.units[0].shift.start_s, problem.units[0].shift.end_s) == (28800, 36000)


@pytest.mark.parametrize(
    ("content", "named"),
    [
        (VISIT, "unit is missing"),
        (UNIT, "visit is missing"),
        (UNIT + VISIT + "ends = [[1, 2], [3, 4]]\n", "visit 1 at or ends or entrances"),
        (UNIT + VISIT + "minuets = 3\n", "visit 1 minuets is not a field"),
        (UNIT + VISIT + "minutes = -3\n", "visit 1 minutes is -3, not from 0"),
        (UNIT + VISIT + "minutes = nan\n", "visit 1 minutes is nan"),
        (UNIT + VISIT + 'windows = [["09:00", "08:00"]]\n', "visit 1 windows ends before"),
        (UNIT + VISIT + 'windows = [["9 am", "10:00"]]\n', "visit 1 windows is not"),
        (UNIT + VISIT + "times = 1.5\n", "visit 1 times is not a whole number"),
        (UNIT + VISIT + "on_days = [2]\n", "visit 1 on_days is not a list of days from 1 to 1"),
        (UNIT + '[[visit]]\nid = "V"\nat = [200, 60]\n', "visit 1 at is no position"),
        (UNIT + "[[unit.break]]\nminutes = 5\n" + VISIT, "unit 1, break 1 within is missing"),
    ],
)
def test_wrong_text_is_refused_with_entry_and_field(tmp_path, content, named):
    with pytest.raises(EntryError) as refused:
        read_patrol(text(tmp_path, content), minute_apart)
    assert str(refused.value).startswith(f"plan.toml: {named}")


def test_earlier_plan_must_be_one(tmp_path, capsys):
    other = tmp_path / "other.json"
    other.write_text("{}")
    assert run(str(EXAMPLE), "--near", str(other)) == 1
    assert "other.json: habits are not those of a plan" in capsys.readouterr().err


def test_missing_folder_is_refused_before_the_search(tmp_path, capsys):
    assert run(str(EXAMPLE), "--out", str(tmp_path / "no" / "plan.html")) == 2
    assert "there is no folder" in capsys.readouterr().err
