"""The demonstration's data folder: for one run at a time, its sign-ins for their owner only."""

import stat
from dataclasses import replace
from pathlib import Path

import pytest

from anlan.project.demo.home import DemoHome, DemoRunsError
from anlan.project.demo.outcome import NotConservedError, counts_of
from anlan.project.demo.run import open_clock


@pytest.fixture
def home(tmp_path: Path) -> DemoHome:
    made = DemoHome(tmp_path / "demo")
    made.folder.mkdir()
    return made


def test_a_second_run_on_the_same_home_is_refused(home: DemoHome) -> None:
    with home.locked(), pytest.raises(DemoRunsError, match="another demo runs"), home.locked():
        pass
    with home.locked():
        pass


def test_notes_are_kept_for_their_owner_only(home: DemoHome) -> None:
    first = home.read_notes(5)
    assert (first.seed, first.loaded) == (5, False)
    assert len(first.password) >= 12
    assert home.read_notes(5).password != first.password  # nothing was kept yet
    home.write_notes(replace(first, seed=6, loaded=True))
    assert home.read_notes(5) == replace(first, seed=6, loaded=True)
    assert stat.S_IMODE((home.folder / "demo.json").stat().st_mode) == 0o600


def test_a_clock_goes_on_where_it_stood(home: DemoHome) -> None:
    first = open_clock(home.clock)
    assert first.read() % 60 == 0
    first.set(first.read() + 1_234.5)
    assert open_clock(home.clock).read() == first.read()


def test_counts_that_do_not_add_up_are_no_report() -> None:
    counts = {"received": 5, "open": 1, "linked": 0, "diverted": 1, "closed": 3}
    assert counts_of("all", {**counts, "conserved": True}) == counts
    with pytest.raises(NotConservedError, match="THEFT"):
        counts_of("THEFT", {**counts, "received": 6})
