"""Compile first: a time limit is meant for solving, not for the compiler."""

import pytest

from anlan_engine.coverage.warming import warm_coverage


@pytest.fixture(scope="session", autouse=True)
def compiled_already() -> None:
    """Ask every compiled function of the package once."""
    warm_coverage()
