"""Posts from the command line: chosen and proved, or refused with what is missing."""

import json
from pathlib import Path

import pytest

from anlan.project.cli import main

SITES = "name,lon,lat,fixed\nWest,24.938,60.168,0\nNorth,24.9502,60.1704,1\nSouth,24.945,60.165,0\n"
DEMAND = "lon,lat,weight\n24.9381,60.1675,5\n24.9502,60.1704,1\n24.9452,60.1652,3\n"


def run(*arguments: str) -> object:
    with pytest.raises(SystemExit) as left:
        main(("plan", "coverage", "--language", "en", *arguments))
    return left.value.code


@pytest.fixture
def tables(tmp_path: Path) -> tuple[str, ...]:
    (tmp_path / "sites.csv").write_text(SITES)
    (tmp_path / "demand.csv").write_text(DEMAND)
    return ("--sites", str(tmp_path / "sites.csv"), "--demand", str(tmp_path / "demand.csv"))


def test_best_posts_are_chosen_and_proved(tmp_path, tables, capsys):
    answer, page = tmp_path / "posts.json", tmp_path / "posts.html"
    arguments = (*tables, "--posts", "2", "--within", "60", "--json", str(answer))
    assert run(*arguments, "--out", str(page)) == 0
    found = json.loads(answer.read_text())
    # North stays; West serves more than South.
    assert [post["site"] for post in found["posts"]] == ["West", "North"]
    assert [post["fixed"] for post in found["posts"]] == [False, True]
    assert (found["status"], found["value"], found["total_weight"]) == ("OPTIMAL", 6.0, 9.0)
    assert "2 posts reach 66.7 % of the demand within 1 min." in capsys.readouterr().out
    html = page.read_text()
    assert html.count('<use class="mark COVERED"') == 2
    assert html.count('<use class="mark MISSED"') == 1
    assert html.count('<use class="mark FIXED"') == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--model", "all", "--within", "60"), "3 posts reach all demand"),
        (("--model", "drives", "--posts", "3"), "With 3 posts the mean drive is"),
        (
            ("--model", "expected", "--posts", "3", "--within", "60", "--busy", "0.5"),
            "3 units reach 50.0 % of the demand within 1 min on average",
        ),
    ],
)
def test_every_model_answers(tables, capsys, arguments, said):
    assert run(*tables, *arguments) == 0
    assert said in " ".join(capsys.readouterr().out.split())


@pytest.mark.parametrize(
    ("arguments", "code", "why"),
    [
        (("--within", "60"), 2, "--model most needs --posts"),
        (("--posts", "1"), 2, "--model most needs --within"),
        (("--model", "all"), 2, "--model all needs --within"),
        (("--posts", "1", "--within", "0"), 2, "--within"),
        (("--posts", "1", "--within", "9", "--busy", "1"), 2, "--busy"),
        (("--posts", "9", "--within", "60"), 1, "9"),
    ],
)
def test_wrong_question_is_refused(tables, capsys, arguments, code, why):
    assert run(*tables, *arguments) == code
    assert why in capsys.readouterr().err


def test_city_without_tables_is_its_buildings_and_streets(tmp_path):
    answer = tmp_path / "posts.json"
    assert run("--posts", "1", "--within", "90", "--json", str(answer)) == 0
    found = json.loads(answer.read_text())
    assert len(found["posts"]) == 1
    assert 0 < found["value"] < found["total_weight"] == pytest.approx(28.09, abs=0.01)
