"""Simulation from the command line: one posture, two compared, or what is wrong with the texts."""

import json
from pathlib import Path

import pytest

from anlan.kernel.text_files import data_folder
from anlan.project.cli import main

PLANS = data_folder() / "plans"
TODAY, MOVE_UP = str(PLANS / "today.toml"), str(PLANS / "move_up.toml")
SHORT = ("--days", "0.5", "--replications", "3", "--language", "en")


def run(*arguments: str) -> object:
    with pytest.raises(SystemExit) as left:
        main(("simulate", *arguments))
    return left.value.code


@pytest.fixture
def demand(tmp_path: Path) -> tuple[str, ...]:
    """A few places, so that travel times are quickly known."""
    rows = ["24.9381,60.1675,5", "24.9502,60.1704,2", "24.9452,60.1652,3"]
    file = tmp_path / "demand.csv"
    file.write_text("lon,lat,weight\n" + "\n".join(rows) + "\n")
    return ("--demand", str(file))


def changed(folder: Path, before: str, after: str, source: str = TODAY) -> str:
    text = Path(source).read_text(encoding="utf-8")
    assert before in text
    file = folder / "changed.toml"
    file.write_text(text.replace(before, after, 1), encoding="utf-8")
    return str(file)


def test_two_postures_meet_the_same_calls(tmp_path, demand, capsys):
    answer, page = tmp_path / "two.json", tmp_path / "two.html"
    arguments = ("--compare", TODAY, MOVE_UP, *SHORT, *demand, "--json", str(answer))
    assert run(*arguments, "--out", str(page)) == 0
    found = json.loads(answer.read_text())
    first, second = (one["figures"] for one in found["postures"])
    assert [one["posture"] for one in found["postures"]] == ["Today", "With move-up"]
    assert first["calls"]["calls_per_day"] == second["calls"]["calls_per_day"]
    assert found["difference"]["calls"]["calls_per_day"]["value"] == 0.0
    assert second["units"]["relocated_per_day"]["value"] > 0
    late = [one["calls"]["late_share"]["value"] for one in (first, second)]
    apart = found["difference"]["calls"]["late_share"]["value"]
    assert apart == pytest.approx(late[1] - late[0])
    assert "Priority: life at risk" in capsys.readouterr().out
    html = page.read_text(encoding="utf-8")
    assert html.count('<use class="mark A"') == html.count('<use class="mark B"') == 3
    assert html.count("<svg") >= 2


def test_same_seed_is_the_same_answer(tmp_path, demand):
    answers = []
    for seed in ("5", "5", "6"):
        file = tmp_path / "one.json"
        assert run(TODAY, *SHORT, *demand, "--seed", seed, "--json", str(file)) == 0
        answers.append(json.loads(file.read_text())["postures"])
    assert answers[0] == answers[1] != answers[2]


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ('station = "Erottaja"', 'station = "Nowhere"', "unit 1 station is none of Erottaja"),
        ("count = 3", "count = 0", "unit 1 count is 0, not from 1"),
        ('shift = ["08:00", "20:00"]', 'shift = ["08:10", "08:50"]', "unit 4 shift holds no full"),
        ('name = "Today"', 'nmae = "Today"', "name is missing"),
        ('name = "Today"', 'name = "Today"\nrules = { guard_s = [0, 1] }',
         "rules guard_s is not a list of 3 numbers"),
        ('name = "Today"', 'name = "Today"\nrules = { diverts = [[2, 1]] }',
         "rules diverts 1 is not two priorities from 1 to 3"),
        ('name = "Today"', 'name = "Today"\nrules = { guard_s = [9, 1, 1] }',
         "guard_s begins above 0"),
    ],
)  # fmt: skip
def test_wrong_posture_is_refused(tmp_path, demand, capsys, before, after, said):
    assert run(changed(tmp_path, before, after), *SHORT, *demand) == 1
    assert said in capsys.readouterr().err


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("calls_a_day = 140", "calls_a_day = 0", "calls_a_day is 0"),
        ("priority = 1", "priority = 4", "kind 1 priority is 4, not from 1 to 3"),
        ("mean_s = 45", "mean_s = -1", "kind 1, decide mean_s is -1"),
        ("    11, 9,", "    11,", "hours is not a list of 24 numbers"),
    ],
)
def test_wrong_calls_are_refused(tmp_path, demand, capsys, before, after, said):
    calls = changed(tmp_path, before, after, str(PLANS / "calls.toml"))
    assert run(TODAY, "--calls", calls, *SHORT, *demand) == 1
    assert said in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [(), (TODAY, "--compare", TODAY, MOVE_UP)])
def test_one_posture_or_two_are_asked_for(arguments, capsys):
    assert run(*arguments) == 2
    assert "give one POSTURE.toml, or two with --compare" in capsys.readouterr().err


def test_demand_without_weight_is_refused(tmp_path, capsys):
    file = tmp_path / "demand.csv"
    file.write_text("lon,lat,weight\n24.94,60.17,0\n")
    assert run(TODAY, *SHORT, "--demand", str(file)) == 1
    assert "demand without any weight" in capsys.readouterr().err
