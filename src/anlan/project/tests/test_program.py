"""The program's commands: what they print, and their exit codes."""

import io
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from anlan.kernel.access import system_actor
from anlan.kernel.postgres.home import Home
from anlan.kernel.postgres.server import Server
from anlan.kernel.postgres.tests.conftest import empty_home
from anlan.kernel.scope import scoped
from anlan.orgs.selectors import username_taken
from anlan.project.cli import main
from anlan.project.cli.program import COMMANDS
from anlan_engine.city import CityError


@pytest.fixture(scope="module")
def own_home() -> Iterator[Home]:
    with empty_home() as home:
        yield home


def anlan(*arguments: str, home: Home, **environment: str) -> "subprocess.CompletedProcess[str]":
    ours = ("ANLAN_", "DATABASE_", "DJANGO_")
    inherited = {k: v for k, v in os.environ.items() if not k.startswith(ours)}
    return subprocess.run(
        [sys.executable, "-P", "-m", "anlan.project.cli", *arguments],
        env={
            **inherited,
            "ANLAN_HOME": str(home.folder),
            "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
            **environment,
        },
        capture_output=True,
        text=True,
        check=False,
    )


def exit_code_of(*arguments: str) -> int | str | None:
    with pytest.raises(SystemExit) as left:
        main(arguments)
    return left.value.code


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert exit_code_of(command, "--help") == 0
    assert f"Usage: anlan {command}" in capsys.readouterr().out


@pytest.mark.parametrize(
    "arguments", [("sing",), ("serve", "--port", "0"), ("city", "build"), ("db", "dump")]
)
def test_a_wrong_command_line_is_code_2(
    arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert exit_code_of(*arguments) == 2
    assert "Error:" in capsys.readouterr().err


def test_a_refusal_is_code_1_and_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = tmp_path / "no.osm.pbf"
    assert exit_code_of("city", "build", str(source), "--out", str(tmp_path / "no.city")) == 1
    expected = str(CityError(code="SOURCE_MISSING", file=source.name))
    assert capsys.readouterr().err == f"anlan: {expected}\n"
    assert list(tmp_path.iterdir()) == []


def test_database_starts_tells_its_state_and_stops(own_home: Home) -> None:
    assert anlan("db", "status", home=own_home).returncode == 1
    started = anlan("db", "start", home=own_home)
    assert started.returncode == 0
    assert started.stdout.startswith("PostgreSQL started: ")
    assert anlan("db", "start", home=own_home).stdout.startswith("PostgreSQL runs already: ")
    status = anlan("db", "status", home=own_home)
    assert (status.returncode, status.stdout[:6]) == (0, "ready,")
    assert anlan("db", "stop", home=own_home).stdout == "stopped\n"
    assert anlan("db", "stop", home=own_home).stdout == "it was not running\n"


def test_a_command_leaves_a_stopped_database_stopped(own_home: Home, tmp_path: Path) -> None:
    file = tmp_path / "city.dump"
    done = anlan("db", "dump", str(file), home=own_home)
    assert done.returncode == 0
    assert done.stdout == f"{file}: {file.stat().st_size:,} bytes\n"
    assert Server(own_home).status().state == "stopped"


def test_a_database_from_elsewhere_is_not_started_here(own_home: Home) -> None:
    elsewhere = "postgresql://anlan_app@db.invalid/anlan"
    done = anlan("db", "start", home=own_home, DATABASE_URL=elsewhere)
    assert done.returncode == 1
    assert done.stderr == (
        "anlan: the database server failed: DATABASE_URL names a server that is not run from here\n"
    )


def test_a_database_of_another_version_is_one_line() -> None:
    with empty_home() as home:
        home.data.mkdir(parents=True)
        (home.data / "PG_VERSION").write_text("15\n")
        done = anlan("db", "start", home=home)
    assert done.returncode == 1
    assert done.stderr.startswith(f"anlan: {home.data} was made by PostgreSQL 15 ")
    assert done.stderr.count("\n") == 1


def add_user(monkeypatch: pytest.MonkeyPatch, password: str, organisation: str) -> int | str | None:
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{password}\n"))
    options = ["--role", "DISPATCHER", "--organisation", organisation, "--name-zh", "值班席"]
    return exit_code_of("user", "add", "new-dispatcher", *options, "--password-stdin")


def is_known(username: str) -> bool:
    with scoped(system_actor("tests")):
        return username_taken(username)


@pytest.mark.django_db
def test_an_account_is_added(monkeypatch: pytest.MonkeyPatch) -> None:
    assert add_user(monkeypatch, "a long enough one", "EMERGENCY_CENTRE") == 0
    assert is_known("new-dispatcher")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("password", "organisation", "reason"),
    [("short", "EMERGENCY_CENTRE", "12"), ("a long enough one", "NOWHERE", "organisation")],
)
def test_a_refused_account_is_one_line_and_nothing_is_added(
    password: str,
    organisation: str,
    reason: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert add_user(monkeypatch, password, organisation) == 1
    printed = capsys.readouterr().err
    assert printed.startswith("anlan: ")
    assert reason in printed
    assert printed.count("\n") == 1
    assert not is_known("new-dispatcher")
