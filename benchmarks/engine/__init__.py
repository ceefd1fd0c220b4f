"""The engine's jobs, each beside a peer in the same run, each answer checked while it is timed."""

import importlib

import click

from benchmarks.rows import Row

JOBS = ("hierarchy", "roads", "units", "coverage", "cordon", "patrol", "simulation")


def run(*, full: bool) -> list[Row]:
    """Measure every job, one after the other: two at once would measure each other."""
    rows: list[Row] = []
    for job in JOBS:
        click.echo(f"engine.{job} ...", err=True)
        rows += importlib.import_module(f"benchmarks.engine.{job}").run(full=full)
    return rows
