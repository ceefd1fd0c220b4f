"""Run every check of the project; pytest comes last and its summary ends the output.

`./anlan test` sets up what the checks need and then runs this file. All of them run even when an
early one fails; the exit code is 0 only when none did.
"""

import argparse
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
CONSOLE = ROOT / "console"
PYTHON = sys.executable
PROGRAMS = Path(PYTHON).parent
CHROMIUM = Path("/usr/bin/chromium")
MOSQUITTO = Path("/usr/sbin/mosquitto")
CHECK_LIMIT_S = 900
"""For one check before pytest; pytest limits its own tests."""
PROCESSES_LIMIT = 4
"""One that tests holds a database, and up to a whole installation, in memory."""


@dataclass(frozen=True)
class Check:
    """A command that exits with 0 when all is well."""

    name: str
    command: Sequence[str | Path]
    folder: Path = ROOT


def python_checks() -> list[Check]:
    """Return the checks of the Python sources, the texts and the documentation."""
    tool = [PYTHON, "-P", "-m", "anlan.project.cli", "check"]
    sphinx = [PYTHON, "-m", "sphinx", "--fail-on-warning", "--keep-going", "--quiet"]
    return [
        Check("lint", [PROGRAMS / "ruff", "check", ".", "anlan"]),
        Check("format", [PROGRAMS / "ruff", "format", "--check", ".", "anlan"]),
        Check("types", [PROGRAMS / "mypy"]),
        Check("imports", [PROGRAMS / "lint-imports", "--no-logo"]),
        Check("tidy", [PYTHON, "tools/tidy.py"]),
        Check("migrations", [*tool, "migrations"]),
        Check("openapi", [*tool, "openapi"]),
        Check("messages", [*tool, "messages"]),
        Check("rules", [*tool, "rules"]),
        Check("asvs", [*tool, "asvs"]),
        Check("console", [*tool, "console"]),
        Check("parts", [PYTHON, "tools/bill_of_materials.py"]),
        Check("docs", [*sphinx, "docs", "docs/_build/html"]),
    ]


def console_checks() -> list[Check]:
    """Return the checks of the console; `npm` and `node` are on the PATH by now."""
    return [
        Check(f"console-{script}", ["npm", "run", "--silent", script], CONSOLE)
        for script in ("lint", "typecheck", "messages", "styles", "test")
    ]


def run_checks(checks: Sequence[Check]) -> list[str]:
    """Run the checks, as many at once as there are cores; return the names of those that failed."""
    with ThreadPoolExecutor(cores()) as several:
        good = several.map(run_check, checks)
        return [check.name for check, held in zip(checks, good, strict=True) if not held]


def cores() -> int:
    """Return how many processes run at once."""
    return min(os.cpu_count() or 1, PROCESSES_LIMIT)


def run_check(check: Check) -> bool:
    """Run one check; print how it went when it ends, and its output only if it fails."""
    start = time.monotonic()
    try:
        done = subprocess.run(
            list(map(str, check.command)),
            cwd=check.folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            timeout=CHECK_LIMIT_S,
            check=False,
        )
        good, printed = done.returncode == 0, done.stdout
    except (OSError, subprocess.TimeoutExpired) as error:
        good, printed = False, str(error)
    line = f"{check.name:<18} {'ok' if good else 'FAILED'}  {time.monotonic() - start:.1f} s"
    print(line if good else f"{line}\n{printed}", flush=True)
    return good


def have(program: Path, *, for_what: str) -> bool:
    """Say whether a program is there, after installing Debian's package when that is allowed.

    The package bears the program's name.
    """
    if program.exists():
        return True
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        print(f"{for_what:<18} skipped: {program} is missing and only root may install it")
        return False
    os.environ["DEBIAN_FRONTEND"] = "noninteractive"
    install = ["apt-get", "install", "--yes", "--quiet", "--no-install-recommends", program.name]
    run_check(Check("package lists", ["apt-get", "update", "--quiet"]))
    run_check(Check(program.name, install))
    return program.exists()


def choose(arguments: argparse.Namespace) -> list[Check]:
    """Return the wanted checks; an unknown name ends the program with code 2."""
    checks = [*python_checks(), *console_checks()]
    names = {check.name for check in checks} | {"pytest"}
    unknown = {*arguments.only, *arguments.without} - names
    if unknown:
        print(f"no such check: {', '.join(sorted(unknown))}", file=sys.stderr)
        sys.exit(2)
    wanted = set(arguments.only or names) - set(arguments.without)
    arguments.pytest = "pytest" in wanted
    return [check for check in checks if check.name in wanted]


def run_pytest(*, browser: bool, arguments: Sequence[str]) -> int:
    """Run the tests with their output shown as it comes; return pytest's exit code.

    Each process has a database of its own; the tests of one file stay together, for they share
    what is costly to start. They begin in the order in which `conftest.py` puts them: the long
    ones first, so that no process is left with one of them at the end. `-- -n 0` runs them in one
    process.
    """
    marks = [] if browser else ["-m", "not browser"]
    together = ["-n", str(cores()), "--dist", "loadfile", "--no-loadscope-reorder"]
    command = [PYTHON, "-m", "pytest", *together, *marks, *arguments]
    return subprocess.run(command, cwd=ROOT, check=False).returncode


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    """Read the command line; what follows `--` is for pytest."""
    names = ", ".join(check.name for check in (*python_checks(), *console_checks()))
    parser = argparse.ArgumentParser(
        prog="./anlan test",
        description=f"Run every check: {names}, and at last pytest.",
        epilog="Arguments after -- go to pytest: ./anlan test --only pytest -- -k casework",
    )
    parser.add_argument("--only", action="append", default=[], metavar="CHECK")
    parser.add_argument("--without", action="append", default=[], metavar="CHECK")
    parser.add_argument("--no-browser", action="store_true", help="leave out the browser tests")
    own, for_pytest = _split(arguments)
    parsed = parser.parse_args(own)
    parsed.for_pytest = for_pytest
    return parsed


def _split(arguments: Sequence[str]) -> tuple[list[str], list[str]]:
    if "--" not in arguments:
        return list(arguments), []
    here = list(arguments).index("--")
    return list(arguments[:here]), list(arguments[here + 1 :])


def main(arguments: Sequence[str]) -> int:
    """Run what was asked for; return 0 when everything was well."""
    asked = parse(arguments)
    checks = choose(asked)
    failed = run_checks(checks)
    if not asked.pytest:
        print(f"failed: {', '.join(failed)}" if failed else "all checks passed")
        return int(bool(failed))
    have(MOSQUITTO, for_what="mqtt")
    browser = not asked.no_browser and have(CHROMIUM, for_what="browser")
    if not browser and not asked.no_browser:
        failed.append("browser")
    if failed:
        print(f"\nfailed before the tests: {', '.join(failed)}\n", flush=True)
    code = run_pytest(browser=browser, arguments=asked.for_pytest)
    return code or int(bool(failed))


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
