"""The runner behind `./anlan test`: everything runs, pytest comes last, any failure counts."""

import sys
from collections.abc import Sequence

import pytest
from tools import checks
from tools.checks import Check

GOOD = [sys.executable, "-c", "print('fine')"]
BAD = [sys.executable, "-c", "print('the reason'); raise SystemExit(1)"]


@pytest.fixture
def pytest_runs(monkeypatch: pytest.MonkeyPatch) -> list[tuple[bool, list[str]]]:
    """Three checks of which the first fails; the list holds what pytest was called with."""
    runs: list[tuple[bool, list[str]]] = []

    def record(*, browser: bool, arguments: Sequence[str]) -> int:
        print("== 3 passed ==")
        runs.append((browser, list(arguments)))
        return 0

    some = [Check("first", BAD), Check("second", GOOD), Check("missing", ["no-such-program"])]
    monkeypatch.setattr(checks, "python_checks", lambda: some)
    monkeypatch.setattr(checks, "console_checks", lambda: [Check("console", GOOD)])
    monkeypatch.setattr(checks, "run_pytest", record)
    monkeypatch.setattr(checks, "have", lambda program, for_what: False)
    return runs


def test_every_check_runs_and_pytest_has_the_last_word(
    pytest_runs: list[tuple[bool, list[str]]], capsys: pytest.CaptureFixture[str]
) -> None:
    assert checks.main(["--no-browser"]) == 1
    printed = capsys.readouterr().out.splitlines()
    states = [line.split()[:2] for line in printed if line.endswith(" s")]
    assert sorted(states) == [
        ["console", "ok"],
        ["first", "FAILED"],
        ["missing", "FAILED"],
        ["second", "ok"],
    ]
    assert "the reason" in printed
    assert "fine" not in printed
    assert "failed before the tests: first, missing" in printed
    assert printed[-1] == "== 3 passed =="
    assert pytest_runs == [(False, [])]


def test_only_what_was_asked_for_runs(
    pytest_runs: list[tuple[bool, list[str]]], capsys: pytest.CaptureFixture[str]
) -> None:
    assert checks.main(["--only", "second", "--only", "console"]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "all checks passed"
    assert pytest_runs == []


def test_what_was_left_out_does_not_count(pytest_runs: list[tuple[bool, list[str]]]) -> None:
    left_out = ["--without", "first", "--without", "missing"]
    assert checks.main([*left_out, "--no-browser", "--", "-k", "own_work"]) == 0
    assert pytest_runs == [(False, ["-k", "own_work"])]


def test_a_missing_browser_is_a_failure_unless_it_was_left_out(
    pytest_runs: list[tuple[bool, list[str]]], capsys: pytest.CaptureFixture[str]
) -> None:
    assert checks.main(["--only", "pytest"]) == 1
    assert "failed before the tests: browser" in capsys.readouterr().out
    assert checks.main(["--only", "pytest", "--no-browser"]) == 0


def test_an_unknown_check_is_code_2(pytest_runs: list[tuple[bool, list[str]]]) -> None:
    with pytest.raises(SystemExit) as left:
        checks.main(["--only", "spelling"])
    assert left.value.code == 2
    assert pytest_runs == []
