"""`anlan bench`: what it offers, what it writes, what it says where there is nothing to run."""

import json
from pathlib import Path

import pytest

from anlan.project.cli import bench as module
from anlan.project.cli import main

ROW = {"name", "value", "unit", "peer", "peer_value", "ratio", "target", "holds", "interval"}
MACHINE = {
    "cores", "memory_gib", "architecture", "kernel", "python", "postgres", "load_1_min",
    "python_steps_ms",
}  # fmt: skip
NAMES = [
    "routing", "recommendation", "reports", "row_security", "trust", "screen", "live_map",
    "console", "memory", "dispatch", "casework", "startup", "engine", "engine.hierarchy",
    "engine.roads", "engine.units", "engine.coverage", "engine.cordon", "engine.patrol",
    "engine.simulation",
]  # fmt: skip


def exit_code_of(*arguments: str) -> object:
    with pytest.raises(SystemExit) as left:
        main(("bench", *arguments))
    return left.value.code


def test_list_names_every_benchmark_with_what_it_measures(capsys):
    assert exit_code_of("--list") == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == NAMES
    assert all(len(line.split()) > 3 for line in lines)


def test_benchmark_writes_the_machine_and_its_rows(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr("benchmarks.routing.QUESTIONS", 3)
    monkeypatch.setattr("benchmarks.routing.UNITS", 20)
    file = tmp_path / "out.json"
    assert exit_code_of("routing", "--json", str(file)) == 0
    result = json.loads(file.read_text())
    assert set(result) == {"benchmark", "full", "machine", "rows"}
    assert (result["benchmark"], result["full"]) == ("routing", False)
    assert set(result["machine"]) == MACHINE
    assert len(result["rows"]) == 4
    for row in result["rows"]:
        assert set(row) == ROW
        assert row["ratio"] == pytest.approx(row["value"] / row["peer_value"], rel=0.1)
    printed = capsys.readouterr().out
    assert "travel times of 20 units, p99" in printed
    assert "SciPy Dijkstra on the same graph" in printed


@pytest.mark.parametrize("arguments", [(), ("speed",)])
def test_unknown_benchmark_is_a_wrong_command_line(arguments, capsys):
    assert exit_code_of(*arguments) == 2
    assert "there are routing" in capsys.readouterr().err


def test_installed_program_says_that_it_has_none(tmp_path: Path, capsys, monkeypatch):
    monkeypatch.setattr(module, "CHECKOUT", tmp_path)
    assert exit_code_of("--list") == 1
    said = capsys.readouterr().err
    assert said == (
        "anlan: the benchmarks are in a checkout of the project, not in the installed program\n"
    )


def test_target_is_a_bound_from_above_or_below():
    from benchmarks.rows import Target, row

    above, below = Target("value", 50.0), Target("ratio", 0.5, at_least=True)
    assert [above.holds(value) for value in (49.9, 50.0, 50.1)] == [True, True, False]
    assert [below.holds(value) for value in (0.49, 0.5)] == [False, True]
    one = row("rate", 40.0, "1/s", peer=("bare", 100.0), target=below)
    assert (one.ratio, one.target, one.holds) == (0.4, "ratio >= 0.5", False)
    assert row("size", 1.0, "MiB").holds is None
